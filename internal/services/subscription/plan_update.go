// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
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
	if isEnded(&state) && len(changed) == 1 && plan.NextTerm.IsNull() && !state.NextTerm.IsNull() {
		return // there is no next term, and now none is asked for
	}
	if refuseEnded(&resp.Diagnostics, &state) || refuseUnactivated(&resp.Diagnostics, &state) {
		return
	}
	if slices.Contains(changed, "status") {
		checkStatus(plan.Status, &resp.Diagnostics)
		if plan.Status.ValueString() == statusSuspended {
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
	markAffected(ctx, changed, resp)
}

// changes names what the plan changes at Partner Center; how the provider is to treat the subscription is not part of it.
func changes(state, plan *subscriptionResourceModel) []string {
	var changed []string
	for _, c := range []struct {
		name      string
		was, will attr.Value
	}{
		{"customer_id", state.CustomerID, plan.CustomerID},
		{"product_id", state.ProductID, plan.ProductID},
		{"sku_id", state.SkuID, plan.SkuID},
		{"quantity", state.Quantity, plan.Quantity},
		{"term_duration", state.TermDuration, plan.TermDuration},
		{"billing_cycle", state.BillingCycle, plan.BillingCycle},
		{"friendly_name", state.FriendlyName, plan.FriendlyName},
		{"auto_renew_enabled", state.AutoRenewEnabled, plan.AutoRenewEnabled},
		{"partner_id", state.PartnerID, plan.PartnerID},
		{"status", state.Status, plan.Status},
		{"scheduled_next_term_instructions", state.NextTerm, plan.NextTerm},
	} {
		if !c.was.Equal(c.will) && (c.name != "customer_id" || !strings.EqualFold(state.CustomerID.ValueString(), plan.CustomerID.ValueString())) {
			changed = append(changed, c.name)
		}
	}
	return changed
}

// replacements are the changes that only a new subscription can meet.
func replacements(state, plan *subscriptionResourceModel, changed []string) path.Paths {
	var paths path.Paths
	for _, name := range changed {
		switch name {
		case "customer_id", "product_id", "sku_id":
			paths.Append(path.Root(name))
		case "term_duration", "billing_cycle":
			if !canChangeTerm(state, plan) {
				paths.Append(path.Root(name))
			}
		}
	}
	return paths
}

// canChangeTerm follows the commerce reference, Billing cycle and term of an existing subscription: new commerce only, terms only
// upward, and a billing cycle alone only between monthly and annual of a three-year term.
func canChangeTerm(state, plan *subscriptionResourceModel) bool {
	if plan.TermDuration.IsUnknown() || plan.BillingCycle.IsUnknown() {
		return true
	}
	if state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) || state.IsTrial.ValueBool() {
		return false
	}
	was, will := catalog.Months(state.TermDuration.ValueString()), catalog.Months(plan.TermDuration.ValueString())
	if was != will {
		_, fits := catalog.Charges(plan.TermDuration.ValueString(), plan.BillingCycle.ValueString())
		return was < will && fits
	}
	movable := []string{"monthly", "annual"}
	return state.TermDuration.ValueString() == "P3Y" && slices.Contains(movable, state.BillingCycle.ValueString()) && slices.Contains(movable, plan.BillingCycle.ValueString())
}

func (r *subscriptionResource) checkQuantityChange(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) {
	if plan.Quantity.IsUnknown() || plan.Quantity.Equal(state.Quantity) {
		return
	}
	was, will := state.Quantity.ValueInt64(), plan.Quantity.ValueInt64()
	if staysSuspended(state, plan) {
		return
	}
	if state.IsTrial.ValueBool() && state.ProductType.ValueString() == string(partnercenter.FamilyNewCommerce) {
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
	renew := framework.KnownBool(config.AutoRenewEnabled)
	if renew == nil || *renew || state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) || state.IsTrial.ValueBool() ||
		state.Status.ValueString() != statusActive || cancelsAtTermEnd(state.ScheduledActions) {
		return
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("scheduled_actions"), types.ListUnknown(types.ObjectType{AttrTypes: actionTypes}))...)
}

func cancelsAtTermEnd(actions types.List) bool {
	cancel := map[string]attr.Value{
		"schedule_type": types.StringValue(partnercenter.ScheduleTermEnd), "action_type": types.StringValue(partnercenter.ActionCancel), "effective_date": framework.Time(partnercenter.Time{}),
	}
	return slices.ContainsFunc(actions.Elements(), types.ObjectValueMust(actionTypes, cancel).Equal)
}

// markAffected marks what a change puts in doubt as known after apply; everything else keeps its value in the plan.
func markAffected(ctx context.Context, changed []string, resp *resource.ModifyPlanResponse) {
	affected := map[string]bool{}
	for _, name := range changed {
		for _, other := range affects[name] {
			affected[other] = true
		}
	}
	for _, a := range []struct {
		name    string
		unknown attr.Value
	}{
		{"offer_id", types.StringUnknown()},
		{"effective_start_date", unknownDate}, {"commitment_end_date", unknownDate}, {"billing_cycle_end_date", unknownDate}, {"cancellation_allowed_until_date", unknownDate},
		{"renewal_term_duration", types.StringUnknown()},
		{"refund_options", types.ListUnknown(types.ObjectType{AttrTypes: refundOptionTypes})},
		{"refundable_quantity", types.ObjectUnknown(refundableTypes)},
		{"scheduled_actions", types.ListUnknown(types.ObjectType{AttrTypes: actionTypes})},
		{"next_charge_instructions", types.ObjectUnknown(nextChargeTypes)},
		{"suspension_reasons", types.ListUnknown(types.StringType)}, {"actions", types.ListUnknown(types.StringType)},
	} {
		if affected[a.name] {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(a.name), a.unknown)...)
		}
	}
}

// affects says which computed attributes each change puts in doubt.
var affects = map[string][]string{
	"quantity": {"refund_options", "refundable_quantity", "cancellation_allowed_until_date"},
	"term_duration": {
		"offer_id", "effective_start_date", "commitment_end_date", "billing_cycle_end_date", "cancellation_allowed_until_date", "renewal_term_duration",
		"refund_options", "refundable_quantity", "scheduled_actions", "next_charge_instructions",
	},
	"billing_cycle":                    {"next_charge_instructions", "billing_cycle_end_date"},
	"auto_renew_enabled":               {"scheduled_actions", "renewal_term_duration"},
	"scheduled_next_term_instructions": {"scheduled_actions", "renewal_term_duration"},
	"status":                           {"refundable_quantity", "scheduled_actions", "suspension_reasons", "actions", "cancellation_allowed_until_date"},
}
