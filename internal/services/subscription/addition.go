// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// quoteAddition asks for the price, with a cart that nobody checks out.
func quoteAddition(ctx context.Context, client *partnercenter.Client, customerID string, a *spending.Addition) (spending.Quote, error) {
	if a.ProductID == "" {
		return spending.Quote{}, nil
	}
	p := &purchase{client: client, customerID: customerID, productID: a.ProductID, skuID: a.SkuID, line: a.Line, term: a.Term, billing: a.Billing}
	p.line.Quantity = partnercenter.Int(a.Among)
	if err := p.prepare(ctx); err != nil {
		return spending.Quote{}, err
	}
	return spending.LinePrice(p.cart.LineItems[0]).Part(a.Licenses, a.Among), nil
}

// planAddition sets the addition against the spending limit at plan time and says what it would cost, if the provider may quote prices.
func planAddition(ctx context.Context, a *spending.Addition, p *framework.Provider, customerID string, diags *diag.Diagnostics) string {
	if a == nil || !p.QuotePrices || diags.HasError() {
		return ""
	}
	price, err := quoteAddition(ctx, p.Client, customerID, a)
	if p.Ledger.Limit != nil {
		if err == nil {
			err = p.Ledger.Quote(price.Amount())
		} else {
			err = change.Unpriced(err)
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
	return planAddition(ctx, want.Buys(now), r.Provider, plan.CustomerID.ValueString(), diags)
}

// changeDeps is what changes need of a run.
func changeDeps(p *framework.Provider) change.Deps {
	return change.Deps{Client: p.Client, Ledger: p.Ledger, Claims: p.Claims, Quote: quoteAddition}
}
