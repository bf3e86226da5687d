// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// checkedOut is a cart whose checkout has left.
type checkedOut struct {
	cart    *PricedCart
	line    *orderLine // what it ordered, nil while that is not known
	unknown string     // why it is not known
}

// Codes of a checkout that may have happened: an order is in progress, the cart is being processed, the cart was submitted before.
var mayHaveHappened = []string{"800060", "800064", cartSubmitted}

const cartSubmitted = "800065"

// checkOut submits the cart until the outcome is clear or the time is over. An error says that nothing was bought.
//
// Partner Center documents that repeating the checkout of one cart does not buy twice; so an unclear answer is followed by a look at
// what it did and, until Partner Center says that the cart was submitted, by the same checkout again.
func (b Buyer) checkOut(ctx context.Context, checked *checkedCart) (*checkedOut, error) {
	cart := checked.cart
	out := &checkedOut{cart: cart}
	var refused error
	submitted, unclear := false, false
	checkout := partnercenter.HoldRequestID(ctx) // until it is answered, it is one and the same call
	err := b.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		if unclear && !submitted { // the cart itself is the first to know
			submitted = b.isOrdered(ctx, cart)
		}
		if submitted {
			return b.lookUp(ctx, out)
		}
		result, err := b.Client.CheckoutCart(checkout, cart.order.CustomerID, cart.cart.ID)
		switch {
		case err == nil:
			submitted = true
			out.line, refused = b.ordered(checked, result)
			return refused != nil || out.line != nil, refused
		case mayHaveBought(err):
			unclear = true
		case !unclear || b.stillOpen(ctx, cart): // it was refused, or did not even leave
			refused = err
			return true, err
		}
		// A refusal of a cart that is not open any more can be the consequence of a checkout whose answer was lost.
		submitted = partnercenter.HasCode(err, cartSubmitted)
		return b.lookUp(ctx, out)
	})
	switch {
	case refused != nil:
		return nil, refused
	case out.line == nil:
		out.unknown = fmt.Sprintf("Partner Center did not say whether the checkout of cart %s went through%s", cart.cart.ID, because(err))
	}
	return out, nil
}

// mayHaveBought holds for a failed checkout after which the purchase may have been made: no answer that counts, a code that says so, or
// any conflict, since something else may be under way for the same cart.
func mayHaveBought(err error) bool {
	var e *partnercenter.Error
	return partnercenter.OutcomeUnknown(err) || partnercenter.HasCode(err, mayHaveHappened...) || errors.As(err, &e) && e.StatusCode == http.StatusConflict
}

// isOrdered asks the cart itself whether it was ordered; who cannot ask does not know.
func (b Buyer) isOrdered(ctx context.Context, cart *PricedCart) bool {
	got, err := b.Client.Cart(ctx, cart.order.CustomerID, cart.cart.ID)
	return err == nil && got.Ordered()
}

// stillOpen asks the cart itself whether it was not ordered; who cannot ask does not know.
func (b Buyer) stillOpen(ctx context.Context, cart *PricedCart) bool {
	got, err := b.Client.Cart(ctx, cart.order.CustomerID, cart.cart.ID)
	return err == nil && !got.Ordered()
}

// ordered takes the order out of the result of a checkout, which can be a success with nothing but errors in it. With neither, or with an
// order that another purchase of this run took for its own, both are nil, and the lists have to tell.
func (b Buyer) ordered(checked *checkedCart, result *partnercenter.CheckoutResult) (*orderLine, error) {
	cart := checked.cart
	if refused := b.noteRefusals(cart, result); len(refused) > 0 {
		checked.reserved.Settle(cart.total(refused...))
	}
	want := cart.intent()
	for _, order := range result.Orders {
		line := want.lineOf(order)
		if len(result.Orders) == 1 && len(cart.cart.LineItems) == 1 && len(order.LineItems) > 0 {
			line = &order.LineItems[0] // there is nothing to confuse it with
		}
		if line != nil && b.Claims.Claim(order.ID, int64(line.LineItemNumber)) {
			return &orderLine{orderID: order.ID, number: line.LineItemNumber, subscriptionID: line.SubscriptionID}, nil
		}
	}
	if len(cart.cart.LineItems) > 1 && len(result.Orders) > 0 {
		if why := b.refusedBefore(cart); why != nil {
			return nil, &usedCartError{why}
		}
		return nil, nil
	}
	if len(result.OrderErrors) > 0 {
		return nil, refusal(result, result.OrderErrors[0])
	}
	return nil, nil
}

// noteRefusals keeps which order groups of the cart were refused while others were ordered: this is the only answer that tells, and each
// line of the cart is a purchase of its own.
func (b Buyer) noteRefusals(cart *PricedCart, result *partnercenter.CheckoutResult) (groups []string) {
	for _, e := range result.OrderErrors {
		if why := refusal(result, e); why != nil && e.OrderGroupID != "" && len(result.Orders) > 0 {
			b.Claims.Refuse(cart.cart.ID+"/"+string(e.OrderGroupID), why)
			groups = append(groups, string(e.OrderGroupID))
		}
	}
	return groups
}

// refusedBefore is why this run was refused the order group of the line, nil if it was not.
func (b Buyer) refusedBefore(cart *PricedCart) error {
	return b.Claims.Refused(cart.cart.ID + "/" + string(cart.line().OrderGroup))
}

// refusal is why an order group was refused, nil where it may have been bought before. It comes inside a successful answer, and is told
// like the same refusal by a status.
func refusal(result *partnercenter.CheckoutResult, found partnercenter.OrderError) error {
	if slices.Contains(mayHaveHappened, string(found.Code)) {
		return nil
	}
	return result.Refusal(found)
}

// lookUp finds out what a checkout did that did not say so itself, and is true once that is known.
func (b Buyer) lookUp(ctx context.Context, out *checkedOut) (bool, error) {
	line, err := b.findOrderLine(ctx, out.cart.order.CustomerID, out.cart.intent())
	if wait.Transient(err) {
		return false, nil
	}
	out.line = line
	return line != nil, err
}

// because adds an error to a sentence, unless it only says that the time is over.
func because(err error) string {
	if err == nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return ""
	}
	return ": " + err.Error()
}
