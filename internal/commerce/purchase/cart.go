// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// PricedCart is a cart at Partner Center with the line of an order. It commits to nothing.
type PricedCart struct {
	order  Order
	option catalog.TermOption
	cart   *partnercenter.Cart
	index  int // of the line in the cart

	before []string // orders that were there before the checkout, and could be taken for what it buys
}

// Price makes a cart of what is sold today, and buys nothing. A spending.LimitError is a price that the order does not allow.
func Price(ctx context.Context, client *partnercenter.Client, order Order) (*PricedCart, error) {
	return withTodaysOffer(ctx, client, order, func(chosen chosenOffer) (*PricedCart, error) { return chosen.priceWithinLimit(ctx, client) })
}

// PriceOption is Price for a way to buy that has been looked up and checked before. If the catalog has listed it anew since, it is looked
// up again.
func PriceOption(ctx context.Context, client *partnercenter.Client, order Order, option catalog.TermOption) (*PricedCart, error) {
	cart, err := chosenOffer{order: order, option: option}.priceWithinLimit(ctx, client)
	if reissued(err) {
		return Price(ctx, client, order)
	}
	return cart, err
}

// Quote is what the line costs.
func (c *PricedCart) Quote() spending.Quote { return spending.LinePrice(c.line()) }

// AppliedPromotion is the promotion that Partner Center applies although the order names none; "" for none. It is fixed by the purchase and is no
// attribute of the subscription: a renewal may drop it or bring another one. See reference/commerce.md#promotions.
func (c *PricedCart) AppliedPromotion() string {
	if c.order.Line.PromotionID != "" || c.order.CartID != "" {
		return ""
	}
	return strings.TrimSpace(c.line().PromotionID)
}

func (c *PricedCart) line() partnercenter.CartLine { return c.cart.LineItems[c.index] }

func (c *PricedCart) checkLimit() error { return c.order.PriceLimit.Check(c.Quote()) }

// checkPlanned compares what is about to be bought with what was planned.
func (c *PricedCart) checkPlanned() error {
	if planned := c.order.Planned; planned != nil && !planned.Same(c.Quote()) {
		return &spending.PriceChangedError{Planned: *planned, Now: c.Quote()}
	}
	if content := c.order.CartContent; content != "" && content != c.Content() {
		return fmt.Errorf("cart %s holds something else than was planned, so nothing of it is bought. Run plan again, and compare it with its partnercenter_cart", c.cart.ID)
	}
	return nil
}

// total is what the checkout of the cart commits to, nil where a line has no price. Lines of these order groups do not count.
func (c *PricedCart) total(without ...string) *spending.Amount {
	var sum *spending.Amount
	for _, line := range c.cart.LineItems {
		if slices.Contains(without, string(line.OrderGroup)) {
			continue
		}
		price := spending.LinePrice(line).Amount().AtLeastZero()
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

// listsCaughtUp holds for a cart that was ordered so long ago that its orders are listed by now.
func listsCaughtUp(client *partnercenter.Client, cart *partnercenter.Cart) bool {
	ordered := cart.LastModifiedTimestamp.Time // nothing changes a cart any more once it is ordered
	return cart.Ordered() && !ordered.IsZero() && client.EarliestTime().After(ordered.Add(2*wait.ListLag))
}

// ownShare is the part of the total that is certain not to be spent when the order of the line has failed: nil, all of it, in a cart of
// its own. The other lines of a cart may have been bought.
func (c *PricedCart) ownShare() *spending.Amount {
	if len(c.cart.LineItems) == 1 {
		return nil
	}
	return c.Quote().Amount()
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
		return nil, traced(cart, fmt.Errorf("cart %s came back with %d products instead of one. Run again, and if it stays so, ask Microsoft's support about it", cart.ID, len(cart.LineItems)))
	}
	got := cart.LineItems[0]
	if got.Error != nil {
		return nil, RefusalOf(cart, got)
	}
	if difference := differs(line, got); difference != "" {
		return nil, traced(cart, fmt.Errorf("cart %s came back with %s. Run again, and if it stays so, ask Microsoft's support about it", cart.ID, difference))
	}
	return &PricedCart{order: chosen.order, option: chosen.option, cart: cart}, nil
}

// differs says what of a line came back in another way than it was asked for, "" where it came back as it was.
func differs(asked, got partnercenter.CartLine) string {
	for _, member := range []struct{ name, want, is string }{
		{"quantity", fmt.Sprint(asked.Quantity), fmt.Sprint(got.Quantity)},
		{"catalog item", asked.CatalogItemID, got.CatalogItemID},
		{"term", strings.ToUpper(asked.TermDuration), cmp.Or(strings.ToUpper(got.TermDuration), strings.ToUpper(asked.TermDuration))},
		{"billing cycle", strings.ToLower(asked.BillingCycle), cmp.Or(strings.ToLower(got.BillingCycle), strings.ToLower(asked.BillingCycle))},
		{"reseller", cmp.Or(reseller(asked), "none"), cmp.Or(reseller(got), "none")},
		{"number of add-ons", strconv.Itoa(len(asked.AddonItems)), strconv.Itoa(len(got.AddonItems))},
	} {
		if member.want != member.is {
			return fmt.Sprintf("%s %s instead of %s", member.name, member.is, member.want)
		}
	}
	return ""
}

// reseller is the partner on record of a line, "" for none.
func reseller(line partnercenter.CartLine) string {
	for _, participant := range line.Participants {
		if strings.EqualFold(participant.Key, partnercenter.ParticipantTransactionReseller) {
			return string(participant.Value)
		}
	}
	return ""
}

// Participants of a cart line: the indirect reseller, where there is one.
func Participants(partnerID string) []partnercenter.KeyValue {
	if partnerID == "" {
		return nil
	}
	return []partnercenter.KeyValue{{Key: partnercenter.ParticipantTransactionReseller, Value: partnercenter.Text(partnerID)}}
}

// CartRequest asks for a cart of these lines. For one with a reseller an indirect provider has to confirm that it is the partner on record.
func CartRequest(lines ...partnercenter.CartLine) partnercenter.CartRequest {
	request := partnercenter.CartRequest{LineItems: lines}
	if slices.ContainsFunc(lines, func(line partnercenter.CartLine) bool { return len(line.Participants) > 0 }) {
		request.PartnerOnRecordAttestationAccepted = new(true)
	}
	return request
}

// RefusalOf is why a line of a cart cannot be bought as it is, with what the support asks for about the cart.
func RefusalOf(cart *partnercenter.Cart, line partnercenter.CartLine) error {
	return traced(cart, &LineError{line.Error})
}

// traced adds what the support asks for about a cart.
func traced(cart *partnercenter.Cart, err error) error {
	if cart.Trace() == "" {
		return err
	}
	return fmt.Errorf("%w (%s)", err, cart.Trace())
}

// LineError is a cart line that cannot be bought as it is.
type LineError struct{ Found *partnercenter.CartLineError }

func (e *LineError) Error() string {
	return fmt.Sprintf("Partner Center does not sell this: %s (code %s)", strings.TrimSuffix(e.Found.ErrorDescription, "."), e.Found.ErrorCode)
}

// Unwrap gives the line's code its remedy.
func (e *LineError) Unwrap() error { return e.Found }

// NeedsBase reports that an add-on is refused because the customer has no base for it.
func NeedsBase(err error) bool {
	line, ok := errors.AsType[*LineError](err)
	return ok && line.Found.ErrorCode == "400041"
}

// TooFew reports that Partner Center does not sell so small a number of licenses, which the catalog need not have said.
func TooFew(err error) bool {
	line, ok := errors.AsType[*LineError](err)
	return ok && slices.Contains([]string{"10010", "10018", "10019"}, string(line.Found.ErrorCode))
}

// reissued reports that the availability has got a new id since it was looked up.
func reissued(err error) bool {
	if line, ok := errors.AsType[*LineError](err); ok {
		code := string(line.Found.ErrorCode)
		return code == "10001" || strings.EqualFold(strings.ReplaceAll(code, "_", ""), "catalogitemidisnotvalid")
	}
	return partnercenter.HasCode(err, "400019")
}
