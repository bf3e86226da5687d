// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// asking are the checks of what may be done, each by a call of its group that only reads.
// Who may call what: reference/commerce.md#which-operations-accept-what and reference/customers-and-billing.md#endpoint-index.
func asking() []check {
	return []check{
		{"sandbox", "Is it the integration sandbox, or production?", "GET /v1/customers/relationshiprequests, which the sandbox does not have", []string{"account"}, sandbox},
		{"region", "In which country and currency is the partner?", "GET /v1/profiles/organization and /v1/profiles/billing", []string{"account"}, region},
		{"role", "Has the user the role that changes need?", "GET /v1/productpromotions, which wants an Admin agent", []string{"account"}, role},
		{"purchase", "Can offers be read, as for a purchase?", "GET /v1/customers/{customer}/products", []string{"account"}, purchase},
		{"subscriptions", "Can subscriptions be read?", "GET /v1/customers/{customer}/subscriptions", []string{"account"}, ofACustomer("list subscriptions", "/subscriptions", nil, false)},
		{
			"agreements", "Can it be seen whether a customer has accepted the agreement?", "GET /v1/customers/{customer}/agreements", []string{"account"},
			ofACustomer("list agreements", "/agreements", url.Values{"agreementType": {"MicrosoftCustomerAgreement"}}, true),
		},
		{"seats", "Can assigned seats be read?", "GET /v1/customers/{customer}/subscribedskus", []string{"account"}, ofACustomer("list subscribed SKUs", "/subscribedskus", nil, true)},
		{
			"resellers", "Can indirect resellers be listed?", "GET /v1/relationships", []string{"account"},
			ofThePartner("list relationships", "/v1/relationships", url.Values{"relationship_type": {"IsIndirectCloudSolutionProviderOf"}}, true),
		},
		{"invoices", "Can invoices be listed?", "GET /v1/invoices", []string{"account"}, ofThePartner("list invoices", "/v1/invoices", url.Values{"size": {"1"}, "offset": {"0"}}, false)},
		{"audit", "Can audit records be read?", "GET /v1/auditrecords", []string{"account"}, audit},
		{"graph-billing", "Can billing data of new commerce be exported from Microsoft Graph?", "nothing: it takes a token for another address", []string{"settings"}, graphBilling},
	}
}

// isUser holds where a user signs in. An access token says so itself, where it can be read.
func (p *patient) isUser() bool {
	if p.claims != nil {
		return p.claims.IsUser()
	}
	return p.tokens.MayBeUser()
}

// needsUser is what an application gets of an operation that is for users.
func needsUser() outcome {
	return without("It is open to a signed-in user only, and an application signs in.",
		partnercenter.Remedy(&partnercenter.Error{StatusCode: http.StatusForbidden, Code: "900329"}))
}

func ofThePartner(operation, path string, query url.Values, userOnly bool) func(context.Context, *patient) outcome {
	return func(ctx context.Context, p *patient) outcome {
		if userOnly && !p.isUser() {
			return needsUser()
		}
		if got := p.get(ctx, operation, path, query, userOnly); got.err != nil {
			return refused(got.err)
		}
		return fine("Yes.")
	}
}

func ofACustomer(operation, below string, query url.Values, userOnly bool) func(context.Context, *patient) outcome {
	return func(ctx context.Context, p *patient) outcome {
		someone := p.aCustomer(ctx)
		if someone.id == "" {
			return without("There is no customer to ask about.", "")
		}
		return ofThePartner(operation, "/v1/customers/"+url.PathEscape(someone.id)+below, query, userOnly)(ctx, p)
	}
}

func purchase(ctx context.Context, p *patient) outcome {
	got := ofACustomer("list products", "/products", url.Values{"targetView": {"OnlineServices"}}, false)(ctx, p)
	if got.state == OK {
		got.says = "Yes; a purchase takes the application, or a user with the role Admin agent or Sales agent."
	}
	return got
}

// sandbox looks for a call that the sandbox refuses (reference/customers-and-billing.md#relationship-request). It is for users.
func sandbox(ctx context.Context, p *patient) outcome {
	if !p.isUser() {
		return without("No call that an application may make tells.", "Compare tenant_id with the tenant of your integration sandbox, which is one of its own.")
	}
	got := p.get(ctx, "read relationship request", "/v1/customers/relationshiprequests", nil, true)
	switch {
	case got.err == nil:
		return fine("Production: it has the link that invites customers. What is bought here is paid for.")
	case partnercenter.HasCode(got.err, "900127", "900141", "800042"):
		return warn("The integration sandbox: it invites no customers.", "Right for trying; production has another tenant, with an application of its own.")
	}
	return without("The call that tells was refused: "+sentence(got.err.Error()), partnercenter.Remedy(got.err))
}

func region(ctx context.Context, p *patient) outcome {
	if !p.isUser() {
		return needsUser()
	}
	got := p.get(ctx, "read organization profile", "/v1/profiles/organization", nil, true)
	if got.err != nil {
		return refused(got.err)
	}
	var organization struct{ DefaultAddress struct{ Country string } }
	var billing struct{ BillingCurrency string }
	_ = json.Unmarshal(got.Body, &organization) // what is missing is said below
	_ = json.Unmarshal(p.get(ctx, "read billing profile", "/v1/profiles/billing", nil, true).Body, &billing)
	return fine(sentence(fmt.Sprintf("Country %s, billed in %s.", cmp.Or(organization.DefaultAddress.Country, "unknown"), cmp.Or(billing.BillingCurrency, "an unknown currency"))))
}

// role asks what only Admin agents and global administrators may (reference/commerce.md#promotions). Applications have no such role.
func role(ctx context.Context, p *patient) outcome {
	if !p.isUser() {
		return fine("An application signs in, which needs none.")
	}
	country := cmp.Or(p.aCustomer(ctx).country, "US")
	got := p.get(ctx, "list promotions", "/v1/productpromotions", url.Values{"country": {country}, "segment": {"commercial"}}, false)
	if got.err != nil {
		return refused(got.err)
	}
	return fine("It has, as far as one call shows.")
}

func audit(ctx context.Context, p *patient) outcome {
	today := p.now().UTC().Format(time.DateOnly)
	return ofThePartner("list audit records", "/v1/auditrecords", url.Values{"startDate": {today}, "endDate": {today}, "size": {"1"}}, false)(ctx, p)
}

// graphBilling is by reference/customers-and-billing.md#graph-host-permission-clouds.
func graphBilling(_ context.Context, p *patient) outcome {
	if p.settings.Client.Environment == "china" || p.settings.Client.Environment == "usgovernment" {
		return without("It exists in the global cloud only.", "")
	}
	return without("It needs the permission PartnerBilling.Read.All of Microsoft Graph for the same application.",
		"Let an administrator of the partner's tenant consent to PartnerBilling.Read.All, as application or delegated permission.")
}
