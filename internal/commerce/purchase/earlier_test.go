// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestEarlierPurchases(t *testing.T) {
	t.Parallel()
	same := partnercenter.Subscription{ID: "s-1", OrderID: "o-1", OfferID: "P:0001:A", OfferName: "Post", FriendlyName: " One ", Quantity: 5, Status: "active",
		TermDuration: "P1Y", BillingCycle: "oneTime", CreationDate: partnercenter.Time{Time: noon.Add(-time.Hour)}}
	for name, test := range map[string]struct {
		change func(*partnercenter.Subscription, *Order, *spending.Claims)
		want   int
	}{
		"the same but for case and blanks": {func(*partnercenter.Subscription, *Order, *spending.Claims) {}, 1},
		"suspended":                        {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.Status = "suspended" }, 1},
		"no nickname is any nickname":      {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) { o.Line.FriendlyName = "" }, 1},
		"ended":                            {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.Status = "deleted" }, 0},
		"another nickname":                 {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.FriendlyName = "two" }, 0},
		"the nickname was dropped":         {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.FriendlyName = "" }, 1},
		"named by the service":             {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.FriendlyName = "post" }, 1},
		"dropped, of another quantity":     {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.FriendlyName, s.Quantity = "", 6 }, 0},
		"dropped, bought days ago": {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) {
			s.FriendlyName, s.CreationDate.Time = "", noon.Add(-unnamedFor-time.Minute)
		}, 0},
		"another SKU":          {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.OfferID = "P:0002:A" }, 0},
		"another product":      {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.OfferID = "Q:0001:A" }, 0},
		"bought by this run":   {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.Bought("S-1") }, 0},
		"given up by this run": {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.GivenUp("s-1") }, 0},
		"ordered by this run":  {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.Claim("o-1", 0) }, 0},
		"replaced: other term": {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) {
			o.Replaces, o.TermDuration = []string{"S-1"}, "P3Y"
		}, 0},
		"not replaced: other term": {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) {
			o.Replaces, o.TermDuration = []string{"s-2"}, "P3Y"
		}, 1},
		"replaced: other cycle": {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) {
			o.Replaces, o.BillingCycle = []string{"s-1"}, "annual"
		}, 0},
		"not replaced: the same in another spelling": {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) {
			o.Replaces, o.TermDuration, o.BillingCycle = []string{"s-1"}, "p1y", "one_time"
		}, 1},
		"not replaced: nothing is said about either": {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) { o.Replaces = []string{"s-1"} }, 1},
		"not replaced: the term is not known": {func(s *partnercenter.Subscription, o *Order, _ *spending.Claims) {
			o.Replaces, o.TermDuration, s.TermDuration = []string{"s-1"}, "P3Y", ""
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, claims := same, &spending.Claims{}
			order := Order{ProductID: "P", SkuID: "0001", Line: partnercenter.CartLine{FriendlyName: "one", Quantity: 5}}
			test.change(&s, &order, claims)
			got := EarlierPurchases([]partnercenter.Subscription{s}, nil, claims, order, noon)
			if len(got.Subscriptions) != test.want || len(got.Orders) != 0 || got.Any() != (test.want > 0) {
				t.Errorf("found %+v, want %d", got, test.want)
			}
			if unnamed := got.Any() && !sameName(s.FriendlyName, "one") && order.Line.FriendlyName != ""; got.Unnamed != unnamed {
				t.Errorf("unnamed is %t, want %t", got.Unnamed, unnamed)
			}
		})
	}
}

// An order that has brought no subscription yet is a purchase too, until it has failed.
func TestEarlierPurchases_orders(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*partnercenter.Order, *spending.Claims)
		want   int
	}{
		"in review":              {func(*partnercenter.Order, *spending.Claims) {}, 1},
		"in review, with blanks": {func(o *partnercenter.Order, _ *spending.Claims) { o.Status = "Pending Review" }, 1},
		"pending":                {func(o *partnercenter.Order, _ *spending.Claims) { o.Status = "pending" }, 1},
		"completed":              {func(o *partnercenter.Order, _ *spending.Claims) { o.Status = "completed" }, 0},
		"failed":                 {func(o *partnercenter.Order, _ *spending.Claims) { o.Status = "error" }, 0},
		"rejected":               {func(o *partnercenter.Order, _ *spending.Claims) { o.Status = "po_review_rejected" }, 0},
		"a renewal":              {func(o *partnercenter.Order, _ *spending.Claims) { o.TransactionType = "SystemPurchase" }, 0},
		"more licenses":          {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].TransactionType = "addQuantity" }, 0},
		"with its subscription":  {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].SubscriptionID = "s-1" }, 0},
		"of another SKU":         {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].OfferID = "P:0002:A" }, 0},
		"under another nickname": {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].FriendlyName = "two" }, 0},
		"with the name trimmed":  {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].FriendlyName = "ONE " }, 1},
		"without a nickname":     {func(o *partnercenter.Order, _ *spending.Claims) { o.LineItems[0].FriendlyName = "" }, 1},
		"unnamed and of another ": {func(o *partnercenter.Order, _ *spending.Claims) {
			o.LineItems[0].FriendlyName, o.LineItems[0].Quantity = "", 6
		}, 0},
		"ordered by this run": {func(_ *partnercenter.Order, c *spending.Claims) { c.Claim("o-1", 0) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claims := &spending.Claims{}
			waiting := partnercenter.Order{ID: "o-1", Status: "pending_review", TransactionType: "UserPurchase",
				LineItems: []partnercenter.OrderLine{{OfferID: "P:0001:A", FriendlyName: "one", Quantity: 5, TransactionType: "New"}}}
			test.change(&waiting, claims)
			order := Order{ProductID: "P", SkuID: "0001", Line: partnercenter.CartLine{FriendlyName: "one", Quantity: 5}}
			got := EarlierPurchases(nil, []partnercenter.Order{waiting}, claims, order, noon)
			if len(got.Orders) != test.want || len(got.Subscriptions) != 0 || got.Any() != (test.want > 0) {
				t.Errorf("found %+v, want %d", got, test.want)
			}
		})
	}
}

// A second run with the same order stops, takes over what the plan named, or buys another, as it is told to.
func TestBuy_onExisting(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	first := mustBuy(t, m.run(), order)
	for _, policy := range []OnExisting{Refuse, Adopt} { // an adoption that was not planned is none
		m.ForgetRequests()
		order.OnExisting = policy
		got, err := m.run().Buy(t.Context(), order)
		refused(t, got, err, "already has this subscription")
		if e, ok := errors.AsType[*EarlierPurchaseError](err); !ok || len(e.Subscriptions) != 1 || e.Subscriptions[0].ID != first.Subscription.ID ||
			e.CustomerID != order.CustomerID || e.OnExisting != policy {
			t.Errorf("the error is %#v", err)
		}
		m.sent(1, 0)
		m.bought(1)
	}
	order.OnExisting = PurchaseAnother
	mustBuy(t, m.run(), order)
	m.bought(2)
}

// What a plan takes over is taken over, and nothing is sent that changes anything; what is not as planned buys nothing either.
func TestBuy_adopts(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	first := mustBuy(t, m.run(), order)
	m.ForgetRequests()
	m.Fault(emulator.Fault{Match: emulator.Match{Pattern: "availabilities"}, Status: http.StatusNotFound, Code: 400013, Times: -1}) // it need not be sold any more
	order.OnExisting, order.Adopts = Adopt, strings.ToUpper(first.Subscription.ID)
	b := m.run()
	got := mustBuy(t, b, order)
	if !got.Adopted || got.Subscription.ID != first.Subscription.ID || got.OrderID != first.OrderID || got.CartID != "" {
		t.Errorf("adopted %+v", got)
	}
	got, err := b.Buy(t.Context(), order)
	refused(t, got, err, "another resource of this run has taken over")

	other := order
	other.ProductID = emulator.ProductDiagram
	got, err = m.run().Buy(t.Context(), other)
	refused(t, got, err, "it is "+first.Subscription.OfferName+" now")

	other = order
	other.Adopts = "e0c9b8a7-0000-4000-8000-000000000000"
	got, err = m.run().Buy(t.Context(), other)
	refused(t, got, err, "takes over subscription "+other.Adopts)

	if err := m.Drift(order.CustomerID, first.Subscription.ID, map[string]any{"status": "deleted"}); err != nil {
		t.Fatal(err)
	}
	got, err = m.run().Buy(t.Context(), order)
	refused(t, got, err, "it is deleted now")
	m.sent(0, 0)
	m.bought(1)
}

// A run that broke off while its order was in review is found by the next one, which buys nothing until the order has failed.
func TestBuy_earlierOrderInReview(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce, func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview })
	order := archive("one")
	first := mustBuy(t, m.run(), order)
	isUnknown(t, first, "a user of the partner has to act on it")
	for range 2 {
		got, err := m.run().Buy(t.Context(), order)
		refused(t, got, err, "order "+first.OrderID+", pending review")
	}
	m.sent(3, 1)
	if err := m.RejectOrder(order.CustomerID, first.OrderID); err != nil {
		t.Fatal(err)
	}
	m.Behave(func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderCompleted })
	if got := mustBuy(t, m.run(), order); got.Subscription == nil || got.OrderID == first.OrderID {
		t.Errorf("got %+v", got)
	}
	m.sent(4, 2)
}

// A run was killed after its checkout, and the service keeps the nickname trimmed, or not at all: the next run finds it all the same.
func TestBuy_killedRunLostItsName(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{"one", "ONE", "", "Mail Archive"} {
		t.Run(kept, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, showAtOnce)
			order := archive(" one ")
			first := mustBuy(t, m.run(), order).Subscription
			if err := m.Drift(order.CustomerID, first.ID, map[string]any{"friendlyName": kept}); err != nil {
				t.Fatal(err)
			}
			got, err := m.run().Buy(t.Context(), order)
			refused(t, got, err, first.ID)
			m.bought(1)
		})
	}
}

// A purchase may stand beside what it replaces, which has another term, and beside nothing else.
func TestBuy_replacement(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	order.ProductID, order.TermDuration, order.BillingCycle = emulator.ProductOffice, "P1M", "monthly"
	old := mustBuy(t, m.run(), order).Subscription.ID
	order.TermDuration = "P1Y"
	got, err := m.run().Buy(t.Context(), order) // somebody else's, or one of a lost state
	refused(t, got, err, old)
	m.bought(1)
	order.Replaces = []string{old}
	mustBuy(t, m.run(), order)
	m.bought(2)
	got, err = m.run().Buy(t.Context(), order)
	refused(t, got, err, "already has this subscription")
	m.bought(2)
}

// Another run buys the same while this one is on its way. Before the last look it is seen; after it both have bought, and this one says so.
func TestBuy_twin(t *testing.T) {
	t.Parallel()
	for request, purchases := range map[string]int{"/carts": 1, "/checkout": 2} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) { b.ListLag, b.ListLagReads = 0, 0 })
			var other *Receipt
			m.before = func(_ http.ResponseWriter, r *http.Request) {
				if other == nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, request) {
					other = mustBuy(t, m.run(), archive("one"))
				}
			}
			got, err := m.intercepted().Buy(t.Context(), archive("one"))
			m.bought(purchases)
			if purchases == 1 {
				refused(t, got, err, other.Subscription.ID)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Twins) != 1 || got.Twins[0].ID != other.Subscription.ID || got.Subscription.ID == other.Subscription.ID {
				t.Errorf("bought %s beside %v, the other run bought %s", got.Subscription.ID, got.Twins, other.Subscription.ID)
			}
		})
	}
}
