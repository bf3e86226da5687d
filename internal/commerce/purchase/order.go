// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Order is what is to be bought, and under which conditions.
type Order struct {
	CustomerID       string
	ProductID, SkuID string
	TermDuration     string                 // "" where the SKU is sold for one only
	BillingCycle     string                 // likewise
	Line             partnercenter.CartLine // quantity, nickname, reseller and so on: all but catalog item, term and billing cycle

	PriceLimit *spending.PriceLimit // nil for none
	Planned    *spending.Quote      // the price that was planned, which binds; nil where none was
	OnExisting OnExisting
	Adopts     string   // takes over this subscription and buys nothing: that was decided when it was planned
	Replaces   []string // IDs of what it replaces, which may stand beside it: what has another term or billing cycle is no earlier purchase then
	anyTerm    bool     // what has another term or billing cycle is no earlier purchase: nobody knows what this one replaces

	CartID      string // buys this line of this cart instead of making a cart
	CartLine    int64
	Unnamed     bool   // nobody has said a nickname: the line's counts, where it has one
	CartContent string // what the cart held when it was planned, as PricedCart.Content says it; "" where that is not known

	Timeout time.Duration // of the checkout and of what follows it
}

// OnExisting is what to do where the customer has a subscription of the same product, SKU and nickname already.
type OnExisting string

// Ways to treat an earlier purchase.
const (
	Refuse          OnExisting = "fail"
	Adopt           OnExisting = "adopt"
	PurchaseAnother OnExisting = "purchase_another"
)

// chosenOffer is an order with the way it is sold today.
type chosenOffer struct {
	order  Order
	offer  *catalog.Offer
	option catalog.TermOption
}

// choose looks up how the customer can buy what is ordered today. The offer is never nil, also beside an error.
func choose(ctx context.Context, client *partnercenter.Client, order Order) (chosenOffer, error) {
	chosen := chosenOffer{order: order, offer: &catalog.Offer{ProductID: order.ProductID, SkuID: order.SkuID}}
	offer, err := catalog.ReadOffer(ctx, client.Availabilities, order.CustomerID, order.ProductID, order.SkuID)
	if err != nil {
		return chosen, err
	}
	chosen.offer = offer
	if err := CheckFamily(offer); err != nil {
		return chosen, err
	}
	if err := offer.CheckQuantity(int64(order.Line.Quantity)); err != nil {
		return chosen, err
	}
	if chosen.option, err = offer.Choose(order.TermDuration, order.BillingCycle); err != nil {
		return chosen, err
	}
	return chosen, catalog.CheckPromotion(ctx, client, order.CustomerID, chosen.option, order.Line)
}

// CheckFamily refuses what is no subscription of licenses afterwards, and could not be managed.
func CheckFamily(offer *catalog.Offer) error {
	what, instead := "", "Buy it in Partner Center"
	switch offer.Family() {
	case partnercenter.FamilyMarketplaceSaaS, partnercenter.FamilyNewCommerce:
		return nil
	case partnercenter.FamilySoftware:
		what = "perpetual software"
	case partnercenter.FamilyAzure:
		what, instead = "an Azure plan or reservation", "Manage Azure with a provider for Azure, and buy its plan in Partner Center"
	case partnercenter.FamilyLegacy:
		what = "a legacy offer, which Microsoft sells no longer"
	default:
		if !offer.Described() {
			return nil // the service has the last word about what the catalog does not describe
		}
		what = "neither marketplace SaaS nor new-commerce licenses"
	}
	return fmt.Errorf("%s is %s, and partnercenter_subscription manages marketplace SaaS and new-commerce licenses only. %s", offer.Name(), what, instead)
}

// rebuilds is how often a cart is made because the availability was re-issued meanwhile.
const rebuilds = 3

// withTodaysOffer takes a step with what is sold today, and takes it again where the availability was re-issued meanwhile.
func withTodaysOffer[T any](ctx context.Context, client *partnercenter.Client, order Order, step func(chosenOffer) (T, error)) (T, error) {
	for attempt := 1; ; attempt++ {
		var got T
		chosen, err := choose(ctx, client, order)
		if err == nil {
			got, err = step(chosen)
		}
		switch {
		case !reissued(err):
			return got, err
		case attempt == rebuilds:
			return got, fmt.Errorf("in %d attempts Partner Center re-issued %s each time before it could be bought: %w", rebuilds, chosen.offer.Name(), err)
		}
	}
}

// sameName compares nicknames as people do.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
