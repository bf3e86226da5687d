// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*availabilitiesDataSource)(nil)

// NewAvailabilitiesDataSource lists how a SKU is sold today.
func NewAvailabilitiesDataSource() datasource.DataSource { return &availabilitiesDataSource{} }

type availabilitiesDataSource struct{ framework.DataSource }

type availabilitiesModel struct {
	listScopeModel

	ProductID      types.String        `tfsdk:"product_id"`
	SkuID          types.String        `tfsdk:"sku_id"`
	Availabilities []availabilityModel `tfsdk:"availabilities"`
}

func (d *availabilitiesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_availabilities"
}

func (d *availabilitiesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How a SKU is sold today: terms with their billing cycles and refunds, and the limits of the SKU. Prices are not part of Partner Center's catalog.",
		Attributes: listScoped(map[string]schema.Attribute{
			"product_id": productID(),
			"sku_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU of the product, 4 characters.",
			},
			"availabilities": framework.ShownObjects("What was found: one for each segment, and sometimes one that is not sold any more (`is_purchasable`).", availabilityAttributes()),
		}),
	}
}

func availabilityAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              framework.ShownText("ID of the availability. Partner Center re-issues it from time to time, so do not build on it."),
		"catalog_item_id": framework.ShownText("What a purchase names: `product:sku:availability`, as short-lived as the availability."),
		"country":         framework.ShownText("Country it is sold in, ISO 3166 alpha-2."),
		"segment":         framework.ShownText("Segment it is sold to: `commercial`, `education`, `government` or `nonprofit`."),
		"default_currency": framework.ShownObject("Currency it is sold in.", map[string]schema.Attribute{
			"code": framework.ShownText("ISO 4217 code."), "symbol": framework.ShownText("Symbol."),
		}),
		"is_purchasable": framework.ShownFlag("Whether it can be bought."),
		"is_renewable":   framework.ShownFlag("Whether subscriptions to it renew."),
		"terms":          framework.ShownObjects("Pairs of term and billing cycle that it can be bought with.", termAttributes()),
		"renewal_instructions": framework.ShownObjects("What subscriptions to it may renew into.", map[string]schema.Attribute{
			"applicable_term_ids": framework.ShownTexts("Terms this is about."),
			"renewal_options": framework.ShownObjects("Offers they may renew into.", map[string]schema.Attribute{
				"renew_to_id":       framework.ShownText("Offer, `product:sku`."),
				"is_auto_renewable": framework.ShownFlag("Whether it renews by itself."),
			}),
		}),
		"included_quantity_options": framework.ShownObjects("Consumption that a metered plan includes in its price.", map[string]schema.Attribute{
			"units": framework.ShownText("How much."), "description": framework.ShownText("Of what."),
		}),
		"product": framework.ShownObject("Product, as data source `partnercenter_product` shows it.", productAttributes()),
		"sku":     framework.ShownObject("SKU with its limits, as data source `partnercenter_sku` shows it.", skuAttributes()),
	}
}

func termAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":            framework.ShownText("Internal ID that `renewal_instructions` refer to."),
		"duration":      framework.ShownText("Commitment, the `term_duration` of a subscription: an ISO 8601 duration such as `P1Y`."),
		"billing_cycle": framework.ShownText("How often the partner is charged, spelled as in the `billing_cycle` of a subscription."),
		"description":   framework.ShownText("The same in words."),
		"renewal_options": framework.ShownObjects("Terms it may renew into, given for trials.", map[string]schema.Attribute{
			"term_duration": framework.ShownText("Commitment after the renewal, an ISO 8601 duration."), "description": framework.ShownText("The same in words."),
		}),
		"cancellation_policies": framework.ShownObjects("What is refunded when it is canceled.", map[string]schema.Attribute{
			"refund_options": framework.ShownObjects("Refunds with their time limits.", map[string]schema.Attribute{
				"sequence_id":   framework.ShownText("Number by which they are ordered."),
				"type":          framework.ShownText("`Full` or `Partial`."),
				"expires_after": framework.ShownText("How long after the purchase, an ISO 8601 duration such as `P3D`. Of a subscription that exists, `refund_options` holds the date."),
			}),
		}),
	}
}

func (d *availabilitiesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config availabilitiesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.SharedAvailabilities(ctx, config.toScope(), config.ProductID.ValueString(), config.SkuID.ValueString())
	if framework.Failed(&resp.Diagnostics, "list availabilities", err) {
		return
	}
	config.Availabilities = framework.Each(got, availabilityFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
