// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestBringsNothing(t *testing.T) {
	t.Parallel()
	line := func(id string) partnercenter.OrderLine { return partnercenter.OrderLine{SubscriptionID: id} }
	for name, test := range map[string]struct {
		status string
		lines  []partnercenter.OrderLine
		want   bool
	}{
		"failed":                    {"error", []partnercenter.OrderLine{line("")}, true},
		"rejected":                  {"PO Review Rejected", []partnercenter.OrderLine{line("")}, true},
		"partly, for other lines":   {"partial_success", []partnercenter.OrderLine{line("s-1"), line("")}, true},
		"partly, for none yet":      {"partial_success", []partnercenter.OrderLine{line(""), line("")}, false},
		"completed for other lines": {"completed", []partnercenter.OrderLine{line("s-1"), line("")}, false},
		"in review":                 {"pending_review", []partnercenter.OrderLine{line("")}, false},
	} {
		if got := bringsNothing(&partnercenter.Order{Status: test.status, LineItems: test.lines}); got != test.want {
			t.Errorf("%s: it brings nothing: %t", name, got)
		}
	}
}

// The order's price is the one that is charged; where it does not tell all of it, the cart's counts.
func TestOrderedFor(t *testing.T) {
	t.Parallel()
	priced := &partnercenter.Pricing{Price: new(decimal.NewFromInt(45)), ExtendedPrice: new(decimal.NewFromInt(90))}
	for name, test := range map[string]struct {
		pricing *partnercenter.Pricing
		addons  []partnercenter.CartLine
		want    int64
	}{
		"by the order":                         {priced, nil, 90},
		"the order has no price":               {nil, nil, 40},
		"add-ons are lines of their own there": {priced, []partnercenter.CartLine{{Pricing: &partnercenter.Pricing{ExtendedPrice: new(decimal.NewFromInt(7))}, CurrencyCode: "EUR", Quantity: 1}}, 47},
	} {
		cart := pairCart()
		cart.cart.LineItems[1].AddonItems = test.addons
		got := cart.orderedFor(&partnercenter.OrderLine{Quantity: 2, Pricing: test.pricing}, "EUR")
		if got.Total == nil || !got.Total.Equal(decimal.NewFromInt(test.want)) {
			t.Errorf("%s: %+v, want %d", name, got, test.want)
		}
	}
}

// Where the order itself cannot be read, or does not name the line, the subscription is found in another way, or is not known.
func TestReceive(t *testing.T) {
	t.Parallel()
	order := emulator.Match{Method: http.MethodGet, Pattern: "orders/*"}
	list := emulator.Match{Method: http.MethodGet, Pattern: "subscriptions"}
	for name, test := range map[string]struct {
		lines  int // of the order
		line   func(*orderLine)
		faults []emulator.Match
		want   string // why it is not known, "" where it is
	}{
		"by its number":                       {2, func(*orderLine) {}, nil, ""},
		"by its subscription":                 {2, func(l *orderLine) { l.number = anyLine }, nil, ""},
		"by its subscription, and in no line": {2, func(l *orderLine) { l.number = 7 }, nil, ""},
		"in no line":                          {2, func(l *orderLine) { l.number, l.subscriptionID = 7, "" }, nil, "has not named its subscription yet"},
		"the order is refused":                {1, func(l *orderLine) { l.subscriptionID = "" }, []emulator.Match{order}, ""},
		"the order of two is refused":         {2, func(l *orderLine) { l.subscriptionID = "" }, []emulator.Match{order}, "has not named its subscription yet"},
		"the order and the list are refused":  {1, func(l *orderLine) { l.subscriptionID = "" }, []emulator.Match{order, list}, "has not named its subscription yet"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, showAtOnce)
			orders := []Order{archive("one"), archive("two")}[:test.lines]
			orders = m.inCart(orders...)
			first := mustBuy(t, m.run(), orders[0])
			line := orderLine{orderID: first.OrderID, number: partnercenter.Int(first.OrderLine), subscriptionID: first.Subscription.ID}
			test.line(&line)
			b := m.run()
			cart, err := ReadCart(t.Context(), b.Client, orders[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range test.faults {
				m.Fault(emulator.Fault{Match: match, Status: http.StatusForbidden, Times: -1})
			}
			ctx, cancel := b.Client.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			got, err := b.receive(ctx, &checkedOut{cart: cart, line: &line})
			if err != nil {
				t.Fatal(err)
			}
			if test.want != "" {
				isUnknown(t, got, test.want)
				return
			}
			if got.Unknown != "" || got.Subscription == nil || got.Subscription.ID != first.Subscription.ID {
				t.Errorf("the receipt is %+v", got)
			}
		})
	}
}

// Until the order is known to be this purchase's own, nobody else may look for the same thing.
func TestFinish_unlocks(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]bool{"answered": false, "never answered": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			b := m.run()
			cart, err := Price(t.Context(), b.Client, archive("one"))
			if err != nil {
				t.Fatal(err)
			}
			checked, err := b.check(t.Context(), cart)
			if err != nil {
				t.Fatal(err)
			}
			if lost {
				m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: -1})
			}
			ctx, cancel := b.Client.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			unlocked := false
			got, err := b.finish(ctx, checked, func() { unlocked = true })
			if err != nil || (got.Unknown != "") != lost || unlocked == lost {
				t.Errorf("unlocked %t: %+v, %v", unlocked, got, err)
			}
		})
	}
}

// What a list says is enough where it names line and subscription; what it leaves open, the order itself says.
func TestRecover_listed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behave   func(b *emulator.Behaviour)
		noOrders bool // the list of orders lags behind that of subscriptions
		state    State
		reads    int // of the order itself
	}{
		"by the orders":        {func(*emulator.Behaviour) {}, false, Bought, 0},
		"by the subscriptions": {func(*emulator.Behaviour) {}, true, Bought, 1},
		"without subscription": {func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview }, false, NotKnownYet, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, showAtOnce, test.behave)
			order := archive("one")
			bought := mustBuy(t, m.run(), order)
			p := Unfinished{CustomerID: order.CustomerID, Intent: bought.Intent}
			if test.noOrders {
				m.Play(&emulator.Fixture{Exchanges: []emulator.Recorded{{
					Method: http.MethodGet, Path: "/v1/customers/" + order.CustomerID + "/orders", Status: http.StatusOK, Body: json.RawMessage(`{"totalCount":0,"items":[]}`),
				}}})
			}
			m.ForgetRequests()
			got := mustRecover(t, m.run(), p, test.state)
			if got.OrderID != bought.OrderID || got.OrderLine != bought.OrderLine || bought.Subscription != nil && got.SubscriptionID != bought.Subscription.ID {
				t.Errorf("recovered %+v, bought was %+v", got, bought)
			}
			if reads := m.Count(http.MethodGet, "orders/*"); reads != test.reads {
				t.Errorf("the order was read %d times, want %d", reads, test.reads)
			}
		})
	}
}
