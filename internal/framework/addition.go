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
	if RefuseAboveLimit(diags, a.Limit.Check(price.Plus(a.Committed))) {
		return ""
	}
	if p.Ledger.Limit != nil {
		if err == nil {
			err = p.Ledger.Quote(price.Amount())
		} else {
			err = spending.Unpriced(err)
		}
		if Failed(diags, "stay within the spending limit", err) {
			return ""
		}
	}
	switch {
	case err != nil:
		return " What a purchase of the same would cost could not be found out: " + Explain(err)
	case price.Unit == nil || price.Total == nil || price.Currency == "":
		return " Partner Center gives no price for it."
	}
	return fmt.Sprintf(" Bought today for a whole term, %s would cost %s before tax: %s each, billed %s.",
		words.Count(a.Licenses, "license"), price.Money(*price.Total), price.Money(*price.Unit), words.Billing(a.Billing))
}
