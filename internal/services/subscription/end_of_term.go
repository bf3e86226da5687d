// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// What happens at the end of the term has one source: end_of_term where it is configured, auto_renew_enabled elsewhere. end_of_term is
// never filled in, so a configuration that says auto_renew_enabled has nothing new in its plan; auto_renew_enabled follows from it.

// checkExtension refuses an extended service term of what has none, and says what one costs.
func (r *subscriptionResource) checkExtension(ctx context.Context, m *subscriptionmodel.Model, paidNewCommerce bool, diags *diag.Diagnostics) {
	if m.AtTermEnd() != change.TermEndExtend {
		return
	}
	if !paidNewCommerce {
		framework.Wrong(diags, path.Root(change.EndOfTerm), "No extended service term",
			"Only paid new-commerce subscriptions can go on in an extended service term; marketplace software and trials renew or end. Set end_of_term = %q or %q.", change.TermEndRenew, change.TermEndCancel)
		return
	}
	if diags.HasError() {
		return
	}
	title, text := words.ExtensionWanted(r.extensionPrice(ctx, m))
	diags.AddWarning(title+m.Subject(), text)
}

// extensionPrice is what a month of the extended service term costs at the prices of today, in words: the price of the monthly plan and
// 3 %, or 23 % where there is none. See reference/commerce.md#terms-of-the-extended-service-term.
func (r *subscriptionResource) extensionPrice(ctx context.Context, m *subscriptionmodel.Model) (monthly, surcharge string) {
	customerID, product, sku := m.CustomerID.ValueString(), m.ProductID.ValueString(), m.SkuID.ValueString()
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID, product, sku)
	if err != nil || m.Quantity.IsUnknown() {
		return "", ""
	}
	if _, err := o.Choose("P1M", "monthly"); err != nil {
		amount, currency := m.MonthlyPrice(ctx, &diag.Diagnostics{})
		return subscriptionmodel.AmountAMonth(amount.Mul(change.WithoutMonthlyPlan), currency), change.Surcharge(change.WithoutMonthlyPlan)
	}
	surcharge = change.Surcharge(change.WithMonthlyPlan)
	if !r.QuotePrices {
		return "", surcharge
	}
	quote, err := purchase.QuoteAddition(ctx, r.Client, customerID, &spending.Addition{
		ProductID: product, SkuID: sku, Term: "P1M", Billing: "monthly", Licenses: m.Quantity.ValueInt64(), Among: m.Quantity.ValueInt64(), Line: m.ToLaterLine(ctx, &diag.Diagnostics{}),
	})
	if err != nil || quote.Total == nil {
		return "", surcharge
	}
	return subscriptionmodel.AmountAMonth(quote.Total.Mul(change.WithMonthlyPlan), quote.Currency), surcharge
}

// warnOfExtension finds an extended service term that nobody asked for. Where auto_renew_enabled or end_of_term is configured the plan
// takes it back; elsewhere this is all that is said of it.
func warnOfExtension(ctx context.Context, before, m *subscriptionmodel.Model, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	facts := change.FactsOf(got)
	if facts.Ended() || facts.AutoRenew || !facts.ExtensionScheduled() || before.AtTermEnd() == change.TermEndExtend {
		return
	}
	amount, currency := m.MonthlyPrice(ctx, diags)
	title, text := words.ExtensionFound(facts.CommitmentEnd, facts.MayBeInExtendedTerm(), subscriptionmodel.AmountAMonth(amount.Mul(change.WithMonthlyPlan), currency))
	diags.AddWarning(title+m.Subject(), text)
}
