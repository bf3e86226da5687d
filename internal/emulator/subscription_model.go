// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"time"
)

// Subscription status values (commerce reference, "Status values").
const (
	statusActive    = "active"
	statusSuspended = "suspended"
	statusDeleted   = "deleted"
	statusExpired   = "expired"
	statusDisabled  = "disabled"
	statusPending   = "pending"
)

// Subscription is what a customer has bought (commerce reference, "Subscription resource").
type Subscription struct {
	ID, OrderID                            string
	Line                                   int
	Family                                 family
	ProductID, SkuID, OfferID, OfferName   string
	FriendlyName, Publisher, ParentID      string
	Quantity                               int
	Status                                 string
	AutoRenew, Trial, EST                  bool
	BillingCycle, TermDuration, RenewsTo   string
	PartnerID, PromotionID                 string
	Created, Purchased, TermStart, TermEnd time.Time // TermEnd is exclusive, zero before activation
	Unactivated                            bool      // the publisher has not finished the set-up
	CancelUntil                            time.Time // zero when it cannot be cancelled any more
	Batches                                []Batch   // seats that can still be returned
	Instructions                           *Instructions
	Actions                                []ScheduledAction // explicit ones; renewing is implied by AutoRenew
	NextCharge                             *Instructions
	CustomTermEnd                          time.Time
	SuspensionReasons                      []string
	Updates, Version, NotReady             int
	Ended                                  time.Time // when it became expired, disabled or deleted
	BilledUntil                            time.Time // up to which recurring charges have their orders
	Extra                                  map[string]json.RawMessage
	Pending                                *pendingUpdate
	Stale                                  *staleView
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

// ScheduledAction is an explicit step at the end of the term (commerce reference, "Renewal behaviour").
type ScheduledAction struct {
	ScheduleType, ActionType string
	EffectiveDate            time.Time
	Instructions             *Instructions
}

// Actions at the end of a term.
const (
	actionCancel   = "Cancel"
	actionRenew    = "RenewToNewTerm"
	actionExtend   = "RenewToExtendedServiceTerm"
	scheduleAtEnd  = "TermEnd"
	scheduleCustom = "CustomDate"
)

// pendingUpdate is an accepted update that shows later (a 202), or never.
type pendingUpdate struct {
	Then      Subscription
	ReadsLeft int
	NotBefore time.Time
	Dropped   bool
}

// staleView keeps showing old values after a 200 for some reads.
type staleView struct {
	Document  object
	ReadsLeft int
}

func (sub *Subscription) path(c *Customer) string { return c.path() + "/subscriptions/" + sub.ID }

func (sub *Subscription) ended() bool {
	return sub.Status == statusDeleted || sub.Status == statusExpired || sub.Status == statusDisabled
}

// action is the explicit action at term end, "" without one.
func (sub *Subscription) action() string {
	for _, a := range sub.Actions {
		if a.ScheduleType == scheduleAtEnd {
			return a.ActionType
		}
	}
	return ""
}

// etag is the opaque version text of legacy subscriptions, and of all when the knob says so.
func (s *Server) etag(sub *Subscription) (text string, present bool) {
	switch {
	case sub.Family == familyLegacy || s.behaviour.ETags == ETagReal:
		return encodeETag(fmt.Sprintf(`{"id":%q,"version":%d}`, sub.ID, sub.Version)), true
	case sub.Family == familySaaS:
		return "", true
	}
	return "", false
}

// refundable is the number of seats that can be returned at now.
func (sub *Subscription) refundable(now time.Time) int {
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

// inWindow reports whether the subscription can be cancelled by its buyer at now.
func (sub *Subscription) inWindow(now time.Time) bool {
	return !sub.CancelUntil.IsZero() && now.Before(sub.CancelUntil)
}

// dropSchedule removes what was scheduled for renewal, as an immediate change does.
func (s *Server) dropSchedule(sub *Subscription) {
	switch s.behaviour.ScheduleFate {
	case ScheduleKept:
	case ScheduleKeepCancel:
		sub.Instructions = nil
		if sub.action() != actionCancel {
			sub.Actions = nil
		}
	default:
		sub.Instructions, sub.Actions = nil, nil
	}
}

// clone is a deep enough copy: what an update replaces is never changed in place.
func (sub *Subscription) clone() Subscription {
	copied := *sub
	copied.Pending, copied.Stale = nil, nil
	return copied
}

// sold finds what the subscription is of in today's catalogue.
func (s *Server) sold(sub *Subscription) (*Product, *SKU) {
	return s.tenant.skuOf(sub.ProductID + ":" + sub.SkuID)
}
