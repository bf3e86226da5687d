// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var accessQuestions = subject{verdict.Read, "reference/commerce.md#401-and-403-shapes", "internal/partnercenter/remedies.go", "internal/emulator/tokens.go", []Question{
	{ID: "access.no-token", Fact: "A call without a token is 401, with no code or code 400.", Confidence: "D/I", Emulator: "internal/emulator/tokens.go (EmptyUnauthorized)",
		ask: func(ctx context.Context, r *run) answer {
			return refused(r.withoutToken(ctx, "/v1/customers", ""), "401", "401 400", "401 800001")
		}},
	{ID: "access.bad-token", Fact: "A token that is none is 401, with no code or code 400.", Confidence: "D/I", Emulator: "internal/emulator/tokens.go (EmptyUnauthorized)",
		ask: func(ctx context.Context, r *run) answer {
			return refused(r.withoutToken(ctx, "/v1/customers", "Bearer none"), "401", "401 400")
		}},
	{ID: "access.challenge", Fact: "A 401 has WWW-Authenticate.", Cites: "reference/commerce.md#response-headers", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		x := r.withoutToken(ctx, "/v1/customers", "")
		if x.err != nil || x.header.Get("WWW-Authenticate") == "" {
			return no("there is none: %s", said(x))
		}
		return yes("it is there")
	}},
	{ID: "access.user-only", Fact: "An application is refused what is for users only: 403 900329.", Confidence: "D", Emulator: "internal/emulator/routes.go", ask: func(ctx context.Context, r *run) answer {
		if r.isUser(ctx) {
			return open("a user signs in, and no application")
		}
		return refused(r.get(ctx, "/v1/profiles/organization"), "403 900329")
	}},
	{ID: "access.app-only", Fact: "An application reads customers, and is not asked for multifactor authentication.", Cites: "reference/commerce.md#multi-factor-authentication", Confidence: "D/3",
		Code: "internal/partnercenter/mfa.go", Emulator: "internal/emulator/tokens.go (MFAEnforcement)", ask: func(ctx context.Context, r *run) answer {
			if r.isUser(ctx) {
				return open("a user signs in, and no application")
			}
			return answered(r.getWith(ctx, http.Header{"Validatemfa": {"true"}}, "/v1/customers", "size", "1"), "", nil)
		}},
	{ID: "access.mfa-report", Fact: "ValidateMfa asks whether the token has passed multifactor authentication; isMfaCompliant answers, in a header.", Cites: "reference/commerce.md#open-questions", Confidence: "3",
		Code: "internal/partnercenter/mfa.go", Emulator: "internal/emulator/tokens.go (MFAEnforcement)", ask: forUsers(func(ctx context.Context, r *run) answer {
			x := r.getWith(ctx, http.Header{"Validatemfa": {"true"}}, "/v1/customers", "size", "1")
			if got := x.header.Get("isMfaCompliant"); got == "" {
				return no("there is no such header: %s", said(x))
			}
			return yes("a header")
		})},
}}

var catalogQuestions = subject{verdict.Read, "reference/commerce.md#catalog-endpoints", "internal/partnercenter/catalog.go", "internal/emulator/catalog.go", []Question{
	{ID: "catalog.by-customer", Fact: "What a customer may buy is read with GET.", Confidence: "D, S", Emulator: "internal/emulator/catalog.go (NoMarketplaceView)", ask: readingOfCustomer("/products", shape.Itself, collection, "targetView", onlineView)},
	{ID: "catalog.marketplace", Fact: "Marketplace software is the view MarketplaceSaaS.", Cites: "reference/commerce.md#targetview", Confidence: "D26/3", Emulator: "internal/emulator/catalog.go (NoMarketplaceView)",
		ask: readingOfCustomer("/products", shape.Itself, collection, "targetView", marketplaceView)},
	{ID: "catalog.by-country", Fact: "The catalog of a country is read by country and view.", Confidence: "D, S", ask: func(ctx context.Context, r *run) answer {
		return answered(r.get(ctx, "/v1/products", "country", r.country(ctx), "targetView", onlineView), shape.Itself, collection)
	}},
	{ID: "catalog.pages", Fact: "A list of products may have further pages, by links.next.", Cites: "reference/commerce.md#collections-and-paging", Confidence: "I", Code: "internal/partnercenter/list.go",
		Emulator: "internal/emulator/catalog.go (ProductsPageSize)", ask: func(ctx context.Context, r *run) answer {
			for _, view := range []string{marketplaceView, onlineView} {
				if shape.At(r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", view).doc(), "links.next") != nil {
					return yes("seen")
				}
			}
			return open("each view fits on one page here")
		}},
	{ID: "product.id", Fact: "The ID of a product has 12 characters.", Cites: "reference/commerce.md#catalog", Confidence: "D", ask: of((*run).allProducts, anything, "id", shape.Matches(`^[0-9A-Z]{12}$`))},
	{ID: "product.title", Fact: "A product has a title.", Cites: "reference/commerce.md#product", Confidence: "D", ask: of((*run).allProducts, anything, "title", shape.IsText)},
	{ID: "product.saas", Fact: "Marketplace software has productType Azure with subType SaaS.", Cites: "reference/commerce.md#product", Confidence: "D", Money: true, Code: "internal/partnercenter/values.go",
		ask: func(ctx context.Context, r *run) answer {
			return every(r.products(ctx, marketplaceView), "productType.subType.id", shape.OneOf("SaaS"))
		}},
	{ID: "product.nce", Fact: "New-commerce licenses have productType OnlineServicesNCE.", Cites: "reference/commerce.md#product", Confidence: "D", Money: true, Code: "internal/partnercenter/values.go",
		ask: func(ctx context.Context, r *run) answer {
			return among(r.products(ctx, onlineView), "productType.id", shape.OneOf("OnlineServicesNCE"))
		}},
	{ID: "product.publisher", Fact: "Software of the marketplace is not Microsoft's, and names its publisher.", Cites: "reference/commerce.md#product", Confidence: "D",
		ask: func(ctx context.Context, r *run) answer {
			return every(r.products(ctx, marketplaceView), "publisherName", shape.IsText)
		}},
	{ID: "product.no-price", Fact: "There is no price in product, SKU or availability.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/spending/quote.go",
		ask: func(ctx context.Context, r *run) answer {
			return noPrice(append(r.skus(ctx), r.availabilities(ctx)...))
		}},
	{ID: "sku.id", Fact: "A SKU has an ID of 4 characters, and names its product.", Cites: "reference/commerce.md#sku", Confidence: "D", ask: of((*run).skus, anything, shape.Itself, shape.Having(map[string]shape.Check{"id": shape.Matches(`^[0-9A-Z]{4}$`), "productId": shape.IsText}))},
	{ID: "sku.limits", Fact: "A SKU says how many licenses may be bought at least and at most.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go",
		ask: of((*run).skus, anything, shape.Itself, shape.Having(map[string]shape.Check{"minimumQuantity": shape.IsWhole, "maximumQuantity": shape.IsWhole}))},
	{ID: "sku.trial", Fact: "A SKU says whether it is a trial.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/catalog/offer.go", ask: of((*run).skus, anything, "isTrial", shape.IsBool)},
	{ID: "sku.cycles", Fact: "supportedBillingCycles are monthly, annual, biennial, triennial, one_time or none.", Cites: "reference/commerce.md#sku", Confidence: "D, S",
		ask: of((*run).skus, anything, "supportedBillingCycles", shape.ListOf(shape.OneOf("monthly", "annual", "biennial", "triennial", "one_time", "none", "unknown")))},
	{ID: "sku.by-id", Fact: "One SKU is read by its ID.", Confidence: "S", ask: firstSKU(func(ctx context.Context, r *run, sku any) answer {
		return answered(r.get(ctx, r.skuPath(ctx, sku)), "id", shape.OneOf(shape.Text(sku, "id")))
	})},
	{ID: "sku.inventory", Fact: "checkInventory answers a bare list, and leaves out what it does not know.", Cites: "reference/commerce.md#inventory-check", Confidence: "D", Emulator: "internal/emulator/catalog.go",
		ask: firstSKU(func(ctx context.Context, r *run, sku any) answer {
			item := map[string]any{"productId": shape.Text(sku, "productId"), "skuId": shape.Text(sku, "id")}
			return answered(r.send(ctx, partnercenter.Request{
				Method: http.MethodPost, Path: "/v1/extensions/product/checkInventory", Query: url.Values{"country": {r.country(ctx)}},
				Body: map[string]any{"targetItems": []any{item}, "inventoryContext": map[string]any{}},
			}), shape.Itself, shape.IsList)
		})},
}}

// noPrice looks for members that speak of money.
func noPrice(objects []any) answer {
	for _, object := range objects {
		members, _ := object.(map[string]any)
		for name := range members {
			if strings.Contains(strings.ToLower(name), "price") {
				return no("there is a member %s", name)
			}
		}
	}
	return every(objects, "id", shape.IsText)
}

// firstSKU asks about the first SKU that is found.
func firstSKU(question func(context.Context, *run, any) answer) ask {
	return func(ctx context.Context, r *run) answer {
		for _, sku := range r.skus(ctx) {
			return question(ctx, r, sku)
		}
		return open("there is no SKU to look at")
	}
}

// firstAvailability asks about the first one that can be bought.
func firstAvailability(question func(context.Context, *run, any) answer) ask {
	return func(ctx context.Context, r *run) answer {
		for _, a := range where(r.availabilities(ctx), func(a any) bool { return shape.At(a, "isPurchasable") == true }) {
			return question(ctx, r, a)
		}
		return open("there is no availability that can be bought")
	}
}

var availabilityQuestions = subject{verdict.Read, "reference/commerce.md#availability", "internal/commerce/catalog/offer.go", "internal/emulator/catalog_render.go", []Question{
	{ID: "availability.catalog-item", Fact: "catalogItemId is product, SKU and availability with colons between them.", Confidence: "D", Money: true, Code: "internal/partnercenter/catalog.go", ask: func(ctx context.Context, r *run) answer {
		all := r.availabilities(ctx)
		for _, a := range all {
			if want := shape.Text(a, "productId") + ":" + shape.Text(a, "skuId") + ":" + shape.Text(a, "id"); shape.Text(a, "catalogItemId") != want {
				return no("%s instead of %s", shape.Show(shape.At(a, "catalogItemId")), shape.Show(want))
			}
		}
		return every(all, "catalogItemId", shape.IsText)
	}},
	{ID: "availability.currency", Fact: "An availability names its currency.", Confidence: "D", Money: true, Code: "internal/commerce/spending/quote.go", ask: of((*run).availabilities, anything, "defaultCurrency.code", shape.Matches(`^[A-Z]{3}$`))},
	{ID: "availability.country", Fact: "An availability is for the customer's country.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return every(r.availabilities(ctx), "country", shape.OneOf(r.country(ctx)))
	}},
	{ID: "availability.purchasable", Fact: "An availability says whether it can be bought.", Confidence: "D", Money: true, ask: of((*run).availabilities, anything, "isPurchasable", shape.IsBool)},
	{ID: "availability.segment", Fact: "Without a target segment the nonprofit one is left out.", Cites: "reference/commerce.md#catalog-endpoints", Confidence: "D", Money: true,
		ask: of((*run).availabilities, anything, "segment", shape.OneOf("commercial", "education", "government"))},
	{ID: "availability.nonprofit", Fact: "Nonprofit offers are asked for by their segment; a partner who may not is refused with 403 400030.", Cites: "reference/commerce.md#catalog-endpoints", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", onlineView, "targetSegment", "nonprofit")
		if x.code() == "400030" {
			return refused(x, "403 400030")
		}
		return answered(x, shape.Itself, collection)
	}},
	{ID: "availability.terms", Fact: "A term has a duration of ISO 8601.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "duration", shape.Matches(`^P\d+[MY]$`))},
	{ID: "availability.known-terms", Fact: "Terms are of one month, or of one, two or three years.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "duration", shape.OneOf("P1M", "P1Y", "P2Y", "P3Y"))},
	{ID: "availability.cycles", Fact: "Billing cycles of terms are capitalized.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "billingCycle", shape.Matches(`^[A-Z][a-z_]+$`))},
	{ID: "availability.several-terms", Fact: "One availability lists several terms.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		for _, a := range r.availabilities(ctx) {
			if len(shape.List(a, "terms")) > 1 {
				return yes("seen")
			}
		}
		return open("none of those that were looked at does")
	}},
	{ID: "availability.refunds", Fact: "A term says by cancellationPolicies until when it is refunded, as a duration.", Confidence: "D, S", Money: true, Code: "internal/commerce/catalog/refunds.go", ask: func(ctx context.Context, r *run) answer {
		var options []any
		for _, t := range r.terms(ctx) {
			for _, policy := range shape.List(t, "cancellationPolicies") {
				options = append(options, shape.List(policy, "refundOptions")...)
			}
		}
		return every(options, shape.Itself, shape.Having(map[string]shape.Check{"type": shape.OneOf("Full", "Partial"), "expiresAfter": shape.Matches(`^P`)}))
	}},
	{ID: "availability.by-id", Fact: "One availability is read by its ID.", Confidence: "S", ask: firstAvailability(func(ctx context.Context, r *run, a any) answer {
		path := r.productPath(ctx, shape.Text(a, "productId")) + "/skus/" + shape.Text(a, "skuId") + "/availabilities/" + shape.Text(a, "id")
		return answered(r.get(ctx, path), "catalogItemId", shape.OneOf(shape.Text(a, "catalogItemId")))
	})},
	{ID: "availability.stays", Fact: "The ID of an availability is the same when it is read again at once.", Confidence: "D", Money: true, Emulator: "internal/emulator/catalog.go (RotateAvailabilitiesEvery)",
		ask: firstAvailability(func(ctx context.Context, r *run, a any) answer {
			path := r.productPath(ctx, shape.Text(a, "productId")) + "/skus/" + shape.Text(a, "skuId") + "/availabilities"
			return among(shape.List(r.again(ctx, path).doc(), "items"), "id", shape.OneOf(shape.Text(a, "id")))
		})},
	{ID: "availability.embedded", Fact: "A list of availabilities embeds product and SKU.", Confidence: "D", ask: of((*run).availabilities, anything, shape.Itself, shape.Having(map[string]shape.Check{"product.id": shape.IsText, "sku.id": shape.IsText}))},
	{ID: "availability.renewal", Fact: "isRenewable says whether a term can be renewed.", Confidence: "D", Money: true, ask: of((*run).availabilities, anything, "isRenewable", shape.IsBool)},
}}

var promotionQuestions = subject{verdict.Read, "reference/commerce.md#promotions", "internal/partnercenter/promotions.go", "internal/emulator/promotions.go", []Question{
	{ID: "promotions.list", Fact: "The promotions of a country and segment are a list.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return answered(promotions(ctx, r), shape.Itself, collection)
	}},
	{ID: "promotions.id", Fact: "The ID of a promotion has three parts with colons between them.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return every(shape.List(promotions(ctx, r).doc(), "items"), "id", shape.Matches(`^[^:]+:[^:]+:[^:]+$`))
	}},
	{ID: "promotions.value", Fact: "A discount is a text such as 0.15, of policyType PercentDiscount.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/promotion.go", ask: func(ctx context.Context, r *run) answer {
		var policies []any
		for _, p := range shape.List(promotions(ctx, r).doc(), "items") {
			for _, product := range shape.List(p, "requiredProducts") {
				policies = append(policies, shape.List(product, "pricingPolicies")...)
			}
		}
		return every(policies, "value", func(v any) string { return shape.WrongUnless(shape.IsText(v) == "" && shape.IsAmount(v) == "", v) })
	}},
	{ID: "promotions.running", Fact: "Only promotions that run today are listed.", Confidence: "D", Money: true, ask: func(ctx context.Context, r *run) answer {
		return every(shape.List(promotions(ctx, r).doc(), "items"), "endDate", func(v any) string {
			end, ok := shape.Date(map[string]any{"v": v}, "v")
			return shape.WrongUnless(ok && end.After(r.client.ServiceTime()), v)
		})
	}},
	{ID: "promotions.segment", Fact: "Without a segment the list is refused.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return refused(r.get(ctx, "/v1/productpromotions", "country", r.country(ctx)), "400", "400 3000", "400 800002")
	}},
	{ID: "promotions.eligibility", Fact: "Whether a customer gets a promotion is always answered with 200 and a list.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/promotion.go", ask: eligibility(shape.Itself, collection)},
	{ID: "promotions.eligibility-id", Fact: "The id of an answer is a number.", Confidence: "D", ask: eligibility("items", shape.ListOf(shape.Having(map[string]shape.Check{"id": shape.IsWhole})))},
}}

func promotions(ctx context.Context, r *run) *exchange {
	return r.get(ctx, "/v1/productpromotions", "country", r.country(ctx), "segment", "commercial")
}

// eligibility asks for all promotions of an offer.
func eligibility(path string, s shape.Check) ask {
	return firstAvailability(func(ctx context.Context, r *run, a any) answer {
		terms := shape.List(a, "terms")
		if len(terms) == 0 {
			return open("the first availability has no terms")
		}
		item := map[string]any{"id": 1, "catalogItemId": shape.Text(a, "catalogItemId"), "quantity": 1, "termDuration": shape.Text(terms[0], "duration"), "billingCycle": shape.Text(terms[0], "billingCycle")}
		return answered(r.post(ctx, ofCustomer(r.chosen(ctx), "/promotionEligibilities"), map[string]any{"items": []any{item}}, nil), path, s)
	})
}
