// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Record is a subscription as Partner Center itself has it.
type Record map[string]any

// RecordOf asks without that being a read; it is nil for what does not exist.
func RecordOf(emu *emulator.Server, customer, id string) Record {
	record, _ := emu.Subscription(customer, id)
	return record
}

// Text is a member that is text.
func (r Record) Text(name string) string {
	text, _ := r[name].(string)
	return text
}

// Licenses is the quantity.
func (r Record) Licenses() int {
	number, _ := r["quantity"].(float64)
	return int(number)
}

// Yes is a member that is true.
func (r Record) Yes(name string) bool {
	is, _ := r[name].(bool)
	return is
}

func (r Record) nested(name string) Record {
	nested, _ := r[name].(map[string]any)
	return nested
}

// Status is in lower case.
func (r Record) Status() string { return strings.ToLower(r.Text("status")) }

// Ended holds for what no request brings back, and for what does not exist.
func (r Record) Ended() bool {
	return r == nil || slices.Contains([]string{"deleted", "expired", "disabled"}, r.Status())
}

// NewCommerce tells Microsoft's licenses from marketplace software.
func (r Record) NewCommerce() bool { return strings.HasPrefix(r.Text("offerId"), "CFQ7") }

// Waits holds for a marketplace subscription before its activation.
func (r Record) Waits() bool { return r.Status() == "pending" || r.Yes("attentionNeeded") }

// Lapsed holds for a marketplace purchase that ended before its activation, uncharged.
func (r Record) Lapsed() bool { return r != nil && r.Ended() && r.Yes("attentionNeeded") }

// Dormant holds while nothing about the renewal can be changed: before the activation, while it is suspended, and after its end.
func (r Record) Dormant() bool { return r.Waits() || r.Status() == "suspended" || r.Ended() }

// Cancels reports whether a cancellation is scheduled for the end of the term.
func (r Record) Cancels() bool {
	actions, _ := r["scheduledActions"].([]any)
	return slices.ContainsFunc(actions, func(one any) bool {
		action, _ := one.(map[string]any)
		return action["actionType"] == "Cancel"
	})
}

// Ends reports whether the record ends with its term: without renewal and, for new commerce, with the cancellation scheduled.
func (r Record) Ends() bool {
	return !r.Yes("autoRenewEnabled") && (!r.NewCommerce() || r.Yes("isTrial") || r.Cancels())
}

// TermEnd is when the present term ends.
func (r Record) TermEnd() time.Time {
	end, err := time.Parse(time.RFC3339, r.Text("commitmentEndDateTime"))
	if err != nil {
		end, _ = time.Parse(time.RFC3339, r.Text("commitmentEndDate")) // the zero time for what has no end
	}
	return end
}

// ComingCycle is the billing cycle from the next charge on.
func (r Record) ComingCycle() string {
	if coming := r.nested("nextChargeInstructions").nested("product").Text("billingCycle"); coming != "" {
		return coming
	}
	return r.Text("billingCycle")
}

// NextTerm is what the record renews into, in the words of the configuration; nil for nothing.
func (r Record) NextTerm() Configuration {
	next := r.nested("scheduledNextTermInstructions")
	if next == nil {
		return nil
	}
	product := next.nested("product")
	into := Configuration{
		"product_id": product.Text("productId"), "sku_id": product.Text("skuId"), "term_duration": product.Text("termDuration"),
		"billing_cycle": product.Text("billingCycle"), "quantity": next.Licenses(),
	}
	if promotion := product.Text("promotionId"); promotion != "" {
		into["promotion_id"] = promotion
	}
	if end := next.Text("customTermEndDate"); end != "" {
		into["custom_term_end_date"] = strings.TrimSuffix(end, "Z") + "Z" // without a zone it is UTC
	}
	return into
}

// Missing names what of the configuration the record does not show. It is written from internal/partnercenter/reference and not from the
// provider.
func (c Configuration) Missing(r Record) []string {
	var names []string
	differs := func(name string, is bool) {
		if _, configured := c[name]; configured && is {
			names = append(names, name)
		}
	}
	product, sku := r.Item()
	differs("product_id", c["product_id"] != product)
	differs("sku_id", c["sku_id"] != sku)
	differs("quantity", c["quantity"] != r.Licenses())
	differs("friendly_name", c["friendly_name"] != r.Text("friendlyName"))
	differs("partner_id", c["partner_id"] != r.Text("partnerId"))
	differs("term_duration", c["term_duration"] != r.Text("termDuration"))
	differs("billing_cycle", c["billing_cycle"] != r.ComingCycle())
	differs("suspended", c["suspended"] != (r.Status() == "suspended"))
	if r.Dormant() { // what is wanted of the renewal waits
		return names
	}
	differs("auto_renew_enabled", c["auto_renew_enabled"] == true && (!r.Yes("autoRenewEnabled") || r.Cancels()) || c["auto_renew_enabled"] == false && !r.Ends())
	into, wanted := c["scheduled_next_term_instructions"].(Configuration)
	if wanted && !maps.Equal(into, r.NextTerm()) || !wanted && r.NextTerm() != nil && !r.Yes("isTrial") {
		names = append(names, "scheduled_next_term_instructions")
	}
	return names
}

// Item is the product and the SKU.
func (r Record) Item() (product, sku string) {
	parts := strings.Split(r.Text("offerId")+"::", ":")
	return parts[0], parts[1]
}

// Accept configures what the record shows, as somebody does who was told why it cannot be otherwise.
func (c Configuration) Accept(r Record) {
	set := func(name string, value any, possible bool) {
		if _, configured := c[name]; configured && possible {
			c[name] = value
		} else {
			delete(c, name)
		}
	}
	c["product_id"], c["sku_id"] = r.Item()
	c["quantity"] = r.Licenses()
	set("friendly_name", r.Text("friendlyName"), true)
	set("term_duration", r.Text("termDuration"), true)
	set("billing_cycle", r.ComingCycle(), true)
	set("suspended", r.Status() == "suspended", r.Status() == "active" || r.Status() == "suspended")
	set("auto_renew_enabled", r.Yes("autoRenewEnabled"), r.Yes("autoRenewEnabled") != r.Cancels() && (r.Yes("autoRenewEnabled") || r.Ends()))
	delete(c, "partner_id")
	if reseller := r.Text("partnerId"); reseller != "" {
		c["partner_id"] = reseller
	}
	delete(c, "scheduled_next_term_instructions")
	if into := r.NextTerm(); into != nil && !r.Yes("isTrial") && r.Yes("autoRenewEnabled") {
		c["scheduled_next_term_instructions"] = into
	}
}

// Everything configures all that a record shows.
func Everything(customer string, r Record) Configuration {
	c := Configuration{"customer_id": customer, "friendly_name": "", "term_duration": "", "billing_cycle": "", "auto_renew_enabled": true}
	if r.Status() == "suspended" {
		c["suspended"] = true
	}
	c.Accept(r)
	return c
}

// Brief is what of a record a story needs.
func (r Record) Brief() string {
	var text strings.Builder
	for _, name := range []string{
		"id", "offerId", "status", "quantity", "friendlyName", "termDuration", "billingCycle", "autoRenewEnabled", "partnerId", "isTrial", "attentionNeeded",
		"scheduledActions", "scheduledNextTermInstructions", "nextChargeInstructions", "commitmentEndDate", "refundableQuantity",
	} {
		if r[name] != nil {
			fmt.Fprintf(&text, "\n    %s: %v", name, r[name])
		}
	}
	return text.String()
}
