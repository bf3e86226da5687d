// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// ordered takes the order out of the result of a checkout, which can be a success with nothing but errors in it. With neither, or with an
// order that another purchase of this run took for its own, both are nil, and the lists have to tell.
func (b Buyer) ordered(checked *checkedCart, result *partnercenter.CheckoutResult) (*orderLine, error) {
	cart := checked.cart
	refused := refusals(result)
	partly := len(refused) > 0 && (len(result.Orders) > 0 || len(refused) < len(result.OrderErrors))
	if partly { // this is the only answer that tells, and each line of the cart is a purchase of its own
		groups := make([]string, len(refused))
		for i, e := range refused {
			groups[i] = string(e.OrderGroupID)
			b.Claims.Refuse(cart.cart.ID+"/"+groups[i], result.Refusal(e))
		}
		checked.reserved.Settle(cart.total(groups...))
	}
	want, single := cart.intent(), len(result.Orders) == 1 && len(cart.cart.LineItems) == 1
	for _, order := range result.Orders {
		if line := b.claimLine(want.linesOf(order), order.ID); line != nil {
			return line, nil
		}
		if single && len(order.LineItems) > 0 { // there is nothing to confuse it with
			return b.claimLine([]*partnercenter.OrderLine{&order.LineItems[0]}, order.ID), nil
		}
	}
	if why := b.refusedBefore(cart); partly && why != nil {
		return nil, &usedCartError{why}
	}
	if len(refused) > 0 && !partly {
		return nil, result.Refusal(refusalOf(cart, refused))
	}
	return nil, nil
}

// refusals are the order groups that certainly were not bought: others may have been bought before.
func refusals(result *partnercenter.CheckoutResult) []partnercenter.OrderError {
	return slices.DeleteFunc(slices.Clone(result.OrderErrors), func(e partnercenter.OrderError) bool { return slices.Contains(mayHaveHappened, string(e.Code)) })
}

// refusalOf is why the line's own order group was refused where all were.
func refusalOf(cart *PricedCart, refused []partnercenter.OrderError) partnercenter.OrderError {
	own := slices.IndexFunc(refused, func(e partnercenter.OrderError) bool { return e.OrderGroupID == cart.line().OrderGroup })
	return refused[max(own, 0)]
}

// refusedBefore is why this run was refused the order group of the line, nil if it was not.
func (b Buyer) refusedBefore(cart *PricedCart) error {
	return b.Claims.Refused(cart.cart.ID + "/" + string(cart.line().OrderGroup))
}
