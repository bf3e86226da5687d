// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Intent is what a checkout asked for, enough to recognize what it bought: nothing in an order names the cart it came from. It is kept
// as JSON until the outcome is known, so its members never change their names.
type Intent struct {
	CartID        string    `json:"cart_id"`
	Since         time.Time `json:"since"`                // the cart's creation, on Partner Center's clock
	CheckedOut    time.Time `json:"checked_out,omitzero"` // when its checkout was sent last; zero where it was not sent by this purchase
	CatalogItemID string    `json:"catalog_item_id"`
	FriendlyName  string    `json:"friendly_name"`
	Quantity      int64     `json:"quantity"`
	Nth           int       `json:"nth,omitempty"`    // among lines of the cart that are alike in all of this, from 0
	Beside        []string  `json:"beside,omitempty"` // nicknames of the cart's other lines of the same item and quantity
	Before        []string  `json:"before,omitempty"` // orders that look like it, and were there before its checkout
}

// Encode is the intent as JSON, which Go reads back with json.Unmarshal.
func (want Intent) Encode() []byte {
	encoded, err := json.Marshal(want)
	if err != nil {
		return []byte("{}") // strings, a time and numbers always encode
	}
	return encoded
}

// intent is what the checkout of the cart asks for.
func (c *PricedCart) intent() Intent {
	line := c.line()
	want := Intent{
		CartID: c.cart.ID, Since: c.cart.CreationTimestamp.Time, CatalogItemID: line.CatalogItemID,
		FriendlyName: line.FriendlyName, Quantity: int64(line.Quantity), Before: c.before,
	}
	for i, other := range c.cart.LineItems {
		if i == c.index || other.CatalogItemID != want.CatalogItemID || int64(other.Quantity) != want.Quantity {
			continue
		}
		want.Beside = append(want.Beside, other.FriendlyName)
		if i < c.index && other.FriendlyName == want.FriendlyName {
			want.Nth++
		}
	}
	return want
}

// noteBefore remembers the orders that look like what the checkout is about to buy, such as that of what is replaced seconds after its
// purchase: an answer that is lost must not be looked up as one of them. A cart that was made elsewhere may have been ordered already.
func (c *PricedCart) noteBefore(orders []partnercenter.Order, subscriptions []partnercenter.Subscription) {
	c.before = nil
	if c.order.CartID != "" {
		return
	}
	want := c.intent()
	var before []string
	for _, order := range orders {
		if len(want.linesOf(order)) > 0 {
			before = append(before, order.ID)
		}
	}
	for _, s := range subscriptions {
		if want.isBehind(s) && !slices.Contains(before, s.OrderID) {
			before = append(before, s.OrderID)
		}
	}
	c.before = before
}

// orderLine is what a checkout bought.
type orderLine struct {
	orderID        string
	number         partnercenter.Int
	subscriptionID string // "" until the service has made it
}

// in finds the line in its order: by its number or, where that is not known, by its subscription.
func (line *orderLine) in(order *partnercenter.Order) *partnercenter.OrderLine {
	for i := range order.LineItems {
		found := &order.LineItems[i]
		isIt := found.LineItemNumber == line.number
		if line.number == anyLine {
			isIt = len(order.LineItems) == 1 || found.SubscriptionID != "" && found.SubscriptionID == line.subscriptionID
		}
		if isIt {
			return found
		}
	}
	return nil
}

// anyLine stands for a line whose number is not known: a subscription does not name it.
const anyLine = -1

// findOrderLine looks for what a checkout bought, first in the orders, then in the subscriptions, which may be listed earlier. Each order
// line is taken once in a run. Nil means not found, or not listed yet.
func (b Buyer) findOrderLine(ctx context.Context, customerID string, want Intent) (*orderLine, error) {
	orders, err := b.Client.Orders(ctx, customerID, partnercenter.OrdersQuery{})
	if err != nil {
		return nil, err
	}
	for _, order := range orders {
		if line := b.claimLine(want.linesOf(order), order.ID); line != nil {
			return line, nil
		}
	}
	subscriptions, err := b.Client.Subscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	for _, s := range subscriptions {
		if want.isBehind(s) && !b.Claims.WasBought(s.ID) && !b.Claims.Ordered(s.OrderID) && b.Claims.Claim(s.OrderID, anyLine) {
			return &orderLine{orderID: s.OrderID, number: anyLine, subscriptionID: s.ID}, nil
		}
	}
	return nil, nil
}

// clockStep allows for the seconds that two parts of the service may differ by.
const clockStep = 5 * time.Second

// claimLine takes the first of these lines of an order that no other purchase of this run has taken, nil for none.
func (b Buyer) claimLine(lines []*partnercenter.OrderLine, orderID string) *orderLine {
	for _, line := range lines {
		if b.Claims.Claim(orderID, int64(line.LineItemNumber)) {
			return &orderLine{orderID: orderID, number: line.LineItemNumber, subscriptionID: line.SubscriptionID}
		}
	}
	return nil
}

// linesOf are the lines of an order that may be what was asked for, the likeliest first: of lines that are alike the nth is the one, but
// another may have taken it where the service dropped the nicknames.
func (want Intent) linesOf(order partnercenter.Order) []*partnercenter.OrderLine {
	if order.CreationDate.Before(want.Since.Add(-clockStep)) || isSystem(&order) || slices.Contains(want.Before, order.ID) {
		return nil
	}
	var named, unnamed []*partnercenter.OrderLine
	for i := range order.LineItems {
		line := &order.LineItems[i]
		switch {
		case !isNew(*line) || line.OfferID != want.CatalogItemID || int64(line.Quantity) != want.Quantity || !want.named(line.FriendlyName):
		case line.FriendlyName == "":
			unnamed = append(unnamed, line)
		default:
			named = append(named, line)
		}
	}
	alike := slices.Concat(named, unnamed)
	if want.Nth >= len(alike) {
		return nil
	}
	return slices.Concat(alike[want.Nth:], alike[:want.Nth])
}

// isBehind recognizes a subscription; of several lines that are alike only the order tells which is which.
func (want Intent) isBehind(s partnercenter.Subscription) bool {
	return !slices.Contains(want.Beside, want.FriendlyName) && !slices.Contains(want.Before, s.OrderID) && !s.CreationDate.Before(want.Since.Add(-clockStep)) && s.OrderID != "" && s.OfferID == want.CatalogItemID &&
		int64(s.Quantity) == want.Quantity && want.named(s.FriendlyName)
}

// named compares nicknames; a purchase without one is named by the service, but not like another line of its cart. The service may trim a
// nickname, or drop it.
func (want Intent) named(name string) bool {
	if want.FriendlyName == "" || name == "" {
		return name == "" || !slices.Contains(want.Beside, name)
	}
	return sameName(name, want.FriendlyName)
}
