// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// offer is what a line of a cart buys.
type offer struct {
	item, duration, cycle string
	least, most           int
	trial, addon, saas    bool
	availability, sku     any
}

// line is the offer as a line of a cart.
func (o *offer) line(quantity int, name string) map[string]any {
	l := map[string]any{"id": 0, "catalogItemId": o.item, "quantity": quantity, "billingCycle": strings.ToLower(o.cycle), "termDuration": o.duration, "friendlyName": name}
	if o.trial && o.saas { // see reference/commerce.md#free-trials
		l["billingCycle"], l["renewsTo"] = "none", map[string]any{"termDuration": "P1Y"}
	}
	return l
}

// shop is what can be bought for the chosen customer.
type shop struct{ nce, saas, trial *offer }

// mostQuotes is how many offers are quoted to find a cheap one.
const mostQuotes = 6

// cheap are the cheapest offers of each family: a month of new commerce, of marketplace software, and a trial.
func (r *run) cheap(ctx context.Context) *shop {
	if r.shop != nil {
		return r.shop
	}
	r.shop = &shop{}
	var nce, saas []*offer
	for _, a := range r.availabilities(ctx) {
		for _, t := range shape.List(a, "terms") {
			o := offerOf(a, t)
			switch {
			case !o.buyable(), o.addon:
			case o.trial && o.saas && r.shop.trial == nil:
				r.shop.trial = o
			case o.trial || o.least > 1 || o.duration != "P1M" || !strings.EqualFold(o.cycle, "monthly"):
			case o.saas:
				saas = append(saas, o)
			default:
				nce = append(nce, o)
			}
		}
	}
	r.shop.nce, r.shop.saas = r.cheapest(ctx, nce), r.cheapest(ctx, saas)
	return r.shop
}

func offerOf(a, term any) *offer {
	sku := shape.At(a, "sku")
	least, _ := shape.Number(sku, "minimumQuantity")
	most, _ := shape.Number(sku, "maximumQuantity")
	trial, _ := shape.At(sku, "isTrial").(bool)
	addon, _ := shape.At(sku, "dynamicAttributes.isAddon").(bool)
	return &offer{
		item: shape.Text(a, "catalogItemId"), duration: shape.Text(term, "duration"), cycle: shape.Text(term, "billingCycle"), least: int(least), most: int(most),
		trial: trial, addon: addon, saas: isSaaS(shape.At(a, "product")), availability: a, sku: sku,
	}
}

// buyable holds for what needs nothing beside a customer.
func (o *offer) buyable() bool {
	enforced, _ := shape.At(o.sku, "attestationProperties.enforceAttestation").(bool)
	return shape.At(o.availability, "isPurchasable") == true && len(shape.List(o.sku, "provisioningVariables")) == 0 && !enforced
}

func (r *run) cheapest(ctx context.Context, offers []*offer) *offer {
	var best *offer
	lowest := 0.0
	for _, o := range offers[:min(len(offers), mostQuotes)] {
		x := r.quote(ctx, o.item+o.duration+o.cycle, o.line(max(o.least, 1), "conformance"))
		lines := shape.List(x.doc(), "lineItems")
		if len(lines) == 0 || shape.At(lines[0], "error") != nil {
			continue
		}
		if price, ok := shape.Number(lines[0], "pricing.price"); best == nil || ok && price < lowest {
			best, lowest = o, price
		}
	}
	return best
}

// quote makes a cart, once for each name.
func (r *run) quote(ctx context.Context, name string, lines ...any) *exchange {
	if known := r.quotes[name]; known != nil {
		return known
	}
	for i := range lines {
		if l, ok := lines[i].(map[string]any); ok {
			l["id"] = i
		}
	}
	x := r.post(ctx, r.carts(ctx), r.cart(lines), nil)
	r.quotes[name] = x
	return x
}

func (r *run) carts(ctx context.Context) string { return ofCustomer(r.chosen(ctx), "/carts") }

// cart is the body of a cart, with what the partner states by its settings.
func (r *run) cart(lines []any) map[string]any {
	body := map[string]any{"lineItems": lines}
	if r.options.Settings.Client.PartnerOnRecordAttested {
		body["partnerOnRecordAttestationAccepted"] = true
	}
	return body
}

// aCart is one with two licenses of a cheap offer of new commerce, or else of the marketplace; nil where nothing can be bought.
func (r *run) aCart(ctx context.Context) (*exchange, *offer) {
	o := r.cheap(ctx).nce
	if o == nil {
		o = r.cheap(ctx).saas
	}
	if o == nil {
		return nil, nil
	}
	return r.quote(ctx, "two", o.line(o.two(), "conformance two")), o
}

// two is two licenses, or one where no more may be bought.
func (o *offer) two() int { return max(o.least, min(2, o.most)) }

// ofCart asks a member of the cart with two licenses.
func ofCart(path string, s shape.Check) ask {
	return func(ctx context.Context, r *run) answer {
		x, _ := r.aCart(ctx)
		return answered(x, path, s)
	}
}

// ofLine asks a member of its line.
func ofLine(path string, s shape.Check) ask {
	return ofCart("lineItems", shape.ListOf(shape.Having(map[string]shape.Check{path: s})))
}

// put replaces the content of a cart.
func (r *run) put(ctx context.Context, cart any, lines []any) *exchange {
	body := r.cart(lines)
	body["id"] = shape.Text(cart, "id")
	return r.send(ctx, partnercenter.Request{Method: http.MethodPut, Path: r.carts(ctx) + "/" + url.PathEscape(shape.Text(cart, "id")), Body: body})
}
