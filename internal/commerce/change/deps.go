// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Deps is what changes need of a run.
type Deps struct {
	Client *partnercenter.Client
	Ledger *spending.Ledger
	Claims *spending.Claims

	// Quote finds what an addition would cost; it is asked only where there is a spending limit.
	Quote func(ctx context.Context, client *partnercenter.Client, customerID string, a *spending.Addition) (spending.Quote, error)
}

// spend sets the addition against the spending limit before it is made. The returned function gives it back if it is not made after all.
func (d Deps) spend(ctx context.Context, customerID string, a *spending.Addition) (giveBack func(), err error) {
	if a == nil || d.Ledger.Limit == nil {
		return func() {}, nil
	}
	price, err := d.Quote(ctx, d.Client, customerID, a)
	if err != nil {
		return nil, Unpriced(err)
	}
	return d.Ledger.Spend(price.Amount())
}

// Unpriced is the refusal of an addition whose price cannot be compared with the spending limit.
func Unpriced(err error) error {
	if _, kept := errors.AsType[*partnercenter.RefusedError](err); kept { // read_only and the like say it better
		return err
	}
	return fmt.Errorf("the provider has a spending_limit, and what this costs cannot be found out. %s. Why: %w", spending.WithoutLimit, err)
}

// within makes a change if what it buys stays within the spending limit. What was refused does not count, unless part of it was made.
func (d Deps) within(ctx context.Context, customerID string, got *partnercenter.Subscription, want Desired,
	change func() (*partnercenter.Subscription, error),
) (*partnercenter.Subscription, error) {
	giveBack, err := d.spend(ctx, customerID, want.Buys(got))
	if err != nil {
		return got, err
	}
	after, err := change()
	if err != nil && !partnercenter.OutcomeUnknown(err) && after.Quantity == got.Quantity && after.TermDuration == got.TermDuration {
		giveBack()
	}
	return after, err
}
