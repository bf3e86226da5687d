// SPDX-License-Identifier: MPL-2.0

package world

import (
	"slices"
	"strings"
)

// applyTerm changes term or billing cycle (reference/commerce.md#billing-cycle-and-term-of-an-existing-subscription).
func (w *World) applyTerm(c *Customer, next *Subscription, u *Update) *Refusal {
	if u.TermDuration == nil && u.BillingCycle == nil {
		return nil
	}
	switch {
	case next.Family == FamilyLegacy && u.BillingCycle != nil:
		return refuse(badRequest, 2054, "The billing cycle cannot be changed here. Update the order.")
	case next.Trial:
		return refuse(badRequest, 800107, "Trial offers do not support term changes.")
	case next.Family != FamilyNCE && u.TermDuration != nil:
		return refuse(badRequest, 800121, "The term of this subscription cannot be changed.")
	case next.Family != FamilyNCE:
		return refuse(badRequest, 800097, "The billing cycle of this subscription cannot be changed.")
	case u.TermDuration == nil:
		return w.changeBilling(c, next, strings.ToLower(*u.BillingCycle))
	}
	cycle := next.BillingCycle
	if u.BillingCycle != nil {
		cycle = strings.ToLower(*u.BillingCycle)
	}
	return w.lengthen(c, next, strings.ToUpper(*u.TermDuration), cycle)
}

// changeBilling takes effect at the next charge and does not touch the term.
func (w *World) changeBilling(c *Customer, next *Subscription, cycle string) *Refusal {
	allowed := next.TermDuration == "P3Y" && (next.BillingCycle == "monthly" && cycle == "annual" || next.BillingCycle == "annual" && cycle == "monthly")
	p, k := w.sold(next)
	if !allowed || k == nil || k.Term(next.TermDuration, cycle) == nil {
		return refuse(badRequest, 800097, "The billing cycle cannot be changed from %s to %s within the term.", next.BillingCycle, cycle)
	}
	next.NextCharge = &Instructions{Quantity: next.Quantity, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: w.Tenant.Current(p, k, c.Country).Availability, BillingCycle: cycle, TermDuration: next.TermDuration}}
	return nil
}

// lengthen starts a longer term at once; a shorter one can only be scheduled.
func (w *World) lengthen(c *Customer, next *Subscription, duration, cycle string) *Refusal {
	_, k := w.sold(next)
	switch {
	case TermMonths(duration) == 0:
		return refuse(badRequest, 800121, "The term %s is not valid.", duration)
	case TermMonths(duration) < TermMonths(next.TermDuration):
		return refuse(badRequest, 800122, "The term %s is shorter than the present one.", duration)
	case k == nil:
		return refuse(forbidden, 800028, "The original purchase term is no longer sold.")
	case k.Term(duration, cycle) == nil:
		return refuse(badRequest, 800121, "The term %s with billing %s is not offered.", duration, cycle)
	}
	if next.Quantity < k.least(duration) {
		return refuse(badRequest, 2002, "A term of %s takes at least %d seats.", duration, k.least(duration))
	}
	now := w.Now()
	w.dropSchedule(next)
	next.TermDuration, next.BillingCycle, next.PromotionID, next.NextCharge = duration, cycle, "", nil
	if next.EST {
		next.leaveExtension()
		w.refreshOffer(c, next)
	}
	next.TermStart, next.TermEnd, next.BilledUntil = now, AddMonths(Midnight(now), TermMonths(duration)), now
	return nil
}

// movesTo reports whether the catalogue offers a transition from k.
func (k *SKU) movesTo(p *Product, target *SKU) bool {
	if k == nil {
		return false
	}
	id := p.ID + ":" + target.ID
	return k.TrialOf == id || slices.Contains(k.TransitionTo, id)
}
