// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Orders in these states bring no subscription; an order in review brings none until somebody has acted.
var (
	failedOrders  = []string{partnercenter.OrderFailed, partnercenter.OrderCancelled, partnercenter.OrderPOReviewRejected}
	waitingOrders = []string{partnercenter.OrderPendingReview, partnercenter.OrderPendingPOUpload, partnercenter.OrderPOUploadComplete, partnercenter.OrderSuspended}
)

// bringsNothing reports whether an order has no subscription for its lines without one: it failed, or it succeeded for other lines only.
func bringsNothing(order *partnercenter.Order) bool {
	status := partnercenter.OrderStatus(order.Status)
	return slices.Contains(failedOrders, status) || status == partnercenter.OrderPartialSuccess &&
		slices.ContainsFunc(order.LineItems, func(line partnercenter.OrderLine) bool { return line.SubscriptionID != "" })
}

// follow goes from the order to the subscription. An error says that the order failed; whatever else keeps the subscription from being
// found is only not known yet.
func (p *purchase) follow(ctx context.Context, got *receipt) error {
	if p.release != nil {
		p.release() // the order is known to be this purchase's own
	}
	got.OrderID, got.OrderLine = p.found.orderID, int64(p.found.line)
	failed, err := p.followOrder(ctx, got)
	if failed != nil {
		return failed
	}
	if err == nil && p.found.subscriptionID == "" {
		return nil // in review: got.Unknown says so
	}
	if p.found.subscriptionID == "" {
		p.found.subscriptionID = p.byOrder(ctx)
	}
	if p.found.subscriptionID == "" {
		got.Unknown = fmt.Sprintf("order %s was placed, but Partner Center has not named its subscription yet%s", got.OrderID, because(err))
		return nil
	}
	p.claims.Bought(p.found.subscriptionID)
	if err := p.readSubscription(ctx, got); err != nil {
		got.Unknown = fmt.Sprintf("order %s made subscription %s, but it cannot be read yet%s", got.OrderID, p.found.subscriptionID, because(err))
	}
	return nil
}

// followOrder reads the order by its id, which is ahead of every list, until it names the subscription.
func (p *purchase) followOrder(ctx context.Context, got *receipt) (failed, err error) {
	err = p.client.Poll(ctx, func(ctx context.Context) (bool, error) {
		order, err := p.client.Order(ctx, p.customerID, p.found.orderID)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		line := lineNumbered(order, p.found.line)
		if line == nil {
			return p.found.subscriptionID != "", nil
		}
		if line.Pricing != nil {
			got.Price = spending.Priced(line.Pricing, order.CurrencyCode, int64(line.Quantity), line.TermDuration, p.option.BillingCycle)
		}
		if line.SubscriptionID != "" {
			p.found.subscriptionID = line.SubscriptionID
			return true, nil
		}
		switch status := partnercenter.OrderStatus(order.Status); {
		case bringsNothing(order):
			failed = fmt.Errorf("order %s ended in status %q without a subscription. Look at it in Partner Center before planning the purchase anew", order.ID, status)
			return true, nil
		case slices.Contains(waitingOrders, status):
			got.Unknown = fmt.Sprintf("order %s is in status %q: somebody has to act on it in Partner Center before the subscription is made", order.ID, status)
			return true, nil
		}
		return false, nil
	})
	return failed, err
}

// byOrder is the last way to the subscription: the customer's subscriptions of that order, which may lag.
func (p *purchase) byOrder(ctx context.Context) string {
	subscriptions, err := p.client.Subscriptions(ctx, p.customerID, partnercenter.SubscriptionsQuery{OrderID: p.found.orderID})
	if err != nil || len(subscriptions) != 1 {
		return ""
	}
	return subscriptions[0].ID
}

// readSubscription waits until the new subscription can be read: right after a purchase it may be missing for minutes.
func (p *purchase) readSubscription(ctx context.Context, got *receipt) error {
	return p.client.Poll(ctx, func(ctx context.Context) (bool, error) {
		s, err := p.client.Subscription(ctx, p.customerID, p.found.subscriptionID)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		got.Subscription = s
		return true, nil
	})
}

func lineNumbered(order *partnercenter.Order, number partnercenter.Int) *partnercenter.OrderLine {
	for i := range order.LineItems {
		if order.LineItems[i].LineItemNumber == number {
			return &order.LineItems[i]
		}
	}
	return nil
}

func because(err error) string {
	if err == nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return ""
	}
	return ": " + err.Error()
}
