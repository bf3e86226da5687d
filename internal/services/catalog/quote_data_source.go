// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	offers "github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*quoteDataSource)(nil)

// NewQuoteDataSource asks what a SKU would cost a customer.
func NewQuoteDataSource() datasource.DataSource { return &quoteDataSource{} }

type quoteDataSource struct{ framework.DataSource }

type quoteModel struct {
	CustomerID          types.String       `tfsdk:"customer_id"`
	ProductID           types.String       `tfsdk:"product_id"`
	SkuID               types.String       `tfsdk:"sku_id"`
	Quantity            types.Int64        `tfsdk:"quantity"`
	TermDuration        types.String       `tfsdk:"term_duration"`
	BillingCycle        types.String       `tfsdk:"billing_cycle"`
	AttestationAccepted types.Bool         `tfsdk:"attestation_accepted"`
	OfferName           types.String       `tfsdk:"offer_name"`
	PublisherName       types.String       `tfsdk:"publisher_name"`
	Options             []quoteOptionModel `tfsdk:"options"`
}

type quoteOptionModel struct {
	TermDuration types.String `tfsdk:"term_duration"`
	BillingCycle types.String `tfsdk:"billing_cycle"`
	Months       types.Int64  `tfsdk:"months"`
	Charges      types.Int64  `tfsdk:"charges"`
	UnitPrice    types.String `tfsdk:"unit_price"`
	ListPrice    types.String `tfsdk:"list_price"`
	Total        types.String `tfsdk:"total"`
	Currency     types.String `tfsdk:"currency"`
	PromotionID  types.String `tfsdk:"promotion_id"`
	Refund       types.String `tfsdk:"refund"`
	Error        types.String `tfsdk:"error"`
}

func (d *quoteDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_quote"
}

func (d *quoteDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "What licenses of a SKU would cost a customer today: every term and billing cycle side by side, before tax. It buys nothing. " +
			"Each time it is read it makes a cart, which commits to nothing and expires by itself, and another one for each way to buy that Partner Center does not price together with the others; " +
			"so it needs `quote_prices`, and under `read_only` that has to be set to `true` explicitly. " +
			"Every later plan reads it again: use it to compare and to check, and not to fill `price_limit`, which would follow each change of the price. " +
			"The plan of a `partnercenter_subscription` has the price of its purchase in `commitment` without it.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Customer to buy for. Where `allowed_customer_ids` is set, it has to be among them, because a cart is made for it.",
			},
			"product_id": productID(),
			"sku_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU of the product, 4 characters.",
			},
			"quantity": schema.Int64Attribute{
				Required: true, Validators: []validator.Int64{int64validator.AtLeast(1)}, MarkdownDescription: "Licenses, within the limits of the SKU.",
			},
			"term_duration": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.TermDuration},
				MarkdownDescription: "Only this commitment, such as `P1Y`.",
			},
			"billing_cycle": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.BillingCycle},
				MarkdownDescription: "Only this billing cycle, such as `monthly`. With both, only one way to buy is priced, just as a purchase is; among several, a promotion for customers who are new to the product may count for the first one only.",
			},
			"attestation_accepted": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "What `attestation_accepted` of a `partnercenter_subscription` says: some products are not priced without it.",
			},
			"offer_name":     framework.ShownText("Name of the offer."),
			"publisher_name": framework.ShownText("Who publishes it."),
			"options":        framework.ShownObjects("Every way to buy that was asked for: shorter terms first, and then more charges first.", quoteAttributes()),
		},
	}
}

func quoteAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"term_duration": framework.ShownText("Commitment, an ISO 8601 duration such as `P1Y`; null for what has none."),
		"billing_cycle": framework.ShownText("How often the partner is charged."),
		"months":        framework.ShownNumber("Length of the term in months, to compare totals of different terms; null for terms that are not known."),
		"charges":       framework.ShownNumber("How many charges the term has; null where that is not known."),
		"unit_price":    framework.ShownText("Price of one license for one billing cycle, an exact decimal. Null where Partner Center gives no price."),
		"list_price":    framework.ShownText("The same without discounts, where Partner Center says so."),
		"total":         framework.ShownText("Price of all licenses for the whole term, as `commitment.total` of a purchase has it. Null where Partner Center gives no price."),
		"currency":      framework.ShownText("Currency of the prices, ISO 4217. Null where Partner Center gives no price."),
		"promotion_id":  framework.ShownText("Promotion that Partner Center has applied by itself; null for none."),
		"refund":        framework.ShownText("For how long canceling is refunded, and how, as `commitment.refund` of a purchase has it: `full P1D, partial P7D`, or `none`."),
		"error":         framework.ShownText("Why it cannot be bought in this way; null where it can."),
	}
}

func (d *quoteDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config quoteModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !d.QuotePrices {
		resp.Diagnostics.AddError("Cannot quote the price", "A quote makes a cart, and quote_prices is off, as it is under read_only where nothing else is said. "+
			"A cart commits to nothing: set quote_prices = true in the provider block, or remove this data source.")
		return
	}
	offer, options, err := purchase.Compare(ctx, d.Client, config.toComparison())
	switch {
	case err != nil && offer == nil:
		framework.FailedOffer(&resp.Diagnostics, path.Empty(), err)
		return
	case framework.Failed(&resp.Diagnostics, "quote the price", err):
		return
	}
	config.fromOffer(offer, options)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

func (m *quoteModel) toComparison() purchase.Comparison {
	return purchase.Comparison{
		CustomerID: m.CustomerID.ValueString(), ProductID: m.ProductID.ValueString(), SkuID: m.SkuID.ValueString(), Quantity: m.Quantity.ValueInt64(),
		TermDuration: m.TermDuration.ValueString(), BillingCycle: m.BillingCycle.ValueString(), AttestationAccepted: m.AttestationAccepted.ValueBool(),
	}
}

func (m *quoteModel) fromOffer(offer *offers.Offer, options []purchase.PricedOption) {
	m.OfferName, m.PublisherName = framework.String(offer.Name()), framework.String(offer.PublisherName())
	m.Options = framework.Each(options, func(o *purchase.PricedOption) quoteOptionModel { return quoteOptionFrom(offer, o) })
}

func quoteOptionFrom(offer *offers.Offer, o *purchase.PricedOption) quoteOptionModel {
	m := quoteOptionModel{
		TermDuration: framework.String(o.TermDuration), BillingCycle: framework.String(o.BillingCycle), Months: framework.Positive(offers.Months(o.TermDuration)),
		PromotionID: framework.String(o.PromotionID), Refund: framework.String(offer.Refunds(o.TermOption)),
	}
	if charges, ok := offers.Charges(o.TermDuration, o.BillingCycle); ok {
		m.Charges = types.Int64Value(charges)
	}
	if o.Refusal != nil {
		m.Error = types.StringValue(framework.Explain(o.Refusal))
	}
	if q := o.Quote; q.Currency != "" && q.Unit != nil && q.Total != nil {
		m.UnitPrice, m.Total, m.Currency = types.StringValue(words.Plain(*q.Unit)), types.StringValue(words.Plain(*q.Total)), types.StringValue(q.Currency)
		if list := o.Pricing.ListPrice; list != nil {
			m.ListPrice = types.StringValue(words.Plain(*list))
		}
	}
	return m
}
