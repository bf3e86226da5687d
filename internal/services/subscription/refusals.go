// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// refuseHalfKnown stops changes of a purchase whose subscription is not known yet.
func refuseHalfKnown(diags *diag.Diagnostics, state *subscriptionResourceModel) bool {
	if !state.ID.IsNull() {
		return false
	}
	diags.AddError("Purchase not finished", "The outcome of this purchase is not known yet, so nothing can be changed and nothing was bought again. "+
		"Partner Center may need up to 15 minutes to list an order: run plan again later. If Partner Center shows that the purchase never happened, remove it from the state with terraform state rm.")
	return true
}

func refuseEnded(diags *diag.Diagnostics, facts change.Facts) bool {
	if !facts.Ended() {
		return false
	}
	diags.AddError("Subscription has ended", fmt.Sprintf("Subscription %s is %s, so Partner Center changes nothing about it any more, and it is never bought again by itself. "+
		"Remove the resource from the configuration (destroying it changes nothing at Partner Center); to have the product again, add a new resource.", facts.ID, facts.Status))
	return true
}

// refuseUnactivated stops changes that the service would refuse: a marketplace subscription waits for its publisher first.
func refuseUnactivated(diags *diag.Diagnostics, facts change.Facts) bool {
	if !facts.Waiting {
		return false
	}
	diags.AddError("Subscription is not activated yet", fmt.Sprintf("Subscription %s waits for its set-up at %s, and Partner Center changes nothing about it before. "+
		"Open its activation link (data source partnercenter_activation_links, or in Partner Center the customer's page under Marketplace, \"Action needed\") "+
		"and let the customer complete the set-up at the publisher; then apply again.",
		facts.ID, words.Publisher(facts.Publisher)))
	return true
}

func warnIfEnded(diags *diag.Diagnostics, customerID string, got *partnercenter.Subscription) {
	if !got.Ended() {
		return
	}
	diags.AddWarning("Subscription has ended"+words.Subject(got.FriendlyName, customerID), fmt.Sprintf("Subscription %s is %s at Partner Center. It stays in the state and is never bought again by itself: "+
		"remove its block when it is not needed any more.", got.ID, strings.ToLower(got.Status)))
}

func refuseUnmanageable(diags *diag.Diagnostics, got *partnercenter.Subscription) bool {
	what := change.Unmanageable(got)
	if what == "" {
		return false
	}
	diags.AddError("Subscription cannot be managed", fmt.Sprintf("Subscription %s (%q) is %s; partnercenter_subscription manages marketplace SaaS and new-commerce licenses only. "+
		"Data source partnercenter_subscription reads it, and partnercenter_license_quantity manages its licenses, if it has any.", got.ID, got.FriendlyName, what))
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
		if d.WhileSuspended == change.Refused {
			framework.Wrong(u.diags, d.path(), title,
				"The subscription is suspended, and Partner Center changes %s of active subscriptions only. Set suspended = false as well, or leave it as it is until then.", d.Name)
		}
	}
}

func warnAboutDifferences(diags *diag.Diagnostics, plan *subscriptionResourceModel, differing []string) {
	for _, a := range attributes {
		if a.ask != nil && slices.Contains(differing, a.Name) {
			diags.AddAttributeWarning(path.Root(a.Name), fmt.Sprintf("Partner Center shows another %s%s", a.Name, plan.subject()),
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
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, u.plan.CustomerID.ValueString(), u.plan.ProductID.ValueString(), u.plan.SkuID.ValueString())
	if err == nil && len(o.TermOptions()) > 0 { // of an offer that is not sold any more the service has the last word
		if _, err := o.Choose(u.plan.TermDuration.ValueString(), u.plan.BillingCycle.ValueString()); err != nil {
			framework.Wrong(u.diags, path.Root("term_duration"), "Not sold that way", "%s", err)
			return
		}
	}
	ends := framework.Known(u.plan.AutoRenewEnabled) && !u.plan.AutoRenewEnabled.ValueBool()
	switch {
	case longer && u.facts.InExtendedTerm() && ends:
		framework.Wrong(u.diags, path.Root("term_duration"), "Subscription goes on month by month",
			"It was not to renew, but its term ended without a scheduled cancellation, and it goes on in a paid extended service term. term_duration = %q would commit to a whole new term. "+
				"To let it end with the present month, set term_duration = %q and billing_cycle = %q. To commit to a new term, set auto_renew_enabled = true.",
			u.plan.TermDuration.ValueString(), u.state.TermDuration.ValueString(), u.state.BillingCycle.ValueString())
	case longer:
		u.diags.AddWarning(fmt.Sprintf("New term of %s from now on%s", words.Term(u.plan.TermDuration.ValueString()), u.state.subject()),
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
	checkLicenses(ctx, r.Client, u.plan.CustomerID.ValueString(), u.facts.Facts, u.plan.Quantity.ValueInt64(), "schedule it", u.diags)
}

// checkLicenses is for every resource that changes a number of licenses. schedule says how a decrease is scheduled instead; the block to
// write follows it.
func checkLicenses(ctx context.Context, client *partnercenter.Client, customerID string, facts change.Facts, will int64, schedule string, diags *diag.Diagnostics) {
	if facts.ProductID != "" { // legacy offers are not in the catalog
		o, err := catalog.ReadOffer(ctx, client.SharedAvailabilities, customerID, facts.ProductID, facts.SkuID)
		if err == nil { // an offer that is not sold any more has no limits to check; the service has the last word
			if err := o.CheckQuantity(will); err != nil {
				framework.Wrong(diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
				return
			}
		}
	}
	back, known := facts.MayGiveBack()
	if less := facts.Quantity - will; less <= 0 || !known || less <= back {
		return
	}
	framework.Wrong(diags, path.Root("quantity"), "Licenses cannot be given back now",
		"%s would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase. To have %d from the next term on, leave quantity = %d and %s:\n\n%s",
		words.Count(facts.Quantity-will, "license"), back, will, facts.Quantity, schedule, facts.NextTermWith(will))
}

// warnOfRenewal says what changes of the renewal mean for money, which a diff does not.
func warnOfRenewal(u *update) {
	if u.diags.HasError() || u.facts.CommitmentEnd.IsZero() || !u.changes(change.NextTerm) {
		return
	}
	next := nextTerm(u.plan.NextTerm)
	var after int64
	if next != nil {
		after = next.Quantity.ValueInt64()
	}
	var before int64
	if u.facts.NextTerm != nil {
		before = int64(u.facts.NextTerm.Quantity)
	}
	if title, text := words.ScheduledRenewal(u.facts.CommitmentEnd, u.plan.Quantity.ValueInt64(), before, after, next != nil); title != "" {
		u.diags.AddWarning(title+u.state.subject(), text)
	}
}

// failedOffer points at the attribute that the catalog does not know.
func failedOffer(diags *diag.Diagnostics, err error) bool {
	return framework.FailedOffer(diags, path.Empty(), err)
}
