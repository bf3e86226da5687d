// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// PricedCart is a cart at Partner Center with the line of an order. It commits to nothing.
type PricedCart struct {
	order  Order
	option catalog.TermOption
	cart   *partnercenter.Cart
	index  int // of the line in the cart
}

// Price makes a cart of what is sold today, and buys nothing. A spending.LimitError is a price that the order does not allow.
func Price(ctx context.Context, client *partnercenter.Client, order Order) (*PricedCart, error) {
	return withTodaysOffer(ctx, client, order, func(chosen chosenOffer) (*PricedCart, error) { return chosen.priceWithinLimit(ctx, client) })
}

// PriceOption is Price for a way to buy that has been looked up and checked before.
func PriceOption(ctx context.Context, client *partnercenter.Client, order Order, option catalog.TermOption) (*PricedCart, error) {
	return chosenOffer{order: order, option: option}.priceWithinLimit(ctx, client)
}

// Quote is what the line costs.
func (c *PricedCart) Quote() spending.Quote { return spending.LinePrice(c.line()) }

func (c *PricedCart) line() partnercenter.CartLine { return c.cart.LineItems[c.index] }

func (c *PricedCart) checkLimit() error { return c.order.PriceLimit.Check(c.Quote()) }

// total is what the checkout of the cart commits to, nil where a line has no price.
func (c *PricedCart) total() *spending.Amount {
	var sum *spending.Amount
	for _, line := range c.cart.LineItems {
		price := spending.LinePrice(line).Amount()
		switch {
		case price == nil, sum != nil && sum.Currency != price.Currency:
			return nil
		case sum == nil:
			sum = price
		default:
			sum.Value = sum.Value.Add(price.Value)
		}
	}
	return sum
}

func (chosen chosenOffer) priceWithinLimit(ctx context.Context, client *partnercenter.Client) (*PricedCart, error) {
	cart, err := chosen.price(ctx, client)
	if err != nil {
		return nil, err
	}
	return cart, cart.checkLimit()
}

// price makes the cart.
func (chosen chosenOffer) price(ctx context.Context, client *partnercenter.Client) (*PricedCart, error) {
	line := chosen.order.Line
	line.CatalogItemID = chosen.option.Availability.CatalogItemID
	line.TermDuration, line.BillingCycle = chosen.option.TermDuration, chosen.option.BillingCycle
	cart, err := client.CreateCart(ctx, chosen.order.CustomerID, CartRequest(line))
	if err != nil {
		return nil, err
	}
	if len(cart.LineItems) != 1 {
		return nil, fmt.Errorf("cart %s came back with %d products instead of one. Run again, and if it stays so, ask Microsoft's support about it", cart.ID, len(cart.LineItems))
	}
	got := cart.LineItems[0]
	if got.Error != nil {
		return nil, &LineError{got.Error}
	}
	if got.Quantity != line.Quantity || got.CatalogItemID != line.CatalogItemID {
		return nil, fmt.Errorf("cart %s came back with %d of %s instead of %d of %s. Run again, and if it stays so, ask Microsoft's support about it",
			cart.ID, got.Quantity, got.CatalogItemID, line.Quantity, line.CatalogItemID)
	}
	return &PricedCart{order: chosen.order, option: chosen.option, cart: cart}, nil
}

// CartRequest asks for a cart of these lines. For one with a reseller an indirect provider has to confirm that it is the partner on record.
func CartRequest(lines ...partnercenter.CartLine) partnercenter.CartRequest {
	request := partnercenter.CartRequest{LineItems: lines}
	if slices.ContainsFunc(lines, func(line partnercenter.CartLine) bool { return len(line.Participants) > 0 }) {
		request.PartnerOnRecordAttestationAccepted = new(true)
	}
	return request
}

// LineError is a cart line that cannot be bought as it is.
type LineError struct{ Found *partnercenter.CartLineError }

func (e *LineError) Error() string {
	return fmt.Sprintf("Partner Center does not sell this: %s (code %s)", strings.TrimSuffix(e.Found.ErrorDescription, "."), e.Found.ErrorCode)
}

// Unwrap gives the line's code its remedy.
func (e *LineError) Unwrap() error { return e.Found }

// reissued reports that the availability has got a new id since it was looked up.
func reissued(err error) bool {
	if line, ok := errors.AsType[*LineError](err); ok {
		code := string(line.Found.ErrorCode)
		return code == "10001" || strings.EqualFold(strings.ReplaceAll(code, "_", ""), "catalogitemidisnotvalid")
	}
	return partnercenter.HasCode(err, "400019")
}
