// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Values of deletion_policy: what destroy does.
const (
	turnOffAutoRenew         = "turn_off_auto_renew"
	cancelNow                = "cancel"
	cancelOrTurnOffAutoRenew = "cancel_or_turn_off_auto_renew"
	abandon                  = "abandon"
	prevent                  = "prevent"
)

// window is until when a subscription can be cancelled by the partner.
type window struct {
	until time.Time // zero: no limit is known
	known bool
}

// cancellationWindow reads the window from what the service says about the subscription itself; the service's answer to a
// cancellation is the last word. Without any date nothing is known, and the service is asked.
func cancellationWindow(s *partnercenter.Subscription) window {
	if anyTime(s.Family(), s.IsTrial, !purchase.Activated(s)) {
		return window{}
	}
	refunds := make([]time.Time, len(s.RefundOptions))
	for i, option := range s.RefundOptions {
		refunds[i] = option.ExpiresAt.Time
	}
	return windowFrom(s.Family() == partnercenter.FamilyNewCommerce && !s.IsTrial, s.CancellationAllowedUntilDate.Time, refunds)
}

// windowOf is cancellationWindow for what the state knows.
func windowOf(state *subscriptionResourceModel) window {
	if anyTime(partnercenter.Family(state.ProductType.ValueString()), state.IsTrial.ValueBool(), isWaiting(state)) {
		return window{}
	}
	var refunds []time.Time
	for _, element := range state.RefundOptions.Elements() {
		option, ok := element.(types.Object)
		if !ok {
			continue
		}
		expires, ok := option.Attributes()["expires_at"].(timetypes.RFC3339)
		if !ok {
			continue
		}
		at, _ := partnercenter.ParseTime(expires.ValueString()) // null is "", which is no time
		refunds = append(refunds, at.Time)
	}
	until, _ := partnercenter.ParseTime(state.CancellationAllowedUntilDate.ValueString())
	dated := state.ProductType.ValueString() == string(partnercenter.FamilyNewCommerce) && !state.IsTrial.ValueBool()
	return windowFrom(dated, until.Time, refunds)
}

// anyTime holds for marketplace subscriptions without a window: free trials, and those that were never activated and are not billed.
// See the commerce reference, Cancellation windows and Working decisions.
func anyTime(family partnercenter.Family, trial, waiting bool) bool {
	return family == partnercenter.FamilyMarketplaceSaaS && (trial || waiting)
}

// windowFrom takes the service's date, else the last refund option. Paid new-commerce subscriptions are dated for as long as they can be
// cancelled, so no date says that they cannot.
func windowFrom(dated bool, until time.Time, refunds []time.Time) window {
	if !until.IsZero() {
		return window{until: until, known: true}
	}
	for _, expires := range refunds {
		if expires.IsZero() {
			return window{} // refunded for as long as it exists
		}
		if expires.After(until) {
			until = expires
		}
	}
	return window{until: until, known: dated || !until.IsZero()}
}

func (w window) closed(now time.Time) bool { return w.known && !now.Before(w.until) }

func (w window) String() string {
	if w.until.IsZero() {
		return "the cancellation window is over"
	}
	return "the cancellation window ended on " + words.Day(w.until)
}

// windowCodes are the refusals of a cancellation that comes too late.
var windowCodes = []string{"900117", "900213", "900214", "900257"}

// end does what deletion_policy says with a subscription of Partner Center, and returns what people should know afterwards.
func end(ctx context.Context, client *partnercenter.Client, customerID, policy string, s *partnercenter.Subscription) (string, error) {
	if s.Ended() {
		return "", nil
	}
	switch policy {
	case abandon:
		return fmt.Sprintf("Subscription %s was left as it is at Partner Center (deletion_policy = %q). %s", s.ID, abandon, goesOn(s)), nil
	case prevent:
		return "", fmt.Errorf("deletion_policy is %q, so nothing was changed at Partner Center. To destroy the subscription, apply another deletion_policy first", prevent)
	case cancelNow:
		return "", cancelSubscription(ctx, client, customerID, s)
	case cancelOrTurnOffAutoRenew:
		err := cancelSubscription(ctx, client, customerID, s)
		if err == nil || !tooLate(err) && !partnercenter.HasCode(err, notCancellable) {
			return "", err
		}
	}
	return stopRenewing(ctx, client, customerID, s)
}

// notCancellable is the refusal to cancel what cannot be cancelled at all, such as a new-commerce trial.
const notCancellable = "800096"

// tooLateError is a cancellation that was not tried because its window is known to be over.
type tooLateError struct{ window window }

func (e *tooLateError) Error() string {
	return e.window.String() + ", so Partner Center does not cancel it any more"
}

func tooLate(err error) bool {
	var late *tooLateError
	return errors.As(err, &late) || partnercenter.HasCode(err, windowCodes...)
}

func cancelSubscription(ctx context.Context, client *partnercenter.Client, customerID string, s *partnercenter.Subscription) error {
	if w := cancellationWindow(s); w.closed(client.ServiceTime()) {
		return &tooLateError{w}
	}
	deleted := "deleted"
	_, err := client.UpdateSubscription(ctx, customerID, s.ID, partnercenter.SubscriptionChange{Status: &deleted})
	return err
}

// stopRenewing makes sure that the subscription ends with its term. New-commerce subscriptions need the cancellation scheduled as
// well: without it they go on month by month, at a higher price.
func stopRenewing(ctx context.Context, client *partnercenter.Client, customerID string, s *partnercenter.Subscription) (string, error) {
	renew := false
	after, warnings, err := reconcile(ctx, client, customerID, s, desired{autoRenew: &renew})
	if err != nil {
		return "", err
	}
	return strings.Join(append([]string{fmt.Sprintf("Subscription %s no longer renews. %s", s.ID, goesOn(after))}, warnings...), " "), nil
}

// goesOn says what still bills.
func goesOn(s *partnercenter.Subscription) string {
	end := commitmentEnd(s)
	switch {
	case s.Ended():
		return "It has ended."
	case end.IsZero():
		return "It goes on, and is billed, until it ends at Partner Center."
	case s.AutoRenewEnabled:
		return fmt.Sprintf("It goes on and renews on %s.", words.Day(end.Time))
	}
	return fmt.Sprintf("It goes on, and is billed, until %s.", words.Day(end.Time))
}
