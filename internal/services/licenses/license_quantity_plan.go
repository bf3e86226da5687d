// SPDX-License-Identifier: MPL-2.0

package licenses

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// ModifyPlan says at plan time what a change costs and what would fail at apply. The subscription is read for it only when there is
// something to change.
func (r *licenseQuantityResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Provider == nil {
		return
	}
	var plan, state licenseQuantityModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if req.Plan.Raw.IsNull() {
		r.warnOfForgetting(ctx, &state, &resp.Diagnostics)
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if plan.CustomerID.IsUnknown() || plan.SubscriptionID.IsUnknown() {
		if plan.Quantity.Equal(state.Quantity) {
			return // another subscription is refused at apply
		}
		warnUnpriced(&resp.Diagnostics, &plan, "customer_id or subscription_id is known only during apply, so nothing about this number could be checked")
		return
	}
	resp.Diagnostics.Append(r.own(ctx, req.Private, resp.Private, plan.SubscriptionID.ValueString())...)
	if req.Plan.Raw.Equal(req.State.Raw) {
		r.Claims.NotePlanned()
	}
	if resp.Diagnostics.HasError() || state.manages(&plan) {
		return
	}
	if r.Owners.LicensesPlanned(plan.SubscriptionID.ValueString()) {
		framework.Wrong(&resp.Diagnostics, path.Root("quantity"), "Licenses managed twice", "The partnercenter_subscription of subscription %s changes its quantity as well: the two would set it back and forth. "+
			"Keep one of them; with ignore_changes = [quantity] there, it is this one.", plan.SubscriptionID.ValueString())
		return
	}
	r.planChange(ctx, req, resp, &state, &plan)
	if !req.State.Raw.IsNull() {
		r.SaidBefore(ctx, req.Private, plan.CustomerID.ValueString(), plan.SubscriptionID.ValueString(), &resp.Diagnostics)
	}
}

// planChange reads the subscription and says what the change means.
func (r *licenseQuantityResource) planChange(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, state, plan *licenseQuantityModel) {
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	got, err := r.Client.SharedSubscription(ctx, plan.CustomerID.ValueString(), plan.SubscriptionID.ValueString())
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("subscription_id"), "read subscription", err) {
		return
	}
	if state.isOf(plan) && keepEnded(state, plan, got) {
		if !r.Claims.WasSeen(plan.CustomerID.ValueString(), got.ID) {
			framework.WarnIfEnded(&resp.Diagnostics, plan.CustomerID.ValueString(), got)
		}
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		return
	}
	planLicenses(ctx, r.Provider, plan, got, &resp.Diagnostics)
	if state.isOf(plan) {
		sayBoughtAgain(ctx, state, plan, got, req, resp)
	}
}

// sayBoughtAgain says of a change that it buys what went by upgrades.
func sayBoughtAgain(ctx context.Context, state, plan *licenseQuantityModel, got *partnercenter.Subscription, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	title, text, diags := framework.SayBoughtAgain(ctx, req.Private, resp.Private, state.Quantity, plan.Quantity, plan.Quantity)
	resp.Diagnostics.Append(diags...)
	if title != "" && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddAttributeWarning(path.Root("quantity"), title+words.Subject(got.FriendlyName, plan.CustomerID.ValueString()), text)
	}
}

// manages holds when the plan asks for nothing that the state does not have.
func (m *licenseQuantityModel) manages(plan *licenseQuantityModel) bool {
	return m.isOf(plan) && m.Quantity.Equal(plan.Quantity)
}

// isOf holds when the plan is about the same subscription.
func (m *licenseQuantityModel) isOf(plan *licenseQuantityModel) bool {
	return strings.EqualFold(m.CustomerID.ValueString(), plan.CustomerID.ValueString()) && strings.EqualFold(m.SubscriptionID.ValueString(), plan.SubscriptionID.ValueString())
}

// keepEnded leaves a number that Partner Center itself has set to 0 because the subscription ended, as when all licenses went by an upgrade:
// nobody wished that, and it stops nothing.
func keepEnded(state, plan *licenseQuantityModel, got *partnercenter.Subscription) bool {
	if !got.Ended() || state.Quantity.IsNull() || state.Quantity.ValueInt64() != 0 {
		return false
	}
	plan.Quantity = state.Quantity
	return true
}

// warnUnpriced says that the plan does not show what apply may buy.
func warnUnpriced(diags *diag.Diagnostics, plan *licenseQuantityModel, why string) {
	subject := ""
	if framework.Known(plan.SubscriptionID) {
		subject = plan.whose()
	}
	diags.AddWarning("Price unknown: purchase of more licenses"+subject, words.Sentence("What this change commits to is not in the plan: "+why))
}

func planLicenses(ctx context.Context, p *framework.Provider, plan *licenseQuantityModel, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	facts := change.FactsOf(got)
	switch {
	case plan.Quantity.IsUnknown() && facts.Ended():
		return // nothing can be bought, and apply knows whether anything is asked for
	case plan.Quantity.IsUnknown():
		warnUnpriced(diags, plan, fmt.Sprintf("quantity is known only during apply; the subscription has %s", words.Count(facts.Quantity, "license")))
		return
	case framework.RefuseEnded(diags, facts), plan.Quantity.ValueInt64() == facts.Quantity, framework.RefuseUnactivated(diags, facts):
		return
	}
	at, was, will := path.Root("quantity"), facts.Quantity, plan.Quantity.ValueInt64()
	switch {
	case facts.Suspended():
		framework.Wrong(diags, at, "Quantity not possible", "Subscription %s is suspended, and Partner Center changes quantities of active subscriptions only. "+
			"Reactivate it first (action partnercenter_reactivate_subscription, suspended = false of its partnercenter_subscription, or Partner Center), or leave the quantity at %d.", got.ID, was)
	case facts.Trial:
		framework.Wrong(diags, at, "Quantity not possible", "Subscription %s is a trial, and a trial keeps its number of licenses, %d. Change it when it has become the paid subscription.", got.ID, was)
	case facts.Family == partnercenter.FamilyAzure:
		framework.Wrong(diags, at, "Quantity not possible", "Subscription %s (%s) is billed by usage and has no licenses that could be changed.", got.ID, got.OfferName)
	default:
		framework.CheckLicenses(ctx, p.Client, plan.CustomerID.ValueString(), facts, will, "schedule it, in the partnercenter_subscription that manages this subscription or in Partner Center", diags)
		accounts := framework.Accounts{CustomerID: plan.CustomerID.ValueString(), Reseller: facts.PartnerID, At: path.Root("subscription_id")}
		accounts.CheckChange(ctx, p.Client, diags)
		if !diags.HasError() {
			more := change.More(got, will).Buys(got)
			warnOfLicenses(diags, plan.CustomerID.ValueString(), got, will, framework.SayAddition(ctx, more, p, plan.CustomerID.ValueString(), diags))
		}
	}
}

// warnOfLicenses says what a change commits to: the plan of a new resource does not show how many licenses there are already.
func warnOfLicenses(diags *diag.Diagnostics, customerID string, got *partnercenter.Subscription, will int64, price string) {
	was := int64(got.Quantity)
	text := words.Sentence(fmt.Sprintf("%s has %s; apply makes it %d", change.Title(got), words.Count(was, "license"), will))
	if will < was {
		diags.AddWarning("Licenses will be given back"+words.Subject(got.FriendlyName, customerID), text)
		return
	}
	until := "the end of its term"
	if end := change.CommitmentEnd(got); !end.IsZero() {
		until += ", " + words.Day(end.Time)
	}
	text += fmt.Sprintf(" The %d more are charged until %s.", will-was, until) + price
	if got.Family() == partnercenter.FamilyNewCommerce {
		text += " They can be given back for 7 days."
	}
	diags.AddWarning("More licenses will be bought"+words.Subject(got.FriendlyName, customerID), text)
}
