// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"
	"time"
)

// Times after the end of a term (commerce reference, Renewal).
const (
	expiredFor  = 30 * 24 * time.Hour
	disabledFor = 90 * 24 * time.Hour
)

// Scope of extended service terms (commerce reference, "Renewal behaviour").
var (
	extendedFrom          = time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	extendedPurchasesFrom = time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)
)

// live lets time pass for one subscription until now: charges, renewals, and what happens where there is none.
func (s *Server) live(c *Customer, sub *Subscription, now time.Time) {
	for s.step(c, sub, now) {
	}
}

// step does the next thing that is due and reports whether there was one.
func (s *Server) step(c *Customer, sub *Subscription, now time.Time) bool {
	switch {
	case sub.Status == statusExpired && !now.Before(sub.Ended.Add(expiredFor)):
		sub.Status, sub.Ended = statusDisabled, sub.Ended.Add(expiredFor)
		return true
	case sub.Status == statusDisabled && !now.Before(sub.Ended.Add(disabledFor)):
		sub.Status, sub.Ended = statusDeleted, sub.Ended.Add(disabledFor)
		return true
	case sub.ended() || sub.Unactivated || sub.TermEnd.IsZero():
		return false
	}
	if s.charge(c, sub, now) {
		return true
	}
	if now.Before(sub.TermEnd.Add(s.behaviour.RenewalTakes)) {
		return false
	}
	s.endTerm(c, sub)
	return true
}

// charge appends the order of a recurring charge, at which a pending billing plan takes effect.
func (s *Server) charge(c *Customer, sub *Subscription, now time.Time) bool {
	months := cycleMonths(sub.BillingCycle)
	if months == 0 || sub.Family == familyLegacy || sub.Trial {
		return false
	}
	due := s.cycleEnd(sub, sub.BilledUntil)
	if !due.Before(sub.TermEnd) || due.After(now) {
		return false
	}
	if plan := sub.NextCharge; plan != nil {
		sub.BillingCycle, sub.NextCharge = plan.Product.BillingCycle, nil
	}
	sub.BilledUntil = due
	order := s.newOrder(c, "SystemBilling", sub.BillingCycle, due)
	order.Lines = []*OrderLine{s.orderLineOf(c, sub, "renew", sub.Quantity)}
	return true
}

// endTerm renews the subscription or ends it, each family in its own way.
func (s *Server) endTerm(c *Customer, sub *Subscription) {
	switch {
	case sub.Status == statusSuspended && sub.Family == familyNCE:
		// 30 and 90 days disabled, so one time longer than after an ordinary end
		s.end(sub, statusDisabled, sub.TermEnd.Add(expiredFor))
	case sub.Status == statusSuspended:
		s.end(sub, statusDeleted, sub.TermEnd)
	case sub.AutoRenew:
		s.renew(c, sub)
	case sub.action() == actionCancel && sub.Family == familyNCE:
		s.end(sub, statusDisabled, sub.TermEnd)
	case sub.action() == actionCancel:
		s.end(sub, statusDeleted, sub.TermEnd)
	case s.extends(sub):
		s.extend(c, sub)
	case sub.Family == familySaaS:
		s.end(sub, statusDeleted, sub.TermEnd)
	default:
		s.end(sub, statusExpired, sub.TermEnd)
	}
}

// extends reports whether the subscription rolls into a paid extended service term when nothing else is said.
func (s *Server) extends(sub *Subscription) bool {
	if sub.Family == familySaaS {
		return s.behaviour.SaaSExtendedServiceTerm && !sub.Trial
	}
	return sub.Family == familyNCE && !sub.Trial && !s.behaviour.NoExtendedServiceTerm &&
		!sub.TermEnd.Before(extendedFrom) && !sub.Purchased.Before(extendedPurchasesFrom)
}

// extend starts or prolongs the extended service term by a month.
func (s *Server) extend(c *Customer, sub *Subscription) {
	start := sub.TermEnd
	sub.EST, sub.TermDuration, sub.BillingCycle, sub.PromotionID = true, "P1M", "monthly", ""
	sub.TermStart, sub.TermEnd, sub.BilledUntil = start, addMonths(start, 1), start
	sub.CancelUntil, sub.Batches, sub.NextCharge, sub.Instructions = sub.TermEnd, nil, nil, nil
	sub.Actions = []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionExtend}}
	s.systemOrder(c, sub, start)
}

// renew starts the next term with what was scheduled for it, and opens new windows where the family has them.
func (s *Server) renew(c *Customer, sub *Subscription) {
	start, duration := sub.TermEnd, sub.TermDuration
	if plan := sub.Instructions; plan != nil {
		s.become(c, sub, plan.Product, plan.Quantity)
		duration = sub.TermDuration
	} else if sub.Trial && sub.RenewsTo != "" {
		duration = sub.RenewsTo
		s.leaveTrial(c, sub, duration)
	}
	sub.Trial, sub.EST, sub.RenewsTo = false, false, ""
	sub.TermDuration, sub.TermStart, sub.BilledUntil = duration, start, start
	sub.TermEnd = addMonths(start, max(termMonths(duration), 1))
	if plan := sub.Instructions; plan != nil && !plan.CustomTermEnd.IsZero() {
		sub.CustomTermEnd, sub.TermEnd = plan.CustomTermEnd, midnight(plan.CustomTermEnd).AddDate(0, 0, 1)
	}
	sub.Instructions, sub.Actions, sub.NextCharge = nil, nil, nil
	s.refreshOffer(c, sub)
	s.openWindows(sub, start.Add(s.behaviour.RenewalTakes))
	s.systemOrder(c, sub, start)
}

// openWindows starts the windows that a completed renewal opens.
func (s *Server) openWindows(sub *Subscription, completed time.Time) {
	switch sub.Family {
	case familyNCE:
		until := completed.Add(s.behaviour.NCEWindow)
		sub.CancelUntil, sub.Batches = midnight(until), []Batch{{sub.Quantity, until}}
	case familySaaS:
		if s.behaviour.SaaSWindowOnRenewal {
			sub.CancelUntil = completed.Add(s.behaviour.SaaSWindow)
			sub.Batches = []Batch{{sub.Quantity, sub.CancelUntil}}
		}
	}
}

// become turns the subscription into another product, term or quantity.
func (s *Server) become(c *Customer, sub *Subscription, to InstructionProduct, quantity int) {
	p, k := s.tenant.skuOf(to.ProductID + ":" + to.SkuID)
	if k == nil {
		return
	}
	today := s.tenant.current(p, k, c.Country)
	sub.ProductID, sub.SkuID, sub.OfferID, sub.OfferName = p.ID, k.ID, today.id(), today.offerName()
	sub.TermDuration, sub.BillingCycle = strings.ToUpper(to.TermDuration), strings.ToLower(to.BillingCycle)
	sub.PromotionID, sub.Trial = to.PromotionID, k.Trial
	if quantity > 0 {
		sub.Quantity = quantity
	}
}

// leaveTrial gives a marketplace trial the billing cycle of the paid term it renews into.
func (s *Server) leaveTrial(c *Customer, sub *Subscription, duration string) {
	p, _ := s.sold(sub)
	if p == nil {
		return
	}
	for _, k := range p.SKUs {
		for _, t := range k.Terms {
			if !k.Trial && t.Duration == duration {
				s.become(c, sub, InstructionProduct{ProductID: p.ID, SkuID: k.ID, TermDuration: duration, BillingCycle: t.Cycle}, 0)
				return
			}
		}
	}
}

// refreshOffer moves the offer id to the availability of the day, which a renewal does.
func (s *Server) refreshOffer(c *Customer, sub *Subscription) {
	if p, k := s.sold(sub); k != nil {
		sub.OfferID = s.tenant.current(p, k, c.Country).id()
	}
}

func (s *Server) systemOrder(c *Customer, sub *Subscription, at time.Time) {
	order := s.newOrder(c, "SystemPurchase", sub.BillingCycle, at)
	order.Lines = []*OrderLine{s.orderLineOf(c, sub, "renew", sub.Quantity)}
	if sub.EST {
		s.surcharge(c, sub, order.Lines[0])
	}
}

// surcharge is the price of an extended service term: the monthly price plus 3 %, or plus 23 % without a monthly plan.
func (s *Server) surcharge(c *Customer, sub *Subscription, line *OrderLine) {
	_, k := s.sold(sub)
	if k == nil {
		return
	}
	currency := c.currency()
	var price money
	if monthly := k.term("P1M", "monthly"); monthly != nil {
		price = monthly.Price.in(currency).percent(3)
	} else if len(k.Terms) > 0 {
		t := k.Terms[0]
		price = roundCents(int64(t.Price.in(currency)), int64(max(cycleMonths(t.Cycle), 1))).percent(23)
	}
	line.Pricing = &Pricing{List: price, Discounted: price, Prorated: price, Price: price, Extended: price * money(line.Quantity)}
}
