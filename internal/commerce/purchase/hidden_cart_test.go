// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// What a cart has bought is found also where the cart has expired since.
func TestBuyFromCart_expiredAfterOrdering(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := m.inCart(archive("one"))[0]
	first := mustBuy(t, m.run(), order)
	m.Advance(8 * 24 * time.Hour)
	got, err := buy(t, m.run(), order)
	refused(t, got, err, first.Subscription.ID)
	order.Adopts = first.Subscription.ID
	if got := mustBuy(t, m.run(), order); !got.Adopted || got.Subscription.ID != first.Subscription.ID {
		t.Errorf("got %+v", got)
	}
	m.bought(1)
	m.sent(1, 1)
}

// A cart that cannot be read again after its checkout says nothing about what it has bought: nobody may be told that nothing was.
func TestBuyFromCart_unreadableAfterOrdering(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]emulator.Fault{
		"not found": {Status: http.StatusNotFound, Code: 1000}, "refused": {Status: http.StatusForbidden, Code: 800066},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			orders := m.inCart(archive("one"), archive("other"))
			b := m.run()
			mustBuy(t, b, orders[0])
			fault.Match = emulator.Match{Method: http.MethodGet, Pattern: "carts/*"}
			m.Fault(fault)
			got, err := buy(t, b, orders[1])
			if _, denied := errors.AsType[*NotBoughtError](err); got != nil || err == nil || denied {
				t.Errorf("got %+v, %v", got, err)
			}
			mustBuy(t, m.run(), orders[1])
			m.bought(2)
			m.sent(1, 1)
		})
	}
}

// What became of the checkout decides what an unreadable cart means: after a refusal nothing was bought, after a refusal of one line all the others were.
func TestBuyFromCart_unreadableAfterRefusal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behave func(b *emulator.Behaviour)
		second string // product of the other line
		bought int
	}{
		"refused": {func(b *emulator.Behaviour) { b.CheckoutRefusal = 800066 }, emulator.ProductArchive, 0},
		"partly":  {func(*emulator.Behaviour) {}, emulator.ProductPartnerOnly, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, test.behave)
			other := archive("other")
			other.ProductID = test.second
			orders := m.inCart(archive("one"), other)
			b := m.run()
			got, err := buy(t, b, orders[1])
			refused(t, got, err, "")
			m.bought(test.bought)
			m.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "carts/*"}, Status: http.StatusForbidden, Code: 800066})
			got, err = buy(t, b, orders[0])
			if _, nothing := errors.AsType[*NotBoughtError](err); got != nil || err == nil || nothing != (test.bought == 0) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// A cart that still shows as open after one of its lines was refused was ordered all the same, and is no obstacle for the other line.
func TestBuyFromCart_partlyRefusedAndShownOpen(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	vault := archive("vault")
	vault.ProductID = emulator.ProductPartnerOnly
	orders := m.inCart(archive("archive"), vault)
	b := m.run()
	open, err := b.Client.Cart(t.Context(), orders[0].CustomerID, orders[0].CartID)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(open)
	if err != nil {
		t.Fatal(err)
	}
	got, err := buy(t, b, orders[1])
	refused(t, got, err, "A cart is ordered only once")
	m.Play(&emulator.Fixture{Exchanges: []emulator.Recorded{{
		Method: http.MethodGet, Path: "/v1/customers/" + orders[0].CustomerID + "/carts/" + orders[0].CartID, Status: http.StatusOK, Body: body,
	}}})
	if got := mustBuy(t, b, orders[0]); got.Subscription == nil {
		t.Errorf("got %+v", got)
	}
	m.bought(1)
}
