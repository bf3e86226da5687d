// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"

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
	{ID: "catalog.by-customer", Fact: "What a customer may buy is read with GET.", Confidence: "D, S", Emulator: "internal/emulator/catalog.go (NoMarketplaceView)", ask: readingOfCustomer("/products", itself, collection, "targetView", onlineView)},
	{ID: "catalog.marketplace", Fact: "Marketplace software is the view MarketplaceSaaS.", Cites: "reference/commerce.md#targetview", Confidence: "D26/3", Emulator: "internal/emulator/catalog.go (NoMarketplaceView)",
		ask: readingOfCustomer("/products", itself, collection, "targetView", marketplaceView)},
	{ID: "catalog.by-country", Fact: "The catalog of a country is read by country and view.", Confidence: "D, S", ask: func(ctx context.Context, r *run) answer {
		return answered(r.get(ctx, "/v1/products", "country", r.country(ctx), "targetView", onlineView), itself, collection)
	}},
	{ID: "catalog.pages", Fact: "A list of products may have further pages, by links.next.", Cites: "reference/commerce.md#collections-and-paging", Confidence: "I", Code: "internal/partnercenter/list.go",
		Emulator: "internal/emulator/catalog.go (ProductsPageSize)", ask: func(ctx context.Context, r *run) answer {
			for _, view := range []string{marketplaceView, onlineView} {
				if at(r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", view).doc(), "links.next") != nil {
					return yes("seen")
				}
			}
			return open("each view fits on one page here")
		}},
	{ID: "product.id", Fact: "The ID of a product has 12 characters.", Cites: "reference/commerce.md#catalog", Confidence: "D", ask: of((*run).allProducts, anything, "id", matches(`^[0-9A-Z]{12}$`))},
	{ID: "product.title", Fact: "A product has a title.", Cites: "reference/commerce.md#product", Confidence: "D", ask: of((*run).allProducts, anything, "title", isText)},
	{ID: "product.saas", Fact: "Marketplace software has productType Azure with subType SaaS.", Cites: "reference/commerce.md#product", Confidence: "D", Money: true, Code: "internal/partnercenter/values.go",
		ask: func(ctx context.Context, r *run) answer {
			return every(r.products(ctx, marketplaceView), "productType.subType.id", oneOf("SaaS"))
		}},
	{ID: "product.nce", Fact: "New-commerce licenses have productType OnlineServicesNCE.", Cites: "reference/commerce.md#product", Confidence: "D", Money: true, Code: "internal/partnercenter/values.go",
		ask: func(ctx context.Context, r *run) answer {
			return among(r.products(ctx, onlineView), "productType.id", oneOf("OnlineServicesNCE"))
		}},
	{ID: "product.publisher", Fact: "Software of the marketplace is not Microsoft's, and names its publisher.", Cites: "reference/commerce.md#product", Confidence: "D",
		ask: func(ctx context.Context, r *run) answer {
			return every(r.products(ctx, marketplaceView), "publisherName", isText)
		}},
	{ID: "product.no-price", Fact: "There is no price in product, SKU or availability.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/spending/quote.go",
		ask: func(ctx context.Context, r *run) answer {
			return noPrice(append(r.skus(ctx), r.availabilities(ctx)...))
		}},
	{ID: "sku.id", Fact: "A SKU has an ID of 4 characters, and names its product.", Cites: "reference/commerce.md#sku", Confidence: "D", ask: of((*run).skus, anything, itself, having(map[string]shape{"id": matches(`^[0-9A-Z]{4}$`), "productId": isText}))},
	{ID: "sku.limits", Fact: "A SKU says how many licenses may be bought at least and at most.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go",
		ask: of((*run).skus, anything, itself, having(map[string]shape{"minimumQuantity": isWhole, "maximumQuantity": isWhole}))},
	{ID: "sku.trial", Fact: "A SKU says whether it is a trial.", Cites: "reference/commerce.md#sku", Confidence: "D", Money: true, Code: "internal/commerce/catalog/offer.go", ask: of((*run).skus, anything, "isTrial", isBool)},
	{ID: "sku.cycles", Fact: "supportedBillingCycles are monthly, annual, biennial, triennial, one_time or none.", Cites: "reference/commerce.md#sku", Confidence: "D, S",
		ask: of((*run).skus, anything, "supportedBillingCycles", listOf(oneOf("monthly", "annual", "biennial", "triennial", "one_time", "none", "unknown")))},
	{ID: "sku.by-id", Fact: "One SKU is read by its ID.", Confidence: "S", ask: firstSKU(func(ctx context.Context, r *run, sku any) answer {
		return answered(r.get(ctx, r.skuPath(ctx, sku)), "id", oneOf(text(sku, "id")))
	})},
	{ID: "sku.inventory", Fact: "checkInventory answers a bare list, and leaves out what it does not know.", Cites: "reference/commerce.md#inventory-check", Confidence: "D", Emulator: "internal/emulator/catalog.go",
		ask: firstSKU(func(ctx context.Context, r *run, sku any) answer {
			item := map[string]any{"productId": text(sku, "productId"), "skuId": text(sku, "id")}
			return answered(r.send(ctx, partnercenter.Request{
				Method: http.MethodPost, Path: "/v1/extensions/product/checkInventory", Query: url.Values{"country": {r.country(ctx)}},
				Body: map[string]any{"targetItems": []any{item}, "inventoryContext": map[string]any{}},
			}), itself, isList)
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
	return every(objects, "id", isText)
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
		for _, a := range where(r.availabilities(ctx), func(a any) bool { return at(a, "isPurchasable") == true }) {
			return question(ctx, r, a)
		}
		return open("there is no availability that can be bought")
	}
}

var availabilityQuestions = subject{verdict.Read, "reference/commerce.md#availability", "internal/commerce/catalog/offer.go", "internal/emulator/catalog_render.go", []Question{
	{ID: "availability.catalog-item", Fact: "catalogItemId is product, SKU and availability with colons between them.", Confidence: "D", Money: true, Code: "internal/partnercenter/catalog.go", ask: func(ctx context.Context, r *run) answer {
		all := r.availabilities(ctx)
		for _, a := range all {
			if want := text(a, "productId") + ":" + text(a, "skuId") + ":" + text(a, "id"); text(a, "catalogItemId") != want {
				return no("%s instead of %s", show(at(a, "catalogItemId")), show(want))
			}
		}
		return every(all, "catalogItemId", isText)
	}},
	{ID: "availability.currency", Fact: "An availability names its currency.", Confidence: "D", Money: true, Code: "internal/commerce/spending/quote.go", ask: of((*run).availabilities, anything, "defaultCurrency.code", matches(`^[A-Z]{3}$`))},
	{ID: "availability.country", Fact: "An availability is for the customer's country.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return every(r.availabilities(ctx), "country", oneOf(r.country(ctx)))
	}},
	{ID: "availability.purchasable", Fact: "An availability says whether it can be bought.", Confidence: "D", Money: true, ask: of((*run).availabilities, anything, "isPurchasable", isBool)},
	{ID: "availability.segment", Fact: "Without a target segment the nonprofit one is left out.", Cites: "reference/commerce.md#catalog-endpoints", Confidence: "D", Money: true,
		ask: of((*run).availabilities, anything, "segment", oneOf("commercial", "education", "government"))},
	{ID: "availability.nonprofit", Fact: "Nonprofit offers are asked for by their segment; a partner who may not is refused with 403 400030.", Cites: "reference/commerce.md#catalog-endpoints", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", onlineView, "targetSegment", "nonprofit")
		if x.code() == "400030" {
			return refused(x, "403 400030")
		}
		return answered(x, itself, collection)
	}},
	{ID: "availability.terms", Fact: "A term has a duration of ISO 8601.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "duration", matches(`^P\d+[MY]$`))},
	{ID: "availability.known-terms", Fact: "Terms are of one month, or of one, two or three years.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "duration", oneOf("P1M", "P1Y", "P2Y", "P3Y"))},
	{ID: "availability.cycles", Fact: "Billing cycles of terms are capitalized.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: ifPresent((*run).terms, anything, "billingCycle", matches(`^[A-Z][a-z_]+$`))},
	{ID: "availability.several-terms", Fact: "One availability lists several terms.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		for _, a := range r.availabilities(ctx) {
			if len(list(a, "terms")) > 1 {
				return yes("seen")
			}
		}
		return open("none of those that were looked at does")
	}},
	{ID: "availability.refunds", Fact: "A term says by cancellationPolicies until when it is refunded, as a duration.", Confidence: "D, S", Money: true, Code: "internal/commerce/catalog/refunds.go", ask: func(ctx context.Context, r *run) answer {
		var options []any
		for _, t := range r.terms(ctx) {
			for _, policy := range list(t, "cancellationPolicies") {
				options = append(options, list(policy, "refundOptions")...)
			}
		}
		return every(options, itself, having(map[string]shape{"type": oneOf("Full", "Partial"), "expiresAfter": matches(`^P`)}))
	}},
	{ID: "availability.by-id", Fact: "One availability is read by its ID.", Confidence: "S", ask: firstAvailability(func(ctx context.Context, r *run, a any) answer {
		path := r.productPath(ctx, text(a, "productId")) + "/skus/" + text(a, "skuId") + "/availabilities/" + text(a, "id")
		return answered(r.get(ctx, path), "catalogItemId", oneOf(text(a, "catalogItemId")))
	})},
	{ID: "availability.stays", Fact: "The ID of an availability is the same when it is read again at once.", Confidence: "D", Money: true, Emulator: "internal/emulator/catalog.go (RotateAvailabilitiesEvery)",
		ask: firstAvailability(func(ctx context.Context, r *run, a any) answer {
			path := r.productPath(ctx, text(a, "productId")) + "/skus/" + text(a, "skuId") + "/availabilities"
			return among(list(r.again(ctx, path).doc(), "items"), "id", oneOf(text(a, "id")))
		})},
	{ID: "availability.embedded", Fact: "A list of availabilities embeds product and SKU.", Confidence: "D", ask: of((*run).availabilities, anything, itself, having(map[string]shape{"product.id": isText, "sku.id": isText}))},
	{ID: "availability.renewal", Fact: "isRenewable says whether a term can be renewed.", Confidence: "D", Money: true, ask: of((*run).availabilities, anything, "isRenewable", isBool)},
}}

var promotionQuestions = subject{verdict.Read, "reference/commerce.md#promotions", "internal/partnercenter/promotions.go", "internal/emulator/promotions.go", []Question{
	{ID: "promotions.list", Fact: "The promotions of a country and segment are a list.", Confidence: "D", ask: func(ctx context.Context, r *run) answer { return answered(promotions(ctx, r), itself, collection) }},
	{ID: "promotions.id", Fact: "The ID of a promotion has three parts with colons between them.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return every(list(promotions(ctx, r).doc(), "items"), "id", matches(`^[^:]+:[^:]+:[^:]+$`))
	}},
	{ID: "promotions.value", Fact: "A discount is a text such as 0.15, of policyType PercentDiscount.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/promotion.go", ask: func(ctx context.Context, r *run) answer {
		var policies []any
		for _, p := range list(promotions(ctx, r).doc(), "items") {
			for _, product := range list(p, "requiredProducts") {
				policies = append(policies, list(product, "pricingPolicies")...)
			}
		}
		return every(policies, "value", func(v any) string { return wrongUnless(isText(v) == "" && isAmount(v) == "", v) })
	}},
	{ID: "promotions.running", Fact: "Only promotions that run today are listed.", Confidence: "D", Money: true, ask: func(ctx context.Context, r *run) answer {
		return every(list(promotions(ctx, r).doc(), "items"), "endDate", func(v any) string {
			end, ok := date(map[string]any{"v": v}, "v")
			return wrongUnless(ok && end.After(r.client.ServiceTime()), v)
		})
	}},
	{ID: "promotions.segment", Fact: "Without a segment the list is refused.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		return refused(r.get(ctx, "/v1/productpromotions", "country", r.country(ctx)), "400", "400 3000", "400 800002")
	}},
	{ID: "promotions.eligibility", Fact: "Whether a customer gets a promotion is always answered with 200 and a list.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/promotion.go", ask: eligibility(itself, collection)},
	{ID: "promotions.eligibility-id", Fact: "The id of an answer is a number.", Confidence: "D", ask: eligibility("items", listOf(having(map[string]shape{"id": isWhole})))},
}}

func promotions(ctx context.Context, r *run) *exchange {
	return r.get(ctx, "/v1/productpromotions", "country", r.country(ctx), "segment", "commercial")
}

// eligibility asks for all promotions of an offer.
func eligibility(path string, s shape) ask {
	return firstAvailability(func(ctx context.Context, r *run, a any) answer {
		terms := list(a, "terms")
		if len(terms) == 0 {
			return open("the first availability has no terms")
		}
		item := map[string]any{"id": 1, "catalogItemId": text(a, "catalogItemId"), "quantity": 1, "termDuration": text(terms[0], "duration"), "billingCycle": text(terms[0], "billingCycle")}
		return answered(r.post(ctx, ofCustomer(r.chosen(ctx), "/promotionEligibilities"), map[string]any{"items": []any{item}}, nil), path, s)
	})
}
