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

func (a Amount) String() string { return words.Amount(a.Value, a.Currency) }

// Spend sets the price of a purchase against the spending limit, before the purchase is made. The returned function gives it back
// if the purchase does not happen.
func (l *Ledger) Spend(price *Amount) (giveBack func(), err error) {
	if l.Limit == nil {
		return func() {}, nil
	}
	limit := *l.Limit
	if price == nil {
		return nil, fmt.Errorf("the provider's spending_limit is %s, and Partner Center gives no price for this. "+WithoutLimit, limit)
	}
	if !strings.EqualFold(price.Currency, limit.Currency) {
		return nil, fmt.Errorf("the provider's spending_limit is %s, and this purchase is priced in %s: amounts in different currencies cannot be added up. Buy it in a run with a limit in its currency", limit, price.Currency)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if sum := l.spent.Add(price.Value); sum.GreaterThan(limit.Value) {
		return nil, fmt.Errorf("this purchase costs %s for its term, this run has already bought for %s, and the provider's spending_limit is %s. Raise the limit, or buy the rest in another run",
			price, Amount{l.spent, limit.Currency}, limit)
	}
	l.spent = l.spent.Add(price.Value)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.spent = l.spent.Sub(price.Value)
	}, nil
}

// WithoutLimit is the way out of a limit that cannot be compared with anything.
const WithoutLimit = "If it is wanted all the same, make it in a run without spending_limit"

// Quote sets the prices of planned purchases against the spending limit. Each call is a purchase of its own, however alike they are: a
// run plans each resource once.
func (l *Ledger) Quote(price *Amount) error {
	if l.Limit == nil {
		return nil
	}
	limit := *l.Limit
	if price == nil {
		return fmt.Errorf("the provider's spending_limit is %s, and Partner Center gives no price for this. "+WithoutLimit, limit)
	}
	if !strings.EqualFold(price.Currency, limit.Currency) {
		return fmt.Errorf("the provider's spending_limit is %s, and this purchase is priced in %s: amounts in different currencies cannot be added up. Buy it in a run with a limit in its currency", limit, price.Currency)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quoted = l.quoted.Add(price.Value)
	if l.quoted.GreaterThan(limit.Value) {
		return fmt.Errorf("the purchases planned so far add up to %s with this one of %s, and the provider's spending_limit is %s. Raise the limit, or buy some of them in another run", Amount{l.quoted, limit.Currency}, price, limit)
	}
	return nil
}
