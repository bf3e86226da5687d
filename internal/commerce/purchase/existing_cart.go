// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// buyFromCart buys one line of a cart that was made before. The cart is the key: whoever comes first checks all of it out, everybody else,
// a later run included, finds it ordered and only looks for the line. So nothing is bought twice, whatever dies when. A refusal of one line
// keeps the others of this run from checking the cart out, since that would buy the refused line too.
func (b Buyer) buyFromCart(ctx context.Context, order Order) (*Receipt, error) {
	lock := b.Claims.LockFor(order.CartID)
	lock.Lock()
	defer lock.Unlock()
	cart, err := ReadCart(ctx, b.Client, order)
	if cart != nil && cart.cart.Ordered() {
		return b.takeFromOrdered(ctx, cart, err)
	}
	if _, unread := errors.AsType[*partnercenter.Error](err); unread && b.Claims.WasCheckedOut(order.CartID) { // for another line: this one was ordered with it
		return nil, &OrderedOtherwiseError{fmt.Errorf("this run has ordered cart %s for another of its lines, and cannot read it now: %w", order.CartID, err)}
	}
	if partnercenter.IsNotFound(err) { // what it bought before it expired is still there
		err = cmp.Or(b.refuseEarlier(ctx, order), err)
	}
	if why := b.Claims.Refused(order.CartID); err == nil && why != nil {
		err = &OtherLineError{order.CartID, why}
	}
	var got *Receipt
	if err == nil {
		got, err = b.orderCart(ctx, cart)
	}
	if _, used := errors.AsType[*usedCartError](err); err != nil && !used {
		b.Claims.Refuse(order.CartID, err)
	}
	return got, err
}

// OtherLineError refuses a line because another line of its cart was refused.
type OtherLineError struct {
	CartID string
	Err    error
}

func (e *OtherLineError) Error() string {
	return fmt.Sprintf("a cart is bought as a whole, and another line of cart %s was refused: %s", e.CartID, e.Err)
}

// Unwrap is why the other line was refused.
func (e *OtherLineError) Unwrap() error { return e.Err }

// takeFromOrdered finds the line in the orders of its cart. Wrong is why the line is not what is ordered.
func (b Buyer) takeFromOrdered(ctx context.Context, cart *PricedCart, wrong error) (*Receipt, error) {
	if why := b.refusedBefore(cart); why != nil {
		return nil, &usedCartError{why}
	}
	if wrong != nil {
		return nil, &OrderedOtherwiseError{wrong}
	}
	out, err := b.findOrdered(ctx, cart)
	if err != nil {
		return nil, err
	}
	return b.receive(ctx, out)
}

// OrderedOtherwiseError is a line of a cart that has been ordered as something else than what the order asks for.
type OrderedOtherwiseError struct{ Err error }

func (e *OrderedOtherwiseError) Error() string {
	return e.Err.Error() + ". The cart has been ordered with that line already: import its subscription instead of buying it"
}

// Unwrap is what differs.
func (e *OrderedOtherwiseError) Unwrap() error { return e.Err }

// orderCart checks a whole cart out.
func (b Buyer) orderCart(ctx context.Context, cart *PricedCart) (*Receipt, error) {
	for _, line := range cart.cart.LineItems {
		if line.Error != nil {
			return nil, RefusalOf(cart.cart, line)
		}
	}
	id := cart.cart.ID
	if content, known := b.Claims.CartContent(id); known && content != cart.Content() {
		return nil, fmt.Errorf("cart %s holds something else than its partnercenter_cart, so nothing of it is bought. Make it again with terraform apply -replace on partnercenter_cart", id)
	}
	if err := b.checkPromotions(ctx, cart); err != nil {
		return nil, err
	}
	got, err := b.commit(ctx, cart)
	if _, used := errors.AsType[*usedCartError](err); !used && reissued(err) {
		return nil, fmt.Errorf("%w. The catalog has changed since the cart was made: make the cart again with terraform apply -replace on partnercenter_cart", err)
	}
	return got, err
}

// checkPromotions asks for each line of a cart whether it still gets its promotion: Partner Center would sell at list price.
func (b Buyer) checkPromotions(ctx context.Context, cart *PricedCart) error {
	for _, line := range cart.cart.LineItems {
		option := catalog.TermOption{Availability: &partnercenter.Availability{CatalogItemID: line.CatalogItemID}, TermDuration: line.TermDuration, BillingCycle: strings.ToLower(line.BillingCycle)}
		if err := catalog.CheckPromotion(ctx, b.Client, cart.order.CustomerID, option, line); err != nil {
			return fmt.Errorf("line %d of cart %s: %w", line.ID, cart.cart.ID, err)
		}
	}
	return nil
}

// ReadCart reads the cart and compares its line with what is ordered.
func ReadCart(ctx context.Context, client *partnercenter.Client, order Order) (*PricedCart, error) {
	cart, err := client.Cart(ctx, order.CustomerID, order.CartID)
	if partnercenter.IsNotFound(err) {
		return nil, fmt.Errorf("cart %s has expired: make it again with terraform apply -replace on partnercenter_cart: %w", order.CartID, err)
	}
	if err != nil {
		return nil, err
	}
	for i, line := range cart.LineItems {
		if int64(line.ID) == order.CartLine {
			option := catalog.TermOption{TermDuration: line.TermDuration, BillingCycle: strings.ToLower(line.BillingCycle)}
			wrong := order.compare(cart, line)
			if order.Unnamed && line.FriendlyName != "" {
				order.Line.FriendlyName = line.FriendlyName
			}
			return &PricedCart{order: order, option: option, cart: cart, index: i}, wrong
		}
	}
	return nil, fmt.Errorf("cart %s has no line %d: cart_line_item counts from 0, and the cart has %s", order.CartID, order.CartLine, words.Count(int64(len(cart.LineItems)), "line"))
}

// PriceCart is ReadCart for a plan: what is to be ordered has to be within its price limit. Whichever line is applied first checks the whole
// cart out, so the limit of each line counts before that.
func PriceCart(ctx context.Context, client *partnercenter.Client, order Order) (*PricedCart, error) {
	cart, err := ReadCart(ctx, client, order)
	if err == nil && !cart.cart.Ordered() {
		err = cart.checkLimit()
	}
	return cart, err
}

// Reseller is the partner on record of the line, "" for none.
func (c *PricedCart) Reseller() string { return reseller(c.line()) }

// LineName is the nickname in the cart, "" for none.
func (c *PricedCart) LineName() string { return c.line().FriendlyName }

// compare refuses a line of a cart that is not what is ordered. The line is what is bought: what the order says counts nowhere else. What
// the order leaves out is as the line has it.
func (o Order) compare(cart *partnercenter.Cart, line partnercenter.CartLine) error {
	var wrong []string
	for _, c := range slices.Concat([]compared{
		{"product_id and sku_id", o.ProductID + ":" + o.SkuID, productAndSku(line.CatalogItemID)},
		{"quantity", fmt.Sprint(o.Line.Quantity), fmt.Sprint(line.Quantity)},
		{"term_duration", o.TermDuration, line.TermDuration},
		{"billing_cycle", o.BillingCycle, strings.ToLower(line.BillingCycle)},
	}, o.compareTerms(line)) {
		if c.want == "" || c.want == c.got {
			continue
		}
		there := "none"
		if c.got != "" {
			there = escape.HCL(c.got)
		}
		wrong = append(wrong, fmt.Sprintf("%s is %s here and %s there", c.attribute, escape.HCL(c.want), there))
	}
	if len(wrong) == 0 {
		return nil
	}
	remedy := "Write the same in both, or what is optional in the cart only; apply makes a changed partnercenter_cart again"
	if cart.Ordered() {
		remedy = fmt.Sprintf("The cart was ordered on %s: if that line has bought this subscription, and it was changed since, import it, and leave the cart as it is", words.Day(cart.LastModifiedTimestamp.Time))
	}
	return fmt.Errorf("the subscription and line %d of its cart differ: %s. %s", o.CartLine, strings.Join(wrong, ", "), remedy)
}

type compared struct{ attribute, want, got string }

// compareTerms is what is compared of the terms that a line is bought on. Of the attestation and the provisioning context an answer may say
// nothing, which is no difference.
func (o Order) compareTerms(line partnercenter.CartLine) []compared {
	asked := o.Line
	terms := []compared{
		{"promotion_id", asked.PromotionID, spelled(line.PromotionID, asked.PromotionID)}, {"partner_id", reseller(asked), reseller(line)},
		{"custom_term_end_date", day(asked.CustomTermEndDate), day(line.CustomTermEndDate)}, {"renews_to", renewal(asked), renewal(line)},
	}
	if !o.Unnamed {
		terms = append(terms, compared{"friendly_name", asked.FriendlyName, line.FriendlyName})
	}
	if asked.AttestationAccepted != nil && line.AttestationAccepted != nil {
		terms = append(terms, compared{"attestation_accepted", strconv.FormatBool(*asked.AttestationAccepted), strconv.FormatBool(*line.AttestationAccepted)})
	}
	if line.ProvisioningContext != nil {
		terms = append(terms, compared{"provisioning_context", pairs(asked.ProvisioningContext), pairs(line.ProvisioningContext)})
	}
	return terms
}

// day is the date of an end of term, however the service spells it; "" for none.
func day(at partnercenter.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.DateOnly)
}

// spelled is a code as another one spells it, where they are the same.
func spelled(code, as string) string {
	if code = strings.TrimSpace(code); strings.EqualFold(code, as) {
		return as
	}
	return code
}

func renewal(line partnercenter.CartLine) string {
	if line.RenewsTo == nil {
		return ""
	}
	return strings.ToUpper(line.RenewsTo.TermDuration)
}

func pairs(values map[string]string) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		all = append(all, name+" = "+values[name])
	}
	return strings.Join(all, ", ")
}

func productAndSku(catalogItemID string) string {
	parts := strings.SplitN(catalogItemID, ":", 3)
	return strings.Join(parts[:min(2, len(parts))], ":")
}

// findOrdered waits for the order of a cart that was checked out before, by this run or an earlier one. An error says that the line was
// not bought, and that this cart cannot buy it any more.
func (b Buyer) findOrdered(ctx context.Context, cart *PricedCart) (*checkedOut, error) {
	out := &checkedOut{cart: cart}
	err := b.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		found, err := b.lookUp(ctx, out)
		return found || err == nil && listsCaughtUp(b.Client, cart.cart), err
	})
	switch {
	case out.line != nil:
	case err == nil && len(cart.cart.LineItems) == 1:
		return nil, fmt.Errorf("cart %s was ordered on %s, and its order is not listed as what is asked for here. Look for it among the customer's subscriptions, and import it",
			cart.cart.ID, words.Day(cart.cart.LastModifiedTimestamp.Time))
	case err == nil:
		return nil, &usedCartError{fmt.Errorf("cart %s was ordered on %s, and none of its orders has its line %d",
			cart.cart.ID, words.Day(cart.cart.LastModifiedTimestamp.Time), cart.order.CartLine)}
	default:
		out.unknown = fmt.Sprintf("cart %s was ordered, but Partner Center does not list its order yet%s", cart.cart.ID, because(err))
	}
	return out, nil
}

// usedCartError is a refusal of a line whose cart was ordered all the same. It adds the way out: making the cart anew would buy its
// other lines a second time.
type usedCartError struct{ err error }

func (e *usedCartError) Error() string {
	return e.err.Error() + ". A cart is ordered only once: remove cart_id from this subscription to buy it by itself, or add another partnercenter_cart with this line alone"
}

func (e *usedCartError) Unwrap() error { return e.err }
