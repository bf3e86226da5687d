// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// buyFromCart buys one line of a cart that was made before. The cart is the key: whoever comes first checks all of it out, everybody else,
// a later run included, finds it ordered and only looks for the line. So nothing is bought twice, whatever dies when.
func (b Buyer) buyFromCart(ctx context.Context, order Order) (*Receipt, error) {
	lock := b.Claims.LockFor(order.CartID)
	lock.Lock()
	defer lock.Unlock()
	cart, err := ReadCart(ctx, b.Client, order)
	if partnercenter.IsNotFound(err) { // what it bought before it expired is still there
		if refused := b.refuseEarlier(ctx, order); refused != nil {
			return nil, refused
		}
	}
	if err != nil {
		return nil, err
	}
	if why := b.refusedBefore(cart); why != nil {
		return nil, &usedCartError{why}
	}
	if cart.cart.Ordered() {
		out, err := b.findOrdered(ctx, cart)
		if err != nil {
			return nil, err
		}
		return b.receive(ctx, out)
	}
	for _, line := range cart.cart.LineItems {
		if line.Error != nil {
			return nil, &LineError{line.Error}
		}
	}
	if content, known := b.Claims.CartContent(order.CartID); known && content != cart.Content() {
		return nil, fmt.Errorf("cart %s holds something else than its partnercenter_cart, so nothing of it is bought. Make it anew with terraform apply -replace on partnercenter_cart", order.CartID)
	}
	got, err := b.commit(ctx, cart)
	if _, used := errors.AsType[*usedCartError](err); !used && reissued(err) {
		return nil, fmt.Errorf("%w. The catalogue has changed since the cart was made: make the cart anew with terraform apply -replace on partnercenter_cart", err)
	}
	return got, err
}

// ReadCart reads the cart and compares its line with what is ordered.
func ReadCart(ctx context.Context, client *partnercenter.Client, order Order) (*PricedCart, error) {
	cart, err := client.Cart(ctx, order.CustomerID, order.CartID)
	if partnercenter.IsNotFound(err) {
		return nil, fmt.Errorf("cart %s has expired: make it anew with terraform apply -replace on partnercenter_cart: %w", order.CartID, err)
	}
	if err != nil {
		return nil, err
	}
	for i, line := range cart.LineItems {
		if int64(line.ID) == order.CartLine {
			option := catalog.TermOption{TermDuration: line.TermDuration, BillingCycle: strings.ToLower(line.BillingCycle)}
			return &PricedCart{order: order, option: option, cart: cart, index: i}, order.compare(line)
		}
	}
	return nil, fmt.Errorf("cart %s has no line %d: cart_line_item counts from 0, and the cart has %s", order.CartID, order.CartLine, words.Count(int64(len(cart.LineItems)), "line"))
}

// compare refuses a line of a cart that is not what is ordered.
func (o Order) compare(line partnercenter.CartLine) error {
	var wrong []string
	for _, c := range []struct{ attribute, want, got string }{
		{"product_id and sku_id", o.ProductID + ":" + o.SkuID, productAndSku(line.CatalogItemID)},
		{"quantity", fmt.Sprint(o.Line.Quantity), fmt.Sprint(line.Quantity)},
		{"term_duration", o.TermDuration, line.TermDuration},
		{"billing_cycle", o.BillingCycle, strings.ToLower(line.BillingCycle)},
		{"friendly_name", o.Line.FriendlyName, line.FriendlyName},
	} {
		if c.want != "" && c.want != c.got {
			wrong = append(wrong, fmt.Sprintf("%s is %q here and %q there", c.attribute, c.want, c.got))
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the subscription and line %d of its cart differ: %s. Write the same in both; apply makes a changed partnercenter_cart anew", o.CartLine, strings.Join(wrong, ", "))
	}
	return nil
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
