// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*cancelSubscriptionAction)(nil)
	_ action.ActionWithModifyPlan = (*cancelSubscriptionAction)(nil)
)

// NewCancelSubscriptionAction ends a subscription at once.
func NewCancelSubscriptionAction() action.Action { return &cancelSubscriptionAction{} }

type cancelSubscriptionAction struct{ subscriptionAction }

func (a *cancelSubscriptionAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cancel_subscription"
}

func (a *cancelSubscriptionAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionSchema(ctx, "Cancels a subscription at once, inside its cancellation window: for marketplace SaaS 3 days after the purchase, for new-commerce licenses 7 days. "+
		"**This cannot be undone**, and the users lose access. Outside the window the plan fails and names the date; let the subscription end with its term then, by `auto_renew_enabled = false` of its `partnercenter_subscription`.\n\n"+
		"A `partnercenter_subscription` that manages the subscription shows it as ended afterwards: remove it from the configuration.", "20m", nil)
}

func (a *cancelSubscriptionAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	got, customerID := a.look(ctx, req.Config, &resp.Diagnostics)
	if got == nil || got.Ended() {
		return
	}
	w, now := change.FactsOf(got).Window(), a.Client.EarliestTime()
	switch {
	case w.Closed(now):
		framework.Failed(&resp.Diagnostics, "cancel subscription", explainCancel(got, &change.TooLateError{Window: w}))
		return
	case !change.FactsOf(got).Cancellable(now):
		framework.Failed(&resp.Diagnostics, "cancel subscription", errors.New(trialStays(got)))
		return
	}
	resp.Diagnostics.AddWarning("Subscription will be canceled"+words.Subject(got.FriendlyName, customerID), words.Sentence(change.Title(got)+" will be canceled at once; this cannot be undone."+w.LastMoment()))
}

func (a *cancelSubscriptionAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config subscriptionActionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	run, ctx, cancel := a.begin(ctx, &config, framework.DeleteTimeout, resp)
	defer cancel()
	if run == nil {
		return
	}
	if run.before.Ended() {
		run.say("%s is %s already; nothing was sent.", change.Title(run.before), strings.ToLower(run.before.Status))
		return
	}
	run.say("Canceling %s.%s", change.Title(run.before), change.FactsOf(run.before).Window().LastMoment())
	if run.failed("cancel subscription", explainCancel(run.before, change.Cancel(ctx, run.Buyer(), run.customerID, run.before))) {
		return
	}
	run.say("%s is canceled and does not renew. %s If a partnercenter_subscription manages it, remove that from the configuration.", change.Title(run.before), change.Refund(run.before, run.Client.ServiceTime()))
}

// explainCancel adds the way out where Partner Center does not cancel.
func explainCancel(s *partnercenter.Subscription, err error) error {
	var kept *partnercenter.NotAppliedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kept) && kept.Subscription != nil && s.AutoRenewEnabled && !kept.Subscription.AutoRenewEnabled:
		return fmt.Errorf("%s was not canceled now: Partner Center switched its auto-renew off instead. %s", change.Title(s), change.GoesOn(kept.Subscription))
	case change.TooLate(err):
		return fmt.Errorf("%s: %w. Let it end with its term instead: auto_renew_enabled = false of its partnercenter_subscription, or Partner Center. %s", change.Title(s), err, change.GoesOn(s))
	case change.NotCancellable(err) && s.IsTrial:
		return fmt.Errorf("%w. %s", err, words.Sentence(trialStays(s)))
	case change.NotCancellable(err) && s.Family() == partnercenter.FamilyLegacy:
		return fmt.Errorf("%w. Subscriptions of legacy offers are suspended instead (action partnercenter_suspend_subscription), which stops their billing", err)
	}
	return err
}

// trialStays says how a trial ends that Partner Center does not cancel.
func trialStays(s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s is a free trial, whose status Partner Center does not change. Let it end with its term instead: auto_renew_enabled = false of its partnercenter_subscription, or Partner Center. %s", change.Title(s), change.GoesOn(s))
}
