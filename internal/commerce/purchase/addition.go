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

// ReserveAddition sets an addition against the spending limit before it is made. Its price is the planned one where a plan has quoted it,
// which Terraform holds apply to, and which was within the subscription's own limit; otherwise Partner Center is asked, if there is a limit.
func (b Buyer) ReserveAddition(ctx context.Context, customerID string, a *spending.Addition, planned *spending.Amount) (*spending.Reservation, error) {
	switch {
	case a == nil || b.Ledger.Limit == nil && (a.Limit == nil || planned != nil):
		return &spending.Reservation{}, nil
	case planned != nil:
		return b.Ledger.Reserve(planned)
	}
	price, err := QuoteAddition(ctx, b.Client, customerID, a)
	if err != nil {
		return nil, a.Unpriced(b.Ledger, err)
	}
	if b.Asked != nil {
		*b.Asked = price
	}
	if err := a.Limit.Check(price.Plus(a.Committed)); err != nil || b.Ledger.Limit == nil {
		return &spending.Reservation{}, err
	}
	return b.Ledger.Reserve(price.Amount())
}
