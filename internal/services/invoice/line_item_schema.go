// SPDX-License-Identifier: MPL-2.0

package invoice

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

func lineItemAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"customer_id":          framework.ShownText("Customer."),
		"customer_name":        framework.ShownText("Company name of the customer."),
		"customer_domain_name": framework.ShownText("Domain of the customer's tenant."),
		"customer_country":     framework.ShownText("Country of the customer, ISO 3166 alpha-2."),
		"mpn_id":               framework.ShownText("PartnerID (formerly MPN ID) of the partner."),
		"reseller_mpn_id":      framework.ShownText("PartnerID of the indirect reseller on record; absent when there is none."),

		"invoice_number":       framework.ShownText("Invoice; absent while unbilled."),
		"order_id":             framework.ShownText("Order that is charged."),
		"order_date":           framework.ShownTime("When it was ordered."),
		"alternate_id":         framework.ShownText("Shorter id of the order, for people."),
		"reference_id":         framework.ShownText("Reference of the charge."),
		"reservation_order_id": framework.ShownText("Reservation that is charged."),
		"promotion_id":         framework.ShownText("Promotion that was applied."),
		"credit_reason_code":   framework.ShownText("Why an amount was credited."),

		"product_id":         framework.ShownText("Product."),
		"sku_id":             framework.ShownText("SKU of the product."),
		"availability_id":    framework.ShownText("Availability that was bought."),
		"offer_id":           framework.ShownText("Legacy offer."),
		"product_name":       framework.ShownText("Name of the product."),
		"sku_name":           framework.ShownText("Name of the SKU."),
		"offer_name":         framework.ShownText("Name of the legacy offer."),
		"product_qualifiers": framework.ShownTexts("What is special about it, such as `AddOn` or `Trial`."),
		"publisher_name":     framework.ShownText("Publisher of the product."),
		"publisher_id":       framework.ShownText("Id of the publisher."),

		"subscription_id":          framework.ShownText("Subscription that is charged."),
		"subscription_description": framework.ShownText("Nickname of the subscription."),
		"subscription_start_date":  framework.ShownTime("Start of its term."),
		"subscription_end_date":    framework.ShownTime("End of its term."),
		"term_and_billing_cycle":   framework.ShownText("Term and billing cycle in words."),
		"billing_frequency":        framework.ShownText("How often it is charged."),

		"invoice_line_item_type": framework.ShownText("`billing_line_items` or `usage_line_items`."),
		"billing_provider":       framework.ShownText("Where the charge comes from: `one_time` (new commerce and marketplace), `office`, `azure` and others."),
		"usage":                  framework.ShownObject("What was used; absent for charges that do not depend on usage.", usageAttributes()),
	}
	maps.Copy(attributes, chargeAttributes())
	return attributes
}

func chargeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"charge_type":                  framework.ShownText("Why it is charged: `new`, `renew`, `cycleCharge`, `addQuantity`, `removeQuantity`, `cancelImmediate`, `customerCredit` and others; Partner Center is not consistent about capitals."),
		"charge_start_date":            framework.ShownTime("First day of what is charged."),
		"charge_end_date":              framework.ShownTime("Last day of what is charged."),
		"usage_date":                   framework.ShownTime("Day of the usage."),
		"unit_price":                   framework.ShownText("Price of one unit, an exact decimal."),
		"effective_unit_price":         framework.ShownText("The same after discounts and margins, an exact decimal."),
		"unit_type":                    framework.ShownText("What is counted."),
		"quantity":                     framework.ShownText("Units, an exact decimal: usage has fractions."),
		"billable_quantity":            framework.ShownText("Units that are charged, an exact decimal."),
		"amount":                       framework.ShownText("Unit price times quantity of a legacy charge, an exact decimal."),
		"subtotal":                     framework.ShownText("Charge before tax, an exact decimal."),
		"tax_total":                    framework.ShownText("Tax, an exact decimal."),
		"total_for_customer":           framework.ShownText("Charge with tax, an exact decimal."),
		"currency":                     framework.ShownText("Currency of the amounts, ISO 4217."),
		"billing_pre_tax_total":        framework.ShownText("Charge for usage before tax, an exact decimal in `billing_currency`."),
		"billing_currency":             framework.ShownText("Currency that usage is charged in, ISO 4217."),
		"pricing_pre_tax_total":        framework.ShownText("Charge for usage before tax, an exact decimal in `pricing_currency`."),
		"pricing_currency":             framework.ShownText("Currency of the price list, ISO 4217."),
		"pc_to_bc_exchange_rate":       framework.ShownText("Exchange rate from the pricing to the billing currency, an exact decimal."),
		"pc_to_bc_exchange_rate_date":  framework.ShownTime("Day of the exchange rate."),
		"meter_description":            framework.ShownText("What a meter counted, in words."),
		"price_adjustment_description": framework.ShownText("Discounts and margins in the price: a JSON array, for `jsondecode`."),
	}
}

func usageAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"meter_id":                      framework.ShownText("Meter, a GUID."),
		"meter_name":                    framework.ShownText("Name of the meter."),
		"meter_type":                    framework.ShownText("Type of the meter."),
		"meter_category":                framework.ShownText("Service that the meter belongs to."),
		"meter_sub_category":            framework.ShownText("Part of the service."),
		"meter_region":                  framework.ShownText("Region of the meter."),
		"unit_of_measure":               framework.ShownText("What is counted, such as `1 Hour`."),
		"consumed_service":              framework.ShownText("Resource provider of the service."),
		"resource_uri":                  framework.ShownText("Resource that was used."),
		"resource_group":                framework.ShownText("Resource group of the resource."),
		"resource_location":             framework.ShownText("Where the resource is."),
		"tags":                          framework.ShownText("Tags of the resource, JSON."),
		"additional_info":               framework.ShownText("What the service says about the usage, JSON."),
		"service_info1":                 framework.ShownText("Internal to the service."),
		"service_info2":                 framework.ShownText("Internal to the service."),
		"entitlement_id":                framework.ShownText("Azure subscription."),
		"entitlement_description":       framework.ShownText("Name of the Azure subscription."),
		"has_partner_earned_credit":     framework.ShownFlag("Whether the partner earned credit was applied."),
		"rate_of_partner_earned_credit": framework.ShownText("Rate of the partner earned credit, an exact decimal."),
		"rate_of_credit":                framework.ShownText("Rate of another credit, an exact decimal."),
		"credit_type":                   framework.ShownText("Which other credit it is."),
	}
}
