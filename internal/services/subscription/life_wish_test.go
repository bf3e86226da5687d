// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// wish is a configuration of partnercenter_subscription: strings, bools, ints and, for nested objects, wishes by attribute.
type wish map[string]any

// record is a subscription as Partner Center itself has it.
type record map[string]any

func recordOf(emu *emulator.Server, customer, id string) record {
	members, _ := emu.Subscription(customer, id)
	return members
}

func (r record) text(name string) string {
	text, _ := r[name].(string)
	return text
}

func (r record) licenses() int {
	number, _ := r["quantity"].(float64)
	return int(number)
}

func (r record) yes(name string) bool {
	is, _ := r[name].(bool)
	return is
}

func (r record) nested(name string) record {
	members, _ := r[name].(map[string]any)
	return members
}

func (r record) status() string { return strings.ToLower(r.text("status")) }

func (r record) ended() bool {
	return slices.Contains([]string{"deleted", "expired", "disabled"}, r.status())
}

func (r record) newCommerce() bool { return strings.HasPrefix(r.text("offerId"), "CFQ7") }

// waits holds for a marketplace subscription before its activation.
func (r record) waits() bool { return r.status() == "pending" || r.yes("attentionNeeded") }

// dormant holds while nothing about the renewal can be changed: before the activation, while it is suspended, and after its end.
func (r record) dormant() bool { return r.waits() || r.status() == "suspended" || r.ended() }

// cancels reports whether a cancellation is scheduled for the end of the term.
func (r record) cancels() bool {
	actions, _ := r["scheduledActions"].([]any)
	return slices.ContainsFunc(actions, func(one any) bool {
		members, _ := one.(map[string]any)
		return members["actionType"] == "Cancel"
	})
}

// termEnd is when the present term ends.
func (r record) termEnd() time.Time {
	end, err := time.Parse(time.RFC3339, r.text("commitmentEndDateTime"))
	if err != nil {
		end, _ = time.Parse(time.RFC3339, r.text("commitmentEndDate")) // the zero time for what has no end
	}
	return end
}

// comingCycle is the billing cycle from the next charge on.
func (r record) comingCycle() string {
	if coming := r.nested("nextChargeInstructions").nested("product").text("billingCycle"); coming != "" {
		return coming
	}
	return r.text("billingCycle")
}

// nextTerm is what the record renews into, in the words of the configuration; nil for nothing.
func (r record) nextTerm() wish {
	next := r.nested("scheduledNextTermInstructions")
	if next == nil {
		return nil
	}
	product := next.nested("product")
	into := wish{
		"product_id": product.text("productId"), "sku_id": product.text("skuId"), "term_duration": product.text("termDuration"),
		"billing_cycle": product.text("billingCycle"), "quantity": next.licenses(),
	}
	if promotion := product.text("promotionId"); promotion != "" {
		into["promotion_id"] = promotion
	}
	if end := next.text("customTermEndDate"); end != "" {
		into["custom_term_end_date"] = strings.TrimSuffix(end, "Z") + "Z" // without a zone it is UTC
	}
	return into
}

// ends reports whether the record ends with its term: without renewal and, for new commerce, with the cancellation scheduled.
func (r record) ends() bool {
	return !r.yes("autoRenewEnabled") && (!r.newCommerce() || r.yes("isTrial") || r.cancels())
}

// missing names what of the configuration the record does not show. It is written from internal/partnercenter/reference and not from the
// provider.
func (w wish) missing(r record) []string {
	var names []string
	differs := func(name string, is bool) {
		if _, configured := w[name]; configured && is {
			names = append(names, name)
		}
	}
	item := strings.Split(r.text("offerId"), ":")
	differs("product_id", w["product_id"] != item[0])
	differs("sku_id", w["sku_id"] != item[1])
	differs("quantity", w["quantity"] != r.licenses())
	differs("friendly_name", w["friendly_name"] != r.text("friendlyName"))
	differs("partner_id", w["partner_id"] != r.text("partnerId"))
	differs("term_duration", w["term_duration"] != r.text("termDuration"))
	differs("billing_cycle", w["billing_cycle"] != r.comingCycle())
	differs("suspended", w["suspended"] != (r.status() == "suspended"))
	if r.dormant() { // what is wanted of the renewal waits
		return names
	}
	differs("auto_renew_enabled", w["auto_renew_enabled"] == true && (!r.yes("autoRenewEnabled") || r.cancels()) || w["auto_renew_enabled"] == false && !r.ends())
	into, wanted := w["scheduled_next_term_instructions"].(wish)
	if wanted && !maps.Equal(into, r.nextTerm()) || !wanted && r.nextTerm() != nil && !r.yes("isTrial") {
		names = append(names, "scheduled_next_term_instructions")
	}
	return names
}

// accept configures what the record shows, as somebody does who was told why it cannot be otherwise.
func (w wish) accept(r record) {
	set := func(name string, value any, possible bool) {
		if _, configured := w[name]; configured && possible {
			w[name] = value
		} else {
			delete(w, name)
		}
	}
	item := strings.Split(r.text("offerId"), ":")
	w["product_id"], w["sku_id"], w["quantity"] = item[0], item[1], r.licenses()
	set("friendly_name", r.text("friendlyName"), true)
	set("term_duration", r.text("termDuration"), true)
	set("billing_cycle", r.comingCycle(), true)
	set("suspended", r.status() == "suspended", r.status() == "active" || r.status() == "suspended")
	set("auto_renew_enabled", r.yes("autoRenewEnabled"), r.yes("autoRenewEnabled") != r.cancels() && (r.yes("autoRenewEnabled") || r.ends()))
	delete(w, "partner_id")
	if reseller := r.text("partnerId"); reseller != "" {
		w["partner_id"] = reseller
	}
	delete(w, "scheduled_next_term_instructions")
	if into := r.nextTerm(); into != nil && !r.yes("isTrial") && r.yes("autoRenewEnabled") {
		w["scheduled_next_term_instructions"] = into
	}
}

// everything configures all that a record shows.
func everything(customer string, r record) wish {
	w := wish{"customer_id": customer, "friendly_name": "", "term_duration": "", "billing_cycle": "", "auto_renew_enabled": true}
	if r.status() == "suspended" {
		w["suspended"] = true
	}
	w.accept(r)
	return w
}

// hcl is the configuration as text.
func (w wish) hcl(indent string) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(w)) {
		switch value := w[name].(type) {
		case wish:
			fmt.Fprintf(&text, "%s%s = {\n%s%s}\n", indent, name, value.hcl(indent+"  "), indent)
		case string:
			fmt.Fprintf(&text, "%s%s = %q\n", indent, name, value)
		default:
			fmt.Fprintf(&text, "%s%s = %v\n", indent, name, value)
		}
	}
	return text.String()
}

func (w wish) clone() wish {
	copied := maps.Clone(w)
	if into, ok := w["scheduled_next_term_instructions"].(wish); ok {
		copied["scheduled_next_term_instructions"] = maps.Clone(into)
	}
	return copied
}
