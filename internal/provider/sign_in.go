// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// aboutSignIn tells in the documentation what credentials does.
const aboutSignIn = "Who signs in is decided as a whole, because a job often has variables that are meant for another provider. The first source that chooses a way is used:\n\n" +
	"| Source | Chooses by | The other sources add |\n" +
	"|---|---|---|\n" +
	"| this block | `access_token`, `refresh_token`, `client_secret`, `client_certificate_path`, `client_certificate`, or `use_oidc`, `use_msi` or `use_cli` set to `true` | what the block leaves out, such as `tenant_id` or `oidc_token` |\n" +
	"| variables that begin with `PARTNERCENTER_` | the same | what they leave out |\n" +
	"| variables that begin with `ARM_` | the same | nothing |\n\n" +
	"Two ways from the same source are an error. Beside `refresh_token`, a `client_secret` or certificate proves the application, whichever source it comes from."

// credentials is how to sign in. The first source that chooses a way decides alone; the others only complete it.
func (m *providerModel) credentials(r reader) signin.Credentials {
	c := m.way(r)
	c.TenantID = r.text("tenant_id", m.TenantID, envTenantID)
	c.ClientID = r.text("client_id", m.ClientID, envClientID)
	c.ClientCertificatePassword = r.secret("client_certificate_password", m.ClientCertificatePassword, envClientCertificatePassword)
	c.OIDCToken = r.secret("oidc_token", m.OIDCToken, envOIDCToken)
	c.OIDCTokenFilePath = r.text("oidc_token_file_path", m.OIDCTokenFilePath, envOIDCTokenFilePath)
	c.OIDCRequestURL = r.text("oidc_request_url", m.OIDCRequestURL, envOIDCRequestURL)
	c.OIDCRequestToken = r.secret("oidc_request_token", m.OIDCRequestToken, envOIDCRequestToken)
	c.OIDCServiceConnectionID = r.text("oidc_azure_service_connection_id", m.OIDCServiceConnectionID, envOIDCServiceConnection)
	return c
}

// way is the way to sign in that the block chooses, else this provider's own variables, else any variable.
func (m *providerModel) way(r reader) signin.Credentials {
	chosen := m.first(r, func(c signin.Credentials) signin.Credentials { return c })
	if alone := (signin.Credentials{RefreshToken: chosen.RefreshToken}); chosen == alone && alone.RefreshToken != "" {
		chosen = m.first(r, proofs)
		chosen.RefreshToken = alone.RefreshToken
	}
	return chosen
}

// proofs are what proves an application beside a refresh token.
func proofs(c signin.Credentials) signin.Credentials {
	return signin.Credentials{ClientSecret: c.ClientSecret, ClientCertificatePath: c.ClientCertificatePath, ClientCertificate: c.ClientCertificate}
}

// first is what counts in the first source that has any of it. Later sources are not even read: what is wrong there does not matter.
func (m *providerModel) first(r reader, counts func(signin.Credentials) signin.Credentials) signin.Credentials {
	block := func([]string) []string { return nil }
	own := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasPrefix(name, "PARTNERCENTER_") })
	}
	all := func(names []string) []string { return names }
	for _, variables := range []func([]string) []string{block, own, all} {
		if found := counts(m.ways(r, variables)); found != (signin.Credentials{}) {
			return found
		}
	}
	return signin.Credentials{}
}

// ways reads the attributes that choose a way to sign in, from the block and from a selection of their variables.
func (m *providerModel) ways(r reader, variables func([]string) []string) signin.Credentials {
	return signin.Credentials{
		AccessToken:           r.secret("access_token", m.AccessToken, variables(envAccessToken)),
		RefreshToken:          r.secret("refresh_token", m.RefreshToken, variables(envRefreshToken)),
		ClientSecret:          r.secret("client_secret", m.ClientSecret, variables(envClientSecret)),
		ClientCertificatePath: r.text("client_certificate_path", m.ClientCertificatePath, variables(envClientCertificatePath)),
		ClientCertificate:     r.secret("client_certificate", m.ClientCertificate, variables(envClientCertificate)),
		UseOIDC:               r.flag("use_oidc", m.UseOIDC, variables(envUseOIDC), false),
		UseMSI:                r.flag("use_msi", m.UseMSI, variables(envUseMSI), false),
		UseCLI:                r.flag("use_cli", m.UseCLI, variables(envUseCLI), false),
	}
}
