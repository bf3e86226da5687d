// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

var transportQuestions = subject{verdict.Read, "", "internal/partnercenter/send.go", "internal/emulator/serve.go", []Question{
	{ID: "transport.version", Fact: "Paths begin with /v1, and no api-version is needed.", Cites: "reference/commerce.md#base-urls", Confidence: "D, S",
		ask: reading("/v1/customers", "", nil, "size", "1")},
	{ID: "transport.path-case", Fact: "Path segments are read without regard to case.", Cites: "reference/commerce.md#base-urls", Confidence: "I",
		ask: reading("/v1/Customers", "", nil, "size", "1"), Emulator: "internal/emulator/route_table.go"},
	{ID: "transport.contract-version", Fact: "MS-Contract-Version may be left out.", Cites: "reference/commerce.md#request-headers", Confidence: "D/I",
		Emulator: "internal/emulator/serve.go (RequireContractVersion)", ask: func(ctx context.Context, r *run) answer {
			return answered(r.getWith(ctx, http.Header{"Ms-Contract-Version": nil}, "/v1/customers", "size", "1"), "", nil)
		}},
	{ID: "transport.request-id", Fact: "MS-RequestId comes back as it was sent, perhaps twice in one header.", Cites: "reference/commerce.md#response-headers", Confidence: "D",
		Code: "internal/partnercenter/attempt.go", Emulator: "internal/emulator/serve.go (DoubledHeaders)", ask: func(ctx context.Context, r *run) answer {
			x := r.get(ctx, "/v1/customers", "size", "1")
			if got := wire.Once(x.header.Get("MS-RequestId")); !strings.EqualFold(got, x.sent) {
				return no("it was %s", escape.Quoted(got))
			}
			return yes("the same")
		}},
	{ID: "transport.request-id-made", Fact: "Without MS-RequestId the service makes one.", Cites: "reference/commerce.md#response-headers", Confidence: "D",
		ask: headerIs("MS-RequestId", shape.GUID, http.Header{"Ms-Requestid": nil})},
	{ID: "transport.correlation-id", Fact: "MS-CorrelationId comes back.", Cites: "reference/commerce.md#response-headers", Confidence: "D",
		Code: "internal/partnercenter/attempt.go", ask: headerIs("MS-CorrelationId", shape.GUID, nil)},
	{ID: "transport.cv", Fact: "Answers carry a correlation vector, MS-CV.", Cites: "reference/commerce.md#response-headers", Confidence: "D", ask: headerIs("MS-CV", `.`, nil)},
	{ID: "transport.server-id", Fact: "Answers carry MS-ServerId.", Cites: "reference/commerce.md#response-headers", Confidence: "D", ask: headerIs("MS-ServerId", `.`, nil)},
	{ID: "transport.locale", Fact: "Answers name the language in X-Locale.", Cites: "reference/commerce.md#response-headers", Confidence: "D", ask: headerIs("X-Locale", `(?i)^en-us$`, nil)},
	{ID: "transport.date", Fact: "Answers carry the time of the service, by which windows are judged.", Cites: "reference/commerce.md#commercial-policies", Confidence: "I", Money: true,
		Code: "internal/partnercenter/clock.go", ask: headerIs("Date", `GMT$`, nil)},
	{ID: "transport.etag-header", Fact: "There is no ETag header; an etag stands in the body.", Cites: "reference/commerce.md#response-headers", Confidence: "D",
		Code: "internal/partnercenter/subscription_update.go", ask: func(ctx context.Context, r *run) answer {
			path := r.subscription(ctx, anything)
			if path == "" {
				return open("there is no subscription to look at")
			}
			if tag := r.get(ctx, path).header.Get("ETag"); tag != "" {
				return no("there is one")
			}
			return yes("none")
		}},
	{ID: "json.camel-case", Fact: "Members of answers are in camelCase.", Cites: "reference/commerce.md#json-conventions", Confidence: "D",
		Code: "internal/partnercenter/text.go", Emulator: "internal/emulator/render.go", ask: func(ctx context.Context, r *run) answer {
			for _, object := range append(r.customers(ctx), r.subscriptions(ctx)...) {
				members, _ := object.(map[string]any)
				for name := range members {
					if first := name[:1]; first != strings.ToLower(first) {
						return no("there is a member %s", escape.Quoted(name))
					}
				}
			}
			return every(r.customers(ctx), "id", shape.IsText)
		}},
	{ID: "json.dates", Fact: "Dates are ISO 8601, with up to seven digits of a second, with any zone or none.", Cites: "reference/commerce.md#json-conventions", Confidence: "D", Money: true,
		Code: "internal/partnercenter/values.go", Emulator: "internal/emulator/render.go", ask: of((*run).subscriptions, anything, "creationDate", shape.IsMoment)},
	{ID: "json.enums", Fact: "Values of enums are lower case, with underscores between words.", Cites: "reference/commerce.md#json-conventions", Confidence: "S",
		Code: "internal/partnercenter/values.go", Emulator: "internal/emulator/render.go", ask: of((*run).orders, anything, "status", shape.Matches(`^[a-z_]+$`))},
	{ID: "json.object-type", Fact: "Resources say what they are in attributes.objectType.", Cites: "reference/commerce.md#json-conventions", Confidence: "D",
		Emulator: "internal/emulator/render.go", ask: of((*run).subscriptions, anything, "attributes.objectType", shape.OneOf("Subscription"))},
	{ID: "json.guid-case", Fact: "GUIDs are compared without regard to case.", Cites: "reference/commerce.md#json-conventions", Confidence: "D",
		Code: "internal/partnercenter/ids.go", Emulator: "internal/emulator/world/lookup.go", ask: func(ctx context.Context, r *run) answer {
			id := r.chosen(ctx)
			return answered(r.get(ctx, ofCustomer(strings.ToUpper(id), "")), "id", shape.Matches("(?i)^"+regexp.QuoteMeta(id)+"$"))
		}},
	{ID: "json.absent", Fact: "A member that has no value is left out or empty; both mean the same.", Cites: "reference/commerce.md#json-conventions", Confidence: "D",
		Code: "internal/partnercenter/values.go", Emulator: "internal/emulator/subscription_render.go", ask: of((*run).subscriptions, isEither, "parentSubscriptionId", shape.IsEmpty)},
	{ID: "links.relative", Fact: "Links are relative, mostly without the version.", Cites: "reference/commerce.md#links", Confidence: "D, S",
		Code: "internal/partnercenter/link.go", Emulator: "internal/emulator/render.go", ask: of((*run).subscriptions, isEither, "links.self.uri", shape.Matches(`^/(v1/)?customers/`))},
	{ID: "links.headers", Fact: "A link has a method and a list of headers.", Cites: "reference/commerce.md#links", Confidence: "D, S",
		Code: "internal/partnercenter/link.go", Emulator: "internal/emulator/render.go",
		ask: of((*run).subscriptions, isEither, "links.self", shape.Having(map[string]shape.Check{"method": shape.OneOf("GET"), "headers": shape.IsList}))},
}}

// headerIs asks for a header of an answer.
func headerIs(name, pattern string, send http.Header) ask {
	form := regexp.MustCompile(pattern)
	return func(ctx context.Context, r *run) answer {
		x := r.getWith(ctx, send, "/v1/customers", "size", "1")
		got := wire.Once(x.header.Get(name))
		switch {
		case x.err != nil:
			return open(x.err.Error())
		case !form.MatchString(got):
			return no("%s is %s", name, escape.Quoted(got))
		}
		return yes("it is there")
	}
}

var errorQuestions = subject{verdict.Read, "reference/commerce.md#error-envelope", "internal/partnercenter/errors.go", "internal/emulator/response.go", []Question{
	{ID: "errors.envelope", Fact: "An error has code and description.", Confidence: "D", Code: "internal/partnercenter/wire/fault.go",
		ask: missing("/v1/products/ZZZZZZZZZZZZ", "code", anyValue, "country", "US")},
	{ID: "errors.code", Fact: "The code of an error is digits, as a text or as a number.", Confidence: "D/3", Code: "internal/partnercenter/wire/fault.go", Emulator: "internal/emulator/response.go (NumericCodes)",
		ask: missing("/v1/products/ZZZZZZZZZZZZ", "code", func(v any) string {
			if shape.IsNumber(v) == "" {
				return ""
			}
			return shape.Matches(`^\d+$`)(v)
		}, "country", "US")},
	{ID: "errors.description", Fact: "The description is at most 1024 characters.", Confidence: "D", Code: "internal/partnercenter/wire/fault.go",
		ask: missing("/v1/products/ZZZZZZZZZZZZ", "description", func(v any) string {
			description, _ := v.(string)
			return shape.WrongUnless(description != "" && len([]rune(description)) <= 1024, v)
		}, "country", "US")},
	{ID: "errors.product", Fact: "A product that does not exist is 404 400013.", Cites: "reference/commerce.md#codes-catalog", Confidence: "D", Code: "internal/partnercenter/remedies_codes.go",
		Emulator: "internal/emulator/catalog.go", ask: refusal("404 400013", func(ctx context.Context, r *run) string { return r.productPath(ctx, "ZZZZZZZZZZZZ") })},
	{ID: "errors.sku", Fact: "A SKU that does not exist is 404 400018.", Cites: "reference/commerce.md#codes-catalog", Confidence: "D", Code: "internal/partnercenter/remedies_codes.go",
		Emulator: "internal/emulator/catalog.go", ask: refusal("404 400018", func(ctx context.Context, r *run) string {
			return r.productPath(ctx, r.firstProduct(ctx)) + "/skus/ZZZZ"
		})},
	{ID: "errors.availability", Fact: "An availability that does not exist, or does no more, is 404 400019.", Cites: "reference/commerce.md#codes-catalog", Confidence: "D", Money: true,
		Code: "internal/commerce/catalog/offer.go", Emulator: "internal/emulator/catalog.go (StaleAvailability)", ask: refusal("404 400019", func(ctx context.Context, r *run) string {
			for _, sku := range r.skus(ctx) {
				return r.skuPath(ctx, sku) + "/availabilities/ZZZZZZZZZZZZ"
			}
			return ""
		})},
	{ID: "errors.subscription", Fact: "A subscription that never existed is 404 20003.", Cites: "reference/commerce.md#codes-subscription-updates", Confidence: "D", Money: true,
		Code: "internal/services/subscription/read.go", Emulator: "internal/emulator/world/lookup.go",
		ask: refusal("404 20003", func(ctx context.Context, r *run) string { return ofCustomer(r.chosen(ctx), "/subscriptions/"+nobody) })},
	{ID: "errors.subscription-form", Fact: "A subscription ID that is no GUID is 400 or 404.", Cites: "reference/commerce.md#what-get-returns-for-ended-subscriptions", Confidence: "?",
		Code: "internal/partnercenter/ids.go", Emulator: "internal/emulator/world/lookup.go", ask: func(ctx context.Context, r *run) answer {
			return refused(r.get(ctx, ofCustomer(r.chosen(ctx), "/subscriptions/not-a-guid")), "400", "404")
		}},
	{ID: "errors.order", Fact: "An order that does not exist is 404 20000.", Cites: "reference/commerce.md#codes-cart-checkout-order", Confidence: "D", Money: true,
		Code: "internal/commerce/purchase/order.go", Emulator: "internal/emulator/world/lookup.go",
		ask: refusal("404 20000", func(ctx context.Context, r *run) string { return ofCustomer(r.chosen(ctx), "/orders/ffffffffffff") })},
	{ID: "errors.cart", Fact: "A cart that is unknown or has expired is 404 800008.", Cites: "reference/commerce.md#codes-cart-checkout-order", Confidence: "D", Money: true,
		Code: "internal/commerce/purchase/existing_cart.go", Emulator: "internal/emulator/world/carts.go (CartLifetime)",
		ask: refusal("404 800008", func(ctx context.Context, r *run) string { return ofCustomer(r.chosen(ctx), "/carts/"+nobody) })},
	{ID: "errors.customer", Fact: "A customer that does not exist is 404, that of another partner 403; never an empty success.", Cites: "reference/customers-and-billing.md#get-a-customer", Confidence: "I", Money: true,
		Code: "internal/framework/subscriptions.go", Emulator: "internal/emulator/world/lookup.go (NoRelationshipCode)", ask: func(ctx context.Context, r *run) answer {
			return refused(r.get(ctx, ofCustomer(nobody, "/subscriptions")), "403 2032", "403 20002", "404", "400 900118")
		}},
	{ID: "errors.customer-form", Fact: "A customer ID that is no GUID is 400 900118 or 404.", Cites: "reference/customers-and-billing.md#get-a-customer", Confidence: "I",
		Code: "internal/partnercenter/ids.go", Emulator: "internal/emulator/world/lookup.go", ask: func(ctx context.Context, r *run) answer {
			return refused(r.get(ctx, ofCustomer("not-a-guid", "")), "400 900118", "404")
		}},
	{ID: "errors.target-view", Fact: "An unknown part of the catalog is 403 400036 or 400 900126.", Cites: "reference/commerce.md#targetview", Confidence: "?",
		Code: "internal/partnercenter/catalog.go", Emulator: "internal/emulator/catalog.go (UnknownTargetViewIsBadRequest)", ask: func(ctx context.Context, r *run) answer {
			return refused(r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", "Nowhere"), "403 400036", "400 900126")
		}},
	{ID: "throttling.shape", Fact: "Throttling is 429 with Retry-After in seconds, and a body with statusCode and message.", Cites: "reference/commerce.md#throttling", Confidence: "D",
		Code: "internal/partnercenter/limit.go", Emulator: "internal/emulator/throttle.go (RequestsPerMinute)", ask: func(_ context.Context, r *run) answer {
			for _, x := range r.asked {
				if x.status == http.StatusTooManyRequests {
					return every([]any{x.doc()}, "statusCode", shape.IsWhole)
				}
			}
			return open("no question was throttled, and none is asked more often to be")
		}},
}}

// anyValue holds for whatever is there.
func anyValue(v any) string { return shape.WrongUnless(v != nil, v) }

func (r *run) firstProduct(ctx context.Context) string {
	for _, p := range r.allProducts(ctx) {
		return shape.Text(p, "id")
	}
	return noProduct
}

// missing asks for something that is not there, and looks at the error.
func missing(path, name string, s shape.Check, query ...string) ask {
	return func(ctx context.Context, r *run) answer {
		x := r.get(ctx, path, query...)
		switch {
		case x.err != nil:
			return open(x.err.Error())
		case x.ok():
			return no("it was found")
		case x.doc() == nil:
			return no("the error is no JSON")
		}
		return every([]any{x.doc()}, name, s)
	}
}

// refusal asks for something that is not there, and wants a status and code.
func refusal(pair string, path func(context.Context, *run) string) ask {
	return func(ctx context.Context, r *run) answer {
		place := path(ctx, r)
		if place == "" {
			return open("there is nothing to ask below")
		}
		return refused(r.get(ctx, place), pair)
	}
}

var pagingQuestions = subject{verdict.Read, "reference/commerce.md#collections-and-paging", "internal/partnercenter/list.go", "internal/emulator/customers.go (CustomersPageSize)", []Question{
	{ID: "paging.envelope", Fact: "A list has totalCount, items and attributes.objectType Collection.", Confidence: "D, S", ask: reading("/v1/customers", shape.Itself, collection, "size", "2")},
	{ID: "paging.count", Fact: "totalCount counts the items of the answer.", Confidence: "I", Money: true, ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, ofCustomer(r.chosen(ctx), "/subscriptions"))
		if n, ok := shape.Number(x.doc(), "totalCount"); x.ok() && (!ok || int(n) != len(shape.List(x.doc(), "items"))) {
			return no("totalCount is %s of %d items", shape.Show(shape.At(x.doc(), "totalCount")), len(shape.List(x.doc(), "items")))
		}
		return answered(x, "", nil)
	}},
	{ID: "paging.items", Fact: "items is a list, and never null.", Confidence: "D", ask: readingOfCustomer("/subscriptions", "items", shape.IsList)},
	{ID: "paging.size-zero", Fact: "size=0 stands for the service's own page.", Confidence: "D, S", ask: reading("/v1/customers", "items", shape.IsList, "size", "0")},
	{ID: "paging.next", Fact: "The next page of customers is asked for with the headers of links.next.", Confidence: "S", Money: true, ask: nextPage},
	{ID: "paging.token", Fact: "continuationToken repeats the token of links.next.", Confidence: "S", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, "/v1/customers", "size", "1")
		if shape.At(x.doc(), "links.next") == nil {
			return open("there is no second page")
		}
		return answered(x, "continuationToken", shape.IsText)
	}},
	{ID: "paging.unpaged", Fact: "The subscriptions of a customer come in one answer.", Confidence: "S", Money: true, Emulator: "internal/emulator/subscriptions.go",
		ask: readingOfCustomer("/subscriptions", "links.next", shape.IsMissing)},
	{ID: "paging.unpaged-orders", Fact: "The orders of a customer come in one answer.", Confidence: "S", Money: true, Emulator: "internal/emulator/orders.go", ask: readingOfCustomer("/orders", "links.next", shape.IsMissing)},
	{ID: "filter.name", Fact: "Customers are found by the beginning of their name.", Cites: "reference/commerce.md#filter-syntax", Confidence: "D, S", Code: "internal/partnercenter/customers.go", ask: filtered("CompanyName", "companyProfile.companyName", false)},
	{ID: "filter.case", Fact: "The value of a filter is compared without regard to case.", Cites: "reference/commerce.md#filter-syntax", Confidence: "D, S", Code: "internal/partnercenter/customers.go", ask: filtered("CompanyName", "companyProfile.companyName", true)},
	{ID: "filter.domain", Fact: "Customers are found by the beginning of their domain.", Cites: "reference/customers-and-billing.md#list-customers", Confidence: "D", Code: "internal/partnercenter/customers.go", ask: filtered("Domain", "companyProfile.domain", false)},
}}
