// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"

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
	refundOptionTypes = map[string]attr.Type{"type": types.StringType, "expires_at": timetypes.RFC3339Type{}}
	refundBatchTypes  = map[string]attr.Type{"quantity": types.Int64Type, "allowed_until_date_time": timetypes.RFC3339Type{}}
	refundableTypes   = map[string]attr.Type{"total_quantity": types.Int64Type, "details": types.ListType{ElemType: types.ObjectType{AttrTypes: refundBatchTypes}}}
	actionTypes       = map[string]attr.Type{"schedule_type": types.StringType, "action_type": types.StringType, "effective_date": timetypes.RFC3339Type{}}
	nextChargeTypes   = map[string]attr.Type{"billing_cycle": types.StringType, "term_duration": types.StringType, "quantity": types.Int64Type}
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

func refundOptionsFromAPI(options []partnercenter.RefundOption) types.List {
	return listOf(refundOptionTypes, options, func(o partnercenter.RefundOption) map[string]attr.Value {
		return map[string]attr.Value{"type": framework.String(o.Type), "expires_at": framework.Time(o.ExpiresAt)}
	})
}

func refundableFromAPI(r *partnercenter.RefundableQuantity) types.Object {
	if r == nil {
		return types.ObjectNull(refundableTypes)
	}
	return types.ObjectValueMust(refundableTypes, map[string]attr.Value{
		"total_quantity": types.Int64Value(int64(r.TotalQuantity)),
		"details": listOf(refundBatchTypes, r.Details, func(d partnercenter.RefundableQuantityDetail) map[string]attr.Value {
			return map[string]attr.Value{"quantity": types.Int64Value(int64(d.Quantity)), "allowed_until_date_time": framework.Time(d.AllowedUntilDateTime)}
		}),
	})
}

func actionsFromAPI(actions []partnercenter.ScheduledAction) types.List {
	return listOf(actionTypes, actions, func(a partnercenter.ScheduledAction) map[string]attr.Value {
		return map[string]attr.Value{
			"schedule_type": framework.String(a.ScheduleType), "action_type": framework.String(a.ActionType), "effective_date": framework.Time(a.EffectiveDate),
		}
	})
}

func nextChargeFromAPI(n *partnercenter.NextChargeInstructions) types.Object {
	if n == nil {
		return types.ObjectNull(nextChargeTypes)
	}
	return types.ObjectValueMust(nextChargeTypes, map[string]attr.Value{
		"billing_cycle": framework.String(strings.ToLower(n.Product.BillingCycle)), "term_duration": framework.String(n.Product.TermDuration),
		"quantity": types.Int64Value(int64(n.Quantity)),
	})
}

func listOf[T any](of map[string]attr.Type, values []T, object func(T) map[string]attr.Value) types.List {
	elements := make([]attr.Value, 0, len(values))
	for _, v := range values {
		elements = append(elements, types.ObjectValueMust(of, object(v)))
	}
	return types.ListValueMust(types.ObjectType{AttrTypes: of}, elements)
}
