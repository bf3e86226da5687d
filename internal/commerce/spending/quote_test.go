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
		"unit above":          {"4.19", "", "EUR", "4.20", "504", "EUR", "allows 4.19 EUR for one license and billing cycle (unit_price), but Partner Center asks 4.20 EUR"},
		"total above":         {"", "503.99", "EUR", "4.20", "504", "EUR", "for the whole term (total), but Partner Center asks 504.00 EUR"},
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

// An add-on is bought with its line: what it costs counts, and what is not known of it leaves the total unknown.
func TestLinePrice_addOns(t *testing.T) {
	t.Parallel()
	addon := func(price, extended string) partnercenter.CartLine {
		return partnercenter.CartLine{Quantity: 2, Pricing: &partnercenter.Pricing{Price: money(t, price), ExtendedPrice: money(t, extended)}}
	}
	in := func(currency string, line partnercenter.CartLine) partnercenter.CartLine {
		line.CurrencyCode = currency
		return line
	}
	nested := addon("", "10")
	nested.AddonItems = []partnercenter.CartLine{addon("", "5")}
	for name, test := range map[string]struct {
		addons []partnercenter.CartLine
		want   string // "" for unknown
	}{
		"none":                           {nil, "504"},
		"with a total":                   {[]partnercenter.CartLine{addon("", "24")}, "528"},
		"billed as its line":             {[]partnercenter.CartLine{addon("1", "")}, "528"},
		"two":                            {[]partnercenter.CartLine{addon("1", ""), addon("", "6")}, "534"},
		"an add-on of an add-on":         {[]partnercenter.CartLine{nested}, "519"},
		"in the same currency":           {[]partnercenter.CartLine{in("eur", addon("", "24"))}, "528"},
		"in another currency":            {[]partnercenter.CartLine{in("USD", addon("", "24"))}, ""},
		"without a price":                {[]partnercenter.CartLine{{Quantity: 2}}, ""},
		"one of two without a price":     {[]partnercenter.CartLine{addon("", "24"), {Quantity: 2}}, ""},
		"a credit makes no room":         {[]partnercenter.CartLine{addon("", "-100")}, "504"},
		"an add-on's is not known":       {[]partnercenter.CartLine{{Quantity: 1, Pricing: &partnercenter.Pricing{}}}, ""},
		"its own billing does not count": {[]partnercenter.CartLine{func() partnercenter.CartLine { a := addon("1", ""); a.BillingCycle = "weekly"; return a }()}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := LinePrice(partnercenter.CartLine{Quantity: 10, TermDuration: "P1Y", BillingCycle: "monthly", CurrencyCode: "EUR",
				Pricing: &partnercenter.Pricing{Price: money(t, "4.20")}, AddonItems: test.addons})
			want := money(t, test.want)
			if (got.Total == nil) != (want == nil) || want != nil && !got.Total.Equal(*want) || !got.Unit.Equal(*money(t, "4.2")) {
				t.Errorf("the price is %v for one and %v in all, want %v", got.Unit, got.Total, want)
			}
			if (got.Amount() == nil) != (want == nil) {
				t.Errorf("the spending limit counts %v", got.Amount())
			}
		})
	}
}

func TestPart(t *testing.T) {
	t.Parallel()
	q := Quote{Currency: "EUR", Total: money(t, "100")}
	if got := q.Part(1, 3); got.Total.String() != "33.34" {
		t.Errorf("a third of 100 EUR is %s", got.Total)
	}
	if got := q.Part(1, 0); got.Total != nil {
		t.Errorf("a part of nothing costs %s", got.Total)
	}
	if q.Total.String() != "100" {
		t.Errorf("the whole is %s now", q.Total)
	}
}

func TestSame(t *testing.T) {
	t.Parallel()
	known := Quote{Currency: "EUR", Unit: money(t, "4.2"), Total: money(t, "504")}
	for name, test := range map[string]struct {
		other Quote
		want  bool
	}{
		"other digits":     {Quote{Currency: "EUR", Unit: money(t, "4.20"), Total: money(t, "504.00")}, true},
		"another total":    {Quote{Currency: "EUR", Unit: money(t, "4.2"), Total: money(t, "503")}, false},
		"another unit":     {Quote{Currency: "EUR", Unit: money(t, "4.1"), Total: money(t, "504")}, false},
		"another currency": {Quote{Currency: "USD", Unit: money(t, "4.2"), Total: money(t, "504")}, false},
		"unknown":          {Quote{Currency: "EUR"}, false},
	} {
		if known.Same(test.other) != test.want || test.other.Same(known) != test.want {
			t.Errorf("%s: want %t", name, test.want)
		}
	}
	if !(Quote{}).Same(Quote{}) {
		t.Error("what is not known then as now has changed")
	}
}
