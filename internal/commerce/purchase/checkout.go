// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// checkedOut is a cart whose checkout has left.
type checkedOut struct {
	cart    *PricedCart
	sent    time.Time  // when its checkout left last; zero where this purchase sent none
	line    *orderLine // what it ordered, nil while that is not known
	unknown string     // why it is not known
}

// Codes of a checkout that may have happened: an order is in progress, the cart is being processed, the cart was submitted before.
var mayHaveHappened = []string{"800060", "800064", cartSubmitted}

const cartSubmitted = "800065"

// Codes of a checkout that was refused because of the customer's upgrade to the Azure plan (reference/commerce.md#codes-further-ones-with-remedies).
var planUpgrades = []string{"900112", "900113", "900114"}

// checkout is one cart on its way to an order.
type checkout struct {
	Buyer
	checked *checkedCart
	out     *checkedOut
	call    context.Context // until it is answered, it is one and the same call

	submitted bool  // Partner Center has the order; it only has to be found
	unclear   bool  // one of the checkouts may have bought
	refused   error // certainly nothing was bought for this line
}

// checkOut submits the cart until the outcome is clear or the time is over. An error says that nothing was bought.
//
// Partner Center documents that repeating the checkout of one cart does not buy twice; so an unclear answer is followed by a look at
// what it did and, until Partner Center says that the cart was submitted, by the same checkout again.
func (b Buyer) checkOut(ctx context.Context, checked *checkedCart) (*checkedOut, error) {
	c := checkout{Buyer: b, checked: checked, out: &checkedOut{cart: checked.cart}, call: b.Claims.CheckoutCall(checked.cart.cart.ID).In(ctx)}
	err := b.Client.Poll(ctx, c.step)
	switch {
	case c.refused != nil:
		return nil, c.refused
	case c.out.sent.IsZero():
		return nil, fmt.Errorf("there was no time left for the checkout (timeouts.create): %w", err)
	case c.out.line == nil:
		c.out.unknown = fmt.Sprintf("Partner Center did not say whether the checkout of cart %s went through%s", c.cart().cart.ID, because(err))
	}
	return c.out, nil
}

func (c *checkout) cart() *PricedCart { return c.checked.cart }

// step is one checkout, or a look at what an earlier one did.
func (c *checkout) step(ctx context.Context) (done bool, err error) {
	if c.unclear && !c.submitted { // the cart itself is the first to know
		ordered, known := c.isOrdered(ctx, c.cart())
		c.submitted = known && ordered
	}
	if c.submitted {
		return c.lookUp(ctx, c.out)
	}
	c.out.sent = c.Client.LatestTime() // what waits for the lists may wait longer, not shorter
	result, err := c.Client.CheckoutCart(c.call, c.cart().order.CustomerID, c.cart().cart.ID)
	if err != nil {
		return c.failed(ctx, err)
	}
	line, err := c.ordered(c.checked, result)
	_, used := errors.AsType[*usedCartError](err)
	switch {
	case used: // the rest of the cart was ordered
		c.refused = err
		return true, err
	case err != nil:
		return c.confirm(ctx, err)
	}
	c.out.line, c.submitted = line, true
	return line != nil, nil
}

// failed decides what a checkout without a result means.
func (c *checkout) failed(ctx context.Context, err error) (done bool, _ error) {
	switch {
	case mayHaveBought(err):
		c.unclear = true
		c.submitted = partnercenter.HasCode(err, cartSubmitted)
		return c.lookUp(ctx, c.out)
	case !c.unclear: // it was refused, or did not even leave
		c.refused = err
		return true, err
	case undecided(err): // this one did nothing, which says nothing about those before
		return c.lookUp(ctx, c.out)
	}
	return c.confirm(ctx, err)
}

// confirm believes a refusal while the cart is open. One of a cart that is not open any more can be the consequence of a checkout whose
// answer was lost; who cannot ask the cart does not know.
func (c *checkout) confirm(ctx context.Context, refusal error) (done bool, _ error) {
	if ordered, known := c.isOrdered(ctx, c.cart()); known && !ordered {
		c.refused = refusal
		return true, refusal
	}
	c.unclear = true
	return c.lookUp(ctx, c.out)
}

// mayHaveBought holds for a failed checkout after which the purchase may have been made: no answer that counts, a code that says so, or
// any conflict, since something else may be under way for the same cart, but for those that Azure plans have.
func mayHaveBought(err error) bool {
	if partnercenter.HasCode(err, planUpgrades...) && !partnercenter.OutcomeUnknown(err) {
		return false
	}
	return partnercenter.OutcomeUnknown(err) || partnercenter.HasCode(err, mayHaveHappened...) || statusOf(err) == http.StatusConflict
}

// undecided holds for a checkout that Partner Center has not looked at: it did not leave, was not signed in, or came too often.
func undecided(err error) bool {
	status := statusOf(err)
	return status == 0 || status == http.StatusUnauthorized || status == http.StatusTooManyRequests
}

func statusOf(err error) int {
	if e, ok := errors.AsType[*partnercenter.Error](err); ok {
		return e.StatusCode
	}
	return 0
}

// isOrdered asks the cart itself whether it was ordered.
func (b Buyer) isOrdered(ctx context.Context, cart *PricedCart) (ordered, known bool) {
	got, err := b.Client.Cart(ctx, cart.order.CustomerID, cart.cart.ID)
	return err == nil && got.Ordered(), err == nil
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
