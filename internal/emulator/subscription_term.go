// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strings"
)

// applyTerm changes term or billing cycle (commerce reference, "Billing cycle and term of an existing subscription").
func (s *Server) applyTerm(c *Customer, next *Subscription, u *update) (status int, body any) {
	if u.termDuration == nil && u.billingCycle == nil {
		return 0, nil
	}
	switch {
	case next.Family == familyLegacy && u.billingCycle != nil:
		return http.StatusBadRequest, fault(2054, "The billing cycle cannot be changed here. Update the order.")
	case next.Trial:
		return http.StatusBadRequest, fault(800107, "Trial offers do not support term changes.")
	case next.Family != familyNCE && u.termDuration != nil:
		return http.StatusBadRequest, fault(800121, "The term of this subscription cannot be changed.")
	case next.Family != familyNCE:
		return http.StatusBadRequest, fault(800097, "The billing cycle of this subscription cannot be changed.")
	case u.termDuration == nil:
		return s.changeBilling(c, next, strings.ToLower(*u.billingCycle))
	}
	cycle := next.BillingCycle
	if u.billingCycle != nil {
		cycle = strings.ToLower(*u.billingCycle)
	}
	return s.lengthen(next, strings.ToUpper(*u.termDuration), cycle)
}

// changeBilling takes effect at the next charge and does not touch the term.
func (s *Server) changeBilling(c *Customer, next *Subscription, cycle string) (status int, body any) {
	allowed := next.TermDuration == "P3Y" && (next.BillingCycle == "monthly" && cycle == "annual" || next.BillingCycle == "annual" && cycle == "monthly")
	p, k := s.sold(next)
	if !allowed || k == nil || k.term(next.TermDuration, cycle) == nil {
		return http.StatusBadRequest, fault(800097, "The billing cycle cannot be changed from %s to %s within the term.", next.BillingCycle, cycle)
	}
	next.NextCharge = &Instructions{Quantity: next.Quantity, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: s.tenant.current(p, k, c.Country).Availability, BillingCycle: cycle, TermDuration: next.TermDuration}}
	return 0, nil
}

// lengthen starts a longer term at once; a shorter one can only be scheduled.
func (s *Server) lengthen(next *Subscription, duration, cycle string) (status int, body any) {
	_, k := s.sold(next)
	switch {
	case termMonths(duration) == 0:
		return http.StatusBadRequest, fault(800121, "The term %s is not valid.", duration)
	case termMonths(duration) < termMonths(next.TermDuration):
		return http.StatusBadRequest, fault(800122, "The term %s is shorter than the present one.", duration)
	case k == nil:
		return http.StatusForbidden, fault(800028, "The original purchase term is no longer sold.")
	case k.term(duration, cycle) == nil:
		return http.StatusBadRequest, fault(800121, "The term %s with billing %s is not offered.", duration, cycle)
	}
	now := s.now()
	s.dropSchedule(next)
	next.TermDuration, next.BillingCycle, next.PromotionID, next.NextCharge, next.EST = duration, cycle, "", nil, false
	next.TermStart, next.TermEnd, next.BilledUntil = now, addMonths(midnight(now), termMonths(duration)), now
	return 0, nil
}

// movesTo reports whether the catalogue offers a transition from k.
func (k *SKU) movesTo(p *Product, target *SKU) bool {
	if k == nil {
		return false
	}
	id := p.ID + ":" + target.ID
	return k.TrialOf == id || slices.Contains(k.TransitionTo, id)
}
