// SPDX-License-Identifier: MPL-2.0

// Package lifecycle is the actions: single steps in the life of a subscription, reviewed as code.
package lifecycle

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// subscriptionAction is embedded by the actions on one subscription.
type subscriptionAction struct{ framework.Action }

// subscriptionActionModel is what these actions are configured with, alone or with more.
type subscriptionActionModel struct {
	CustomerID     types.String   `tfsdk:"customer_id"`
	SubscriptionID types.String   `tfsdk:"subscription_id"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
}

// actionSchema is the schema of an action on one subscription.
func actionSchema(ctx context.Context, description, timeout string, more map[string]schema.Attribute) schema.Schema {
	attributes := map[string]schema.Attribute{
		"customer_id": schema.StringAttribute{
			Required: true, Validators: []validator.String{framework.GUID("a customer ID")},
			MarkdownDescription: "Customer the subscription belongs to: its tenant ID, which Partner Center shows as \"Microsoft ID\".",
		},
		"subscription_id": schema.StringAttribute{
			Required: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Subscription the action is about.",
		},
		"timeouts": timeouts.AttributesWithOpts(ctx, timeouts.Opts{InvokeDescription: "How long the outcome is waited for; `" + timeout + "` by default."}),
	}
	maps.Copy(attributes, more)
	return schema.Schema{MarkdownDescription: description + "\n\nActions need Terraform 1.14.", Attributes: attributes}
}

// look reads the subscription at plan time, and says whose it is; it is nil where the configuration does not say yet which one is meant.
func (a *subscriptionAction) look(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (got *partnercenter.Subscription, customerID string) {
	var customer, subscription types.String
	diags.Append(config.GetAttribute(ctx, path.Root("customer_id"), &customer)...)
	diags.Append(config.GetAttribute(ctx, path.Root("subscription_id"), &subscription)...)
	if a.Provider == nil || diags.HasError() || !framework.Known(customer) || !framework.Known(subscription) {
		return nil, ""
	}
	ctx, cancel := a.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	got, err := a.Client.Subscription(ctx, customer.ValueString(), subscription.ValueString())
	if framework.FailedAttribute(diags, path.Root("subscription_id"), "read subscription", err) {
		return nil, ""
	}
	return got, customer.ValueString()
}

// invocation is one run of an action on one subscription.
type invocation struct {
	*framework.Provider
	customerID string
	before     *partnercenter.Subscription
	resp       *action.InvokeResponse
}

// begin bounds the time of a run and reads the subscription, which nothing else in this run changes meanwhile, nor the others. The run is nil
// where that fails; cancel is to be called in any case.
func (a *subscriptionAction) begin(ctx context.Context, config *subscriptionActionModel, timeout time.Duration, resp *action.InvokeResponse, others ...string) (*invocation, context.Context, context.CancelFunc) {
	timeout, diags := config.Timeouts.Invoke(ctx, timeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return nil, ctx, func() {}
	}
	ctx, cancel := a.Client.WithTimeout(ctx, timeout)
	run := &invocation{Provider: a.Provider, customerID: config.CustomerID.ValueString(), resp: resp}
	unlock := lockAll(a.Claims.LockSubscription, append(others, config.SubscriptionID.ValueString())...)
	done := func() { unlock(); cancel() }
	var err error
	run.before, err = change.ReadNew(ctx, a.Client, run.customerID, config.SubscriptionID.ValueString())
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("subscription_id"), "read subscription", err) {
		return nil, ctx, done
	}
	return run, ctx, done
}

// lockAll locks several subscriptions, each once, and always in the same order: two runs that need the same two do not wait for each other.
func lockAll(lock func(id string) (unlock func()), ids ...string) (unlock func()) {
	for i, id := range ids {
		ids[i] = strings.ToLower(id)
	}
	slices.Sort(ids)
	var unlocks []func()
	for _, id := range slices.Compact(ids) {
		if id != "" {
			unlocks = append(unlocks, lock(id))
		}
	}
	return func() {
		for _, unlock := range slices.Backward(unlocks) {
			unlock()
		}
	}
}

// say shows how far the action is.
func (i *invocation) say(format string, args ...any) {
	i.resp.SendProgress(action.InvokeProgressEvent{Message: words.Sentence(fmt.Sprintf(format, args...))})
}

// advise says what people should do now. Warnings at the end of an action are not shown by Terraform 1.16, so it is said as progress.
func (i *invocation) advise(title, text string) { i.say("%s: %s", title, text) }

// failed ends the run with the error, if there is one.
func (i *invocation) failed(doing string, err error) bool {
	return framework.Failed(&i.resp.Diagnostics, doing, err)
}

// change makes one change of the subscription and waits until it shows.
func (i *invocation) change(ctx context.Context, change partnercenter.SubscriptionChange) (*partnercenter.Subscription, error) {
	return i.Client.UpdateSubscription(ctx, i.customerID, i.before.ID, change)
}

// refuseOver stops what Partner Center does not do with a subscription that has ended.
func refuseOver(diags *diag.Diagnostics, s *partnercenter.Subscription, verb string) bool {
	if !s.Ended() {
		return false
	}
	diags.AddAttributeError(path.Root("subscription_id"), "Subscription has ended",
		words.Sentence(fmt.Sprintf("%s is %s, so it cannot be %s any more. To have the product again, buy it again with a partnercenter_subscription", change.Title(s), strings.ToLower(s.Status), verb)))
	return true
}

// refuseWaiting stops what the service refuses before a marketplace subscription has been set up at its publisher.
func refuseWaiting(diags *diag.Diagnostics, s *partnercenter.Subscription) bool {
	return framework.RefuseUnactivated(diags, change.FactsOf(s))
}
