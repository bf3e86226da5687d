// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// intent is what a checkout asked for, enough to recognise what it bought: nothing in an order names the cart it came from.
type intent struct {
	CartID        string    `json:"cart_id"`
	Since         time.Time `json:"since"` // the cart's creation, on Partner Center's clock
	CatalogItemID string    `json:"catalog_item_id"`
	FriendlyName  string    `json:"friendly_name"`
	Quantity      int64     `json:"quantity"`
	Nth           int       `json:"nth,omitempty"`    // among lines of the cart that are alike in all of this, from 0
	Beside        []string  `json:"beside,omitempty"` // nicknames of the cart's other lines of the same item and quantity
}

// found is what a checkout bought.
type found struct {
	orderID        string
	line           partnercenter.Int
	subscriptionID string // "" until the service has made it
}

// anyLine stands for a line whose number is not known: a subscription does not name it.
const anyLine = -1

// find looks for what a checkout bought, first in the orders, then in the subscriptions, which may be listed earlier. Each order is
// taken once in a run, so that two purchases of the same thing do not find the same one. Nil means not found, or not listed yet.
func find(ctx context.Context, client *partnercenter.Client, claims *spending.Claims, customerID string, want intent) (*found, error) {
	orders, err := client.Orders(ctx, customerID, partnercenter.OrdersQuery{})
	if err != nil {
		return nil, err
	}
	for _, order := range orders {
		if line := want.lineOf(order); line != nil && claims.Claim(order.ID, int64(line.LineItemNumber)) {
			return &found{orderID: order.ID, line: line.LineItemNumber, subscriptionID: line.SubscriptionID}, nil
		}
	}
	subscriptions, err := client.Subscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	for _, s := range subscriptions {
		if want.isBehind(s) && !claims.WasBought(s.ID) && claims.Claim(s.OrderID, anyLine) {
			return &found{orderID: s.OrderID, line: anyLine, subscriptionID: s.ID}, nil
		}
	}
	return nil, nil
}

// clockStep allows for the seconds that two parts of the service may differ by.
const clockStep = 5 * time.Second

// among tells the line of a cart from others of the same item and quantity.
func (want *intent) among(lines []partnercenter.CartLine, index int) {
	for i, other := range lines {
		if i == index || other.CatalogItemID != want.CatalogItemID || int64(other.Quantity) != want.Quantity {
			continue
		}
		want.Beside = append(want.Beside, other.FriendlyName)
		if i < index && other.FriendlyName == want.FriendlyName {
			want.Nth++
		}
	}
}

func (want intent) lineOf(order partnercenter.Order) *partnercenter.OrderLine {
	if order.CreationDate.Before(want.Since.Add(-clockStep)) || strings.HasPrefix(strings.ToLower(order.TransactionType), "system") {
		return nil
	}
	alike := 0
	for i := range order.LineItems {
		line := &order.LineItems[i]
		isNew := line.TransactionType == "" || strings.EqualFold(line.TransactionType, "new")
		if !isNew || line.OfferID != want.CatalogItemID || int64(line.Quantity) != want.Quantity || !want.named(line.FriendlyName) {
			continue
		}
		if alike == want.Nth {
			return line
		}
		alike++
	}
	return nil
}

// isBehind recognises a subscription; of several lines that are alike only the order tells which is which.
func (want intent) isBehind(s partnercenter.Subscription) bool {
	return !slices.Contains(want.Beside, want.FriendlyName) && !s.CreationDate.Before(want.Since.Add(-clockStep)) && s.OrderID != "" && s.OfferID == want.CatalogItemID &&
		int64(s.Quantity) == want.Quantity && want.named(s.FriendlyName)
}

// named compares nicknames; a purchase without one is named by the service, but not like another line of its cart.
func (want intent) named(name string) bool {
	if want.FriendlyName == "" {
		return name == "" || !slices.Contains(want.Beside, name)
	}
	return name == want.FriendlyName
}
