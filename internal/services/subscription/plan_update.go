// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

func (r *subscriptionResource) planUpdate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var id types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	if id.IsNull() || unknownIn(ctx, req.Private) {
		resp.Diagnostics.Append(noteUnknown(ctx, resp.Private, id.IsNull())...)
	}
	if !id.IsNull() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, replacesKey, framework.QuotedID(id.ValueString()))...)
	}
	var state, plan, config subscriptionmodel.Model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if !id.IsNull() {
		token := r.own(ctx, req.Private, &state, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, framework.OwnerKey, framework.QuotedID(token))...)
	}
	if req.Plan.Raw.Equal(req.State.Raw) {
		r.Claims.NotePlanned()
		return // most of a large estate: nothing below would find anything
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	u := &update{state: &state, plan: &plan, config: &config, diags: &resp.Diagnostics}
	plan.KeepUnconfigured(&config, &state)
	plan.KeepEnded(&state)
	followed := keepFollowed(ctx, req.Private, resp.Private, u, r.Client.ServiceTime())
	u.changed = subscriptionmodel.Differences(&state, &plan)
	if len(u.changed) > 0 {
		r.planChanges(ctx, req, resp, u)
	}
	r.SaidBefore(ctx, req.Private, state.CustomerID.ValueString(), state.ID.ValueString(), &resp.Diagnostics)
	if followed && !resp.Diagnostics.HasError() && len(resp.RequiresReplace) == 0 {
		plan.Status = types.StringUnknown() // so that the plan is not empty, and whoever looks for drift finds it
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// planChanges checks what is changed, or finds that only a new subscription can meet it.
func (r *subscriptionResource) planChanges(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, u *update) {
	if refuseHalfKnown(u.diags, u.state) {
		return
	}
	var err error
	if u.facts, err = r.factsFor(ctx, req.Private, u.state); framework.Failed(u.diags, "read subscription", err) {
		return
	}
	if replacing := replacements(u.changed, u.facts.Facts, u.plan); len(replacing) > 0 {
		for _, d := range replacing {
			resp.RequiresReplace.Append(d.Path())
		}
		r.planReplacement(ctx, u, replacing)
		return
	}
	if u.facts.Ended() && len(u.changed) == 1 && u.changes(change.NextTerm) && u.plan.NextTerm.IsNull() {
		return // there is no next term, and now none is asked for
	}
	r.checkUpdate(ctx, u)
	if u.diags.HasError() {
		return
	}
	r.planCommitment(ctx, u)
	r.planFollowing(u)
}

// checkUpdate refuses what Partner Center would refuse, and says what a reviewer would not expect.
func (r *subscriptionResource) checkUpdate(ctx context.Context, u *update) {
	if !u.open() && (framework.RefuseEnded(u.diags, u.facts.Facts) || framework.RefuseUnactivated(u.diags, u.facts.Facts)) {
		return
	}
	if u.changes(change.Suspended) && u.plan.Suspended.ValueBool() {
		u.diags.AddWarning("Subscription will be suspended"+u.state.Subject(), u.facts.SuspensionConsequences())
	}
	refuseWhileSuspended(u)
	r.checkTermChange(ctx, u)
	known := *u.plan // with the ids that it has, where the plan does not know them yet
	known.CustomerID, known.ProductID, known.SkuID = u.state.CustomerID, u.state.ProductID, u.state.SkuID
	if u.changes(change.EndOfTerm) {
		r.checkExtension(ctx, &known, u.facts.PaidNewCommerce(), u.diags)
	}
	refuseNextTermOfNone(u)
	r.checkNextTerm(ctx, u)
	r.checkQuantityChange(ctx, u)
	if u.changes(change.Quantity) || u.changes(change.TermDuration) || u.changes(change.BillingCycle) {
		known.Accounts().CheckChange(ctx, r.Client, u.diags)
	}
	warnOfRenewal(u)
}

// planFollowing plans what follows from the changes.
func (r *subscriptionResource) planFollowing(u *update) {
	if u.changes(change.Suspended) {
		u.plan.Status = types.StringValue(partnercenter.StatusActive)
		switch {
		case u.plan.Suspended.IsUnknown():
			u.plan.Status = types.StringUnknown()
		case u.plan.Suspended.ValueBool():
			u.plan.Status = types.StringValue(partnercenter.StatusSuspended)
		}
	}
	if u.changes(change.TermDuration) {
		u.plan.CurrentTerm = types.ObjectUnknown(subscriptionmodel.CurrentTermTypes)
	}
}

// replacements are the changes that only a new subscription can meet. What is not known yet is none: it may turn out to be as it is.
func replacements(changed []subscriptionmodel.Difference, facts change.Facts, plan *subscriptionmodel.Model) []subscriptionmodel.Difference {
	will := change.Term{Duration: plan.TermDuration.ValueString(), BillingCycle: plan.BillingCycle.ValueString()}
	return slices.DeleteFunc(slices.Clone(changed), func(d subscriptionmodel.Difference) bool {
		return d.Will.IsUnknown() || plan.TermDuration.IsUnknown() || plan.BillingCycle.IsUnknown() || !d.Fixed(facts, will)
	})
}

// planReplacement refuses a replacement that the configuration does not allow, with the way that keeps the subscription where there is
// one, and says of an allowed one what becomes of the old subscription: Terraform shows the warnings of this call, and drops those of the
// one that plans the new subscription.
func (r *subscriptionResource) planReplacement(ctx context.Context, u *update, replacing []subscriptionmodel.Difference) {
	if !u.plan.AllowReplacement.ValueBool() {
		for _, d := range replacing {
			why := "Partner Center cannot change " + d.Name + " of a subscription." + u.facts.AtRenewal(d.Name, u.plan.TermDuration.ValueString(), u.plan.BillingCycle.ValueString(), u.plan.Quantity.ValueInt64())
			u.diags.AddAttributeError(d.Path(), "Replacement refused", words.ReplacementRefused(u.state.ID.ValueString(), why)+r.byTransition(ctx, u))
		}
		return
	}
	now, policy := r.Client.EarliestTime(), u.state.Policy() // what ends it is the policy that has been applied
	title, text := u.facts.RefusedEnd(policy, now)
	switch {
	case policy == change.PolicyPrevent || u.plan.Policy() == change.PolicyPrevent:
		refusePrevented(u.diags)
	case u.facts.Ended():
		framework.RefuseEnded(u.diags, u.facts.Facts) // and lead to the new one, where a run broke off that had bought it
		if found, ok := r.earlier(ctx, &creation{config: *u.config, plan: *u.plan, diags: u.diags}); ok && found.Any() {
			u.diags.AddError("Subscription exists already", words.Sentence(alreadyOwned(&purchase.EarlierPurchaseError{CustomerID: u.plan.CustomerID.ValueString(), Earlier: found})))
		}
	case title != "":
		u.diags.AddAttributeError(path.Root("deletion_policy"), title, text)
	default:
		title, text = u.facts.ReplacedConsequences(policy, now, u.state.Monthly(ctx, u.diags))
		u.diags.AddWarning(title+u.state.Subject(), text)
		r.warnOfNewOne(ctx, u)
	}
}

// byTransition names the transition that would meet the change, if Partner Center offers one: it keeps the term and pays once.
func (r *subscriptionResource) byTransition(ctx context.Context, u *update) string {
	product, sku := u.plan.ProductID.ValueString(), u.plan.SkuID.ValueString()
	if u.facts.Family != partnercenter.FamilyNewCommerce || !u.changes("product_id") && !u.changes("sku_id") {
		return ""
	}
	offered, err := r.Client.TransitionEligibilities(ctx, u.state.CustomerID.ValueString(), u.state.ID.ValueString(), partnercenter.TransitionImmediate)
	if err != nil {
		return "" // this is only advice
	}
	title := change.OffersTransition(offered, product, sku)
	if title == "" {
		return ""
	}
	return "\n\n" + words.TransitionInstead(title, u.state.CustomerID.ValueString(), u.state.ID.ValueString(), product, sku)
}
