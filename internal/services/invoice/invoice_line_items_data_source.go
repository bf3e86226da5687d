// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithValidateConfig = (*lineItemsDataSource)(nil)

// NewInvoiceLineItemsDataSource lists the charges of an invoice, or those that are not billed yet.
func NewInvoiceLineItemsDataSource() datasource.DataSource { return &lineItemsDataSource{} }

type lineItemsDataSource struct{ framework.DataSource }

type lineItemsModel struct {
	InvoiceID           types.String    `tfsdk:"invoice_id"`
	Period              types.String    `tfsdk:"period"`
	CurrencyCode        types.String    `tfsdk:"currency_code"`
	BillingProvider     types.String    `tfsdk:"billing_provider"`
	InvoiceLineItemType types.String    `tfsdk:"invoice_line_item_type"`
	CustomerID          types.String    `tfsdk:"customer_id"`
	SubscriptionID      types.String    `tfsdk:"subscription_id"`
	PublisherName       types.String    `tfsdk:"publisher_name"`
	InvoiceLineItems    []lineItemModel `tfsdk:"invoice_line_items"`
}

func (d *lineItemsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_invoice_line_items"
}

func (d *lineItemsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	nonempty := []validator.String{stringvalidator.LengthAtLeast(1)}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Charges of an invoice, or those that are not billed yet. An invoice can have very many: only those that the filters find enter the state. " +
			"Microsoft moves the charges of new commerce and the marketplace to another service (Microsoft Graph), and this one may stop to answer for them.",
		Attributes: map[string]schema.Attribute{
			"invoice_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{
					stringvalidator.LengthAtLeast(1), stringvalidator.ExactlyOneOf(path.MatchRoot("invoice_id"), path.MatchRoot("period")),
				},
				MarkdownDescription: "Invoice whose charges are listed. Either this or `period` is required.",
			},
			"period": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.OneOf("current", "previous"), stringvalidator.AlsoRequires(path.MatchRoot("currency_code"))},
				MarkdownDescription: "Lists charges that are not billed yet: of the `current` month or of the `previous` one. Either this or `invoice_id` is required.",
			},
			"currency_code": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Currency()},
				MarkdownDescription: "Currency of the charges, ISO 4217. Required with `period` and for `usage_line_items`.",
			},
			"billing_provider": schema.StringAttribute{
				Optional: true, Validators: nonempty,
				MarkdownDescription: "Where the charges come from, one of the invoice's `invoice_details`: `one_time` (new commerce and marketplace, the default), `office` or `azure` (legacy), or `all`.",
			},
			"invoice_line_item_type": schema.StringAttribute{
				Optional: true, Validators: nonempty,
				MarkdownDescription: "Kind of charges, one of the invoice's `invoice_details`: `billing_line_items` (the default) or `usage_line_items`.",
			},
			"customer_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a customer id")}, MarkdownDescription: "Only charges for this customer.",
			},
			"subscription_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a subscription id")}, MarkdownDescription: "Only charges for this subscription.",
			},
			"publisher_name": schema.StringAttribute{
				Optional: true, Validators: nonempty, MarkdownDescription: "Only charges for products with this in the name of their publisher, in any case.",
			},
			"invoice_line_items": framework.ShownObjects("What was found.", lineItemAttributes()),
		},
	}
}

// ValidateConfig finds the currency missing where only usage asks for it.
func (d *lineItemsDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var config lineItemsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.InvoiceLineItemType.IsUnknown() || !config.CurrencyCode.IsNull() {
		return
	}
	if sameValue(config.InvoiceLineItemType.ValueString(), "usage_line_items") {
		framework.Wrong(&resp.Diagnostics, path.Root("currency_code"), "Missing currency",
			"Partner Center lists usage in one currency at a time. Set currency_code beside invoice_line_item_type = %s.", config.InvoiceLineItemType)
	}
}

func (d *lineItemsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config lineItemsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.InvoiceLineItems(ctx, config.toQuery())
	if framework.Failed(&resp.Diagnostics, "list invoice line items", err) {
		return
	}
	got = slices.DeleteFunc(got, func(l partnercenter.InvoiceLineItem) bool { return !config.wants(l) })
	config.InvoiceLineItems = framework.Each(got, lineItemFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// toQuery takes kinds in the spelling of answers; queries have them without underscores.
func (m *lineItemsModel) toQuery() partnercenter.InvoiceLineItemsQuery {
	return partnercenter.InvoiceLineItemsQuery{
		InvoiceID: m.InvoiceID.ValueString(), Period: m.Period.ValueString(), CurrencyCode: m.CurrencyCode.ValueString(),
		Provider: inQuery(m.BillingProvider.ValueString()), InvoiceLineItemType: inQuery(m.InvoiceLineItemType.ValueString()),
	}
}

func (m *lineItemsModel) wants(l partnercenter.InvoiceLineItem) bool {
	switch {
	case !m.CustomerID.IsNull() && !strings.EqualFold(l.CustomerID, m.CustomerID.ValueString()),
		!m.SubscriptionID.IsNull() && !strings.EqualFold(l.SubscriptionID, m.SubscriptionID.ValueString()),
		!strings.Contains(strings.ToLower(l.PublisherName), strings.ToLower(m.PublisherName.ValueString())):
		return false
	}
	return true
}

// inQuery spells one_time and OneTime the way query parameters have it.
func inQuery(value string) string { return strings.ToLower(strings.ReplaceAll(value, "_", "")) }

func sameValue(a, b string) bool { return inQuery(a) == inQuery(b) }
