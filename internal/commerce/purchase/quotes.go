// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Quotes keeps the carts that were priced for planned purchases until the same run buys them: the cart whose price was compared is the
// one that is checked out, and no request is spent twice. It is safe for concurrent use; the zero value is ready.
type Quotes struct {
	mu    sync.Mutex
	carts map[string][]*PricedCart
}

// oldestQuote is how old a cart may be to be checked out: prices are not promised for longer.
const oldestQuote = time.Hour

// Keep keeps a cart for the purchase of its order.
func (q *Quotes) Keep(cart *PricedCart) {
	key := cart.order.key()
	if key == "" {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.carts == nil {
		q.carts = map[string][]*PricedCart{}
	}
	q.carts[key] = append(q.carts[key], cart)
}

// take is the cart that was kept for an order, nil for none that may still be checked out. Each is taken once.
func (q *Quotes) take(order Order, client *partnercenter.Client) *PricedCart {
	if q == nil {
		return nil
	}
	key, now := order.key(), client.LatestTime()
	q.mu.Lock()
	defer q.mu.Unlock()
	for kept := q.carts[key]; len(kept) > 0; kept = q.carts[key] {
		cart := kept[0]
		q.carts[key] = kept[1:]
		expires := cart.cart.ExpirationTimestamp.Time
		if now.Before(cart.cart.CreationTimestamp.Add(oldestQuote)) && (expires.IsZero() || now.Before(expires)) {
			bought := *cart
			bought.order = order
			return &bought
		}
	}
	return nil
}

// key is the same for orders of the same thing, and "" for one that has none.
func (o Order) key() string {
	key, err := json.Marshal([]any{o.CustomerID, o.ProductID, o.SkuID, o.TermDuration, o.BillingCycle, o.Line})
	if err != nil {
		return "" // text and numbers always encode
	}
	return string(key)
}
