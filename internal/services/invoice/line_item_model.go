// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// lineItemModel is one charge.
type lineItemModel struct {
	CustomerID         types.String `tfsdk:"customer_id"`
	CustomerName       types.String `tfsdk:"customer_name"`
	CustomerDomainName types.String `tfsdk:"customer_domain_name"`
	CustomerCountry    types.String `tfsdk:"customer_country"`
	MPNID              types.String `tfsdk:"mpn_id"`
	ResellerMPNID      types.String `tfsdk:"reseller_mpn_id"`

	InvoiceNumber      types.String      `tfsdk:"invoice_number"`
	OrderID            types.String      `tfsdk:"order_id"`
	OrderDate          timetypes.RFC3339 `tfsdk:"order_date"`
	AlternateID        types.String      `tfsdk:"alternate_id"`
	ReferenceID        types.String      `tfsdk:"reference_id"`
	ReservationOrderID types.String      `tfsdk:"reservation_order_id"`
	PromotionID        types.String      `tfsdk:"promotion_id"`
	CreditReasonCode   types.String      `tfsdk:"credit_reason_code"`

	ProductID         types.String `tfsdk:"product_id"`
	SkuID             types.String `tfsdk:"sku_id"`
	AvailabilityID    types.String `tfsdk:"availability_id"`
	OfferID           types.String `tfsdk:"offer_id"`
	ProductName       types.String `tfsdk:"product_name"`
	SkuName           types.String `tfsdk:"sku_name"`
	OfferName         types.String `tfsdk:"offer_name"`
	ProductQualifiers types.List   `tfsdk:"product_qualifiers"`
	PublisherName     types.String `tfsdk:"publisher_name"`
	PublisherID       types.String `tfsdk:"publisher_id"`

	SubscriptionID          types.String      `tfsdk:"subscription_id"`
	SubscriptionDescription types.String      `tfsdk:"subscription_description"`
	SubscriptionStartDate   timetypes.RFC3339 `tfsdk:"subscription_start_date"`
	SubscriptionEndDate     timetypes.RFC3339 `tfsdk:"subscription_end_date"`
	TermAndBillingCycle     types.String      `tfsdk:"term_and_billing_cycle"`
	BillingFrequency        types.String      `tfsdk:"billing_frequency"`

	chargeModel

	InvoiceLineItemType types.String `tfsdk:"invoice_line_item_type"`
	BillingProvider     types.String `tfsdk:"billing_provider"`
	Usage               *usageModel  `tfsdk:"usage"`
}

// chargeModel is what a charge costs, and for when.
type chargeModel struct {
	ChargeType                 types.String      `tfsdk:"charge_type"`
	ChargeStartDate            timetypes.RFC3339 `tfsdk:"charge_start_date"`
	ChargeEndDate              timetypes.RFC3339 `tfsdk:"charge_end_date"`
	UsageDate                  timetypes.RFC3339 `tfsdk:"usage_date"`
	UnitPrice                  types.String      `tfsdk:"unit_price"`
	EffectiveUnitPrice         types.String      `tfsdk:"effective_unit_price"`
	UnitType                   types.String      `tfsdk:"unit_type"`
	Quantity                   types.String      `tfsdk:"quantity"`
	BillableQuantity           types.String      `tfsdk:"billable_quantity"`
	Amount                     types.String      `tfsdk:"amount"`
	Subtotal                   types.String      `tfsdk:"subtotal"`
	TaxTotal                   types.String      `tfsdk:"tax_total"`
	TotalForCustomer           types.String      `tfsdk:"total_for_customer"`
	Currency                   types.String      `tfsdk:"currency"`
	BillingPreTaxTotal         types.String      `tfsdk:"billing_pre_tax_total"`
	BillingCurrency            types.String      `tfsdk:"billing_currency"`
	PricingPreTaxTotal         types.String      `tfsdk:"pricing_pre_tax_total"`
	PricingCurrency            types.String      `tfsdk:"pricing_currency"`
	PCToBCExchangeRate         types.String      `tfsdk:"pc_to_bc_exchange_rate"`
	PCToBCExchangeRateDate     timetypes.RFC3339 `tfsdk:"pc_to_bc_exchange_rate_date"`
	MeterDescription           types.String      `tfsdk:"meter_description"`
	PriceAdjustmentDescription types.String      `tfsdk:"price_adjustment_description"`
}

// usageModel is what was used.
type usageModel struct {
	MeterID                   types.String `tfsdk:"meter_id"`
	MeterName                 types.String `tfsdk:"meter_name"`
	MeterType                 types.String `tfsdk:"meter_type"`
	MeterCategory             types.String `tfsdk:"meter_category"`
	MeterSubCategory          types.String `tfsdk:"meter_sub_category"`
	MeterRegion               types.String `tfsdk:"meter_region"`
	UnitOfMeasure             types.String `tfsdk:"unit_of_measure"`
	ConsumedService           types.String `tfsdk:"consumed_service"`
	ResourceURI               types.String `tfsdk:"resource_uri"`
	ResourceGroup             types.String `tfsdk:"resource_group"`
	ResourceLocation          types.String `tfsdk:"resource_location"`
	Tags                      types.String `tfsdk:"tags"`
	AdditionalInfo            types.String `tfsdk:"additional_info"`
	ServiceInfo1              types.String `tfsdk:"service_info1"`
	ServiceInfo2              types.String `tfsdk:"service_info2"`
	EntitlementID             types.String `tfsdk:"entitlement_id"`
	EntitlementDescription    types.String `tfsdk:"entitlement_description"`
	HasPartnerEarnedCredit    types.Bool   `tfsdk:"has_partner_earned_credit"`
	RateOfPartnerEarnedCredit types.String `tfsdk:"rate_of_partner_earned_credit"`
	RateOfCredit              types.String `tfsdk:"rate_of_credit"`
	CreditType                types.String `tfsdk:"credit_type"`
}

func lineItemFromAPI(l *partnercenter.InvoiceLineItem) lineItemModel {
	text := framework.String
	return lineItemModel{
		CustomerID: text(l.CustomerID), CustomerName: text(l.CustomerName), CustomerDomainName: text(l.CustomerDomainName), CustomerCountry: text(l.CustomerCountry),
		MPNID: text(string(l.MPNID)), ResellerMPNID: text(string(l.ResellerMPNID)),
		InvoiceNumber: text(l.InvoiceNumber), OrderID: text(l.OrderID), OrderDate: framework.Time(l.OrderDate), AlternateID: text(l.AlternateID),
		ReferenceID: text(l.ReferenceID), ReservationOrderID: text(l.ReservationOrderID), PromotionID: text(l.PromotionID), CreditReasonCode: text(l.CreditReasonCode),
		ProductID: text(l.ProductID), SkuID: text(l.SkuID), AvailabilityID: text(l.AvailabilityID), OfferID: text(l.OfferID), ProductName: text(l.ProductName),
		SkuName: text(l.SkuName), OfferName: text(l.OfferName), ProductQualifiers: framework.Strings(l.ProductQualifiers),
		PublisherName: text(l.PublisherName), PublisherID: text(l.PublisherID),
		SubscriptionID: text(l.SubscriptionID), SubscriptionDescription: text(l.SubscriptionDescription), SubscriptionStartDate: framework.Time(l.SubscriptionStartDate),
		SubscriptionEndDate: framework.Time(l.SubscriptionEndDate), TermAndBillingCycle: text(l.TermAndBillingCycle), BillingFrequency: text(l.BillingFrequency),
		chargeModel:         chargeFromAPI(l),
		InvoiceLineItemType: text(l.InvoiceLineItemType), BillingProvider: text(l.BillingProvider), Usage: usageFromAPI(l.Usage),
	}
}

func chargeFromAPI(l *partnercenter.InvoiceLineItem) chargeModel {
	amount, text := framework.Decimal, framework.String
	return chargeModel{
		ChargeType: text(l.ChargeType), ChargeStartDate: framework.Time(l.ChargeStartDate), ChargeEndDate: framework.Time(l.ChargeEndDate), UsageDate: framework.Time(l.UsageDate),
		UnitPrice: amount(l.UnitPrice), EffectiveUnitPrice: amount(l.EffectiveUnitPrice), UnitType: text(l.UnitType), Quantity: amount(l.Quantity),
		BillableQuantity: amount(l.BillableQuantity), Amount: amount(l.Amount), Subtotal: amount(l.Subtotal), TaxTotal: amount(l.TaxTotal),
		TotalForCustomer: amount(l.TotalForCustomer), Currency: text(l.Currency), BillingPreTaxTotal: amount(l.BillingPreTaxTotal), BillingCurrency: text(l.BillingCurrency),
		PricingPreTaxTotal: amount(l.PricingPreTaxTotal), PricingCurrency: text(l.PricingCurrency), PCToBCExchangeRate: amount(l.PCToBCExchangeRate),
		PCToBCExchangeRateDate: framework.Time(l.PCToBCExchangeRateDate), MeterDescription: text(l.MeterDescription),
		PriceAdjustmentDescription: text(string(l.PriceAdjustmentDescription)),
	}
}

func usageFromAPI(u *partnercenter.InvoiceUsage) *usageModel {
	if u == nil {
		return nil
	}
	text := framework.String
	return &usageModel{
		MeterID: text(u.MeterID), MeterName: text(u.MeterName), MeterType: text(u.MeterType), MeterCategory: text(u.MeterCategory), MeterSubCategory: text(u.MeterSubCategory),
		MeterRegion: text(u.MeterRegion), UnitOfMeasure: text(u.UnitOfMeasure), ConsumedService: text(u.ConsumedService), ResourceURI: text(u.ResourceURI),
		ResourceGroup: text(u.ResourceGroup), ResourceLocation: text(u.ResourceLocation), Tags: text(string(u.Tags)), AdditionalInfo: text(string(u.AdditionalInfo)),
		ServiceInfo1: text(string(u.ServiceInfo1)), ServiceInfo2: text(string(u.ServiceInfo2)), EntitlementID: text(u.EntitlementID),
		EntitlementDescription: text(u.EntitlementDescription), HasPartnerEarnedCredit: types.BoolValue(u.HasPartnerEarnedCredit),
		RateOfPartnerEarnedCredit: framework.Decimal(u.RateOfPartnerEarnedCredit), RateOfCredit: framework.Decimal(u.RateOfCredit), CreditType: text(u.CreditType),
	}
}
