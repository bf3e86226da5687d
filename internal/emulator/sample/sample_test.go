// SPDX-License-Identifier: MPL-2.0

package sample

import (
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// frozen is a clock that moves only when it is told to.
type frozen struct{ at time.Time }

func (f *frozen) Now() time.Time { return f.at }

// TestWorldWithoutServer buys, lets the publisher activate, and waits for the renewal, without any HTTP.
func TestWorldWithoutServer(t *testing.T) {
	clock := &frozen{time.Date(2026, 9, 15, 10, 30, 0, 0, time.UTC)}
	rules := world.DefaultRules()
	rules.NewSubscriptionMissingReads, rules.ListLag = 0, 0
	w := world.New(clock, &rules, 1)
	Fill(w)
	c, refusal := w.Customer(CustomerKaffeehaus)
	if refusal != nil {
		t.Fatalf("got %+v", refusal)
	}
	who := world.Caller{AppOnly: true}
	line := &world.Line{CatalogItemID: w.CatalogItemID(c.ID, ProductMailGuard, "0001"), Quantity: 7, Duration: "P1M", Cycle: "monthly"}
	cart, refusal := w.CreateCart(c, []*world.Line{line}, false, who)
	if refusal != nil {
		t.Fatalf("got %+v", refusal)
	}
	if _, refusal = w.Checkout(c, cart, who); refusal != nil {
		t.Fatalf("got %+v", refusal)
	}
	if _, refusal = w.Checkout(c, cart, who); refusal == nil || refusal.Code != 800065 || len(w.Tenant.Bought) != 1 {
		t.Fatalf("the second checkout: got %+v and %d purchases", refusal, len(w.Tenant.Bought))
	}
	sub := c.Subscription(w.Tenant.Bought[0].SubscriptionID)
	if err := w.PublisherActivates(c.ID, sub.ID); err != nil {
		t.Fatal(err)
	}
	clock.at = clock.at.AddDate(0, 1, 1)
	if _, refusal = w.Customer(c.ID); refusal != nil || !sub.TermStart.Equal(clock.at.AddDate(0, 0, -1)) || sub.Quantity != 7 {
		t.Errorf("after the renewal: got a term from %s with %d licenses, %+v", sub.TermStart, sub.Quantity, refusal)
	}
}
