// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Quote is what a cart line costs before tax; nil amounts are not known.
type Quote struct {
	Currency    string
	Unit, Total *decimal.Decimal // one unit for one billing cycle; the whole line for its term
}

// LinePrice reads the price of a cart line. Where the service's own total and the sum of its unit prices differ, the larger counts:
// a limit must hold under both readings (reference/commerce.md#working-decisions, 5). Add-ons count with their line.
func LinePrice(line partnercenter.CartLine) Quote {
	q := Priced(line.Pricing, line.CurrencyCode, int64(line.Quantity), line.TermDuration, line.BillingCycle)
	for _, addon := range line.AddonItems { // what an add-on does not say is as its line has it
		addon.TermDuration, addon.BillingCycle = cmp.Or(addon.TermDuration, line.TermDuration), cmp.Or(addon.BillingCycle, line.BillingCycle)
		addon.CurrencyCode = cmp.Or(addon.CurrencyCode, line.CurrencyCode)
		q = q.with(LinePrice(addon))
	}
	return q
}

// with adds an add-on, which is bought with its line: the total is that of both, and is not known where one of them is not.
func (q Quote) with(addon Quote) Quote {
	if q.Total == nil || addon.Total == nil || addon.Currency != q.Currency {
		q.Total = nil
		return q
	}
	sum := q.Total.Add(atLeastZero(*addon.Total))
	q.Total = &sum
	return q
}

// Same reports whether two quotes are the same price. One that is not known is the same as another that is not known.
func (q Quote) Same(other Quote) bool {
	return q.Currency == other.Currency && sameAmount(q.Unit, other.Unit) && sameAmount(q.Total, other.Total)
}

func sameAmount(a, b *decimal.Decimal) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// PriceChangedError is a price that is not the one that was planned.
type PriceChangedError struct{ Planned, Now Quote }

func (e *PriceChangedError) Error() string {
	return fmt.Sprintf("the planned price is %s, and Partner Center's price is %s now. Run plan again, and look at the new price", e.Planned.text(), e.Now.text())
}

func (q Quote) text() string {
	switch {
	case q.Currency == "" || q.Total == nil && q.Unit == nil:
		return "not known"
	case q.Total == nil:
		return q.Money(*q.Unit) + " for a license, not known in all"
	case q.Unit == nil:
		return q.Money(*q.Total)
	}
	return fmt.Sprintf("%s (%s for a license)", q.Money(*q.Total), q.Money(*q.Unit))
}

// Priced is the price of a number of licenses for a term, from what the service says of one.
func Priced(pricing *partnercenter.Pricing, currency string, quantity int64, termDuration, billingCycle string) Quote {
	q := Quote{Currency: strings.ToUpper(currency)}
	if pricing == nil {
		return q
	}
	q.Unit, q.Total = pricing.Price, pricing.ExtendedPrice
	if cycles, ok := catalog.Charges(termDuration, billingCycle); ok && q.Unit != nil {
		sum := q.Unit.Mul(decimal.NewFromInt(quantity)).Mul(decimal.NewFromInt(cycles))
		if q.Total == nil || sum.GreaterThan(*q.Total) {
			q.Total = &sum
		}
	}
	return q
}

// Amount is the total as the provider's spending limit counts it, nil when it is not known.
func (q Quote) Amount() *Amount {
	if q.Total == nil || q.Currency == "" {
		return nil
	}
	return &Amount{Value: *q.Total, Currency: q.Currency}
}

// PriceLimit is the price limit of a configuration; nil amounts do not limit.
type PriceLimit struct {
	Currency    string
	Unit, Total *decimal.Decimal
}

// LimitError is a price that price_limit does not allow.
type LimitError struct{ text string }

func (e *LimitError) Error() string { return e.text }

func overLimit(format string, args ...any) error { return &LimitError{fmt.Sprintf(format, args...)} }

// Check refuses a price above the limit, in another currency, or unknown.
func (l *PriceLimit) Check(q Quote) error {
	if l == nil {
		return nil
	}
	if q.Currency != "" && !strings.EqualFold(q.Currency, l.Currency) {
		return overLimit("price_limit is in %s, but Partner Center sells this in %s. Write the limit in %s", l.Currency, q.Currency, q.Currency)
	}
	for _, c := range []struct {
		what         string
		limit, price *decimal.Decimal
	}{
		{"one license and billing cycle (unit_price)", l.Unit, q.Unit},
		{"the whole term (total)", l.Total, q.Total},
	} {
		switch {
		case c.limit == nil:
		case c.price == nil || q.Currency == "":
			return overLimit("price_limit allows %s for %s, and Partner Center gives no price to compare it with. Remove the limit if it is to be bought without a known price", words.Amount(*c.limit, l.Currency), c.what)
		case c.price.GreaterThan(*c.limit):
			return overLimit("price_limit allows %s for %s, but Partner Center asks %s. Raise the limit if that is to be paid", words.Amount(*c.limit, l.Currency), c.what, q.Money(*c.price))
		}
	}
	return nil
}

// Part is the price of some licenses of a line, not known where the line has none.
func (q Quote) Part(licenses, all int64) Quote {
	if all <= 0 {
		q.Total = nil
	}
	if q.Total != nil {
		part := q.Total.Mul(decimal.NewFromInt(licenses)).Div(decimal.NewFromInt(all)).RoundUp(2)
		q.Total = &part
	}
	return q
}

// Plus is the quote with an amount of the same currency on top; nil, or another currency, adds nothing.
func (q Quote) Plus(a *Amount) Quote {
	if a != nil && q.Total != nil && a.Currency == q.Currency {
		sum := q.Total.Add(a.Value)
		q.Total = &sum
	}
	return q
}

// Money is an amount in the quote's currency.
func (q Quote) Money(value decimal.Decimal) string { return words.Amount(value, q.Currency) }

// Sentence says a price as people compare it: per license, per charge, for the term.
func (q Quote) Sentence(quantity int64, billingCycle string) string {
	if q.Unit == nil || q.Total == nil || q.Currency == "" {
		return "Partner Center gives no price for it."
	}
	charge := q.Unit.Mul(decimal.NewFromInt(quantity))
	if charge.Equal(*q.Total) {
		return fmt.Sprintf("It costs %s a license, %s in all, before tax.", q.Money(*q.Unit), q.Money(*q.Total))
	}
	return fmt.Sprintf("It costs %s a license for each billing cycle, %s a charge (%s), %s for the whole term, before tax.",
		q.Money(*q.Unit), q.Money(charge), billingCycle, q.Money(*q.Total))
}
