// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// What a lost state had is found before its number of licenses is compared with how it is sold today, and is taken over as it is.
func TestSubscription_existingBesideItsLimits(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerTulpenveld)
	if err := m.emu.Drift(m.customer, emulator.SubscriptionNCETrial, map[string]any{"quantity": 22}); err != nil {
		t.Fatal(err)
	}
	config := changes{"product_id": emulator.ProductOfficeTrial, "sku_id": "0001", "quantity": 22, "friendly_name": "Proef kantoor"}
	m.refused(config, "Subscription exists already", emulator.SubscriptionNCETrial)
	config["on_existing"] = "adopt"
	m.plans(config, true)
	m.says("will be taken over")
	config["friendly_name"] = "another"
	m.refused(config, "is sold with a quantity of exactly 25")
}

// What is taken over renews with what was scheduled, unless a later plan removes that.
func TestSubscription_adoptionOfWhatIsScheduled(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerAtelier)
	config := changes{
		"product_id": emulator.ProductOffice, "sku_id": "0001", "quantity": 30, "friendly_name": "Bureau Lyon", "term_duration": "P1Y", "billing_cycle": "monthly",
		"partner_id": emulator.ResellerLoire, "on_existing": "adopt",
	}
	m.plans(config, true)
	m.says("the next plan removes it unless the configuration has it", "quantity      = 24")
}

// Whether a subscription will be suspended may be known only during apply.
func TestSubscription_unknownSuspended(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	m.must(changes{"suspended": false})
	planned := m.plans(changes{"suspended": tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)}, true)
	if planned["status"].IsKnown() {
		t.Errorf("status is planned as %v", planned["status"])
	}
}
