// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func (r *subscriptionResource) planUpdate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var id types.String
	var renews types.Bool
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("auto_renew_enabled"), &renews)...)
	if !id.IsNull() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, replacesKey, replacesID(id.ValueString()))...)
	}
	if (renews.IsNull() || renews.ValueBool()) && req.Plan.Raw.Equal(req.State.Raw) {
		return // most of a large estate: nothing below would find anything
	}
	var state, plan, config subscriptionResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	keepRenewed(ctx, req, &state, &plan, resp)
	changed := changes(&state, &plan)
	if len(changed) == 0 {
		r.planScheduledCancel(ctx, &state, &config, resp)
		return
	}
	if refuseHalfKnown(&resp.Diagnostics, &state) {
		return
	}
	facts := state.facts()
	replacing := replacements(&state, &plan, changed)
	if len(replacing) > 0 {
		resp.RequiresReplace.Append(replacing...)
		if !plan.AllowReplacement.ValueBool() {
			for _, at := range replacing {
				why := "Partner Center cannot change " + at.String() + " of a subscription." + atRenewal(&state, &plan, at)
				resp.Diagnostics.AddAttributeError(at, "Replacement refused", replacementText(state.ID.ValueString(), why))
			}
		}
		return
	}
	if facts.Ended() && len(changed) == 1 && plan.NextTerm.IsNull() && !state.NextTerm.IsNull() {
		return // there is no next term, and now none is asked for
	}
	if refuseEnded(&resp.Diagnostics, facts) || refuseUnactivated(&resp.Diagnostics, facts) {
		return
	}
	if slices.Contains(changed, change.Status) {
		checkStatus(plan.Status, &resp.Diagnostics)
		if plan.Status.ValueString() == partnercenter.StatusSuspended {
			warnOfSuspension(&resp.Diagnostics, &state)
		}
	}
	refuseWhileSuspended(&state, &plan, changed, &resp.Diagnostics)
	r.checkTermChange(ctx, &state, &plan, &config, changed, &resp.Diagnostics)
	refuseNextTermOfNone(&state, &plan, &config, &resp.Diagnostics)
	r.checkNextTerm(ctx, &state, &plan, &resp.Diagnostics)
	r.checkQuantityChange(ctx, &state, &plan, &resp.Diagnostics)
	if config.PartnerID.IsNull() && framework.Known(state.PartnerID) {
		framework.Wrong(&resp.Diagnostics, path.Root("partner_id"), "Reseller cannot be removed",
			"The reseller on record is %s. Partner Center can replace it by another one but not remove it: set partner_id to the one that is meant.", state.PartnerID)
	}
	markDoubted(ctx, changed, resp)
}

// changes names what the plan changes at Partner Center; how the provider is to treat the subscription is not part of it.
func changes(state, plan *subscriptionResourceModel) []string {
	var changed []string
	if !strings.EqualFold(state.CustomerID.ValueString(), plan.CustomerID.ValueString()) {
		changed = append(changed, "customer_id")
	}
	for _, a := range attributes {
		if !a.value(&state.subscriptionModel).Equal(a.value(&plan.subscriptionModel)) {
			changed = append(changed, a.Name)
		}
	}
	return changed
}

// replacements are the changes that only a new subscription can meet.
func replacements(state, plan *subscriptionResourceModel, changed []string) path.Paths {
	var paths path.Paths
	facts, will := state.facts(), change.Term{Duration: plan.TermDuration.ValueString(), BillingCycle: plan.BillingCycle.ValueString()}
	unknownTerm := plan.TermDuration.IsUnknown() || plan.BillingCycle.IsUnknown()
	for _, name := range changed {
		undecided := unknownTerm && (name == change.TermDuration || name == change.BillingCycle)
		if name == "customer_id" || !undecided && attributeNamed(name).Fixed(facts, will) {
			paths.Append(path.Root(name))
		}
	}
	return paths
}

func (r *subscriptionResource) checkQuantityChange(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) {
	if plan.Quantity.IsUnknown() || plan.Quantity.Equal(state.Quantity) {
		return
	}
	was, will := state.Quantity.ValueInt64(), plan.Quantity.ValueInt64()
	if staysSuspended(state, plan) {
		return
	}
	if facts := state.facts(); facts.Trial && facts.Family == partnercenter.FamilyNewCommerce {
		framework.Wrong(diags, path.Root("quantity"), "Quantity not possible",
			"A trial of a new-commerce product keeps its number of licences, %d. Change it when it has become the paid subscription.", was)
		return
	}
	checkLicences(ctx, r.Client, state, will, "schedule it", diags)
	if !diags.HasError() {
		price := ""
		if plan.TermDuration.Equal(state.TermDuration) { // what a new term costs has been said of all licences
			price = r.planChangeAddition(ctx, state, plan, diags)
		}
		warnOfMore(diags, state, was, will, price)
	}
}

// planScheduledCancel plans the cancellation at term end where "no renewal" alone would not end the subscription.
func (r *subscriptionResource) planScheduledCancel(ctx context.Context, state, config *subscriptionResourceModel, resp *resource.ModifyPlanResponse) {
	renew, facts := framework.KnownBool(config.AutoRenewEnabled), state.facts()
	if renew == nil || *renew || !facts.NeedsScheduledCancel() || facts.Status != partnercenter.StatusActive || facts.EndsWithTerm() {
		return
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("scheduled_actions"), types.ListUnknown(types.ObjectType{AttrTypes: actionTypes}))...)
}

// markDoubted marks what a change puts in doubt as known after apply; everything else keeps its value in the plan.
func markDoubted(ctx context.Context, changed []string, resp *resource.ModifyPlanResponse) {
	doubted := map[string]bool{}
	for _, name := range changed {
		for _, other := range attributeNamed(name).Doubts {
			doubted[other] = true
		}
	}
	for name := range doubted {
		of := resp.Plan.Schema.GetAttributes()[name].GetType()
		unknown, err := of.ValueFromTerraform(ctx, tftypes.NewValue(of.TerraformType(ctx), tftypes.UnknownValue))
		if framework.Failed(&resp.Diagnostics, "plan "+name, err) {
			return
		}
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), unknown)...)
	}
}
