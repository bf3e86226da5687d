// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"strings"
	"time"
)

// Times after the end of a term (reference/commerce.md#renewal).
const (
	expiredFor  = 30 * 24 * time.Hour
	disabledFor = 90 * 24 * time.Hour
)

// Scope of extended service terms (reference/commerce.md#extended-service-term).
var (
	extendedFrom          = time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	ExtendedPurchasesFrom = time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)
)

// live lets time pass for one subscription until now: charges, renewals, and what happens where there is none.
func (w *World) live(c *Customer, sub *Subscription, now time.Time) {
	for w.step(c, sub, now) {
	}
}

// step does the next thing that is due and reports whether there was one.
func (w *World) step(c *Customer, sub *Subscription, now time.Time) bool {
	switch {
	case sub.Status == StatusExpired && !now.Before(sub.Ended.Add(expiredFor)):
		sub.Status, sub.Ended = StatusDisabled, sub.Ended.Add(expiredFor)
		return true
	case sub.Status == StatusDisabled && !now.Before(sub.Ended.Add(disabledFor)):
		sub.Status, sub.Ended = StatusDeleted, sub.Ended.Add(disabledFor)
		return true
	case sub.Unactivated && !sub.IsOver() && w.Rules.LapseAfter > 0 && !now.Before(sub.Purchased.Add(w.Rules.LapseAfter)):
		sub.end(w.Rules.LapsedShows, sub.Purchased.Add(w.Rules.LapseAfter)) // it stays unactivated, so nothing is charged
		return true
	case sub.IsOver() || sub.Unactivated || sub.TermEnd.IsZero():
		return false
	}
	if w.charge(c, sub, now) {
		return true
	}
	w.showExtension(sub, now)
	if now.Before(sub.TermEnd.Add(w.Rules.RenewalTakes)) {
		return false
	}
	w.endTerm(c, sub)
	return true
}

// charge appends the order of a recurring charge, at which a pending billing plan takes effect.
func (w *World) charge(c *Customer, sub *Subscription, now time.Time) bool {
	months := cycleMonths(sub.BillingCycle)
	if months == 0 || sub.Family == FamilyLegacy || sub.Trial {
		return false
	}
	due := sub.CycleEnd(sub.BilledUntil)
	if !due.Before(sub.TermEnd) || due.After(now) {
		return false
	}
	if plan := sub.NextCharge; plan != nil {
		sub.BillingCycle, sub.NextCharge = plan.Product.BillingCycle, nil
	}
	sub.BilledUntil = due
	order := w.NewOrder(c, "SystemBilling", sub.BillingCycle, due)
	order.Lines = []*OrderLine{w.orderLineAt(c, sub, "renew", sub.Quantity, due)}
	return true
}

// endTerm renews the subscription or ends it, each family in its own way.
func (w *World) endTerm(c *Customer, sub *Subscription) {
	switch {
	case sub.Status == StatusSuspended && sub.Family == FamilyNCE:
		// 30 and 90 days disabled, so one time longer than after an ordinary end
		sub.end(StatusDisabled, sub.TermEnd.Add(expiredFor))
	case sub.Status == StatusSuspended:
		sub.end(StatusDeleted, sub.TermEnd)
	case sub.AutoRenew:
		w.renew(c, sub)
	case sub.action() == ActionCancel && sub.Family == FamilyNCE:
		sub.end(StatusDisabled, sub.TermEnd)
	case sub.action() == ActionCancel:
		sub.end(StatusDeleted, sub.TermEnd)
	case w.extends(sub):
		w.extend(c, sub)
	case sub.Family == FamilySaaS:
		sub.end(StatusDeleted, sub.TermEnd)
	default:
		sub.end(StatusExpired, sub.TermEnd)
	}
}

// extends reports whether the subscription rolls into a paid extended service term when nothing else is said.
func (w *World) extends(sub *Subscription) bool {
	if sub.Family == FamilySaaS {
		return w.Rules.SaaSExtendedServiceTerm && !sub.Trial
	}
	return sub.Family == FamilyNCE && !sub.Trial && !w.Rules.NoExtendedServiceTerm &&
		!sub.TermEnd.Before(extendedFrom) && !w.boughtOrRenewed(sub).Before(ExtendedPurchasesFrom)
}

// boughtOrRenewed is what decides whether a subscription is old enough for the free grace period.
func (w *World) boughtOrRenewed(sub *Subscription) time.Time {
	if w.Rules.OnlyPurchasesExtend {
		return sub.Purchased
	}
	return LaterOf(sub.Purchased, sub.TermStart)
}

// showExtension schedules the extended service term of a subscription that says nothing else about the end of its term
// (reference/commerce.md#saying-it-by-api).
func (w *World) showExtension(sub *Subscription, now time.Time) {
	after := w.Rules.ExtensionShownAfter
	if after == 0 || sub.RenewalOff.IsZero() || now.Before(sub.RenewalOff.Add(after)) {
		return
	}
	sub.RenewalOff = time.Time{}
	if sub.Status == StatusActive && !sub.AutoRenew && len(sub.Actions) == 0 && w.extends(sub) {
		sub.Actions = []ScheduledAction{{ScheduleType: ScheduleAtEnd, ActionType: ActionExtend}}
	}
}

// extend starts or prolongs the extended service term by a month.
func (w *World) extend(c *Customer, sub *Subscription) {
	start := sub.TermEnd
	if own := w.Rules.ExtensionSKU; own != "" && !sub.EST {
		sub.BaseSku, sub.SkuID, sub.OfferName = sub.SkuID, own, sub.OfferName+" (extended service term)"
		sub.OfferID = sub.ProductID + ":" + own + sub.OfferID[strings.LastIndex(sub.OfferID, ":"):]
	}
	sub.EST, sub.TermDuration, sub.BillingCycle, sub.PromotionID = true, "P1M", "monthly", ""
	sub.TermStart, sub.TermEnd, sub.BilledUntil = start, AddMonths(start, 1), start
	sub.CancelUntil, sub.Batches, sub.NextCharge, sub.Instructions = sub.TermEnd, nil, nil, nil
	sub.Actions = []ScheduledAction{{ScheduleType: ScheduleAtEnd, ActionType: ActionExtend}}
	w.systemOrder(c, sub, start)
}

// renew starts the next term with what was scheduled for it, and opens new windows where the family has them.
func (w *World) renew(c *Customer, sub *Subscription) {
	start, duration, plan := sub.TermEnd, sub.TermDuration, sub.nextTerm()
	if plan != nil {
		w.become(c, sub, plan.Product, plan.Quantity)
		duration = sub.TermDuration
	} else if sub.Trial && sub.RenewsTo != "" {
		duration = sub.RenewsTo
		w.leaveTrial(c, sub, duration)
	}
	sub.leaveExtension()
	sub.Trial, sub.RenewsTo = false, ""
	sub.TermDuration, sub.TermStart, sub.BilledUntil = duration, start, start
	sub.TermEnd = AddMonths(start, max(TermMonths(duration), 1))
	if plan != nil && !plan.CustomTermEnd.IsZero() {
		sub.CustomTermEnd, sub.TermEnd = plan.CustomTermEnd, Midnight(plan.CustomTermEnd).AddDate(0, 0, 1)
	}
	sub.Instructions, sub.Actions, sub.NextCharge = nil, nil, nil
	w.refreshOffer(c, sub)
	w.openWindows(sub, start.Add(w.Rules.RenewalTakes))
	w.systemOrder(c, sub, start)
}

// leaveExtension brings back the SKU that the subscription had before its extended service term.
func (sub *Subscription) leaveExtension() {
	sub.SkuID, sub.BaseSku, sub.EST = cmp.Or(sub.BaseSku, sub.SkuID), "", false
}

// openWindows starts the windows that a completed renewal opens.
func (w *World) openWindows(sub *Subscription, completed time.Time) {
	switch sub.Family {
	case FamilyNCE:
		until := completed.Add(w.Rules.NCEWindow)
		sub.CancelUntil, sub.Batches = Midnight(until), []Batch{{sub.Quantity, until}}
	case FamilySaaS:
		if w.Rules.SaaSWindowOnRenewal {
			sub.CancelUntil = completed.Add(w.Rules.SaaSWindow)
			sub.Batches = []Batch{{sub.Quantity, sub.CancelUntil}}
		}
	}
}

// become turns the subscription into another product, term or quantity.
func (w *World) become(c *Customer, sub *Subscription, to InstructionProduct, quantity int) {
	p, k := w.Tenant.SKU(to.ProductID + ":" + to.SkuID)
	if k == nil {
		return
	}
	today := w.Tenant.Current(p, k, c.Country)
	sub.ProductID, sub.SkuID, sub.OfferID, sub.OfferName = p.ID, k.ID, today.ID(), today.OfferName()
	sub.TermDuration, sub.BillingCycle = strings.ToUpper(to.TermDuration), strings.ToLower(to.BillingCycle)
	sub.PromotionID, sub.Trial, sub.EST, sub.BaseSku = to.PromotionID, k.Trial, false, ""
	if quantity > 0 {
		sub.Quantity = quantity
	}
}

// leaveTrial gives a marketplace trial the billing cycle of the paid term it renews into.
func (w *World) leaveTrial(c *Customer, sub *Subscription, duration string) {
	p, _ := w.sold(sub)
	if p == nil {
		return
	}
	for _, k := range p.SKUs {
		for _, t := range k.Terms {
			if !k.Trial && t.Duration == duration {
				w.become(c, sub, InstructionProduct{ProductID: p.ID, SkuID: k.ID, TermDuration: duration, BillingCycle: t.Cycle}, 0)
				return
			}
		}
	}
}

// refreshOffer moves the offer id to the availability of the day, which a renewal does.
func (w *World) refreshOffer(c *Customer, sub *Subscription) {
	if p, k := w.sold(sub); k != nil {
		today := w.Tenant.Current(p, k, c.Country)
		sub.OfferID, sub.OfferName = today.ID(), today.OfferName()
	}
}

func (w *World) systemOrder(c *Customer, sub *Subscription, at time.Time) {
	order := w.NewOrder(c, "SystemPurchase", sub.BillingCycle, at)
	order.Lines = []*OrderLine{w.orderLineAt(c, sub, "renew", sub.Quantity, at)}
	if sub.EST {
		w.surcharge(c, sub, order.Lines[0])
	}
}

// surcharge is the price of an extended service term: the monthly price plus 3 %, or plus 23 % without a monthly plan.
func (w *World) surcharge(c *Customer, sub *Subscription, line *OrderLine) {
	_, k := w.sold(sub)
	if k == nil {
		return
	}
	currency := c.Currency()
	var price Money
	if monthly := k.Term("P1M", "monthly"); monthly != nil {
		price = monthly.Price.in(currency).percent(3)
	} else if len(k.Terms) > 0 {
		t := k.Terms[0]
		price = roundCents(int64(t.Price.in(currency)), int64(max(cycleMonths(t.Cycle), 1))).percent(23)
	}
	line.Pricing = &Pricing{List: price, Discounted: price, Prorated: price, Price: price, Extended: price * Money(line.Quantity)}
}
