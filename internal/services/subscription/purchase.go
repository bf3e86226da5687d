// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// purchase buys one subscription exactly once. Its steps, and how each can end:
//
//	choose          -> refused (not sold that way, quantity outside the limits)
//	cart            -> refused (line error); a re-issued availability is looked up again
//	price           -> refused (above a limit, or unknown)
//	bought before?  -> adopted | refused
//	checkout        -> order | refused | unclear; a re-issued availability goes back to the cart
//	look            -> order | nothing bought | unknown; only after an unclear checkout
//	order           -> subscription | refused (the order failed) | unknown
//	subscription    -> bought | unknown
//
// Up to the checkout nothing has been committed to, and cancelling stops the purchase. Once the checkout has left, the rest
// runs to its own end: its outcome is money. "Refused" and "nothing bought" are errors, and certain. "Unknown" is not an error: an
// error would taint the resource, and the next apply would buy again.
type purchase struct {
	client *partnercenter.Client
	ledger *spending.Ledger
	claims *spending.Claims

	patience   time.Duration // how long the outcome of the checkout is waited for
	customerID string
	productID  string
	skuID      string
	line       partnercenter.CartLine // as configured: everything but the catalog item and the plan
	term       string                 // "" where the SKU sells only one
	billing    string
	limit      *spending.PriceLimit
	onExisting string
	replaces   bool // may stand beside the subscription it replaces

	cartID   string // buy this line of this cart instead of making one
	cartLine int64

	offer  *catalog.Offer
	option catalog.TermOption
	cart   *partnercenter.Cart
	index  int // of the line in the cart
	found  *found

	release   func() // lets other purchases of the same thing go on
	elsewhere bool   // the checkout ordered other lines of the cart, and refused this one
}

// receipt is what is known of a purchase when it ends without an error.
type receipt struct {
	CartID       string
	CartLine     int64
	OrderID      string
	OrderLine    int64
	Subscription *partnercenter.Subscription // nil while it is not known
	Price        spending.Quote
	Adopted      bool
	Unknown      string                       // why the subscription is not known yet
	Twins        []partnercenter.Subscription // bought at the same moment by somebody else
}

const (
	// rebuilds is how often a cart is built anew because the availability was re-issued meanwhile.
	rebuilds = 3
)

// buy goes through the steps. An error says that nothing was bought.
func (p *purchase) buy(ctx context.Context) (*receipt, error) {
	if p.cartID != "" {
		return p.buyFromCart(ctx)
	}
	if p.onExisting == adopt { // it needs no cart then, and the product need not be sold any more
		if adopted, err := p.boughtBefore(ctx); err != nil || adopted != nil {
			return adopted, err
		}
	}
	for attempt := 1; ; attempt++ {
		got, err := p.buyOnce(ctx)
		if !reissued(err) {
			return got, err
		}
		if attempt == rebuilds {
			return nil, fmt.Errorf("in %d attempts Partner Center listed %s anew each time before it could be bought: %w", rebuilds, p.offer.Name(), err)
		}
	}
}

func (p *purchase) buyOnce(ctx context.Context) (*receipt, error) {
	if err := p.choose(ctx); err != nil {
		return nil, err
	}
	if err := p.fillCart(ctx); err != nil {
		return nil, err
	}
	return p.commit(ctx)
}

// nothingBought says so in every error of buy, whatever step it comes from. The steps leave it out: a plan takes some of them too.
func nothingBought(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("nothing was bought: %w", err)
}

// boughtBefore finds the purchase of a run that broke off, or one made by hand.
func (p *purchase) boughtBefore(ctx context.Context) (*receipt, error) {
	if p.onExisting == purchaseAnother {
		return nil, nil
	}
	all, err := p.client.Subscriptions(ctx, p.customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	found := boughtBefore(p.claims.Seen(p.customerID, all), p.claims, p.productID, p.skuID, p.line.FriendlyName)
	if p.replaces { // one with another term is what this purchase replaces, not its twin
		found = slices.DeleteFunc(found, func(s partnercenter.Subscription) bool { return p.term != "" && s.TermDuration != p.term })
	}
	switch {
	case len(found) == 0:
		return nil, nil
	case p.onExisting == adopt && len(found) == 1:
		if !p.claims.Claim(found[0].ID, anyLine) {
			return nil, fmt.Errorf("on_existing is %q, and another resource of this run has adopted subscription %s already: give each its own friendly_name", adopt, found[0].ID)
		}
		p.claims.Bought(found[0].ID)
		return &receipt{Subscription: &found[0], OrderID: found[0].OrderID, Adopted: true}, nil
	}
	return nil, errors.New(refuseExisting(p.onExisting, p.customerID, found))
}

func (p *purchase) choose(ctx context.Context) error {
	var err error
	if p.offer, err = catalog.ReadOffer(ctx, p.client.Availabilities, p.customerID, p.productID, p.skuID); err != nil {
		return err
	}
	if err := p.offer.CheckQuantity(int64(p.line.Quantity)); err != nil {
		return err
	}
	if p.option, err = p.offer.Choose(p.term, p.billing); err != nil {
		return err
	}
	return catalog.CheckPromotion(ctx, p.client, p.customerID, p.option, p.line)
}

// prepare fills a cart of what is sold today.
func (p *purchase) prepare(ctx context.Context) error {
	for attempt := 1; ; attempt++ {
		err := p.choose(ctx)
		if err == nil {
			err = p.fillCart(ctx)
		}
		if attempt == rebuilds || !reissued(err) {
			return err
		}
	}
}

func (p *purchase) fillCart(ctx context.Context) error {
	line := p.line
	line.CatalogItemID = p.option.Availability.CatalogItemID
	line.TermDuration, line.BillingCycle = p.option.TermDuration, p.option.BillingCycle
	cart, err := p.client.CreateCart(ctx, p.customerID, cartOf(line))
	if err != nil {
		return err
	}
	if len(cart.LineItems) != 1 {
		return fmt.Errorf("cart %s came back with %d products instead of one. Run again, and if it stays so, ask Microsoft's support about it", cart.ID, len(cart.LineItems))
	}
	p.cart = cart
	got := cart.LineItems[0]
	if got.Error != nil {
		return &lineError{got.Error}
	}
	if int64(got.Quantity) != int64(line.Quantity) || got.CatalogItemID != line.CatalogItemID {
		return fmt.Errorf("cart %s came back with %d of %s instead of %d of %s. Run again, and if it stays so, ask Microsoft's support about it",
			cart.ID, got.Quantity, got.CatalogItemID, line.Quantity, line.CatalogItemID)
	}
	return p.limit.Check(spending.LinePrice(got))
}

func cartOf(line partnercenter.CartLine) partnercenter.CartRequest {
	return partnercenter.CartRequest{LineItems: []partnercenter.CartLine{line}, PartnerOnRecordAttestationAccepted: attested(nil, line)}
}

// attested confirms for a line with a reseller that it is the partner on record; an indirect provider has to.
func attested(before *bool, line partnercenter.CartLine) *bool {
	if len(line.Participants) == 0 {
		return before
	}
	yes := true
	return &yes
}

// lineError is a cart line that cannot be bought as it is.
type lineError struct{ found *partnercenter.CartLineError }

func (e *lineError) Error() string {
	return fmt.Sprintf("Partner Center does not sell this: %s (code %s)", strings.TrimSuffix(e.found.ErrorDescription, "."), e.found.ErrorCode)
}

// Unwrap gives the line's code its remedy.
func (e *lineError) Unwrap() error { return e.found }

// reissued reports that the availability has got a new id since it was looked up.
func reissued(err error) bool {
	if line, ok := errors.AsType[*lineError](err); ok {
		code := string(line.found.ErrorCode)
		return code == "10001" || strings.EqualFold(strings.ReplaceAll(code, "_", ""), "catalogitemidisnotvalid")
	}
	return partnercenter.HasCode(err, "400019")
}

// commit spends the money, and from then on finishes whatever happens to the caller's context. The last look at what the customer has
// comes right before it: another process that buys the same thing has to be caught in the time of one request.
func (p *purchase) commit(ctx context.Context) (*receipt, error) {
	p.alone()
	defer p.release()
	if adopted, err := p.boughtBefore(ctx); err != nil || adopted != nil {
		return adopted, err
	}
	giveBack, err := p.ledger.Spend(cartTotal(p.cart))
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		giveBack()
		return nil, fmt.Errorf("the run was stopped before the checkout: %w", err)
	}
	ctx, cancel := wait.Finishing(ctx, p.client, p.patience)
	defer cancel()

	got, since := p.receipt(), p.client.ServiceTime()
	if err := p.checkOut(ctx, got); err != nil {
		giveBack()
		return nil, err
	}
	got.Twins = p.twins(ctx, since)
	return got, nil
}

// alone waits until no other resource of this run is about to buy the same thing: it would take that purchase for an earlier one.
func (p *purchase) alone() {
	lock := p.claims.LockFor(strings.ToLower(fmt.Sprint(p.customerID, "/", p.productID, ":", p.skuID, "/", p.line.FriendlyName)))
	lock.Lock()
	p.release = sync.OnceFunc(lock.Unlock)
}

// receipt is what is known before the checkout.
func (p *purchase) receipt() *receipt {
	line := p.cart.LineItems[p.index]
	return &receipt{CartID: p.cart.ID, CartLine: int64(line.ID), Price: spending.LinePrice(line)}
}

// cartTotal is what the checkout of a cart commits to, nil where a line has no price.
func cartTotal(cart *partnercenter.Cart) *spending.Amount {
	var sum *spending.Amount
	for _, line := range cart.LineItems {
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
