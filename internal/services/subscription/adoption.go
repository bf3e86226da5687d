// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// planAdoption plans what taking a subscription over means. The configuration counts from then on, so apply changes what differs: more
// licenses or a longer term are bought, and what Partner Center does not change is refused.
func (r *subscriptionResource) planAdoption(ctx context.Context, c *creation, s *partnercenter.Subscription) {
	if !r.Owners.PlanAdoption(s.ID) {
		c.diags.AddError("Subscription exists already", fmt.Sprintf("on_existing is %q, and subscription %s (%s) is managed by another address of this state, or taken over there. ", purchase.Adopt, s.ID, escape.Quoted(s.FriendlyName))+
			words.WaysToKeep(c.plan.CustomerID.ValueString(), s.ID))
		return
	}
	r.Owners.NoteFound(s)
	now := subscriptionmodel.Snapshot(c.plan.CustomerID.ValueString(), s)
	facts := factsOf(s, &c.plan)
	c.plan.KeepUnconfigured(&c.config, now)
	changed := adoptionChanges(now, &c.plan)
	for _, d := range replacements(changed, facts.Facts, &c.plan) {
		c.diags.AddAttributeError(d.Path(), "Subscription cannot be taken over", fmt.Sprintf("on_existing is %q, and Partner Center cannot change %s of subscription %s (%s). "+
			"It has term_duration = %s and billing_cycle = %s: write that, or give this purchase a friendly_name of its own.",
			purchase.Adopt, d.Name, s.ID, escape.Quoted(s.FriendlyName), now.TermDuration, now.BillingCycle))
	}
	if c.diags.HasError() {
		return
	}
	c.plan.ID, c.plan.OfferName, c.plan.PublisherName = now.ID, now.OfferName, now.PublisherName
	c.plan.WaitingForActivation = now.WaitingForActivation
	text := fmt.Sprintf("The customer has it already, with %s, so apply buys no other. What is configured in another way is changed.", words.Count(now.Quantity.ValueInt64(), "license"))
	if wanted := c.plan.AtTermEnd(); !facts.Renews() && wanted != change.TermEndRenew && wanted != change.TermEndExtend {
		but := "does not renew, and "
		if facts.Suspended() {
			but = "" // what follows says it
		}
		text += fmt.Sprintf(" It %s%s; set auto_renew_enabled = true if it is to renew.", but, facts.AfterTermAs(wanted))
	}
	if facts.NextTerm != nil && !facts.Trial && c.plan.NextTerm.IsNull() {
		text += " What is scheduled for its renewal stays as it is now, and the next plan removes it unless the configuration has it:\n\n" + change.NextTermBlock(facts.NextTerm)
	}
	c.diags.AddAttributeWarning(path.Root("on_existing"), fmt.Sprintf("Subscription %s will be taken over", s.ID)+now.Subject(), text)
	u := &update{state: now, plan: &c.plan, config: &c.config, facts: facts, changed: changed, diags: c.diags}
	r.checkUpdate(ctx, u)
	if !c.diags.HasError() {
		r.planCommitment(ctx, u)
	}
	c.bindFound(now, changed)
}

// adoptionChanges are what taking over changes of what was found; what nobody configured stays.
func adoptionChanges(now, plan *subscriptionmodel.Model) []subscriptionmodel.Difference {
	return slices.DeleteFunc(subscriptionmodel.Differences(now, plan), func(d subscriptionmodel.Difference) bool { return d.Will.IsNull() })
}

// changesTerm holds for attributes that decide what the present term costs.
func changesTerm(d subscriptionmodel.Difference) bool {
	return slices.Contains([]string{change.Quantity, change.TermDuration, change.BillingCycle}, d.Name)
}

// bindFound plans status as known where the adoption changes at most what the present term costs, and current_term where it changes at most
// the rest. At apply Terraform plans once more, and hands over nothing of the first plan: it refuses what was known and is not any more. So a
// subscription that somebody has changed in between is not set back by a plan that did not say so.
func (c *creation) bindFound(now *subscriptionmodel.Model, changed []subscriptionmodel.Difference) {
	if c.plan.WaitForActivation.ValueBool() && now.WaitingForActivation.ValueBool() {
		return // what the customer does at the publisher changes both
	}
	if !slices.ContainsFunc(changed, func(d subscriptionmodel.Difference) bool { return !changesTerm(d) }) {
		c.plan.Status = now.Status
	}
	if !slices.ContainsFunc(changed, changesTerm) {
		c.plan.CurrentTerm = now.CurrentTerm
	}
}

// refuseChanged stops an adoption of what is neither as this run has found it when it planned nor as the plan wants it: lists lag, and somebody
// may have changed the subscription a moment ago.
func (r *subscriptionResource) refuseChanged(diags *diag.Diagnostics, plan *subscriptionmodel.Model, got *partnercenter.Subscription) (refused bool) {
	found := r.Owners.Found(got.ID)
	if found == nil {
		return false
	}
	customerID := plan.CustomerID.ValueString()
	was, is := subscriptionmodel.Snapshot(customerID, found), subscriptionmodel.Snapshot(customerID, got)
	for _, d := range adoptionChanges(is, plan) {
		if before := d.Value(was); !before.IsNull() && !before.Equal(d.Was) { // a list may leave out what a subscription has
			diags.AddAttributeError(d.Path(), "Subscription has changed since the plan", fmt.Sprintf("The plan takes over subscription %s, which had %s = %s, and Partner Center shows %s now, so apply would do something else than was planned. "+
				"Nothing was changed, and nothing bought. Run plan again, and look at what it says now.", escape.ID(got.ID), d.Name, before, d.Was))
			refused = true
		}
	}
	return refused
}
