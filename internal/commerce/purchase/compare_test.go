// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// guard asks what licenses of Mail Guard cost.
func guard(licenses int64) Comparison {
	return Comparison{CustomerID: emulator.CustomerNordwind, ProductID: emulator.ProductMailGuard, SkuID: "0001", Quantity: licenses}
}

var guardPrices = []string{"P1M monthly 4.2 21 EUR", "P1Y monthly 3.6 216 EUR", "P1Y annual 40.5 202.5 EUR"}

func said(options []PricedOption) []string {
	var all []string
	for _, o := range options {
		one := o.TermDuration + " " + o.BillingCycle
		switch {
		case o.Refusal != nil:
			one += " refused: " + o.Refusal.Error()
		case o.Quote.Unit == nil:
			one += " unpriced"
		default:
			one += fmt.Sprintf(" %s %s %s", o.Quote.Unit, o.Quote.Total, o.Quote.Currency)
		}
		all = append(all, one)
	}
	return all
}

// One cart prices every way to buy; where Partner Center does not take them together, each has its own.
func TestCompare(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behave func(b *emulator.Behaviour)
		carts  int
		want   []string
	}{
		"one cart":    {func(*emulator.Behaviour) {}, 1, guardPrices},
		"alone":       {func(b *emulator.Behaviour) { b.LinesOfACart = 1 }, 4, guardPrices},
		"price kept":  {func(b *emulator.Behaviour) { b.CartPricingHidden = true }, 1, []string{"P1M monthly unpriced", "P1Y monthly unpriced", "P1Y annual unpriced"}},
		"as a status": {func(b *emulator.Behaviour) { b.CartErrors = emulator.ErrorAsStatus }, 1, guardPrices},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, test.behave)
			offer, options, err := Compare(t.Context(), m.run().Client, guard(5))
			if err != nil || offer.Name() != "Mail Guard - Team plan" || !slices.Equal(said(options), test.want) {
				t.Errorf("got %q, %v", said(options), err)
			}
			m.sent(test.carts, 0)
			m.bought(0)
		})
	}
}

// What was looked up earlier in the run is looked up again where it is not sold any more.
func TestCompare_reissued(t *testing.T) {
	t.Parallel()
	for name, asStatus := range map[string]bool{"in the line": false, "as a status": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) {
				if asStatus {
					b.CartErrors = emulator.ErrorAsStatus
				}
			})
			client := m.run().Client
			if _, _, err := Compare(t.Context(), client, guard(5)); err != nil {
				t.Fatal(err)
			}
			m.RotateAvailabilities()
			_, options, err := Compare(t.Context(), client, guard(5))
			if err != nil || !slices.Equal(said(options), guardPrices) {
				t.Errorf("got %q, %v", said(options), err)
			}
			m.sent(3, 0)
		})
	}
}

// What is issued anew each time is not looked up for ever.
func TestCompare_reissuedEachTime(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	left := 3 * rebuilds
	m.before = func(_ http.ResponseWriter, r *http.Request) {
		if left > 0 && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/carts") {
			left--
			m.RotateAvailabilities()
		}
	}
	_, options, err := Compare(t.Context(), m.intercepted().Client, guard(5))
	if !reissued(err) || len(options) != len(guardPrices) {
		t.Errorf("got %q, %v", said(options), err)
	}
	m.sent(rebuilds, 0)
}

// A line that the shared cart refuses is asked about alone, and then keeps what Partner Center says of it.
func TestCompare_refused(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.run().Client
	medical := guard(1)
	medical.ProductID = emulator.ProductMedical
	_, options, err := Compare(t.Context(), client, medical)
	if err == nil || !strings.Contains(err.Error(), "attestation") || len(options) != 2 {
		t.Errorf("without the attestation: %q, %v", said(options), err)
	}
	m.sent(3, 0)
	medical.AttestationAccepted = true
	_, options, err = Compare(t.Context(), client, medical)
	if want := []string{"P1M monthly 19.5 19.5 EUR", "P1Y annual 210 210 EUR"}; err != nil || !slices.Equal(said(options), want) {
		t.Errorf("with the attestation: %q, %v", said(options), err)
	}
	m.bought(0)
}

func TestCompare_nothing(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.run().Client
	for want, change := range map[string]func(c *Comparison){
		`is not sold with term_duration = "P3Y"`: func(c *Comparison) { c.TermDuration = "P3Y" },
		"is sold with at most 500 licenses":      func(c *Comparison) { c.Quantity = 501 },
		"cannot be bought for this customer":     func(c *Comparison) { c.ProductID = emulator.ProductRetired },
		"is an Azure plan or reservation":        func(c *Comparison) { c.ProductID = emulator.ProductAzurePlan },
		"400013":                                 func(c *Comparison) { c.ProductID = "DZH318ZUNKNOWN" },
	} {
		asked := guard(5)
		change(&asked)
		if _, options, err := Compare(t.Context(), client, asked); err == nil || !strings.Contains(err.Error(), want) || len(options) > 0 {
			t.Errorf("%+v: %q, %v; want %q", asked, said(options), err, want)
		}
	}
	m.sent(0, 0)
}

// A trial is priced with a term that it may turn into; one named way takes one line.
func TestCompare_oneWay(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.run().Client
	trial := guard(5)
	trial.ProductID = emulator.ProductSignature
	if _, options, err := Compare(t.Context(), client, trial); err != nil || !slices.Equal(said(options), []string{"P1M none 0 0 EUR"}) {
		t.Errorf("a trial: %q, %v", said(options), err)
	}
	one := guard(5)
	one.TermDuration, one.BillingCycle = "P1Y", "annual"
	if _, options, err := Compare(t.Context(), client, one); err != nil || !slices.Equal(said(options), guardPrices[2:]) {
		t.Errorf("one way: %q, %v", said(options), err)
	}
	m.ForgetRequests()
	medical := guard(1)
	medical.ProductID, medical.TermDuration = emulator.ProductMedical, "P1M"
	if _, options, err := Compare(t.Context(), client, medical); err == nil || len(options) != 1 {
		t.Errorf("one way that is refused: %q, %v", said(options), err)
	}
	m.sent(1, 0) // no other line can be the reason
}

// Only a trial is asked for with a term that it turns into, and only where the catalog names one.
func TestComparison_line(t *testing.T) {
	t.Parallel()
	into := []partnercenter.RenewalOption{{TermDuration: "P1Y"}}
	for name, test := range map[string]struct {
		sku    *partnercenter.Sku
		into   []partnercenter.RenewalOption
		renews bool
	}{
		"a trial":                         {&partnercenter.Sku{IsTrial: true}, into, true},
		"a trial that turns into nothing": {&partnercenter.Sku{IsTrial: true}, nil, false},
		"no trial":                        {&partnercenter.Sku{}, into, false},
		"not described":                   {nil, into, false},
	} {
		line := guard(5).line(2, catalog.TermOption{
			TermDuration: "P1M", BillingCycle: "monthly", Availability: &partnercenter.Availability{CatalogItemID: "P:0001:A", Sku: test.sku}, Term: &partnercenter.Term{RenewalOptions: test.into},
		})
		if line.ID != 2 || line.Quantity != 5 || (line.RenewsTo != nil) != test.renews {
			t.Errorf("%s: %+v", name, line)
		}
	}
}

// A price counts for the line that was asked for, and for no other.
func TestPricedOption_take(t *testing.T) {
	t.Parallel()
	asked := guard(5).line(1, catalog.TermOption{TermDuration: "P1Y", BillingCycle: "annual", Availability: &partnercenter.Availability{CatalogItemID: "P:0001:A"}})
	for name, test := range map[string]struct {
		change func(*partnercenter.CartLine)
		why    string
	}{
		"the line":       {func(*partnercenter.CartLine) {}, ""},
		"another number": {func(l *partnercenter.CartLine) { l.ID = 2 }, "came back without it"},
		"something else": {func(l *partnercenter.CartLine) { l.Quantity = 6 }, "came back without it"},
		"refused":        {func(l *partnercenter.CartLine) { l.Error = &partnercenter.CartLineError{ErrorDescription: "No."} }, "does not sell this: No"},
	} {
		line, o := asked, PricedOption{}
		line.PromotionID = " spring "
		test.change(&line)
		o.take(asked, &partnercenter.Cart{LineItems: []partnercenter.CartLine{{ID: 0}, line}})
		if (o.Refusal == nil) != (test.why == "") || o.Refusal != nil && !strings.Contains(o.Refusal.Error(), test.why) || (o.PromotionID == "spring") != (test.why == "") {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

// A trouble of the service is no word about the lines.
func TestCompare_unavailable(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	m.Fault(emulator.Fault{Match: emulator.Match{Method: "POST", Pattern: "customers/*/carts"}, Status: 403, Code: 2032, Description: "No.", Times: -1})
	if _, options, err := Compare(t.Context(), m.run().Client, guard(5)); !partnercenter.HasCode(err, "2032") || len(options) > 0 {
		t.Errorf("got %q, %v", said(options), err)
	}
	m.sent(1, 0)
}

// What Partner Center applies by itself is in the price.
func TestCompare_promotion(t *testing.T) {
	t.Parallel()
	m := openMarket(t, func(b *emulator.Behaviour) { b.AutoApplicablePromotions = true })
	plus := guard(5)
	plus.CustomerID, plus.ProductID = emulator.CustomerKaffeehaus, emulator.ProductOfficePlus
	_, options, err := Compare(t.Context(), m.run().Client, plus)
	if want := []string{"P1M monthly 24.72 123.6 EUR", "P1Y monthly 17.51 1050.6 EUR", "P1Y annual 247.2 1236 EUR"}; err != nil || !slices.Equal(said(options), want) {
		t.Fatalf("got %q, %v", said(options), err)
	}
	for i, want := range []string{"", emulator.PromotionPlus, ""} {
		if options[i].PromotionID != want {
			t.Errorf("promotion %q for the price %s, want %q", options[i].PromotionID, options[i].Quote.Total, want)
		}
	}
}
