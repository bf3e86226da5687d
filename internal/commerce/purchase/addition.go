// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// QuoteAddition asks what an addition would cost as a purchase of its own, with a cart that nobody checks out.
func QuoteAddition(ctx context.Context, client *partnercenter.Client, customerID string, a *spending.Addition) (spending.Quote, error) {
	if a.ProductID == "" {
		return spending.Quote{}, nil
	}
	order := Order{CustomerID: customerID, ProductID: a.ProductID, SkuID: a.SkuID, TermDuration: a.Term, BillingCycle: a.Billing, Line: a.Line}
	order.Line.Quantity = partnercenter.Int(a.Among)
	cart, err := Price(ctx, client, order)
	if err != nil {
		return spending.Quote{}, err
	}
	return cart.Quote().Part(a.Licenses, a.Among), nil
}

// SpendAddition sets an addition against the spending limit before it is made. The returned function gives it back if it is not made
// after all. Nothing is asked where there is no addition or no limit.
func (b Buyer) SpendAddition(ctx context.Context, customerID string, a *spending.Addition) (giveBack func(), err error) {
	if a == nil || b.Ledger.Limit == nil {
		return func() {}, nil
	}
	price, err := QuoteAddition(ctx, b.Client, customerID, a)
	if err != nil {
		return nil, spending.Unpriced(err)
	}
	return b.Ledger.Spend(price.Amount())
}
