// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// namedRemedy is a code in the spelling of the service's enums, and what to do about it.
type namedRemedy struct{ name, remedy string }

// named finds a code by its number, or by its name in any spelling.
func named(all map[string]namedRemedy, code string) (namedRemedy, bool) {
	if found, ok := all[code]; ok {
		return found, true
	}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
	for _, found := range all {
		if found.name != "" && plain(found.name) == plain(code) {
			return found, true
		}
	}
	return namedRemedy{}, false
}

// cartErrors are why a line of a cart cannot be bought. See reference/commerce.md#cart-line-error-codes.
var cartErrors = map[string]namedRemedy{
	"0":      {"unknown", adviceSupport},
	"10000":  {"currency_is_not_supported", "The offer is not sold in this currency in the customer's market. " + adviceSupport},
	"10001":  {"catalog_item_id_is_not_valid", "Check product_id and sku_id. The catalog may also have re-issued the offer in the meantime: run again, it is looked up each time."},
	"10002":  {"quota_not_available", "The customer's quota for this offer is used up. Lower quantity, or ask partner support."},
	"10003":  {"inventory_not_available", "The offer is sold out at the moment. Try again later, or ask the publisher."},
	"10004":  {"participants_is_not_supported_for_partner", "Remove partner_id: only an indirect provider names a reseller."},
	"10006":  {"unable_to_process_cart_line_item", adviceLater},
	"10007":  {"subscription_is_not_valid", "The subscription that the line refers to does not exist or is not active. Check renews_to and provisioning_context."},
	"10008":  {"subscription_is_not_enabled_for_ri", "The Azure subscription is not enabled for reservations. Enable it in Partner Center first."},
	"10009":  {"sandbox_limit_exceeded", adviceSandbox},
	"10010":  {"invalid_input", "One of the values is not valid, and Partner Center's text says which. Correct it in the configuration."},
	"10011":  {"subscription_not_registered", "The Azure subscription is not registered for reservations. Register it in Partner Center first."},
	"10012":  {"attestation_not_accepted", "The offer wants its terms to be attested: set attestation_accepted = true after reading them."},
	"10013":  {"billing_plan_not_supported", "The offer is not sold for this term and billing cycle; partnercenter_availabilities shows the pairs. Change term_duration or billing_cycle."},
	"10014":  {"invalid_promotion_id", advicePromotion},
	"10015":  {"max_allowed_seats_per_subscription_exceeded", "Lower quantity: a subscription to this offer cannot have so many licenses."},
	"10016":  {"invalid_custom_term_end_date_product", "Remove custom_term_end_date: only new-commerce subscriptions that are no trials take one."},
	"10017":  {"invalid_custom_term_end_date", adviceTermDate},
	"10018":  {"base_offer_seat_quantity_not_met", "The add-on needs more licenses of its base offer. Raise the quantity of that subscription first."},
	"10019":  {"minimum_add_on_seats_not_met", "Raise quantity: the add-on is not sold in so small a number."},
	"400041": {"", "The add-on needs a subscription of the customer that it can be added to, and there is none. Buy that one first: depends_on in the add-on's block, with quantity as the add-on wants it."},
	"500600": {"legacy_offer_not_eligible_for_purchase", "The old offer is withdrawn. Buy the new-commerce product that replaced it."},
}

func (e *CartLineError) known() (namedRemedy, bool) { return named(cartErrors, string(e.ErrorCode)) }

// Remedy says what to do about the line, or "".
func (e *CartLineError) Remedy() string {
	found, _ := e.known()
	return found.remedy
}

// Name is the error code in words, or as the service wrote it when it is not a known one.
func (e *CartLineError) Name() string {
	if found, ok := e.known(); ok && found.name != "" {
		return found.name
	}
	return escape.Terminal(string(e.ErrorCode))
}

// LookupCode is the code to look up.
func (e *CartLineError) LookupCode() string { return e.Name() }

// Error is the service's own text with the code.
func (e *CartLineError) Error() string {
	return strings.TrimSpace(wire.OneLine(e.ErrorDescription) + " (" + e.Name() + ")")
}
