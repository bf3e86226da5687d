// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"
)

// checkedCart is a cart that may be checked out now: its price is within the limits and set against the spending limit, and there is no
// earlier purchase.
type checkedCart struct {
	cart     *PricedCart
	giveBack func() // takes the price off the spending limit again
}

// check is the last step before the money is spent. The last look at what the customer has comes right before the checkout: another
// process that buys the same thing has to be caught in the time of one request.
func (b Buyer) check(ctx context.Context, cart *PricedCart) (checked *checkedCart, adopted *Receipt, err error) {
	if err := cart.checkLimit(); err != nil {
		return nil, nil, err
	}
	adopted, err = b.adoptEarlier(ctx, cart.order)
	if err != nil {
		return nil, nil, err
	}
	if adopted != nil {
		adopted.Intent = cart.intent()
		return nil, adopted, nil
	}
	giveBack, err := b.Ledger.Spend(cart.total())
	if err != nil {
		return nil, nil, err
	}
	if err := ctx.Err(); err != nil {
		giveBack()
		return nil, nil, fmt.Errorf("the run was stopped before the checkout: %w", err)
	}
	return &checkedCart{cart: cart, giveBack: giveBack}, nil, nil
}
