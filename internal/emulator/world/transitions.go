// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"strings"
)

// Codes of transition eligibility errors (reference/commerce.md#other-enumerated-errors).
const (
	TransitionSourceInactive    = 2
	TransitionServicesConflict  = 3
	targetInactive              = 1
	targetInCancellationWindow  = 2
	targetTermShorter           = 3
	targetEndsBefore            = 4
	TransitionOnly              = "transition_only"
	TransitionWithLicenses      = "transition_with_license_transfer"
	transitionSourceUnsupported = 900258
)

// TransitionRequest asks for a transition.
type TransitionRequest struct {
	ToCatalogItemID, ToSubscriptionID string
	Quantity                          int
	TermDuration, BillingCycle        string // those of the source, if empty
	Kind, PromotionID                 string
}

// TransitionTargets are the catalog items that a subscription can become.
func (w *World) TransitionTargets(c *Customer, sub *Subscription) []Item {
	_, source := w.sold(sub)
	if source == nil || sub.Family != FamilyNCE {
		return nil
	}
	targets := source.TransitionTo
	if source.TrialOf != "" {
		targets = append([]string{source.TrialOf}, targets...)
	}
	var found []Item
	for _, id := range targets {
		if p, k := w.Tenant.SKU(id); k != nil {
			found = append(found, w.Tenant.Current(p, k, c.Country))
		}
	}
	return found
}

// TargetProblem is why seats cannot move into another subscription, 0 for no reason.
func (w *World) TargetProblem(sub, target *Subscription) (code int, text string) {
	switch {
	case target.Status != StatusActive:
		return targetInactive, "Subscription is not active."
	case target.InWindow(w.Now()):
		return targetInCancellationWindow, "Subscription is within its cancellation window."
	case TermMonths(target.TermDuration) < TermMonths(sub.TermDuration):
		return targetTermShorter, "The subscription's term duration is shorter than the source subscription's."
	case target.TermEnd.Before(sub.TermEnd):
		return targetEndsBefore, "The subscription's term ends before the source subscription's."
	}
	return 0, ""
}

// StartTransition moves seats of a subscription to another product.
func (w *World) StartTransition(c *Customer, sub *Subscription, sent TransitionRequest, who Caller) (*Transition, *Refusal) {
	if refusal := who.MayUpdate(sub); refusal != nil {
		return nil, refusal
	}
	if refusal := w.mayChange(c, sub); refusal != nil {
		return nil, refusal
	}
	target, refusal := w.checkTransition(c, sub, sent)
	if refusal != nil {
		return nil, refusal
	}
	t := &Transition{OperationID: w.NewID(), From: sub.OfferID, To: sent.ToCatalogItemID, FromSubscription: sub.ID,
		ToSubscription: sent.ToSubscriptionID, Kind: strings.ToLower(sent.Kind), Quantity: sent.Quantity, Started: w.Now(),
		ReadsLeft: w.Rules.TransitionReads}
	next := w.moved(c, sub, target, sent)
	switch {
	case sent.ToSubscriptionID != "":
	case sent.Quantity < sub.Quantity:
		next.ID, next.Quantity = w.NewID(), sent.Quantity
		t.Partial, t.ToSubscription = next, next.ID
	default:
		t.Whole, t.ToSubscription = next, sub.ID
	}
	w.dropSchedule(sub)
	sub.Updates++
	sub.Transitions = append(sub.Transitions, t)
	w.audit(c, who, auditEntry{resource: "subscription", operation: "upgrade_subscription", data: []string{"SubscriptionId", sub.ID}})
	return t, nil
}

func (w *World) checkTransition(c *Customer, sub *Subscription, sent TransitionRequest) (target Item, refusal *Refusal) {
	no := func(code int, text string) (Item, *Refusal) { return Item{}, refuse(badRequest, code, "%s", text) }
	found, code := w.Tenant.FindItem(sent.ToCatalogItemID, c.Country)
	_, source := w.sold(sub)
	switch {
	case sub.Status != StatusActive || sub.Family != FamilyNCE:
		return no(transitionSourceUnsupported, "The source subscription is not active or cannot be transitioned.")
	case !OneOf(sent.Kind, TransitionOnly, TransitionWithLicenses):
		return no(900126, "The transition type could not be parsed.")
	case code != 0 || found.Stale || !source.movesTo(found.Product, found.SKU):
		return no(900260, "The target is not the right catalog item.")
	case sent.Quantity < 1 || sent.Quantity > sub.Quantity:
		return no(2002, "The quantity is outside the seats of the source subscription.")
	case strings.EqualFold(sent.ToSubscriptionID, sub.ID):
		return no(900259, "The target is the same as the source.")
	}
	for _, running := range sub.Transitions {
		if running.Done.IsZero() {
			return Item{}, refuse(conflict, 900278, "An operation on the subscription is pending. Try again after 24 hours.")
		}
	}
	if sent.ToSubscriptionID != "" {
		other := c.Subscription(sent.ToSubscriptionID)
		if other == nil || other.ProductID != found.Product.ID || other.SkuID != found.SKU.ID {
			return no(900260, "The target is not the right catalog item.")
		}
		if problem, text := w.TargetProblem(sub, other); problem != 0 {
			return no(map[int]int{targetInactive: 900258, targetInCancellationWindow: 900261, targetTermShorter: 900267, targetEndsBefore: 900236}[problem], text)
		}
		return found, nil
	}
	duration, cycle := cmp.Or(sent.TermDuration, sub.TermDuration), cmp.Or(sent.BillingCycle, sub.BillingCycle)
	switch {
	case TermMonths(duration) == 0:
		return no(900268, "The term is invalid.")
	case TermMonths(duration) < TermMonths(sub.TermDuration):
		return no(900267, "The term is shorter than the source's.")
	case cycleMonths(cycle) > TermMonths(duration):
		return no(900270, "The billing cycle is longer than the term.")
	case found.SKU.Term(duration, cycle) == nil:
		return no(900269, "The billing cycle is invalid.")
	}
	return found, nil
}

// moved is the source as the target product; a partial move keeps the source's window and end.
func (w *World) moved(c *Customer, sub *Subscription, target Item, sent TransitionRequest) *Subscription {
	next := sub.clone()
	next.Transitions, next.Instructions = nil, nil // they name the product that it was
	w.dropSchedule(&next)
	duration, cycle := strings.ToUpper(cmp.Or(sent.TermDuration, sub.TermDuration)), strings.ToLower(cmp.Or(sent.BillingCycle, sub.BillingCycle))
	w.become(c, &next, InstructionProduct{ProductID: target.Product.ID, SkuID: target.SKU.ID, TermDuration: duration,
		BillingCycle: cycle, PromotionID: sent.PromotionID}, sent.Quantity)
	if duration != sub.TermDuration || sub.Trial {
		now := w.Now()
		next.TermStart, next.TermEnd, next.BilledUntil = now, AddMonths(Midnight(now), TermMonths(duration)), now
	}
	return &next
}

// ReadTransitions is a read of the transitions of a subscription, by which they go on.
func (w *World) ReadTransitions(c *Customer, sub *Subscription) []*Transition {
	for _, t := range sub.Transitions {
		if t.Done.IsZero() {
			if t.ReadsLeft <= 0 {
				w.finish(c, sub, t)
			}
			t.ReadsLeft--
		}
	}
	return sub.Transitions
}

// finish carries a transition out.
func (w *World) finish(c *Customer, sub *Subscription, t *Transition) {
	t.Done, t.Failed = w.Now(), w.Rules.TransitionsFail
	switch {
	case t.Failed: // what was scheduled is gone all the same
		return
	case t.Whole != nil:
		history := sub.Transitions
		*sub = *t.Whole
		sub.Transitions = history
		return
	case t.Partial != nil:
		c.Subscriptions = append(c.Subscriptions, t.Partial)
	default:
		if target := c.Subscription(t.ToSubscription); target != nil {
			w.dropSchedule(target)
			target.Quantity += t.Quantity
		}
	}
	sub.giveBack(t.Quantity)
	if sub.Quantity -= t.Quantity; sub.Quantity == 0 {
		sub.end(StatusDeleted, t.Done)
	}
}
