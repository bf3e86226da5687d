// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*promotionsDataSource)(nil)

// NewPromotionsDataSource lists the promotions of today, and whether a customer gets them.
func NewPromotionsDataSource() datasource.DataSource { return &promotionsDataSource{} }

type promotionsDataSource struct{ framework.DataSource }

type promotionsModel struct {
	scopeModel

	Segment    types.String     `tfsdk:"segment"`
	ProductID  types.String     `tfsdk:"product_id"`
	SkuID      types.String     `tfsdk:"sku_id"`
	Quantity   types.Int64      `tfsdk:"quantity"`
	Promotions []promotionModel `tfsdk:"promotions"`
}

type promotionModel struct {
	ID               types.String            `tfsdk:"id"`
	Name             types.String            `tfsdk:"name"`
	Description      types.String            `tfsdk:"description"`
	StartDate        timetypes.RFC3339       `tfsdk:"start_date"`
	EndDate          timetypes.RFC3339       `tfsdk:"end_date"`
	IsAutoApplicable types.Bool              `tfsdk:"is_auto_applicable"`
	RequiredProducts []promotionProductModel `tfsdk:"required_products"`
}

type promotionProductModel struct {
	ProductID       types.String           `tfsdk:"product_id"`
	SkuID           types.String           `tfsdk:"sku_id"`
	TermDuration    types.String           `tfsdk:"term_duration"`
	BillingCycle    types.String           `tfsdk:"billing_cycle"`
	PricingPolicies []promotionPolicyModel `tfsdk:"pricing_policies"`
	IsEligible      types.Bool             `tfsdk:"is_eligible"`
	Errors          []promotionErrorModel  `tfsdk:"errors"`
}

type promotionPolicyModel struct {
	PolicyType types.String `tfsdk:"policy_type"`
	Value      types.String `tfsdk:"value"`
}

func (d *promotionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_promotions"
}

func (d *promotionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Promotions for new-commerce licenses that run today, and whether a customer gets them. " +
			"A purchase with a promotion that does not fit is made at list price: `promotion_id` of a `partnercenter_subscription` is checked when it is planned, and refused where it does not. " +
			"Partner Center does not say whether there are promotions for marketplace software; none has been seen here.",
		Attributes: scoped(map[string]schema.Attribute{
			"segment": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Segment to look in. Default `commercial`, the only one that Partner Center has promotions for at present.",
			},
			"product_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.ProductID()}, MarkdownDescription: "Only promotions for this product.",
			},
			"sku_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.SkuID(), stringvalidator.AlsoRequires(path.MatchRoot("product_id"))},
				MarkdownDescription: "Only promotions for this SKU of the product.",
			},
			"quantity": schema.Int64Attribute{
				Optional: true,
				Validators: []validator.Int64{
					int64validator.AtLeast(1), int64validator.AlsoRequires(path.MatchRoot("customer_id"), path.MatchRoot("product_id")),
				},
				MarkdownDescription: "Ask whether the customer would get each promotion with a purchase of so many licenses. Left out, `is_eligible` is null.",
			},
			"promotions": framework.ShownObjects("What was found.", promotionAttributes()),
		}),
	}
}

func promotionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                 framework.ShownText("What `promotion_id` of a `partnercenter_subscription` takes."),
		"name":               framework.ShownText("Name of the promotion."),
		"description":        framework.ShownText("What Microsoft says about it."),
		"start_date":         framework.ShownTime("When it begins."),
		"end_date":           framework.ShownTime("When it ends. What was bought with it before keeps it for its term."),
		"is_auto_applicable": framework.ShownFlag("Whether Partner Center applies it by itself to a purchase that names none. The plan of the purchase has the price with it."),
		"required_products": framework.ShownObjects("What has to be bought to get it: one of these. With `product_id`, only what is for that product.", map[string]schema.Attribute{
			"product_id":    framework.ShownText("Product."),
			"sku_id":        framework.ShownText("SKU of the product."),
			"term_duration": framework.ShownText("Commitment, an ISO 8601 duration such as `P1Y`."),
			"billing_cycle": framework.ShownText("Billing cycle, spelled as in the `billing_cycle` of a subscription."),
			"pricing_policies": framework.ShownObjects("The discount.", map[string]schema.Attribute{
				"policy_type": framework.ShownText("`PercentDiscount`, or another kind in Partner Center's words."),
				"value":       framework.ShownText("How much, for `PercentDiscount` as a fraction: `0.15` is 15 %."),
			}),
			"is_eligible": framework.ShownFlag("Whether the customer would get it with `quantity` licenses; null where that was not asked, or where Partner Center does not say."),
			"errors":      framework.ShownObjects("Why the customer would not get it.", promotionErrorAttributes()),
		}),
	}
}

func (d *promotionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config promotionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	country := d.country(ctx, config.scopeModel, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := d.Client.Promotions(ctx, country, cmp.Or(config.Segment.ValueString(), "commercial"))
	if framework.Failed(&resp.Diagnostics, "list promotions", err) {
		return
	}
	wanted := config.wanted(found)
	config.Promotions = framework.Each(wanted, promotionFromAPI)
	if !config.Quantity.IsNull() && framework.Failed(&resp.Diagnostics, "check promotions", d.check(ctx, &config, wanted)) {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// country is where promotions are looked for: that of the customer, where one is named.
func (d *promotionsDataSource) country(ctx context.Context, scope scopeModel, diags *diag.Diagnostics) string {
	if scope.CustomerID.IsNull() {
		return scope.Country.ValueString()
	}
	customer, err := d.Client.Customer(ctx, scope.CustomerID.ValueString())
	if framework.FailedAttribute(diags, path.Root("customer_id"), "find the customer's country", err) {
		return ""
	}
	country := customer.Country()
	if country == "" {
		framework.Wrong(diags, path.Root("customer_id"), "No country", "Partner Center does not say in which country this customer buys. Write country instead of customer_id; quantity cannot be checked then.")
	}
	return country
}
