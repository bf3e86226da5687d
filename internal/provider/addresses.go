// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// pinned is what the environment says, where it says something: the configuration may only say the same.
func (r reader) pinned(name string, v types.String, names []string) string {
	r.known(name, v)
	configured := v.ValueString()
	value, variable := fromEnvironment(names)
	if value == "" {
		return configured
	}
	if configured != "" && usual(name, configured) != usual(name, value) {
		r.diags.AddAttributeError(path.Root(name), "The environment decides otherwise", fmt.Sprintf(
			"%s of the provider is %q, but %s is set in the environment of this run, to something else, and the configuration cannot replace that. Leave %s out of the configuration, or unset the variable.",
			name, configured, variable, name))
	}
	return value
}

// usual makes two spellings of the same address the same.
func usual(name, text string) string {
	if name == "environment" {
		return text
	}
	address, invalid := option.Address(name, text)
	if invalid != nil {
		return text // refused later, with the reason
	}
	return strings.TrimSuffix(address, "/v1")
}

// guardCredentials refuses addresses of the configuration that would get a credential which the configuration does not hold: whoever writes
// it may choose addresses, but not where the credentials of a job go. A credential that stands in the configuration goes where that wants.
func (m *providerModel) guardCredentials(r reader, c signin.Credentials) {
	credential := m.borrowed(c)
	if credential == "" {
		return
	}
	refuse := func(name string, v types.String, names []string) {
		if value, _ := fromEnvironment(names); v.ValueString() == "" || value != "" || cloud.IsKnown(usual(name, v.ValueString())) {
			return
		}
		r.diags.AddAttributeError(path.Root(name), "An address that must not get this credential", fmt.Sprintf(
			"%s of the provider is %q, which is none of Microsoft's addresses, and %s is not in the configuration itself but comes from the environment of this run. "+
				"The author of the configuration could send it anywhere. If the address is right, set %s=%s in the environment; for the emulator, the configuration may hold its client_secret as well.",
			name, v.ValueString(), credential, names[0], v.ValueString()))
	}
	refuse("endpoint", m.Endpoint, envEndpoint)
	refuse("authority_host", m.AuthorityHost, envAuthorityHost)
	if m.sendsRequestTokenAway(c) {
		r.diags.AddAttributeError(path.Root("oidc_request_url"), "An address that must not get this credential",
			"oidc_request_url of the provider is not the address that the environment of this run names, but the token for it comes from the environment. "+
				"Leave oidc_request_url out of the configuration, or set "+envOIDCRequestURL[0]+" in the environment.")
	}
}

// borrowed names a credential in use that does not stand in the configuration; empty if there is none.
func (m *providerModel) borrowed(c signin.Credentials) string {
	elsewhere := func(used string, v types.String) bool { return used != "" && used != v.ValueString() }
	requested := c.UseOIDC && c.OIDCToken == "" && c.OIDCTokenFilePath == ""
	for _, credential := range []struct {
		name string
		is   bool
	}{
		{"access_token", elsewhere(c.AccessToken.Reveal(), m.AccessToken)},
		{"refresh_token", elsewhere(c.RefreshToken.Reveal(), m.RefreshToken)},
		{"client_secret", elsewhere(c.ClientSecret.Reveal(), m.ClientSecret)},
		{"client_certificate_path", elsewhere(c.ClientCertificatePath, m.ClientCertificatePath)},
		{"client_certificate", elsewhere(c.ClientCertificate.Reveal(), m.ClientCertificate)},
		{"oidc_token", c.UseOIDC && elsewhere(c.OIDCToken.Reveal(), m.OIDCToken)},
		{"oidc_token_file_path", c.UseOIDC && elsewhere(c.OIDCTokenFilePath, m.OIDCTokenFilePath)},
		{"oidc_request_url", requested && elsewhere(c.OIDCRequestURL, m.OIDCRequestURL)},
		{"oidc_request_token", requested && elsewhere(c.OIDCRequestToken.Reveal(), m.OIDCRequestToken)},
		{"the managed identity", c.UseMSI},
		{"the account of the Azure CLI", c.UseCLI},
	} {
		if credential.is {
			return credential.name
		}
	}
	return ""
}

// sendsRequestTokenAway holds where the environment's token would be sent to an address for tokens that the environment does not name.
func (m *providerModel) sendsRequestTokenAway(c signin.Credentials) bool {
	value, _ := fromEnvironment(envOIDCRequestURL)
	return c.UseOIDC && c.OIDCRequestToken.Reveal() != m.OIDCRequestToken.ValueString() && c.OIDCRequestURL != value
}
