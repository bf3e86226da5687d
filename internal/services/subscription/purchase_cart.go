// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// buyFromCart buys one line of a cart that is in the state already. The cart is the key: whoever comes first checks all of it out,
// everybody else, a later run included, finds it ordered and only looks for the line. So nothing is bought twice, whatever dies when.
func (p *purchase) buyFromCart(ctx context.Context) (*receipt, error) {
	lock := p.claims.LockFor(p.cartID)
	lock.Lock()
	defer lock.Unlock()
	err := p.takeLine(ctx)
	if partnercenter.IsNotFound(err) { // what it bought before it expired is still there
		if adopted, found := p.boughtBefore(ctx); adopted != nil || found != nil {
			return adopted, found
		}
	}
	if err != nil {
		return nil, err
	}
	if why := p.refusedBefore(); why != nil {
		return nil, p.notFromThisCart(why)
	}
	if p.cart.Ordered() {
		return p.lookForLine(ctx)
	}
	for _, line := range p.cart.LineItems {
		if line.Error != nil {
			return nil, &lineError{line.Error}
		}
	}
	if err := p.limit.Check(spending.LinePrice(p.cart.LineItems[p.index])); err != nil {
		return nil, err
	}
	got, err := p.commit(ctx)
	switch {
	case err != nil && (p.found != nil || p.elsewhere):
		return nil, p.notFromThisCart(err)
	case reissued(err):
		return nil, fmt.Errorf("%w. The catalogue has changed since the cart was made: make the cart anew with terraform apply -replace on partnercenter_cart", err)
	}
	return got, err
}

// takeLine reads the cart and compares its line with what the subscription is configured to be.
func (p *purchase) takeLine(ctx context.Context) error {
	cart, err := p.client.Cart(ctx, p.customerID, p.cartID)
	if partnercenter.IsNotFound(err) {
		return fmt.Errorf("cart %s has expired: make it anew with terraform apply -replace on partnercenter_cart: %w", p.cartID, err)
	}
	if err != nil {
		return err
	}
	p.cart = cart
	for i, line := range cart.LineItems {
		if int64(line.ID) == p.cartLine {
			p.index = i
			p.option = catalog.TermOption{TermDuration: line.TermDuration, BillingCycle: strings.ToLower(line.BillingCycle)}
			return p.compareLine(line)
		}
	}
	return fmt.Errorf("cart %s has no line %d: cart_line_item counts from 0, and the cart has %s", p.cartID, p.cartLine, words.Count(int64(len(cart.LineItems)), "line"))
}

func (p *purchase) compareLine(line partnercenter.CartLine) error {
	var wrong []string
	for _, c := range []struct{ attribute, want, got string }{
		{"product_id and sku_id", p.productID + ":" + p.skuID, productAndSku(line.CatalogItemID)},
		{"quantity", fmt.Sprint(p.line.Quantity), fmt.Sprint(line.Quantity)},
		{"term_duration", p.term, line.TermDuration},
		{"billing_cycle", p.billing, strings.ToLower(line.BillingCycle)},
		{"friendly_name", p.line.FriendlyName, line.FriendlyName},
	} {
		if c.want != "" && c.want != c.got {
			wrong = append(wrong, fmt.Sprintf("%s is %q here and %q there", c.attribute, c.want, c.got))
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("the subscription and line %d of its cart differ: %s. Write the same in both; apply makes a changed partnercenter_cart anew", p.cartLine, strings.Join(wrong, ", "))
	}
	return nil
}

func productAndSku(catalogItemID string) string {
	parts := strings.SplitN(catalogItemID, ":", 3)
	return strings.Join(parts[:min(2, len(parts))], ":")
}

// lookForLine waits for the order of a cart that was checked out before, by this run or an earlier one. An error says that the line was
// not bought, and that this cart cannot buy it any more.
func (p *purchase) lookForLine(ctx context.Context) (*receipt, error) {
	got := p.receipt()
	err := p.client.Poll(ctx, func(ctx context.Context) (bool, error) {
		found, err := p.look(ctx)
		return found || err == nil && listsCaughtUp(p.client, p.cart), err
	})
	switch {
	case p.found != nil:
		if failed := p.follow(ctx, got); failed != nil {
			return nil, p.notFromThisCart(failed)
		}
	case err == nil:
		return nil, p.notFromThisCart(fmt.Errorf("cart %s was ordered on %s, and none of its orders has its line %d",
			p.cart.ID, words.Day(p.cart.LastModifiedTimestamp.Time), p.cartLine))
	default:
		got.Unknown = fmt.Sprintf("cart %s was ordered, but Partner Center does not list its order yet%s", p.cart.ID, because(err))
	}
	return got, nil
}

// notFromThisCart adds the way out: making the cart anew would buy its other lines a second time.
func (p *purchase) notFromThisCart(why error) error {
	return fmt.Errorf("%w. A cart is ordered only once: remove cart_id from this subscription to buy it by itself, or add another partnercenter_cart with this line alone", why)
}
