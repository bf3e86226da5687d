// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"fmt"
	"net/http"
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
