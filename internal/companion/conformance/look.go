// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
)

// mostCustomers is how many customers are looked at: enough to see several families of subscriptions, and few enough not to be throttled.
const mostCustomers = 12

// customers are those of the partner, as the list has them.
func (r *run) customers(ctx context.Context) []any {
	return shape.List(r.get(ctx, "/v1/customers", "size", "40").doc(), "items")
}

// chosen is the customer that questions about one are asked for.
func (r *run) chosen(ctx context.Context) string {
	if r.options.Customer != "" {
		return r.options.Customer
	}
	for _, c := range r.customers(ctx) {
		if id := shape.Text(c, "id"); id != "" && r.get(ctx, ofCustomer(id, "")).ok() {
			return id
		}
	}
	return ""
}

// ofCustomer is the path of something of a customer.
func ofCustomer(id, below string) string { return "/v1/customers/" + url.PathEscape(id) + below }

func (r *run) country(ctx context.Context) string {
	return shape.Text(r.get(ctx, ofCustomer(r.chosen(ctx), "")).doc(), "billingProfile.defaultAddress.country")
}

// looked are the customers that are looked at: the chosen one first.
func (r *run) looked(ctx context.Context) []string {
	ids := []string{}
	if id := r.chosen(ctx); id != "" {
		ids = append(ids, id)
	}
	for _, c := range r.customers(ctx) {
		if id := shape.Text(c, "id"); id != "" && len(ids) < mostCustomers && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// ofAll are the items of a list of each customer that is looked at.
func (r *run) ofAll(ctx context.Context, below string, query ...string) []any {
	var all []any
	for _, id := range r.looked(ctx) {
		all = append(all, shape.List(r.get(ctx, ofCustomer(id, below), query...).doc(), "items")...)
	}
	return all
}

func (r *run) subscriptions(ctx context.Context) []any { return r.ofAll(ctx, "/subscriptions") }
func (r *run) orders(ctx context.Context) []any        { return r.ofAll(ctx, "/orders") }

// ownerOf is the customer of a subscription or an order.
func (r *run) ownerOf(ctx context.Context, kind string, object any) string {
	for _, id := range r.looked(ctx) {
		for _, one := range shape.List(r.get(ctx, ofCustomer(id, kind)).doc(), "items") {
			if shape.Text(one, "id") == shape.Text(object, "id") {
				return id
			}
		}
	}
	return ""
}

// one is the path of the first subscription or order that a condition holds for; "" where there is none.
func (r *run) one(ctx context.Context, kind string, all []any, holds func(any) bool) string {
	for _, object := range where(all, holds) {
		if owner := r.ownerOf(ctx, kind, object); owner != "" {
			return ofCustomer(owner, kind+"/"+url.PathEscape(shape.Text(object, "id")))
		}
	}
	return ""
}

func (r *run) subscription(ctx context.Context, holds func(any) bool) string {
	return r.one(ctx, "/subscriptions", r.subscriptions(ctx), holds)
}

func (r *run) order(ctx context.Context, holds func(any) bool) string {
	return r.one(ctx, "/orders", r.orders(ctx), holds)
}

// Families of subscriptions and products (reference/commerce.md#product).
func isNCE(o any) bool {
	return strings.EqualFold(shape.Text(o, "productType.id"), "OnlineServicesNCE")
}
func isSaaS(o any) bool   { return strings.EqualFold(shape.Text(o, "productType.subType.id"), "SaaS") }
func isEither(o any) bool { return isNCE(o) || isSaaS(o) }
func anything(any) bool   { return true }
func isActive(o any) bool { return shape.Text(o, "status") == "active" }
func isEnded(o any) bool {
	return slices.Contains([]string{"deleted", "expired", "disabled"}, shape.Text(o, "status"))
}

func both(one, other func(any) bool) func(any) bool {
	return func(o any) bool { return one(o) && other(o) }
}

// products are what the chosen customer may buy, by the view of the catalog.
func (r *run) products(ctx context.Context, view string) []any {
	return shape.List(r.get(ctx, ofCustomer(r.chosen(ctx), "/products"), "targetView", view).doc(), "items")
}

// Views of reference/commerce.md#targetview.
const (
	marketplaceView = "MarketplaceSaaS"
	onlineView      = "OnlineServices"
)

// allProducts are those of both views.
func (r *run) allProducts(ctx context.Context) []any {
	return slices.Concat(r.products(ctx, marketplaceView), r.products(ctx, onlineView))
}

// mostProducts is how many products of a view are looked into.
const mostProducts = 6

// skus are those of some products of both views, which the chosen customer may buy.
func (r *run) skus(ctx context.Context) []any {
	var all []any
	for _, view := range []string{marketplaceView, onlineView} {
		products := r.products(ctx, view)
		for _, p := range products[:min(len(products), mostProducts)] {
			all = append(all, shape.List(r.get(ctx, r.productPath(ctx, shape.Text(p, "id"))+"/skus").doc(), "items")...)
		}
	}
	return all
}

func (r *run) productPath(ctx context.Context, id string) string {
	return ofCustomer(r.chosen(ctx), "/products/"+url.PathEscape(id))
}

func (r *run) skuPath(ctx context.Context, sku any) string {
	return r.productPath(ctx, shape.Text(sku, "productId")) + "/skus/" + url.PathEscape(shape.Text(sku, "id"))
}

// availabilities are those of the SKUs that are looked at.
func (r *run) availabilities(ctx context.Context) []any {
	var all []any
	for _, sku := range r.skus(ctx) {
		all = append(all, shape.List(r.get(ctx, r.skuPath(ctx, sku)+"/availabilities").doc(), "items")...)
	}
	return all
}

// terms are those of all availabilities that are looked at.
func (r *run) terms(ctx context.Context) []any {
	var all []any
	for _, a := range r.availabilities(ctx) {
		all = append(all, shape.List(a, "terms")...)
	}
	return all
}

func (r *run) lines(ctx context.Context) []any {
	var all []any
	for _, o := range r.orders(ctx) {
		all = append(all, shape.List(o, "lineItems")...)
	}
	return all
}

func (r *run) invoices(ctx context.Context) []any {
	return shape.List(r.get(ctx, "/v1/invoices", "size", "200", "offset", "0").doc(), "items")
}

// billed are the lines of the newest new-commerce invoice that has some.
func (r *run) billed(ctx context.Context) []any {
	for _, invoice := range r.invoices(ctx) {
		if id := shape.Text(invoice, "id"); strings.HasPrefix(id, "G") {
			x := r.get(ctx, "/v1/invoices/"+url.PathEscape(id)+"/lineitems", "provider", "onetime", "invoicelineitemtype", "billinglineitems", "size", "100")
			if lines := shape.List(x.doc(), "items"); len(lines) > 0 {
				return lines
			}
		}
	}
	return nil
}

// ask is how a question is asked.
type ask = func(context.Context, *run) answer

// of asks a member of each of some objects.
func of(objects func(*run, context.Context) []any, holds func(any) bool, path string, s shape.Check) ask {
	return func(ctx context.Context, r *run) answer { return every(where(objects(r, ctx), holds), path, s) }
}

// ifPresent asks a member of those objects that have it.
func ifPresent(objects func(*run, context.Context) []any, holds func(any) bool, path string, s shape.Check) ask {
	return func(ctx context.Context, r *run) answer { return present(where(objects(r, ctx), holds), path, s) }
}

// reading asks a path for a member of its answer.
func reading(path, member string, s shape.Check, query ...string) ask {
	return func(ctx context.Context, r *run) answer { return answered(r.get(ctx, path, query...), member, s) }
}

// readingOfCustomer asks a path of the chosen customer.
func readingOfCustomer(below, member string, s shape.Check, query ...string) ask {
	return func(ctx context.Context, r *run) answer {
		return answered(r.get(ctx, ofCustomer(r.chosen(ctx), below), query...), member, s)
	}
}

// forUsers asks what only users may; an application is told so, which confirms nothing of the fact.
func forUsers(question ask) ask {
	return func(ctx context.Context, r *run) answer {
		if !r.isUser(ctx) {
			return open("it is open to a signed-in user only, and an application signs in")
		}
		return question(ctx, r)
	}
}

// ofOne asks something below a subscription or order that was found.
func ofOne(find func(*run, context.Context) string, end, member string, s shape.Check, query ...string) ask {
	return func(ctx context.Context, r *run) answer {
		path := find(r, ctx)
		if path == "" {
			return open("there is nothing of the kind to look at")
		}
		return answered(r.get(ctx, path+end, query...), member, s)
	}
}

func anySubscription(holds func(any) bool) func(*run, context.Context) string {
	return func(r *run, ctx context.Context) string { return r.subscription(ctx, holds) }
}

func anyOrder(holds func(any) bool) func(*run, context.Context) string {
	return func(r *run, ctx context.Context) string { return r.order(ctx, holds) }
}

// collection holds for the envelope of every list.
var collection = shape.Having(map[string]shape.Check{"totalCount": shape.IsWhole, "items": shape.IsList, "attributes.objectType": shape.OneOf("Collection")})

// daysAgo is a day as audit records are asked for.
func (r *run) daysAgo(n int) string {
	return r.client.ServiceTime().AddDate(0, 0, -n).Format("2006-01-02")
}

// auditOf asks for the records from so many days ago until today, or until a month after that.
func auditOf(ctx context.Context, r *run, days int) *exchange {
	return r.get(ctx, "/v1/auditrecords", "startDate", r.daysAgo(days), "endDate", r.daysAgo(max(days-29, 0)), "size", "100")
}

func (r *run) audits(ctx context.Context) []any {
	return shape.List(auditOf(ctx, r, 29).doc(), "items")
}
