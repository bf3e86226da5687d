// SPDX-License-Identifier: MPL-2.0

package world

import (
	"encoding/json"
	"time"
)

// Subscription status values (reference/commerce.md#status-values).
const (
	StatusActive    = "active"
	StatusSuspended = "suspended"
	StatusDeleted   = "deleted"
	StatusExpired   = "expired"
	StatusDisabled  = "disabled"
	StatusPending   = "pending"
	// StatusUnsubscribed is what publishers see of a purchase that has lapsed; whether partners do is not documented.
	StatusUnsubscribed = "unsubscribed"
)

// Subscription is what a customer has bought (reference/commerce.md#subscription-resource).
type Subscription struct {
	ID, OrderID                            string
	Line                                   int
	Family                                 Family
	ProductID, SkuID, OfferID, OfferName   string
	BaseSku                                string // of an extended service term with a SKU of its own: what it was before
	FriendlyName, Publisher, ParentID      string
	Quantity                               int
	Status                                 string
	AutoRenew, Trial, EST                  bool
	BillingCycle, TermDuration, RenewsTo   string
	PartnerID, PromotionID                 string
	Created, Purchased, TermStart, TermEnd time.Time // TermEnd is exclusive, zero before activation
	Unactivated                            bool      // the publisher has not finished the set-up, or never did
	SelfActivated                          bool
	Margin                                 bool      // bought under a publisher's margin
	CancelUntil                            time.Time // zero when it cannot be cancelled any more
	Batches                                []Batch   // seats that can still be returned
	Instructions                           *Instructions
	Actions                                []ScheduledAction // explicit ones; renewing is implied by AutoRenew
	NextCharge                             *Instructions
	CustomTermEnd                          time.Time
	RenewalOff                             time.Time // when auto-renew was switched off alone, zero where an action was scheduled with it
	SuspensionReasons                      []string
	Updates, Version, NotReady             int
	Ended                                  time.Time // when it became expired, disabled or deleted
	BilledUntil                            time.Time // up to which recurring charges have their orders
	Extra                                  map[string]json.RawMessage
	Pending                                *PendingUpdate
	Stale                                  *StaleView
	RefusedByPublisher                     bool
	MissingReads                           int  // reads by id that still answer 404
	BoughtAtListRead                       int  // list requests of the customer before the purchase
	ThroughAPI                             bool // bought through this server, so lists lag
	Transitions                            []*Transition
}

// Batch is a number of seats with the time until which they can be returned.
type Batch struct {
	Quantity int
	Until    time.Time
}

// Instructions are what a subscription becomes at renewal, or at the next charge.
type Instructions struct {
	Product       InstructionProduct
	Quantity      int
	CustomTermEnd time.Time
}

// InstructionProduct names the product, term and billing cycle of Instructions.
type InstructionProduct struct {
	ProductID, SkuID, AvailabilityID, BillingCycle, TermDuration, PromotionID string
}

// ScheduledAction is an explicit step at the end of the term (reference/commerce.md#renewal-behavior).
type ScheduledAction struct {
	ScheduleType, ActionType string
	EffectiveDate            time.Time
	Instructions             *Instructions
}

// Actions at the end of a term.
const (
	ActionCancel   = "Cancel"
	ActionRenew    = "RenewToNewTerm"
	ActionExtend   = "RenewToExtendedServiceTerm"
	ScheduleAtEnd  = "TermEnd"
	ScheduleCustom = "CustomDate"
)

// Transition is a started or finished move to another product (reference/commerce.md#transitions).
type Transition struct {
	OperationID, From, To, ToSubscription, Kind string
	FromSubscription                            string
	Quantity                                    int
	Started                                     time.Time
	ReadsLeft                                   int
	Partial                                     *Subscription // the subscription a partial move makes
	Whole                                       *Subscription // what a full move makes of the subscription
	Done                                        time.Time
	Failed                                      bool
}

// PendingUpdate is an accepted update that shows later (a 202), or never.
type PendingUpdate struct {
	Then      Subscription
	ReadsLeft int
	NotBefore time.Time
}

// staleAtMost is how long an old state is shown, however seldom it is read: as long as lists lag.
const staleAtMost = 15 * time.Minute

// StaleView keeps showing an old state after an update for some reads, as it was shown at a time.
type StaleView struct {
	Was       Subscription
	At        time.Time
	ReadsLeft int
}

// IsOver reports whether the subscription is expired, disabled or deleted, or has lapsed.
func (sub *Subscription) IsOver() bool {
	return sub.Status == StatusUnsubscribed || sub.Status == StatusDeleted || sub.Status == StatusExpired || sub.Status == StatusDisabled
}

// action is the explicit action at term end, "" without one.
func (sub *Subscription) action() string {
	for _, a := range sub.Actions {
		if a.ScheduleType == ScheduleAtEnd {
			return a.ActionType
		}
	}
	return ""
}

// nextTerm is what the subscription renews into; an action wins over instructions. Nil for the same again.
func (sub *Subscription) nextTerm() *Instructions {
	for _, a := range sub.Actions {
		if a.ScheduleType == ScheduleAtEnd && a.ActionType == ActionRenew && a.Instructions != nil {
			return a.Instructions
		}
	}
	return sub.Instructions
}

// Refundable is the number of seats that can be returned at now.
func (sub *Subscription) Refundable(now time.Time) int {
	n := 0
	for _, b := range sub.Batches {
		if b.Until.After(now) {
			n += b.Quantity
		}
	}
	return min(n, sub.Quantity)
}

// giveBack takes n seats from the batches, from the one expiring last first.
func (sub *Subscription) giveBack(n int) {
	for i := len(sub.Batches) - 1; i >= 0 && n > 0; i-- {
		taken := min(n, sub.Batches[i].Quantity)
		sub.Batches[i].Quantity -= taken
		n -= taken
	}
	kept := sub.Batches[:0:0]
	for _, b := range sub.Batches {
		if b.Quantity > 0 {
			kept = append(kept, b)
		}
	}
	sub.Batches = kept
}

// InWindow reports whether the subscription can be cancelled by its buyer at now.
func (sub *Subscription) InWindow(now time.Time) bool {
	return !sub.CancelUntil.IsZero() && now.Before(sub.CancelUntil)
}

// clone is a deep enough copy: what an update replaces is never changed in place.
func (sub *Subscription) clone() Subscription {
	copied := *sub
	copied.Pending, copied.Stale = nil, nil
	return copied
}

// end puts the subscription into a final state.
func (sub *Subscription) end(status string, at time.Time) {
	sub.Status, sub.AutoRenew, sub.Ended = status, false, at
	sub.Instructions, sub.Actions, sub.NextCharge, sub.Batches = nil, nil, nil, nil
}

// CycleEnd is the end of the billing period that holds now.
func (sub *Subscription) CycleEnd(now time.Time) time.Time {
	months := cycleMonths(sub.BillingCycle)
	if months == 0 {
		return sub.TermEnd
	}
	start := sub.TermStart
	if sub.Family == FamilyNCE {
		start = Midnight(start)
	}
	for n := 1; ; n++ {
		end := AddMonths(start, n*months)
		if !end.Before(sub.TermEnd) {
			return sub.TermEnd
		}
		if end.After(now) {
			return end
		}
	}
}
