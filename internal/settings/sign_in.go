// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// AboutSignIn tells in the documentation what credentials does.
const AboutSignIn = "Who signs in is decided as a whole, because a job often has variables that are meant for another provider. The first source that chooses a way is used:\n\n" +
	"| Source | Chooses by | The other sources add |\n" +
	"|---|---|---|\n" +
	"| this block | `access_token`, `refresh_token`, `client_secret`, `client_certificate_path`, `client_certificate`, or `use_oidc`, `use_msi` or `use_cli` set to `true` | what the block leaves out, such as `tenant_id` or `oidc_token` |\n" +
	"| variables that begin with `PARTNERCENTER_` | the same | what they leave out |\n" +
	"| variables that begin with `ARM_` | the same | nothing |\n\n" +
	"Two ways from the same source are an error. Beside `refresh_token`, a `client_secret` or certificate proves the application, whichever source it comes from."

// credentials is how to sign in. The first source that chooses a way decides alone; the others only complete it.
func (b *Block) credentials(r reader) signin.Credentials {
	c := b.way(r)
	c.TenantID = r.text("tenant_id", b.TenantID, variables["tenant_id"])
	c.ClientID = r.text("client_id", b.ClientID, variables["client_id"])
	c.ClientCertificatePassword = r.secret("client_certificate_password", b.ClientCertificatePassword, variables["client_certificate_password"])
	c.OIDCToken = r.secret("oidc_token", b.OIDCToken, variables["oidc_token"])
	c.OIDCTokenFilePath = r.text("oidc_token_file_path", b.OIDCTokenFilePath, variables["oidc_token_file_path"])
	c.OIDCRequestURL = r.text("oidc_request_url", b.OIDCRequestURL, variables["oidc_request_url"])
	c.OIDCRequestToken = r.secret("oidc_request_token", b.OIDCRequestToken, variables["oidc_request_token"])
	c.OIDCServiceConnectionID = r.text("oidc_azure_service_connection_id", b.OIDCServiceConnectionID, variables["oidc_azure_service_connection_id"])
	return c
}

// way is the way to sign in that the block chooses, else this provider's own variables, else any variable.
func (b *Block) way(r reader) signin.Credentials {
	chosen := b.first(r, func(c signin.Credentials) signin.Credentials { return c })
	if alone := (signin.Credentials{RefreshToken: chosen.RefreshToken}); chosen == alone && alone.RefreshToken != "" {
		chosen = b.first(r, proofs)
		chosen.RefreshToken = alone.RefreshToken
	}
	return chosen
}

// proofs are what proves an application beside a refresh token.
func proofs(c signin.Credentials) signin.Credentials {
	return signin.Credentials{ClientSecret: c.ClientSecret, ClientCertificatePath: c.ClientCertificatePath, ClientCertificate: c.ClientCertificate}
}

// first is what counts in the first source that has any of it. Later sources are not even read: what is wrong there does not matter.
func (b *Block) first(r reader, counts func(signin.Credentials) signin.Credentials) signin.Credentials {
	block := func([]string) []string { return nil }
	own := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasPrefix(name, "PARTNERCENTER_") })
	}
	all := func(names []string) []string { return names }
	for _, of := range []func([]string) []string{block, own, all} {
		if found := counts(b.ways(r, of)); found != (signin.Credentials{}) {
			return found
		}
	}
	return signin.Credentials{}
}

// ways reads the attributes that choose a way to sign in, from the block and from a selection of their variables.
func (b *Block) ways(r reader, of func([]string) []string) signin.Credentials {
	return signin.Credentials{
		AccessToken:           r.secret("access_token", b.AccessToken, of(variables["access_token"])),
		RefreshToken:          r.secret("refresh_token", b.RefreshToken, of(variables["refresh_token"])),
		ClientSecret:          r.secret("client_secret", b.ClientSecret, of(variables["client_secret"])),
		ClientCertificatePath: r.text("client_certificate_path", b.ClientCertificatePath, of(variables["client_certificate_path"])),
		ClientCertificate:     r.secret("client_certificate", b.ClientCertificate, of(variables["client_certificate"])),
		UseOIDC:               r.flag("use_oidc", b.UseOIDC, of(variables["use_oidc"]), false),
		UseMSI:                r.flag("use_msi", b.UseMSI, of(variables["use_msi"]), false),
		UseCLI:                r.flag("use_cli", b.UseCLI, of(variables["use_cli"]), false),
	}
}
