// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Codes of a checkout that may have happened: an order is in progress, the cart is being processed, the cart was submitted before.
var mayHaveHappened = []string{"800060", "800064", "800065"}

// checkOut submits the cart until the outcome is clear or the time is over. An error says that nothing was bought.
//
// Partner Center documents that repeating the checkout of one cart does not buy twice; so an unclear answer is followed by a look at
// what it did and, until Partner Center says that the cart was submitted, by the same checkout again. A second cart is never made.
func (p *purchase) checkOut(ctx context.Context, got *receipt) error {
	var refused error
	submitted, unclear := false, false
	checkout := partnercenter.HoldRequestID(ctx) // until it is answered, it is one and the same call
	err := p.client.Poll(ctx, func(ctx context.Context) (bool, error) {
		if submitted {
			return p.look(ctx)
		}
		result, err := p.client.CheckoutCart(checkout, p.customerID, p.cart.ID)
		switch {
		case err == nil:
			submitted = true
			refused = p.ordered(result)
			return refused != nil || p.found != nil, refused
		case mayHaveBought(err):
			unclear = true
		case !unclear && partnercenter.Code(err) != "" || p.stillOpen(ctx):
			refused = err
			return true, err
		}
		// A refusal of a cart that is not open any more can be the consequence of a checkout whose answer was lost.
		submitted = partnercenter.HasCode(err, "800065")
		return p.look(ctx)
	})
	switch {
	case refused != nil:
		return refused
	case p.found == nil:
		got.Unknown = fmt.Sprintf("Partner Center did not say whether the checkout of cart %s went through", p.cart.ID)
		if err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			got.Unknown += ": " + err.Error()
		}
		return nil
	}
	return p.follow(ctx, got)
}

// mayHaveBought holds for a failed checkout after which the purchase may have been made: no answer that counts, a code that says so, or
// any conflict, since something else may be under way for the same cart.
func mayHaveBought(err error) bool {
	var e *partnercenter.Error
	return partnercenter.OutcomeUnknown(err) || partnercenter.HasCode(err, mayHaveHappened...) || errors.As(err, &e) && e.StatusCode == http.StatusConflict
}

// stillOpen asks the cart itself whether it was ordered; who cannot ask does not know.
func (p *purchase) stillOpen(ctx context.Context) bool {
	cart, err := p.client.Cart(ctx, p.customerID, p.cart.ID)
	return err == nil && !cart.Ordered()
}

// ordered takes the order out of the result of a checkout, which can be a success with nothing but errors in it. A result with
// neither, or with an order that another purchase of this run took for its own, leaves it to look.
func (p *purchase) ordered(result *partnercenter.CheckoutResult) error {
	want := p.intent()
	p.noteRefusals(result)
	for _, order := range result.Orders {
		line := want.lineOf(order)
		if len(result.Orders) == 1 && len(p.cart.LineItems) == 1 && len(order.LineItems) > 0 {
			line = &order.LineItems[0] // there is nothing to confuse it with
		}
		if line != nil && p.claims.Claim(order.ID, int64(line.LineItemNumber)) {
			p.found = &found{orderID: order.ID, line: line.LineItemNumber, subscriptionID: line.SubscriptionID}
			return nil
		}
	}
	if len(p.cart.LineItems) > 1 && len(result.Orders) > 0 {
		why := p.refusedBefore()
		p.elsewhere = why != nil
		return why
	}
	return refusal(result.OrderErrors)
}

// noteRefusals keeps which order groups of the cart were refused while others were ordered: this is the only answer that tells, and each
// line of the cart is a purchase of its own.
func (p *purchase) noteRefusals(result *partnercenter.CheckoutResult) {
	for _, e := range result.OrderErrors {
		if why := refusal([]partnercenter.OrderError{e}); why != nil && e.OrderGroupID != "" && len(result.Orders) > 0 {
			p.claims.Refuse(p.cart.ID+"/"+string(e.OrderGroupID), why)
		}
	}
}

// refusedBefore is why this run was refused the order group of the line, nil if it was not.
func (p *purchase) refusedBefore() error {
	return p.claims.Refused(p.cart.ID + "/" + string(p.cart.LineItems[p.index].OrderGroup))
}

func refusal(errors []partnercenter.OrderError) error {
	if len(errors) == 0 || slices.Contains(mayHaveHappened, string(errors[0].Code)) {
		return nil
	}
	return &partnercenter.Error{
		Operation: "check out cart", Code: string(errors[0].Code), Description: strings.TrimSuffix(errors[0].Description, "."),
	}
}

// look finds out what an unclear checkout did: in the orders, and in the subscriptions, which may be listed earlier.
func (p *purchase) look(ctx context.Context) (bool, error) {
	var err error
	p.found, err = find(ctx, p.client, p.claims, p.customerID, p.intent())
	if wait.Transient(err) {
		return false, nil
	}
	return p.found != nil, err
}
