// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Unfinished is a purchase whose outcome was not known when its run ended.
type Unfinished struct {
	CustomerID string
	OrderID    string // "" where not even the order was known
	OrderLine  int64
	Intent     Intent
}

// State is how far a purchase is.
type State string

// States of a purchase.
const (
	Bought        State = "bought"         // and the subscription is known
	NotKnownYet   State = "not known yet"  // it may have been bought, so it must not be bought again
	NeverHappened State = "never happened" // certainly
)

// Outcome is what became of a purchase.
type Outcome struct {
	State          State
	SubscriptionID string // of what was bought
	OrderID        string // "" while it is not known
	OrderLine      int64
	Reason         string // a sentence, for every state but Bought
}

// Recover looks up what became of a purchase, once. An error says that it could not be looked up, and nothing about the purchase.
func (b Buyer) Recover(ctx context.Context, p Unfinished) (Outcome, error) {
	if p.OrderID != "" {
		return b.outcomeOfOrder(ctx, p.CustomerID, orderLine{orderID: p.OrderID, number: partnercenter.Int(p.OrderLine)})
	}
	line, err := b.findOrderLine(ctx, p.CustomerID, p.Intent)
	switch {
	case err != nil:
		return Outcome{}, err
	case line == nil:
		return b.outcomeOfCart(ctx, p.CustomerID, p.Intent)
	case line.subscriptionID != "" && line.number != anyLine:
		return line.outcome(Bought, line.subscriptionID, ""), nil
	}
	return b.outcomeOfOrder(ctx, p.CustomerID, *line)
}

func (line orderLine) outcome(state State, subscriptionID, reason string) Outcome {
	return Outcome{State: state, SubscriptionID: subscriptionID, OrderID: line.orderID, OrderLine: int64(line.number), Reason: reason}
}

func (b Buyer) outcomeOfOrder(ctx context.Context, customerID string, line orderLine) (Outcome, error) {
	order, err := b.Client.Order(ctx, customerID, line.orderID)
	if err != nil {
		return Outcome{}, err
	}
	status := partnercenter.OrderStatus(order.Status)
	if found := line.in(order); found != nil && found.SubscriptionID != "" {
		line.number = found.LineItemNumber
		return line.outcome(Bought, found.SubscriptionID, ""), nil
	}
	if bringsNothing(order) {
		return line.outcome(NeverHappened, "", fmt.Sprintf("Order %s ended in status %q without a subscription.", line.orderID, status)), nil
	}
	return line.outcome(NotKnownYet, "", fmt.Sprintf("Order %s is in status %q and has no subscription yet.", line.orderID, status)), nil
}

// outcomeOfCart believes that a purchase never happened only when its cart is still open and the lists had the time to show an order, or
// when the cart was ordered for other lines.
func (b Buyer) outcomeOfCart(ctx context.Context, customerID string, want Intent) (Outcome, error) {
	text := fmt.Sprintf("Neither an order nor a subscription of cart %s is listed.", want.CartID)
	const look = "Look at the customer's orders in Partner Center; if the purchase is not there, remove it from the state with terraform state rm."
	listed := b.Client.ServiceTime() // by the lists' answers
	cart, err := b.Client.Cart(ctx, customerID, want.CartID)
	now := earlier(listed, b.Client.ServiceTime()) // one wrong Date decides nothing
	switch {
	case partnercenter.IsNotFound(err):
		return Outcome{State: NotKnownYet, Reason: text + " The cart has expired, so what became of it cannot be told. " + look}, nil
	case err != nil:
		return Outcome{}, err
	case listsCaughtUp(b.Client, cart) && len(cart.LineItems) > 1:
		return Outcome{State: NeverHappened, Reason: text + " The cart was ordered long ago, without this line."}, nil
	case listsCaughtUp(b.Client, cart):
		return Outcome{State: NotKnownYet, Reason: text + " The cart was ordered long ago, so it was bought under another name or number of licenses. " + look}, nil
	case cart.Ordered():
		return Outcome{State: NotKnownYet, Reason: text + " The cart was ordered, so the subscription will appear."}, nil
	case now.Before(later(want.Since, want.CheckedOut).Add(2 * wait.ListLag)):
		return Outcome{State: NotKnownYet, Reason: text + " An order may take 15 minutes to be listed."}, nil
	}
	return Outcome{State: NeverHappened, Reason: text + " The cart was never checked out."}, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
