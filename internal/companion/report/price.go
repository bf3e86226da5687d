// SPDX-License-Identifier: MPL-2.0

package report

import (
	"github.com/shopspring/decimal"
)

const (
	noteNotYetKnown = "the price is known after apply only"
	noteNoPrice     = "Partner Center gives no price"
	noteUnreadable  = "the plan has a price that is no amount of money"
	noteUnchanged   = "the plan does not show what the change adds"
)

// money is the total; nil where there is no commitment.
func (c *commitment) money() (*Money, error) {
	if c == nil {
		return nil, nil
	}
	m, err := parseMoney(c.Total, c.Currency)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// pricePurchase takes the whole commitment for what is added: nothing was there before, or what was there is not given back.
func (s *sides) pricePurchase(row *Row) {
	total, err := s.after.Commitment.money()
	switch {
	case s.unknown["commitment"]:
		row.unpriced(noteNotYetKnown)
	case err != nil:
		row.unpriced(noteUnreadable)
	case total == nil:
		row.unpriced(noteNoPrice)
	default:
		row.Amount, row.PerMonth = total, s.after.monthly()
	}
	row.Final = finality(s.after.Commitment)
}

// priceChange takes the difference of the commitments. What may cost more is never taken for free.
func (s *sides) priceChange(row *Row) {
	before, errBefore := s.before.Commitment.money()
	after, err := s.after.Commitment.money()
	switch {
	case s.unknown["commitment"]:
		row.unpriced(noteNotYetKnown)
	case err != nil || errBefore != nil:
		row.unpriced(noteUnreadable)
	case after == nil && s.spendsMore():
		row.unpriced(noteNoPrice)
	case after == nil:
		return
	case before == nil || before.Currency != after.Currency:
		row.Amount, row.PerMonth = after, s.after.monthly()
	case !after.Amount.Equal(before.Amount):
		row.Amount = &Money{after.Amount.Sub(before.Amount), after.Currency}
		row.PerMonth = less(s.after.monthly(), s.before.monthly())
	case s.spendsMore() && !after.Amount.IsZero():
		row.unpriced(noteUnchanged)
	default:
		return
	}
	if row.commits() {
		row.Final = finality(s.after.Commitment)
	}
}

func (r *Row) unpriced(why string) {
	r.Unpriced = true
	r.note(why)
}

// spendsMore is whether a change of what exists may cost more. An adoption of what exists changes nothing.
func (s *sides) spendsMore() bool {
	if s.has("create") || s.importing && !s.has("update") {
		return false
	}
	return s.moreLicenses() || s.before.TermDuration != s.after.TermDuration ||
		s.before.ProductID != s.after.ProductID || s.before.SkuID != s.after.SkuID
}

func (s *sides) moreLicenses() bool {
	return s.unknown["quantity"] || s.after.Quantity > s.before.Quantity
}

// priceByCart prices a purchase that the provider left open by the line of the cart that it buys, where the plan knows that cart.
func (s *sides) priceByCart(carts map[string][]lineItem) {
	lines, known := carts[s.after.CartID]
	if !known || !s.has("create") || s.after.Commitment != nil {
		return
	}
	number := int64(0)
	if s.after.CartLineItem != nil {
		number = *s.after.CartLineItem
	} else if len(lines) != 1 {
		return
	}
	if number < 0 || number >= int64(len(lines)) {
		return
	}
	line := lines[number]
	s.after.Commitment = &commitment{UnitPrice: line.UnitPrice, Total: line.TotalPrice, Currency: line.CurrencyCode}
	delete(s.unknown, "commitment")
}

// monthly is what the commitment is for each month of the term; nil where the plan does not tell. A term that ends on a day of its own
// has no length in the plan, so there the price of a month has to be that of the licenses.
func (v *values) monthly() *Money {
	total, err := v.Commitment.money()
	if total == nil || err != nil {
		return nil
	}
	if n := months(v.TermDuration); n > 0 && v.CustomTermEndDate == "" {
		return &Money{total.Amount.DivRound(decimal.NewFromInt(n), 2), total.Currency}
	}
	unit, err := parseMoney(v.Commitment.UnitPrice, v.Commitment.Currency)
	if err != nil || v.BillingCycle != "monthly" {
		return nil
	}
	return &Money{unit.Amount.Mul(decimal.NewFromInt(v.Quantity)), unit.Currency}
}

// less is the difference of two amounts of one currency; nil where either is not known.
func less(after, before *Money) *Money {
	if after == nil || before == nil || after.Currency != before.Currency {
		return nil
	}
	return &Money{after.Amount.Sub(before.Amount), after.Currency}
}

// finality reads the refund windows of a commitment, such as "full P1D, partial P7D" or "none".
func finality(c *commitment) Final {
	if c == nil || c.Refund == "" {
		return Final{}
	}
	if c.Refund == "none" {
		return Final{AtOnce: true}
	}
	windows := refundWindow.FindStringSubmatch(c.Refund)
	switch {
	case windows == nil:
		return Final{Text: c.Refund}
	case windows[2] == "":
		return Final{After: windows[1], FullRefund: windows[1]}
	}
	return Final{After: windows[2], FullRefund: windows[1]}
}
