// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// subscriptionAttributes is every attribute of a subscription, with the given ones beside or instead of them.
func subscriptionAttributes(more map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"customer_id":          framework.ShownText("Customer the subscription belongs to."),
		"id":                   framework.ShownText("ID of the subscription, a GUID."),
		"product_id":           framework.ShownText("Product; absent for legacy offers."),
		"sku_id":               framework.ShownText("SKU of the product; absent for legacy offers."),
		"quantity":             framework.ShownNumber("Licenses."),
		"term_duration":        framework.ShownText("Commitment, an ISO 8601 duration such as `P1Y`."),
		"billing_cycle":        framework.ShownText("How often the partner is charged."),
		"friendly_name":        framework.ShownText("Nickname."),
		"auto_renew_enabled":   framework.ShownFlag("Whether it renews at the end of the term."),
		"partner_id":           framework.ShownText("PartnerID (formerly MPN ID) of the indirect reseller on record; absent when there is none."),
		"status":               framework.ShownText("`active`, `suspended`, `pending`, `expired`, `disabled` or `deleted`. The last three have ended."),
		"promotion_id":         framework.ShownText("Promotion it was bought with."),
		"custom_term_end_date": framework.ShownTime("Day the term was aligned to. RFC 3339, UTC."),
		"attention_needed":     framework.ShownFlag("Whether something is to be done; for marketplace SaaS, the set-up at the publisher."),
		"action_taken":         framework.ShownFlag("Whether what `attention_needed` asks for has been done."),
		"actions":              framework.ShownTexts("What Partner Center allows at the moment, such as `edit` and `cancel`."),
		"suspension_reasons":   framework.ShownTexts("Why it is suspended."),
	}
	for _, group := range []map[string]schema.Attribute{productAttributes(), dateAttributes(), refundAttributes(), scheduleAttributes(), more} {
		maps.Copy(attributes, group)
	}
	return attributes
}

// productAttributes say what was bought, and how it came about.
func productAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"order_id":                      framework.ShownText("Order that bought the subscription."),
		"offer_id":                      framework.ShownText("Catalog item the subscription stands on: `product:sku:availability`, or a GUID for a legacy offer. The availability is re-issued from time to time."),
		"offer_name":                    framework.ShownText("Name of the offer."),
		"publisher_name":                framework.ShownText("Publisher of the product."),
		"is_microsoft_product":          framework.ShownFlag("Whether Microsoft is the publisher."),
		"product_type":                  framework.ShownText("Kind of product: `marketplace_saas`, `new_commerce`, `legacy`, `azure`, `software` or `other`."),
		"unit_type":                     framework.ShownText("What is counted, such as `Licenses`."),
		"is_trial":                      framework.ShownFlag("Whether this is a free trial."),
		"billing_type":                  framework.ShownText("`license`, `usage`, `benefit` or `none`."),
		"contract_type":                 framework.ShownText("`subscription`, `product_key` or `redemption_code`."),
		"consumption_type":              framework.ShownText("`overage` where consumption beyond the licenses is allowed and billed."),
		"parent_subscription_id":        framework.ShownText("Subscription that this one is an add-on of."),
		"entitlement_id":                framework.ShownText("Azure entitlement, for Azure products."),
		"has_purchasable_addons":        framework.ShownFlag("Whether add-ons can be bought for it."),
		"migrated_from_subscription_id": framework.ShownText("Legacy subscription that this one came from."),
	}
}

func dateAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"creation_date":                   framework.ShownTime("When it was bought. RFC 3339, UTC."),
		"effective_start_date":            framework.ShownTime("Start of the current term. RFC 3339, UTC."),
		"commitment_end_date":             framework.ShownTime("End of the current term: until then the partner pays. RFC 3339, UTC."),
		"billing_cycle_end_date":          framework.ShownTime("End of the current billing cycle. RFC 3339, UTC."),
		"cancellation_allowed_until_date": framework.ShownTime("Last moment at which it can be canceled. Absent where Partner Center does not say, as for marketplace SaaS: see `refund_options`. RFC 3339, UTC."),
		"renewal_term_duration":           framework.ShownText("Term it renews into, where Partner Center says so."),
	}
}

func refundAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"refund_options": framework.ShownObjects("Until when canceling is refunded, and how.", map[string]schema.Attribute{
			"type":       framework.ShownText("`Full` or `Partial`."),
			"expires_at": framework.ShownTime("Last moment; absent when there is none."),
		}),
		"refundable_quantity": framework.ShownObject("Licenses that can still be given back for a refund; each purchase of licenses has a window of its own.", map[string]schema.Attribute{
			"total_quantity": framework.ShownNumber("All of them."),
			"details": framework.ShownObjects("Each batch.", map[string]schema.Attribute{
				"quantity":                framework.ShownNumber("Licenses of the batch."),
				"allowed_until_date_time": framework.ShownTime("Last moment to give them back."),
			}),
		}),
	}
}

// scheduleAttributes say what happens later.
func scheduleAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"scheduled_next_term_instructions": framework.ShownObject("What the subscription renews into, for new-commerce products.", map[string]schema.Attribute{
			"product_id":           framework.ShownText("Product of the next term."),
			"sku_id":               framework.ShownText("SKU of the next term."),
			"term_duration":        framework.ShownText("Term from then on."),
			"billing_cycle":        framework.ShownText("Billing cycle from then on."),
			"quantity":             framework.ShownNumber("Licenses from then on, as an absolute number."),
			"promotion_id":         framework.ShownText("Promotion for the next term."),
			"custom_term_end_date": framework.ShownTime("Day the next term ends on instead of its full length."),
		}),
		"scheduled_actions": framework.ShownObjects("What Partner Center has scheduled, such as the cancellation at the end of the term.", map[string]schema.Attribute{
			"schedule_type":  framework.ShownText("`TermEnd` or `CustomDate`."),
			"action_type":    framework.ShownText("`Cancel`, `RenewToNewTerm`, `RenewToExtendedServiceTerm` or `Transition`."),
			"effective_date": framework.ShownTime("The date, for `CustomDate`."),
		}),
		"next_charge_instructions": framework.ShownObject("A change of the billing cycle that waits for the next charge.", map[string]schema.Attribute{
			"billing_cycle": framework.ShownText("Billing cycle from then on."),
			"term_duration": framework.ShownText("Term from then on."),
			"quantity":      framework.ShownNumber("Licenses from then on."),
		}),
	}
}
