// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"errors"
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

func TestPlus(t *testing.T) {
	t.Parallel()
	known := Quote{Currency: "EUR", Total: money(t, "504")}
	for name, test := range map[string]struct {
		quote Quote
		more  *Amount
		want  string
	}{
		"the same currency":   {known, euros(6), "510"},
		"another currency":    {known, &Amount{Value: *money(t, "6"), Currency: "USD"}, "504"},
		"nothing":             {known, nil, "504"},
		"an unknown quote":    {Quote{Currency: "EUR"}, euros(6), ""},
		"without a currency":  {Quote{Total: money(t, "504")}, euros(6), "504"},
		"no quote, no amount": {Quote{}, nil, ""},
	} {
		got, want := test.quote.Plus(test.more), money(t, test.want)
		if (got.Total == nil) != (want == nil) || want != nil && !got.Total.Equal(*want) {
			t.Errorf("%s: %v, want %v", name, got.Total, want)
		}
	}
	if known.Total.String() != "504" {
		t.Errorf("the quote itself is %s now", known.Total)
	}
}

func TestAmount(t *testing.T) {
	t.Parallel()
	if got := (Quote{Currency: "EUR", Total: money(t, "504")}).Amount(); got == nil || got.String() != "504.00 EUR" {
		t.Errorf("the amount is %v", got)
	}
	for name, q := range map[string]Quote{"no total": {Currency: "EUR", Unit: money(t, "1")}, "no currency": {Total: money(t, "1")}} {
		if got := q.Amount(); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
	var none *Amount
	if none.AtLeastZero() != nil {
		t.Error("an unknown amount becomes a known one")
	}
	if got := euros(-3).AtLeastZero(); !got.Value.IsZero() || got.Currency != "EUR" {
		t.Errorf("a credit counts as %v", got)
	}
	if got := euros(3).AtLeastZero(); got.String() != "3.00 EUR" {
		t.Errorf("3 EUR count as %v", got)
	}
}

func TestPriceChangedError(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		quote Quote
		want  string
	}{
		"all of it":      {Quote{"EUR", money(t, "4.2"), money(t, "504")}, "504.00 EUR (4.20 EUR for a license)"},
		"the unit only":  {Quote{"EUR", money(t, "4.2"), nil}, "4.20 EUR for a license, not known in all"},
		"the total only": {Quote{"EUR", nil, money(t, "504")}, "504.00 EUR"},
		"no amounts":     {Quote{"EUR", nil, nil}, "not known"},
		"no currency":    {Quote{"", money(t, "4.2"), money(t, "504")}, "not known"},
	} {
		got := (&PriceChangedError{test.quote, Quote{"EUR", nil, money(t, "1")}}).Error()
		if want := "the planned price is " + test.want + ", and Partner Center's price is 1.00 EUR now."; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		quote Quote
		want  string
	}{
		"at once":        {Quote{"EUR", money(t, "50.4"), money(t, "504")}, "It costs 50.40 EUR a license, 504.00 EUR in all, before tax."},
		"in charges":     {Quote{"EUR", money(t, "4.2"), money(t, "504")}, "It costs 4.20 EUR a license for each billing cycle, 42.00 EUR a charge (monthly), 504.00 EUR for the whole term, before tax."},
		"no unit":        {Quote{"EUR", nil, money(t, "504")}, "Partner Center gives no price for it."},
		"no total":       {Quote{"EUR", money(t, "4.2"), nil}, "Partner Center gives no price for it."},
		"no currency":    {Quote{"", money(t, "4.2"), money(t, "504")}, "Partner Center gives no price for it."},
		"nothing at all": {Quote{}, "Partner Center gives no price for it."},
	} {
		if got := test.quote.Sentence(10, "monthly"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestPriceLimit_none(t *testing.T) {
	t.Parallel()
	var none *PriceLimit
	if err := none.Check(Quote{Currency: "EUR", Total: money(t, "1000000")}); err != nil {
		t.Errorf("without a limit: %v", err)
	}
}

func TestUnpriced(t *testing.T) {
	t.Parallel()
	why := errors.New("no cart")
	free, limited := &Ledger{}, &Ledger{Limit: &Amount{}}
	own := &Addition{Limit: &PriceLimit{}}
	for name, test := range map[string]struct {
		addition     *Addition
		run          *Ledger
		limits, ways []string // named
	}{
		"no limit":           {&Addition{}, free, nil, nil},
		"of the run":         {&Addition{}, limited, []string{"with the provider's spending_limit."}, []string{WithoutLimit}},
		"of the block":       {own, free, []string{"with price_limit."}, []string{"remove price_limit."}},
		"of the two of them": {own, limited, []string{"with price_limit and the provider's spending_limit."}, []string{"remove price_limit,", "without spending_limit."}},
	} {
		err := test.addition.Unpriced(test.run, why)
		if test.limits == nil {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		for _, want := range append(test.limits, test.ways...) {
			if !errors.Is(err, why) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: it does not say %q: %v", name, want, err)
			}
		}
		kept := &partnercenter.RefusedError{}
		if err := test.addition.Unpriced(test.run, kept); err != error(kept) { //nolint:errorlint // it is the same one
			t.Errorf("%s: what the provider refuses by itself: %v", name, err)
		}
		if err := test.addition.Unpriced(test.run, nil); err != nil {
			t.Errorf("%s: there is a price: %v", name, err)
		}
	}
}
