// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// ValidateConfig finds contradictions that the configuration alone shows.
func (r *subscriptionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config struct {
		NextTerm          types.Object
		AutoRenewEnabled  types.Bool
		EndOfTerm         types.String
		CustomTermEndDate types.String
	}
	for name, value := range map[string]any{ // one by one: the whole model takes as long as all other validation
		"scheduled_next_term_instructions": &config.NextTerm, "auto_renew_enabled": &config.AutoRenewEnabled, "end_of_term": &config.EndOfTerm, "custom_term_end_date": &config.CustomTermEndDate,
	} {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), value)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	renews := config.AutoRenewEnabled
	if framework.Known(config.NextTerm) && framework.Known(renews) && !renews.ValueBool() {
		framework.Wrong(&resp.Diagnostics, path.Root("scheduled_next_term_instructions"), "Contradicting attributes",
			"A subscription with auto_renew_enabled = false has no next term. Remove the instructions, or set auto_renew_enabled = true.")
	}
	if framework.Known(config.NextTerm) && framework.Known(config.EndOfTerm) && config.EndOfTerm.ValueString() != string(change.TermEndRenew) {
		framework.Wrong(&resp.Diagnostics, path.Root("scheduled_next_term_instructions"), "Contradicting attributes",
			"A subscription with end_of_term = %s has no next term. Remove the instructions, or set end_of_term = %q.", config.EndOfTerm, change.TermEndRenew)
	}
	if !config.CustomTermEndDate.IsNull() && !config.CustomTermEndDate.IsUnknown() {
		if _, err := partnercenter.ParseTime(config.CustomTermEndDate.ValueString()); err != nil {
			framework.Wrong(&resp.Diagnostics, path.Root("custom_term_end_date"), "Invalid date",
				"%q is not a date. Write RFC 3339, such as \"2027-01-31T00:00:00Z\".", config.CustomTermEndDate.ValueString())
		}
	}
}

// ModifyPlan decides what apply does, and plans what is known of it: apply carries it out, and nothing else. It says at plan time what
// would fail at apply, where it costs nothing.
func (r *subscriptionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Provider == nil {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	switch {
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planUpdate(ctx, req, resp)
	}
}

// planDestroy says what destroying does, and what goes on being billed.
func (r *subscriptionResource) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var state subscriptionmodel.Model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(framework.SetJSON(ctx, resp.Private, plannedKey, plannedAs{Destroy: true})...)
	diags := &resp.Diagnostics
	policy := state.Policy()
	if policy == change.PolicyPrevent && !state.Ended() {
		refusePrevented(diags)
		return
	}
	if policy != change.PolicyAbandon && refuseHalfKnown(diags, &state) || state.ID.IsNull() || r.Claims.WasGivenUp(state.ID.ValueString()) {
		return
	}
	may, replaced := r.Owners.MayEnd()
	if !may && !state.Ended() {
		diags.AddError("Replacement refused", fmt.Sprintf("Subscription %s goes on as it was. This run has bought another one first, as create_before_destroy asks, and this one would end for it without allow_replacement, or while that purchase is not finished. "+
			"The next plan says that it is destroyed as a deposed object: apply that if it is to end. To keep it, run terraform state rm with its address, which forgets both and ends neither, and import the one that the block means. If it was marked as tainted by mistake, terraform untaint would have kept it.\n\n%s",
			state.ID.ValueString(), words.ImportBlock(state.CustomerID.ValueString(), state.ID.ValueString())))
		return
	}
	facts, known := keptIn(ctx, req.Private)
	likeness := state.Likeness()
	r.Owners.ManageLine(facts.CartID, state.CartLineItem.ValueInt64(), state.ID.ValueString())
	if !r.Owners.PlanDestroy(likeness.Alike(), state.ID.ValueString(), replaced) {
		refuseRename(diags, state.ID.ValueString(), state.FriendlyName.ValueString())
		return
	}
	got, gone, _ := r.readOrMissing(ctx, facts, &state) // from the list that the refresh reads, too
	if got != nil {
		facts, known = factsOf(got, &state), true
	}
	if gone || !known || facts.Ended() {
		return // what is gone, over or cannot be read has no consequences to tell
	}
	title, text := facts.EndConsequences(policy, r.Client.EarliestTime(), state.Monthly(ctx, diags))
	diags.AddWarning(title+state.Subject(), text)
}
