// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// pairCart is a cart of two order groups, 100 EUR and 40 EUR, in which the second line is the order's.
func pairCart() *PricedCart {
	line := func(id partnercenter.Int, group partnercenter.Text, item string, price int64) partnercenter.CartLine {
		total := decimal.NewFromInt(price)
		return partnercenter.CartLine{ID: id, OrderGroup: group, CatalogItemID: item, Quantity: 1, CurrencyCode: "EUR", Pricing: &partnercenter.Pricing{ExtendedPrice: &total}}
	}
	cart := &partnercenter.Cart{ID: "c-1", CreationTimestamp: partnercenter.Time{Time: noon},
		LineItems: []partnercenter.CartLine{line(0, "0", "P:0001:A", 100), line(1, "1", "Q:0001:B", 40)}}
	return &PricedCart{order: Order{CustomerID: "k", CartID: "c-1", CartLine: 1}, cart: cart, index: 1}
}

func TestOrdered(t *testing.T) {
	t.Parallel()
	order := func(id, item string) partnercenter.Order {
		return partnercenter.Order{ID: id, CreationDate: partnercenter.Time{Time: noon}, LineItems: []partnercenter.OrderLine{{OfferID: item, Quantity: 1}}}
	}
	failed := func(group, code partnercenter.Text) partnercenter.OrderError {
		return partnercenter.OrderError{OrderGroupID: group, Code: code, Description: "Because " + string(code) + "."}
	}
	own, other := order("o-own", "Q:0001:B"), order("o-other", "P:0001:A")
	for name, test := range map[string]struct {
		orders []partnercenter.Order
		errors []partnercenter.OrderError
		order  string // of the line, "" where it is not known
		why    string // of a refusal, "" for none
		used   bool   // the cart was ordered all the same
		counts string // after the refusal was given back
	}{
		"both ordered":                       {[]partnercenter.Order{other, own}, nil, "o-own", "", false, "140"},
		"own ordered, other refused":         {[]partnercenter.Order{own}, []partnercenter.OrderError{failed("0", "1")}, "o-own", "", false, "40"},
		"own refused, other ordered":         {[]partnercenter.Order{other}, []partnercenter.OrderError{failed("1", "2")}, "", "Because 2", true, "100"},
		"both refused":                       {nil, []partnercenter.OrderError{failed("0", "1"), failed("1", "2")}, "", "Because 2", false, "0"},
		"refused without a group":            {nil, []partnercenter.OrderError{failed("", "3")}, "", "Because 3", false, "0"},
		"own refused, other submitted":       {nil, []partnercenter.OrderError{failed("0", "800065"), failed("1", "2")}, "", "Because 2", true, "100"},
		"own submitted, other refused":       {nil, []partnercenter.OrderError{failed("0", "1"), failed("1", "800065")}, "", "", false, "40"},
		"both submitted":                     {nil, []partnercenter.OrderError{failed("0", "800065"), failed("1", "800064")}, "", "", false, "140"},
		"nothing is said":                    {nil, nil, "", "", false, "140"},
		"only the other, nothing of the own": {[]partnercenter.Order{other}, nil, "", "", false, "140"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := limited(Buyer{Claims: &spending.Claims{}}, "140")
			cart := pairCart()
			reserved, err := b.Ledger.Reserve(cart.total())
			if err != nil {
				t.Fatal(err)
			}
			line, err := b.ordered(&checkedCart{cart: cart, reserved: reserved}, &partnercenter.CheckoutResult{Orders: test.orders, OrderErrors: test.errors})
			if got := orderOf(line); got != test.order {
				t.Errorf("found order %q, want %q", got, test.order)
			}
			_, used := errors.AsType[*usedCartError](err)
			if (err != nil) != (test.why != "") || used != test.used || err != nil && !strings.Contains(err.Error(), test.why) {
				t.Errorf("the error is %v", err)
			}
			if err != nil {
				reserved.GiveBack(nil)
			}
			isSpent(t, b, test.counts)
		})
	}
}

// The only order of a cart of one line is that line's, however it is described: there is nothing to confuse it with.
func TestOrdered_single(t *testing.T) {
	t.Parallel()
	order := func(id string, items ...string) partnercenter.Order {
		o := partnercenter.Order{ID: id, CreationDate: partnercenter.Time{Time: noon}}
		for i, item := range items {
			o.LineItems = append(o.LineItems, partnercenter.OrderLine{LineItemNumber: partnercenter.Int(i), OfferID: item, Quantity: 1})
		}
		return o
	}
	single := pairCart()
	single.cart.LineItems, single.index = single.cart.LineItems[1:], 0
	for name, test := range map[string]struct {
		cart   *PricedCart
		orders []partnercenter.Order
		want   string
	}{
		"another item":                   {single, []partnercenter.Order{order("o-1", "Q:0001:C")}, "o-1"},
		"the item":                       {single, []partnercenter.Order{order("o-1", "Q:0001:B")}, "o-1"},
		"two orders, of other items":     {single, []partnercenter.Order{order("o-1", "Q:0001:C"), order("o-2", "Q:0001:D")}, ""},
		"two orders, one of the item":    {single, []partnercenter.Order{order("o-1", "Q:0001:C"), order("o-2", "Q:0001:B")}, "o-2"},
		"an order without lines":         {single, []partnercenter.Order{order("o-1")}, ""},
		"a cart of two, of another item": {pairCart(), []partnercenter.Order{order("o-1", "Q:0001:C")}, ""},
	} {
		b := limited(Buyer{Claims: &spending.Claims{}}, "140")
		line, err := b.ordered(&checkedCart{cart: test.cart}, &partnercenter.CheckoutResult{Orders: test.orders})
		if got := orderOf(line); got != test.want || err != nil {
			t.Errorf("%s: found order %q, %v; want %q", name, got, err, test.want)
		}
	}
}

func orderOf(line *orderLine) string {
	if line == nil {
		return ""
	}
	return line.orderID
}

// A credit makes no room for the other lines of its cart, and a line without a price leaves the total unknown.
func TestTotal(t *testing.T) {
	t.Parallel()
	cart := pairCart()
	*cart.cart.LineItems[0].Pricing.ExtendedPrice = decimal.NewFromInt(-100)
	if got := cart.total(); got == nil || !got.Value.Equal(decimal.NewFromInt(40)) {
		t.Errorf("the total with a credit is %v", got)
	}
	cart.cart.LineItems[0].Pricing = nil
	if got := cart.total(); got != nil {
		t.Errorf("the total with an unknown price is %v", got)
	}
	if got := cart.total("0"); got == nil || !got.Value.Equal(decimal.NewFromInt(40)) {
		t.Errorf("the total without the unknown price is %v", got)
	}
	cart = pairCart()
	cart.cart.LineItems[0].CurrencyCode = "USD"
	if got := cart.total(); got != nil {
		t.Errorf("the total of two currencies is %v", got)
	}
}

// Lines whose nicknames the service dropped cannot be told apart, and each is taken once.
func TestClaimLine_namesDropped(t *testing.T) {
	t.Parallel()
	b := Buyer{Claims: &spending.Claims{}}
	order := partnercenter.Order{ID: "o-1", CreationDate: partnercenter.Time{Time: noon}, LineItems: []partnercenter.OrderLine{
		{LineItemNumber: 0, OfferID: "P:0001:A", Quantity: 5}, {LineItemNumber: 1, OfferID: "P:0001:A", Quantity: 5}}}
	seen := map[partnercenter.Int]bool{}
	for _, names := range [][2]string{{"shop", "store"}, {"store", "shop"}} {
		want := sampleIntent()
		want.FriendlyName, want.Beside = names[0], []string{names[1]}
		line := b.claimLine(want.linesOf(order), order.ID)
		if line == nil || seen[line.number] {
			t.Fatalf("%s got %+v", names[0], line)
		}
		seen[line.number] = true
	}
	if line := b.claimLine(sampleIntent().linesOf(order), order.ID); line != nil {
		t.Errorf("a third purchase got %+v", line)
	}
}

// A line that was found by its subscription is found in its order.
func TestOrderLine_in(t *testing.T) {
	t.Parallel()
	two := partnercenter.Order{LineItems: []partnercenter.OrderLine{{LineItemNumber: 3}, {LineItemNumber: 4, SubscriptionID: "s-4"}}}
	one := partnercenter.Order{LineItems: two.LineItems[:1]}
	for name, test := range map[string]struct {
		line  orderLine
		order partnercenter.Order
		want  partnercenter.Int // -1 for none
	}{
		"by number":                {orderLine{number: 3}, two, 3},
		"by subscription":          {orderLine{number: anyLine, subscriptionID: "s-4"}, two, 4},
		"the only one":             {orderLine{number: anyLine}, one, 3},
		"not known which":          {orderLine{number: anyLine}, two, -1},
		"another subscription":     {orderLine{number: anyLine, subscriptionID: "s-5"}, two, -1},
		"another number, only one": {orderLine{number: 4}, one, -1},
	} {
		got := partnercenter.Int(-1)
		if found := test.line.in(&test.order); found != nil {
			got = found.LineItemNumber
		}
		if got != test.want {
			t.Errorf("%s: found line %d, want %d", name, got, test.want)
		}
	}
}
