// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// quote is what a cart line costs before tax; nil amounts are not known.
type quote struct {
	currency    string
	unit, total *decimal.Decimal // one unit for one billing cycle; the whole line for its term
}

// quoted reads the price of a cart line. Where the service's own total and the sum of its unit prices differ, the larger counts:
// a limit must hold under both readings of the reference.
func quoted(line partnercenter.CartLine) quote {
	return priced(line.Pricing, line.CurrencyCode, int64(line.Quantity), line.TermDuration, line.BillingCycle)
}

func priced(pricing *partnercenter.Pricing, currency string, quantity int64, termDuration, billingCycle string) quote {
	q := quote{currency: strings.ToUpper(currency)}
	if pricing == nil {
		return q
	}
	q.unit, q.total = pricing.Price, pricing.ExtendedPrice
	if cycles, ok := billingCycles(termDuration, billingCycle); ok && q.unit != nil {
		sum := q.unit.Mul(decimal.NewFromInt(quantity)).Mul(decimal.NewFromInt(cycles))
		if q.total == nil || sum.GreaterThan(*q.total) {
			q.total = &sum
		}
	}
	return q
}

var (
	termMonths    = map[string]int64{"P1M": 1, "P1Y": 12, "P2Y": 24, "P3Y": 36}
	billingMonths = map[string]int64{"monthly": 1, "annual": 12, "biennial": 24, "triennial": 36}
)

// billingCycles is how many charges a term has.
func billingCycles(termDuration, billingCycle string) (int64, bool) {
	billingCycle = strings.ToLower(billingCycle)
	if billingCycle == "one_time" || billingCycle == "none" {
		return 1, true
	}
	term, every := termMonths[strings.ToUpper(termDuration)], billingMonths[billingCycle]
	if term == 0 || every == 0 || term%every != 0 {
		return 0, false
	}
	return term / every, true
}

// spending is the total as the provider's spending limit counts it, nil when it is not known.
func (q quote) spending() *framework.Amount {
	if q.total == nil || q.currency == "" {
		return nil
	}
	return &framework.Amount{Value: *q.total, Currency: q.currency}
}

// limit is the price limit of a configuration; nil amounts do not limit.
type limit struct {
	currency    string
	unit, total *decimal.Decimal
}

// limitError is a price that price_limit does not allow.
type limitError struct{ text string }

func (e *limitError) Error() string { return e.text }

func overLimit(format string, args ...any) error { return &limitError{fmt.Sprintf(format, args...)} }

// check refuses a price above the limit, in another currency, or unknown.
func (l *limit) check(q quote) error {
	if l == nil {
		return nil
	}
	if q.currency != "" && !strings.EqualFold(q.currency, l.currency) {
		return overLimit("price_limit is in %s, but Partner Center sells this in %s. Write the limit in %s", l.currency, q.currency, q.currency)
	}
	for _, c := range []struct {
		what         string
		limit, price *decimal.Decimal
	}{
		{"one licence and billing cycle (unit_price)", l.unit, q.unit},
		{"the whole term (total)", l.total, q.total},
	} {
		switch {
		case c.limit == nil:
		case c.price == nil || q.currency == "":
			return overLimit("price_limit allows %s %s for %s, and Partner Center gives no price to compare it with. Remove the limit if it is to be bought without a known price", c.limit, l.currency, c.what)
		case c.price.GreaterThan(*c.limit):
			return overLimit("price_limit allows %s %s for %s, but Partner Center asks %s %s. Raise the limit if that is to be paid", c.limit, l.currency, c.what, c.price, q.currency)
		}
	}
	return nil
}
