// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"cmp"
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Comparison asks what a number of licenses would cost in each way that a SKU is sold.
type Comparison struct {
	CustomerID, ProductID, SkuID string
	TermDuration, BillingCycle   string // "" for all
	Quantity                     int64
	AttestationAccepted          bool
}

// PricedOption is one way to buy with its price, or with the reason why Partner Center does not sell it that way.
type PricedOption struct {
	catalog.TermOption

	Quote       spending.Quote
	Pricing     *partnercenter.Pricing // as the service says it; nil where it gives none
	PromotionID string                 // applied by the service
	Refusal     error
}

// Compare prices every way to buy: in one cart of a line for each, and alone what that cart refuses. It buys nothing. The offer is nil where it
// could not be read. An error says that there is nothing to compare.
func Compare(ctx context.Context, client *partnercenter.Client, asked Comparison) (*catalog.Offer, []PricedOption, error) {
	read := client.SharedAvailabilities
	for attempt := 1; ; attempt++ {
		offer, err := catalog.ReadOffer(ctx, read, asked.CustomerID, asked.ProductID, asked.SkuID)
		if err != nil {
			return nil, nil, err
		}
		options, err := asked.compare(ctx, client, offer)
		if attempt == rebuilds || !slices.ContainsFunc(options, func(o PricedOption) bool { return reissued(o.Refusal) }) {
			return offer, options, err
		}
		read = client.Availabilities // what was looked up earlier in the run is not sold any more
	}
}

// compare is Compare for an offer that has been looked up. The options stand beside an error where each of them is refused.
func (asked Comparison) compare(ctx context.Context, client *partnercenter.Client, offer *catalog.Offer) ([]PricedOption, error) {
	if err := CheckFamily(offer); err != nil {
		return nil, err
	}
	if err := offer.CheckQuantity(asked.Quantity); err != nil {
		return nil, err
	}
	fitting, err := offer.Fitting(asked.TermDuration, asked.BillingCycle)
	if err != nil {
		return nil, err
	}
	options := make([]PricedOption, len(fitting))
	for i, option := range fitting {
		options[i].TermOption = option
	}
	slices.SortStableFunc(options, shorterFirst)
	if err := asked.price(ctx, client, options); err != nil {
		return nil, err
	}
	if len(options) > 1 {
		if err := asked.priceRefused(ctx, client, options); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(options, func(o PricedOption) bool { return o.Refusal == nil }) {
		return options, nil
	}
	return options, options[0].Refusal
}

// shorterFirst orders ways to buy by their term, those without one last, and then by how often they are charged.
func shorterFirst(a, b PricedOption) int {
	length := func(o PricedOption) int64 { return cmp.Or(catalog.Months(o.TermDuration), math.MaxInt64) }
	charges := func(o PricedOption) int64 {
		n, _ := catalog.Charges(o.TermDuration, o.BillingCycle)
		return n
	}
	return cmp.Or(cmp.Compare(length(a), length(b)), cmp.Compare(charges(b), charges(a)))
}

// priceRefused prices alone what a shared cart refused: the reason may have been the other lines.
func (asked Comparison) priceRefused(ctx context.Context, client *partnercenter.Client, options []PricedOption) error {
	for i := range options {
		if options[i].Refusal == nil || reissued(options[i].Refusal) {
			continue
		}
		if err := asked.price(ctx, client, options[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// price makes one cart for the options and notes in each what came of its line. Its error is about more than what is in the cart.
func (asked Comparison) price(ctx context.Context, client *partnercenter.Client, options []PricedOption) error {
	lines := make([]partnercenter.CartLine, len(options))
	for i := range options {
		lines[i] = asked.line(i, options[i].TermOption)
	}
	cart, err := client.CreateCart(ctx, asked.CustomerID, CartRequest(lines...))
	if err != nil && !refusesLines(err) {
		return err
	}
	for i := range options {
		options[i].Refusal = err
		if err == nil {
			options[i].take(lines[i], cart)
		}
	}
	return nil
}

func (asked Comparison) line(id int, option catalog.TermOption) partnercenter.CartLine {
	line := partnercenter.CartLine{
		ID: partnercenter.Int(id), CatalogItemID: option.Availability.CatalogItemID, Quantity: partnercenter.Int(asked.Quantity),
		TermDuration: option.TermDuration, BillingCycle: option.BillingCycle,
	}
	if asked.AttestationAccepted {
		line.AttestationAccepted = new(true)
	}
	if sku := option.Availability.Sku; sku != nil && sku.IsTrial && len(option.Term.RenewalOptions) > 0 {
		line.RenewsTo = &partnercenter.RenewsTo{TermDuration: option.Term.RenewalOptions[0].TermDuration} // some trials are sold only with a term they turn into
	}
	return line
}

// refusesLines reports whether a cart failed for what is in it, so that another cart may do.
func refusesLines(err error) bool {
	failed, ok := errors.AsType[*partnercenter.Error](err)
	return ok && slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusConflict}, failed.StatusCode)
}

// take notes the price of the line that was asked for.
func (o *PricedOption) take(asked partnercenter.CartLine, cart *partnercenter.Cart) {
	at := slices.IndexFunc(cart.LineItems, func(got partnercenter.CartLine) bool { return got.ID == asked.ID && differs(asked, got) == "" })
	switch {
	case at < 0:
		o.Refusal = errors.New("the cart of Partner Center came back without it")
		return
	case cart.LineItems[at].Error != nil:
		o.Refusal = &LineError{cart.LineItems[at].Error} // without the IDs of the call: each reading of a data source would differ
		return
	}
	line := cart.LineItems[at]
	line.TermDuration, line.BillingCycle = asked.TermDuration, asked.BillingCycle
	o.Quote, o.Pricing, o.PromotionID = spending.LinePrice(line), line.Pricing, strings.TrimSpace(line.PromotionID)
}
