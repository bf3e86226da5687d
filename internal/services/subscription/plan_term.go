// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// checkTermChange compares another term or billing cycle with how the SKU is sold, and says what a longer term commits to.
func (r *subscriptionResource) checkTermChange(ctx context.Context, state, plan, config *subscriptionResourceModel, changed []string, diags *diag.Diagnostics) {
	longer := slices.Contains(changed, "term_duration")
	if !longer && !slices.Contains(changed, "billing_cycle") || plan.TermDuration.IsUnknown() || plan.BillingCycle.IsUnknown() {
		return
	}
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, plan.CustomerID.ValueString(), plan.ProductID.ValueString(), plan.SkuID.ValueString())
	if err == nil && len(o.TermOptions()) > 0 { // of an offer that is not sold any more the service has the last word
		if _, err := o.Choose(plan.TermDuration.ValueString(), plan.BillingCycle.ValueString()); err != nil {
			framework.Wrong(diags, path.Root("term_duration"), "Not sold that way", "%s", err)
			return
		}
	}
	renews := framework.KnownBool(config.AutoRenewEnabled)
	switch {
	case longer && state.facts().InExtendedTerm() && renews != nil && !*renews:
		framework.Wrong(diags, path.Root("term_duration"), "Subscription goes on month by month",
			"It was not to renew, but its term ended without a scheduled cancellation, and it goes on in a paid extended service term. term_duration = %q would commit to a whole new term. "+
				"To let it end with the present month, set term_duration = %q and billing_cycle = %q. To commit to a new term, set auto_renew_enabled = true.",
			plan.TermDuration.ValueString(), state.TermDuration.ValueString(), state.BillingCycle.ValueString())
	case longer:
		diags.AddWarning(fmt.Sprintf("Commitment: %s from now on%s", words.Term(plan.TermDuration.ValueString()), state.whose()),
			fmt.Sprintf("A new term starts at once, billed %s, and the partner pays for all of it.%s It cannot become shorter before it renews, and a promotion of the present term may be lost.",
				words.Billing(plan.BillingCycle.ValueString()), r.planChangeAddition(ctx, state, plan, diags)))
	}
}

// atRenewal says how a term or billing cycle that cannot change now is scheduled for the renewal, "" for what cannot be scheduled.
func atRenewal(state, plan *subscriptionResourceModel, at path.Path) string {
	ofTerm := at.Equal(path.Root(change.TermDuration)) || at.Equal(path.Root(change.BillingCycle))
	if !ofTerm || !state.facts().PaidNewCommerce() || plan.Quantity.IsUnknown() {
		return ""
	}
	next := nextTermModel{ProductID: state.ProductID, SkuID: state.SkuID, TermDuration: plan.TermDuration, BillingCycle: plan.BillingCycle, Quantity: plan.Quantity}
	return fmt.Sprintf(" It can change with the renewal: leave term_duration = %q and billing_cycle = %q, and schedule it:\n\n%s\n\n",
		state.TermDuration.ValueString(), state.BillingCycle.ValueString(), change.NextTermBlock(next.toAPI()))
}
