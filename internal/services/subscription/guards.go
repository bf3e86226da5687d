// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	diags.AddError("Purchase not finished", fmt.Sprintf("The outcome of this purchase (cart %s, order %s) is not known yet, so nothing can be changed and nothing was bought again. "+
		"Partner Center may need up to 15 minutes to list an order: run plan again later. If Partner Center shows that the purchase never happened, remove it from the state with terraform state rm.",
		orDash(state.CartID.ValueString()), orDash(state.OrderID.ValueString())))
	return true
}

func orDash(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
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
	diags.AddWarning("Subscription has ended"+words.Subject(got.FriendlyName, customerID), fmt.Sprintf("Subscription %s (%q) is %s at Partner Center. It stays in the state and is never bought again by itself: "+
		"remove the resource from the configuration when it is not needed any more.", got.ID, got.FriendlyName, strings.ToLower(got.Status)))
}

func refuseUnmanageable(diags *diag.Diagnostics, got *partnercenter.Subscription) bool {
	what := change.Unmanageable(got)
	if what == "" {
		return false
	}
	diags.AddError("Subscription cannot be managed", fmt.Sprintf("Subscription %s (%q) is %s; partnercenter_subscription manages marketplace SaaS and new-commerce licences only. "+
		"Data source partnercenter_subscription reads it, and partnercenter_license_quantity manages its licences, if it has any.", got.ID, got.FriendlyName, what))
	return true
}

// checkStatus refuses what only Partner Center can make of a subscription. Configuration that Terraform generates names such a status
// where it is the present one, so the schema lets it pass.
func checkStatus(planned types.String, diags *diag.Diagnostics) {
	if status := planned.ValueString(); framework.Known(planned) && status != partnercenter.StatusActive && status != partnercenter.StatusSuspended {
		framework.Wrong(diags, path.Root("status"), "Status cannot be asked for",
			"Only Partner Center makes a subscription %q: set status to %q or %q to pin it, or leave it out.", status, partnercenter.StatusActive, partnercenter.StatusSuspended)
	}
}

// staysSuspended holds for a subscription that is suspended before and after the change.
func staysSuspended(state, plan *subscriptionResourceModel) bool {
	return state.Status.ValueString() == partnercenter.StatusSuspended && plan.Status.ValueString() == partnercenter.StatusSuspended
}

// refuseWhileSuspended stops changes that Partner Center makes of active subscriptions only. What is to happen at the end of the term is
// not sent while it is suspended, and counts again afterwards.
func refuseWhileSuspended(state, plan *subscriptionResourceModel, changed []string, diags *diag.Diagnostics) {
	if !staysSuspended(state, plan) {
		return
	}
	for _, a := range changeable() {
		title := "Change not possible"
		if a.Name == change.Quantity {
			title = "Quantity not possible"
		}
		if a.Suspended == change.Refused && slices.Contains(changed, a.Name) {
			framework.Wrong(diags, path.Root(a.Name), title,
				"The subscription is suspended, and Partner Center changes %s of active subscriptions only. Set status = \"active\" as well, or leave it as it is until then.", a.Name)
		}
	}
}

func warnAboutDifferences(diags *diag.Diagnostics, plan *subscriptionResourceModel, differing []string) {
	for _, a := range changeable() {
		if slices.Contains(differing, a.Name) {
			diags.AddAttributeWarning(path.Root(a.Name), fmt.Sprintf("Partner Center shows another %s%s", a.Name, plan.whose()),
				fmt.Sprintf("After the change Partner Center shows another %s than planned. Run plan again: it shows the difference, if it is still there.", a.Name))
		}
	}
}

// planDestroy says what destroying does, and what goes on being billed.
func (r *subscriptionResource) planDestroy(state *subscriptionResourceModel, diags *diag.Diagnostics) {
	policy := deletionPolicy(state)
	switch {
	case policy == change.PolicyPrevent:
		diags.AddAttributeError(path.Root("deletion_policy"), "Destroy refused",
			fmt.Sprintf("deletion_policy is %q. To destroy the subscription, apply another deletion_policy first; to only forget it, use a removed block or terraform state rm.", policy))
	case policy != change.PolicyAbandon && refuseHalfKnown(diags, state):
	default:
		warnOfDestroy(diags, state, policy, r.Client.ServiceTime())
	}
}

func deletionPolicy(state *subscriptionResourceModel) change.Policy {
	if policy := state.DeletionPolicy.ValueString(); policy != "" {
		return change.Policy(policy)
	}
	return change.PolicyTurnOffAutoRenew
}
