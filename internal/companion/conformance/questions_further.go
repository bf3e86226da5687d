// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/claims"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
)

var tokenQuestions = subject{verdict.Read, "reference/commerce.md#token-endpoints-and-audiences", "internal/signin/source.go", "internal/emulator/tokens.go", []Question{
	{ID: "token.audience", Fact: "A token names Partner Center as its audience.", Confidence: "D", Code: "internal/partnercenter/cloud/cloud.go", ask: ofToken(func(c *claims.Claims, r *run) answer {
		home, _ := cloud.Of(r.options.Settings.Client.Environment) // the client has accepted it
		return judged(c.IsFor(home.Audience), strings.Join(c.Audiences(), " "))
	})},
	{ID: "token.life", Fact: "An access token lives 60 to 90 minutes.", Cites: "reference/commerce.md#appuser-tokens", Confidence: "I", Emulator: "internal/emulator/tokens.go (TokenLifetime)",
		ask: ofToken(func(c *claims.Claims, _ *run) answer {
			return judged(c.Life() >= 55*time.Minute && c.Life() <= 100*time.Minute, c.Life())
		})},
	{ID: "token.mfa", Fact: "The token of a user says by amr that multifactor authentication was passed.", Cites: "reference/commerce.md#multi-factor-authentication", Confidence: "D", Code: "internal/partnercenter/mfa.go", Emulator: "internal/emulator/tokens.go (MFAEnforcement)",
		ask: forUsers(ofToken(func(c *claims.Claims, _ *run) answer { return judged(c.PassedMFA(), strings.Join(c.Methods, " ")) }))},
}}

// judged is a verdict on what can be said by yes or no.
func judged(ok bool, seen any) answer {
	if !ok {
		return no("%s", shape.Show(seen))
	}
	return yes("it does")
}

// ofToken asks what the access token says of itself. Where it cannot be read, nothing is answered.
func ofToken(question func(*claims.Claims, *run) answer) ask {
	return func(ctx context.Context, r *run) answer {
		token, err := r.claims(ctx)
		if err != nil || token == nil {
			return open("the token cannot be read")
		}
		return question(token, r)
	}
}

var accountQuestions = subject{verdict.Read, "reference/customers-and-billing.md#partner-profiles", "internal/companion/doctor/asking.go", "internal/emulator/routes.go", []Question{
	{ID: "account.legal", Fact: "An application reads the partner's legal profile, or is told that there is none.", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, "/v1/profiles/legalbusiness")
		if x.status == http.StatusNotFound {
			return refused(x, "404 1000")
		}
		return answered(x, "companyName", shape.IsText)
	}},
	{ID: "account.templates", Fact: "The newest agreement is found among the templates by versionRank.", Cites: "reference/customers-and-billing.md#customer-agreement", Confidence: "S D", Code: "internal/partnercenter/agreements.go", Emulator: "internal/emulator/agreements.go",
		ask: forUsers(reading("/v1/agreements", "items", shape.ListOf(shape.Having(map[string]shape.Check{"templateId": shape.IsText, "agreementType": shape.OneOf("MicrosoftCustomerAgreement")})), "agreementType", "MicrosoftCustomerAgreement"))},
	{ID: "account.events", Fact: "The names of webhook events are a bare list.", Cites: "reference/customers-and-billing.md#webhooks", Confidence: "D W", ask: reading("/webhooks/v1/registration/events", shape.Itself, shape.IsList)},
	{ID: "account.registration", Fact: "One webhook registration is there for the whole partner, or 404.", Cites: "reference/customers-and-billing.md#webhooks", Confidence: "D W", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, "/webhooks/v1/registration")
		if x.status == http.StatusNotFound {
			return yes(said(x))
		}
		return answered(x, "WebhookUrl", shape.IsText)
	}},
	{ID: "account.estimates", Fact: "Estimates of the present month are links, by currency.", Cites: "reference/customers-and-billing.md#invoice-summary-pdf-estimates", Confidence: "S D", Code: "internal/partnercenter/invoices.go", ask: func(ctx context.Context, r *run) answer {
		for _, invoice := range r.invoices(ctx) {
			return answered(r.get(ctx, "/v1/invoices/estimates/links", "currencycode", shape.Text(invoice, "currencyCode")), "items", shape.IsList)
		}
		return open("there is no invoice that names a currency")
	}},
	{ID: "account.countries", Fact: "Rules for addresses are read by country.", Cites: "reference/customers-and-billing.md#address-validation", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		return answered(r.get(ctx, "/v1/countryvalidationrules/"+url.PathEscape(r.country(ctx))), "isPostalCodeRequired", shape.IsBool)
	}},
	{ID: "account.address", Fact: "A check of an address is always answered with 200 and a status.", Cites: "reference/customers-and-billing.md#address-validation", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		address := map[string]any{"addressLine1": "One Microsoft Way", "city": "Redmond", "state": "WA", "postalCode": "98052", "country": "US"}
		return answered(r.post(ctx, "/v1/validations/address", address, nil), "status", shape.IsText)
	}},
	{ID: "account.enum", Fact: "A value that is no member of an enum is 400 900126.", Cites: "reference/commerce.md#codes-general-authentication-partner-and-customer-state", Confidence: "D", Code: "internal/partnercenter/remedies_codes.go", Emulator: "internal/emulator/orders.go", ask: func(ctx context.Context, r *run) answer {
		return refused(r.get(ctx, ofCustomer(r.chosen(ctx), "/orders"), "billingType", "sometimes"), "400 900126", "400 3000", "400 800002")
	}},
}}

var customerDetailQuestions = subject{verdict.Read, "reference/customers-and-billing.md#company-profile-organization-custom-domains", "internal/partnercenter/customers.go", "internal/emulator/customers.go", []Question{
	{ID: "detail.company", Fact: "The company profile names domain and tenant.", Confidence: "S D", ask: forUsers(readingOfCustomer("/profiles/company", shape.Itself, shape.Having(map[string]shape.Check{"domain": shape.IsText, "tenantId": shape.IsText})))},
	{ID: "detail.domains", Fact: "The domains of a customer are a bare list.", Confidence: "D", Emulator: "internal/emulator/routes.go", ask: forUsers(readingOfCustomer("/customDomains", shape.Itself, shape.IsList))},
	{ID: "detail.organization", Fact: "The organization of a customer is a bare list of one.", Confidence: "D", Emulator: "internal/emulator/routes.go", ask: forUsers(readingOfCustomer("/organization", shape.Itself, shape.IsList))},
	{ID: "detail.resellers", Fact: "The resellers of a customer are a list, each with its PartnerID.", Cites: "reference/customers-and-billing.md#relationships-of-a-customer", Confidence: "S D", Money: true, Code: "internal/partnercenter/resellers.go", Emulator: "internal/emulator/relationships.go",
		ask: forUsers(readingOfCustomer("/relationships", "items", shape.ListOf(shape.Having(map[string]shape.Check{"mpnId": shape.IsText}))))},
	{ID: "detail.allowed", Fact: "allowDelegatedAccess stands on a single customer only.", Cites: "reference/customers-and-billing.md#list-customers", Confidence: "D", ask: of((*run).customers, anything, "allowDelegatedAccess", shape.IsMissing)},
}}

var moneyQuestions = subject{verdict.Read, "reference/commerce.md#money", "internal/partnercenter/invoices.go", "internal/emulator/world/invoices.go", []Question{
	{ID: "money.month", Fact: "An invoice of new commerce is about a calendar month.", Cites: "reference/customers-and-billing.md#invoices", Confidence: "D+", Money: true, ask: func(ctx context.Context, r *run) answer {
		return every(where(r.invoices(ctx), func(i any) bool { return strings.HasPrefix(shape.Text(i, "id"), "G") }), shape.Itself, func(v any) string {
			from, ok := shape.Date(v, "billingPeriodStartDate")
			return shape.WrongUnless(ok && from.Day() == 1, shape.At(v, "billingPeriodStartDate"))
		})
	}},
	{ID: "money.marketplace", Fact: "Marketplace software is on the bill as any license, with its publisher.", Cites: "reference/customers-and-billing.md#marketplace-saas-on-the-bill", Confidence: "D D+", Money: true, Code: "internal/partnercenter/invoice_line_items.go", Emulator: "internal/emulator/invoices.go", ask: func(ctx context.Context, r *run) answer {
		return among(r.billed(ctx), "publisherName", func(v any) string {
			name, _ := v.(string)
			return shape.WrongUnless(name != "" && !strings.HasPrefix(name, "Microsoft"), v)
		})
	}},
	{ID: "money.lapse", Fact: "What is not activated within 30 days lapses, and is not charged.", Cites: "reference/commerce.md#saas-that-nobody-activates-plans-that-activate-themselves", Confidence: "D26", Money: true, Code: "internal/commerce/change/activation.go", Emulator: "internal/emulator/world/terms.go", ask: func(ctx context.Context, r *run) answer {
		old := where(r.subscriptions(ctx), func(s any) bool {
			made, ok := shape.Date(s, "creationDate")
			return isSaaS(s) && ok && r.client.ServiceTime().Sub(made) > 31*24*time.Hour
		})
		return every(old, shape.Itself, func(v any) string {
			return shape.WrongUnless(isEnded(v) || shape.At(v, "attentionNeeded") != true, shape.At(v, "status"))
		})
	}},
	{ID: "money.promotion-errors", Fact: "Why a customer does not get a promotion is one of eight words.", Cites: "reference/commerce.md#other-enumerated-errors", Confidence: "S, D", Money: true, Code: "internal/commerce/catalog/promotion.go", Emulator: "internal/emulator/promotions.go",
		ask: eligibility("items", shape.ListOf(func(item any) string {
			for _, eligible := range shape.List(item, "eligibilities") {
				for _, e := range shape.List(eligible, "errors") {
					known := shape.OneOf("InvalidCatalogItemId", "InvalidPromotion", "PrerequisiteProductOwnership", "RedemptionLimit", "SeatCount", "OfferPurchasedPreviously", "Term", "NoPromotionsAvailable")
					if wrong := known(shape.At(e, "type")); wrong != "" {
						return wrong
					}
				}
			}
			return ""
		}))},
}}

var limitQuestions = subject{verdict.Sandbox, "reference/commerce.md#integration-sandbox", "internal/partnercenter/remedies_codes.go", "internal/emulator/world/lines.go (Sandbox)", []Question{
	{ID: "limit.licenses", Fact: "A sandbox takes at most 25 licenses for each subscription: an error of the line (10009), or of the cart.", Confidence: "D", Money: true, ask: func(ctx context.Context, r *run) answer {
		o := r.cheap(ctx).nce
		if o == nil || o.most <= sandboxLicenses {
			return open("no offer takes so many")
		}
		return refusedLine(r.quote(ctx, "limit", o.line(sandboxLicenses+1, "conformance limit")), "10009", "SandboxLimitExceeded", "10015", "MaxAllowedSeatsPerSubscriptionExceeded", "800018", "800067", "800009")
	}},
	{ID: "limit.order", Fact: "An order without a cart is refused as an error of the call.", Cites: "reference/commerce.md#create-order-without-a-cart", Confidence: "I", Money: true, Code: "internal/partnercenter/orders.go", Emulator: "internal/emulator/orders_write.go", ask: func(ctx context.Context, r *run) answer {
		line := map[string]any{"lineItemNumber": 0, "offerId": noProduct + ":0001:" + noProduct, "quantity": 1, "termDuration": "P1M"}
		x := r.post(ctx, ofCustomer(r.chosen(ctx), "/orders"), map[string]any{"billingCycle": "monthly", "lineItems": []any{line}}, nil)
		return refused(x, "404 400013", "404 400018", "404 400019", "400 800009", "400 800002", "400 4018")
	}},
	{ID: "limit.cycle", Fact: "The billing of a month that is paid monthly cannot be changed.", Cites: "reference/commerce.md#billing-cycle-and-term-of-an-existing-subscription", Confidence: "D", Money: true, Code: "internal/commerce/change/attributes.go", Emulator: "internal/emulator/world/update_term.go",
		ask: ofLicenses(func(d *deal) answer {
			return d.step("cycle", func(x *exchange) answer {
				if x.ok() && shape.Text(d.after["cycle"], "billingCycle") == "monthly" && shape.At(d.after["cycle"], "nextChargeInstructions") == nil {
					return yes("it was ignored")
				}
				return refused(x, "400 800097", "400 900268", "400 900269", "400 900270", "400 2054", "400 800002", "400 800085", "400 800121")
			})
		})},
	{ID: "limit.reseller", Fact: "A subscription takes no unknown reseller.", Cites: "reference/commerce.md#partnerid", Confidence: "D", Money: true, Code: "internal/partnercenter/resellers.go", Emulator: "internal/emulator/world/resellers.go",
		ask: licensesRefused("reseller", "404 800015", "400 800016", "404 2072", "400 2072", "400 2071", "400 800098", "400 900154")},
	{ID: "limit.no-reseller", Fact: "A subscription that was bought without a reseller has none on record.", Cites: "reference/commerce.md#subscription-endpoints", Confidence: "D/I", Money: true, Code: "internal/services/subscription/refusals.go", Emulator: "internal/emulator/subscription_render.go",
		ask: licensesShown("purchase", "partnerId", shape.IsEmpty)},
}}
