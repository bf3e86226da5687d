// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	aDay  = 24 * time.Hour
	aYear = 366 * aDay
)

// nextOfficeBlock are instructions for the next term.
func nextOfficeBlock() tftypes.Value {
	members := map[string]tftypes.Type{
		"product_id": tftypes.String, "sku_id": tftypes.String, "term_duration": tftypes.String, "billing_cycle": tftypes.String,
		"quantity": tftypes.Number, "promotion_id": tftypes.String, "custom_term_end_date": tftypes.String,
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: members}, map[string]tftypes.Value{
		"product_id": textValue(emulator.ProductOffice), "sku_id": textValue("0001"), "term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"),
		"quantity": tftypes.NewValue(tftypes.Number, 4), "promotion_id": tftypes.NewValue(tftypes.String, nil), "custom_term_end_date": tftypes.NewValue(tftypes.String, nil),
	})
}

func officeChanges(more changes) changes {
	config := changes{"product_id": emulator.ProductOffice, "sku_id": "0001", "quantity": 5, "term_duration": "P1Y", "billing_cycle": "monthly", "friendly_name": "office"}
	maps.Copy(config, more)
	return config
}

// Each choice is both the flag and the scheduled action, from the purchase on and from each other choice, and one request.
func TestSubscription_endOfTerm(t *testing.T) {
	t.Parallel()
	at := map[string]map[string]string{
		"renew":  {"autoRenewEnabled": "true", "scheduledActions": "RenewToNewTerm"},
		"cancel": {"autoRenewEnabled": "false", "scheduledActions": "Cancel"},
		"extend": {"autoRenewEnabled": "false", "scheduledActions": "RenewToExtendedServiceTerm"},
	}
	follows := map[string]any{"renew": true, "cancel": false, "extend": ""}
	for from := range at {
		t.Run(from, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerKaffeehaus)
			m.must(officeChanges(changes{"end_of_term": from}))
			m.shows(at[from])
			m.state(changes{"end_of_term": from, "auto_renew_enabled": follows[from]})
			for to := range at {
				m.must(officeChanges(changes{"end_of_term": from}))
				m.emu.ForgetRequests()
				m.must(officeChanges(changes{"end_of_term": to}))
				m.shows(at[to])
				m.state(changes{"end_of_term": to, "auto_renew_enabled": follows[to]})
				wanted := 1
				if to == from {
					wanted = 0
				}
				if sent := m.emu.Matching(http.MethodPatch, "subscriptions/*"); len(sent) != wanted {
					t.Errorf("%s to %s: %d changes were sent, want %d", from, to, len(sent), wanted)
				}
			}
			expectPurchases(t, m.emu, 1)
		})
	}
}

// To write down what happens anyway, or to leave it out again, sends nothing.
func TestSubscription_endOfTermWrittenDown(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]changes{"renew": {}, "cancel": {"auto_renew_enabled": false}} {
		m := manage(t, emulator.CustomerKaffeehaus)
		m.must(officeChanges(before))
		m.state(changes{"end_of_term": ""})
		m.emu.ForgetRequests()
		m.must(officeChanges(changes{"end_of_term": name}))
		m.must(officeChanges(nil))
		m.state(changes{"end_of_term": "", "auto_renew_enabled": name == "renew"})
		expectNoWrites(t, m.emu)
	}
}

// What says two things at once, or asks for what there is not, is refused before anything is bought.
func TestSubscription_endOfTermRefused(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerKaffeehaus)
	m.refused(officeChanges(changes{"end_of_term": "cancel", "auto_renew_enabled": false}), "end_of_term", "auto_renew_enabled")
	m.refused(officeChanges(changes{"end_of_term": "lapse"}), "end_of_term")
	m.refused(officeChanges(changes{"end_of_term": "extend", "scheduled_next_term_instructions": nextOfficeBlock()}), `end_of_term = "extend" has no next term`)
	m.refused(changes{"product_id": emulator.ProductMailGuard, "sku_id": "0001", "quantity": 5, "term_duration": "P1Y", "billing_cycle": "monthly", "end_of_term": "extend"}, "No extended service term", `end_of_term = "renew" or "cancel"`)
	expectPurchases(t, m.emu, 0)
	lapses := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.NoExtendedServiceTerm = true })
	lapses.must(officeChanges(nil))
	lapses.refused(officeChanges(changes{"end_of_term": "extend"}), "800093")
}

// An extension costs more than the plan of the same SKU, by 3 % of its monthly plan, or by 23 % where it has none: in the plan, in the title.
func TestSubscription_extensionPriced(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerKaffeehaus)
	m.must(officeChanges(changes{"end_of_term": "extend"}))
	m.says("Continues in a paid extended service term: 72.31 EUR a month at today's price", "3 percent") // 5 of 14.04
	m.emu.Advance(aYear)
	m.shows(map[string]string{"termDuration": "P1M", "billingCycle": "monthly", "status": "active"})
	only := manage(t, emulator.CustomerKaffeehaus)
	only.must(changes{"product_id": emulator.ProductDiagram, "sku_id": "0001", "quantity": 2, "term_duration": "P1Y", "billing_cycle": "monthly", "friendly_name": "plans", "end_of_term": "extend"})
	only.says("Continues in a paid extended service term: ")
}

// Partner Center makes an extension of "no renewal" by itself where the cancellation is missing. It is found and taken back where anything
// is configured about the end of the term, and found elsewhere; what was asked for is never undone.
func TestSubscription_extensionNobodyAskedFor(t *testing.T) {
	t.Parallel()
	for reading, knob := range map[string]func(*emulator.Behaviour){
		"shown within a day":       func(*emulator.Behaviour) {},
		"shown at the end of term": func(b *emulator.Behaviour) { b.ExtensionShownAfter = 0 },
	} {
		for name, config := range map[string]changes{
			"auto_renew_enabled": {"auto_renew_enabled": false}, "end_of_term": {"end_of_term": "cancel"},
		} {
			t.Run(reading+"/"+name, func(t *testing.T) {
				t.Parallel()
				m := manage(t, emulator.CustomerKaffeehaus, knob)
				m.must(officeChanges(config))
				if err := m.emu.Drift(m.customer, m.id(), map[string]any{"scheduledActions": []any{}, "autoRenewEnabled": false}); err != nil {
					t.Fatal(err)
				}
				m.emu.Advance(2 * aDay)
				m.plans(officeChanges(config), true)
				if reading == "shown within a day" {
					m.says("Paid extension from ", ", at least 60.26 EUR a month", `Write end_of_term = "cancel"`) // 5 of 11.70 and 3 %
				}
				m.must(officeChanges(config))
				m.shows(map[string]string{"autoRenewEnabled": "false", "scheduledActions": "Cancel"})
				m.emu.Advance(aYear)
				m.shows(map[string]string{"status": "disabled"})
			})
		}
	}
	t.Run("with a SKU of its own", func(t *testing.T) {
		t.Parallel()
		m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.ExtensionSKU = "0EST" })
		config := officeChanges(changes{"end_of_term": "extend"})
		m.must(config)
		m.emu.Advance(aYear)
		m.plans(config, true) // to be seen, and nothing else
		m.says("In its extended service term", `sku_id = "0EST" # not "0001"`, `term_duration = "P1M" # not "P1Y"`)
		config["sku_id"], config["term_duration"] = "0EST", "P1M"
		m.emu.ForgetRequests()
		m.must(config)
		expectNoWrites(t, m.emu)
		config["end_of_term"] = "cancel"
		m.must(config)
		m.emu.Advance(40 * aDay)
		m.shows(map[string]string{"status": "disabled"})
		expectPurchases(t, m.emu, 1)
	})
	t.Run("nothing configured", func(t *testing.T) {
		t.Parallel()
		m := manage(t, emulator.CustomerTulpenveld).imports(emulator.SubscriptionExtended)
		m.plans(nil, false)
		m.says("Paid extension, at the latest from 20", "is, or goes on when its month ends, in a paid extended service term", `"extend" if this is wanted`)
		m.must(changes{"end_of_term": "extend"})
		m.plans(changes{"end_of_term": "extend"}, false)
		m.says()
		m.must(changes{"end_of_term": "cancel"})
		m.shows(map[string]string{"scheduledActions": "Cancel", "status": "active"})
	})
	t.Run("wanted", func(t *testing.T) {
		t.Parallel()
		m := manage(t, emulator.CustomerKaffeehaus)
		config := officeChanges(changes{"end_of_term": "extend"})
		m.must(config)
		config["quantity"] = 6
		m.must(config)
		m.shows(map[string]string{"scheduledActions": "RenewToExtendedServiceTerm", "quantity": "6"})
		if err := m.emu.Drift(m.customer, m.id(), map[string]any{"autoRenewEnabled": true}); err != nil {
			t.Fatal(err)
		}
		m.must(config)
		m.emu.Advance(aYear)
		m.emu.ForgetRequests()
		m.plans(config, true) // to be seen, and nothing else
		m.says("In its extended service term", `term_duration = "P1M" # not "P1Y"`)
		if _, _, failed := m.step(config, true); failed != "" {
			t.Error(failed)
		}
		config["term_duration"] = "P1M"
		m.must(config)
		expectNoWrites(t, m.emu)
		m.emu.Advance(40 * aDay)
		m.plans(config, false)
	})
}

// Marketplace software gets the flag only.
func TestSubscription_endOfTermOfTheMarketplace(t *testing.T) {
	t.Parallel()
	for reading, knob := range map[string]func(*emulator.Behaviour){
		"actions refused": func(*emulator.Behaviour) {},
		"extends as well": func(b *emulator.Behaviour) { b.SaaSExtendedServiceTerm, b.SaaSSchedules = true, emulator.Allowed },
	} {
		t.Run(reading, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerNordwind, knob).imports(emulator.SubscriptionMailGuard)
			m.must(changes{"end_of_term": "cancel"})
			m.shows(map[string]string{"autoRenewEnabled": "false", "scheduledActions": "<nil>"})
			m.must(changes{"end_of_term": "renew"})
			m.shows(map[string]string{"autoRenewEnabled": "true"})
			m.refused(changes{"end_of_term": "extend"}, "No extended service term")
		})
	}
}
