// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// licenses buys a cheap month of new commerce, changes it in every way that money rests on, and cancels it inside its window.
func (r *run) licenses(ctx context.Context) *deal {
	if r.deal != nil {
		return r.deal
	}
	o := r.cheap(ctx).nce
	quantity := 1
	if o != nil {
		quantity = o.two()
	}
	d := r.buy(ctx, o, "conformance licenses", quantity)
	r.deal = d
	if d.subscription == "" || d.after["purchase"] == nil {
		return d
	}
	defer d.end(context.WithoutCancel(ctx), r)
	d.steps["cart put"] = r.put(ctx, d.steps["cart"].doc(), []any{o.line(quantity, d.name)})
	d.steps["order cancel"] = r.send(ctx, partnercenter.Request{Method: http.MethodPatch, Path: d.order, Body: map[string]any{"id": shape.Text(d.steps["order"].doc(), "id"), "status": "cancelled"}})
	d.unknownReseller(ctx, r)
	d.changeQuantity(ctx, r)
	d.changeRenewal(ctx, r)
	d.changeStatus(ctx, r)
	d.after["list"] = d.bought(ctx, r)
	d.end(ctx, r)
	d.afterEnd(ctx, r)
	return d
}

func (d *deal) changeQuantity(ctx context.Context, r *run) {
	d.patch(ctx, r, "nickname", func(s map[string]any) { s["friendlyName"] = d.name + " renamed" })
	d.patch(ctx, r, "nickname back", func(s map[string]any) { s["friendlyName"] = d.name })
	d.patch(ctx, r, "more", func(s map[string]any) { s["quantity"] = d.quantity + 1 })
	d.patch(ctx, r, "fewer", func(s map[string]any) { s["quantity"] = d.quantity })
	d.patch(ctx, r, "too many", func(s map[string]any) { s["quantity"] = d.offer.most + 1 })
	d.patch(ctx, r, "two at once", func(s map[string]any) { s["friendlyName"], s["quantity"] = d.name+" two", d.quantity+1 })
	d.patch(ctx, r, "two back", func(s map[string]any) { s["friendlyName"] = d.name })
}

func (d *deal) changeRenewal(ctx context.Context, r *run) {
	d.send(ctx, r, "little body", r.again(ctx, d.subscription).doc(), map[string]any{"friendlyName": d.name, "attributes": map[string]any{"objectType": "Subscription"}})
	d.patch(ctx, r, "renew", func(s map[string]any) { s["autoRenewEnabled"] = true; delete(s, "scheduledActions") })
	instructions := map[string]any{
		"product": map[string]any{
			"productId": shape.Text(d.offer.availability, "productId"), "skuId": shape.Text(d.offer.availability, "skuId"), "availabilityId": shape.Text(d.offer.availability, "id"),
			"billingCycle": "monthly", "termDuration": d.offer.duration,
		},
		"quantity": d.quantity + 1, "customTermEndDate": nil,
	}
	d.patch(ctx, r, "instructions", func(s map[string]any) {
		s["scheduledNextTermInstructions"] = instructions
		s["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": instructions}}
	})
	d.patch(ctx, r, "after instructions", func(s map[string]any) { s["quantity"] = d.quantity + 1 })
	d.patch(ctx, r, "end", func(s map[string]any) {
		s["autoRenewEnabled"] = false
		delete(s, "scheduledNextTermInstructions")
		s["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": "Cancel"}}
	})
	d.patch(ctx, r, "after end", func(s map[string]any) { s["quantity"] = d.quantity })
	d.patch(ctx, r, "renew again", func(s map[string]any) { s["autoRenewEnabled"] = true; delete(s, "scheduledActions") })
}

func (d *deal) changeStatus(ctx context.Context, r *run) {
	d.patch(ctx, r, "suspend", func(s map[string]any) { s["status"] = "suspended" })
	d.patch(ctx, r, "suspended quantity", func(s map[string]any) { s["quantity"] = d.quantity + 1 })
	d.patch(ctx, r, "reactivate", func(s map[string]any) { s["status"] = "active" })
}

// afterEnd looks at what has been canceled.
func (d *deal) afterEnd(ctx context.Context, r *run) {
	if !d.ended {
		return
	}
	ended, ok := d.after["cancel"].(map[string]any)
	if !ok {
		return
	}
	ended["friendlyName"] = d.name + " ended"
	d.steps["ended change"] = r.send(ctx, partnercenter.Request{Method: http.MethodPatch, Path: d.subscription, Body: ended})
	d.steps["ended read"] = r.again(ctx, d.subscription)
	d.steps["orders"] = r.listed(ctx, "/orders", d.adds)
	today := r.daysAgo(0)
	d.steps["audit"] = r.getWith(ctx, http.Header{"X-Locale": {"en-US"}}, "/v1/auditrecords", "startDate", r.daysAgo(1), "endDate", today, "size", "200")
}

// adds holds for an order that added licenses.
func (d *deal) adds(order any) bool {
	return len(where(shape.List(order, "lineItems"), func(l any) bool {
		return shape.Text(l, "subscriptionId") == shape.Text(d.after["purchase"], "id") && strings.EqualFold(shape.Text(l, "transactionType"), "addQuantity")
	})) > 0
}

// marketplace buys a cheap month of marketplace software, lets it be activated as the sandbox does, changes it and cancels it.
func (r *run) marketplace(ctx context.Context) *deal {
	if r.saas != nil {
		return r.saas
	}
	o := r.cheap(ctx).saas
	quantity := 1
	if o != nil {
		quantity = o.two()
	}
	d := r.buy(ctx, o, "conformance software", quantity)
	r.saas = d
	if d.subscription == "" || d.after["purchase"] == nil {
		return d
	}
	defer d.end(context.WithoutCancel(ctx), r)
	d.steps["links"] = r.again(ctx, d.subscription+"/activationlinks")
	if shape.At(d.after["purchase"], "attentionNeeded") == true || shape.Text(d.after["purchase"], "status") == "pending" {
		d.patch(ctx, r, "before", func(s map[string]any) { s["friendlyName"] = d.name + " before" })
		d.patch(ctx, r, "more before", func(s map[string]any) { s["quantity"] = d.quantity + 1 })
	}
	d.steps["activate"] = r.post(ctx, d.subscription+"/activate", nil, nil)
	d.after["activate"] = r.again(ctx, d.subscription).doc()
	d.steps["activate again"] = r.post(ctx, d.subscription+"/activate", nil, nil)
	d.patch(ctx, r, "more", func(s map[string]any) { s["quantity"] = d.quantity + 1 })
	d.patch(ctx, r, "fewer", func(s map[string]any) { s["quantity"] = d.quantity })
	d.patch(ctx, r, "schedule", func(s map[string]any) {
		s["autoRenewEnabled"] = false
		s["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": "Cancel"}}
	})
	d.patch(ctx, r, "no renewal", func(s map[string]any) { s["autoRenewEnabled"] = false; delete(s, "scheduledActions") })
	d.patch(ctx, r, "renewal", func(s map[string]any) { s["autoRenewEnabled"] = true; delete(s, "scheduledActions") })
	d.patch(ctx, r, "suspend", func(s map[string]any) { s["status"] = "suspended" })
	d.steps["order cancel"] = r.send(ctx, partnercenter.Request{Method: http.MethodPatch, Path: d.order, Body: map[string]any{"id": shape.Text(d.steps["order"].doc(), "id"), "status": "cancelled"}})
	d.end(ctx, r)
	return d
}

// tried buys a trial of marketplace software and ends it.
func (r *run) tried(ctx context.Context) *deal {
	if r.trial != nil {
		return r.trial
	}
	o := r.cheap(ctx).trial
	quantity := 1
	if o != nil {
		quantity = max(o.least, 1)
	}
	d := r.buy(ctx, o, "conformance trial", quantity)
	r.trial = d
	d.end(context.WithoutCancel(ctx), r)
	return d
}

// unknownReseller puts a reseller on record that nobody is.
func (d *deal) unknownReseller(ctx context.Context, r *run) {
	d.patch(ctx, r, "reseller", func(s map[string]any) { s["partnerId"] = unknownPartner })
	d.patch(ctx, r, "cycle", func(s map[string]any) { s["billingCycle"] = "annual" })
}
