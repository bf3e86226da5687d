// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// addition is what a change of a subscription buys: more licences for the rest of its term, a new term for all of them, another product.
// No answer of Partner Center tells the price of a change beforehand, so it counts as a purchase of the same for a whole term would, at
// the price of a cart: that is not less than what the change costs, but for a price that has fallen since.
type addition struct {
	productID, skuID string // "" for legacy offers, which no cart can price
	term, billing    string
	licences         int64                  // that are paid for
	among            int64                  // licences that the subscription has afterwards: prices may depend on it
	line             partnercenter.CartLine // what else a purchase of the same has to say
}

// buys is what reaching the desired state adds to a subscription, nil for nothing.
func (want desired) buys(got *partnercenter.Subscription) *addition {
	a := &addition{
		productID: got.ProductID(), skuID: got.SkuID(), term: got.TermDuration, billing: strings.ToLower(comingBillingCycle(got)),
		among: int64(got.Quantity), line: want.purchaseLine,
	}
	if want.quantity != nil {
		a.among = max(a.among, *want.quantity)
	}
	a.licences = a.among - int64(got.Quantity)
	if want.term != nil && *want.term != got.TermDuration {
		a.term, a.licences = *want.term, a.among
		if want.billing != nil {
			a.billing = *want.billing
		}
	}
	if a.licences == 0 {
		return nil
	}
	return a
}

// quote asks for the price, with a cart that nobody checks out.
func (a *addition) quote(ctx context.Context, client *partnercenter.Client, customerID string) (quote, error) {
	if a.productID == "" {
		return quote{}, nil
	}
	p := &purchase{client: client, customerID: customerID, productID: a.productID, skuID: a.skuID, line: a.line, term: a.term, billing: a.billing}
	p.line.Quantity = partnercenter.Int(a.among)
	if err := p.prepare(ctx); err != nil {
		return quote{}, err
	}
	return quoted(p.cart.LineItems[0]).of(a.licences, a.among), nil
}

// of is the price of some licences of a line.
func (q quote) of(licences, all int64) quote {
	if q.total != nil {
		part := q.total.Mul(decimal.NewFromInt(licences)).Div(decimal.NewFromInt(all)).RoundUp(2)
		q.total = &part
	}
	return q
}

// plan sets the addition against the spending limit at plan time and says what it would cost, if the provider may quote prices.
func (a *addition) plan(ctx context.Context, p *framework.Provider, customerID string, diags *diag.Diagnostics) string {
	if a == nil || !p.Run.QuotePrices || diags.HasError() {
		return ""
	}
	price, err := a.quote(ctx, p.Client, customerID)
	if p.Run.SpendingLimit != nil {
		if err == nil {
			err = p.Run.Quote(price.spending())
		} else {
			err = unpriced(err)
		}
		if framework.Failed(diags, "stay within the spending limit", err) {
			return ""
		}
	}
	switch {
	case err != nil:
		return " What a purchase of the same would cost could not be found out: " + framework.Explain(err)
	case price.unit == nil || price.total == nil || price.currency == "":
		return " Partner Center gives no price for it."
	}
	return fmt.Sprintf(" Bought today for a whole term, %s would cost %s before tax: %s each, billed %s.",
		counted(a.licences, "licence"), price.money(*price.total), price.money(*price.unit), billingWords(a.billing))
}

// spend sets the addition against the spending limit before it is made. The returned function gives it back if it is not made after all.
func (a *addition) spend(ctx context.Context, p *framework.Provider, customerID string) (giveBack func(), err error) {
	if a == nil || p.Run.SpendingLimit == nil {
		return func() {}, nil
	}
	price, err := a.quote(ctx, p.Client, customerID)
	if err != nil {
		return nil, unpriced(err)
	}
	return p.Run.Spend(price.spending())
}

func unpriced(err error) error {
	if _, kept := errors.AsType[*partnercenter.RefusedError](err); kept { // read_only and the like say it better
		return err
	}
	return fmt.Errorf("the provider has a spending_limit, and what this costs cannot be found out. %s. Why: %w", framework.WithoutLimit, err)
}

// planAddition says what a planned change would cost, "" where it buys nothing or prices are not asked for.
func (r *subscriptionResource) planAddition(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) string {
	now := &partnercenter.Subscription{
		OfferID: state.OfferID.ValueString(), Quantity: partnercenter.Int(state.Quantity.ValueInt64()),
		TermDuration: state.TermDuration.ValueString(), BillingCycle: state.BillingCycle.ValueString(),
	}
	want := plan.toDesired(ctx, diags)
	return want.buys(now).plan(ctx, r.Provider, plan.CustomerID.ValueString(), diags)
}

// within makes a change if what it buys stays within the spending limit. What was refused does not count, unless part of it was made.
func (want desired) within(ctx context.Context, p *framework.Provider, customerID string, got *partnercenter.Subscription,
	change func() (*partnercenter.Subscription, error),
) (*partnercenter.Subscription, error) {
	giveBack, err := want.buys(got).spend(ctx, p, customerID)
	if err != nil {
		return got, err
	}
	after, err := change()
	if err != nil && !partnercenter.OutcomeUnknown(err) && after.Quantity == got.Quantity && after.TermDuration == got.TermDuration {
		giveBack()
	}
	return after, err
}

// resoldBy is the cart line of a purchase for the same indirect reseller.
func resoldBy(s *partnercenter.Subscription) partnercenter.CartLine {
	return partnercenter.CartLine{Participants: participants(types.StringValue(string(s.PartnerID)))}
}
