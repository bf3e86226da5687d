// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"testing"
	"time"
)

// Charges have the margin from the purchase until its end, for what was bought under it; those after it, and other purchases, have none.
func TestMargins(t *testing.T) {
	a := newAPI(t, nil)
	before := a.buyMailGuard()
	now := a.s.Clock().Now()
	if err := a.s.OfferMargin(Margin{ProductID: ProductMailGuard, SkuID: "0001", Percent: 20, Start: now, End: now.Add(70 * 24 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	under := a.buyMailGuard()
	a.s.Advance(100 * 24 * time.Hour)
	charged := map[string][]any{}
	for _, one := range itemsOf(a.get("customers/" + CustomerKaffeehaus + "/orders")) {
		line := one.(object)["lineItems"].([]any)[0].(object)
		id := line["subscriptionId"].(string)
		charged[id] = append(charged[id], line["pricing"].(object)["price"])
	}
	for id, want := range map[string][]any{before: {3.6, 3.6, 3.6, 3.6}, under: {2.88, 2.88, 2.88, 3.6}} {
		if got := charged[id]; len(got) != len(want) || got[0] != want[0] || got[2] != want[2] || got[3] != want[3] {
			t.Errorf("charged were %v, want %v", got, want)
		}
	}
	listed := a.get("margins")
	wantMembers(t, listed["results"].([]any)[0].(object), object{"productId": ProductMailGuard, "skuId": "0001", "marginPercentage": 20, "status": "expired"})
	wantMembers(t, listed, object{"totalSize": 1})
	if err := a.s.OfferMargin(Margin{ProductID: "DZH318Z000000"}); err == nil {
		t.Error("a margin for a product that nobody sells was granted")
	}
}

// What nobody sets up lapses after 30 days: it ends in one status or the other, is never charged, and nobody can set it up any more.
func TestLapse(t *testing.T) {
	for _, status := range []string{"deleted", "unsubscribed"} {
		a := newAPI(t, func(b *Behaviour) { b.LapsedShows = status })
		_, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductMailGuard, "0001", 5, "P1Y", "monthly"))
		a.s.Advance(29 * 24 * time.Hour)
		wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"status": "active", "attentionNeeded": true})
		a.s.Advance(2 * 24 * time.Hour)
		wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"status": status})
		if err := a.s.Activate(CustomerKaffeehaus, id); err == nil {
			t.Error("it was set up although it had lapsed")
		}
		a.s.Advance(60 * 24 * time.Hour)
		if orders := itemsOf(a.get("customers/" + CustomerKaffeehaus + "/orders")); len(orders) != 1 {
			t.Errorf("there are %d orders, want the purchase alone", len(orders))
		}
	}
}

// Auto-renew switched off alone becomes an extended service term within a day, where the subscription is eligible; one that has renewed since
// April 2025 is, unless the rule has it otherwise.
func TestExtensionShown(t *testing.T) {
	extend := []object{{"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}}
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
	a.s.Advance(23 * time.Hour)
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"scheduledActions": []object{}})
	a.s.Advance(2 * time.Hour)
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"autoRenewEnabled": false, "scheduledActions": extend})
	for only, want := range map[bool]any{false: extend, true: []object{}} {
		a := newAPI(t, func(b *Behaviour) { b.OnlyPurchasesExtend = only })
		if _, sub, err := a.s.world.Look(CustomerTulpenveld, SubscriptionLapsing); err == nil {
			sub.Purchased = sub.Purchased.AddDate(-3, 0, 0)
		}
		a.s.BackfillExtendedTerms()
		wantMembers(t, a.subscription(CustomerTulpenveld, SubscriptionLapsing), object{"scheduledActions": want})
	}
}

// A checkout that bought answers 201 or 200.
func TestCheckoutStatus(t *testing.T) {
	for _, status := range []int{200, 201} {
		a := newAPI(t, func(b *Behaviour) { b.CheckoutStatus = status })
		cart := a.cart(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 5, "P1Y", "monthly"))
		wantStatus(t, a.checkout(CustomerKaffeehaus, cart), status)
	}
}
