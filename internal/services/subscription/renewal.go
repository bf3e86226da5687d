// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

const (
	atTermEnd    = "TermEnd"
	actionCancel = "Cancel"
	actionRenew  = "RenewToNewTerm"
)

// noCancelScheduled is the warning where Partner Center takes "no renewal" but shows no cancellation for the end of the term.
const noCancelScheduled = "Auto-renew is off, but Partner Center shows no cancellation scheduled for the end of the term: " +
	"the subscription may go on month by month in a paid extended service term. Look at it in Partner Center before the term ends."

// renewal is the first missing change of what happens at the end of the term. See the commerce reference, Renewal behaviour.
func (want desired) renewal(got *partnercenter.Subscription) *step {
	if want.autoRenew != nil && !*want.autoRenew {
		if s := want.lapse(got); s != nil {
			return s
		}
	}
	if want.autoRenew != nil && *want.autoRenew && (!got.AutoRenewEnabled || endsWithTerm(got)) {
		change := partnercenter.SubscriptionChange{AutoRenewEnabled: want.autoRenew}
		if len(got.ScheduledActions) > 0 {
			change.ScheduledActions = &[]partnercenter.ScheduledAction{{ScheduleType: atTermEnd, ActionType: actionRenew}}
		}
		return &step{what: "auto_renew_enabled", change: change}
	}
	if want.manageNext && (got.AutoRenewEnabled || want.nextTerm == nil) { // what is left over of a renewal that was turned off can go
		return want.instructions(got)
	}
	return nil
}

// lapse ends a subscription with its term. For new commerce that takes two things: no renewal, and a scheduled cancellation.
func (want desired) lapse(got *partnercenter.Subscription) *step {
	if !needsScheduledCancel(got) {
		if !got.AutoRenewEnabled {
			return nil
		}
		return &step{what: "auto_renew_enabled", change: partnercenter.SubscriptionChange{AutoRenewEnabled: want.autoRenew}}
	}
	if !got.AutoRenewEnabled && endsWithTerm(got) {
		return nil
	}
	return &step{
		what: "auto_renew_enabled",
		change: partnercenter.SubscriptionChange{
			AutoRenewEnabled: want.autoRenew,
			ScheduledActions: &[]partnercenter.ScheduledAction{{ScheduleType: atTermEnd, ActionType: actionCancel}},
		},
		mayStayUndone: noCancelScheduled,
	}
}

// instructions sets, changes or removes what the subscription renews into. Where the service shows scheduled actions too, both have
// to say the same, because the actions win.
func (want desired) instructions(got *partnercenter.Subscription) *step {
	s := &step{what: "scheduled_next_term_instructions"}
	actions := []partnercenter.ScheduledAction{{ScheduleType: atTermEnd, ActionType: actionRenew, Instructions: want.nextTerm}}
	switch {
	case want.nextTerm == nil && got.ScheduledNextTermInstructions == nil:
		return nil
	case want.nextTerm == nil:
		s.change.ClearNextTerm = true
	case sameInstructions(want.nextTerm, got.ScheduledNextTermInstructions):
		return nil
	default:
		s.change.NextTerm = want.nextTerm
	}
	if len(got.ScheduledActions) > 0 && got.AutoRenewEnabled {
		s.change.ScheduledActions = &actions
	}
	return s
}

// sameInstructions compares what people decide; the availability is the service's own and changes by itself.
func sameInstructions(want, got *partnercenter.NextTermInstructions) bool {
	return got != nil &&
		want.Product.ProductID == got.Product.ProductID && want.Product.SkuID == got.Product.SkuID &&
		want.Product.TermDuration == got.Product.TermDuration && strings.EqualFold(want.Product.BillingCycle, got.Product.BillingCycle) &&
		want.Product.PromotionID == got.Product.PromotionID &&
		(want.Quantity == 0 || want.Quantity == got.Quantity) &&
		want.CustomTermEndDate.Equal(got.CustomTermEndDate.Time)
}

// needsScheduledCancel: since 2026, new-commerce subscriptions without renewal roll into a paid extended service term.
func needsScheduledCancel(s *partnercenter.Subscription) bool {
	return s.Family() == partnercenter.FamilyNewCommerce && !s.IsTrial
}

// endsWithTerm reports a cancellation scheduled for the end of the term.
func endsWithTerm(s *partnercenter.Subscription) bool {
	for _, a := range s.ScheduledActions {
		if strings.EqualFold(a.ScheduleType, atTermEnd) && strings.EqualFold(a.ActionType, actionCancel) {
			return true
		}
	}
	return false
}
