// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func sampleIntent() Intent {
	return Intent{CartID: "c-1", Since: noon, CatalogItemID: "P:0001:A", FriendlyName: "shop", Quantity: 5}
}

// The JSON lies in states: what an older version wrote is read by every newer one.
func TestIntent_encode(t *testing.T) {
	t.Parallel()
	want := sampleIntent()
	const kept = `{"cart_id":"c-1","since":"2026-03-01T12:00:00Z","catalog_item_id":"P:0001:A","friendly_name":"shop","quantity":5}`
	if got := string(want.Encode()); got != kept {
		t.Errorf("encoded as %s", got)
	}
	want.Nth, want.Beside = 1, []string{"shop", "store"}
	var got Intent
	if err := json.Unmarshal(want.Encode(), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, %v", got, err)
	}
}

func TestIntent_linesOf(t *testing.T) {
	t.Parallel()
	line := func(number partnercenter.Int, name string) partnercenter.OrderLine {
		return partnercenter.OrderLine{LineItemNumber: number, OfferID: "P:0001:A", FriendlyName: name, Quantity: 5, TransactionType: "New"}
	}
	for name, test := range map[string]struct {
		change func(*Intent, *partnercenter.Order)
		want   partnercenter.Int // number of the line, -1 for none
	}{
		"the line":             {func(*Intent, *partnercenter.Order) {}, 1},
		"the clock is behind":  {func(_ *Intent, o *partnercenter.Order) { o.CreationDate.Time = noon.Add(-5 * time.Second) }, 1},
		"too old":              {func(_ *Intent, o *partnercenter.Order) { o.CreationDate.Time = noon.Add(-time.Minute) }, -1},
		"billing":              {func(_ *Intent, o *partnercenter.Order) { o.TransactionType = "SystemBilling" }, -1},
		"a change of licenses": {func(_ *Intent, o *partnercenter.Order) { o.LineItems[1].TransactionType = "addQuantity" }, 2},
		"another quantity":     {func(w *Intent, _ *partnercenter.Order) { w.Quantity = 6 }, -1},
		"another availability": {func(w *Intent, _ *partnercenter.Order) { w.CatalogItemID = "P:0001:B" }, -1},
		"the second alike":     {func(w *Intent, _ *partnercenter.Order) { w.Nth = 1 }, 2},
		"a third alike":        {func(w *Intent, _ *partnercenter.Order) { w.Nth = 2 }, -1},
		"the nickname was dropped": {func(_ *Intent, o *partnercenter.Order) {
			o.LineItems[1].FriendlyName, o.LineItems[2].FriendlyName = "", ""
		}, 1},
		"the named one first":   {func(_ *Intent, o *partnercenter.Order) { o.LineItems[1].FriendlyName = "" }, 2},
		"named by the service":  {func(w *Intent, _ *partnercenter.Order) { w.FriendlyName = "" }, 0},
		"not like the neighbor": {func(w *Intent, _ *partnercenter.Order) { w.FriendlyName, w.Beside = "", []string{"store", "shop"} }, -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := sampleIntent()
			order := partnercenter.Order{CreationDate: partnercenter.Time{Time: noon}, TransactionType: "UserPurchase",
				LineItems: []partnercenter.OrderLine{line(0, "store"), line(1, "shop"), line(2, "shop")}}
			test.change(&want, &order)
			got := partnercenter.Int(-1)
			if found := want.linesOf(order); len(found) > 0 {
				got = found[0].LineItemNumber
			}
			if got != test.want {
				t.Errorf("found line %d, want %d", got, test.want)
			}
		})
	}
}

// A subscription does not name its line, so it tells nothing where two lines of the cart are alike.
func TestIntent_isBehind(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Intent, *partnercenter.Subscription)
		want   bool
	}{
		"it":                        {func(*Intent, *partnercenter.Subscription) {}, true},
		"one of two that are alike": {func(w *Intent, _ *partnercenter.Subscription) { w.Beside = []string{"shop"} }, false},
		"beside another":            {func(w *Intent, _ *partnercenter.Subscription) { w.Beside = []string{"store"} }, true},
		"without an order":          {func(_ *Intent, s *partnercenter.Subscription) { s.OrderID = "" }, false}, // bought by no checkout
		"another item":              {func(_ *Intent, s *partnercenter.Subscription) { s.OfferID = "P:0001:B" }, false},
		"another quantity":          {func(_ *Intent, s *partnercenter.Subscription) { s.Quantity = 6 }, false},
		"another nickname":          {func(_ *Intent, s *partnercenter.Subscription) { s.FriendlyName = "store" }, false},
		"the nickname was dropped":  {func(_ *Intent, s *partnercenter.Subscription) { s.FriendlyName = "" }, true},
		"the clock is behind":       {func(_ *Intent, s *partnercenter.Subscription) { s.CreationDate.Time = noon.Add(-5 * time.Second) }, true},
		"too old": {func(_ *Intent, s *partnercenter.Subscription) {
			s.CreationDate.Time = noon.Add(-clockStep - time.Second)
		}, false},
		"named by the service":           {func(w *Intent, s *partnercenter.Subscription) { w.FriendlyName, s.FriendlyName = "", "Post" }, true},
		"named like the neighbor's line": {func(w *Intent, _ *partnercenter.Subscription) { w.FriendlyName, w.Beside = "", []string{"shop"} }, false},
	} {
		want := sampleIntent()
		s := partnercenter.Subscription{OrderID: "o-1", OfferID: "P:0001:A", FriendlyName: "shop", Quantity: 5, CreationDate: partnercenter.Time{Time: noon}}
		test.change(&want, &s)
		if got := want.isBehind(s); got != test.want {
			t.Errorf("%s: it is recognized: %t", name, got)
		}
	}
}
