// SPDX-License-Identifier: MPL-2.0

package change

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// NoCancelScheduled is the warning where Partner Center takes "no renewal" but shows no cancellation for the end of the term.
const NoCancelScheduled = "Auto-renew is off, but Partner Center shows no cancellation scheduled for the end of the term: " +
	"the subscription may go on month by month in a paid extended service term. Look at it in Partner Center before the term ends."

// setAutoRenew switches the renewal on or off. See reference/commerce.md#renewal-behavior.
func setAutoRenew(want Desired, got *partnercenter.Subscription) *step {
	facts := FactsOf(got)
	switch want.AtTermEnd {
	case TermEndCancel:
		return stopRenewal(facts)
	case TermEndRenew:
	default:
		return nil
	}
	if facts.AtTermEnd() == TermEndRenew {
		return nil
	}
	on := partnercenter.SubscriptionChange{AutoRenewEnabled: new(true)}
	if facts.PaidNewCommerce() || len(got.ScheduledActions) > 0 {
		on.ScheduledActions = atTermEnd(partnercenter.ActionRenewToNewTerm, nil)
	}
	return &step{change: on}
}

// extendTerm lets a subscription go on in a paid extended service term after its term. Like the end it takes both the flag and the
// scheduled action: what is said by only one of them Partner Center may make into something else.
func extendTerm(want Desired, got *partnercenter.Subscription) *step {
	if want.AtTermEnd != TermEndExtend || FactsOf(got).AtTermEnd() == TermEndExtend {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{
		AutoRenewEnabled: new(false), ScheduledActions: atTermEnd(partnercenter.ActionRenewToExtendedServiceTerm, nil),
	}}
}

// stopsRenewing holds for changes after which there is no next term.
func (want Desired) stopsRenewing() bool {
	return want.AtTermEnd == TermEndCancel || want.AtTermEnd == TermEndExtend
}

// stopRenewal ends a subscription with its term. For new commerce that takes two things: no renewal, and a scheduled cancellation.
func stopRenewal(facts Facts) *step {
	off := partnercenter.SubscriptionChange{AutoRenewEnabled: new(false)}
	switch {
	case !facts.AutoRenew && !facts.GoesOnAfterTerm():
		return nil
	case !facts.NeedsScheduledCancel():
		return &step{change: off}
	}
	off.ScheduledActions = atTermEnd(partnercenter.ActionCancel, nil)
	return &step{change: off, mayStayUndone: NoCancelScheduled}
}

// setNextTerm sets, changes or removes what the subscription renews into. What is left over of a renewal that was turned off can go.
// Where the service shows scheduled actions too, both have to say the same, because the actions win.
func setNextTerm(want Desired, got *partnercenter.Subscription) *step {
	if !want.ManageNext || want.NextTerm != nil && !got.AutoRenewEnabled {
		return nil
	}
	s := &step{}
	switch {
	case want.NextTerm == nil && got.ScheduledNextTermInstructions == nil:
		return nil
	case want.NextTerm == nil:
		s.change.ClearNextTerm = true
	case sameInstructions(want.NextTerm, got.ScheduledNextTermInstructions):
		return nil
	default:
		s.change.NextTerm = want.NextTerm
	}
	if len(got.ScheduledActions) > 0 && got.AutoRenewEnabled {
		s.change.ScheduledActions = atTermEnd(partnercenter.ActionRenewToNewTerm, want.NextTerm)
	}
	return s
}

func atTermEnd(action string, instructions *partnercenter.NextTermInstructions) *[]partnercenter.ScheduledAction {
	return &[]partnercenter.ScheduledAction{{ScheduleType: partnercenter.ScheduleTermEnd, ActionType: action, Instructions: instructions}}
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
