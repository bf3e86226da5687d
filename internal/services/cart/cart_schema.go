// SPDX-License-Identifier: MPL-2.0

package cart

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

func (r *cartResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	anew := []planmodifier.String{anewText()}
	anewOrKept := []planmodifier.String{stringplanmodifier.UseStateForUnknown(), anewText()}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A cart of a customer: the explicit first phase of a purchase. It costs nothing, says what its lines will cost, and expires by itself. " +
			"`partnercenter_subscription` buys its lines with `cart_id` and `cart_line_item`: the first of them checks **all** of the cart out, " +
			"so give every line its subscription.\n\n" +
			"Because the cart is in the state before anything is bought, a run that breaks off is resumed with the same cart, and nothing is bought twice. " +
			"A cart that was ordered or has expired stays in the state as what it was.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, PlanModifiers: anew,
				MarkdownDescription: "Customer the cart is for: its tenant ID, which Partner Center shows as \"Microsoft ID\".",
			},
			"line_items": schema.ListNestedAttribute{
				Required: true, Validators: []validator.List{listvalidator.SizeBetween(1, 100)}, PlanModifiers: []planmodifier.List{anewList()},
				MarkdownDescription: "What to buy, in the order that `cart_line_item` counts from 0. Partner Center itself groups lines into orders.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"product_id": schema.StringAttribute{Required: true, Validators: []validator.String{framework.ProductID()}, PlanModifiers: anew, MarkdownDescription: "Product to buy."},
					"sku_id":     schema.StringAttribute{Required: true, Validators: []validator.String{framework.SkuID()}, PlanModifiers: anew, MarkdownDescription: "SKU of the product."},
					"quantity": schema.Int64Attribute{
						Required: true, Validators: []validator.Int64{int64validator.AtLeast(1)}, PlanModifiers: []planmodifier.Int64{anewNumber()}, MarkdownDescription: "Licenses.",
					},
					"term_duration": schema.StringAttribute{
						Optional: true, Computed: true, Validators: []validator.String{framework.TermDuration}, PlanModifiers: anewOrKept,
						MarkdownDescription: "Commitment: `P1M`, `P1Y`, `P2Y` or `P3Y`. May be left out where the SKU is sold with one pair of term and billing cycle only.",
					},
					"billing_cycle": schema.StringAttribute{
						Optional: true, Computed: true, Validators: []validator.String{framework.BillingCycle}, PlanModifiers: anewOrKept,
						MarkdownDescription: "How often the partner is charged. May be left out like `term_duration`.",
					},
					"friendly_name": schema.StringAttribute{
						Optional: true, Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 256)}, PlanModifiers: anew, MarkdownDescription: "Nickname of the subscription.",
					},
					"partner_id":           schema.StringAttribute{Optional: true, Validators: []validator.String{framework.PartnerID()}, PlanModifiers: anew, MarkdownDescription: "PartnerID (formerly MPN ID) of the indirect reseller on record."},
					"promotion_id":         schema.StringAttribute{Optional: true, PlanModifiers: anew, MarkdownDescription: "Promotion to buy with."},
					"custom_term_end_date": schema.StringAttribute{Optional: true, CustomType: timetypes.RFC3339Type{}, PlanModifiers: anew, MarkdownDescription: "Day the first term ends on, RFC 3339."},
					"provisioning_context": schema.MapAttribute{
						Optional: true, ElementType: types.StringType, Validators: []validator.Map{mapvalidator.SizeAtLeast(1)},
						PlanModifiers: []planmodifier.Map{anewMap()}, MarkdownDescription: "What the SKU asks for under `provisioning_variables`.",
					},
					"attestation_accepted": schema.BoolAttribute{Optional: true, PlanModifiers: []planmodifier.Bool{anewSwitch()}, MarkdownDescription: "Accept the attestation that the SKU asks for."},
					"renews_to_term":       schema.StringAttribute{Optional: true, Validators: []validator.String{framework.TermDuration}, PlanModifiers: anew, MarkdownDescription: "Term of the paid subscription that a trial turns into."},
					"catalog_item_id":      kept("Catalog item that is sold today: `product:sku:availability`."),
					"currency_code":        kept("Currency of the prices, ISO 4217."),
					"unit_price":           kept("Price of one license for one billing cycle, before tax."),
					"total_price":          kept("Price of the line for its whole term, before tax."),
					"order_group":          kept("Lines of the same group become one order."),
				}},
			},
			"id":                   kept("ID of the cart."),
			"status":               schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}, MarkdownDescription: "`Active`, `Ordered`, or `Expired`."},
			"creation_timestamp":   keptDate("When it was made."),
			"expiration_timestamp": keptDate("When it expires unless it is ordered."),
		},
	}
}

// Every change makes another cart. What is not known yet may turn out to be as it is, and makes none: Terraform plans once more when it is known,
// and refuses to make another cart that the plan has not announced.
const anewWhenKnown = "Another value makes another cart."

func anewText() planmodifier.String {
	return stringplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.PlanValue.IsUnknown()
	}, anewWhenKnown, anewWhenKnown)
}

func anewNumber() planmodifier.Int64 {
	return int64planmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.Int64Request, resp *int64planmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.PlanValue.IsUnknown()
	}, anewWhenKnown, anewWhenKnown)
}

func anewSwitch() planmodifier.Bool {
	return boolplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.BoolRequest, resp *boolplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.PlanValue.IsUnknown()
	}, anewWhenKnown, anewWhenKnown)
}

func anewMap() planmodifier.Map {
	return mapplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.MapRequest, resp *mapplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = req.PlanValue.IsNull() || framework.WhollyKnown(req.PlanValue)
	}, anewWhenKnown, anewWhenKnown)
}

// anewList is about the number of lines: what is in them says so itself, and a line that is gone says nothing.
func anewList() planmodifier.List {
	return listplanmodifier.RequiresReplaceIf(func(_ context.Context, req planmodifier.ListRequest, resp *listplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.PlanValue.IsUnknown() && len(req.PlanValue.Elements()) != len(req.StateValue.Elements())
	}, anewWhenKnown, anewWhenKnown)
}

// kept is what Partner Center says of a cart, and does not change.
func kept(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}
}

func keptDate(description string) schema.StringAttribute {
	attribute := kept(description + " RFC 3339, UTC.")
	attribute.CustomType = timetypes.RFC3339Type{}
	return attribute
}
