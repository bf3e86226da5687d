// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

type nextTermModel struct {
	ProductID         types.String      `tfsdk:"product_id"`
	SkuID             types.String      `tfsdk:"sku_id"`
	TermDuration      types.String      `tfsdk:"term_duration"`
	BillingCycle      types.String      `tfsdk:"billing_cycle"`
	Quantity          types.Int64       `tfsdk:"quantity"`
	PromotionID       types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
}

func nextTermFromAPI(n *partnercenter.NextTermInstructions) *nextTermModel {
	if n == nil || n.Product.ProductID == "" && n.Quantity == 0 {
		return nil
	}
	return &nextTermModel{
		ProductID: framework.String(n.Product.ProductID), SkuID: framework.String(n.Product.SkuID),
		TermDuration: framework.String(n.Product.TermDuration), BillingCycle: framework.String(strings.ToLower(n.Product.BillingCycle)),
		Quantity: framework.Positive(int64(n.Quantity)), PromotionID: framework.String(n.Product.PromotionID),
		CustomTermEndDate: framework.Time(n.CustomTermEndDate),
	}
}

type refundOptionModel struct {
	Type      types.String      `tfsdk:"type"`
	ExpiresAt timetypes.RFC3339 `tfsdk:"expires_at"`
}

func refundOptionFromAPI(o *partnercenter.RefundOption) refundOptionModel {
	return refundOptionModel{Type: framework.String(o.Type), ExpiresAt: framework.Time(o.ExpiresAt)}
}

type refundableQuantityModel struct {
	TotalQuantity types.Int64            `tfsdk:"total_quantity"`
	Details       []refundableBatchModel `tfsdk:"details"`
}

type refundableBatchModel struct {
	Quantity             types.Int64       `tfsdk:"quantity"`
	AllowedUntilDateTime timetypes.RFC3339 `tfsdk:"allowed_until_date_time"`
}

func refundableQuantityFromAPI(r *partnercenter.RefundableQuantity) *refundableQuantityModel {
	if r == nil {
		return nil
	}
	return &refundableQuantityModel{
		TotalQuantity: types.Int64Value(int64(r.TotalQuantity)),
		Details: framework.Each(r.Details, func(d *partnercenter.RefundableQuantityDetail) refundableBatchModel {
			return refundableBatchModel{Quantity: types.Int64Value(int64(d.Quantity)), AllowedUntilDateTime: framework.Time(d.AllowedUntilDateTime)}
		}),
	}
}

type scheduledActionModel struct {
	ScheduleType  types.String      `tfsdk:"schedule_type"`
	ActionType    types.String      `tfsdk:"action_type"`
	EffectiveDate timetypes.RFC3339 `tfsdk:"effective_date"`
}

func scheduledActionFromAPI(a *partnercenter.ScheduledAction) scheduledActionModel {
	return scheduledActionModel{ScheduleType: framework.String(a.ScheduleType), ActionType: framework.String(a.ActionType), EffectiveDate: framework.Time(a.EffectiveDate)}
}

type nextChargeModel struct {
	BillingCycle types.String `tfsdk:"billing_cycle"`
	TermDuration types.String `tfsdk:"term_duration"`
	Quantity     types.Int64  `tfsdk:"quantity"`
}

func nextChargeFromAPI(n *partnercenter.NextChargeInstructions) *nextChargeModel {
	if n == nil {
		return nil
	}
	return &nextChargeModel{
		BillingCycle: framework.String(strings.ToLower(n.Product.BillingCycle)), TermDuration: framework.String(n.Product.TermDuration),
		Quantity: types.Int64Value(int64(n.Quantity)),
	}
}
