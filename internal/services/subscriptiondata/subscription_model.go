// SPDX-License-Identifier: MPL-2.0

// Package subscriptiondata is what people write in HCL to read subscriptions: data sources, activation links, the function that takes an
// import ID apart, and the search over customers that list resources share. Nothing here changes a subscription.
package subscriptiondata

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// subscriptionModel is a subscription as the data sources show it: everything that Partner Center says about it.
type subscriptionModel struct {
	CustomerID types.String `tfsdk:"customer_id"`
	ID         types.String `tfsdk:"id"`

	ProductID         types.String      `tfsdk:"product_id"`
	SkuID             types.String      `tfsdk:"sku_id"`
	Quantity          types.Int64       `tfsdk:"quantity"`
	TermDuration      types.String      `tfsdk:"term_duration"`
	BillingCycle      types.String      `tfsdk:"billing_cycle"`
	FriendlyName      types.String      `tfsdk:"friendly_name"`
	AutoRenewEnabled  types.Bool        `tfsdk:"auto_renew_enabled"`
	PartnerID         types.String      `tfsdk:"partner_id"`
	Status            types.String      `tfsdk:"status"`
	PromotionID       types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
	NextTerm          *nextTermModel    `tfsdk:"scheduled_next_term_instructions"`

	OrderID              types.String `tfsdk:"order_id"`
	OfferID              types.String `tfsdk:"offer_id"`
	OfferName            types.String `tfsdk:"offer_name"`
	PublisherName        types.String `tfsdk:"publisher_name"`
	IsMicrosoftProduct   types.Bool   `tfsdk:"is_microsoft_product"`
	ProductType          types.String `tfsdk:"product_type"`
	UnitType             types.String `tfsdk:"unit_type"`
	IsTrial              types.Bool   `tfsdk:"is_trial"`
	BillingType          types.String `tfsdk:"billing_type"`
	ContractType         types.String `tfsdk:"contract_type"`
	ConsumptionType      types.String `tfsdk:"consumption_type"`
	ParentSubscriptionID types.String `tfsdk:"parent_subscription_id"`
	EntitlementID        types.String `tfsdk:"entitlement_id"`
	HasPurchasableAddons types.Bool   `tfsdk:"has_purchasable_addons"`
	MigratedFromID       types.String `tfsdk:"migrated_from_subscription_id"`

	CreationDate                 timetypes.RFC3339 `tfsdk:"creation_date"`
	EffectiveStartDate           timetypes.RFC3339 `tfsdk:"effective_start_date"`
	CommitmentEndDate            timetypes.RFC3339 `tfsdk:"commitment_end_date"`
	BillingCycleEndDate          timetypes.RFC3339 `tfsdk:"billing_cycle_end_date"`
	CancellationAllowedUntilDate timetypes.RFC3339 `tfsdk:"cancellation_allowed_until_date"`
	RenewalTermDuration          types.String      `tfsdk:"renewal_term_duration"`

	RefundOptions          []refundOptionModel      `tfsdk:"refund_options"`
	RefundableQuantity     *refundableQuantityModel `tfsdk:"refundable_quantity"`
	ScheduledActions       []scheduledActionModel   `tfsdk:"scheduled_actions"`
	NextChargeInstructions *nextChargeModel         `tfsdk:"next_charge_instructions"`
	AttentionNeeded        types.Bool               `tfsdk:"attention_needed"`
	ActionTaken            types.Bool               `tfsdk:"action_taken"`
	Actions                types.List               `tfsdk:"actions"`
	SuspensionReasons      types.List               `tfsdk:"suspension_reasons"`
}

// fromAPI copies what Partner Center answered. The customer is not part of the answer.
func (m *subscriptionModel) fromAPI(s *partnercenter.Subscription) {
	m.ID = types.StringValue(s.ID)
	m.ProductID = framework.String(s.ProductID())
	m.SkuID = framework.String(s.SkuID())
	m.Quantity = types.Int64Value(int64(s.Quantity))
	m.TermDuration = framework.String(s.TermDuration)
	m.BillingCycle = framework.String(strings.ToLower(s.BillingCycle))
	m.FriendlyName = framework.Nickname(m.FriendlyName, s.FriendlyName)
	m.AutoRenewEnabled = types.BoolValue(s.AutoRenewEnabled)
	m.PartnerID = framework.String(string(s.PartnerID))
	m.Status = framework.String(strings.ToLower(s.Status))
	m.PromotionID = framework.String(s.PromotionID)
	m.CustomTermEndDate = framework.Time(s.CustomTermEndDate)
	m.NextTerm = nextTermFromAPI(s.ScheduledNextTermInstructions)
	m.productFromAPI(s)
	m.termFromAPI(s)
	m.RefundOptions = framework.Each(s.RefundOptions, refundOptionFromAPI)
	m.RefundableQuantity = refundableQuantityFromAPI(s.RefundableQuantity)
	m.ScheduledActions = framework.Each(s.ScheduledActions, scheduledActionFromAPI)
	m.NextChargeInstructions = nextChargeFromAPI(s.NextChargeInstructions)
	m.AttentionNeeded = types.BoolPointerValue(s.AttentionNeeded)
	m.ActionTaken = types.BoolPointerValue(s.ActionTaken)
	m.Actions = framework.Strings(s.Actions)
	m.SuspensionReasons = framework.Strings(s.SuspensionReasons)
}

// productFromAPI copies what was bought, and how it came about.
func (m *subscriptionModel) productFromAPI(s *partnercenter.Subscription) {
	m.OrderID = framework.String(s.OrderID)
	m.OfferID = framework.String(s.OfferID)
	m.OfferName = framework.String(s.OfferName)
	m.PublisherName = framework.String(s.PublisherName)
	m.IsMicrosoftProduct = types.BoolPointerValue(s.IsMicrosoftProduct)
	m.ProductType = types.StringValue(string(s.Family()))
	m.UnitType = framework.String(s.UnitType)
	m.IsTrial = types.BoolValue(s.IsTrial)
	m.BillingType = framework.String(s.BillingType)
	m.ContractType = framework.String(s.ContractType)
	m.ConsumptionType = framework.String(s.ConsumptionType)
	m.ParentSubscriptionID = framework.String(s.ParentSubscriptionID)
	m.EntitlementID = framework.String(s.EntitlementID)
	m.HasPurchasableAddons = types.BoolValue(s.HasPurchasableAddons)
	m.MigratedFromID = framework.String(s.MigratedFromSubscriptionID)
}

// termFromAPI copies the dates.
func (m *subscriptionModel) termFromAPI(s *partnercenter.Subscription) {
	m.CreationDate = framework.Time(s.CreationDate)
	m.EffectiveStartDate = framework.Time(s.EffectiveStartDate)
	m.CommitmentEndDate = framework.Time(s.CommitmentEnd())
	m.BillingCycleEndDate = framework.Time(s.BillingCycleEnd())
	m.CancellationAllowedUntilDate = framework.Time(s.CancellationAllowedUntilDate)
	m.RenewalTermDuration = framework.String(s.RenewalTermDuration)
}
