// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"context"
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
	TotalsOnly          types.Bool      `tfsdk:"totals_only"`
	Totals              []totalModel    `tfsdk:"totals"`
	InvoiceLineItems    []lineItemModel `tfsdk:"invoice_line_items"`
}

func (d *lineItemsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_invoice_line_items"
}

func (d *lineItemsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	nonempty := []validator.String{stringvalidator.LengthAtLeast(1)}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Charges of an invoice, or those that are not billed yet, and their sums. An invoice can have very many: only those that the filters find enter the state, and with `totals_only` none. " +
			"The charges of new commerce and the marketplace come from Microsoft Graph where they are billed for April 2025 or later, or not billed yet. That needs the permission `PartnerBilling.Read.All` of Microsoft Graph beside those for Partner Center, " +
			"takes minutes, as Microsoft makes an export first, and is open in the worldwide cloud only. Legacy charges and older ones come from Partner Center. " +
			"Where Microsoft answers with no charges at all, a warning or an error says so: it does not mean that nothing was charged.",
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
				MarkdownDescription: "Where the charges come from, one of the invoice's `invoice_details`: `one_time` (new commerce and marketplace, the default), `office` or `azure` (legacy), or `all`, which is new commerce alone for what is not billed yet.",
			},
			"invoice_line_item_type": schema.StringAttribute{
				Optional: true, Validators: nonempty,
				MarkdownDescription: "Kind of charges, one of the invoice's `invoice_details`: `billing_line_items` (the default) or `usage_line_items`.",
			},
			"customer_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Only charges for this customer.",
			},
			"subscription_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Only charges for this subscription.",
			},
			"publisher_name": schema.StringAttribute{
				Optional: true, Validators: nonempty, MarkdownDescription: "Only charges for products with this in the name of their publisher, in any case.",
			},
			"totals_only": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "Leaves `invoice_line_items` out of the state, and keeps `totals` only: memory does not grow with the invoice then.",
			},
			"totals":             framework.ShownObjects("Sums of the charges that the filters find, one for each currency.", totalAttributes()),
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
	sums := totals{}
	found := []lineItemModel{}
	read, err := d.Client.EachInvoiceLineItem(ctx, config.toQuery(), func(item *partnercenter.InvoiceLineItem) error {
		if !config.wants(item) {
			return nil
		}
		sums.add(item)
		if !config.TotalsOnly.ValueBool() {
			found = append(found, lineItemFromAPI(item))
		}
		return nil
	})
	if framework.Failed(&resp.Diagnostics, "list invoice line items", err) {
		return
	}
	if read.Lines == 0 {
		config.sayNothingFound(&resp.Diagnostics, read.Invoice)
	}
	config.Totals = sums.shown()
	if !config.TotalsOnly.ValueBool() {
		config.InvoiceLineItems = found
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// toQuery takes kinds in the spelling of answers; queries have them without underscores.
func (m *lineItemsModel) toQuery() partnercenter.InvoiceLineItemsQuery {
	return partnercenter.InvoiceLineItemsQuery{
		InvoiceID: m.InvoiceID.ValueString(), Period: m.Period.ValueString(), CurrencyCode: m.CurrencyCode.ValueString(),
		Provider: inQuery(m.BillingProvider.ValueString()), InvoiceLineItemType: inQuery(m.InvoiceLineItemType.ValueString()),
	}
}

func (m *lineItemsModel) wants(l *partnercenter.InvoiceLineItem) bool {
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
