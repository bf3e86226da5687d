// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Commitment is the price in the plan, and what stands for the content of the cart it is about.
type Commitment struct {
	spending.Quote

	Refund, Margin, Cart string
}

// Committed reads the commitment; amounts that are not known are nil.
func (m *Model) Committed(ctx context.Context, diags *diag.Diagnostics) Commitment {
	if !framework.Known(m.Commitment) {
		return Commitment{}
	}
	var planned struct {
		UnitPrice types.String `tfsdk:"unit_price"`
		Total     types.String `tfsdk:"total"`
		Currency  types.String `tfsdk:"currency"`
		Refund    types.String `tfsdk:"refund"`
		Margin    types.String `tfsdk:"margin"`
		Cart      types.String `tfsdk:"cart"`
	}
	diags.Append(m.Commitment.As(ctx, &planned, basetypes.ObjectAsOptions{UnhandledUnknownAsEmpty: true})...)
	return Commitment{
		Quote:  spending.Quote{Currency: planned.Currency.ValueString(), Unit: framework.Amount(planned.UnitPrice), Total: framework.Amount(planned.Total)},
		Refund: planned.Refund.ValueString(), Margin: planned.Margin.ValueString(), Cart: planned.Cart.ValueString(),
	}
}

// Object is the commitment as it stands in plans: null where no price is known.
func (c Commitment) Object() types.Object {
	if c.Total == nil && c.Unit == nil && c.Cart == "" {
		return types.ObjectNull(CommitmentTypes)
	}
	return types.ObjectValueMust(CommitmentTypes, map[string]attr.Value{
		"unit_price": priceText(c.Unit), "total": priceText(c.Total), "currency": framework.String(c.Currency), "refund": framework.String(c.Refund), "margin": framework.String(c.Margin), "cart": framework.String(c.Cart),
	})
}

// priceText is an amount in its one form: two decimals at least.
func priceText(d *decimal.Decimal) types.String {
	if d == nil {
		return types.StringNull()
	}
	return types.StringValue(words.Plain(*d))
}

// Billed is the commitment with the unit price of another billing cycle of the same term: the total stays, and is charged in other parts.
func (c Commitment) Billed(before, after *Model) Commitment {
	was, knownBefore := catalog.Charges(before.TermDuration.ValueString(), before.BillingCycle.ValueString())
	is, knownAfter := catalog.Charges(after.TermDuration.ValueString(), after.BillingCycle.ValueString())
	if c.Unit == nil || !knownBefore || !knownAfter || was == is || !before.TermDuration.Equal(after.TermDuration) {
		return c
	}
	unit := c.Unit.Mul(decimal.NewFromInt(was)).Div(decimal.NewFromInt(is)).RoundUp(2)
	c.Unit = &unit
	return c
}

// Less is the commitment without some licenses, of which m has the number that is left. It is the most that these may cost: some of them may
// never have been bought here, and the last price is not that of each.
func (c Commitment) Less(licenses int64, m *Model) Commitment {
	charges, ok := catalog.Charges(m.TermDuration.ValueString(), m.BillingCycle.ValueString())
	if licenses <= 0 || c.Total == nil || c.Unit == nil || !ok {
		return c
	}
	one := c.Unit.Mul(decimal.NewFromInt(charges))
	left := decimal.Max(c.Total.Sub(one.Mul(decimal.NewFromInt(licenses))), one.Mul(decimal.NewFromInt(m.Quantity.ValueInt64())))
	left = decimal.Min(*c.Total, left)
	c.Total = &left
	return c
}

// Found is what is left of the commitment of a subscription that was changed outside of this configuration: licenses that were given back go
// from it, those that were added were not bought here, and what another product or term costs nobody knows.
func Found(ctx context.Context, before, after *Model, diags *diag.Diagnostics) types.Object {
	another := func(was, is types.String) bool {
		return framework.Known(was) && !strings.EqualFold(was.ValueString(), is.ValueString())
	}
	fewer := before.Quantity.ValueInt64() - after.Quantity.ValueInt64()
	switch {
	case another(before.ProductID, after.ProductID), another(before.SkuID, after.SkuID), another(before.TermDuration, after.TermDuration):
		return types.ObjectNull(CommitmentTypes)
	case fewer <= 0 && before.BillingCycle.Equal(after.BillingCycle), !framework.Known(after.Commitment):
		return after.Commitment
	}
	return after.Committed(ctx, diags).Billed(before, after).Less(fewer, after).Object()
}

// Reached is the commitment that a change has led to, also where only part of the change was made: the planned one as far as there is what it
// was for. Where the plan had no price, the one that was asked for before the change counts on top of what there was.
func Reached(ctx context.Context, before, plan, after *Model, asked spending.Quote, diags *diag.Diagnostics) Commitment {
	was, will := before.Committed(ctx, diags), plan.Committed(ctx, diags)
	newTerm := !plan.TermDuration.Equal(before.TermDuration)
	will = will.Billed(plan, after)
	if plan.Commitment.IsUnknown() {
		will = Commitment{Quote: asked, Refund: was.Refund, Margin: was.Margin}.Billed(before, after)
		if !newTerm {
			will.Quote = will.Plus(was.Amount())
		}
		if will.Amount() == nil {
			will = Commitment{}
		}
	}
	if newTerm && after.TermDuration.Equal(plan.TermDuration) || !newTerm && after.Quantity.ValueInt64() > before.Quantity.ValueInt64() {
		return will.Less(plan.Quantity.ValueInt64()-after.Quantity.ValueInt64(), after)
	}
	return was.Billed(before, after).Less(before.Quantity.ValueInt64()-after.Quantity.ValueInt64(), after)
}

// Added is what a plan adds to the commitment, nil where that is not known, or nothing.
func Added(ctx context.Context, state, plan *Model, diags *diag.Diagnostics) *spending.Amount {
	was, will := state.Committed(ctx, diags), plan.Committed(ctx, diags)
	if !framework.Known(plan.Commitment) || will.Total == nil {
		return nil
	}
	sum := *will.Total
	if was.Total != nil && plan.TermDuration.Equal(state.TermDuration) {
		sum = sum.Sub(*was.Total)
	}
	return &spending.Amount{Value: sum, Currency: will.Currency}
}

// Monthly is what a subscription costs a month, in words; "" where that is not known.
func (m *Model) Monthly(ctx context.Context, diags *diag.Diagnostics) string {
	return AmountAMonth(m.MonthlyPrice(ctx, diags))
}

// MonthlyPrice is what a subscription costs a month; without a currency where that is not known.
func (m *Model) MonthlyPrice(ctx context.Context, diags *diag.Diagnostics) (amount decimal.Decimal, currency string) {
	price := m.Committed(ctx, diags)
	charges, ok := catalog.Charges(m.TermDuration.ValueString(), m.BillingCycle.ValueString())
	months := catalog.Months(m.TermDuration.ValueString())
	if price.Unit == nil || price.Currency == "" || !ok || months == 0 {
		return decimal.Zero, ""
	}
	term := price.Unit.Mul(decimal.NewFromInt(m.Quantity.ValueInt64())).Mul(decimal.NewFromInt(charges))
	return term.Div(decimal.NewFromInt(months)), price.Currency
}

// AmountAMonth is such a price in words.
func AmountAMonth(amount decimal.Decimal, currency string) string {
	if amount.IsZero() || currency == "" {
		return ""
	}
	return words.Amount(amount.Round(2), currency) + " a month"
}
