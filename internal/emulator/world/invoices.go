// SPDX-License-Identifier: MPL-2.0

package world

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// BillPastMonths issues the invoices of the two months before now, in every currency that has charges.
func (w *World) BillPastMonths() {
	now := w.Now()
	var invoices []Invoice
	thisMonth := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for back := 2; back >= 1; back-- {
		start := thisMonth.AddDate(0, -back, 0)
		end := start.AddDate(0, 1, 0)
		issued := end.AddDate(0, 0, 7) // the eighth of the next month
		if issued.After(now) {
			continue
		}
		for n, currency := range []string{"EUR", "GBP", "USD", "CHF"} {
			lines := w.charges(currency, start, end)
			if len(lines) == 0 {
				continue
			}
			invoice := Invoice{ID: fmt.Sprintf("G%09d", 12300+10*(3-back)+n), Currency: currency, Date: issued, Start: start, End: end.AddDate(0, 0, -1), Lines: lines}
			for _, line := range lines {
				invoice.Total += line.Subtotal
			}
			if back == 2 {
				invoice.Paid = -invoice.Total
			}
			invoices = append(invoices, invoice)
		}
		if invoice, ok := w.legacyInvoice(issued, start, end); ok {
			invoices = append(invoices, invoice)
		}
	}
	w.Tenant.Invoices = invoices
}

// Unbilled are the charges of this month, or of the one before until its invoice is issued.
func (w *World) Unbilled(currency string, previous bool) []InvoiceLine {
	for _, c := range w.Tenant.Customers {
		w.settle(c)
	}
	start := w.UnbilledMonth(previous)
	end := start.AddDate(0, 1, 0)
	billed := slices.ContainsFunc(w.Tenant.Invoices, func(i Invoice) bool { return i.Currency == currency && i.Start.Equal(start) })
	if billed {
		return nil
	}
	return w.charges(currency, start, end)
}

// UnbilledMonth is the first day of this month, or of the one before.
func (w *World) UnbilledMonth(previous bool) time.Time {
	now := w.Now()
	start := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	if previous {
		start = start.AddDate(0, -1, 0)
	}
	return start
}

// charges are what each subscription costs between start and end, one line for each of its billing periods that begins there.
func (w *World) charges(currency string, start, end time.Time) []InvoiceLine {
	var lines []InvoiceLine
	for _, c := range w.Tenant.Customers {
		if c.Currency() != currency {
			continue
		}
		for _, sub := range c.Subscriptions {
			if line, ok := w.chargeOf(c, sub, start, end); ok {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// chargeOf is the charge of a subscription; an unactivated one has none, and one that was cancelled in time gets it back.
func (w *World) chargeOf(c *Customer, sub *Subscription, start, end time.Time) (InvoiceLine, bool) {
	p, k := w.sold(sub)
	refunded := sub.Status == StatusDeleted && sub.Ended.Before(sub.CancelUntil)
	if sub.Unactivated || k == nil || refunded || !sub.Ended.IsZero() && sub.Ended.Before(start) {
		return InvoiceLine{}, false
	}
	term := k.Term(sub.TermDuration, sub.BillingCycle)
	from, charged := periodIn(sub, start, end)
	if term == nil || !charged || from.After(w.Now()) {
		return InvoiceLine{}, false
	}
	unit := term.Price.in(c.Currency())
	effective, adjustment := unit, ""
	if sub.Family == FamilySaaS && sub.PartnerID != "" { // a private offer to the reseller's customers
		effective, adjustment = unit.percent(-8), `[{"Type":"Private offer","Description":"8 percent"}]`
	}
	if margin := w.marginOf(sub, from); margin != nil {
		charged := Pricing{Price: unit}
		charged.withMargin(margin, c.Currency())
		effective, adjustment = charged.Price, `[{"Type":"Private offer","Description":"margin"}]`
	}
	return InvoiceLine{
		CustomerID: c.ID, CustomerName: c.Name, CustomerDomain: c.Domain, Country: c.Country, SubscriptionID: sub.ID, Nickname: sub.FriendlyName,
		OrderID: sub.OrderID, Charge: chargeType(sub, from), ProductID: p.ID, SkuID: k.ID, AvailabilityID: sub.OfferID[strings.LastIndex(sub.OfferID, ":")+1:],
		ProductName: p.Title, Publisher: sub.Publisher, Reseller: sub.PartnerID, Frequency: sub.BillingCycle, Term: term.Text(),
		Quantity: sub.Quantity, Unit: unit, Effective: effective, Subtotal: effective * Money(sub.Quantity), Adjustment: adjustment, Ordered: sub.Created,
		ChargeStart: from, ChargeEnd: AddMonths(from, max(cycleMonths(sub.BillingCycle), 1)).AddDate(0, 0, -1), TermStart: sub.TermStart, TermEnd: sub.TermEnd,
	}, true
}

// periodIn finds the billing period of the subscription that begins between start and end, in this term or an earlier one.
func periodIn(sub *Subscription, start, end time.Time) (from time.Time, found bool) {
	months := cycleMonths(sub.BillingCycle)
	if months == 0 {
		return sub.TermStart, !sub.TermStart.Before(start) && sub.TermStart.Before(end)
	}
	first := 0
	for !AddMonths(sub.TermStart, (first-1)*months).Before(sub.Created) {
		first--
	}
	for n := first; ; n++ {
		from = AddMonths(sub.TermStart, n*months)
		if !from.Before(end) || !sub.TermEnd.IsZero() && !from.Before(sub.TermEnd) {
			return time.Time{}, false
		}
		if !from.Before(start) {
			return from, true
		}
	}
}

// chargeType tells the first charge, the first of a term, and the others apart.
func chargeType(sub *Subscription, from time.Time) string {
	switch months := cycleMonths(sub.BillingCycle); {
	case months == 0, AddMonths(from, -months).Before(sub.Created):
		return "new"
	case from.Equal(sub.TermStart) || months == TermMonths(sub.TermDuration):
		return "renew"
	}
	return "cycleCharge"
}

// legacyInvoice bills the legacy subscriptions of a month; ok is false where there are none.
func (w *World) legacyInvoice(issued, start, end time.Time) (invoice Invoice, ok bool) {
	invoice = Invoice{ID: fmt.Sprintf("D0%d%s", start.Year(), start.Format("Jan")), Currency: "USD", Date: issued, Start: start, End: end.AddDate(0, 0, -1)}
	for _, c := range w.Tenant.Customers {
		for _, sub := range c.Subscriptions {
			if sub.Family == FamilyLegacy && c.Currency() == invoice.Currency && sub.Created.Before(start) {
				fee := LegacyLine{CustomerID: c.ID, CustomerName: c.Name, Domain: c.Domain, SubscriptionID: sub.ID, Nickname: sub.FriendlyName, OrderID: sub.OrderID,
					OfferID: sub.OfferID, OfferName: sub.OfferName, Charge: "Cycle fee", Quantity: sub.Quantity, Unit: Cents(400), Start: start, End: invoice.End}
				fee.Amount = fee.Unit * Money(fee.Quantity)
				credit := fee
				credit.Charge, credit.Quantity, credit.Amount = "Cycle instance prorate", -1, -fee.Unit
				invoice.Legacy = append(invoice.Legacy, fee, credit)
				invoice.Total += fee.Amount + credit.Amount
			}
		}
	}
	return invoice, len(invoice.Legacy) > 0
}
