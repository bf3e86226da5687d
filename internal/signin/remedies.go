// SPDX-License-Identifier: MPL-2.0

package signin

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"

// Remedy says in one or two sentences what to do.
func (e *Error) Remedy() string {
	if known, ok := Remedies[e.Code]; ok {
		return known.Text
	}
	if wire.Untrusted(e.Err) {
		return wire.UntrustedRemedy
	}
	if e.Temporary && e.Setting == string(byMSI) {
		return "Check that the machine is one of Azure's and has a managed identity; anywhere else, sign in another way."
	}
	if e.Temporary {
		return "Check that this machine reaches the sign-in service (proxy, firewall, authority_host), and try again."
	}
	return "Check " + e.Setting + " and the other sign-in settings of the provider, and the application in Entra."
}

// Remedy is what to do about a code of Entra.
type Remedy struct {
	// Setting is the provider's attribute that it is about, where the way to sign in does not tell.
	Setting string
	// Text is one or two sentences.
	Text string
}

// Remedies are by code, such as AADSTS7000215. See https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
var Remedies = map[string]Remedy{
	"AADSTS7000215": {"client_secret", "The secret is not the application's. Check that client_secret holds the secret's value, not its ID, and belongs to client_id."},
	"AADSTS7000222": {"client_secret", "The secret has expired. Create a new one for the application and set client_secret to it."},
	"AADSTS7000218": {"client_secret", "The application has to prove itself: set client_secret, client_certificate_path or client_certificate beside refresh_token."},
	"AADSTS7000216": {"client_secret", "The application has to prove itself: set client_secret, a client certificate or use_oidc."},
	"AADSTS7000112": {"client_id", "The application is disabled in the tenant. Enable it in Entra (Enterprise applications), or use another one."},
	"AADSTS700016":  {"client_id", "The tenant does not know the application. Check client_id, and that tenant_id is the partner's own tenant, in which it is registered."},
	"AADSTS90002":   {"tenant_id", "There is no such tenant. Check tenant_id, and that environment names the right cloud."},
	"AADSTS900023":  {"tenant_id", "It is neither the ID nor a domain of a tenant. Check tenant_id."},
	"AADSTS900021":  {"tenant_id", "It is not the ID of a tenant. Check tenant_id."},
	"AADSTS90038":   {"environment", "The tenant belongs to another cloud. Check environment."},
	"AADSTS500011":  {"tenant_id", "Partner Center is not known in this tenant. Check that tenant_id is the tenant of a Cloud Solution Provider partner and that environment names its cloud."},
	"AADSTS500014":  {"tenant_id", "Partner Center's service principal is disabled in the tenant. An administrator has to enable it in Entra."},
	"AADSTS65001":   {"client_id", "Consent to the application's use of Partner Center is missing. Let an administrator consent, with the permission user_impersonation for App+User."},
	"AADSTS700027":  {"client_certificate", "The certificate is not one that is registered with the application, or has expired there. Upload it to the application in Entra (Certificates & secrets)."},
	"AADSTS700023":  {"client_certificate", "The assertion was made for another audience. Check authority_host, tenant_id and environment."},
	"AADSTS700024":  {"", "The token that proves the application is outside its lifetime. Check the clock of this machine, and that the token is fresh."},
	"AADSTS70021":   {"use_oidc", "No federated credential of the application matches issuer, subject and audience of the token. Compare them with the application's federated credentials in Entra."},
	"AADSTS700211":  {"use_oidc", "No federated credential of the application has the token's issuer. Compare it with the application's federated credentials in Entra."},
	"AADSTS700212":  {"use_oidc", "No federated credential of the application has the token's audience. Compare it with the application's federated credentials in Entra."},
	"AADSTS700213":  {"use_oidc", "No federated credential of the application has the token's subject. Compare it (repository, branch, environment) with the application's federated credentials in Entra."},
	"AADSTS5002723": {"use_oidc", "The token of the other identity provider is not valid. Check that it is complete and meant for Entra."},
	"AADSTS50027":   {"use_oidc", "The token of the other identity provider is not valid. Check that it is complete and meant for Entra."},
	"AADSTS50013":   {"use_oidc", "The token's signature or issuer is not accepted. Check that it is complete and meant for Entra."},
	"AADSTS9002313": {"refresh_token", "Entra does not understand the request. Check that refresh_token is complete."},
	"AADSTS70000":   {"refresh_token", "The refresh token is not valid, or not this application's. Get a new one by signing in interactively, with multifactor authentication."},
	"AADSTS70008":   {"refresh_token", "The refresh token has expired. Get a new one by signing in interactively, with multifactor authentication; it ends after 90 days without use."},
	"AADSTS700082":  {"refresh_token", "The refresh token has expired because it was not used. Get a new one by signing in interactively, with multifactor authentication; it ends after 90 days without use."},
	"AADSTS70043":   {"refresh_token", "The refresh token was ended by a sign-in frequency policy. Get a new one by signing in interactively, and exempt this account or sign in as an application."},
	"AADSTS50173":   {"refresh_token", "The refresh token was revoked, for example by a new password. Get a new one by signing in interactively, with multifactor authentication."},
	"AADSTS50132":   {"refresh_token", "The refresh token was revoked, for example by a new password. Get a new one by signing in interactively, with multifactor authentication."},
	"AADSTS50133":   {"refresh_token", "The session has ended because of a new password. Get a new refresh token by signing in interactively."},
	"AADSTS50076":   {"refresh_token", "The user has to pass multifactor authentication. Get a new refresh token by a sign-in that asks for it."},
	"AADSTS50078":   {"refresh_token", "The multifactor authentication has expired. Get a new refresh token by signing in with it."},
	"AADSTS50079":   {"refresh_token", "The user has to set up multifactor authentication. Do so, then get a new refresh token by signing in with it."},
	"AADSTS50158":   {"refresh_token", "Another authentication step is wanted. Get a new refresh token by signing in interactively."},
	"AADSTS53003":   {"", "A Conditional Access policy refuses this sign-in. Let the policy exempt it, or run from a place that it allows."},
	"AADSTS53000":   {"", "A Conditional Access policy wants a compliant device. Sign in as an application, or let the policy exempt this sign-in."},
	"AADSTS50053":   {"refresh_token", "The user is locked, or signs in from a blocked address. Wait, or let an administrator unlock the account."},
	"AADSTS50057":   {"refresh_token", "The user is disabled. Enable the account, or get a refresh token of another one."},
	"AADSTS50034":   {"tenant_id", "The user does not exist in this tenant. Check tenant_id."},
	"AADSTS50020":   {"tenant_id", "The user belongs to another tenant. Check tenant_id."},
}
