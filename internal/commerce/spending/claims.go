// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Claims says which orders and subscriptions are whose in one run of the provider: what was bought, given up, read, and taken by a
// purchase for its own. It is safe for concurrent use; the zero value is ready.
type Claims struct {
	mu      sync.Mutex
	bought  map[string]bool
	ended   map[string]bool
	adopted map[string]bool
	claimed map[string]bool                                  // lines of orders
	ordered map[string]bool                                  // the orders of these lines
	refused map[string]error                                 // why Partner Center refused part of a cart
	seen    map[string]map[string]partnercenter.Subscription // by customer and id
	locks   map[string]*sync.Mutex
	calls   map[string]*partnercenter.HeldID // of checkouts, by cart
	carts   map[string]string                // what the carts of this run hold, by ID
	sent    map[string]bool                  // carts that this run has checked out, or may have
	plans   bool                             // this run has planned something that stays as it is
	applies bool                             // this run has been asked to apply something
}

// Bought records that this run bought a subscription: it is no reason to refuse the next purchase of the same run.
func (c *Claims) Bought(subscriptionID string) { c.mark(&c.bought, subscriptionID) }

// WasBought reports whether this run bought the subscription.
func (c *Claims) WasBought(subscriptionID string) bool { return c.marked(&c.bought, subscriptionID) }

// RecordSeen records a subscription that this run read: lists lag, and must not hide what the state knows.
func (c *Claims) RecordSeen(customerID string, s *partnercenter.Subscription) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[string]map[string]partnercenter.Subscription{}
	}
	customer := strings.ToLower(customerID)
	if c.seen[customer] == nil {
		c.seen[customer] = map[string]partnercenter.Subscription{}
	}
	c.seen[customer][strings.ToLower(s.ID)] = *s
}

// WasSeen reports whether this run read the subscription. Planning follows a reading, but for the planning right before an apply.
func (c *Claims) WasSeen(customerID, subscriptionID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, seen := c.seen[strings.ToLower(customerID)][strings.ToLower(subscriptionID)]
	return seen
}

// NotePlanned records that this run planned an object that stays as it is: Terraform does so while it plans only, not while it applies.
func (c *Claims) NotePlanned() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.plans = true
}

// NoteApplied records that this run was asked to apply something.
func (c *Claims) NoteApplied() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.applies = true
}

// Phase reports what is certain of this run: that it plans, or that it applies what was planned in another one. Neither may be certain.
func (c *Claims) Phase() (plans, applies bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.applies && (c.plans || len(c.seen) > 0), c.applies
}

// Seen adds to a list of a customer's subscriptions those that this run read and the list does not have yet.
func (c *Claims) Seen(customerID string, listed []partnercenter.Subscription) []partnercenter.Subscription {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := slices.Clone(listed)
	for id, s := range c.seen[strings.ToLower(customerID)] {
		if !slices.ContainsFunc(listed, func(l partnercenter.Subscription) bool { return strings.EqualFold(l.ID, id) }) {
			all = append(all, s)
		}
	}
	return all
}

// Claim takes a line of an order for one purchase of this run; it is false where another purchase has taken it.
func (c *Claims) Claim(orderID string, line int64) bool {
	key := fmt.Sprintf("%s/%d", orderID, line)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.claimed[key] {
		return false
	}
	if c.claimed == nil {
		c.claimed, c.ordered = map[string]bool{}, map[string]bool{}
	}
	c.claimed[key], c.ordered[orderID] = true, true
	return true
}

// ClaimSubscription takes an existing subscription for one purchase of this run; it is false where another purchase has taken it.
func (c *Claims) ClaimSubscription(subscriptionID string) bool {
	id := strings.ToLower(subscriptionID)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.adopted[id] {
		return false
	}
	if c.adopted == nil {
		c.adopted = map[string]bool{}
	}
	c.adopted[id] = true
	return true
}

// Ordered reports whether a purchase of this run has claimed a line of the order.
func (c *Claims) Ordered(orderID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ordered[orderID]
}

// Refuse records why Partner Center refused something that more than one purchase of this run depends on, such as part of a cart.
func (c *Claims) Refuse(thing string, why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused == nil {
		c.refused = map[string]error{}
	}
	c.refused[thing] = why
}

// Refused is what Refuse recorded, nil for nothing.
func (c *Claims) Refused(thing string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.refused[thing]
}

// LockFor returns a lock that all purchases of this run share that concern one thing, such as a cart.
func (c *Claims) LockFor(thing string) *sync.Mutex {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.locks == nil {
		c.locks = map[string]*sync.Mutex{}
	}
	if c.locks[thing] == nil {
		c.locks[thing] = &sync.Mutex{}
	}
	return c.locks[thing]
}

// CheckoutCall is the request ID of the checkout of a cart: whichever of its lines asks for it, it is one call until it is answered.
func (c *Claims) CheckoutCall(cartID string) *partnercenter.HeldID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls[cartID] == nil {
		put(&c.calls, cartID, &partnercenter.HeldID{})
	}
	return c.calls[cartID]
}

// GivenUp records that this run gave up a subscription, which may go on until its term ends.
func (c *Claims) GivenUp(subscriptionID string) { c.mark(&c.ended, subscriptionID) }

// WasGivenUp reports whether this run gave up the subscription.
func (c *Claims) WasGivenUp(subscriptionID string) bool { return c.marked(&c.ended, subscriptionID) }

func (c *Claims) mark(set *map[string]bool, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[strings.ToLower(id)] = true
}

func (c *Claims) marked(set *map[string]bool, id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return (*set)[strings.ToLower(id)]
}

// NoteCart records what a cart holds that a resource of this run manages.
func (c *Claims) NoteCart(cartID, content string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	put(&c.carts, strings.ToLower(cartID), content)
}

// CartContent is what NoteCart recorded.
func (c *Claims) CartContent(cartID string) (content string, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	content, known = c.carts[strings.ToLower(cartID)]
	return content, known
}

// CheckedOut records that this run has checked a cart out, or may have.
func (c *Claims) CheckedOut(cartID string) { c.mark(&c.sent, cartID) }

// WasCheckedOut reports whether this run has checked the cart out, or may have: then nothing that it reads of the cart says that nothing was bought.
func (c *Claims) WasCheckedOut(cartID string) bool { return c.marked(&c.sent, cartID) }

// LockSubscription waits until nothing else in this run changes a subscription, and keeps others waiting until it is unlocked.
func (c *Claims) LockSubscription(id string) (unlock func()) {
	lock := c.LockFor("subscription/" + strings.ToLower(id))
	lock.Lock()
	return lock.Unlock
}
