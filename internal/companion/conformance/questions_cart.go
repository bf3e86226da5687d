// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var cartQuestions = subject{verdict.Cart, "reference/commerce.md#cart", "internal/partnercenter/carts.go", "internal/emulator/carts.go", []Question{
	{ID: "cart.created", Fact: "A cart is made with 201.", Cites: "reference/commerce.md#cart-endpoints", Confidence: "D, S", Money: true, ask: func(ctx context.Context, r *run) answer {
		x, _ := r.aCart(ctx)
		return refused(x, "201")
	}},
	{ID: "cart.id", Fact: "The ID of a cart is a GUID.", Confidence: "D", Money: true, ask: ofCart("id", shape.Matches(shape.GUID))},
	{ID: "cart.status", Fact: "A new cart is Active.", Confidence: "D", Money: true, ask: ofCart("status", shape.OneOf("Active"))},
	{ID: "cart.expires", Fact: "expirationTimestamp says until when a cart can be bought, some days later.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/existing_cart.go", Emulator: "internal/emulator/world/carts.go (CartLifetime)", ask: func(ctx context.Context, r *run) answer {
		x, _ := r.aCart(ctx)
		return answered(x, "expirationTimestamp", func(v any) string {
			end, ok := shape.Date(map[string]any{"v": v}, "v")
			return shape.WrongUnless(ok && end.After(r.client.ServiceTime().Add(24*time.Hour)), v)
		})
	}},
	{ID: "cart.by-id", Fact: "A cart is read by its ID.", Cites: "reference/commerce.md#cart-endpoints", Confidence: "S", Money: true, ask: func(ctx context.Context, r *run) answer {
		x, _ := r.aCart(ctx)
		if x == nil || !x.ok() {
			return open("no cart could be made")
		}
		return answered(r.again(ctx, r.carts(ctx)+"/"+shape.Text(x.doc(), "id")), "id", shape.OneOf(shape.Text(x.doc(), "id")))
	}},
	{ID: "cart.line-id", Fact: "The id of a line is a number, counted from 0.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D, S", Money: true, ask: ofLine("id", shape.IsWhole)},
	{ID: "cart.line-item", Fact: "A line keeps its catalog item, under catalogItemId.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D, S", Money: true, ask: ofLine("catalogItemId", shape.IsText)},
	{ID: "cart.line-name", Fact: "A line keeps the nickname.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D", Money: true, ask: ofLine("friendlyName", shape.OneOf("conformance two"))},
	{ID: "cart.line-group", Fact: "The service says by orderGroup which lines become one order.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/content.go", ask: ofLine("orderGroup", shape.IsText)},
	{ID: "cart.line-context", Fact: "An empty provisioningContext comes back as {}.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D", ask: ofLine("provisioningContext", shape.IsObject)},
	{ID: "cart.put", Fact: "PUT replaces the whole content, with 200 or 201.", Cites: "reference/commerce.md#cart-update", Confidence: "D, S", Money: true, Emulator: "internal/emulator/carts.go (CartPutStatus)", ask: putCart},
	{ID: "cart.names", Fact: "Names of members are read without regard to case.", Cites: "reference/commerce.md#json-conventions", Confidence: "S, D", Emulator: "internal/emulator/decode.go", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		upper := map[string]any{}
		for name, value := range o.line(o.two(), "conformance case") {
			upper[strings.ToUpper(name[:1])+name[1:]] = value
		}
		return answered(r.quote(ctx, "case", upper), "lineItems", shape.ListOf(shape.Having(map[string]shape.Check{"friendlyName": shape.OneOf("conformance case")})))
	}},
	{ID: "cart.unknown-member", Fact: "Members that the service does not know are ignored.", Cites: "reference/commerce.md#json-conventions", Confidence: "D", Emulator: "internal/emulator/decode.go (Strict)", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		line := o.line(o.two(), "conformance unknown")
		line["nobodyKnowsThis"] = true
		return answered(r.quote(ctx, "unknown", line), "lineItems", shape.IsList)
	}},
	{ID: "cart.two-lines", Fact: "Two lines stand in one cart.", Cites: "reference/commerce.md#new-commerce-add-ons", Confidence: "D", Money: true, Code: "internal/services/cart/cart_resource.go", Emulator: "internal/emulator/carts.go (LinesOfACart)", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		return answered(r.quote(ctx, "lines", o.line(o.two(), "conformance one"), o.line(o.two(), "conformance other")), "lineItems", func(v any) string { return shape.WrongUnless(len(shape.List(v, "")) == 2, v) })
	}},
	{ID: "cart.repeated", Fact: "A repeated MS-RequestId makes no second cart: the first answer comes again.", Cites: "reference/commerce.md#idempotency", Confidence: "D/?", Money: true, Code: "internal/partnercenter/ids.go", Emulator: "internal/emulator/repeats.go (RepeatedRequests)", ask: repeatedCart},
	{ID: "cart.attestation", Fact: "A cart without a reseller needs no statement about the partner on record.", Cites: "reference/commerce.md#partner-on-record-attestation", Confidence: "D/?", Money: true, Code: "internal/commerce/purchase/cart.go", Emulator: "internal/emulator/world/purchase.go (AttestationAlways)", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		return answered(r.post(ctx, r.carts(ctx), map[string]any{"lineItems": []any{o.line(o.two(), "conformance plain")}}, nil), "lineItems", shape.IsList)
	}},
	{ID: "cart.buys-nothing", Fact: "A cart buys nothing: the subscriptions stay as they were.", Confidence: "D", Money: true, Code: "internal/partnercenter/write_rules.go", ask: func(ctx context.Context, r *run) answer {
		before := shape.List(r.get(ctx, ofCustomer(r.chosen(ctx), "/subscriptions")).doc(), "items")
		after := shape.List(r.again(ctx, ofCustomer(r.chosen(ctx), "/subscriptions")).doc(), "items")
		if len(after) > len(before) {
			return no("%d subscriptions after %d", len(after), len(before))
		}
		return yes("as many as before")
	}},
}}

func putCart(ctx context.Context, r *run) answer {
	_, o := r.aCart(ctx)
	if o == nil {
		return open("nothing can be bought")
	}
	first := r.quote(ctx, "put", o.line(o.two(), "conformance put"))
	if !first.ok() {
		return open("no cart could be made: " + said(first))
	}
	x := r.put(ctx, first.doc(), []any{o.line(max(o.least, 1), "conformance replaced")})
	return answered(x, "lineItems", shape.ListOf(shape.Having(map[string]shape.Check{"friendlyName": shape.OneOf("conformance replaced")})))
}

// repeatedCart sends one cart twice under one request ID.
func repeatedCart(ctx context.Context, r *run) answer {
	_, o := r.aCart(ctx)
	if o == nil {
		return open("nothing can be bought")
	}
	body := r.cart([]any{o.line(o.two(), "conformance repeated")})
	first := r.post(ctx, r.carts(ctx), body, nil)
	second := r.post(ctx, r.carts(ctx), body, http.Header{"Ms-Requestid": {first.sent}})
	switch {
	case !first.ok():
		return open("no cart could be made: " + said(first))
	case !second.ok():
		return no("the repeat got %s", said(second))
	case shape.Text(first.doc(), "id") != shape.Text(second.doc(), "id"):
		return no("there are two carts")
	}
	return yes("the same cart")
}

var quoteQuestions = subject{verdict.Cart, "reference/commerce.md#cart-line-item", "internal/commerce/spending/quote.go", "internal/emulator/world/pricing.go (CartPricingHidden)", []Question{
	{ID: "price.there", Fact: "A line has its price in pricing, as numbers.", Confidence: "D", Money: true, ask: ofLine("pricing", shape.Having(map[string]shape.Check{"price": shape.IsNumber, "extendedPrice": shape.IsNumber}))},
	{ID: "price.currency", Fact: "A line names the currency of its price.", Confidence: "D", Money: true, ask: ofLine("currencyCode", shape.Matches(`^[A-Z]{3}$`))},
	{ID: "price.extended", Fact: "price is one license for one billing cycle; extendedPrice is that for all licenses and all cycles of the term.", Cites: "reference/commerce.md#working-decisions", Confidence: "D/I", Money: true, ask: func(ctx context.Context, r *run) answer {
		x, _ := r.aCart(ctx)
		return extends(x, 1)
	}},
	{ID: "price.extended-year", Fact: "extendedPrice of a year that is billed monthly covers twelve months, not the first invoice.", Confidence: "D/I", Money: true, ask: func(ctx context.Context, r *run) answer {
		for _, a := range r.availabilities(ctx) {
			for _, t := range shape.List(a, "terms") {
				if o := offerOf(a, t); o.buyable() && !o.trial && !o.addon && o.duration == "P1Y" && strings.EqualFold(o.cycle, "monthly") {
					return extends(r.quote(ctx, "year", o.line(o.two(), "conformance year")), 12)
				}
			}
		}
		return open("nothing is sold for a year that is billed monthly")
	}},
	{ID: "price.decimals", Fact: "Prices have no more digits than their currency.", Confidence: "I", Money: true, Code: "internal/partnercenter/values.go", ask: ofLine("pricing.price", func(v any) string {
		n, ok := v.(float64)
		return shape.WrongUnless(ok && math.Abs(n*10000-math.Round(n*10000)) < 1e-6, v)
	})},
	{ID: "price.order", Fact: "listPrice, discountedPrice and proratedPrice stand beside it.", Confidence: "D", Money: true, ask: ofLine("pricing", shape.Having(map[string]shape.Check{"listPrice": shape.IsNumber, "discountedPrice": shape.IsNumber}))},
	{ID: "price.ended-promotion", Fact: "A promotion that does not fit is an error of the line, or the list price without an error.", Cites: "reference/commerce.md#promotions", Confidence: "D", Money: true, Code: "internal/commerce/purchase/compare.go", Emulator: "internal/emulator/world/promotions.go", ask: func(ctx context.Context, r *run) answer {
		x, o := r.aCart(ctx)
		if o == nil || !x.ok() {
			return open("nothing can be bought")
		}
		line := o.line(o.two(), "conformance promotion")
		line["promotionId"] = "39ZZZZZZZZZZ:0001:39ZZZZZZZZZZ"
		got := r.quote(ctx, "promotion", line)
		lines, plain := shape.List(got.doc(), "lineItems"), shape.List(x.doc(), "lineItems")
		if !got.ok() {
			return refused(got, "400", "400 800002", "400 27007", "400 3000")
		}
		if len(lines) == 1 && (shape.At(lines[0], "error") != nil || shape.Show(shape.At(lines[0], "pricing.price")) == shape.Show(shape.At(plain[0], "pricing.price"))) {
			return yes("no discount was given")
		}
		return no("the price differs: %s", shape.Show(shape.At(lines, "pricing")))
	}},
}}

// extends compares the prices of the first line of a cart.
func extends(x *exchange, cycles float64) answer {
	return answered(x, "lineItems", shape.ListOf(func(line any) string {
		price, ok := shape.Number(line, "pricing.price")
		extended, also := shape.Number(line, "pricing.extendedPrice")
		quantity, _ := shape.Number(line, "quantity")
		if !ok || !also {
			return "a price is missing"
		}
		return shape.WrongUnless(math.Abs(price*quantity*cycles-extended) < 0.015*quantity*cycles, shape.At(line, "pricing"))
	}))
}

var refusedLineQuestions = subject{verdict.Cart, "reference/commerce.md#line-validation", "internal/partnercenter/cart_errors.go", "internal/emulator/world/lines.go (CartErrors)", []Question{
	{ID: "line.wrong-term", Fact: "A term that is not sold is an error of the line, or of the cart.", Confidence: "D/I", Money: true, ask: wrongLine("term", func(l map[string]any, _ *offer) { l["termDuration"], l["billingCycle"] = "P3Y", "biennial" }, "10013", "BillingPlanNotSupported", "800002", "800009", "3000")},
	{ID: "line.too-many", Fact: "More licenses than the SKU allows are an error of the line, or of the cart.", Cites: "reference/commerce.md#codes-cart-checkout-order", Confidence: "D", Money: true, ask: wrongLine("many", func(l map[string]any, o *offer) { l["quantity"] = o.most + 1 },
		"10015", "MaxAllowedSeatsPerSubscriptionExceeded", "10009", "SandboxLimitExceeded", "900275", "800009", "800067", "800088", "10002", "10010", "2002")},
	{ID: "line.none", Fact: "No licenses at all are refused.", Confidence: "D", Money: true, ask: wrongLine("none", func(l map[string]any, _ *offer) { l["quantity"] = 0 }, "10010", "InvalidInput", "800002", "3000", "900275", "800009", "2002")},
	{ID: "line.stale", Fact: "An availability that is not listed is an error of the line (10001), or 404 400019 of the cart.", Cites: "reference/commerce.md#cart-line-error-codes", Confidence: "D", Money: true, Code: "internal/commerce/purchase/cart.go", Emulator: "internal/emulator/world/lines.go (StaleAvailability)",
		ask: wrongLine("stale", func(l map[string]any, o *offer) {
			l["catalogItemId"] = shape.Text(o.availability, "productId") + ":" + shape.Text(o.availability, "skuId") + ":ZZZZZZZZZZZZ"
		}, "10001", "CatalogItemIdIsNotValid", "400019", "800009", "800089")},
	{ID: "line.product", Fact: "A product that does not exist is refused.", Cites: "reference/commerce.md#cart-endpoints", Confidence: "D", Money: true,
		ask: wrongLine("product", func(l map[string]any, _ *offer) { l["catalogItemId"] = "ZZZZZZZZZZZZ:0001:ZZZZZZZZZZZZ" }, "10001", "CatalogItemIdIsNotValid", "400013", "400018", "400019", "800009")},
	{ID: "line.reseller", Fact: "An unknown reseller on record is refused: at the cart, or at its checkout.", Cites: "reference/customers-and-billing.md#errors-that-orders-give-for-a-bad-partner-on-record", Confidence: "D", Money: true, Code: "internal/partnercenter/resellers.go", Emulator: "internal/emulator/world/resellers.go", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		line := o.line(o.two(), "conformance reseller")
		line["participants"] = []any{map[string]any{"key": "transaction_reseller", "value": unknownPartner}}
		x := r.quote(ctx, "reseller", line)
		if x.ok() && lineCode(x) == "" {
			return open("the cart was made; its checkout is not tried")
		}
		return refusedLine(x, "800015", "800016", "900154", "2072", "10004", "ParticipantsIsNotSupportedForPartner", "10010", "900206")
	}},
	{ID: "line.cart-put-unknown", Fact: "A cart that is not there cannot be changed: 404 800008.", Cites: "reference/commerce.md#cart-endpoints", Confidence: "D, S", Money: true, Emulator: "internal/emulator/world/carts.go", ask: func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		return refused(r.send(ctx, partnercenter.Request{Method: http.MethodPut, Path: r.carts(ctx) + "/" + nobody, Body: r.cart([]any{o.line(o.two(), "conformance")})}), "404 800008")
	}},
}}

// wrongLine makes a cart with a line that cannot be bought.
func wrongLine(name string, spoil func(map[string]any, *offer), codes ...string) ask {
	return func(ctx context.Context, r *run) answer {
		_, o := r.aCart(ctx)
		if o == nil {
			return open("nothing can be bought")
		}
		line := o.line(o.two(), "conformance "+name)
		spoil(line, o)
		return refusedLine(r.quote(ctx, name, line), codes...)
	}
}

// lineCode is the error of the first line of a cart that has one: a number, or its name without underscores.
func lineCode(x *exchange) string {
	for _, l := range shape.List(x.doc(), "lineItems") {
		if code := shape.At(l, "error.errorCode"); code != nil {
			return strings.ReplaceAll(strings.Trim(shape.Show(code), `"`), "_", "")
		}
	}
	return ""
}

func refusedLine(x *exchange, codes ...string) answer {
	got := x.code()
	if x.ok() {
		got = lineCode(x)
	}
	switch {
	case x.err != nil:
		return open(x.err.Error())
	case x.ok() && got == "":
		return no("it was accepted")
	}
	for _, code := range codes {
		if strings.EqualFold(code, got) {
			return yes(said(x) + " " + got)
		}
	}
	return no("%s %s", said(x), got)
}
