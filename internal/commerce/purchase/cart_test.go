// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// A line that comes back as something else is not bought; what the answer leaves out is not something else.
func TestDiffers(t *testing.T) {
	t.Parallel()
	asked := partnercenter.CartLine{CatalogItemID: "P:0001:A", Quantity: 5, TermDuration: "P1Y", BillingCycle: "monthly", Participants: Participants("7700123")}
	for name, test := range map[string]struct {
		change func(*partnercenter.CartLine)
		want   string
	}{
		"the same":            {func(*partnercenter.CartLine) {}, ""},
		"in other letters":    {func(l *partnercenter.CartLine) { l.TermDuration, l.BillingCycle = "p1y", "Monthly" }, ""},
		"without a term":      {func(l *partnercenter.CartLine) { l.TermDuration, l.BillingCycle = "", "" }, ""},
		"more licenses":       {func(l *partnercenter.CartLine) { l.Quantity = 6 }, "quantity 6 instead of 5"},
		"another item":        {func(l *partnercenter.CartLine) { l.CatalogItemID = "P:0001:B" }, "catalog item P:0001:B instead of P:0001:A"},
		"another term":        {func(l *partnercenter.CartLine) { l.TermDuration = "P3Y" }, "term P3Y instead of P1Y"},
		"another cycle":       {func(l *partnercenter.CartLine) { l.BillingCycle = "Annual" }, "billing cycle annual instead of monthly"},
		"another reseller":    {func(l *partnercenter.CartLine) { l.Participants = Participants("7700124") }, "reseller 7700124 instead of 7700123"},
		"no reseller":         {func(l *partnercenter.CartLine) { l.Participants = nil }, "reseller none instead of 7700123"},
		"an add-on beside it": {func(l *partnercenter.CartLine) { l.AddonItems = []partnercenter.CartLine{{}} }, "number of add-ons 1 instead of 0"},
		"a reseller who helps": {func(l *partnercenter.CartLine) {
			l.Participants = append([]partnercenter.KeyValue{{Key: partnercenter.ParticipantAdditionalTransactionReseller, Value: "1"}}, l.Participants...)
		}, ""},
	} {
		got := asked
		test.change(&got)
		if difference := differs(asked, got); difference != test.want {
			t.Errorf("%s: %q, want %q", name, difference, test.want)
		}
	}
}

func TestAppliedPromotion(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		order Order
		want  string
	}{
		"by the service": {Order{}, "spring"},
		"by the order":   {Order{Line: partnercenter.CartLine{PromotionID: "spring"}}, ""},
		"in a cart":      {Order{CartID: "c-1"}, ""},
	} {
		cart := &PricedCart{order: test.order, cart: &partnercenter.Cart{LineItems: []partnercenter.CartLine{{PromotionID: " spring "}}}}
		if got := cart.AppliedPromotion(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// What a line was refused for decides whether another number of licenses, a base or a new look at the catalog helps.
func TestLineError(t *testing.T) {
	t.Parallel()
	type help struct{ base, more, again bool }
	line := func(code partnercenter.Text) error {
		return fmt.Errorf("buying: %w", &LineError{&partnercenter.CartLineError{ErrorCode: code, ErrorDescription: "No."}})
	}
	for name, test := range map[string]struct {
		err  error
		want help
	}{
		"no base":                        {line("400041"), help{base: true}},
		"too few":                        {line("10010"), help{more: true}},
		"too few of the SKU":             {line("10018"), help{more: true}},
		"too few of the availability":    {line("10019"), help{more: true}},
		"re-issued":                      {line("10001"), help{again: true}},
		"re-issued, by name":             {line("CATALOG_ITEM_ID_IS_NOT_VALID"), help{again: true}},
		"re-issued, by name in one word": {line("CatalogItemIdIsNotValid"), help{again: true}},
		"something else":                 {line("10012"), help{}},
		"re-issued, by status":           {&partnercenter.Error{Code: "400019"}, help{again: true}},
		"another status":                 {&partnercenter.Error{Code: "400041"}, help{}},
		"no error of a line":             {errors.New("10010"), help{}},
	} {
		if got := (help{NeedsBase(test.err), TooFew(test.err), reissued(test.err)}); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

// A plan that knows how a SKU is sold asks the catalog again only where that has been issued anew.
func TestPriceOption(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.run().Client
	chosen, err := choose(t.Context(), client, archive("one"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lookUps := range []int{0, 1} {
		m.ForgetRequests()
		cart, err := PriceOption(t.Context(), client, archive("one"), chosen.option)
		if err != nil || cart.Quote().Total.String() != "168" || m.Count("GET", "availabilities") != lookUps {
			t.Errorf("it is %+v, %v after %d looks at the catalog, want %d", cart, err, m.Count("GET", "availabilities"), lookUps)
		}
		m.RotateAvailabilities()
	}
	m.bought(0)
}

// The same content is the same, whatever the service changes beside it; what is bought, or for how much, is not.
func TestCartContent(t *testing.T) {
	t.Parallel()
	sample := func(change func(*partnercenter.CartLine)) *partnercenter.Cart {
		line := partnercenter.CartLine{ID: 1, CatalogItemID: "P:0001:A", FriendlyName: "one", Quantity: 5, TermDuration: "P1Y", BillingCycle: "monthly", CurrencyCode: "EUR",
			Pricing: &partnercenter.Pricing{Price: new(decimal.NewFromInt(2)), ExtendedPrice: new(decimal.NewFromInt(120))}, AddonItems: []partnercenter.CartLine{{CatalogItemID: "P:0002:A", Quantity: 5}}}
		change(&line)
		return &partnercenter.Cart{LineItems: []partnercenter.CartLine{line}}
	}
	seen := map[string]string{}
	for name, change := range map[string]func(*partnercenter.CartLine){
		"as it was":          func(*partnercenter.CartLine) {},
		"another number":     func(l *partnercenter.CartLine) { l.ID = 2 },
		"another item":       func(l *partnercenter.CartLine) { l.CatalogItemID = "P:0001:B" },
		"another nickname":   func(l *partnercenter.CartLine) { l.FriendlyName = "two" },
		"another quantity":   func(l *partnercenter.CartLine) { l.Quantity = 6 },
		"another term":       func(l *partnercenter.CartLine) { l.TermDuration = "P3Y" },
		"another cycle":      func(l *partnercenter.CartLine) { l.BillingCycle = "annual" },
		"another currency":   func(l *partnercenter.CartLine) { l.CurrencyCode = "USD" },
		"a promotion":        func(l *partnercenter.CartLine) { l.PromotionID = "spring" },
		"a reseller":         func(l *partnercenter.CartLine) { l.Participants = Participants("7700123") },
		"a context":          func(l *partnercenter.CartLine) { l.ProvisioningContext = map[string]string{"a": "b"} },
		"an end":             func(l *partnercenter.CartLine) { l.CustomTermEndDate.Time = noon },
		"another end":        func(l *partnercenter.CartLine) { l.CustomTermEndDate.Time = noon.Add(time.Second) },
		"a trial's term":     func(l *partnercenter.CartLine) { l.RenewsTo = &partnercenter.RenewsTo{TermDuration: "P1Y"} },
		"another unit price": func(l *partnercenter.CartLine) { l.Pricing.Price = new(decimal.NewFromInt(3)) },
		"another total":      func(l *partnercenter.CartLine) { l.Pricing.ExtendedPrice = new(decimal.NewFromInt(121)) },
		"no unit price":      func(l *partnercenter.CartLine) { l.Pricing.Price = nil },
		"no total":           func(l *partnercenter.CartLine) { l.Pricing.ExtendedPrice = nil },
		"no price":           func(l *partnercenter.CartLine) { l.Pricing = nil },
		"another add-on":     func(l *partnercenter.CartLine) { l.AddonItems[0].Quantity = 6 },
		"no add-on":          func(l *partnercenter.CartLine) { l.AddonItems = nil },
	} {
		got := CartContent(sample(change))
		if other, same := seen[got]; same {
			t.Errorf("%q is the same as %q", name, other)
		}
		seen[got] = name
	}
	for name, change := range map[string]func(*partnercenter.CartLine){
		"in other letters": func(l *partnercenter.CartLine) {
			l.TermDuration, l.BillingCycle, l.CurrencyCode = "p1y", "Monthly", "eur"
		},
		"in another order":      func(l *partnercenter.CartLine) { l.OrderGroup, l.PurchaseSystem = "7", "other" },
		"at another list price": func(l *partnercenter.CartLine) { l.Pricing.ListPrice = new(decimal.NewFromInt(9)) },
	} {
		if seen[CartContent(sample(change))] != "as it was" {
			t.Errorf("%q is not the same", name)
		}
	}
}
