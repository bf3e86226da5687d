// SPDX-License-Identifier: MPL-2.0

package world

import (
	"slices"
	"time"
)

// lagging reports whether lists still hide something bought when the customer had seen so many list requests.
func (w *World) lagging(c *Customer, bought time.Time, throughAPI bool, atListRead int) bool {
	if !throughAPI || w.Now().Sub(bought) >= w.Rules.ListLag {
		return false
	}
	reads := w.Rules.ListLagReads
	return reads == 0 || c.ListReads-atListRead < reads
}

// readable tells whether a subscription can be read by id yet: after its order shows it and the lag of reads.
func (w *World) readable(c *Customer, sub *Subscription) bool {
	if gone := w.Rules.DeletedReadableFor; gone > 0 && sub.Status == StatusDeleted && w.Now().Sub(sub.Ended) >= gone {
		return false
	}
	if !sub.ThroughAPI {
		return true
	}
	lagging := w.lagging(c, sub.Created, true, sub.BoughtAtListRead)
	order := c.Order(sub.OrderID)
	if order != nil && (w.Now().Before(order.HiddenUntil) || lagging && !order.Revealed(w.Now())) {
		return false
	}
	if sub.MissingReads > 0 && lagging {
		sub.MissingReads--
		return false
	}
	return true
}

// ListOrders are the orders that a list shows, and counts the list request.
func (w *World) ListOrders(c *Customer) []*Order {
	shown := slices.DeleteFunc(slices.Clone(c.Orders), func(order *Order) bool {
		return w.lagging(c, order.Created, order.ThroughAPI, order.BoughtAtListRead)
	})
	c.ListReads++
	return shown
}

// ListSubscriptions are the subscriptions that a list shows, and counts the list request.
func (w *World) ListSubscriptions(c *Customer) []*Subscription {
	shown := slices.DeleteFunc(slices.Clone(c.Subscriptions), func(sub *Subscription) bool {
		if gone := w.Rules.DeletedReadableFor; gone > 0 && sub.Status == StatusDeleted && w.Now().Sub(sub.Ended) >= gone {
			return true
		}
		order := c.Order(sub.OrderID)
		return w.lagging(c, sub.Created, sub.ThroughAPI, sub.BoughtAtListRead) ||
			sub.ThroughAPI && order != nil && w.Now().Before(order.HiddenUntil)
	})
	c.ListReads++
	return shown
}
