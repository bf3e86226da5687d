// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*activateSubscriptionAction)(nil)
	_ action.ActionWithModifyPlan = (*activateSubscriptionAction)(nil)
)

// NewActivateSubscriptionAction plays the publisher's part in the integration sandbox.
func NewActivateSubscriptionAction() action.Action { return &activateSubscriptionAction{} }

type activateSubscriptionAction struct{ subscriptionAction }

func (a *activateSubscriptionAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_activate_subscription"
}

func (a *activateSubscriptionAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = actionSchema(ctx, "Activates a marketplace subscription in the integration sandbox, where no publisher does it and links are dummies; the sandbox's billing starts with it. "+
		"Elsewhere Partner Center refuses it: there a person of the customer opens the link of `partnercenter_activation_links`, and the publisher activates.", "20m", nil)
}

func (a *activateSubscriptionAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if got, _ := a.look(ctx, req.Config, &resp.Diagnostics); got != nil {
		refuseActivation(&resp.Diagnostics, got)
	}
}

func refuseActivation(diags *diag.Diagnostics, s *partnercenter.Subscription) bool {
	if s.Family() != partnercenter.FamilyMarketplaceSaaS {
		diags.AddAttributeError(path.Root("subscription_id"), "Nothing to activate", words.Sentence(change.Title(s)+" is no marketplace subscription: it is active from its purchase on"))
		return true
	}
	return refuseOver(diags, s, "activated")
}

func (a *activateSubscriptionAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config subscriptionActionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	run, ctx, cancel := a.begin(ctx, &config, framework.UpdateTimeout, resp)
	defer cancel()
	if run == nil || refuseActivation(&resp.Diagnostics, run.before) {
		return
	}
	if change.Activated(run.before) {
		run.say("%s was activated before; nothing was sent. %s", change.Title(run.before), change.GoesOn(run.before))
		return
	}
	run.say("Activating %s.", change.Title(run.before))
	after, err := run.activate(ctx)
	if !run.failed("activate subscription", err) {
		run.say("%s is activated, with %s, and its billing has started. %s", change.Title(after), words.Count(int64(after.Quantity), "license"), change.GoesOn(after))
	}
}

const (
	alreadyActivated = "800041"
	sandboxOnly      = "900127"
)

// activate asks once and reads until it shows: also after an answer that was lost, because the request is not repeated then.
func (i *invocation) activate(ctx context.Context) (*partnercenter.Subscription, error) {
	asked := i.Client.ActivateSubscription(ctx, i.customerID, i.before.ID)
	switch {
	case asked == nil || partnercenter.HasCode(asked, alreadyActivated) || partnercenter.OutcomeUnknown(asked):
	case partnercenter.HasCode(asked, sandboxOnly):
		return nil, fmt.Errorf("%w. Outside the integration sandbox the publisher activates: open the link of partnercenter_activation_links and finish the set-up there", asked)
	default:
		return nil, asked
	}
	after := i.before
	err := i.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		got, err := i.Client.Subscription(ctx, i.customerID, i.before.ID)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		after = got
		return change.Activated(got), nil
	})
	switch {
	case err == nil:
		return after, nil
	case partnercenter.OutcomeUnknown(asked):
		return after, asked
	case errors.Is(err, context.DeadlineExceeded):
		return after, fmt.Errorf("the activation of subscription %s was accepted, but the subscription still shows that it waits for its set-up. Run plan again in some minutes", i.before.ID)
	}
	return after, err
}
