// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// call is one API call in hand: the request with its body, who sent it, and the world it is about.
type call struct {
	*http.Request
	body      []byte
	caller    world.Caller
	world     *world.World
	behaviour *Behaviour
}

// handler answers one API call with status and body; a nil body is an empty one. It runs under the server's lock.
type handler func(r *call) (int, any)

// refuse answers with what the world says to a call that it does not carry out.
func refuse(refusal *world.Refusal) (int, any) {
	if refusal.Name != "" {
		return refusal.Status, faultB(refusal.Code, refusal.Name, "%s", refusal.Description)
	}
	return refusal.Status, fault(refusal.Code, "%s", refusal.Description)
}

// forCustomer finds the customer of the path and calls h.
func forCustomer(h func(r *call, c *world.Customer) (int, any)) handler {
	return func(r *call) (int, any) {
		c, refusal := r.world.Customer(r.PathValue("customer"))
		if refusal != nil {
			return refuse(refusal)
		}
		return h(r, c)
	}
}

// forSubscription finds the subscription of the path and calls h.
func forSubscription(h func(r *call, c *world.Customer, sub *world.Subscription) (int, any)) handler {
	return forCustomer(func(r *call, c *world.Customer) (int, any) {
		sub, refusal := r.world.Subscription(c, r.PathValue("subscription"))
		if refusal != nil {
			return refuse(refusal)
		}
		return h(r, c, sub)
	})
}

// forOrder finds the order of the path and calls h.
func forOrder(h func(r *call, c *world.Customer, order *world.Order) (int, any)) handler {
	return forCustomer(func(r *call, c *world.Customer) (int, any) {
		order, refusal := r.world.Order(c, r.PathValue("order"))
		if refusal != nil {
			return refuse(refusal)
		}
		return h(r, c, order)
	})
}

// forCart finds the cart of the path and calls h.
func forCart(h func(r *call, c *world.Customer, cart *world.Cart) (int, any)) handler {
	return forCustomer(func(r *call, c *world.Customer) (int, any) {
		cart, refusal := r.world.Cart(c, r.PathValue("cart"))
		if refusal != nil {
			return refuse(refusal)
		}
		return h(r, c, cart)
	})
}
