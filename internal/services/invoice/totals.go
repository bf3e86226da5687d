// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// totalModel is the sum of the charges in one currency.
type totalModel struct {
	Currency         types.String `tfsdk:"currency"`
	LineItems        types.Int64  `tfsdk:"line_items"`
	Subtotal         types.String `tfsdk:"subtotal"`
	TaxTotal         types.String `tfsdk:"tax_total"`
	TotalForCustomer types.String `tfsdk:"total_for_customer"`
}

func totalAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"currency":           framework.ShownText("Currency of the sums, ISO 4217."),
		"line_items":         schema.Int64Attribute{Computed: true, MarkdownDescription: "How many charges were summed."},
		"subtotal":           framework.ShownText("Sum before tax, an exact decimal: of `subtotal`, for usage of `billing_pre_tax_total`, for legacy charges without either of `amount`."),
		"tax_total":          framework.ShownText("Sum of the taxes, an exact decimal."),
		"total_for_customer": framework.ShownText("Sum with tax, an exact decimal; for charges that do not say it, `subtotal` and `tax_total`."),
	}
}

// totals are the sums by currency.
type totals map[string]*total

type total struct {
	lines                int64
	subtotal, tax, whole decimal.Decimal
}

func (t totals) add(l *partnercenter.InvoiceLineItem) {
	currency := cmp.Or(l.Currency, l.BillingCurrency)
	sum := t[currency]
	if sum == nil {
		sum = &total{}
		t[currency] = sum
	}
	before, tax := firstOf(l.Subtotal, l.BillingPreTaxTotal, l.Amount), firstOf(l.TaxTotal)
	sum.lines++
	sum.subtotal, sum.tax = sum.subtotal.Add(before), sum.tax.Add(tax)
	with := before.Add(tax)
	sum.whole = sum.whole.Add(firstOf(l.TotalForCustomer, &with))
}

func firstOf(amounts ...*decimal.Decimal) decimal.Decimal {
	if said := cmp.Or(amounts...); said != nil {
		return *said
	}
	return decimal.Zero
}

func (t totals) shown() []totalModel {
	all := []totalModel{}
	for _, currency := range slices.Sorted(maps.Keys(t)) {
		sum := t[currency]
		all = append(all, totalModel{
			Currency: framework.String(currency), LineItems: types.Int64Value(sum.lines),
			Subtotal: framework.Decimal(&sum.subtotal), TaxTotal: framework.Decimal(&sum.tax), TotalForCustomer: framework.Decimal(&sum.whole),
		})
	}
	return all
}

// sayNothingFound keeps an empty answer from reading as "nothing was charged". An invoice that names the kind of charges and an amount
// contradicts it.
func (m *lineItemsModel) sayNothingFound(diags *diag.Diagnostics, invoice *partnercenter.Invoice) {
	if invoice == nil {
		diags.AddWarning("No charges were found, which does not say that nothing was charged",
			"Microsoft answered with no charges at all: they may not have been prepared yet, or be of another billing_provider, invoice_line_item_type or currency_code. Look again later, or in Partner Center's portal.")
		return
	}
	provider, kind := cmp.Or(m.BillingProvider.ValueString(), "one_time"), cmp.Or(m.InvoiceLineItemType.ValueString(), "billing_line_items")
	named := slices.ContainsFunc(invoice.InvoiceDetails, func(d partnercenter.InvoiceDetail) bool {
		return (sameValue(provider, "all") || sameValue(d.BillingProvider, provider)) && sameValue(d.InvoiceLineItemType, kind)
	})
	amount := "an amount it does not say"
	if invoice.TotalCharges != nil {
		amount = invoice.TotalCharges.String() + " " + invoice.CurrencyCode
	}
	text := fmt.Sprintf("Microsoft answered with no charges of billing_provider %q and invoice_line_item_type %q, but invoice %s charges %s.", provider, kind, invoice.ID, amount)
	switch {
	case named && (invoice.TotalCharges == nil || !invoice.TotalCharges.IsZero()):
		diags.AddError("The invoice's charges are missing", text+" Its invoice_details name such charges, so the answer is not whole. Try again later, or read them in Partner Center's portal.")
	default:
		diags.AddWarning("No charges were found, which does not say that nothing was charged",
			text+" The invoice's invoice_details (data source partnercenter_invoices) name the kinds of charges it has.")
	}
}
