// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestEarlierPurchases(t *testing.T) {
	t.Parallel()
	same := partnercenter.Subscription{ID: "s-1", OrderID: "o-1", OfferID: "P:0001:A", FriendlyName: " One ", Status: "active"}
	for name, test := range map[string]struct {
		change func(*partnercenter.Subscription, *Order, *spending.Claims)
		want   int
	}{
		"the same but for case and blanks": {func(*partnercenter.Subscription, *Order, *spending.Claims) {}, 1},
		"suspended":                        {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.Status = "suspended" }, 1},
		"no nickname is any nickname":      {func(_ *partnercenter.Subscription, o *Order, _ *spending.Claims) { o.Line.FriendlyName = "" }, 1},
		"ended":                            {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.Status = "deleted" }, 0},
		"another nickname":                 {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.FriendlyName = "two" }, 0},
		"another SKU":                      {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.OfferID = "P:0002:A" }, 0},
		"another product":                  {func(s *partnercenter.Subscription, _ *Order, _ *spending.Claims) { s.OfferID = "Q:0001:A" }, 0},
		"bought by this run":               {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.Bought("S-1") }, 0},
		"given up by this run":             {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.GivenUp("s-1") }, 0},
		"ordered by this run":              {func(_ *partnercenter.Subscription, _ *Order, c *spending.Claims) { c.Claim("o-1", 0) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, claims := same, &spending.Claims{}
			order := Order{ProductID: "P", SkuID: "0001", Line: partnercenter.CartLine{FriendlyName: "one"}}
			test.change(&s, &order, claims)
			if got := EarlierPurchases([]partnercenter.Subscription{s}, claims, order); len(got) != test.want {
				t.Errorf("found %d, want %d", len(got), test.want)
			}
		})
	}
}

// A second run with the same order stops, takes over, or buys another, as it is told to.
func TestBuy_onExisting(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	first := mustBuy(t, m.run(), order)

	got, err := m.run().Buy(t.Context(), order)
	refused(t, got, err, "already has this subscription")
	if e, ok := errors.AsType[*EarlierPurchaseError](err); !ok || len(e.Found) != 1 || e.Found[0].ID != first.Subscription.ID || e.CustomerID != order.CustomerID {
		t.Errorf("the error is %#v", err)
	}
	m.bought(1)

	m.ForgetRequests()
	order.OnExisting = Adopt
	b := m.run()
	got = mustBuy(t, b, order)
	if !got.Adopted || got.Subscription.ID != first.Subscription.ID || got.OrderID != first.OrderID || got.CartID != "" {
		t.Errorf("adopted %+v", got)
	}
	got, err = b.Buy(t.Context(), order)
	if err == nil && got.Adopted {
		t.Error("two purchases of one run adopted the same subscription")
	}
	m.bought(2) // the second one of the run is a purchase of its own
	m.sent(1, 1)

	order.OnExisting = PurchaseAnother
	mustBuy(t, m.run(), order)
	m.bought(3)

	m.ForgetRequests()
	order.OnExisting = Adopt
	got, err = m.run().Buy(t.Context(), order)
	refused(t, got, err, "already has this subscription")
	m.sent(0, 0)
	m.bought(3)
}

// What is not sold any more can be adopted all the same: it needs no offer.
func TestBuy_adoptsWhatIsNotSold(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	mustBuy(t, m.run(), order)
	m.ForgetRequests()
	m.Fault(emulator.Fault{Match: emulator.Match{Pattern: "availabilities"}, Status: http.StatusNotFound, Code: 400013, Times: -1})
	order.OnExisting = Adopt
	if got := mustBuy(t, m.run(), order); !got.Adopted {
		t.Errorf("got %+v", got)
	}
	m.sent(0, 0)
}

// A purchase may stand beside what it replaces, which has another term, and beside nothing else.
func TestBuy_replacement(t *testing.T) {
	t.Parallel()
	m := openMarket(t, showAtOnce)
	order := archive("one")
	order.ProductID, order.TermDuration, order.BillingCycle = emulator.ProductOffice, "P1M", "monthly"
	mustBuy(t, m.run(), order)
	order.TermDuration, order.Replaces = "P1Y", true
	mustBuy(t, m.run(), order)
	m.bought(2)
	got, err := m.run().Buy(t.Context(), order)
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
			m.before = func(r *http.Request) {
				if other == nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, request) {
					other = mustBuy(t, m.run(), archive("one"))
				}
			}
			got, err := m.ambushed().Buy(t.Context(), archive("one"))
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
