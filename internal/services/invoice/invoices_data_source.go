// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*invoicesDataSource)(nil)

// NewInvoicesDataSource lists the partner's invoices.
func NewInvoicesDataSource() datasource.DataSource { return &invoicesDataSource{} }

type invoicesDataSource struct{ framework.DataSource }

type invoicesModel struct {
	StartDate    types.String   `tfsdk:"start_date"`
	EndDate      types.String   `tfsdk:"end_date"`
	InvoiceType  types.String   `tfsdk:"invoice_type"`
	CurrencyCode types.String   `tfsdk:"currency_code"`
	Invoices     []invoiceModel `tfsdk:"invoices"`
}

func (d *invoicesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_invoices"
}

func (d *invoicesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Invoices of Microsoft to the partner, the newest first.",
		Attributes: map[string]schema.Attribute{
			"start_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Date("start_date")}, MarkdownDescription: "Only invoices issued on this day or later, such as `2026-01-01`.",
			},
			"end_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Date("end_date")}, MarkdownDescription: "Only invoices issued on this day or earlier, such as `2026-01-31`.",
			},
			"invoice_type": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only invoices of this type: `OneTime` (new commerce and marketplace) or `Recurring` (legacy).",
			},
			"currency_code": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Currency()}, MarkdownDescription: "Only invoices in this currency, ISO 4217.",
			},
			"invoices": framework.ShownObjects("What was found.", invoiceAttributes()),
		},
	}
}

func (d *invoicesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config invoicesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Invoices(ctx)
	if framework.Failed(&resp.Diagnostics, "list invoices", err) {
		return
	}
	got = slices.DeleteFunc(got, func(i partnercenter.Invoice) bool { return !config.wants(i) })
	slices.SortStableFunc(got, func(a, b partnercenter.Invoice) int { return b.InvoiceDate.Compare(a.InvoiceDate.Time) })
	config.Invoices = framework.Each(got, invoiceFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// wants filters here, because Partner Center filters by the date only.
func (m *invoicesModel) wants(i partnercenter.Invoice) bool {
	day := i.InvoiceDate.UTC().Format("2006-01-02")
	switch {
	case !m.StartDate.IsNull() && day < m.StartDate.ValueString(),
		!m.EndDate.IsNull() && day > m.EndDate.ValueString(),
		!m.InvoiceType.IsNull() && !sameValue(i.InvoiceType, m.InvoiceType.ValueString()),
		!m.CurrencyCode.IsNull() && !strings.EqualFold(i.CurrencyCode, m.CurrencyCode.ValueString()):
		return false
	}
	return true
}
