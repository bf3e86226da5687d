// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// another is a configuration that only a new subscription can meet.
func another(more changes) changes {
	config := changes{
		"product_id": emulator.ProductArchive, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "annual", "allow_replacement": true, "friendly_name": "the new one",
	}
	maps.Copy(config, more)
	return config
}

// What could not be ended afterwards is not replaced: the new one would be bought, and the old one would have left the state.
func TestSubscription_replacementOfWhatCannotEnd(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		customer, id string
		policy       any
		drift        map[string]any
		says         string
	}{
		"not set up":            {customer: emulator.CustomerNordwind, id: emulator.SubscriptionUnactivated, policy: tftypes.NewValue(tftypes.String, nil), says: `apply deletion_policy = "cancel" first`},
		"a trial":               {customer: emulator.CustomerTulpenveld, id: emulator.SubscriptionNCETrial, policy: "cancel", says: "Trial cannot be canceled"},
		"suspended and renews":  {customer: emulator.CustomerNordwind, id: emulator.SubscriptionOffice, policy: "turn_off_auto_renew", drift: map[string]any{"status": "suspended", "autoRenewEnabled": true}, says: "Reactivate it first"},
		"the window is over":    {customer: emulator.CustomerNordwind, id: emulator.SubscriptionThreeYears, policy: "cancel", says: "cannot be canceled any more"},
		"prevent, in the state": {customer: emulator.CustomerNordwind, id: emulator.SubscriptionOffice, policy: "prevent", says: "Destroy refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, test.customer).imports(test.id)
			if _, _, failed := m.step(changes{"deletion_policy": test.policy}, true); failed != "" {
				t.Fatal(failed)
			}
			if test.drift != nil {
				if err := m.emu.Drift(test.customer, test.id, test.drift); err != nil {
					t.Fatal(err)
				}
			}
			m.refused(another(changes{"deletion_policy": "turn_off_auto_renew"}), test.says)
			if made := changesMade(m.emu); len(made) > 0 || len(m.emu.Purchases()) > 0 {
				t.Errorf("it sent %v, and bought %v", made, m.emu.Purchases())
			}
		})
	}
}

// The old one ends by the policy that has been applied, not by one that the same plan brings.
func TestSubscription_replacementSaysHowTheOldOneEnds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		customer, id string
		was, will    string
		says         string
	}{
		"cancel comes with it":    {emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, "turn_off_auto_renew", "cancel", "Paid twice until 20"},
		"cancel was applied":      {emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, "cancel", "abandon", "The old subscription is canceled"},
		"a trial of marketplace":  {emulator.CustomerAtelier, emulator.SubscriptionTrial, "turn_off_auto_renew", "turn_off_auto_renew", "The old trial ends 20"},
		"not set up, is canceled": {emulator.CustomerNordwind, emulator.SubscriptionUnactivated, "cancel", "cancel", "The old subscription is canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, test.customer).imports(test.id)
			if _, _, failed := m.step(changes{"deletion_policy": test.was}, true); failed != "" {
				t.Fatal(failed)
			}
			m.plans(another(changes{"deletion_policy": test.will}), true)
			m.says(test.says)
		})
	}
}

// Terraform drops the warnings of the plan of the new object, so the plan that finds the replacement says them.
func TestSubscription_replacementSaysWhatItBuys(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionFreshOffice)
	m.plans(another(changes{"product_id": emulator.ProductBackup, "term_duration": "P3Y"}), true)
	m.says("Paid twice until", "Commits for 3 years: ", "set-up")
	m.plans(another(changes{"quantity": tftypes.NewValue(tftypes.Number, tftypes.UnknownValue)}), true)
	m.says("Price unknown: purchase of an unknown number of licenses", "quantity is known only during apply")
}

// What renews again commits to another term, and what is scheduled no more renews with something else than reviewers have seen.
func TestSubscription_renewalThatChanges(t *testing.T) {
	t.Parallel()
	ends := manage(t, emulator.CustomerHarbour).imports(emulator.SubscriptionCancelling)
	ends.plans(changes{"auto_renew_enabled": true}, true)
	ends.says("Renews on 20", "It was not to renew.")
	ends.plans(changes{"auto_renew_enabled": false}, false)
	ends.says()

	active := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	active.must(changes{"suspended": true})
	active.plans(changes{"suspended": false}, true)
	active.says("Renews on 20")
	active.plans(changes{"suspended": false, "auto_renew_enabled": false}, true)
	active.says()

	active.plans(changes{"suspended": tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)}, true)
	active.says()

	ended := manage(t, emulator.CustomerHarbour).imports(emulator.SubscriptionExpired)
	ended.plans(changes{"customer_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "auto_renew_enabled": true}, true)
	if strings.Contains(ended.said, "Renews on") {
		t.Errorf("what has ended renews: %s", ended.said)
	}

	scheduled := manage(t, emulator.CustomerAtelier).imports(emulator.SubscriptionScheduled)
	scheduled.plans(changes{"auto_renew_enabled": false}, true)
	if strings.Contains(scheduled.said, "renew with") {
		t.Errorf("what ends does not renew: %s", scheduled.said)
	}
	scheduled.plans(changes{}, true)
	scheduled.says("instead of", "It was scheduled to renew with")
}
