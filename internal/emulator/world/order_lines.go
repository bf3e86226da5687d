// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// NewOrder appends an order; marketplace orders get the long token as id, which buyLine decides by product.
func (w *World) NewOrder(c *Customer, transaction, cycle string, at time.Time) *Order {
	order := &Order{ID: w.orderID(), Cycle: cycle, Currency: c.Currency(), Transaction: transaction,
		Created: at, Status: "completed", FinalStatus: "completed"}
	order.AlternateID = order.ID
	c.Orders = append(c.Orders, order)
	return order
}

// orderID is a new id of twelve hexadecimal digits.
func (w *World) orderID() string { return strings.ReplaceAll(w.NewID(), "-", "")[:12] }

// orderOfChange appends the order that a change of quantity or a cancellation creates.
func (w *World) orderOfChange(c *Customer, before, after *Subscription) {
	transaction, quantity := "", 0
	switch {
	case after.Status == StatusDeleted && before.Status != StatusDeleted:
		transaction, quantity = "cancel", before.Quantity
	case after.Quantity > before.Quantity:
		transaction, quantity = "addQuantity", after.Quantity-before.Quantity
	case after.Quantity < before.Quantity:
		transaction, quantity = "removeQuantity", before.Quantity-after.Quantity
	case after.TermDuration != before.TermDuration:
		transaction, quantity = "convert", after.Quantity
	default:
		return
	}
	order := w.NewOrder(c, "UserPurchase", after.BillingCycle, w.Now())
	order.ThroughAPI, order.BoughtAtListRead = true, c.ListReads
	order.Lines = []*OrderLine{w.OrderLineOf(c, after, transaction, quantity)}
}

// OrderLineOf is the line of an order of now that is about a subscription.
func (w *World) OrderLineOf(c *Customer, sub *Subscription, transaction string, quantity int) *OrderLine {
	return w.orderLineAt(c, sub, transaction, quantity, w.Now())
}

// orderLineAt is the line with the margin that holds at a time.
func (w *World) orderLineAt(c *Customer, sub *Subscription, transaction string, quantity int, at time.Time) *OrderLine {
	line := &OrderLine{OfferID: sub.OfferID, SubscriptionID: sub.ID, ParentID: sub.ParentID, FriendlyName: sub.FriendlyName,
		Duration: sub.TermDuration, Transaction: transaction, Quantity: quantity, Reseller: sub.PartnerID, PromotionID: sub.PromotionID}
	if p, k := w.sold(sub); k != nil {
		line.Pricing = w.priceOf(c, w.Tenant.Current(p, k, c.Country), sub.TermDuration, sub.BillingCycle, quantity, sub.PromotionID)
		if line.Pricing != nil {
			line.Pricing.withMargin(w.marginOf(sub, at), c.Currency())
		}
	}
	return line
}
