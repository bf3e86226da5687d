// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Another reseller is reported, with what to write where one may be configured: where there was none before, none is, and the plan keeps the new one.
func TestSubscription_resellerChanged(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	config := changes{"quantity": 43}
	m.must(config)
	const advice = "to keep the reseller"
	for _, reseller := range []string{"7700123", "7700456"} {
		if err := m.emu.Drift(m.customer, m.id(), map[string]any{"partnerId": reseller}); err != nil {
			t.Fatal(err)
		}
		m.plans(config, false)
		m.says("Changed outside of this configuration", `partner_id`, `"`+reseller+`"`)
		if reseller == "7700123" {
			m.silent(advice)
		} else {
			m.says(`Where partner_id is configured, write partner_id = "7700456" ` + advice)
		}
	}
}
