// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Run is what all resources of one run of the provider share: the rules of the provider's configuration about money, and what has
// been bought and given up so far. It is safe for concurrent use.
type Run struct {
	SpendingLimit    *Amount // nil: no limit
	QuotePrices      bool
	DriftAttribution bool

	mu      sync.Mutex
	spent   decimal.Decimal
	quoted  decimal.Decimal // planned purchases
	bought  map[string]bool
	ended   map[string]bool
	claimed map[string]bool                                  // lines of orders
	ordered map[string]bool                                  // the orders of these lines
	refused map[string]error                                 // why Partner Center refused part of a cart
	seen    map[string]map[string]partnercenter.Subscription // by customer and id
	things  map[string]*sync.Mutex
	audits  map[string]func() []partnercenter.AuditRecord // by customer
}

// Amount is an exact sum of money.
type Amount struct {
	Value    decimal.Decimal
	Currency string // ISO 4217
}

func (a Amount) String() string { return a.Value.StringFixed(2) + " " + a.Currency }

// Spend sets the price of a purchase against the spending limit, before the purchase is made. The returned function gives it back
// if the purchase does not happen.
func (r *Run) Spend(price *Amount) (giveBack func(), err error) {
	if r == nil || r.SpendingLimit == nil {
		return func() {}, nil
	}
	limit := *r.SpendingLimit
	if price == nil {
		return nil, fmt.Errorf("the provider's spending_limit is %s, and Partner Center gives no price for this. "+WithoutLimit, limit)
	}
	if !strings.EqualFold(price.Currency, limit.Currency) {
		return nil, fmt.Errorf("the provider's spending_limit is %s, and this purchase is priced in %s: amounts in different currencies cannot be added up. Buy it in a run with a limit in its currency", limit, price.Currency)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if sum := r.spent.Add(price.Value); sum.GreaterThan(limit.Value) {
		return nil, fmt.Errorf("this purchase costs %s for its term, this run has already bought for %s, and the provider's spending_limit is %s. Raise the limit, or buy the rest in another run",
			price, Amount{r.spent, limit.Currency}, limit)
	}
	r.spent = r.spent.Add(price.Value)
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.spent = r.spent.Sub(price.Value)
	}, nil
}

// WithoutLimit is the way out of a limit that cannot be compared with anything.
const WithoutLimit = "If it is wanted all the same, make it in a run without spending_limit"

// Quote sets the prices of planned purchases against the spending limit. Each call is a purchase of its own, however alike they are: a
// run plans each resource once.
func (r *Run) Quote(price *Amount) error {
	if r.SpendingLimit == nil {
		return nil
	}
	limit := *r.SpendingLimit
	if price == nil {
		return fmt.Errorf("the provider's spending_limit is %s, and Partner Center gives no price for this. "+WithoutLimit, limit)
	}
	if !strings.EqualFold(price.Currency, limit.Currency) {
		return fmt.Errorf("the provider's spending_limit is %s, and this purchase is priced in %s: amounts in different currencies cannot be added up. Buy it in a run with a limit in its currency", limit, price.Currency)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.quoted = r.quoted.Add(price.Value)
	if r.quoted.GreaterThan(limit.Value) {
		return fmt.Errorf("the purchases planned so far add up to %s with this one of %s, and the provider's spending_limit is %s. Raise the limit, or buy some of them in another run", Amount{r.quoted, limit.Currency}, price, limit)
	}
	return nil
}

// AuditOf reads the audit records of a customer once in a run, however many subscriptions ask.
func (r *Run) AuditOf(customerID string, read func() []partnercenter.AuditRecord) []partnercenter.AuditRecord {
	r.mu.Lock()
	if r.audits == nil {
		r.audits = map[string]func() []partnercenter.AuditRecord{}
	}
	once := r.audits[strings.ToLower(customerID)]
	if once == nil {
		once = sync.OnceValue(read)
		r.audits[strings.ToLower(customerID)] = once
	}
	r.mu.Unlock()
	return once()
}

// Bought records that this run bought a subscription: it is no reason to refuse the next purchase of the same run.
func (r *Run) Bought(subscriptionID string) { r.mark(&r.bought, subscriptionID) }

// WasBought reports whether this run bought the subscription.
func (r *Run) WasBought(subscriptionID string) bool { return r.marked(&r.bought, subscriptionID) }

// Saw records a subscription that this run read: lists lag, and must not hide what the state knows.
func (r *Run) Saw(customerID string, s *partnercenter.Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = map[string]map[string]partnercenter.Subscription{}
	}
	customer := strings.ToLower(customerID)
	if r.seen[customer] == nil {
		r.seen[customer] = map[string]partnercenter.Subscription{}
	}
	r.seen[customer][strings.ToLower(s.ID)] = *s
}

// Seen adds to a list of a customer's subscriptions those that this run read and the list does not have yet.
func (r *Run) Seen(customerID string, listed []partnercenter.Subscription) []partnercenter.Subscription {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := slices.Clone(listed)
	for id, s := range r.seen[strings.ToLower(customerID)] {
		if !slices.ContainsFunc(listed, func(l partnercenter.Subscription) bool { return strings.EqualFold(l.ID, id) }) {
			all = append(all, s)
		}
	}
	return all
}

// Claim takes a line of an order for one purchase of this run; it is false where another purchase has taken it.
func (r *Run) Claim(orderID string, line int64) bool {
	key := fmt.Sprintf("%s/%d", orderID, line)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.claimed[key] {
		return false
	}
	if r.claimed == nil {
		r.claimed, r.ordered = map[string]bool{}, map[string]bool{}
	}
	r.claimed[key], r.ordered[orderID] = true, true
	return true
}

// Ordered reports whether a purchase of this run has claimed a line of the order.
func (r *Run) Ordered(orderID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ordered[orderID]
}

// Refuse records why Partner Center refused something that more than one purchase of this run depends on, such as part of a cart.
func (r *Run) Refuse(thing string, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refused == nil {
		r.refused = map[string]error{}
	}
	r.refused[thing] = why
}

// Refused is what Refuse recorded, nil for nothing.
func (r *Run) Refused(thing string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.refused[thing]
}

// One returns a lock that all purchases of this run share that concern one thing, such as a cart.
func (r *Run) One(thing string) *sync.Mutex {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.things == nil {
		r.things = map[string]*sync.Mutex{}
	}
	if r.things[thing] == nil {
		r.things[thing] = &sync.Mutex{}
	}
	return r.things[thing]
}

// GivenUp records that this run gave up a subscription, which may go on until its term ends.
func (r *Run) GivenUp(subscriptionID string) { r.mark(&r.ended, subscriptionID) }

// WasGivenUp reports whether this run gave up the subscription.
func (r *Run) WasGivenUp(subscriptionID string) bool { return r.marked(&r.ended, subscriptionID) }

func (r *Run) mark(set *map[string]bool, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[strings.ToLower(id)] = true
}

func (r *Run) marked(set *map[string]bool, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return (*set)[strings.ToLower(id)]
}
