// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func money(t *testing.T, text string) *decimal.Decimal {
	t.Helper()
	if text == "" {
		return nil
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		price, extended, term, billing string
		want                           string // total
	}{
		"the service's total is the sum":            {"4.20", "504.00", "P1Y", "monthly", "504"},
		"the service's total is one cycle only":     {"4.20", "42.00", "P1Y", "monthly", "504"},
		"the service's total is larger":             {"4.20", "999.00", "P1Y", "monthly", "999"},
		"upfront":                                   {"50.40", "", "P1Y", "annual", "504"},
		"only the total is known":                   {"", "504.00", "P1Y", "monthly", "504"},
		"an unknown billing cycle cannot be summed": {"4.20", "", "P1Y", "weekly", ""},
		"a free trial":                              {"0", "0", "P1M", "none", "0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := LinePrice(partnercenter.CartLine{
				Quantity: 10, TermDuration: test.term, BillingCycle: test.billing, CurrencyCode: "EUR",
				Pricing: &partnercenter.Pricing{Price: money(t, test.price), ExtendedPrice: money(t, test.extended)},
			})
			want := money(t, test.want)
			if (got.Total == nil) != (want == nil) || want != nil && !got.Total.Equal(*want) {
				t.Errorf("total = %v, want %v", got.Total, want)
			}
		})
	}
}

func TestPriceLimit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		limitUnit, limitTotal, currency string
		unit, total, sold               string
		want                            string // part of the refusal, "" for none
	}{
		"below":               {"5", "600", "EUR", "4.20", "504", "EUR", ""},
		"equal":               {"4.20", "504.00", "EUR", "4.2", "504", "EUR", ""},
		"unit above":          {"4.19", "", "EUR", "4.20", "504", "EUR", "allows 4.19 EUR for one licence and billing cycle (unit_price), but Partner Center asks 4.2 EUR"},
		"total above":         {"", "503.99", "EUR", "4.20", "504", "EUR", "for the whole term (total), but Partner Center asks 504 EUR"},
		"another currency":    {"5", "", "USD", "4.20", "504", "EUR", "price_limit is in USD"},
		"unknown unit price":  {"5", "", "EUR", "", "504", "EUR", "gives no price"},
		"unknown total":       {"", "600", "EUR", "4.20", "", "EUR", "gives no price"},
		"unknown currency":    {"5", "", "EUR", "4.20", "504", "", "gives no price"},
		"the limit lets free": {"0", "0", "EUR", "0", "0", "EUR", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &PriceLimit{Currency: test.currency, Unit: money(t, test.limitUnit), Total: money(t, test.limitTotal)}
			err := l.Check(Quote{Currency: test.sold, Unit: money(t, test.unit), Total: money(t, test.total)})
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("check = %v, want %q", err, test.want)
			}
		})
	}
}
