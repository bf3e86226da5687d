// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Receipt is what is known of a purchase that was made, or may have been.
type Receipt struct {
	CartID       string // "" where no cart was needed
	CartLine     int64
	OrderID      string // "" while it is not known
	OrderLine    int64
	Subscription *partnercenter.Subscription // nil while it is not known
	Price        spending.Quote
	Adopted      bool                         // nothing was bought: an earlier purchase was taken over
	Unknown      string                       // why the subscription is not known yet, "" where it is
	Intent       Intent                       // lets Recover find out later
	Twins        []partnercenter.Subscription // bought at the same moment by somebody else
}

// receipt is what is known before the checkout.
func (c *PricedCart) receipt() *Receipt {
	return &Receipt{CartID: c.cart.ID, CartLine: int64(c.line().ID), Price: c.Quote(), Intent: c.intent()}
}

// receive goes from the order to the subscription. An error says that the order failed; whatever else keeps the subscription from being
// found is only not known yet.
func (b Buyer) receive(ctx context.Context, out *checkedOut) (*Receipt, error) {
	got := out.cart.receipt()
	got.Intent.CheckedOut = out.sent
	if out.line == nil {
		got.Unknown = out.unknown
		return got, nil
	}
	line := *out.line
	got.OrderID = line.orderID
	failed, err := b.readOrder(ctx, out.cart, &line, got)
	got.OrderLine = int64(line.number)
	switch {
	case failed != nil && out.cart.order.CartID != "":
		return nil, &usedCartError{failed}
	case failed != nil:
		return nil, failed
	case err == nil && line.subscriptionID == "":
		return got, nil // in review: got.Unknown says so
	}
	customerID := out.cart.order.CustomerID
	if line.subscriptionID == "" {
		line.subscriptionID = b.onlySubscriptionOf(ctx, out.cart, line.orderID)
	}
	if line.subscriptionID == "" {
		got.Unknown = fmt.Sprintf("order %s was placed, but Partner Center has not named its subscription yet%s", got.OrderID, because(err))
		return got, nil
	}
	b.Claims.Bought(line.subscriptionID)
	if got.Subscription, err = b.readSubscription(ctx, customerID, line.subscriptionID); err != nil {
		got.Unknown = fmt.Sprintf("order %s made subscription %s, but it cannot be read yet%s", got.OrderID, line.subscriptionID, because(err))
	}
	return got, nil
}

// readOrder reads the order by its id, which is ahead of every list, until it names the subscription.
func (b Buyer) readOrder(ctx context.Context, cart *PricedCart, line *orderLine, got *Receipt) (failed, err error) {
	err = b.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		order, err := b.Client.Order(ctx, cart.order.CustomerID, line.orderID)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		found := line.in(order)
		if found == nil {
			return line.subscriptionID != "", nil
		}
		line.number = found.LineItemNumber
		got.Price = cart.orderedFor(found, order.CurrencyCode)
		if found.SubscriptionID != "" {
			line.subscriptionID = found.SubscriptionID
			return true, nil
		}
		switch status := partnercenter.OrderStatus(order.Status); {
		case bringsNothing(order):
			failed = fmt.Errorf("order %s ended in status %q without a subscription. Look at it in Partner Center before planning the purchase again", order.ID, status)
			return true, nil
		case slices.Contains(waitingOrders, status):
			got.Unknown = fmt.Sprintf("order %s is in status %q: a user of the partner has to act on it in Partner Center before the subscription is made", order.ID, status)
			return true, nil
		}
		return false, nil
	})
	return failed, err
}

// orderedFor is the price in the order, where it tells all of it: add-ons are lines of their own there.
func (c *PricedCart) orderedFor(line *partnercenter.OrderLine, currency string) spending.Quote {
	price := spending.Priced(line.Pricing, currency, int64(line.Quantity), cmp.Or(line.TermDuration, c.option.TermDuration), c.option.BillingCycle)
	if price.Amount() == nil || len(c.line().AddonItems) > 0 {
		return c.Quote()
	}
	return price
}

// onlySubscriptionOf is the last way to the subscription: the customer's subscriptions of that order, which may lag. Where the cart has several
// lines, the only one may be another line's: an order can be made in part.
func (b Buyer) onlySubscriptionOf(ctx context.Context, cart *PricedCart, orderID string) string {
	subscriptions, err := b.Client.Subscriptions(ctx, cart.order.CustomerID, partnercenter.SubscriptionsQuery{OrderID: orderID})
	if err != nil || len(subscriptions) != 1 || b.Claims.WasBought(subscriptions[0].ID) {
		return ""
	}
	if only := subscriptions[0]; len(cart.cart.LineItems) == 1 || cart.intent().isBehind(only) {
		return only.ID
	}
	return ""
}

// readSubscription waits until the new subscription can be read: right after a purchase it may be missing for minutes.
func (b Buyer) readSubscription(ctx context.Context, customerID, id string) (got *partnercenter.Subscription, err error) {
	err = b.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		s, err := b.Client.Subscription(ctx, customerID, id)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		got = s
		return true, nil
	})
	return got, err
}
