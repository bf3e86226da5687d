// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*invoiceDataSource)(nil)

// NewInvoiceDataSource reads one invoice.
func NewInvoiceDataSource() datasource.DataSource { return &invoiceDataSource{} }

type invoiceDataSource struct{ framework.DataSource }

// invoiceDataModel is an invoice with the addresses of its documents.
type invoiceDataModel struct {
	invoiceModel

	PDFDownloadLink types.String   `tfsdk:"pdf_download_link"`
	TaxReceipts     []receiptModel `tfsdk:"tax_receipts"`
}

type receiptModel struct {
	ID                        types.String `tfsdk:"id"`
	TaxReceiptPDFDownloadLink types.String `tfsdk:"tax_receipt_pdf_download_link"`
}

func (d *invoiceDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_invoice"
}

func (d *invoiceDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := invoiceAttributes()
	attributes["id"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: "Number of the invoice to read, such as `G000012310`.",
	}
	attributes["pdf_download_link"] = framework.ShownPrivate("Path of the invoice as PDF, below Partner Center's address; reading it takes an access token.")
	attributes["tax_receipts"] = framework.ShownObjects("Tax receipts, in countries that have them.", map[string]schema.Attribute{
		"id":                            framework.ShownText("Number of the receipt."),
		"tax_receipt_pdf_download_link": framework.ShownPrivate("Path of the receipt as PDF, below Partner Center's address."),
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "One invoice with its documents. Needs App+User sign-in; data source `partnercenter_invoices` tells all but the documents without.",
		Attributes:          attributes,
	}
}

func (d *invoiceDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config invoiceDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Invoice(ctx, config.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read invoice", err) {
		return
	}
	config.invoiceModel = invoiceFromAPI(got)
	config.PDFDownloadLink = framework.String(got.PDFDownloadLink)
	config.TaxReceipts = framework.Each(got.TaxReceipts, func(r *partnercenter.TaxReceipt) receiptModel {
		return receiptModel{framework.String(r.ID), framework.String(r.TaxReceiptPDFDownloadLink)}
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
