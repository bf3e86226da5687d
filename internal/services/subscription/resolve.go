// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// intentKey is private state: what a purchase asked for, so that a later run can find what came of it.
const intentKey = "purchase"

// intent is what the checkout asks for.
func (p *purchase) intent() intent {
	if p.cart == nil {
		return intent{}
	}
	line := p.cart.LineItems[p.index]
	want := intent{
		CartID: p.cart.ID, Since: p.cart.CreationTimestamp.Time, CatalogItemID: line.CatalogItemID,
		FriendlyName: line.FriendlyName, Quantity: int64(line.Quantity),
	}
	want.among(p.cart.LineItems, p.index)
	return want
}

func (want intent) encode() []byte {
	encoded, err := json.Marshal(want)
	if err != nil {
		return []byte("{}") // strings, a time and a number always encode
	}
	return encoded
}

// resolve looks for the subscription of a purchase whose outcome was not known when it was saved. It is false when the answer has been
// written already: nothing new, or the purchase certainly never happened.
func (r *subscriptionResource) resolve(ctx context.Context, state *subscriptionResourceModel, req resource.ReadRequest, resp *resource.ReadResponse) bool {
	encoded, diags := req.Private.GetKey(ctx, intentKey)
	resp.Diagnostics.Append(diags...)
	var want intent
	if len(encoded) > 0 {
		if err := json.Unmarshal(encoded, &want); err != nil {
			resp.Diagnostics.AddError("Purchase cannot be looked up", fmt.Sprintf("What the provider keeps in the state to recognise this purchase (cart %s, order %s) cannot be read: %s. "+
				"Restore the state from a backup, or look at the customer's orders in Partner Center: if the subscription is there, remove this resource with terraform state rm and import it; if not, remove it and plan the purchase anew.",
				orDash(state.CartID.ValueString()), orDash(state.OrderID.ValueString()), err))
			return false
		}
	}
	id, verdict, err := r.outcome(ctx, state, want)
	switch {
	case err != nil:
		resp.Diagnostics.AddWarning("Purchase not finished"+state.whose(), fmt.Sprintf("The outcome of this purchase could not be looked up. %s\n\nRun plan again later; nothing is bought meanwhile.", framework.Explain(err)))
	case id != "":
		state.ID = types.StringValue(id)
		return true
	case verdict.never:
		resp.Diagnostics.AddWarning("Purchase did not happen"+state.whose(), verdict.text+" It has left the state; the plan proposes the purchase anew.")
		resp.State.RemoveResource(ctx)
	default:
		resp.Diagnostics.AddWarning("Purchase not finished"+state.whose(), verdict.text+" Run plan again later; nothing is bought meanwhile.")
	}
	return false
}

// verdict is what is known of a purchase without a subscription; never is certain.
type verdict struct {
	never bool
	text  string
}

func (r *subscriptionResource) outcome(ctx context.Context, state *subscriptionResourceModel, want intent) (string, verdict, error) {
	customerID := state.CustomerID.ValueString()
	if orderID := state.OrderID.ValueString(); orderID != "" {
		return r.outcomeOfOrder(ctx, customerID, orderID, partnercenter.Int(state.OrderLineItemNumber.ValueInt64()))
	}
	found, err := find(ctx, r.Client, r.Claims, customerID, want)
	if err != nil {
		return "", verdict{}, err
	}
	if found != nil {
		state.OrderID, state.OrderLineItemNumber = types.StringValue(found.orderID), types.Int64Value(int64(found.line))
		if found.subscriptionID != "" {
			return found.subscriptionID, verdict{}, nil
		}
		return r.outcomeOfOrder(ctx, customerID, found.orderID, found.line)
	}
	return r.outcomeOfCart(ctx, customerID, want)
}

func (r *subscriptionResource) outcomeOfOrder(ctx context.Context, customerID, orderID string, number partnercenter.Int) (string, verdict, error) {
	order, err := r.Client.Order(ctx, customerID, orderID)
	if err != nil {
		return "", verdict{}, err
	}
	status := partnercenter.OrderStatus(order.Status)
	if line := lineNumbered(order, number); line != nil && line.SubscriptionID != "" {
		return line.SubscriptionID, verdict{}, nil
	}
	if bringsNothing(order) {
		return "", verdict{never: true, text: fmt.Sprintf("Order %s ended in status %q without a subscription.", orderID, status)}, nil
	}
	return "", verdict{text: fmt.Sprintf("Order %s is in status %q and has no subscription yet.", orderID, status)}, nil
}

// outcomeOfCart believes that a purchase never happened only when its cart is still open and the lists had the time to show an order.
func (r *subscriptionResource) outcomeOfCart(ctx context.Context, customerID string, want intent) (string, verdict, error) {
	text := fmt.Sprintf("Neither an order nor a subscription of cart %s is listed.", want.CartID)
	cart, err := r.Client.Cart(ctx, customerID, want.CartID)
	switch {
	case partnercenter.IsNotFound(err):
		return "", verdict{text: text + " The cart has expired, so what became of it cannot be told. Look at the customer's orders in Partner Center; " +
			"if the purchase is not there, remove it from the state with terraform state rm."}, nil
	case err != nil:
		return "", verdict{}, err
	case listsCaughtUp(r.Client, cart):
		return "", verdict{never: true, text: text + " The cart was ordered long ago, without this line."}, nil
	case cart.Ordered():
		return "", verdict{text: text + " The cart was ordered, so the subscription will appear."}, nil
	case r.Client.ServiceTime().Before(want.Since.Add(2 * wait.ListLag)):
		return "", verdict{text: text + " An order may take 15 minutes to be listed."}, nil
	}
	return "", verdict{never: true, text: text + " The cart was never checked out."}, nil
}

// listsCaughtUp holds for a cart that was ordered so long ago that its orders are listed by now.
func listsCaughtUp(client *partnercenter.Client, cart *partnercenter.Cart) bool {
	ordered := cart.LastModifiedTimestamp.Time // nothing changes a cart any more once it is ordered
	return cart.Ordered() && !ordered.IsZero() && client.ServiceTime().After(ordered.Add(2*wait.ListLag))
}

// readOrMissing reads a subscription, from the list of all of its customer's where that is enough. A missing one is believed to be gone only when the customer's list does not have it either, and
// when it was not bought a moment ago; then neither a subscription nor an error comes back.
func readOrMissing(ctx context.Context, client *partnercenter.Client, state *subscriptionResourceModel) (got *partnercenter.Subscription, gone bool, err error) {
	customerID, id := state.CustomerID.ValueString(), state.ID.ValueString()
	got, err = client.SharedSubscription(ctx, customerID, id)
	if err == nil && incomplete(state, got) {
		got, err = client.Subscription(ctx, customerID, id)
	}
	if !partnercenter.IsNotFound(err) {
		return got, false, err
	}
	all, err := client.SharedSubscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, false, err
	}
	for i := range all {
		if strings.EqualFold(all[i].ID, id) {
			return &all[i], false, nil
		}
	}
	return nil, !boughtRecently(state, client.ServiceTime()), nil
}

// boughtRecently holds while a purchase may be hidden by the service's lag, and for one that has never been read: when it was made is
// not known then. What was imported and never read was not bought by us.
func boughtRecently(state *subscriptionResourceModel, now time.Time) bool {
	if state.CreationDate.IsNull() {
		return !state.OrderID.IsNull() || !state.CartID.IsNull()
	}
	bought, err := partnercenter.ParseTime(state.CreationDate.ValueString())
	return err == nil && now.Before(bought.Add(wait.ListLag))
}

// incomplete reports whether a listed subscription leaves out something that the state has and plans are made by. Partner Center
// documents a list of the same objects that it answers one by one, but some of its own samples are thinner; what a list does not
// mention must not look as if it had been removed. What was never in the state is not missed: an update reads the subscription itself.
func incomplete(state *subscriptionResourceModel, listed *partnercenter.Subscription) bool {
	for _, a := range changeable() {
		if a.ListsOmit != "" && framework.Known(a.value(&state.subscriptionModel)) && a.Of(listed).IsNone() && listed.Omits(a.ListsOmit) {
			return true
		}
	}
	for _, computed := range []struct {
		name     string
		had, has bool
	}{
		{"scheduledActions", len(state.ScheduledActions.Elements()) > 0, len(listed.ScheduledActions) > 0},
		{"nextChargeInstructions", framework.Known(state.NextChargeInstructions), listed.NextChargeInstructions != nil},
		{"refundableQuantity", framework.Known(state.RefundableQuantity), listed.RefundableQuantity != nil},
	} {
		if computed.had && !computed.has && listed.Omits(computed.name) {
			return true
		}
	}
	return false
}
