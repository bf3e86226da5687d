// SPDX-License-Identifier: MPL-2.0

package world

import (
	"errors"
	"slices"
	"time"
)

// CompleteOrder is Microsoft finishing the review of an order: its subscriptions appear.
func (w *World) CompleteOrder(customerID, orderID string) error {
	c := w.Tenant.Customer(customerID)
	if c == nil || c.Order(orderID) == nil {
		return errors.New("no such order")
	}
	order := c.Order(orderID)
	order.Status, order.FinalStatus, order.HiddenReads, order.HiddenUntil = "completed", "completed", 0, time.Time{}
	return nil
}

// UnfinishedOrders are the IDs of a customer's orders that have not come to their end.
func (w *World) UnfinishedOrders(customerID string) []string {
	var found []string
	c := w.Tenant.Customer(customerID)
	for i := 0; c != nil && i < len(c.Orders); i++ {
		if order := c.Orders[i]; order.Status != order.FinalStatus || !order.Revealed(w.Now()) {
			found = append(found, order.ID)
		}
	}
	return found
}

// FinishOrders lets all orders come to their end: those under review are completed, and the others are as far as they come without anybody.
func (w *World) FinishOrders() {
	for _, c := range w.Tenant.Customers {
		for _, order := range c.Orders {
			if order.HiddenUntil.Equal(farFuture) {
				order.FinalStatus = "completed"
			}
			order.Status, order.HiddenReads, order.HiddenUntil = order.FinalStatus, 0, time.Time{}
		}
	}
}

// RejectOrder is Microsoft refusing an order under review: it fails, and its subscriptions never appear.
func (w *World) RejectOrder(customerID, orderID string) error {
	c := w.Tenant.Customer(customerID)
	if c == nil || c.Order(orderID) == nil {
		return errors.New("no such order")
	}
	order := c.Order(orderID)
	if order.Revealed(w.Now()) {
		return errors.New("the order does not wait for anybody")
	}
	order.Status, order.FinalStatus = string(OrderPOReviewRejected), string(OrderPOReviewRejected)
	for _, line := range order.Lines {
		line.SubscriptionID = ""
	}
	c.Subscriptions = slices.DeleteFunc(c.Subscriptions, func(sub *Subscription) bool { return sub.OrderID == orderID })
	w.Tenant.Bought = slices.DeleteFunc(w.Tenant.Bought, func(p Purchase) bool { return p.OrderID == orderID })
	return nil
}

// OrderCourse makes new orders of one customer take a course of their own instead of the knob's; "" goes back to that.
func (w *World) OrderCourse(customerID string, course OrderOutcome) error {
	c := w.Tenant.Customer(customerID)
	if c == nil {
		return errors.New("no such customer")
	}
	c.OrderCourse = course
	return nil
}

// BackfillExtendedTerms is what Microsoft did in 2026: subscriptions without auto-renew and without an explicit
// cancellation get an extended service term scheduled. It returns how many.
func (w *World) BackfillExtendedTerms() int {
	n := 0
	for _, c := range w.Tenant.Customers {
		w.settle(c)
		for _, sub := range c.Subscriptions {
			if sub.Status == StatusActive && !sub.AutoRenew && len(sub.Actions) == 0 && w.extends(sub) {
				sub.Actions = []ScheduledAction{{ScheduleType: ScheduleAtEnd, ActionType: ActionExtend}}
				n++
			}
		}
	}
	return n
}
