// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// checkTermChange compares another term or billing cycle with how the SKU is sold.
func (r *subscriptionResource) checkTermChange(ctx context.Context, plan *subscriptionResourceModel, changed []string, diags *diag.Diagnostics) {
	if !slices.Contains(changed, "term_duration") && !slices.Contains(changed, "billing_cycle") || plan.TermDuration.IsUnknown() || plan.BillingCycle.IsUnknown() {
		return
	}
	o, err := readOffer(ctx, r.Client.SharedAvailabilities, plan.CustomerID.ValueString(), plan.ProductID.ValueString(), plan.SkuID.ValueString())
	if err != nil || len(o.plans()) == 0 {
		return // an offer that is not sold any more; the service has the last word
	}
	if _, err := o.choose(plan.TermDuration.ValueString(), plan.BillingCycle.ValueString()); err != nil {
		framework.Wrong(diags, path.Root("term_duration"), "Not sold that way", "%s", err)
	}
}

// atRenewal says how a term or billing cycle that cannot change now is scheduled for the renewal, "" for what cannot be scheduled.
func atRenewal(state, plan *subscriptionResourceModel, at path.Path) string {
	movable := at.Equal(path.Root("term_duration")) || at.Equal(path.Root("billing_cycle"))
	if !movable || state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) || state.IsTrial.ValueBool() || plan.Quantity.IsUnknown() {
		return ""
	}
	next := nextTermModel{ProductID: state.ProductID, SkuID: state.SkuID, TermDuration: plan.TermDuration, BillingCycle: plan.BillingCycle, Quantity: plan.Quantity}
	return fmt.Sprintf(" It can change with the renewal: leave term_duration = %q and billing_cycle = %q, and schedule it:\n\n%s\n\n",
		state.TermDuration.ValueString(), state.BillingCycle.ValueString(), next.block())
}

// refuseNextTermOfNone stops instructions for the next term of a subscription that has none: Partner Center takes them only while it renews,
// and nobody has said that it is to renew.
func refuseNextTermOfNone(state, plan, config *subscriptionResourceModel, diags *diag.Diagnostics) {
	if !framework.Known(plan.NextTerm) || !config.AutoRenewEnabled.IsNull() || state.AutoRenewEnabled.ValueBool() || plan.Status.ValueString() == statusSuspended {
		return
	}
	framework.Wrong(diags, path.Root("scheduled_next_term_instructions"), "Subscription does not renew",
		"Its auto-renew is off, so it has no next term. Set auto_renew_enabled = true as well, or remove the instructions.")
}

// checkNextTerm compares what is newly asked for the next term with how that SKU is sold.
func (r *subscriptionResource) checkNextTerm(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) {
	next := nextTerm(ctx, plan.NextTerm, diags)
	if next == nil || plan.NextTerm.Equal(state.NextTerm) || next.ProductID.IsUnknown() || next.SkuID.IsUnknown() {
		return
	}
	at := path.Root("scheduled_next_term_instructions")
	o, err := readOffer(ctx, r.Client.SharedAvailabilities, plan.CustomerID.ValueString(), next.ProductID.ValueString(), next.SkuID.ValueString())
	if failedOfferAt(diags, at, err) {
		return
	}
	if !next.TermDuration.IsUnknown() && !next.BillingCycle.IsUnknown() {
		if _, err := o.choose(next.TermDuration.ValueString(), next.BillingCycle.ValueString()); err != nil {
			framework.Wrong(diags, at.AtName("term_duration"), "Not sold that way", "%s", err)
		}
	}
	if !next.Quantity.IsUnknown() {
		if err := o.checkQuantity(next.Quantity.ValueInt64()); err != nil {
			framework.Wrong(diags, at.AtName("quantity"), "Quantity not possible", "%s.", err)
		}
	}
}
