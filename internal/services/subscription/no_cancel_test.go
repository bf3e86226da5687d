// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Who switches the renewal off in Partner Center, without a cancellation for the end of the term, or takes that back, has not ended the
// subscription: that is said once, whatever is configured.
func TestSubscription_noCancelScheduled(t *testing.T) {
	t.Parallel()
	const goesOn = "Check the renewal"
	for name, test := range map[string]struct {
		config changes
		action string // scheduled before
		drift  map[string]any
		said   bool
	}{
		"switched off":               {changes{"quantity": 43}, "", map[string]any{"autoRenewEnabled": false}, true},
		"switched off, and wanted":   {changes{"quantity": 43, "auto_renew_enabled": true}, "", map[string]any{"autoRenewEnabled": false}, true},
		"a cancellation taken back":  {changes{"quantity": 43, "auto_renew_enabled": false}, "Cancel", map[string]any{"scheduledActions": nil}, true},
		"switched off, to end":       {changes{"quantity": 43}, "", map[string]any{"autoRenewEnabled": false, "scheduledActions": []map[string]any{{"scheduleType": "TermEnd", "actionType": "Cancel"}}}, false},
		"switched off, to go on":     {changes{"quantity": 43}, "", map[string]any{"autoRenewEnabled": false, "scheduledActions": []map[string]any{{"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}}}, false},
		"suspended":                  {changes{"quantity": 43}, "", map[string]any{"status": "suspended", "autoRenewEnabled": false}, false},
		"another name, nothing else": {changes{"quantity": 43}, "", map[string]any{"friendlyName": "another"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerNordwind)
			if test.action != "" {
				scheduleEnd(t, m.emu, test.action)
			}
			m.imports(emulator.SubscriptionOffice).must(test.config)
			if err := m.emu.Drift(m.customer, m.id(), test.drift); err != nil {
				t.Fatal(err)
			}
			if _, _, failed := m.step(test.config, false); failed != "" {
				t.Fatal(failed)
			}
			if test.said {
				m.says(goesOn, "no cancellation scheduled for the end of the term")
			} else {
				m.silent(goesOn)
			}
			if _, _, failed := m.step(test.config, false); failed != "" {
				t.Fatal(failed)
			}
			m.silent(goesOn)
		})
	}
}

// The block that buys a lapsed purchase again has its conditions: limits, reseller and renewal are not lost by pasting it.
func TestSubscription_lapsedIsBoughtAgainAsItWas(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerKaffeehaus)
	texts := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"unit_price": tftypes.String, "total": tftypes.String, "currency": tftypes.String}}
	config := mailGuard(changes{
		"auto_renew_enabled": false, "deletion_policy": "cancel",
		"price_limit": tftypes.NewValue(texts, map[string]tftypes.Value{"unit_price": tftypes.NewValue(tftypes.String, nil), "total": textValue("99999.00"), "currency": textValue("EUR")}),
	})
	m.must(config)
	m.emu.Advance(31 * aDay)
	m.plans(config, false)
	m.says(`resource "partnercenter_subscription" "NEW_NAME" {
  customer_id        = "` + m.customer + `"
  product_id         = "` + emulator.ProductMailGuard + `"
  sku_id             = "0001"
  quantity           = 5
  term_duration      = "P1Y"
  billing_cycle      = "monthly"
  friendly_name      = "guard"
  auto_renew_enabled = false
  price_limit        = { currency = "EUR", total = "99999.00" }
  deletion_policy    = "cancel"
}`)
}
