// SPDX-License-Identifier: MPL-2.0

package report

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func TestParseLimit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"5000 EUR": "5,000.00 EUR", "5,000.50 eur": "5,000.50 EUR", "1,234,567.5 USD": "1,234,567.50 USD", "0 EUR": "0.00 EUR",
		"5000": "", "EUR": "", "5,00 EUR": "", "-1 EUR": "", "1e9 EUR": "", "5000 EURO": "", "5.000,00 EUR": "", "": "", "5000 EUR x": "",
	} {
		got, err := ParseLimit(text)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q: got %s, %v; want %q", text, got, err, want)
		}
	}
}

func TestExceeded(t *testing.T) {
	t.Parallel()
	r := readText(t, planOf(
		changeOf("a", nil, attributesOf(5, "60.00"), nil, "create"), changeOf("b", attributesOf(5, "100.00"), attributesOf(5, "50.00"), nil, "update"),
	))
	limit := func(amount, currency string) Money {
		return Money{decimal.RequireFromString(amount), currency}
	}
	for name, test := range map[string]struct {
		limits Limits
		want   string
	}{
		"none":                   {Limits{}, ""},
		"equal":                  {Limits{Most: []Money{limit("60", "EUR")}}, ""},
		"a cent less":            {Limits{Most: []Money{limit("59.99", "EUR")}}, "The plan commits to 60.00 EUR, above the limit of 59.99 EUR."},
		"in another currency":    {Limits{Most: []Money{limit("1000", "USD")}}, "The plan commits to 60.00 EUR, and no limit in EUR is given."},
		"everything has a price": {Limits{NotUnpriced: true}, ""},
	} {
		if got := strings.Join(test.limits.Exceeded(r), " "); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestFinality(t *testing.T) {
	t.Parallel()
	for refund, want := range map[string]string{
		"full P1D, partial P7D": "7 days after apply (paid back in full: 1 day)", "full P1D": "1 day after apply", "partial P7D": "7 days after apply",
		"none": "at once", "until noon": "`until noon`",
	} {
		row := Row{Unpriced: true, Final: finality(&commitment{Refund: refund})}
		if got := row.finalText(); got != want {
			t.Errorf("%s: got %q, want %q", refund, got, want)
		}
	}
}

func TestMonthly(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values values
		want   string
	}{
		"a year":                     {values{TermDuration: "P1Y", BillingCycle: "annual"}, "10.00 EUR"},
		"a month":                    {values{TermDuration: "P1M", BillingCycle: "monthly"}, "120.00 EUR"},
		"three years":                {values{TermDuration: "P3Y"}, "3.33 EUR"},
		"a day of its own":           {values{TermDuration: "P1Y", CustomTermEndDate: "2027-01-31", BillingCycle: "monthly"}, "6.00 EUR"},
		"a day of its own, annually": {values{TermDuration: "P1Y", CustomTermEndDate: "2027-01-31", BillingCycle: "annual"}, ""},
		"days":                       {values{TermDuration: "P30D"}, ""},
	} {
		test.values.Quantity, test.values.Commitment = 2, &commitment{UnitPrice: "3", Total: "120", Currency: "EUR"}
		got := ""
		if m := test.values.monthly(); m != nil {
			got = m.String()
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"7020": "7,020.00", "70200.00": "70,200.00", "1234567.8": "1,234,567.80", "999": "999.00", "-1404": "-1,404.00", "0.0034": "0.0034", "1000.1250": "1,000.125",
	} {
		if got := grouped(decimal.RequireFromString(text)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
