// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

// SayAddition sets an addition against the spending limit at plan time and says what it would cost, if the provider may quote prices.
func SayAddition(ctx context.Context, a *spending.Addition, p *Provider, customerID string, diags *diag.Diagnostics) string {
	if a == nil || !p.QuotePrices || diags.HasError() {
		return ""
	}
	price, err := purchase.QuoteAddition(ctx, p.Client, customerID, a)
	switch {
	case p.RefuseAddition(diags, a, price, err):
		return ""
	case err != nil:
		return " What a purchase of the same would cost could not be found out: " + Explain(err)
	case price.Unit == nil || price.Total == nil || price.Currency == "":
		return " Partner Center gives no price for it."
	}
	return fmt.Sprintf(" Bought today for a whole term, %s would cost %s before tax: %s each, billed %s.",
		words.Count(a.Licenses, "license"), price.Money(*price.Total), price.Money(*price.Unit), words.Billing(a.Billing))
}

// RefuseAddition refuses at plan time what is above a limit at this price, and where there is a limit, what has no price, because of err.
func (p *Provider) RefuseAddition(diags *diag.Diagnostics, a *spending.Addition, price spending.Quote, err error) bool {
	if err != nil {
		return Failed(diags, "stay within the limit", a.Unpriced(p.Ledger, err))
	}
	if RefuseAboveLimit(diags, a.Limit.Check(price.Plus(a.Committed))) {
		return true
	}
	return Failed(diags, "stay within the spending limit", p.Ledger.Quote(price.Amount()))
}
