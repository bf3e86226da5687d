// SPDX-License-Identifier: MPL-2.0

package cart

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planLines asks of each line whether it can be managed once it is bought, and whether it gets its promotion: whichever line is bought first
// checks all of the cart out, and Partner Center would sell at list price. Lines that are not known yet are asked about when the cart is made,
// and about their promotions again when it is bought.
func (r *cartResource) planLines(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	var customerID types.String
	var lines []types.Object
	diags.Append(req.Config.GetAttribute(ctx, path.Root("customer_id"), &customerID)...)
	diags.Append(req.Config.GetAttribute(ctx, path.Root("line_items"), &lines)...)
	if r.Provider == nil || customerID.IsUnknown() || diags.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	for i := range lines {
		at := path.Root("line_items").AtListIndex(i)
		if !known(lines[i], "product_id", "sku_id") {
			continue
		}
		var line cartLineModel
		if diags.Append(req.Config.GetAttribute(ctx, at, &line)...); diags.HasError() {
			return
		}
		o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID.ValueString(), line.ProductID.ValueString(), line.SkuID.ValueString())
		if framework.FailedOffer(diags, at, err) || refuseFamily(diags, at, o) {
			return
		}
		if !line.PromotionID.IsNull() && known(lines[i], "promotion_id", "quantity", "term_duration", "billing_cycle") {
			r.checkPromotion(ctx, customerID.ValueString(), &line, o, at, diags)
		}
	}
}

// known holds for a line of which all of these attributes are known.
func known(line types.Object, names ...string) bool {
	return framework.Known(line) && !slices.ContainsFunc(names, func(name string) bool { return line.Attributes()[name].IsUnknown() })
}

// refuseFamily stops a line that could not be managed once it is bought: no subscription buys it, and the checkout of another line would.
func refuseFamily(diags *diag.Diagnostics, at path.Path, o *catalog.Offer) bool {
	err := purchase.CheckFamily(o)
	if err != nil {
		framework.Wrong(diags, at.AtName("product_id"), "Product cannot be managed", "%s.", err)
	}
	return err != nil
}

// checkPromotion asks whether a line gets its promotion.
func (r *cartResource) checkPromotion(ctx context.Context, customerID string, line *cartLineModel, o *catalog.Offer, at path.Path, diags *diag.Diagnostics) {
	chosen, err := o.Choose(line.TermDuration.ValueString(), line.BillingCycle.ValueString())
	if err != nil {
		framework.Wrong(diags, at, "Not sold that way", "%s", err)
		return
	}
	item := partnercenter.CartLine{Quantity: partnercenter.Int(line.Quantity.ValueInt64()), PromotionID: line.PromotionID.ValueString()}
	refusePromotion(diags, at, catalog.CheckPromotion(ctx, r.Client, customerID, chosen, item))
}

func refusePromotion(diags *diag.Diagnostics, at path.Path, err error) bool {
	return framework.FailedAttribute(diags, at.AtName("promotion_id"), "buy with this promotion", err)
}
