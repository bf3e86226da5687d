// SPDX-License-Identifier: MPL-2.0

package cart

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planPromotions asks of each line whether it gets its promotion: Partner Center would sell at list price. Lines that are not known yet are
// asked about when the cart is made, and again when it is bought.
func (r *cartResource) planPromotions(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
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
		if !promotionIsKnown(lines[i]) {
			continue
		}
		var line cartLineModel
		if diags.Append(req.Config.GetAttribute(ctx, at, &line)...); diags.HasError() {
			return
		}
		r.checkPromotion(ctx, customerID.ValueString(), &line, at, diags)
	}
}

// promotionIsKnown holds for a line that names a promotion, and of which all that it depends on is known.
func promotionIsKnown(line types.Object) bool {
	if line.IsUnknown() || line.IsNull() || line.Attributes()["promotion_id"].IsNull() {
		return false
	}
	for _, name := range []string{"promotion_id", "product_id", "sku_id", "quantity", "term_duration", "billing_cycle"} {
		if line.Attributes()[name].IsUnknown() {
			return false
		}
	}
	return true
}

// checkPromotion leaves it to apply to say that a line is not sold.
func (r *cartResource) checkPromotion(ctx context.Context, customerID string, line *cartLineModel, at path.Path, diags *diag.Diagnostics) {
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID, line.ProductID.ValueString(), line.SkuID.ValueString())
	if framework.FailedOffer(diags, at, err) {
		return
	}
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
