// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// buys is what reaching the desired state adds to a subscription, nil for nothing.
func (want desired) buys(got *partnercenter.Subscription) *spending.Addition {
	a := &spending.Addition{
		ProductID: got.ProductID(), SkuID: got.SkuID(), Term: got.TermDuration, Billing: strings.ToLower(comingBillingCycle(got)),
		Among: int64(got.Quantity), Line: want.purchaseLine,
	}
	if want.quantity != nil {
		a.Among = max(a.Among, *want.quantity)
	}
	a.Licenses = a.Among - int64(got.Quantity)
	if want.term != nil && *want.term != got.TermDuration {
		a.Term, a.Licenses = *want.term, a.Among
		if want.billing != nil {
			a.Billing = *want.billing
		}
	}
	if a.Licenses == 0 {
		return nil
	}
	return a
}

// planAddition sets the addition against the spending limit at plan time and says what it would cost, if the provider may quote prices.
func planAddition(ctx context.Context, a *spending.Addition, p *framework.Provider, customerID string, diags *diag.Diagnostics) string {
	if a == nil || !p.QuotePrices || diags.HasError() {
		return ""
	}
	price, err := purchase.QuoteAddition(ctx, p.Client, customerID, a)
	if p.Ledger.Limit != nil {
		if err == nil {
			err = p.Ledger.Quote(price.Amount())
		} else {
			err = spending.Unpriced(err)
		}
		if framework.Failed(diags, "stay within the spending limit", err) {
			return ""
		}
	}
	switch {
	case err != nil:
		return " What a purchase of the same would cost could not be found out: " + framework.Explain(err)
	case price.Unit == nil || price.Total == nil || price.Currency == "":
		return " Partner Center gives no price for it."
	}
	return fmt.Sprintf(" Bought today for a whole term, %s would cost %s before tax: %s each, billed %s.",
		words.Count(a.Licenses, "licence"), price.Money(*price.Total), price.Money(*price.Unit), words.Billing(a.Billing))
}

// planChangeAddition says what a planned change would cost, "" where it buys nothing or prices are not asked for.
func (r *subscriptionResource) planChangeAddition(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) string {
	now := &partnercenter.Subscription{
		OfferID: state.OfferID.ValueString(), Quantity: partnercenter.Int(state.Quantity.ValueInt64()),
		TermDuration: state.TermDuration.ValueString(), BillingCycle: state.BillingCycle.ValueString(),
	}
	want := plan.toDesired(ctx, diags)
	return planAddition(ctx, want.buys(now), r.Provider, plan.CustomerID.ValueString(), diags)
}

// within makes a change if what it buys stays within the spending limit. What was refused does not count, unless part of it was made.
func (want desired) within(ctx context.Context, p *framework.Provider, customerID string, got *partnercenter.Subscription,
	change func() (*partnercenter.Subscription, error),
) (*partnercenter.Subscription, error) {
	reserved, err := buyer(p).ReserveAddition(ctx, customerID, want.buys(got), nil)
	if err != nil {
		return got, err
	}
	after, err := change()
	_, accepted := errors.AsType[*partnercenter.NotAppliedError](err) // and may still show
	if err != nil && !accepted && !partnercenter.OutcomeUnknown(err) && after.Quantity == got.Quantity && after.TermDuration == got.TermDuration {
		reserved.GiveBack(nil)
	}
	return after, err
}

// resoldBy is the cart line of a purchase for the same indirect reseller.
func resoldBy(s *partnercenter.Subscription) partnercenter.CartLine {
	return partnercenter.CartLine{Participants: participants(types.StringValue(string(s.PartnerID)))}
}
