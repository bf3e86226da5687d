// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planExisting finds an earlier purchase while nothing has been committed to, and is true where that settles the plan: it is refused, or
// takes over what is there. Apply looks again, right before it buys.
func (r *subscriptionResource) planExisting(ctx context.Context, private private, config, planned *subscriptionResourceModel, diags *diag.Diagnostics) bool {
	customerID := planned.CustomerID.ValueString()
	subscriptions, err := r.Client.SharedSubscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if framework.Failed(diags, "list the customer's subscriptions", err) {
		return true
	}
	orders, err := r.Client.SharedOrders(ctx, customerID)
	if framework.Failed(diags, "list the customer's orders", err) {
		return true
	}
	old, moreDiags := replaced(ctx, private)
	diags.Append(moreDiags...)
	order := purchase.Order{ // the rest of it may be unknown yet
		CustomerID: customerID, ProductID: planned.ProductID.ValueString(), SkuID: planned.SkuID.ValueString(),
		Line:     partnercenter.CartLine{FriendlyName: planned.FriendlyName.ValueString(), Quantity: partnercenter.Int(planned.Quantity.ValueInt64())},
		Replaces: planned.AllowReplacement.ValueBool(), TermDuration: planned.TermDuration.ValueString(), BillingCycle: planned.BillingCycle.ValueString(),
	}
	found := purchase.EarlierPurchases(r.Claims.Seen(customerID, subscriptions), orders, r.Claims, order, r.Client.ServiceTime())
	found.Subscriptions = slices.DeleteFunc(found.Subscriptions, func(s partnercenter.Subscription) bool { return strings.EqualFold(s.ID, old) })
	policy := purchase.OnExisting(planned.OnExisting.ValueString())
	switch {
	case !found.Any():
		return false
	case policy == purchase.Adopt && len(found.Subscriptions) == 1 && len(found.Orders) == 0:
		r.planAdoption(ctx, snapshot(customerID, &found.Subscriptions[0]), planned, config, diags)
	default:
		diags.AddError("Subscription exists already", framework.Sentence(alreadyOwned(&purchase.EarlierPurchaseError{CustomerID: customerID, OnExisting: policy, Earlier: found})))
	}
	return true
}

// planAdoption says what taking a subscription over means. The configuration counts from then on, so apply changes what differs: more
// licences or a longer term are bought, and what Partner Center does not change is refused.
func (r *subscriptionResource) planAdoption(ctx context.Context, now, planned, config *subscriptionResourceModel, diags *diag.Diagnostics) {
	changed := changes(now, planned)
	for _, at := range replacements(now, planned, changed) {
		diags.AddAttributeError(at, "Subscription cannot be taken over", fmt.Sprintf("on_existing is %q, and Partner Center cannot change %s of subscription %s (%q). "+
			"It has term_duration = %s and billing_cycle = %s: write that, or give this purchase a friendly_name of its own.",
			adopt, at, now.ID.ValueString(), now.FriendlyName.ValueString(), now.TermDuration, now.BillingCycle))
	}
	if diags.HasError() {
		return
	}
	diags.AddAttributeWarning(path.Root("on_existing"), "Subscription will be taken over"+now.whose(),
		fmt.Sprintf("The customer has subscription %s already, with %s, so apply buys no other. What is configured in another way is changed.",
			now.ID.ValueString(), words.Count(now.Quantity.ValueInt64(), "licence")))
	r.checkTermChange(ctx, now, planned, config, changed, diags)
	r.checkNextTerm(ctx, now, planned, diags)
	r.checkQuantityChange(ctx, now, planned, diags)
}
