// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// nextTermModel is what a subscription renews into.
type nextTermModel struct {
	ProductID         types.String      `tfsdk:"product_id"`
	SkuID             types.String      `tfsdk:"sku_id"`
	TermDuration      types.String      `tfsdk:"term_duration"`
	BillingCycle      types.String      `tfsdk:"billing_cycle"`
	Quantity          types.Int64       `tfsdk:"quantity"`
	PromotionID       types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
}

var (
	nextTermTypes = map[string]attr.Type{
		"product_id": types.StringType, "sku_id": types.StringType, "term_duration": types.StringType, "billing_cycle": types.StringType,
		"quantity": types.Int64Type, "promotion_id": types.StringType, "custom_term_end_date": timetypes.RFC3339Type{},
	}
)

func nextTermFromAPI(n *partnercenter.NextTermInstructions) types.Object {
	if n == nil || n.Product.ProductID == "" && n.Quantity == 0 {
		return types.ObjectNull(nextTermTypes)
	}
	quantity := types.Int64Null()
	if n.Quantity != 0 {
		quantity = types.Int64Value(int64(n.Quantity))
	}
	return types.ObjectValueMust(nextTermTypes, map[string]attr.Value{
		"product_id": framework.String(n.Product.ProductID), "sku_id": framework.String(n.Product.SkuID),
		"term_duration": framework.String(n.Product.TermDuration), "billing_cycle": framework.String(strings.ToLower(n.Product.BillingCycle)),
		"quantity": quantity, "promotion_id": framework.String(n.Product.PromotionID), "custom_term_end_date": framework.Time(n.CustomTermEndDate),
	})
}

// nextTerm is the instructions of an object, nil for none.
func nextTerm(o types.Object) *nextTermModel {
	if !framework.Known(o) {
		return nil
	}
	return &nextTermModel{
		ProductID: member[types.String](o, "product_id"), SkuID: member[types.String](o, "sku_id"),
		TermDuration: member[types.String](o, "term_duration"), BillingCycle: member[types.String](o, "billing_cycle"), Quantity: member[types.Int64](o, "quantity"),
		PromotionID: member[types.String](o, "promotion_id"), CustomTermEndDate: member[timetypes.RFC3339](o, "custom_term_end_date"),
	}
}

// member is one of an object; it is null where the object is not known.
func member[T attr.Value](of types.Object, name string) T {
	value, _ := of.Attributes()[name].(T)
	return value
}

func (n *nextTermModel) toAPI() *partnercenter.NextTermInstructions {
	instructions := &partnercenter.NextTermInstructions{
		Product: partnercenter.NextTermProduct{
			ProductID: n.ProductID.ValueString(), SkuID: n.SkuID.ValueString(),
			TermDuration: n.TermDuration.ValueString(), BillingCycle: n.BillingCycle.ValueString(), PromotionID: n.PromotionID.ValueString(),
		},
		Quantity: partnercenter.Int(n.Quantity.ValueInt64()),
	}
	if framework.Known(n.CustomTermEndDate) {
		if at, err := time.Parse(time.RFC3339, n.CustomTermEndDate.ValueString()); err == nil { // the type has checked it
			instructions.CustomTermEndDate = partnercenter.Time{Time: at.UTC()}
		}
	}
	return instructions
}
