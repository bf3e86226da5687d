// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// pinned is what the environment says, where it says something: the configuration may only say the same.
func (r reader) pinned(name string, v *string) string {
	configured := value(v)
	there, variable := FromEnvironment(name)
	if there == "" {
		return configured
	}
	if configured != "" && usual(name, configured) != usual(name, there) {
		r.problem(name, "The environment decides otherwise", fmt.Sprintf(
			"%s of the provider is %q, but %s is set in the environment of this run, to something else, and the configuration cannot replace that. Leave %s out of the configuration, or unset the variable.",
			name, configured, variable, name))
	}
	return there
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
func (b *Block) guardCredentials(r reader, c signin.Credentials) {
	credential := b.borrowed(c)
	if credential == "" {
		return
	}
	refuse := func(name string, v *string) {
		if there, _ := FromEnvironment(name); value(v) == "" || there != "" || cloud.IsKnown(usual(name, value(v))) {
			return
		}
		r.problem(name, "An address that must not get this credential", fmt.Sprintf(
			"%s of the provider is %q, which is none of Microsoft's addresses, and %s is not in the configuration itself but comes from the environment of this run. "+
				"The author of the configuration could send it anywhere. If the address is right, set %s=%s in the environment; for the emulator, the configuration may hold its client_secret as well.",
			name, value(v), credential, variables[name][0], value(v)))
	}
	refuse("endpoint", b.Endpoint)
	refuse("authority_host", b.AuthorityHost)
	if b.sendsRequestTokenAway(c) {
		r.problem("oidc_request_url", "An address that must not get this credential",
			"oidc_request_url of the provider is not the address that the environment of this run names, but the token for it comes from the environment. "+
				"Leave oidc_request_url out of the configuration, or set "+variables["oidc_request_url"][0]+" in the environment.")
	}
}

// borrowed names a credential in use that does not stand in the configuration; empty if there is none.
func (b *Block) borrowed(c signin.Credentials) string {
	elsewhere := func(used string, v *string) bool { return used != "" && used != value(v) }
	requested := c.UseOIDC && c.OIDCToken == "" && c.OIDCTokenFilePath == ""
	for _, credential := range []struct {
		name string
		is   bool
	}{
		{"access_token", elsewhere(c.AccessToken.Reveal(), b.AccessToken)},
		{"refresh_token", elsewhere(c.RefreshToken.Reveal(), b.RefreshToken)},
		{"client_secret", elsewhere(c.ClientSecret.Reveal(), b.ClientSecret)},
		{"client_certificate_path", elsewhere(c.ClientCertificatePath, b.ClientCertificatePath)},
		{"client_certificate", elsewhere(c.ClientCertificate.Reveal(), b.ClientCertificate)},
		{"oidc_token", c.UseOIDC && elsewhere(c.OIDCToken.Reveal(), b.OIDCToken)},
		{"oidc_token_file_path", c.UseOIDC && elsewhere(c.OIDCTokenFilePath, b.OIDCTokenFilePath)},
		{"oidc_request_url", requested && elsewhere(c.OIDCRequestURL, b.OIDCRequestURL)},
		{"oidc_request_token", requested && elsewhere(c.OIDCRequestToken.Reveal(), b.OIDCRequestToken)},
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
func (b *Block) sendsRequestTokenAway(c signin.Credentials) bool {
	there, _ := FromEnvironment("oidc_request_url")
	return c.UseOIDC && c.OIDCRequestToken.Reveal() != value(b.OIDCRequestToken) && c.OIDCRequestURL != there
}
