// SPDX-License-Identifier: MPL-2.0

package world

import (
	"regexp"
	"strings"
)

var guidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// IsGUID reports whether text has the form of a GUID.
func IsGUID(text string) bool { return guidForm.MatchString(text) }

// Customer finds a customer of the partner and lets time pass for it.
func (w *World) Customer(id string) (*Customer, *Refusal) {
	if !IsGUID(id) {
		return nil, refuse(badRequest, 900118, "The customer ID %s is invalid.", id)
	}
	c := w.Tenant.Customer(id)
	if c == nil {
		return nil, refuse(notFound, 60003, "Tenant %s was not found.", id)
	}
	if c.Relationship != "reseller" {
		return nil, refuse(forbidden, w.Rules.NoRelationshipCode, "The partner has no commerce relationship with customer %s.", id)
	}
	w.settle(c)
	return c, nil
}

// Subscription finds a subscription of a customer, as far as it can be seen already.
func (w *World) Subscription(c *Customer, id string) (*Subscription, *Refusal) {
	sub := c.Subscription(id)
	if sub == nil || !w.readable(c, sub) {
		return nil, refuse(notFound, 20003, "Subscription %s was not found.", id)
	}
	return sub, nil
}

// Order finds an order of a customer; IDs are opaque and compared exactly.
func (w *World) Order(c *Customer, id string) (*Order, *Refusal) {
	if order := c.Order(id); order != nil {
		return order, nil
	}
	return nil, refuse(notFound, 20000, "Order %s was not found.", id)
}

// Cart finds a cart of a customer; an expired one is gone.
func (w *World) Cart(c *Customer, id string) (*Cart, *Refusal) {
	for _, cart := range c.Carts {
		if strings.EqualFold(cart.ID, id) && w.Now().Before(cart.Expires) {
			return cart, nil
		}
	}
	return nil, refuse(notFound, 800008, "Cart %s was not found.", id)
}

// settle brings the customer's subscriptions, and the catalogue, to the present of the virtual clock.
func (w *World) settle(c *Customer) {
	now := w.Now()
	w.RotateDue(now)
	for i := 0; i < len(c.Subscriptions); i++ {
		w.live(c, c.Subscriptions[i], now)
	}
}
