// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// inCart makes a cart of the orders' lines, and orders each from it.
func (m *market) inCart(orders ...Order) []Order {
	m.t.Helper()
	b := m.run()
	lines := make([]partnercenter.CartLine, len(orders))
	for i, order := range orders {
		chosen, err := choose(m.t.Context(), b.Client, order)
		if err != nil {
			m.t.Fatal(err)
		}
		lines[i] = order.Line
		lines[i].ID = partnercenter.Int(i)
		lines[i].CatalogItemID, lines[i].TermDuration, lines[i].BillingCycle = chosen.option.Availability.CatalogItemID, chosen.option.TermDuration, chosen.option.BillingCycle
	}
	cart, err := b.Client.CreateCart(m.t.Context(), orders[0].CustomerID, CartRequest(lines...))
	if err != nil {
		m.t.Fatal(err)
	}
	for i := range orders {
		orders[i].CartID, orders[i].CartLine = cart.ID, int64(i)
	}
	return orders
}

// What differs from a line of a cart is written again, or has been bought from it before it was changed.
func TestReadCart_differs(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := m.inCart(archive("shop"))[0]
	differs := func(remedy string) {
		t.Helper()
		renamed := order
		renamed.Line.FriendlyName = "store"
		_, err := ReadCart(t.Context(), m.run().Client, renamed)
		if err == nil || !strings.Contains(err.Error(), `friendly_name is "store" here and "shop" there. `+remedy) {
			t.Errorf("got %v, want %q", err, remedy)
		}
	}
	differs("Write the same in both")
	if _, err := buy(t, m.run(), order); err != nil {
		t.Fatal(err)
	}
	differs("The cart was ordered on ")
}

// All lines of a cart are bought by one checkout, whoever comes first; lines that are alike get an order line each, also where the answer
// is lost.
func TestBuyFromCart(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]*emulator.Fault{"answered": nil, "lost": {Match: theCheckout, Kind: emulator.FaultDropAfter}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			orders := m.inCart(archive("shop"), archive("shop"), archive("store"), archive(""))
			if fault != nil {
				m.Fault(*fault)
			}
			b := m.run()
			receipts := make([]*Receipt, len(orders))
			var purchases sync.WaitGroup
			for i, order := range orders {
				purchases.Go(func() {
					got, err := buy(t, b, order)
					if err != nil {
						t.Error(err)
					}
					receipts[i] = got
				})
			}
			purchases.Wait()
			m.bought(len(orders))
			m.sent(1, 1)
			seen := map[string]bool{}
			for i, got := range receipts {
				if got == nil || got.Subscription == nil || seen[got.Subscription.ID] {
					t.Fatalf("line %d has %+v", i, got)
				}
				seen[got.Subscription.ID] = true
				if want := orders[i].Line.FriendlyName; want != "" && got.Subscription.FriendlyName != want {
					t.Errorf("line %d (%s) got %q", i, want, got.Subscription.FriendlyName)
				}
			}
		})
	}
}

// A later run of the same order finds what the cart has bought, and never checks it out again.
func TestBuyFromCart_ordered(t *testing.T) {
	t.Parallel()
	m := openMarket(t, hideLists)
	order := m.inCart(archive("one"))[0]
	first := mustBuy(t, m.run(), order)
	got := mustBuy(t, m.run(), order)
	if got.Subscription == nil || got.Subscription.ID != first.Subscription.ID {
		t.Errorf("got %+v, want subscription %s", got, first.Subscription.ID)
	}
	m.bought(1)
	m.sent(1, 1)
}

// While the lists hide its order, a cart that was ordered is nothing that anybody may buy again.
func TestBuyFromCart_orderedAndHidden(t *testing.T) {
	t.Parallel()
	m := openMarket(t, hideLists)
	order := m.inCart(archive("one"))[0]
	mustBuy(t, m.run(), order)
	order.Timeout = 5 * time.Minute
	isUnknown(t, mustBuy(t, m.run(), order), "does not list its order yet")
	m.bought(1)
	m.sent(1, 1)
}

func TestBuyFromCart_refused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(m *market, o *Order)
		why    string
	}{
		"another quantity": {func(_ *market, o *Order) { o.Line.Quantity = 6 }, `quantity is "6" here and "5" there`},
		"another product":  {func(_ *market, o *Order) { o.ProductID = emulator.ProductDiagram }, "product_id and sku_id is"},
		"no such line":     {func(_ *market, o *Order) { o.CartLine = 3 }, "has no line 3"},
		"expired":          {func(m *market, _ *Order) { m.Advance(8 * 24 * time.Hour) }, "has expired"},
		"re-issued": {func(m *market, _ *Order) {
			m.Behave(func(b *emulator.Behaviour) { b.StaleAvailability = emulator.AtCheckout })
			m.RotateAvailabilities()
		}, "The catalog has changed since the cart was made"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			order := m.inCart(archive("one"))[0]
			test.change(m, &order)
			got, err := buy(t, m.run(), order)
			refused(t, got, err, test.why)
			m.bought(0)
			if n := m.Count(http.MethodPost, "carts"); n != 1 {
				t.Errorf("%d carts were made", n)
			}
		})
	}
}

// One line is refused while the other is ordered: the cart cannot buy it any more, in this run and in the next.
func TestBuyFromCart_partlyRefused(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		m := openMarket(t)
		vault := archive("vault")
		vault.ProductID = emulator.ProductPartnerOnly
		orders := m.inCart(archive("archive"), vault)
		b := m.run()
		for _, n := range []int{first, 1 - first} {
			got, err := buy(t, b, orders[n])
			if n == 1 {
				refused(t, got, err, "A cart is ordered only once")
			} else if err != nil || got.Subscription == nil {
				t.Errorf("got %+v and %v", got, err)
			}
		}
		m.Advance(time.Hour)
		got, err := buy(t, m.run(), orders[1])
		refused(t, got, err, "none of its orders has its line 1")
		m.bought(1)
		m.sent(1, 1)
	}
}

// A partly refused cart counts with what it bought, whoever came first, and one whose order failed for a line without that line.
func TestBuyFromCart_ledger(t *testing.T) {
	t.Parallel()
	for _, first := range []int{0, 1} {
		m := openMarket(t)
		vault := archive("vault")
		vault.ProductID = emulator.ProductPartnerOnly
		orders := m.inCart(archive("archive"), vault)
		b := limited(m.run(), "663")
		for _, n := range []int{first, 1 - first} {
			if _, err := buy(t, b, orders[n]); (err != nil) != (n == 1) {
				t.Errorf("line %d: %v", n, err)
			}
			isSpent(t, b, "168")
		}
		m.bought(1)

		m = openMarket(t, func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPartialSuccess })
		orders = m.inCart(archive("one"), archive("two"))
		b = limited(m.run(), "336")
		for i, n := range []int{first, 1 - first} {
			got, err := buy(t, b, orders[n])
			if n == 1 {
				refused(t, got, err, "without a subscription. Look at it in Partner Center before planning the purchase again. A cart is ordered only once")
			} else if err != nil || got.Subscription == nil {
				t.Errorf("got %+v and %v", got, err)
			}
			if i == 0 && n == 1 {
				isSpent(t, b, "168") // the other line was bought
			}
		}
		m.bought(1)
	}
}

// What one line is refused for keeps the whole cart of the run from being bought: the refused line would be bought with it.
func TestBuyFromCart_oneLineRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(m *market, o *Order){
		"another quantity": func(_ *market, o *Order) { o.Line.Quantity = 6 },
		"no such line":     func(_ *market, o *Order) { o.CartLine = 7 },
		"too expensive": func(_ *market, o *Order) {
			o.PriceLimit = &spending.PriceLimit{Currency: "EUR", Total: new(decimal.NewFromInt(1))}
		},
		"not as planned": func(_ *market, o *Order) { o.CartContent = "sha256:0123456789abcdef" },
		"not readable": func(m *market, _ *Order) {
			m.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "carts/*"}, Status: http.StatusForbidden})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			orders := m.inCart(archive("one"), archive("two"))
			wrong := orders[1]
			change(m, &wrong)
			b := limited(m.run(), "336")
			got, err := buy(t, b, wrong)
			refused(t, got, err, "")
			got, err = buy(t, b, orders[0])
			refused(t, got, err, "another line of cart "+orders[0].CartID+" was refused")
			m.sent(1, 0)
			m.bought(0)
			isSpent(t, b, "0")
			later := m.run()
			mustBuy(t, later, orders[0])
			m.bought(2)
			if name == "another quantity" {
				_, err = buy(t, later, wrong)
				_, otherwise := errors.AsType[*OrderedOtherwiseError](err)
				if _, nothing := errors.AsType[*NotBoughtError](err); nothing || !otherwise {
					t.Errorf("the line was bought with its cart, and the error is %v", err)
				}
			}
			mustBuy(t, later, orders[1])
			m.bought(2)
		})
	}
}

// The checkout of a cart buys all of its lines: none that the customer has already, but for those without a nickname, which nobody can tell.
func TestBuyFromCart_earlier(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		earlier, own, other, why string
	}{
		"another purchase":            {"three", "one", "two", ""},
		"the line itself":             {"one", "one", "two", "already has this subscription"},
		"the other line":              {"two", "one", "two", "line 1 would be bought a second time"},
		"a line that is named for it": {"three", "one", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, showAtOnce)
			mustBuy(t, m.run(), archive(test.earlier))
			order := m.inCart(archive(test.own), archive(test.other))[0]
			got, err := buy(t, m.run(), order)
			if test.why == "" {
				if err != nil {
					t.Fatal(err)
				}
				m.bought(3)
				return
			}
			refused(t, got, err, test.why)
			m.bought(1)
		})
	}
	m := openMarket(t, showAtOnce)
	mustBuy(t, m.run(), archive("three"))
	order := archive("one")
	unnamed := partnercenter.CartLine{ID: 1, CatalogItemID: m.CatalogItemID(order.CustomerID, order.ProductID, order.SkuID), Quantity: 5}
	cart := &PricedCart{order: order, cart: &partnercenter.Cart{LineItems: []partnercenter.CartLine{{FriendlyName: "one"}, unnamed}}}
	if err := m.run().refuseEarlierOf(t.Context(), cart); err != nil {
		t.Errorf("a line without a nickname: %v", err)
	}
}

// A plan refuses a line that is too expensive before any line is ordered, and not afterwards: then it has been bought.
func TestPriceCart(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := m.inCart(archive("one"))[0]
	dear := order
	dear.PriceLimit = &spending.PriceLimit{Currency: "EUR", Total: new(decimal.NewFromInt(1))}
	other := order
	other.Line.Quantity = 6
	price := func(order Order) (string, error) {
		cart, err := PriceCart(t.Context(), m.run().Client, order)
		if cart == nil {
			return "", err
		}
		return cart.Quote().Total.String(), err
	}
	if total, err := price(order); err != nil || total != "168" {
		t.Errorf("it costs %s, %v", total, err)
	}
	_, err := price(dear)
	if _, ok := errors.AsType[*spending.LimitError](err); !ok {
		t.Errorf("%v is not the error of a limit", err)
	}
	if _, err := price(other); err == nil || !strings.Contains(err.Error(), "quantity is") {
		t.Errorf("another quantity: %v", err)
	}
	mustBuy(t, m.run(), order)
	if total, err := price(dear); err != nil || total != "168" {
		t.Errorf("after it was ordered it costs %s, %v", total, err)
	}
}

// The content of a cart binds: what the plan or the cart's own resource saw, and nothing that somebody has put in since.
func TestBuyFromCart_content(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		planned, noted, changed bool
		why                     string
	}{
		"planned, as it was":          {planned: true},
		"noted, as it was":            {noted: true},
		"changed, and nobody knows":   {changed: true},
		"planned, and changed since":  {planned: true, changed: true, why: "holds something else than was planned"},
		"noted, and changed by hand":  {noted: true, changed: true, why: "holds something else than its partnercenter_cart"},
		"both, and changed meanwhile": {planned: true, noted: true, changed: true, why: "holds something else"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			order := m.inCart(archive("one"), archive("two"))[0]
			b := limited(m.run(), "10000")
			cart, err := b.Client.Cart(t.Context(), order.CustomerID, order.CartID)
			if err != nil {
				t.Fatal(err)
			}
			if test.planned {
				order.CartContent = CartContent(cart)
			}
			if test.noted {
				b.Claims.NoteCart(cart.ID, CartContent(cart))
			}
			if test.changed {
				cart.LineItems[1].Quantity = 50
				m.changeCart(order.CustomerID, cart)
			}
			got, err := buy(t, b, order)
			if test.why != "" {
				refused(t, got, err, test.why)
				m.bought(0)
				isSpent(t, b, "0")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			m.bought(2)
		})
	}
}
