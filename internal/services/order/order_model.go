// SPDX-License-Identifier: MPL-2.0

// Package order is what people write in HCL about the orders of a customer.
package order

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// orderModel is an order as both data sources show it.
type orderModel struct {
	ID              types.String      `tfsdk:"id"`
	AlternateID     types.String      `tfsdk:"alternate_id"`
	Status          types.String      `tfsdk:"status"`
	TransactionType types.String      `tfsdk:"transaction_type"`
	BillingCycle    types.String      `tfsdk:"billing_cycle"`
	CreationDate    timetypes.RFC3339 `tfsdk:"creation_date"`
	TotalPrice      types.String      `tfsdk:"total_price"`
	CurrencyCode    types.String      `tfsdk:"currency_code"`
	CurrencySymbol  types.String      `tfsdk:"currency_symbol"`
	LineItems       []lineModel       `tfsdk:"line_items"`
}

type lineModel struct {
	LineItemNumber               types.Int64       `tfsdk:"line_item_number"`
	OfferID                      types.String      `tfsdk:"offer_id"`
	SubscriptionID               types.String      `tfsdk:"subscription_id"`
	ParentSubscriptionID         types.String      `tfsdk:"parent_subscription_id"`
	TransactionType              types.String      `tfsdk:"transaction_type"`
	Quantity                     types.Int64       `tfsdk:"quantity"`
	FriendlyName                 types.String      `tfsdk:"friendly_name"`
	TermDuration                 types.String      `tfsdk:"term_duration"`
	RenewsTo                     *renewsToModel    `tfsdk:"renews_to"`
	CustomTermEndDate            timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
	PromotionID                  types.String      `tfsdk:"promotion_id"`
	Pricing                      *pricingModel     `tfsdk:"pricing"`
	PartnerIDOnRecord            types.String      `tfsdk:"partner_id_on_record"`
	AdditionalPartnerIDsOnRecord types.List        `tfsdk:"additional_partner_ids_on_record"`
	ProvisioningContext          types.Map         `tfsdk:"provisioning_context"`
	AttestationAccepted          types.Bool        `tfsdk:"attestation_accepted"`
}

type renewsToModel struct {
	TermDuration types.String `tfsdk:"term_duration"`
}

type pricingModel struct {
	ListPrice       types.String `tfsdk:"list_price"`
	DiscountedPrice types.String `tfsdk:"discounted_price"`
	ProratedPrice   types.String `tfsdk:"prorated_price"`
	Price           types.String `tfsdk:"price"`
	ExtendedPrice   types.String `tfsdk:"extended_price"`
}

func orderFromAPI(o *partnercenter.Order) orderModel {
	return orderModel{
		ID: framework.String(o.ID), AlternateID: framework.String(o.AlternateID), Status: framework.String(partnercenter.OrderStatus(o.Status)),
		TransactionType: framework.String(o.TransactionType), BillingCycle: framework.String(strings.ToLower(o.BillingCycle)),
		CreationDate: framework.Time(o.CreationDate), TotalPrice: framework.Decimal(o.TotalPrice), CurrencyCode: framework.String(o.CurrencyCode),
		CurrencySymbol: framework.String(o.CurrencySymbol), LineItems: framework.Each(o.LineItems, lineFromAPI),
	}
}

func lineFromAPI(l *partnercenter.OrderLine) lineModel {
	m := lineModel{
		LineItemNumber: types.Int64Value(int64(l.LineItemNumber)), OfferID: framework.String(l.OfferID), SubscriptionID: framework.String(l.SubscriptionID),
		ParentSubscriptionID: framework.String(l.ParentSubscriptionID), TransactionType: framework.String(l.TransactionType),
		Quantity: types.Int64Value(int64(l.Quantity)), FriendlyName: framework.Nickname(types.StringNull(), l.FriendlyName), TermDuration: framework.String(l.TermDuration),
		CustomTermEndDate: framework.Time(l.CustomTermEndDate), PromotionID: framework.String(l.PromotionID), PartnerIDOnRecord: framework.String(string(l.PartnerIDOnRecord)),
		AdditionalPartnerIDsOnRecord: texts(l.AdditionalPartnerIDsOnRecord), ProvisioningContext: types.MapNull(types.StringType),
		AttestationAccepted: types.BoolPointerValue(l.AttestationAccepted),
	}
	if l.RenewsTo != nil && l.RenewsTo.TermDuration != "" {
		m.RenewsTo = &renewsToModel{types.StringValue(l.RenewsTo.TermDuration)}
	}
	if p := l.Pricing; p != nil {
		m.Pricing = &pricingModel{
			framework.Decimal(p.ListPrice), framework.Decimal(p.DiscountedPrice), framework.Decimal(p.ProratedPrice),
			framework.Decimal(p.Price), framework.Decimal(p.ExtendedPrice),
		}
	}
	if len(l.ProvisioningContext) > 0 {
		context := map[string]attr.Value{}
		for key, value := range l.ProvisioningContext {
			context[key] = types.StringValue(value)
		}
		m.ProvisioningContext = types.MapValueMust(types.StringType, context)
	}
	return m
}

func texts(values []partnercenter.Text) types.List {
	plain := make([]string, len(values))
	for i, value := range values {
		plain[i] = string(value)
	}
	return framework.Strings(plain)
}

func orderAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":               framework.ShownText("ID of the order."),
		"alternate_id":     framework.ShownText("Shorter ID, for people; often the same."),
		"status":           framework.ShownText("`completed`, `pending`, `pending_review`, `partial_success`, `error`, `cancelled` and others. A subscription can be in use while its order is still `pending`."),
		"transaction_type": framework.ShownText("Who made the order: `UserPurchase`, `SystemPurchase` (a renewal) or `SystemBilling` (a recurring charge)."),
		"billing_cycle":    framework.ShownText("How often the partner is charged."),
		"creation_date":    framework.ShownTime("When it was made."),
		"total_price":      framework.ShownText("Sum of its lines before tax, an exact decimal; absent where Partner Center does not say."),
		"currency_code":    framework.ShownText("Currency of its prices, ISO 4217."),
		"currency_symbol":  framework.ShownText("Symbol of the currency."),
		"line_items":       framework.ShownObjects("Its lines.", lineAttributes()),
	}
}

func lineAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"line_item_number":       framework.ShownNumber("Number of the line, from 0."),
		"offer_id":               framework.ShownText("What was bought: `product:sku:availability`, which `provider::partnercenter::parse_catalog_item_id` takes apart, or a GUID for a legacy offer."),
		"subscription_id":        framework.ShownText("Subscription that the line made or changed; absent until it exists."),
		"parent_subscription_id": framework.ShownText("Subscription that this is an add-on of."),
		"transaction_type":       framework.ShownText("What was done: `New`, `renew`, `addQuantity`, `removeQuantity`, `cancel`, `convert`, `customerCredit`; Partner Center is not consistent about capitals."),
		"quantity":               framework.ShownNumber("Licenses of this transaction; of a change, only those added or removed."),
		"friendly_name":          framework.ShownText("Nickname of the subscription at that time."),
		"term_duration":          framework.ShownText("Commitment, an ISO 8601 duration such as `P1Y`."),
		"renews_to": framework.ShownObject("What a trial becomes when it ends.", map[string]schema.Attribute{
			"term_duration": framework.ShownText("Commitment after the trial, an ISO 8601 duration."),
		}),
		"custom_term_end_date": framework.ShownTime("Day the term was aligned to."),
		"promotion_id":         framework.ShownText("Promotion it was bought with."),
		"pricing": framework.ShownObject("Prices before tax, exact decimals in the currency of the order; absent where Partner Center does not say.", map[string]schema.Attribute{
			"list_price":       framework.ShownText("Price of one license for one billing cycle, without any discount."),
			"discounted_price": framework.ShownText("The same with discounts."),
			"prorated_price":   framework.ShownText("The same for a first cycle that is shorter than the others."),
			"price":            framework.ShownText("What one license costs for one billing cycle."),
			"extended_price":   framework.ShownText("What all licenses of the line cost."),
		}),
		"partner_id_on_record":             framework.ShownText("PartnerID (formerly MPN ID) of the indirect reseller on record."),
		"additional_partner_ids_on_record": framework.ShownTexts("PartnerIDs of further resellers."),
		"provisioning_context":             schema.MapAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "What the publisher or the service was told for the set-up."},
		"attestation_accepted":             framework.ShownFlag("Whether an attestation that the offer asks for was accepted."),
	}
}
