// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// refuseNextTermOfNone stops instructions for the next term of a subscription that has none: Partner Center takes them only while it renews,
// and nobody has said that it is to renew.
func refuseNextTermOfNone(state, plan, config *subscriptionResourceModel, diags *diag.Diagnostics) {
	if !framework.Known(plan.NextTerm) || !config.AutoRenewEnabled.IsNull() || state.AutoRenewEnabled.ValueBool() || plan.Status.ValueString() == partnercenter.StatusSuspended {
		return
	}
	framework.Wrong(diags, path.Root("scheduled_next_term_instructions"), "Subscription does not renew",
		"Its auto-renew is off, so it has no next term. Set auto_renew_enabled = true as well, or remove the instructions.")
}

// checkNextTerm compares what is newly asked for the next term with what the subscription can renew into, and with how that is sold. The
// errors are about the block: the CLI looks for its attributes among those of the resource, where most of the names stand too, and would
// show the line of those.
func (r *subscriptionResource) checkNextTerm(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) {
	next := nextTerm(plan.NextTerm)
	if next == nil {
		return
	}
	asked := !plan.NextTerm.Equal(state.NextTerm)
	if asked || !plan.TermDuration.Equal(state.TermDuration) { // a longer term ends later, and what is scheduled after it is sent again
		title, text := state.facts().CheckNextEnd(plan.TermDuration.ValueString(), next.TermDuration.ValueString(), next.CustomTermEndDate.ValueString(), r.Client.ServiceTime())
		if title != "" {
			framework.Wrong(diags, path.Root(change.NextTerm), title, "%s", text)
		}
	}
	if !asked || next.ProductID.IsUnknown() || next.SkuID.IsUnknown() || !r.checkTarget(ctx, state, next, diags) {
		return
	}
	r.checkNextOffer(ctx, plan.CustomerID.ValueString(), next, diags)
}

// checkNextOffer compares a next term with how its SKU is sold today.
func (r *subscriptionResource) checkNextOffer(ctx context.Context, customerID string, next *nextTermModel, diags *diag.Diagnostics) {
	if next.ProductID.IsUnknown() || next.SkuID.IsUnknown() {
		return
	}
	at := path.Root("scheduled_next_term_instructions")
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID, next.ProductID.ValueString(), next.SkuID.ValueString())
	if framework.FailedAttribute(diags, at, "find the next term in the catalogue", err) {
		return
	}
	if !next.TermDuration.IsUnknown() && !next.BillingCycle.IsUnknown() {
		if _, err := o.Choose(next.TermDuration.ValueString(), next.BillingCycle.ValueString()); err != nil {
			framework.Wrong(diags, at, "Not sold that way", "%s", err)
		}
	}
	if !next.Quantity.IsUnknown() {
		if err := o.CheckQuantity(next.Quantity.ValueInt64()); err != nil {
			framework.Wrong(diags, at, "Quantity not possible", "%s.", err)
		}
	}
}

// checkTarget asks, for a next term of another product or SKU, whether Partner Center offers it for this renewal; it is false where it does
// not. Nothing is documented about renewals of other families into something else, so of those the service has the last word.
func (r *subscriptionResource) checkTarget(ctx context.Context, state *subscriptionResourceModel, next *nextTermModel, diags *diag.Diagnostics) bool {
	same := next.ProductID.Equal(state.ProductID) && next.SkuID.Equal(state.SkuID)
	if same || state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) {
		return true
	}
	at := path.Root("scheduled_next_term_instructions")
	offered, err := r.Client.TransitionEligibilities(ctx, state.CustomerID.ValueString(), state.ID.ValueString(), partnercenter.TransitionScheduled)
	if framework.FailedAttribute(diags, at, "look up what the subscription can renew into", err) {
		return false
	}
	why := state.facts().NotOffered(offered, next.ProductID.ValueString(), next.SkuID.ValueString())
	if why != "" {
		framework.Wrong(diags, at, "Not offered for the renewal", "%s", framework.Sentence(why))
	}
	return why == ""
}
