// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// deal is a purchase from its cart to its end, made once. Each step keeps its answer and the subscription as it was read afterwards.
type deal struct {
	offer    *offer
	name     string // nickname, by which it is found again
	quantity int
	why      string // why there is none

	cart, order, subscription string // paths; "" until they are known
	steps                     map[string]*exchange
	after                     map[string]any
	ended                     bool
}

// buy orders an offer, unless it cannot be had.
func (r *run) buy(ctx context.Context, o *offer, name string, quantity int) *deal {
	d := &deal{offer: o, steps: map[string]*exchange{}, after: map[string]any{}, quantity: quantity}
	if o == nil {
		d.why = "nothing of the kind is sold to the customer"
		return d
	}
	d.name = name + " " + strconv.FormatInt(r.client.ServiceTime().Unix(), 10)
	d.steps["cart"] = r.quote(ctx, d.name, o.line(quantity, d.name))
	id := shape.Text(d.steps["cart"].doc(), "id")
	if !d.steps["cart"].ok() || id == "" {
		d.why = "its cart was refused: " + said(d.steps["cart"])
		return d
	}
	d.cart = r.carts(ctx) + "/" + url.PathEscape(id)
	d.steps["checkout"] = r.post(ctx, d.cart+"/checkout", nil, nil)
	d.steps["checkout again"] = r.post(ctx, d.cart+"/checkout", nil, nil)
	d.steps["cart after"] = r.again(ctx, d.cart)
	orders := shape.List(d.steps["checkout"].doc(), "orders")
	if len(orders) == 0 {
		d.why = "its checkout was refused: " + said(d.steps["checkout"])
		return d
	}
	d.order = ofCustomer(r.chosen(ctx), "/orders/"+url.PathEscape(shape.Text(orders[0], "id")))
	d.steps["order"] = r.again(ctx, d.order)
	d.provisioned(ctx, r)
	return d
}

const (
	pause     = 5 * time.Second
	mostReads = 60 // of something that takes minutes
)

// provisioned waits until the order names the subscription, and the subscription is read.
func (d *deal) provisioned(ctx context.Context, r *run) {
	for range mostReads {
		x := r.again(ctx, d.order)
		lines := shape.List(x.doc(), "lineItems")
		if len(lines) > 0 && shape.Text(lines[0], "subscriptionId") != "" {
			d.steps["order after"] = x
			d.subscription = ofCustomer(r.chosen(ctx), "/subscriptions/"+url.PathEscape(shape.Text(lines[0], "subscriptionId")))
			break
		}
		if r.client.Sleep(ctx, pause) != nil {
			break
		}
	}
	if d.subscription == "" {
		d.why = "its order names no subscription yet"
		return
	}
	for range mostReads {
		x := r.again(ctx, d.subscription)
		if d.steps["subscription"] == nil { // the first read shows whether it lags
			d.steps["first read"] = x
		}
		if x.ok() {
			d.steps["subscription"], d.after["purchase"] = x, x.doc()
			return
		}
		if r.client.Sleep(ctx, pause) != nil {
			break
		}
	}
	d.why = "its subscription is not read yet"
}

// bought are the subscriptions with the nickname of the deal, as soon as the list shows one.
func (d *deal) bought(ctx context.Context, r *run) []any {
	named := func(s any) bool { return shape.Text(s, "friendlyName") == d.name }
	x := r.listed(ctx, "/subscriptions", named)
	return where(shape.List(x.doc(), "items"), named)
}

// listed reads a list of the customer until it shows something: lists lag (reference/commerce.md#known-delays).
func (r *run) listed(ctx context.Context, below string, shows func(any) bool) *exchange {
	for range mostReads {
		x := r.again(ctx, ofCustomer(r.chosen(ctx), below))
		if len(where(shape.List(x.doc(), "items"), shows)) > 0 || r.client.Sleep(ctx, pause) != nil {
			return x
		}
	}
	return r.again(ctx, ofCustomer(r.chosen(ctx), below))
}

// patience is how often a change that is not ready to be taken is sent again.
const patience = 8

// patch changes the subscription: it is read, edited and sent back whole (reference/commerce.md#patch-semantics).
func (d *deal) patch(ctx context.Context, r *run, step string, edit func(map[string]any)) {
	if d.subscription == "" || d.ended {
		return
	}
	for range patience {
		read := r.again(ctx, d.subscription)
		document, ok := read.decode().(map[string]any)
		if !ok {
			return
		}
		edit(document)
		d.send(ctx, r, step, read.doc(), document)
		if d.steps[step].status != http.StatusConflict || r.client.Sleep(ctx, pause) != nil {
			return
		}
	}
}

// send sends a body as it is, and reads the subscription until it is another one than before, because a change may show late
// (reference/commerce.md#patch-semantics); or as often as that is worth waiting for.
func (d *deal) send(ctx context.Context, r *run, step string, before any, body map[string]any) {
	x := r.send(ctx, partnercenter.Request{Method: http.MethodPatch, Path: d.subscription, Body: body})
	d.steps[step] = x
	reads, between := 1, pause/3
	switch {
	case x.status == http.StatusAccepted:
		reads, between = mostReads/4, pause
	case x.ok():
		reads = 5
	}
	for range reads {
		d.after[step] = r.again(ctx, d.subscription).doc()
		if is(before)(d.after[step]) != "" || r.client.Sleep(ctx, between) != nil {
			return
		}
	}
}

// end cancels what was bought, while that costs nothing.
func (d *deal) end(ctx context.Context, r *run) {
	if d.subscription == "" || d.ended {
		return
	}
	d.patch(ctx, r, "cancel", func(s map[string]any) { s["status"], s["autoRenewEnabled"] = "deleted", false })
	d.ended = shape.Text(d.after["cancel"], "status") == "deleted"
}

// left is what is still there after the end, for whoever has to clean up.
func (d *deal) left() string {
	if d == nil || d.subscription == "" || d.ended {
		return ""
	}
	return d.subscription
}

// step asks what came of a step.
func (d *deal) step(name string, question func(x *exchange) answer) answer {
	x := d.steps[name]
	if x == nil {
		return open(d.because())
	}
	return question(x)
}

// shown asks a member of the subscription as it was read after a step that was accepted.
func (d *deal) shown(step, path string, s shape.Check) answer {
	x := d.steps[step]
	switch {
	case d.after[step] == nil:
		return open(d.because())
	case x != nil && !x.ok():
		return open("the change was refused: " + said(x))
	}
	return every([]any{d.after[step]}, path, s)
}

// duration is the term that was bought.
func (d *deal) duration() string {
	if d.offer == nil {
		return ""
	}
	return d.offer.duration
}

func (d *deal) because() string {
	if d.why == "" {
		return "the purchase did not come so far"
	}
	return d.why
}

// is holds for a value as it is written in JSON.
func is(want any) shape.Check {
	encoded, _ := json.Marshal(want) // a plain value
	return func(v any) string {
		got, err := json.Marshal(v)
		return shape.WrongUnless(err == nil && string(got) == string(encoded), v)
	}
}
