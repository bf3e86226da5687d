// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*suspendSubscriptionAction)(nil)
	_ action.ActionWithModifyPlan = (*suspendSubscriptionAction)(nil)
)

// NewSuspendSubscriptionAction blocks the access to a subscription.
func NewSuspendSubscriptionAction() action.Action { return &suspendSubscriptionAction{} }

type suspendSubscriptionAction struct{ subscriptionAction }

func (a *suspendSubscriptionAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_suspend_subscription"
}

func (a *suspendSubscriptionAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionSchema(ctx, "Suspends a subscription: its users lose access until it is reactivated.\n\n"+
		"**A suspended new-commerce subscription is still billed.** Suspending switches auto-renew off and removes what is scheduled for the renewal, "+
		"and the data is lost when it is not reactivated by the end of the term. Partner Center may refuse to suspend marketplace subscriptions: those are canceled, or not renewed.", "20m", nil)
}

func (a *suspendSubscriptionAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	got, customerID := a.look(ctx, req.Config, &resp.Diagnostics)
	if got == nil || refuseOver(&resp.Diagnostics, got, "suspended") || change.IsSuspended(got) {
		return
	}
	resp.Diagnostics.AddWarning("Subscription will be suspended"+words.Subject(got.FriendlyName, customerID), words.Sentence(change.Title(got)+" will be suspended. "+change.FactsOf(got).SuspensionConsequences()))
}

func (a *suspendSubscriptionAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config subscriptionActionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	run, ctx, cancel := a.begin(ctx, &config, framework.UpdateTimeout, resp)
	defer cancel()
	if run == nil || refuseOver(&resp.Diagnostics, run.before, "suspended") || refuseWaiting(&resp.Diagnostics, run.before) {
		return
	}
	if change.IsSuspended(run.before) {
		run.say("%s is suspended already; nothing was sent.", change.Title(run.before))
		return
	}
	run.say("Suspending %s.", change.Title(run.before))
	status := partnercenter.StatusSuspended
	after, err := run.change(ctx, partnercenter.SubscriptionChange{Status: &status})
	if run.failed("suspend subscription", explainSuspend(run.before, err)) {
		return
	}
	run.say("%s is suspended. %s", change.Title(after), change.FactsOf(after).SuspensionConsequences())
}

// explainSuspend adds the way out where Partner Center does not suspend.
func explainSuspend(s *partnercenter.Subscription, err error) error {
	if !change.NotCancellable(err) || s.Family() != partnercenter.FamilyMarketplaceSaaS {
		return err
	}
	return fmt.Errorf("%w. Nothing was changed: it stays active. To stop it, cancel it inside its cancellation window (action partnercenter_cancel_subscription), or let it end with its term (auto_renew_enabled = false of its partnercenter_subscription)", err)
}
