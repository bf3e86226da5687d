// SPDX-License-Identifier: MPL-2.0

// Package purchase buys one thing exactly once.
//
// Each step takes what the step before has established, and can end like this:
//
//	Order       choose    chosenOffer | refused (not sold that way, quantity outside the limits, no promotion)
//	chosenOffer price     PricedCart  | refused (line error); with a re-issued availability back to Order
//	PricedCart  check     checkedCart | refused (above a limit, not the planned price, an earlier purchase)
//	checkedCart checkOut  checkedOut  | refused; with a re-issued availability back to Order
//	checkedOut  receive   Receipt     | refused (the order failed)
//
// An Order that names a cart begins with that cart: a PricedCart, or a checkedOut where it has been ordered already. One that was priced for
// a plan in the same run begins with that PricedCart. Whether an order buys or takes an earlier purchase over is decided when it is planned
// (Earlier, Order.Adopts) and not again: a purchase that finds an earlier one is refused, and an adoption that finds nothing buys nothing.
//
// What always holds:
//   - Up to the checkout nothing has been committed to, and canceling stops the purchase. Once the checkout has left, the rest runs to its
//     own end: its outcome is money.
//   - A refusal is an error and certain: nothing was bought, and what was set against the spending limit is given back. An outcome that is
//     not known is no error, because whoever sees an error buys again. It is a Receipt that says why it is incomplete, and whose Intent lets
//     Recover look for the rest later.
//   - One cart is checked out again until its outcome is clear, and a second cart is made only after a certain refusal of the first one.
//   - An order line belongs to one purchase of a run, so that two purchases of the same thing never find the same one.
//
// It rests on reference/commerce.md#checkout (repeating the checkout of one cart does not buy twice), reference/commerce.md#order-status,
// reference/commerce.md#known-delays and reference/commerce.md#races-and-how-to-survive-them. No answer names the cart that an order came
// from, so an order is recognized by what was asked for.
package purchase

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
)

// NotBoughtError is the error of a purchase that certainly bought nothing.
type NotBoughtError struct{ Err error }

func (e *NotBoughtError) Error() string { return "nothing was bought: " + e.Err.Error() }

// Unwrap is why nothing was bought.
func (e *NotBoughtError) Unwrap() error { return e.Err }

// Buy buys what the order asks for, once. Its error is a NotBoughtError, or an OrderedOtherwiseError where a cart was named; anything else
// that can happen is in the receipt.
func (b Buyer) Buy(ctx context.Context, order Order) (*Receipt, error) {
	buy := b.buy
	switch {
	case order.Adopts != "":
		buy = b.adopt
	case order.CartID != "":
		buy = b.buyFromCart
	}
	got, err := buy(ctx, order)
	if _, bought := errors.AsType[*OrderedOtherwiseError](err); err != nil && !bought {
		err = &NotBoughtError{err}
	}
	return got, err
}

func (b Buyer) buy(ctx context.Context, order Order) (*Receipt, error) {
	kept := b.Quotes.take(order, b.Client)
	return withTodaysOffer(ctx, b.Client, order, func(chosen chosenOffer) (*Receipt, error) {
		cart := kept
		kept = nil
		if cart == nil || cart.line().CatalogItemID != chosen.option.Availability.CatalogItemID {
			var err error
			if cart, err = chosen.price(ctx, b.Client); err != nil {
				return nil, err
			}
		}
		return b.commit(ctx, cart)
	})
}

// commit spends the money, and from then on finishes whatever happens to the caller's context.
func (b Buyer) commit(ctx context.Context, cart *PricedCart) (*Receipt, error) {
	unlock := b.lockSameThing(cart.order)
	defer unlock()
	checked, err := b.check(ctx, cart)
	if err != nil {
		return nil, err
	}
	ctx, cancel := wait.Finishing(ctx, b.Client, cart.order.Timeout)
	defer cancel()
	since := b.Client.EarliestTime()
	got, err := b.finish(ctx, checked, unlock)
	if err != nil {
		return nil, err
	}
	got.Twins = b.twins(ctx, cart.order, since)
	return got, nil
}

// finish gives back what an error says was not bought.
func (b Buyer) finish(ctx context.Context, checked *checkedCart, unlock func()) (*Receipt, error) {
	out, err := b.checkOut(ctx, checked)
	if _, used := errors.AsType[*usedCartError](err); err == nil || used {
		b.Claims.CheckedOut(checked.cart.cart.ID)
	}
	if err != nil {
		checked.reserved.GiveBack(nil)
		return nil, err
	}
	if out.line != nil {
		unlock() // the order is known to be this purchase's own
	}
	got, err := b.receive(ctx, out)
	if err != nil {
		checked.reserved.GiveBack(checked.cart.ownShare())
	}
	return got, err
}

// lockSameThing waits until no other purchase of this run is about to buy the same thing: it would take that one for an earlier purchase.
func (b Buyer) lockSameThing(order Order) (unlock func()) {
	lock := b.Claims.LockFor(strings.ToLower(fmt.Sprint(order.CustomerID, "/", order.ProductID, ":", order.SkuID, "/", strings.TrimSpace(order.Line.FriendlyName))))
	lock.Lock()
	return sync.OnceFunc(lock.Unlock)
}
