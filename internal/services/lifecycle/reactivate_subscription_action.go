// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*reactivateSubscriptionAction)(nil)
	_ action.ActionWithModifyPlan = (*reactivateSubscriptionAction)(nil)
)

// NewReactivateSubscriptionAction gives access to a suspended subscription back.
func NewReactivateSubscriptionAction() action.Action { return &reactivateSubscriptionAction{} }

type reactivateSubscriptionAction struct{ subscriptionAction }

type reactivateSubscriptionModel struct {
	subscriptionActionModel

	AutoRenewEnabled types.Bool `tfsdk:"auto_renew_enabled"`
}

func (a *reactivateSubscriptionAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_reactivate_subscription"
}

func (a *reactivateSubscriptionAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionSchema(ctx, "Reactivates a suspended subscription: its users have access again. That is possible until its term ends.", "20m", map[string]schema.Attribute{
		"auto_renew_enabled": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "What to do about auto-renew afterwards. Suspending switched it off, and reactivating alone leaves it off: `true` switches it on again; " +
				"`false` makes sure that the subscription ends with its term, for new-commerce products with a scheduled cancellation. Left out, it stays as Partner Center has it.",
		},
	})
}

func (a *reactivateSubscriptionAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if got, _ := a.look(ctx, req.Config, &resp.Diagnostics); got != nil {
		refuseOver(&resp.Diagnostics, got, "reactivated")
	}
}

func (a *reactivateSubscriptionAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config reactivateSubscriptionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	run, ctx, cancel := a.begin(ctx, &config.subscriptionActionModel, framework.UpdateTimeout, resp)
	defer cancel()
	if run == nil || refuseOver(&resp.Diagnostics, run.before, "reactivated") {
		return
	}
	want := change.Desired{Suspended: new(false), AtTermEnd: change.RenewOrCancel(framework.KnownBool(config.AutoRenewEnabled))}
	if !want.Differs(run.before) {
		run.say("%s is %s; nothing was sent. %s", change.Title(run.before), notSuspended(run.before), change.GoesOn(run.before))
		return
	}
	if refuseWaiting(&resp.Diagnostics, run.before) {
		return
	}
	run.say("Reactivating %s.", change.Title(run.before))
	after, warnings, err := change.Apply(ctx, run.Buyer(), run.customerID, run.before, want, nil)
	for _, warning := range warnings {
		run.advise("Check the renewal"+words.Subject(after.FriendlyName, run.customerID), warning)
	}
	if change.IsActive(after) && err != nil {
		run.say("%s is active again, but not everything was done. %s", change.Title(after), change.GoesOn(after))
	}
	if run.failed("reactivate subscription", err) {
		return
	}
	run.say("%s is active again, with %s. %s %s", change.Title(after), words.Count(int64(after.Quantity), "license"), autoRenewWords(after), change.GoesOn(after))
	if len(warnings) == 0 && change.FactsOf(after).GoesOnAfterTerm() {
		run.advise("Check the renewal"+words.Subject(after.FriendlyName, run.customerID), change.NoCancelScheduled)
	}
}

// notSuspended is the status of what need not be reactivated, which is not always active: marketplace software may wait for its set-up.
func notSuspended(s *partnercenter.Subscription) string {
	if change.IsActive(s) {
		return partnercenter.StatusActive + " already"
	}
	return escape.Terminal(strings.ToLower(s.Status)) + ", and not suspended"
}

func autoRenewWords(s *partnercenter.Subscription) string {
	if s.AutoRenewEnabled {
		return "Auto-renew is on."
	}
	return "Auto-renew is off: a suspension switches it off, and reactivating leaves it off unless auto_renew_enabled = true is set."
}
