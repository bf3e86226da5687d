// SPDX-License-Identifier: MPL-2.0

// Package spending holds what a run of the provider may spend and has spent: quotes, price limits, the ledger of the spending limit, and
// which orders and subscriptions the purchases of this run have taken for their own.
package spending

import (
	"fmt"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

// Ledger counts what one run of the provider plans and buys against its spending limit. It is safe for concurrent use.
type Ledger struct {
	Limit *Amount // nil: no limit

	mu     sync.Mutex
	spent  decimal.Decimal
	quoted decimal.Decimal // planned purchases
}

// Amount is an exact sum of money.
type Amount struct {
	Value    decimal.Decimal
	Currency string // ISO 4217
}

// AtLeastZero keeps a negative price, such as a credit, from making room for others in a sum; nil stays nil.
func (a *Amount) AtLeastZero() *Amount {
	if a == nil {
		return nil
	}
	return &Amount{Value: atLeastZero(a.Value), Currency: a.Currency}
}

func (a Amount) String() string { return words.Amount(a.Value, a.Currency) }

// WithoutLimit is the way out of a limit that cannot be compared with anything.
const WithoutLimit = "If it is wanted anyway, make it in a run without spending_limit"

// Reservation is a sum that is set against the spending limit before it is spent. It counts until it is certain what was not bought.
type Reservation struct {
	ledger  *Ledger
	amount  decimal.Decimal // that counts at the moment
	settled bool
}

// Reserve sets the price of a purchase against the spending limit, before the purchase is made. Without a limit it counts nothing.
func (l *Ledger) Reserve(price *Amount) (*Reservation, error) {
	if l == nil || l.Limit == nil {
		return &Reservation{}, nil
	}
	if err := l.comparable(price); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	amount := atLeastZero(price.Value)
	if l.spent.Add(amount).GreaterThan(l.Limit.Value) {
		return nil, fmt.Errorf("this purchase costs %s for its term, this run has already bought for %s, and the provider's spending_limit is %s. Raise the limit, or buy the rest in another run",
			price, Amount{l.spent, l.Limit.Currency}, l.Limit)
	}
	l.spent = l.spent.Add(amount)
	return &Reservation{ledger: l, amount: amount}, nil
}

// Settle says what was ordered of it, where that is known: nil leaves the reservation as it is.
func (r *Reservation) Settle(ordered *Amount) {
	if r.ledger == nil || ordered == nil {
		return
	}
	r.change(atLeastZero(ordered.Value))
	r.settled = true
}

// GiveBack takes off what certainly was not bought: nil stands for all that has not been settled.
func (r *Reservation) GiveBack(notBought *Amount) {
	switch {
	case r.ledger == nil:
	case notBought != nil:
		r.change(atLeastZero(r.amount.Sub(atLeastZero(notBought.Value))))
	case !r.settled:
		r.change(decimal.Zero)
	}
}

func (r *Reservation) change(amount decimal.Decimal) {
	r.ledger.mu.Lock()
	defer r.ledger.mu.Unlock()
	r.ledger.spent = r.ledger.spent.Sub(r.amount).Add(amount)
	r.amount = amount
}

// Quote sets the prices of planned purchases against the spending limit. Each call is a purchase of its own, however alike they are: a
// run plans each resource once.
func (l *Ledger) Quote(price *Amount) error {
	if l == nil || l.Limit == nil {
		return nil
	}
	if err := l.comparable(price); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	earlier := l.quoted
	l.quoted = l.quoted.Add(atLeastZero(price.Value))
	switch {
	case !l.quoted.GreaterThan(l.Limit.Value):
		return nil
	case earlier.IsZero():
		return fmt.Errorf("this purchase costs %s, and the provider's spending_limit is %s. Raise the limit if that is to be paid", price, l.Limit)
	}
	return fmt.Errorf("the purchases planned so far add up to %s with this one of %s, and the provider's spending_limit is %s. Raise the limit, or buy some of them in another run",
		Amount{l.quoted, l.Limit.Currency}, price, l.Limit)
}

// comparable refuses what cannot be added up under the limit.
func (l *Ledger) comparable(price *Amount) error {
	switch {
	case price == nil:
		return fmt.Errorf("the provider's spending_limit is %s, and Partner Center gives no price for this. "+WithoutLimit, l.Limit)
	case !strings.EqualFold(price.Currency, l.Limit.Currency):
		return fmt.Errorf("the provider's spending_limit is %s, and this purchase is priced in %s: amounts in different currencies cannot be added up. Buy it in a run with a limit in its currency", l.Limit, price.Currency)
	}
	return nil
}

// atLeastZero keeps a negative price, such as a credit, from making room for other purchases.
func atLeastZero(value decimal.Decimal) decimal.Decimal { return decimal.Max(value, decimal.Zero) }
