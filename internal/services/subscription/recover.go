// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// intentKey is private state: what a purchase asked for, so that a later run can find what came of it.
const intentKey = "purchase"

// recoverPurchase looks for the subscription of a purchase whose outcome was not known when it was saved. It is false when the answer has
// been written already: nothing new, or the purchase certainly never happened.
func (r *subscriptionResource) recoverPurchase(ctx context.Context, state *subscriptionResourceModel, req resource.ReadRequest, resp *resource.ReadResponse) bool {
	unfinished, ok := state.toUnfinished(ctx, req.Private, &resp.Diagnostics)
	if !ok {
		return false
	}
	got, err := buyer(r.Provider).Recover(ctx, unfinished)
	switch {
	case err != nil:
		resp.Diagnostics.AddWarning("Purchase not finished"+state.whose(), fmt.Sprintf("The outcome of this purchase could not be looked up. %s\n\nRun plan again later; nothing is bought meanwhile.", framework.Explain(err)))
	case got.State == purchase.Bought:
		state.ID, state.OrderID, state.OrderLineItemNumber = types.StringValue(got.SubscriptionID), types.StringValue(got.OrderID), types.Int64Value(got.OrderLine)
		return true
	case got.State == purchase.NeverHappened:
		resp.Diagnostics.AddWarning("Purchase did not happen"+state.whose(), got.Reason+" It has left the state; the plan proposes the purchase anew.")
		resp.State.RemoveResource(ctx)
	default:
		resp.Diagnostics.AddWarning("Purchase not finished"+state.whose(), got.Reason+" Run plan again later; nothing is bought meanwhile.")
	}
	return false
}

// toUnfinished is what the state keeps of a purchase whose subscription is not known. It is false when that cannot be read.
func (m *subscriptionResourceModel) toUnfinished(ctx context.Context, private private, diags *diag.Diagnostics) (purchase.Unfinished, bool) {
	p := purchase.Unfinished{CustomerID: m.CustomerID.ValueString(), OrderID: m.OrderID.ValueString(), OrderLine: m.OrderLineItemNumber.ValueInt64()}
	encoded, moreDiags := private.GetKey(ctx, intentKey)
	diags.Append(moreDiags...)
	if len(encoded) == 0 {
		return p, true
	}
	if err := json.Unmarshal(encoded, &p.Intent); err != nil {
		diags.AddError("Purchase cannot be looked up", fmt.Sprintf("What the provider keeps in the state to recognise this purchase (cart %s, order %s) cannot be read: %s. "+
			"Restore the state from a backup, or look at the customer's orders in Partner Center: if the subscription is there, remove this resource with terraform state rm and import it; if not, remove it and plan the purchase anew.",
			orDash(m.CartID.ValueString()), orDash(m.OrderID.ValueString()), err))
		return p, false
	}
	return p, true
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
	for _, member := range []struct {
		name     string
		had, has bool
	}{
		{"scheduledNextTermInstructions", framework.Known(state.NextTerm), listed.ScheduledNextTermInstructions != nil},
		{"scheduledActions", len(state.ScheduledActions.Elements()) > 0, len(listed.ScheduledActions) > 0},
		{"nextChargeInstructions", framework.Known(state.NextChargeInstructions), listed.NextChargeInstructions != nil},
		{"refundableQuantity", framework.Known(state.RefundableQuantity), listed.RefundableQuantity != nil},
		{"partnerId", framework.Known(state.PartnerID), listed.PartnerID != ""},
	} {
		if member.had && !member.has && listed.Omits(member.name) {
			return true
		}
	}
	return false
}
