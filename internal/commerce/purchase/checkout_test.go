// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Whatever the answer of the checkout is lost in, and whatever a repeated one is answered with, one subscription is bought and found.
func TestCheckout_lostAnswer(t *testing.T) {
	t.Parallel()
	faults := map[string]emulator.Fault{
		"cut, not done":             {Kind: emulator.FaultDropBefore},
		"cut, done":                 {Kind: emulator.FaultDropAfter},
		"empty":                     {Kind: emulator.FaultEmptyBody, After: true},
		"a gateway's page":          {Kind: emulator.FaultHTML, Status: http.StatusBadGateway, After: true},
		"500, not done":             {Status: http.StatusInternalServerError, Code: 800003},
		"500, done":                 {Status: http.StatusInternalServerError, Code: 800003, After: true},
		"said to be in progress":    {Status: http.StatusConflict, Code: 800060, After: true},
		"said to be in work":        {Status: http.StatusConflict, Code: 800064, After: true},
		"said to be submitted":      {Status: http.StatusBadRequest, Code: 800065, After: true},
		"a conflict without reason": {Status: http.StatusConflict, After: true},
	}
	for _, repeated := range []emulator.RepeatedCheckout{emulator.RepeatSubmitted, emulator.RepeatReplays, emulator.RepeatBusy, emulator.RepeatInProgress} {
		for name, fault := range faults {
			for _, times := range []int{1, 4} { // once, and longer than one call is repeated
				f := fault
				f.Match, f.Times = theCheckout, times
				t.Run(fmt.Sprint(repeated, ", ", name, ", ", times), func(t *testing.T) {
					t.Parallel()
					m := openMarket(t, func(b *emulator.Behaviour) {
						b.RepeatedCheckout, b.RepeatedRequests = repeated, emulator.RepeatedForgotten
					})
					m.Fault(f)
					m.isThe(mustBuy(t, m.run(), archive("one")))
					if n := m.Count(http.MethodPost, "carts"); n != 1 {
						t.Errorf("%d carts were made, want the same one again", n)
					}
				})
			}
		}
	}
}

// A conflict with the customer's upgrade to the Azure plan is a refusal, however long one waits.
func TestCheckout_planUpgrade(t *testing.T) {
	t.Parallel()
	for _, code := range []int{900112, 900113, 900114} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			m.Fault(emulator.Fault{Match: theCheckout, Status: http.StatusConflict, Code: code, Times: -1})
			begin := m.Clock().Now()
			got, err := m.run().Buy(t.Context(), archive("one"))
			refused(t, got, err, fmt.Sprint("code ", code))
			if waited := m.Clock().Now().Sub(begin); waited > time.Minute {
				t.Errorf("it was repeated for %s", waited)
			}
			m.bought(0)
		})
	}
}

// The lists hide the order for a quarter of an hour: the purchase waits for them, and buys no second time.
func TestCheckout_listLag(t *testing.T) {
	t.Parallel()
	m := openMarket(t, hideLists)
	m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropAfter, Times: -1})
	begin := m.Clock().Now()
	m.isThe(mustBuy(t, m.run(), archive("one")))
	if waited := m.Clock().Now().Sub(begin); waited < 15*time.Minute {
		t.Errorf("it was found after %s, while the lists were hiding it", waited)
	}
}

// The lag is longer than the purchase waits: the next run finds what was bought.
func TestRecover_doneAndNeverAnswered(t *testing.T) {
	t.Parallel()
	m := openMarket(t, hideLists, func(b *emulator.Behaviour) { b.SubscriptionIDAfterReads = 0 })
	m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropAfter, Times: -1})
	order := archive("one")
	order.Timeout = 5 * time.Minute
	got := mustBuy(t, m.run(), order)
	isUnknown(t, got, "did not say whether the checkout of cart "+got.CartID)
	m.bought(1)
	m.ClearFaults()
	m.ForgetRequests()
	p := unfinished(order, got)
	mustRecover(t, m.run(), p, NotKnownYet)
	m.Advance(time.Hour)
	if got := mustRecover(t, m.run(), p, Bought); got.SubscriptionID != m.Purchases()[0].SubscriptionID || got.OrderID != m.Purchases()[0].OrderID {
		t.Errorf("recovered %+v, bought was %+v", got, m.Purchases()[0])
	}
	if writes := m.Writes(); len(writes) > 0 {
		t.Errorf("looking it up sent %v", writes)
	}
}

// The checkout never arrives: that is believed only when the lists had the time to show an order.
func TestRecover_neverDone(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: -1})
	order := archive("one")
	order.Timeout = time.Minute
	b := limited(m.run(), "168")
	got := mustBuy(t, b, order)
	isUnknown(t, got, "did not say whether")
	_, err := b.Buy(t.Context(), archive("two"))
	refused(t, nil, err, "spending_limit") // it may have been bought, so it counts
	m.ClearFaults()
	p := unfinished(order, got)
	mustRecover(t, m.run(), p, NotKnownYet)
	m.Advance(31 * time.Minute)
	mustRecover(t, m.run(), p, NeverHappened)
	m.Advance(8 * 24 * time.Hour)
	mustRecover(t, m.run(), p, NotKnownYet) // the cart has expired, and nobody can tell any more
	m.bought(0)
}

// A later run that cannot look says so, and nothing about the purchase.
func TestRecover_failed(t *testing.T) {
	t.Parallel()
	for pattern, known := range map[string]bool{"orders": false, "subscriptions": false, "carts/*": false, "orders/*": true} {
		m := openMarket(t)
		m.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: pattern}, Status: http.StatusServiceUnavailable, Times: -1})
		p := Unfinished{CustomerID: emulator.CustomerKaffeehaus, Intent: Intent{CartID: "e0c9b8a7-0000-4000-8000-000000000000"}}
		if known {
			p.OrderID = "0123456789ab"
		}
		if got, err := m.run().Recover(t.Context(), p); err == nil || got != (Outcome{}) {
			t.Errorf("%s: got %+v and %v", pattern, got, err)
		}
	}
}

// A checkout that certainly did not leave is a refusal at once: nothing is reserved, and nothing is waited for.
func TestCheckout_didNotLeave(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	proxy := m.proxy()
	m.before = func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/orders") { // the last request before the checkout
			w.Header().Set("Connection", "close")
			if err := proxy.Listener.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	b := limited(m.runAt(proxy.URL), "168")
	begin := m.Clock().Now()
	got, err := b.Buy(t.Context(), archive("one"))
	refused(t, got, err, "connection refused")
	if strings.Contains(err.Error(), "may have been") {
		t.Errorf("%v does not say that nothing was sent", err)
	}
	if waited := m.Clock().Now().Sub(begin); waited > time.Minute {
		t.Errorf("it took %s to say so", waited)
	}
	isSpent(t, b, "0")
	m.sent(1, 0)
	m.bought(0)
}

// After a checkout whose answer was lost, a further one that Partner Center did not look at proves nothing.
func TestCheckout_lostThenUndecided(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"too many": http.StatusTooManyRequests, "not signed in": http.StatusUnauthorized} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: 3}) // as often as one call is repeated
			m.Fault(emulator.Fault{Match: theCheckout, Status: status, Times: -1})
			b, order := limited(m.run(), "168"), archive("one")
			order.Timeout = 5 * time.Minute
			isUnknown(t, mustBuy(t, b, order), "did not say whether")
			isSpent(t, b, "168")
		})
	}
}

// After an unclear checkout the cart is asked before another one is sent, and no other is sent once it says that it was ordered.
func TestCheckout_asksTheCart(t *testing.T) {
	t.Parallel()
	m := openMarket(t, hideLists)
	m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropAfter, Times: 3})
	m.isThe(mustBuy(t, m.run(), archive("one")))
	var steps []string
	for _, r := range m.Requests() {
		switch {
		case r.Is(http.MethodPost, "carts/*/checkout"):
			steps = append(steps, "checkout")
		case r.Is(http.MethodGet, "carts/*"):
			steps = append(steps, "cart")
		}
	}
	if got := strings.Join(steps, " "); got != "checkout checkout checkout cart" {
		t.Errorf("it sent: %s", got)
	}
}

// A refusal inside a successful answer is believed only while the cart is open, as one by status is.
func TestCheckout_refusalThatCannotBeConfirmed(t *testing.T) {
	t.Parallel()
	m := openMarket(t, func(b *emulator.Behaviour) { b.CheckoutRefusal = 800066 })
	m.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "carts/*"}, Status: http.StatusForbidden, Times: -1})
	b, order := limited(m.run(), "168"), archive("one")
	order.Timeout = 5 * time.Minute
	isUnknown(t, mustBuy(t, b, order), "did not say whether")
	isSpent(t, b, "168")
}

// The time is over before the checkout could leave.
func TestCheckout_noTime(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	b, order := limited(m.run(), "168"), archive("one")
	order.Timeout = 0
	got, err := b.Buy(t.Context(), order)
	refused(t, got, err, "no time left for the checkout")
	isSpent(t, b, "0")
	m.sent(1, 0)
}

// That a purchase never happened is believed so long after its checkout, however old its cart was.
func TestRecover_oldCart(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := m.inCart(archive("one"))[0]
	m.Advance(2 * time.Hour)
	m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: -1})
	order.Timeout = time.Minute
	p := unfinished(order, mustBuy(t, m.run(), order))
	if p.Intent.CheckedOut.Sub(p.Intent.Since) < 2*time.Hour {
		t.Errorf("the intent is %+v", p.Intent)
	}
	mustRecover(t, m.run(), p, NotKnownYet)
	m.Advance(31 * time.Minute)
	mustRecover(t, m.run(), p, NeverHappened)
}

// One answer with a wrong Date does not make a purchase one that never happened.
func TestRecover_wrongDate(t *testing.T) {
	t.Parallel()
	for wrong, collection := range map[string]string{"the cart's": "/carts/", "the lists'": "/orders"} {
		t.Run(wrong, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: -1})
			order := archive("one")
			order.Timeout = time.Minute
			p := unfinished(order, mustBuy(t, m.run(), order))
			m.before = func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, collection) {
					w.Header().Set("Date", m.Clock().Now().Add(60*24*time.Hour).Format(http.TimeFormat))
				}
			}
			mustRecover(t, m.intercepted(), p, NotKnownYet)
		})
	}
}

// Whatever date the answers to a purchase have, or none, the wait for the lists is no shorter, and what never happened is known at its end.
func TestRecover_wrongDateOfThePurchase(t *testing.T) {
	t.Parallel()
	for name, date := range map[string]func(time.Time) string{
		"days behind": func(now time.Time) string { return now.AddDate(0, 0, -60).Format(http.TimeFormat) },
		"a few hours": func(now time.Time) string { return now.Add(-5 * time.Hour).Format(http.TimeFormat) },
		"none":        func(time.Time) string { return "" },
		"no date":     func(time.Time) string { return "yesterday" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			m.Fault(emulator.Fault{Match: theCheckout, Kind: emulator.FaultDropBefore, Times: -1})
			order := archive("one")
			order.Timeout = time.Minute
			m.before = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Date", date(m.Clock().Now())) }
			started := m.Clock().Now().Truncate(time.Second)
			p := unfinished(order, mustBuy(t, m.intercepted(), order))
			if p.Intent.CheckedOut.Before(started) {
				t.Errorf("the checkout was sent after %s, and is remembered as sent at %s", started, p.Intent.CheckedOut)
			}
			mustRecover(t, m.intercepted(), p, NotKnownYet)
			m.Advance(time.Hour)
			mustRecover(t, m.run(), p, NeverHappened)
		})
	}
}

// A cart of one line that was ordered has bought it, also where the order cannot be recognized: nobody is told to buy again.
func TestRecover_orderedAndNotRecognized(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := m.inCart(archive("one"))[0]
	got := mustBuy(t, m.run(), order)
	p := Unfinished{CustomerID: order.CustomerID, Intent: got.Intent}
	p.Intent.FriendlyName = "two"
	m.Advance(time.Hour)
	if outcome := mustRecover(t, m.run(), p, NotKnownYet); !strings.Contains(outcome.Reason, "Look at the customer's orders") {
		t.Errorf("the reason is %q", outcome.Reason)
	}
}

// A cart of two lines that was ordered without one of them has not bought that one, once the lists have caught up; an open one says nothing yet.
func TestRecover_otherLine(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ordered bool
		wait    time.Duration
		want    State
	}{
		"ordered for the other, just now":  {true, 0, NotKnownYet},
		"ordered for the other, long ago":  {true, time.Hour, NeverHappened},
		"open, and the checkout just left": {false, 0, NotKnownYet},
		"open for long":                    {false, time.Hour, NeverHappened},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			vault := archive("vault")
			vault.ProductID = emulator.ProductPartnerOnly
			orders := m.inCart(archive("archive"), vault)
			cart, err := ReadCart(t.Context(), m.run().Client, orders[1])
			if err != nil {
				t.Fatal(err)
			}
			if test.ordered {
				mustBuy(t, m.run(), orders[0])
			}
			p := Unfinished{CustomerID: vault.CustomerID, Intent: cart.intent()}
			m.Advance(test.wait)
			mustRecover(t, m.run(), p, test.want)
		})
	}
}
