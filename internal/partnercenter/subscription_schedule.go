// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"slices"
	"strings"
)

// scheduleDifferences compares what is asked for the renewal. Where actions and instructions stand side by side the actions win,
// so the instructions of a renewing action have to say the same. See reference/commerce.md#working-decisions.
func scheduleDifferences(s *Subscription, change SubscriptionChange) []Difference {
	var found []Difference
	present := s.ScheduledNextTermInstructions
	switch {
	case change.NextTerm != nil && !sameInstructions(change.NextTerm, present):
		found = append(found, Difference{propertyNextTerm, change.NextTerm.String(), present.String(), change.NextTerm})
	case change.ClearNextTerm && !present.empty():
		found = append(found, Difference{propertyNextTerm, "none", present.String(), nil})
	}
	wanted := change.ScheduledActions
	if wanted == nil {
		wanted = alignedActions(s.ScheduledActions, change)
	}
	if wanted != nil && !sameActions(*wanted, s.ScheduledActions) && !implied(*wanted, s) {
		value := slices.Clone(*wanted)
		if value == nil {
			value = []ScheduledAction{} // null would mean that nobody said anything
		}
		found = append(found, Difference{propertyScheduledActions, describeActions(*wanted), describeActions(s.ScheduledActions), value})
	}
	return found
}

// alignedActions are the present actions where a renewing one carries the next term asked for; nil if there is none to align.
func alignedActions(present []ScheduledAction, change SubscriptionChange) *[]ScheduledAction {
	if change.NextTerm == nil && !change.ClearNextTerm {
		return nil
	}
	aligned, touched := slices.Clone(present), false
	for i, action := range aligned {
		if action.renews() {
			aligned[i].Instructions = change.NextTerm
			touched = true
		}
	}
	if !touched {
		return nil
	}
	return &aligned
}

// implied holds for a renewal that automatic renewal alone stands for, where the service shows no actions.
func implied(wanted []ScheduledAction, s *Subscription) bool {
	return s.AutoRenewEnabled && len(s.ScheduledActions) == 0 && len(wanted) == 1 && wanted[0].renews() &&
		sameInstructions(wanted[0].Instructions, s.ScheduledNextTermInstructions)
}

func (a ScheduledAction) renews() bool {
	return sameEnum(a.ActionType, ActionRenewToNewTerm) && sameEnum(a.ScheduleType, ScheduleTermEnd)
}

// sameInstructions leaves the availability aside: it is issued anew regularly, so another one does not mean another renewal.
func sameInstructions(want, got *NextTermInstructions) bool {
	if want.empty() || got.empty() {
		return want.empty() && got.empty()
	}
	a, b := want.Product, got.Product
	return a.ProductID == b.ProductID && a.SkuID == b.SkuID && a.PromotionID == b.PromotionID &&
		sameEnum(a.BillingCycle, b.BillingCycle) && sameEnum(a.TermDuration, b.TermDuration) &&
		(want.Quantity == 0 || want.Quantity == got.Quantity) && want.CustomTermEndDate.Equal(got.CustomTermEndDate.Time)
}

func (i *NextTermInstructions) empty() bool {
	return i == nil || *i == (NextTermInstructions{raw: i.raw})
}

// String is the renewal in words.
func (i *NextTermInstructions) String() string {
	if i.empty() {
		return "none"
	}
	text := fmt.Sprintf("%s:%s for %s billed %s", i.Product.ProductID, i.Product.SkuID, i.Product.TermDuration, i.Product.BillingCycle)
	if i.Quantity != 0 {
		text += fmt.Sprintf(", quantity %d", i.Quantity)
	}
	if i.Product.PromotionID != "" {
		text += ", promotion " + i.Product.PromotionID
	}
	if !i.CustomTermEndDate.IsZero() {
		text += ", ending " + i.CustomTermEndDate.Format("2006-01-02")
	}
	return text
}

func sameAction(want, got ScheduledAction) bool {
	return sameEnum(want.ActionType, got.ActionType) && sameEnum(want.ScheduleType, got.ScheduleType) &&
		(want.EffectiveDate.IsZero() || want.EffectiveDate.Equal(got.EffectiveDate.Time)) && sameInstructions(want.Instructions, got.Instructions)
}

// sameActions compares without order: the list has none that means anything.
func sameActions(want, got []ScheduledAction) bool {
	return len(want) == len(got) && !slices.ContainsFunc(want, func(action ScheduledAction) bool { return !hasAction(got, action) })
}

func hasAction(actions []ScheduledAction, action ScheduledAction) bool {
	return slices.ContainsFunc(actions, func(other ScheduledAction) bool { return sameAction(action, other) })
}

func describeActions(actions []ScheduledAction) string {
	words := make([]string, 0, len(actions))
	for _, action := range actions {
		text := action.ActionType + " at " + action.ScheduleType
		if !action.EffectiveDate.IsZero() {
			text += " " + action.EffectiveDate.Format("2006-01-02")
		}
		if !action.Instructions.empty() {
			text += " (" + action.Instructions.String() + ")"
		}
		words = append(words, text)
	}
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// DroppedSchedule is the change that puts back what was scheduled for the renewal in before and is gone in after, because the service
// drops schedules when something else changes; false if nothing is to be put back. It may carry an availability that is no longer on sale.
// See reference/commerce.md#patch-semantics.
func DroppedSchedule(before, after *Subscription) (SubscriptionChange, bool) {
	var change SubscriptionChange
	if after.Ended() {
		return change, false
	}
	if after.AutoRenewEnabled && !before.ScheduledNextTermInstructions.empty() && after.ScheduledNextTermInstructions.empty() {
		change.NextTerm = before.ScheduledNextTermInstructions
	}
	var lost []ScheduledAction
	for _, action := range before.ScheduledActions {
		if after.AutoRenewEnabled || sameEnum(action.ActionType, ActionCancel) || sameEnum(action.ActionType, ActionRenewToExtendedServiceTerm) { // the others need automatic renewal
			lost = append(lost, action)
		}
	}
	if slices.ContainsFunc(lost, func(action ScheduledAction) bool { return !hasAction(after.ScheduledActions, action) }) {
		change.ScheduledActions = &lost
	}
	return change, change.NextTerm != nil || change.ScheduledActions != nil
}
