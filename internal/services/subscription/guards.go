// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var unknownDate = timetypes.NewRFC3339Unknown()

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

func isEnded(state *subscriptionResourceModel) bool {
	return (&partnercenter.Subscription{Status: state.Status.ValueString()}).Ended()
}

func refuseEnded(diags *diag.Diagnostics, state *subscriptionResourceModel) bool {
	if !isEnded(state) {
		return false
	}
	diags.AddError("Subscription has ended", fmt.Sprintf("Subscription %s is %s, so Partner Center changes nothing about it any more, and it is never bought again by itself. "+
		"Remove the resource from the configuration (destroying it changes nothing at Partner Center); to have the product again, add a new resource.", state.ID.ValueString(), state.Status.ValueString()))
	return true
}

// isWaiting holds for a marketplace subscription that has not been set up at its publisher yet.
func isWaiting(state *subscriptionResourceModel) bool {
	waiting := state.AttentionNeeded.ValueBool() && !state.ActionTaken.ValueBool() || state.Status.ValueString() == "pending"
	return waiting && state.ProductType.ValueString() == string(partnercenter.FamilyMarketplaceSaaS)
}

// refuseUnactivated stops changes that the service would refuse: a marketplace subscription waits for its publisher first.
func refuseUnactivated(diags *diag.Diagnostics, state *subscriptionResourceModel) bool {
	if !isWaiting(state) {
		return false
	}
	diags.AddError("Subscription is not activated yet", fmt.Sprintf("Subscription %s waits for its set-up at %s, and Partner Center changes nothing about it before. "+
		"Open its activation link (data source partnercenter_activation_links, or in Partner Center the customer's page under Marketplace, \"Action needed\") "+
		"and let the customer complete the set-up at the publisher; then apply again.",
		state.ID.ValueString(), words.Publisher(state.PublisherName.ValueString())))
	return true
}

func warnIfEnded(diags *diag.Diagnostics, customerID string, got *partnercenter.Subscription) {
	if !got.Ended() {
		return
	}
	diags.AddWarning("Subscription has ended"+words.Subject(got.FriendlyName, customerID), fmt.Sprintf("Subscription %s (%q) is %s at Partner Center. It stays in the state and is never bought again by itself: "+
		"remove the resource from the configuration when it is not needed any more.", got.ID, got.FriendlyName, strings.ToLower(got.Status)))
}

// unmanageable is what a subscription is that this resource cannot manage safely; "" for all others.
func unmanageable(s *partnercenter.Subscription) string {
	return map[partnercenter.Family]string{
		partnercenter.FamilyLegacy:   "a legacy offer",
		partnercenter.FamilyAzure:    "an Azure subscription or plan",
		partnercenter.FamilySoftware: "a software purchase",
	}[s.Family()]
}

func refuseUnmanageable(diags *diag.Diagnostics, got *partnercenter.Subscription) bool {
	what := unmanageable(got)
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
	if status := planned.ValueString(); framework.Known(planned) && status != statusActive && status != statusSuspended {
		framework.Wrong(diags, path.Root("status"), "Status cannot be asked for",
			"Only Partner Center makes a subscription %q: set status to %q or %q to pin it, or leave it out.", status, statusActive, statusSuspended)
	}
}

// staysSuspended holds for a subscription that is suspended before and after the change.
func staysSuspended(state, plan *subscriptionResourceModel) bool {
	return state.Status.ValueString() == statusSuspended && plan.Status.ValueString() == statusSuspended
}

// refuseWhileSuspended stops changes that Partner Center makes of active subscriptions only. What is to happen at the end of the term is
// not sent while it is suspended, and counts again afterwards.
func refuseWhileSuspended(state, plan *subscriptionResourceModel, changed []string, diags *diag.Diagnostics) {
	if !staysSuspended(state, plan) {
		return
	}
	for _, name := range []string{"quantity", "friendly_name", "partner_id", "term_duration", "billing_cycle"} {
		title := "Change not possible"
		if name == "quantity" {
			title = "Quantity not possible"
		}
		if slices.Contains(changed, name) {
			framework.Wrong(diags, path.Root(name), title,
				"The subscription is suspended, and Partner Center changes %s of active subscriptions only. Set status = \"active\" as well, or leave it as it is until then.", name)
		}
	}
}

func warnAboutDifferences(diags *diag.Diagnostics, plan *subscriptionResourceModel, differing []string) {
	for _, name := range []string{"quantity", "term_duration", "billing_cycle", "friendly_name", "auto_renew_enabled", "partner_id", "status", "scheduled_next_term_instructions"} {
		if slices.Contains(differing, name) {
			diags.AddAttributeWarning(path.Root(name), fmt.Sprintf("Partner Center shows another %s%s", name, plan.whose()),
				fmt.Sprintf("After the change Partner Center shows another %s than planned. Run plan again: it shows the difference, if it is still there.", name))
		}
	}
}

// planDestroy says what destroying does, and what goes on being billed.
func (r *subscriptionResource) planDestroy(state *subscriptionResourceModel, diags *diag.Diagnostics) {
	policy := deletionPolicy(state)
	switch {
	case policy == prevent:
		diags.AddAttributeError(path.Root("deletion_policy"), "Destroy refused",
			fmt.Sprintf("deletion_policy is %q. To destroy the subscription, apply another deletion_policy first; to only forget it, use a removed block or terraform state rm.", prevent))
	case policy != abandon && refuseHalfKnown(diags, state):
	default:
		warnOfDestroy(diags, state, policy, r.Client.ServiceTime())
	}
}

func deletionPolicy(state *subscriptionResourceModel) string {
	if policy := state.DeletionPolicy.ValueString(); policy != "" {
		return policy
	}
	return turnOffAutoRenew
}

// explainEnd says the way out of a destroy that Partner Center does not allow, instead of the general advice for its code.
func explainEnd(policy string, err error) error {
	switch {
	case err == nil:
		return nil
	case policy == cancelNow && tooLate(err):
		return &partnercenter.AdvisedError{Err: err, Advice: fmt.Sprintf("Apply deletion_policy = %q to let it end with its term, or %q to only forget it.", turnOffAutoRenew, abandon)}
	case policy == turnOffAutoRenew && partnercenter.HasCode(err, "800081"):
		return &partnercenter.AdvisedError{Err: err, Advice: fmt.Sprintf("Before its activation the subscription is not billed, and its renewal cannot be changed: apply deletion_policy = %q to cancel it, or let the customer activate it first.", cancelNow)}
	}
	return err
}
