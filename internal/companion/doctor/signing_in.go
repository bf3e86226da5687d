// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/claims"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

// signingIn are the checks from the credentials to the first call that is answered.
func signingIn() []check {
	return []check{
		{"sign-in", "Who signs in, and is a token given?", "a token from the sign-in service", []string{"settings", "clock"}, signIn},
		{"token", "Is the token one for this partner and this cloud?", "what the token says of itself", []string{"sign-in"}, token},
		{"mfa", "Has the user passed multifactor authentication?", "what the token says of itself; GET /v1/customers", []string{"reach", "token"}, mfa},
		{"limits", "Is there room for requests?", "GET /v1/customers", []string{"mfa"}, limits},
		{"account", "May it read the partner's customers?", "GET /v1/customers", []string{"limits"}, account},
	}
}

// ways say what each way to sign in is, by the setting that chooses it.
var ways = map[string]string{
	"access_token":       "with a token that another program obtained",
	"refresh_token":      "as a user together with the application (App+User)",
	"client_secret":      "as an application, by its secret (app-only)",
	"client_certificate": "as an application, by its certificate (app-only)",
	"use_oidc":           "as an application, by a federated identity (app-only)",
	"use_msi":            "as the managed identity of this machine (app-only)",
	"use_cli":            "as the account of the Azure CLI",
}

func signIn(ctx context.Context, p *patient) outcome {
	way := p.tokens.Method()
	who := cmp.Or(ways[way], way)
	variable := way
	if way == "client_certificate" && p.settings.SignIn.Credentials.ClientCertificatePath != "" {
		variable = "client_certificate_path"
	}
	text, err := p.tokens.Token(ctx)
	if err != nil {
		return fail(sentence(err.Error()), partnercenter.Remedy(err))
	}
	p.claims = claims.Read(text)
	says := "It signs in " + who + " (" + named(variable) + ")"
	if c := p.claims; c != nil {
		says += fmt.Sprintf(": application %s in tenant %s", escape.ID(cmp.Or(c.Application, c.Authorized, "unknown")), escape.ID(cmp.Or(c.Tenant, "unknown")))
		if c.IsUser() {
			says += ", user " + escape.ID(cmp.Or(c.User, "unknown"))
		}
	}
	return fine(says + ".")
}

// token compares what the token says with what was configured. The audience decides which cloud takes it.
func token(_ context.Context, p *patient) outcome {
	c := p.claims
	if c == nil {
		return without("The token cannot be read here.", "")
	}
	if !c.IsFor(p.home.Audience) {
		return fail("It is for "+escape.Quoted(strings.Join(c.Audiences(), ", "))+", and "+p.home.Audience+" was to be asked.",
			"Check environment: each cloud takes tokens of its own. An access_token has to be obtained for "+p.home.Audience+".")
	}
	wanted := p.settings.SignIn.Credentials.TenantID
	if isGUID(wanted) && c.Tenant != "" && !strings.EqualFold(c.Tenant, wanted) {
		return fail("It is one of tenant "+escape.ID(c.Tenant)+", not of tenant_id "+escape.ID(wanted)+".",
			"Set "+named("tenant_id")+" to the partner's own tenant, or sign in there.")
	}
	return fine("It is.")
}

func isGUID(text string) bool { return len(text) == 36 && strings.Count(text, "-") == 4 }

// mfa believes the service first, because what it wants differs from call to call, and the token second.
func mfa(ctx context.Context, p *patient) outcome {
	if c := p.claims; c != nil && !c.IsUser() {
		return fine("No user signs in, so none is asked for it.")
	}
	got := p.list(ctx)
	remedy := partnercenter.Remedy(&partnercenter.Error{StatusCode: http.StatusUnauthorized, Code: "900421"})
	switch refusedFor := partnercenter.Remedy(got.err); {
	case partnercenter.HasCode(got.err, "900421"), got.Status == http.StatusUnauthorized && strings.Contains(refusedFor, "multifactor"):
		return fail(sentence(got.err.Error()), refusedFor)
	case p.claims == nil:
		return without("The token cannot be read here, and the call was not refused for it.", "")
	case !p.claims.PassedMFA():
		return warn("The token does not say so; Partner Center let this call pass and may refuse the next.", remedy)
	}
	return fine("The token says so.")
}

// documentedLimit is what Partner Center allows a tenant in a minute. See reference/commerce.md#throttling.
const documentedLimit = 500

func limits(ctx context.Context, p *patient) outcome {
	got := p.list(ctx)
	if got.Status == http.StatusTooManyRequests {
		return failed(got.err)
	}
	own := p.settings.Client.RequestsPerMinute
	says := fmt.Sprintf("No call was refused. A run sends up to %d requests a minute of the %d that a tenant has; no answer says how many of them others use.", own, documentedLimit)
	if own > documentedLimit {
		return warn(says, "Lower "+named("requests_per_minute")+" to leave room for whatever else the tenant runs.")
	}
	return fine(says)
}

func account(ctx context.Context, p *patient) outcome {
	got := p.list(ctx)
	if got.err != nil {
		return failed(got.err)
	}
	if p.aCustomer(ctx).id == "" {
		return warn("It may, and the list is empty: the partner has no customers.", "Check that "+named("tenant_id")+" is the partner's tenant: a purchase is made for a customer.")
	}
	return fine("It may.")
}

// source is where a rail comes from.
func source(attribute string) string {
	if _, variable := settings.FromEnvironment(attribute); variable != "" {
		return variable
	}
	return "default"
}
