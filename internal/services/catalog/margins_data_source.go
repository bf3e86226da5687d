// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*marginsDataSource)(nil)

// NewMarginsDataSource lists the margins of private offers.
func NewMarginsDataSource() datasource.DataSource { return &marginsDataSource{} }

type marginsDataSource struct{ framework.DataSource }

type marginsModel struct {
	ProductID types.String  `tfsdk:"product_id"`
	SkuID     types.String  `tfsdk:"sku_id"`
	TotalSize types.Int64   `tfsdk:"total_size"`
	Margins   []marginModel `tfsdk:"margins"`
}

type marginModel struct {
	ID                 types.String       `tfsdk:"id"`
	ProductID          types.String       `tfsdk:"product_id"`
	ProductTitle       types.String       `tfsdk:"product_title"`
	ProductType        types.String       `tfsdk:"product_type"`
	PublisherName      types.String       `tfsdk:"publisher_name"`
	SkuID              types.String       `tfsdk:"sku_id"`
	SkuTitle           types.String       `tfsdk:"sku_title"`
	StartDate          timetypes.RFC3339  `tfsdk:"start_date"`
	EndDate            timetypes.RFC3339  `tfsdk:"end_date"`
	Status             types.String       `tfsdk:"status"`
	StatusDate         timetypes.RFC3339  `tfsdk:"status_date"`
	MarginPercentage   types.String       `tfsdk:"margin_percentage"`
	PricingModel       types.String       `tfsdk:"pricing_model"`
	Prices             []marginPriceModel `tfsdk:"prices"`
	PriceConfiguration types.String       `tfsdk:"price_configuration"`
}

type marginPriceModel struct {
	TermDuration types.String `tfsdk:"term_duration"`
	Amount       types.String `tfsdk:"amount"`
	Currency     types.String `tfsdk:"currency"`
}

func (d *marginsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_margins"
}

func (d *marginsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Margins that publishers grant this partner through private offers: a percentage of the price, or a price in place of it. " +
			"A margin is for purchases between its two dates. With monthly billing, what is charged after its end is at the full price, unless the publisher has made a new private offer; " +
			"an annual charge keeps it where it falls between the dates. The plan of a purchase names the margin that applies, and warns when it ends before the term does.",
		Attributes: map[string]schema.Attribute{
			"product_id": schema.StringAttribute{Optional: true, Validators: []validator.String{framework.ProductID()}, MarkdownDescription: "Only margins for this product."},
			"sku_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.SkuID(), stringvalidator.AlsoRequires(path.MatchRoot("product_id"))},
				MarkdownDescription: "Only margins that count for this SKU of the product: its own, and those for all SKUs.",
			},
			"total_size": framework.ShownNumber("How many margins there are by Partner Center's own count. No way to read further ones is documented: a warning says so where some are missing."),
			"margins":    framework.ShownObjects("What was found, of the past and the future, too.", marginAttributes()),
		},
	}
}

func marginAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                framework.ShownText("ID of the margin."),
		"product_id":        framework.ShownText("Product."),
		"product_title":     framework.ShownText("Name of the product."),
		"product_type":      framework.ShownText("Kind of product."),
		"publisher_name":    framework.ShownText("Who grants it."),
		"sku_id":            framework.ShownText("SKU of the product; absent where it is for all of them."),
		"sku_title":         framework.ShownText("Name of the SKU."),
		"start_date":        framework.ShownTime("First moment at which a purchase gets it."),
		"end_date":          framework.ShownTime("When it ends, for purchases and for later charges."),
		"status":            framework.ShownText("What Partner Center says of it."),
		"status_date":       framework.ShownTime("Since when it says so."),
		"margin_percentage": framework.ShownText("Percentage of the price, as a decimal number; absent where a price takes the place of the offer's own."),
		"pricing_model":     framework.ShownText("Of such a price: flat rate or per user, in Partner Center's words."),
		"prices": framework.ShownObjects("Such prices, as far as Partner Center's answer is understood: its inner form is documented in part only.", map[string]schema.Attribute{
			"term_duration": framework.ShownText("Commitment that the price is for."),
			"amount":        framework.ShownText("The price, a decimal number."),
			"currency":      framework.ShownText("ISO 4217."),
		}),
		"price_configuration": framework.ShownText("Such prices as Partner Center writes them, JSON."),
	}
}

func (d *marginsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config marginsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := d.Client.SharedMargins(ctx)
	if framework.Failed(&resp.Diagnostics, "list margins", err) {
		return
	}
	if !found.Complete() {
		resp.Diagnostics.AddWarning("Not all margins are listed", fmt.Sprintf("Partner Center shows %d margins of %d, and documents no way to read the others: a margin that is not here may exist.", len(found.Results), found.TotalSize))
	}
	config.TotalSize, config.Margins = types.Int64Value(int64(found.TotalSize)), []marginModel{}
	for i := range found.Results {
		if one := &found.Results[i]; config.wants(one) {
			config.Margins = append(config.Margins, marginFromAPI(one))
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

func (m *marginsModel) wants(one *partnercenter.Margin) bool {
	product, sku := m.ProductID.ValueString(), m.SkuID.ValueString()
	return (product == "" || strings.EqualFold(product, one.ProductID)) && (sku == "" || one.SkuID == "" || strings.EqualFold(sku, one.SkuID))
}

func marginFromAPI(one *partnercenter.Margin) marginModel {
	m := marginModel{
		ID: framework.String(one.ID), ProductID: framework.String(one.ProductID), ProductTitle: framework.String(one.ProductTitle), ProductType: framework.String(one.ProductType),
		PublisherName: framework.String(one.PublisherName), SkuID: framework.String(one.SkuID), SkuTitle: framework.String(one.SkuTitle),
		StartDate: framework.Time(one.StartDate), EndDate: framework.Time(one.EndDate), Status: framework.String(one.Status), StatusDate: framework.Time(one.StatusDate),
		MarginPercentage: framework.String(one.Percentage()), Prices: []marginPriceModel{},
	}
	if price := one.PriceConfiguration; price != nil {
		m.PricingModel, m.PriceConfiguration = framework.String(price.PricingModel), framework.String(price.Whole)
		m.Prices = framework.Each(price.Purchase, func(p *partnercenter.PurchasePrice) marginPriceModel {
			return marginPriceModel{framework.String(p.TermDuration), framework.String(string(p.Amount)), framework.String(p.Currency)}
		})
	}
	return m
}
