// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// NextTerm is what a subscription renews into.
type NextTerm struct {
	ProductID         types.String      `tfsdk:"product_id"`
	SkuID             types.String      `tfsdk:"sku_id"`
	TermDuration      types.String      `tfsdk:"term_duration"`
	BillingCycle      types.String      `tfsdk:"billing_cycle"`
	Quantity          types.Int64       `tfsdk:"quantity"`
	PromotionID       types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
}

// NextTermTypes are the types of NextTerm's attributes.
var NextTermTypes = map[string]attr.Type{
	"product_id": types.StringType, "sku_id": types.StringType, "term_duration": types.StringType, "billing_cycle": types.StringType,
	"quantity": types.Int64Type, "promotion_id": types.StringType, "custom_term_end_date": timetypes.RFC3339Type{},
}

// NextTermFromAPI is null where there are no instructions, or none that say anything.
func NextTermFromAPI(n *partnercenter.NextTermInstructions) types.Object {
	if n == nil || n.Product.ProductID == "" && n.Quantity == 0 {
		return types.ObjectNull(NextTermTypes)
	}
	quantity := types.Int64Null()
	if n.Quantity != 0 {
		quantity = types.Int64Value(int64(n.Quantity))
	}
	return types.ObjectValueMust(NextTermTypes, map[string]attr.Value{
		"product_id": framework.String(n.Product.ProductID), "sku_id": framework.String(n.Product.SkuID),
		"term_duration": framework.String(n.Product.TermDuration), "billing_cycle": framework.String(strings.ToLower(n.Product.BillingCycle)),
		"quantity": quantity, "promotion_id": framework.String(n.Product.PromotionID), "custom_term_end_date": framework.Time(n.CustomTermEndDate),
	})
}

// NextTermOf is the instructions of an object, nil for none.
func NextTermOf(o types.Object) *NextTerm {
	if !framework.Known(o) {
		return nil
	}
	return &NextTerm{
		ProductID: Member[types.String](o, "product_id"), SkuID: Member[types.String](o, "sku_id"),
		TermDuration: Member[types.String](o, "term_duration"), BillingCycle: Member[types.String](o, "billing_cycle"), Quantity: Member[types.Int64](o, "quantity"),
		PromotionID: Member[types.String](o, "promotion_id"), CustomTermEndDate: Member[timetypes.RFC3339](o, "custom_term_end_date"),
	}
}

// Member is one of an object; it is null where the object is not known.
func Member[T attr.Value](of types.Object, name string) T {
	value, _ := of.Attributes()[name].(T)
	return value
}

// ToAPI is what Partner Center is told.
func (n *NextTerm) ToAPI() *partnercenter.NextTermInstructions {
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

// MeantForOneRenewal says what of instructions that stay for the next renewal was meant for one renewal.
func MeantForOneRenewal(instructions types.Object) string {
	var once []string
	for _, name := range []string{"promotion_id", "custom_term_end_date"} {
		if value, known := instructions.Attributes()[name]; known && !value.IsNull() {
			once = append(once, name)
		}
	}
	if len(once) == 0 {
		return ""
	}
	return fmt.Sprintf("There, %s counted for one renewal: write what counts for the next one, or leave it out. ", strings.Join(once, " and "))
}
