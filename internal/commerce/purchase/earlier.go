// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// EarlierPurchaseError refuses a purchase because the customer has the same already, or has ordered it.
type EarlierPurchaseError struct {
	CustomerID string
	OnExisting OnExisting
	FromCart   bool // the purchase named a cart
	Earlier
}

func (e *EarlierPurchaseError) Error() string {
	var found []string
	for i := range e.Subscriptions {
		found = append(found, Describe(&e.Subscriptions[i]))
	}
	for i := range e.Orders {
		found = append(found, DescribeOrder(&e.Orders[i]))
	}
	return "the customer already has this subscription, and Partner Center would sell it a second time without asking: " + strings.Join(found, "; ")
}

// Describe says what an earlier purchase is, in one line.
func Describe(s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s: %s, %s, %s, bought %s", escape.ID(s.ID), escape.Quoted(s.FriendlyName), words.Count(int64(s.Quantity), "license"), strings.ToLower(s.Status), words.Day(s.CreationDate.Time))
}

// DescribeOrder says what an order without a subscription is, in one line.
func DescribeOrder(o *partnercenter.Order) string {
	return fmt.Sprintf("order %s, %s since %s, without a subscription yet", escape.ID(o.ID), strings.ReplaceAll(partnercenter.OrderStatus(o.Status), "_", " "), words.Day(o.CreationDate.Time))
}

// Earlier is what looks like an earlier purchase of what is ordered: same customer, product, SKU and nickname.
type Earlier struct {
	Subscriptions []partnercenter.Subscription // live ones
	Unnamed       bool                         // one of them has no nickname of its own, and may be another purchase of the same day
	Orders        []partnercenter.Order        // that have brought no subscription yet, and may still
}

// Any reports whether there is one.
func (e Earlier) Any() bool { return len(e.Subscriptions)+len(e.Orders) > 0 }

// EarlierPurchases are those among the subscriptions and orders of a customer. What this run bought or gave up is not meant. A purchase
// without a nickname is named by the service, so then any name counts.
func EarlierPurchases(subscriptions []partnercenter.Subscription, orders []partnercenter.Order, claims *spending.Claims, order Order, now time.Time) Earlier {
	var found Earlier
	for _, s := range subscriptions {
		switch {
		case s.Ended() || claims.WasBought(s.ID) || claims.Ordered(s.OrderID) || claims.WasGivenUp(s.ID):
		case s.ProductID() != order.ProductID || s.SkuID() != order.SkuID:
		case (order.anyTerm || order.replaces(s.ID)) && order.Unlike(s):
		case order.named(s.FriendlyName), order.lostItsName(s, now):
			found.Subscriptions = append(found.Subscriptions, s)
			found.Unnamed = found.Unnamed || !order.named(s.FriendlyName)
		}
	}
	for i := range orders {
		if !claims.Ordered(orders[i].ID) && order.waitsIn(&orders[i]) {
			found.Orders = append(found.Orders, orders[i])
		}
	}
	return found
}

func (o Order) replaces(id string) bool {
	return slices.ContainsFunc(o.Replaces, func(replaced string) bool { return strings.EqualFold(replaced, id) })
}

// Unlike holds for a subscription that this purchase can only replace, because it has another term or billing cycle. What is not known of
// either is not different.
func (o Order) Unlike(s partnercenter.Subscription) bool {
	return differ(o.TermDuration, s.TermDuration) || differ(o.BillingCycle, s.BillingCycle)
}

// differ compares values that the service spells in more than one way, such as "OneTime" and "one_time".
func differ(a, b string) bool {
	plain := func(value string) string {
		return strings.ToLower(strings.NewReplacer("_", "", " ", "").Replace(value))
	}
	return a != "" && b != "" && plain(a) != plain(b)
}

// named compares nicknames as people do.
func (o Order) named(name string) bool {
	return o.Line.FriendlyName == "" || sameName(name, o.Line.FriendlyName)
}

// unnamedFor is how long a subscription that lost its nickname on the way may be the one that a run bought and did not see.
const unnamedFor = 24 * time.Hour

// lostItsName recognizes a recent purchase of as many licenses whose nickname the service dropped.
func (o Order) lostItsName(s partnercenter.Subscription, now time.Time) bool {
	return (s.FriendlyName == "" || sameName(s.FriendlyName, s.OfferName)) && s.Quantity == o.Line.Quantity && now.Before(s.CreationDate.Add(unnamedFor))
}

// waitsIn recognizes the purchase in an order that has brought no subscription for it yet.
func (o Order) waitsIn(order *partnercenter.Order) bool {
	if bringsNothing(order) || isSystem(order) || partnercenter.OrderStatus(order.Status) == partnercenter.OrderCompleted {
		return false
	}
	return slices.ContainsFunc(order.LineItems, func(line partnercenter.OrderLine) bool {
		item := partnercenter.Subscription{OfferID: line.OfferID}
		return line.SubscriptionID == "" && isNew(line) && item.ProductID() == o.ProductID && item.SkuID() == o.SkuID &&
			(o.named(line.FriendlyName) || line.FriendlyName == "" && line.Quantity == o.Line.Quantity)
	})
}

// refuseEarlier finds the purchase of a run that broke off, or one made by hand, and refuses to buy it again.
func (b Buyer) refuseEarlier(ctx context.Context, order Order) error {
	return b.refuseEarlierOf(ctx, &PricedCart{order: order})
}

// refuseEarlierOf looks for earlier purchases of all that the checkout of a cart buys: its other lines may be there already, from a run that
// broke off or from an earlier cart with the same lines. Lines without a nickname cannot be told from others.
func (b Buyer) refuseEarlierOf(ctx context.Context, cart *PricedCart) error {
	order := cart.order
	if order.OnExisting == PurchaseAnother {
		return nil
	}
	subscriptions, err := b.Client.Subscriptions(ctx, order.CustomerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return err
	}
	orders, err := b.Client.Orders(ctx, order.CustomerID, partnercenter.OrdersQuery{})
	if err != nil {
		return err
	}
	subscriptions = b.Claims.Seen(order.CustomerID, subscriptions)
	find := func(what Order) error {
		found := EarlierPurchases(subscriptions, orders, b.Claims, what, b.Client.EarliestTime())
		if found.Any() {
			return &EarlierPurchaseError{CustomerID: order.CustomerID, OnExisting: order.OnExisting, FromCart: order.CartID != "", Earlier: found}
		}
		return nil
	}
	if err := find(order); err != nil || cart.cart == nil {
		return err
	}
	cart.noteBefore(orders, subscriptions)
	for i, line := range cart.cart.LineItems {
		if i == cart.index || line.FriendlyName == "" {
			continue
		}
		if err := find(otherOrder(order.CustomerID, line)); err != nil {
			return &OtherLineError{cart.cart.ID, fmt.Errorf("line %d would be bought a second time. Make the cart again without it, by taking it out of line_items: %w", line.ID, err)}
		}
	}
	return nil
}

// otherOrder is what is known of the order of another line of a cart; it may replace what has another term.
func otherOrder(customerID string, line partnercenter.CartLine) Order {
	what := partnercenter.Subscription{OfferID: line.CatalogItemID}
	return Order{CustomerID: customerID, ProductID: what.ProductID(), SkuID: what.SkuID(), TermDuration: line.TermDuration, BillingCycle: line.BillingCycle, Line: line, anyTerm: true}
}

// adopt takes over the subscription that the plan named. It buys nothing, also where that has ended since.
func (b Buyer) adopt(ctx context.Context, order Order) (*Receipt, error) {
	got, err := b.Client.Subscription(ctx, order.CustomerID, order.Adopts)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the plan takes over subscription %s: %w", order.Adopts, err)
	case got.Ended():
		return nil, fmt.Errorf("the plan takes over subscription %s, and it is %s now. Run plan again: it says what a new one costs", order.Adopts, strings.ToLower(got.Status))
	case got.ProductID() != order.ProductID || got.SkuID() != order.SkuID:
		return nil, fmt.Errorf("the plan takes over subscription %s, and it is %s now. Run plan again", order.Adopts, escape.Terminal(got.OfferName))
	case !b.Claims.ClaimSubscription(got.ID):
		return nil, fmt.Errorf("another resource of this run has taken over subscription %s already: give each its own friendly_name", got.ID)
	}
	b.Claims.Bought(got.ID)
	return &Receipt{Subscription: got, OrderID: got.OrderID, Adopted: true}, nil
}

// twins are subscriptions of the same product, SKU and nickname that somebody else has bought since: another run looked for one at the
// same moment and did not find this one either. Partner Center has no call that would rule this out.
func (b Buyer) twins(ctx context.Context, order Order, since time.Time) []partnercenter.Subscription {
	if order.OnExisting == PurchaseAnother {
		return nil
	}
	all, err := b.Client.Subscriptions(ctx, order.CustomerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil // what was bought is known; this is only advice
	}
	found := EarlierPurchases(all, nil, b.Claims, order, b.Client.EarliestTime())
	return slices.DeleteFunc(found.Subscriptions, func(s partnercenter.Subscription) bool {
		return s.CreationDate.Before(since.Add(-clockStep))
	})
}
