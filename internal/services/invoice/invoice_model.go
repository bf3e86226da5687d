// SPDX-License-Identifier: MPL-2.0

// Package invoice is what people write in HCL about Microsoft's bills to the partner.
package invoice

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// documentModel is what an invoice and an amendment have alike.
type documentModel struct {
	ID                     types.String      `tfsdk:"id"`
	InvoiceDate            timetypes.RFC3339 `tfsdk:"invoice_date"`
	BillingPeriodStartDate timetypes.RFC3339 `tfsdk:"billing_period_start_date"`
	BillingPeriodEndDate   timetypes.RFC3339 `tfsdk:"billing_period_end_date"`
	TotalCharges           types.String      `tfsdk:"total_charges"`
	PaidAmount             types.String      `tfsdk:"paid_amount"`
	CurrencyCode           types.String      `tfsdk:"currency_code"`
	CurrencySymbol         types.String      `tfsdk:"currency_symbol"`
	DocumentType           types.String      `tfsdk:"document_type"`
	InvoiceType            types.String      `tfsdk:"invoice_type"`
	Status                 types.String      `tfsdk:"status"`
	AmendsOf               types.String      `tfsdk:"amends_of"`
	InvoiceDetails         []detailModel     `tfsdk:"invoice_details"`
}

// invoiceModel is an invoice as lists show it.
type invoiceModel struct {
	documentModel

	Amendments []documentModel `tfsdk:"amendments"`
}

type detailModel struct {
	BillingProvider     types.String `tfsdk:"billing_provider"`
	InvoiceLineItemType types.String `tfsdk:"invoice_line_item_type"`
}

func invoiceFromAPI(i *partnercenter.Invoice) invoiceModel {
	return invoiceModel{documentModel: documentFromAPI(i), Amendments: framework.Each(i.Amendments, documentFromAPI)}
}

func documentFromAPI(i *partnercenter.Invoice) documentModel {
	return documentModel{
		ID: framework.String(i.ID), InvoiceDate: framework.Time(i.InvoiceDate), BillingPeriodStartDate: framework.Time(i.BillingPeriodStartDate),
		BillingPeriodEndDate: framework.Time(i.BillingPeriodEndDate), TotalCharges: framework.Decimal(i.TotalCharges), PaidAmount: framework.Decimal(i.PaidAmount),
		CurrencyCode: framework.String(i.CurrencyCode), CurrencySymbol: framework.String(i.CurrencySymbol), DocumentType: framework.String(i.DocumentType),
		InvoiceType: framework.String(i.InvoiceType), Status: framework.String(i.Status), AmendsOf: framework.String(i.AmendsOf),
		InvoiceDetails: framework.Each(i.InvoiceDetails, func(d *partnercenter.InvoiceDetail) detailModel {
			return detailModel{framework.String(d.BillingProvider), framework.String(d.InvoiceLineItemType)}
		}),
	}
}

func documentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                        framework.ShownText("Number of the document. It begins with `G` for new commerce and the marketplace, with `D` for legacy products."),
		"invoice_date":              framework.ShownTime("When it was issued: for new commerce and the marketplace about the 8th of the month after the billing period."),
		"billing_period_start_date": framework.ShownTime("First day of what it bills."),
		"billing_period_end_date":   framework.ShownTime("Last day of what it bills."),
		"total_charges":             framework.ShownText("What it charges, an exact decimal."),
		"paid_amount":               framework.ShownText("What was paid, an exact decimal; negative once a payment was received."),
		"currency_code":             framework.ShownText("Currency of all its amounts, ISO 4217."),
		"currency_symbol":           framework.ShownText("Symbol of the currency."),
		"document_type":             framework.ShownText("`invoice`, `void_note` or `adjustment_note`."),
		"invoice_type":              framework.ShownText("`OneTime` (new commerce and marketplace) or `Recurring` (legacy)."),
		"status":                    framework.ShownText("Status such as `active` or `void`, where Partner Center says so."),
		"amends_of":                 framework.ShownText("Number of the document that this one amends."),
		"invoice_details": framework.ShownObjects("Kinds of line items it has, for data source `partnercenter_invoice_line_items`.", map[string]schema.Attribute{
			"billing_provider":       framework.ShownText("Where the charges come from: `one_time` (new commerce and marketplace), `office`, `azure` and others."),
			"invoice_line_item_type": framework.ShownText("`billing_line_items` or `usage_line_items`."),
		}),
	}
}

func invoiceAttributes() map[string]schema.Attribute {
	attributes := documentAttributes()
	attributes["amendments"] = framework.ShownObjects("Documents that amend it.", documentAttributes())
	return attributes
}
