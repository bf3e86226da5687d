// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
)

// checkedCart is a cart that may be checked out now: its price is within the limits and set against the spending limit, and there is no
// earlier purchase.
type checkedCart struct {
	cart     *PricedCart
	reserved *spending.Reservation // its price, set against the spending limit
}

// check is the last step before the money is spent. The last look at what the customer has comes right before the checkout: another
// process that buys the same thing has to be caught in the time of one request.
func (b Buyer) check(ctx context.Context, cart *PricedCart) (*checkedCart, error) {
	if err := cart.checkLimit(); err != nil {
		return nil, err
	}
	if err := cart.checkPlanned(); err != nil {
		return nil, err
	}
	if err := b.refuseEarlierOf(ctx, cart); err != nil {
		return nil, err
	}
	reserved, err := b.Ledger.Reserve(cart.total())
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		reserved.GiveBack(nil)
		return nil, fmt.Errorf("the run was stopped before the checkout: %w", err)
	}
	return &checkedCart{cart: cart, reserved: reserved}, nil
}
