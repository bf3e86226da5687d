// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Policy is what ending a subscription means: a value of deletion_policy.
type Policy string

// The policies.
const (
	PolicyTurnOffAutoRenew         Policy = "turn_off_auto_renew"
	PolicyCancel                   Policy = "cancel"
	PolicyCancelOrTurnOffAutoRenew Policy = "cancel_or_turn_off_auto_renew"
	PolicyAbandon                  Policy = "abandon"
	PolicyPrevent                  Policy = "prevent"
)

// Policies are all of them, by what they do.
func Policies() []string {
	return []string{string(PolicyTurnOffAutoRenew), string(PolicyCancel), string(PolicyCancelOrTurnOffAutoRenew), string(PolicyAbandon), string(PolicyPrevent)}
}

const (
	codeNotCancellable = "800096" // what cannot be canceled at all, such as a new-commerce trial
	codeNotActivated   = "800081"
)

// NotCancellable says that Partner Center refused to cancel or suspend what can never be.
func NotCancellable(err error) bool { return partnercenter.HasCode(err, codeNotCancellable) }

// TooLateError is a cancellation that is not tried because its window is known to be over.
type TooLateError struct{ Window Window }

func (e *TooLateError) Error() string {
	return e.Window.String() + ", so Partner Center does not cancel it any more"
}

// TooLate says that a cancellation failed because its window is over, by what is known or by Partner Center's own word.
func TooLate(err error) bool {
	_, late := errors.AsType[*TooLateError](err)
	return late || partnercenter.HasCode(err, windowCodes...)
}

// End ends a subscription of Partner Center as the policy says, and returns what people should know afterwards.
func End(ctx context.Context, buyer purchase.Buyer, customerID string, policy Policy, s *partnercenter.Subscription) (note string, err error) {
	note, err = endBy(ctx, buyer, customerID, policy, s)
	if err != nil {
		return "", wayOut(policy, err)
	}
	buyer.Claims.GivenUp(s.ID)
	return note, nil
}

func endBy(ctx context.Context, buyer purchase.Buyer, customerID string, policy Policy, s *partnercenter.Subscription) (string, error) {
	if s.Ended() {
		return "", nil
	}
	switch policy {
	case PolicyAbandon:
		return fmt.Sprintf("Subscription %s was left as it is at Partner Center (deletion_policy = %q). %s", s.ID, policy, GoesOn(s)), nil
	case PolicyPrevent:
		return "", fmt.Errorf("deletion_policy is %q, so nothing was changed at Partner Center. To destroy the subscription, apply another deletion_policy first", policy)
	case PolicyCancel:
		return "", Cancel(ctx, buyer, customerID, s)
	case PolicyCancelOrTurnOffAutoRenew:
		err := Cancel(ctx, buyer, customerID, s)
		if err == nil || !TooLate(err) && !NotCancellable(err) {
			return "", err
		}
	}
	return stopRenewing(ctx, buyer, customerID, s)
}

// Cancel ends a subscription at once, inside its window.
func Cancel(ctx context.Context, buyer purchase.Buyer, customerID string, s *partnercenter.Subscription) error {
	if w := FactsOf(s).Window(); w.Closed(buyer.Client.EarliestTime()) {
		return &TooLateError{w}
	}
	_, err := buyer.Client.UpdateSubscription(ctx, customerID, s.ID, partnercenter.SubscriptionChange{Status: new(partnercenter.StatusDeleted)})
	if err == nil {
		buyer.Claims.GivenUp(s.ID)
	}
	return err
}

// stopRenewing makes sure that the subscription ends with its term.
func stopRenewing(ctx context.Context, buyer purchase.Buyer, customerID string, s *partnercenter.Subscription) (string, error) {
	after, warnings, err := Apply(ctx, buyer, customerID, s, Desired{AtTermEnd: TermEndCancel}, nil)
	if err != nil {
		return "", err
	}
	if !after.Ended() && after.AutoRenewEnabled { // what is suspended takes no change of its renewal: see PATCH semantics
		return "", &partnercenter.AdvisedError{Err: fmt.Errorf("%s is %s, and its auto-renew is still on: nothing was changed, and it renews once it is active again", Title(after), strings.ToLower(after.Status)), Advice: words.StopSuspended(string(PolicyCancel), string(PolicyAbandon))}
	}
	return strings.Join(append([]string{fmt.Sprintf("Subscription %s no longer renews. %s", s.ID, GoesOn(after))}, warnings...), " "), nil
}

// wayOut adds what to do about an end that Partner Center does not allow, instead of the general advice for its code.
func wayOut(policy Policy, err error) error {
	switch {
	case policy == PolicyCancel && (TooLate(err) || NotCancellable(err)):
		return &partnercenter.AdvisedError{Err: err, Advice: fmt.Sprintf("Apply deletion_policy = %q to let it end with its term, or %q to only forget it.", PolicyTurnOffAutoRenew, PolicyAbandon)}
	case policy == PolicyTurnOffAutoRenew && partnercenter.HasCode(err, codeNotActivated):
		return &partnercenter.AdvisedError{Err: err, Advice: fmt.Sprintf("Before its activation the renewal of the subscription cannot be changed: apply deletion_policy = %q to cancel it, or let the customer activate it first.", PolicyCancel)}
	}
	return err
}

// RefusedEnd says why ending by the policy is known to fail, "" where nothing is known that keeps it from being done.
func (f Facts) RefusedEnd(policy Policy, now time.Time) (title, text string) {
	name, w := f.brief(), f.Window()
	stopsRenewing := policy == PolicyTurnOffAutoRenew || policy == PolicyCancelOrTurnOffAutoRenew && !f.Cancellable(now)
	switch {
	case f.Ended():
		return "", ""
	case f.Unactivated() && policy == PolicyTurnOffAutoRenew:
		return words.EndsUnactivated(name, f.Publisher, string(PolicyCancel))
	case policy == PolicyCancel && w.Closed(now):
		return words.EndsTooLate(name, w.String(), string(policy), string(PolicyTurnOffAutoRenew), f.termEnd("its last day"))
	case policy == PolicyCancel && !f.Cancellable(now):
		return words.TrialNotCancellable(name, string(policy), string(PolicyTurnOffAutoRenew), f.termEnd("its last day"))
	case f.Suspended() && f.AutoRenew && stopsRenewing:
		return words.EndsSuspendedRenewing(name, string(policy), string(PolicyCancel), string(PolicyAbandon))
	}
	return "", ""
}

// Cancellable says that Partner Center is worth asking for a cancellation: the window is not known to be over, and it is no trial of
// new commerce, whose status never changes. See reference/commerce.md#free-trials.
func (f Facts) Cancellable(now time.Time) bool {
	return !f.Window().Closed(now) && (f.Family != partnercenter.FamilyNewCommerce || !f.Trial)
}

func (f Facts) brief() string {
	return fmt.Sprintf("Subscription %s (%s)", escape.ID(f.ID), escape.Quoted(f.FriendlyName))
}

// EndConsequences says what ending a subscription by the policy does, what goes on being billed, and until when more could be undone.
//
// monthly is what it costs a month, "" where that is not known.
func (f Facts) EndConsequences(policy Policy, now time.Time, monthly string) (title, text string) {
	if title, text = f.RefusedEnd(policy, now); title != "" {
		return title, text
	}
	name, until, w := f.brief(), f.termEnd("its term ends"), f.Window()
	switch {
	case policy == PolicyAbandon && f.Trial:
		return words.TrialForgotten(name, f.GoesOn())
	case policy == PolicyAbandon:
		return words.EndsForgotten(name, string(policy), f.GoesOn(), monthly)
	case policy == PolicyCancel, policy == PolicyCancelOrTurnOffAutoRenew && f.Cancellable(now):
		return words.EndsAtOnce(name, w.LastMoment())
	case f.Trial:
		return words.TrialEnds(name, until)
	case w.Known && !w.Closed(now):
		return words.EndsWithTerm(name, until, monthly, fmt.Sprintf("It could still be canceled until %s: apply deletion_policy = %q before destroying it.", words.Day(w.Until), PolicyCancel))
	}
	return words.EndsWithTerm(name, until, monthly, "")
}

// ReplacedConsequences says what becomes of a subscription that ends by the policy once another one is bought in its place.
//
// monthly is what it costs a month, "" where that is not known.
func (f Facts) ReplacedConsequences(policy Policy, now time.Time, monthly string) (title, text string) {
	name, until := f.Title(), f.termEnd("its term ends")
	switch {
	case policy == PolicyAbandon && (f.Trial || f.Unactivated()):
		return words.ReplacedFree(name, f.GoesOn())
	case policy == PolicyAbandon:
		return words.ReplacedForgotten(name, f.GoesOn(), monthly)
	case policy == PolicyCancel, policy == PolicyCancelOrTurnOffAutoRenew && f.Cancellable(now):
		return words.ReplacedAtOnce(name, f.Window().LastMoment())
	case f.Trial:
		return words.ReplacedTrial(name, until)
	}
	return words.ReplacedWithTerm(name, until, monthly)
}

// AfterReplacement is what becomes of a subscription by the policy once another one is bought in its place, as the rest of a sentence.
func AfterReplacement(policy Policy) string {
	switch policy {
	case PolicyAbandon:
		return "is left as it is at Partner Center, and goes on"
	case PolicyCancel:
		return "is canceled"
	case PolicyCancelOrTurnOffAutoRenew:
		return "is canceled, or no longer renews where its cancellation window is over,"
	}
	return "no longer renews, and goes on until its term ends,"
}

// Refund says what Partner Center's own refund options promise for a cancellation now.
func Refund(s *partnercenter.Subscription, now time.Time) string {
	if s.IsTrial {
		return "It was a free trial, and nothing is charged."
	}
	for _, option := range s.RefundOptions {
		if option.ExpiresAt.IsZero() || now.Before(option.ExpiresAt.Time) {
			return fmt.Sprintf("Partner Center offered a %s refund at this time; the next invoice shows it, and what was used until now.", strings.ToLower(option.Type))
		}
	}
	return "Nothing is billed for later terms; what this term still costs is on the next invoice."
}
