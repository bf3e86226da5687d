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
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// refuseHalfKnown stops changes of a purchase whose subscription is not known yet.
func refuseHalfKnown(diags *diag.Diagnostics, state *subscriptionmodel.Model) bool {
	if !state.ID.IsNull() {
		return false
	}
	refuseUnfinished(diags)
	return true
}

func refuseUnfinished(diags *diag.Diagnostics) {
	diags.AddError("Purchase not finished", "The outcome of this purchase is not known yet, so nothing can be changed and nothing was bought again. "+
		"Partner Center may need up to 15 minutes to list an order: run plan again later. If Partner Center shows that the purchase never happened, remove it from the state with terraform state rm.")
}

func refuseUnmanageable(diags *diag.Diagnostics, got *partnercenter.Subscription) bool {
	what := change.Unmanageable(got)
	if what == "" {
		return false
	}
	diags.AddError("Subscription cannot be managed", fmt.Sprintf("Subscription %s (%s) is %s; partnercenter_subscription manages marketplace SaaS and new-commerce licenses only. "+
		"Data source partnercenter_subscription reads it, and partnercenter_license_quantity manages its licenses, if it has any.", got.ID, escape.Quoted(got.FriendlyName), what))
	return true
}

// refuseWhileSuspended stops changes that Partner Center makes of active subscriptions only. What is to happen at the end of the term is
// not sent while it is suspended, and counts again afterwards.
func refuseWhileSuspended(u *update) {
	if !u.facts.Suspended() || u.changes(change.Suspended) && !u.plan.Suspended.ValueBool() {
		return
	}
	for _, d := range u.changed {
		title := "Change not possible"
		if d.Name == change.Quantity {
			title = "Quantity not possible"
		}
		if d.WhileSuspended == change.Refused && !d.Will.IsUnknown() {
			framework.Wrong(u.diags, d.Path(), title,
				"The subscription is suspended, and Partner Center changes %s of active subscriptions only. Set suspended = false as well, or leave it as it is until then.", d.Name)
		}
	}
}

func warnAboutDifferences(diags *diag.Diagnostics, plan *subscriptionmodel.Model, differing []string) {
	for _, a := range subscriptionmodel.Attributes {
		if a.Ask != nil && slices.Contains(differing, a.Name) {
			diags.AddAttributeWarning(path.Root(a.Name), fmt.Sprintf("Partner Center shows another %s%s", a.Name, plan.Subject()),
				fmt.Sprintf("After the change Partner Center shows another %s than planned. Run plan again: it shows the difference, if it is still there.", a.Name))
		}
	}
}

// checkTermChange compares another term or billing cycle with how the SKU is sold.
func (r *subscriptionResource) checkTermChange(ctx context.Context, u *update) {
	longer := u.changes(change.TermDuration)
	if !longer && !u.changes(change.BillingCycle) || u.plan.TermDuration.IsUnknown() || u.plan.BillingCycle.IsUnknown() {
		return
	}
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, u.state.CustomerID.ValueString(), u.state.ProductID.ValueString(), u.state.SkuID.ValueString())
	if err == nil && len(o.TermOptions()) > 0 { // of an offer that is not sold any more the service has the last word
		if _, err := o.Choose(u.plan.TermDuration.ValueString(), u.plan.BillingCycle.ValueString()); err != nil {
			framework.Wrong(u.diags, path.Root("term_duration"), "Not sold that way", "%s", err)
			return
		}
	}
	ends := framework.Known(u.plan.AutoRenewEnabled) && !u.plan.AutoRenewEnabled.ValueBool()
	switch {
	case longer && u.facts.MayBeInExtendedTerm() && ends:
		framework.Wrong(u.diags, path.Root("term_duration"), "Subscription goes on month by month",
			"It is not to renew, but no cancellation is scheduled: it is in a paid extended service term, or goes into one when its month ends. term_duration = %q would commit to a whole new term. "+
				"To let it end with the present month, set term_duration = %q and billing_cycle = %q. To commit to a new term, set auto_renew_enabled = true.",
			u.plan.TermDuration.ValueString(), u.state.TermDuration.ValueString(), u.state.BillingCycle.ValueString())
	case longer:
		u.diags.AddWarning(fmt.Sprintf("New term of %s from now on%s", words.Term(u.plan.TermDuration.ValueString()), u.state.Subject()),
			"It cannot become shorter before it renews, and a promotion of the present term may be lost.")
	}
}

// checkQuantityChange compares another number of licenses with the limits of the SKU and with what Partner Center takes back.
func (r *subscriptionResource) checkQuantityChange(ctx context.Context, u *update) {
	if !u.changes(change.Quantity) || u.plan.Quantity.IsUnknown() || u.diags.HasError() {
		return
	}
	if id := u.state.ID.ValueString(); !r.Owners.PlanLicenses(id) {
		framework.Wrong(u.diags, path.Root("quantity"), "Licenses managed twice", "A partnercenter_license_quantity manages the number of licenses of subscription %s as well: the two would set it back and forth. "+
			"Keep one of them; with ignore_changes = [quantity] here, it is the other.", id)
		return
	}
	if u.facts.Trial && u.facts.Family == partnercenter.FamilyNewCommerce {
		framework.Wrong(u.diags, path.Root("quantity"), "Quantity not possible",
			"A trial of a new-commerce product keeps its number of licenses, %d. Change it when it has become the paid subscription.", u.state.Quantity.ValueInt64())
		return
	}
	framework.CheckLicenses(ctx, r.Client, u.state.CustomerID.ValueString(), u.facts.Facts, u.plan.Quantity.ValueInt64(), "schedule it", u.diags)
}

// refuseStale stops a change of a subscription that is neither what the plan started from nor what it leads to: hours may pass between a
// plan and its apply, a renewal or a person in between. A change that buys counts on everything that its price depends on as well.
func refuseStale(diags *diag.Diagnostics, changed []subscriptionmodel.Difference, state, plan *subscriptionmodel.Model, got *partnercenter.Subscription, buys bool) (stale bool) {
	now := *state
	now.Refresh(got)
	for _, a := range subscriptionmodel.Attributes {
		was, is, will := a.Value(state), a.Value(&now), a.Value(plan)
		counts := buys && a.Renewal || slices.ContainsFunc(changed, func(d subscriptionmodel.Difference) bool { return d.Name == a.Name })
		if counts && !is.Equal(was) && !is.Equal(will) {
			framework.AddStale(diags, a.Name, was, is, will)
			stale = true
		}
	}
	return stale
}

func refusePrevented(diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("deletion_policy"), "Destroy refused",
		fmt.Sprintf("deletion_policy is %q. If the block was renamed or moved, add\n\n%s\n\nwith both addresses. To destroy the subscription, apply another deletion_policy first; to only forget it, use a removed block or terraform state rm.", change.PolicyPrevent, words.MovedBlock))
}

// refuseRename stops a run that destroys a subscription at one address, and buys or takes over its like at another.
func refuseRename(diags *diag.Diagnostics, id, friendlyName string) {
	diags.AddError("Subscription under two addresses", fmt.Sprintf("This run would destroy subscription %s (%s) at this address, and buy or take over the same at another one. "+
		"If the block was renamed or moved, add\n\n%s\n\n"+
		"with both addresses: then nothing is bought and nothing ends. If it is a deposed object that a replacement which broke off has left, run terraform state rm with the address of its block, which forgets both and ends neither, and import the one that the block means. If the old one is really to go and a new one to be bought, destroy it in a run of its own.",
		id, escape.Quoted(friendlyName), words.MovedBlock))
}
