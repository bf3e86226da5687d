// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// purchaseKind is a way to buy. What it prepares is not part of the purchase.
type purchaseKind func(m *market) (Buyer, Order)

var purchaseKinds = map[string]purchaseKind{
	"plain": func(m *market) (Buyer, Order) { return limited(m.run(), "168"), archive("one") },
	"with a kept quote": func(m *market) (Buyer, Order) {
		b, cart := m.quoted(archive("one"))
		order, quote := archive("one"), cart.Quote()
		order.Planned = &quote
		return limited(b, "168"), order
	},
	"from a cart": func(m *market) (Buyer, Order) {
		order := m.inCart(archive("one"))[0]
		return limited(m.run(), "168"), order
	},
	"adoption": func(m *market) (Buyer, Order) {
		order := archive("one")
		first := mustBuy(m.t, m.run(), order)
		m.Advance(time.Hour)
		order.OnExisting, order.Adopts = Adopt, first.Subscription.ID
		return limited(m.run(), "168"), order
	},
}

var matrixFaults = map[string]emulator.Fault{
	"cut, not done": {Kind: emulator.FaultDropBefore},
	"cut, done":     {Kind: emulator.FaultDropAfter},
	"503":           {Status: http.StatusServiceUnavailable},
	"503, done":     {Status: http.StatusServiceUnavailable, After: true},
	"refused":       {Status: http.StatusForbidden, Code: 800066, Description: "Refused."},
}

// Every request of every kind of purchase fails in every way, once and for longer than a call is repeated: nothing is bought twice, a
// refusal is true, the spending limit counts what was bought or may have been, and a later run finds what became of it.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	size := 0
	for _, kind := range slices.Sorted(maps.Keys(purchaseKinds)) {
		requests := requestsOf(t, purchaseKinds[kind])
		for n := range requests {
			for name, fault := range matrixFaults {
				for _, times := range []int{1, 4} {
					size++
					fault.Skip, fault.Times = n, times
					t.Run(fmt.Sprintf("%s/%d/%s/%d", kind, n, name, times), func(t *testing.T) {
						t.Parallel()
						failOnce(t, purchaseKinds[kind], fault)
					})
				}
			}
		}
		t.Logf("%s: %d requests", kind, requests)
	}
	t.Logf("%d cases", size)
}

// requestsOf is how many requests a purchase sends when nothing fails.
func requestsOf(t *testing.T, kind purchaseKind) int {
	t.Helper()
	m := openMarket(t)
	b, order := kind(m)
	m.ForgetRequests()
	mustBuy(t, b, order)
	return len(slices.DeleteFunc(m.Requests(), func(r emulator.Request) bool { return r.SignIn }))
}

func failOnce(t *testing.T, kind purchaseKind, fault emulator.Fault) {
	t.Helper()
	m := openMarket(t)
	b, order := kind(m)
	before := len(m.Purchases())
	m.Fault(fault)
	got, err := b.Buy(t.Context(), order)
	m.ClearFaults()
	bought := len(m.Purchases()) - before
	switch _, certain := errors.AsType[*NotBoughtError](err); {
	case err != nil && (!certain || bought > 0):
		t.Errorf("%d were bought, and the error is %v", bought, err)
	case err != nil:
		isSpent(t, b, "0")
	case order.Adopts != "":
		m.isAdopted(got)
	default:
		isSpent(t, b, "168")
		m.isTrue(order, got)
	}
	m.Advance(time.Hour)
	_, again := m.run().Buy(t.Context(), order)
	if again != nil && len(m.Purchases()) == 0 {
		t.Errorf("a later run is refused although nothing was bought: %v", again)
	}
	m.bought(1)
}

func (m *market) isAdopted(got *Receipt) {
	m.t.Helper()
	if !got.Adopted || got.Subscription == nil || got.Subscription.ID != m.Purchases()[0].SubscriptionID {
		m.t.Errorf("adopted %+v", got)
	}
}

// isTrue fails unless the receipt is complete, or a later run finds out with it what became of the purchase.
func (m *market) isTrue(order Order, got *Receipt) {
	m.t.Helper()
	if got.Unknown == "" {
		m.isThe(got)
		return
	}
	m.Advance(time.Hour)
	want := NeverHappened
	if len(m.Purchases()) > 0 {
		want = Bought
	}
	p := unfinished(order, got)
	if _, err := m.run().Recover(m.t.Context(), p); err != nil { // each look brings the order on its way
		m.t.Error(err)
	}
	found := mustRecover(m.t, m.run(), p, want)
	if want == Bought && found.SubscriptionID != m.Purchases()[0].SubscriptionID {
		m.t.Errorf("recovered %+v, bought was %+v", found, m.Purchases()[0])
	}
}
