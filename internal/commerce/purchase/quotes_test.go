// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// quoted is a run that has priced an order for its plan, and the cart.
func (m *market) quoted(order Order) (Buyer, *PricedCart) {
	m.t.Helper()
	b := m.run()
	cart, err := Price(m.t.Context(), b.Client, order)
	if err != nil {
		m.t.Fatal(err)
	}
	b.Quotes.Keep(cart)
	m.ForgetRequests()
	return b, cart
}

// The cart that was priced for a plan is the one that is checked out, once.
func TestQuotes(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	b, cart := m.quoted(order)
	quote := cart.Quote()
	order.Planned = &quote
	got := mustBuy(t, b, order)
	m.isThe(got)
	if got.CartID != cart.cart.ID {
		t.Errorf("cart %s was checked out, want %s", got.CartID, cart.cart.ID)
	}
	m.sent(0, 1)
	if n := m.Count("GET", "availabilities"); n != 1 { // a cart of what is not sold any more is not checked out
		t.Errorf("the catalog was read %d times again, want 1", n)
	}
	order.OnExisting = PurchaseAnother
	if another := mustBuy(t, b, order); another.CartID == got.CartID {
		t.Error("one cart was checked out for two purchases")
	}
	m.sent(1, 2)
	m.bought(2)
}

func TestQuotes_notUsed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(m *market, o *Order){
		"another nickname":  func(_ *market, o *Order) { o.Line.FriendlyName = "two" },
		"another quantity":  func(_ *market, o *Order) { o.Line.Quantity = 6 },
		"another customer":  func(_ *market, o *Order) { o.CustomerID = emulator.CustomerNordwind },
		"another context":   func(_ *market, o *Order) { o.Line.ProvisioningContext = map[string]string{"a": "b"} },
		"an old quote":      func(m *market, _ *Order) { m.Advance(oldestQuote + time.Second) },
		"an expired cart":   func(m *market, _ *Order) { m.Advance(8 * 24 * time.Hour) },
		"a re-issued offer": func(m *market, _ *Order) { m.RotateAvailabilities() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) { b.StaleAvailability = emulator.AtCheckout })
			order := archive("one")
			b, cart := m.quoted(order)
			change(m, &order)
			got := mustBuy(t, b, order)
			if got.CartID == cart.cart.ID || got.Subscription == nil || got.Subscription.Quantity != order.Line.Quantity {
				t.Errorf("bought %+v with the cart of another order", got)
			}
			m.bought(1)
		})
	}
}

// A cart is checked out only while its price is promised: for an hour, and not beyond its own end.
func TestQuotes_age(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.run().Client
	now := client.LatestTime()
	for name, test := range map[string]struct {
		made, ends time.Time
		taken      bool
	}{
		"without an end":      {now, time.Time{}, true},
		"before its end":      {now, now.Add(time.Hour), true},
		"after its end":       {now.Add(-30 * time.Minute), now.Add(-time.Minute), false},
		"an old one":          {now.Add(-oldestQuote - time.Minute), now.Add(time.Hour), false},
		"old, without an end": {now.Add(-oldestQuote - time.Minute), time.Time{}, false},
	} {
		quotes, order := &Quotes{}, archive(name)
		quotes.Keep(&PricedCart{order: order, cart: &partnercenter.Cart{CreationTimestamp: partnercenter.Time{Time: test.made}, ExpirationTimestamp: partnercenter.Time{Time: test.ends}}})
		if got := quotes.take(order, client); (got != nil) != test.taken {
			t.Errorf("%s: it is taken: %t", name, got != nil)
		}
		if quotes.take(order, client) != nil {
			t.Errorf("%s: it is taken again", name)
		}
	}
}

// The planned price binds in every direction: what is not exactly as planned is not bought.
func TestBuy_planned(t *testing.T) {
	t.Parallel()
	quote := func(currency, unit, total string) *spending.Quote {
		q := &spending.Quote{Currency: currency}
		if unit != "" {
			q.Unit = new(decimal.RequireFromString(unit))
		}
		if total != "" {
			q.Total = new(decimal.RequireFromString(total))
		}
		return q
	}
	for name, test := range map[string]struct {
		planned *spending.Quote
		hidden  bool // Partner Center gives no price now
		why     string
	}{
		"nothing was planned":      {nil, false, ""},
		"the same":                 {quote("EUR", "33.6", "168.00"), false, ""},
		"dearer now":               {quote("EUR", "33.6", "167.99"), false, "the planned price is 167.99 EUR (33.60 EUR for a license), and Partner Center's price is 168.00 EUR"},
		"cheaper now":              {quote("EUR", "33.6", "168.01"), false, "168.01 EUR"},
		"another unit price":       {quote("EUR", "33.59", "168"), false, "33.59 EUR for a license"},
		"another currency":         {quote("USD", "33.6", "168"), false, "168.00 USD"},
		"not known then":           {quote("EUR", "", ""), false, "the planned price is not known"},
		"not known now":            {quote("EUR", "33.6", "168"), true, "Partner Center's price is not known now"},
		"not known, then as now":   {quote("EUR", "", ""), true, ""},
		"the total not known then": {quote("EUR", "33.6", ""), false, "not known in all"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) { b.CartPricingHidden = test.hidden })
			order := archive("one")
			order.Planned = test.planned
			got, err := m.run().Buy(t.Context(), order)
			if test.why == "" {
				if err != nil {
					t.Fatal(err)
				}
				m.isThe(got)
				return
			}
			refused(t, got, err, test.why)
			if _, ok := errors.AsType[*spending.PriceChangedError](err); !ok {
				t.Errorf("the error is %#v", err)
			}
			m.sent(1, 0)
			m.bought(0)
		})
	}
}
