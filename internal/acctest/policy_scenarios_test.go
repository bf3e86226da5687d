// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// purchase is the configuration of a subscription that no rule refuses, with some lines of it replaced or added.
func purchase(address string, change map[string]string) string {
	lines := []string{
		"customer_id", "product_id", "sku_id", "quantity", "term_duration", "billing_cycle", "friendly_name", "auto_renew_enabled", "suspended", "price_limit",
		"allow_replacement", "on_existing", "deletion_policy",
	}
	values := map[string]string{
		"customer_id": `"` + emulator.CustomerNordwind + `"`, "product_id": `"` + emulator.ProductOffice + `"`, "sku_id": `"0001"`, "quantity": "50",
		"term_duration": `"P1Y"`, "billing_cycle": `"monthly"`, "friendly_name": `"` + address + `-sales"`, "price_limit": `{ total = "9000.00", currency = "EUR" }`,
	}
	body := ""
	for _, name := range lines {
		value, changed := change[name]
		if !changed {
			value = values[name]
		}
		if value != "" {
			body += "  " + name + " = " + value + "\n"
		}
	}
	return fmt.Sprintf("resource \"partnercenter_subscription\" %q {\n%s}\n", address, body)
}

// policyScenario is how the plans of a rule come about: what is there before, since when, and what is planned then.
type policyScenario struct {
	before, pass, fail string
	ago                time.Duration
	breaksOff          bool               // the plan that fails does
	needs              func(t *testing.T) // a CLI that can make these plans
}

type lines = map[string]string

func m365(change lines) string { return purchase("m365", change) }

func policyScenarios() map[string]policyScenario {
	five := lines{"quantity": "5"}
	anotherProduct := lines{"product_id": `"` + emulator.ProductOfficePlus + `"`, "allow_replacement": "true", "quantity": "5"}
	mailGuard := lines{"product_id": `"` + emulator.ProductMailGuard + `"`, "quantity": "5"}
	backup := lines{"product_id": `"` + emulator.ProductBackup + `"`, "quantity": "5"}
	return map[string]policyScenario{
		"total_above_limit":        {pass: m365(nil) + purchase("second", five), fail: m365(nil) + purchase("second", nil)},
		"three_years_with_renewal": {pass: m365(lines{"term_duration": `"P3Y"`, "auto_renew_enabled": "false", "quantity": "5"}), fail: m365(lines{"term_duration": `"P3Y"`, "auto_renew_enabled": "true", "quantity": "5"})},
		"customer_not_listed":      {pass: m365(lines{"customer_id": `upper("` + emulator.CustomerNordwind + `")`}), fail: m365(lines{"customer_id": `"` + emulator.CustomerKaffeehaus + `"`})},
		"price_limit_missing":      {pass: m365(nil), fail: m365(lines{"price_limit": ""})},
		"suspended":                {before: m365(five), pass: m365(lines{"quantity": "5", "suspended": "false"}), fail: m365(lines{"quantity": "5", "suspended": "true"})},
		"nickname":                 {pass: m365(nil), fail: m365(lines{"friendly_name": `"M365 for Sales"`})},
		"quantity_jump":            {before: m365(five), pass: m365(lines{"quantity": "10"}), fail: m365(lines{"quantity": "50"})},
		"replacement": {
			before: m365(five) + purchase("approved", five),
			pass:   m365(five) + purchase("approved", anotherProduct), fail: m365(anotherProduct) + purchase("approved", five),
		},
		"publisher_not_allowed": {pass: m365(mailGuard), fail: m365(backup)},
		"second_subscription":   {pass: m365(existingOffice), fail: m365(lines{"on_existing": `"purchase_another"`})},
		"unpriced":              unpricedScenario(),
		"destroy_in_term":       endScenario(),
		"abandoned":             abandonScenario(),
		"final_action":          actionScenario(),
		"incomplete_plan":       {pass: m365(nil), fail: m365(nil) + purchase("misspelled", lines{"product_id": `"CFQ7TTC0NONE"`}), breaksOff: true},
	}
}

// existingOffice describes a subscription that the sample tenant has already, and takes it over.
var existingOffice = lines{"quantity": "43", "friendly_name": `"Verwaltung"`, "on_existing": `"adopt"`}

// unpricedScenario asks for no prices. What costs nothing, such as a new nickname, needs none.
func unpricedScenario() policyScenario {
	noQuotes := "provider \"partnercenter\" {\n  quote_prices = false\n}\n"
	licenses := func(quantity int) string {
		return fmt.Sprintf("resource \"partnercenter_license_quantity\" \"mail\" {\n  customer_id     = %q\n  subscription_id = %q\n  quantity        = %d\n}\n",
			emulator.CustomerNordwind, emulator.SubscriptionMailGuard, quantity)
	}
	return policyScenario{
		before: noQuotes + m365(lines{"quantity": "5"}) + licenses(13),
		pass:   noQuotes + m365(lines{"quantity": "5", "friendly_name": `"m365-support"`}) + licenses(12),
		fail:   noQuotes + m365(lines{"quantity": "6"}) + purchase("second", nil) + licenses(14),
	}
}

// endScenario destroys what has ended, and what is approved; or what goes on.
func endScenario() policyScenario {
	over := purchase("over", lines{"quantity": "5", "term_duration": `"P1M"`, "auto_renew_enabled": "false"})
	approved := purchase("approved", lines{"quantity": "5"})
	return policyScenario{ago: 60 * 24 * time.Hour, before: over + approved + m365(nil), pass: m365(nil), fail: over + approved}
}

// abandonScenario lets two subscriptions go on: by the policy of one, and by a block for the other.
func abandonScenario() policyScenario {
	kept := purchase("kept", lines{"quantity": "5", "deletion_policy": `"abandon"`})
	approved := purchase("approved", lines{"quantity": "5"})
	forgotten := "removed {\n  from = partnercenter_subscription.m365\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
	return policyScenario{
		needs:  func(t *testing.T) { t.Helper(); acctest.SkipOpenTofuBelow(t, tfversion.Version1_10_0) },
		before: m365(nil) + kept + approved, pass: m365(nil) + kept, fail: approved + forgotten,
	}
}

// actionScenario runs actions after something is created: one that can be undone, or two that cannot.
func actionScenario() policyScenario {
	action := func(kind string, further ...string) string {
		return fmt.Sprintf("action %q \"this\" {\n  config {\n    customer_id = %q\n    subscription_id = %q\n    %s\n  }\n}\n", kind, emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, strings.Join(further, "\n    "))
	}
	trigger := func(actions ...string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"trigger\" {\n  lifecycle {\n    action_trigger {\n      events = [after_create]\n      actions = [%s]\n    }\n  }\n}\n", strings.Join(actions, ", "))
	}
	suspend, cancel, transition := "partnercenter_suspend_subscription", "partnercenter_cancel_subscription", "partnercenter_transition_subscription"
	return policyScenario{
		needs: func(t *testing.T) { t.Helper(); acctest.Check(t, tfversion.SkipBelow(tfversion.Version1_14_0)) },
		pass:  trigger("action."+suspend+".this") + action(suspend),
		fail: trigger("action."+transition+".this", "action."+cancel+".this") + action(cancel) +
			action(transition, fmt.Sprintf("to_product_id = %q", emulator.ProductOfficePlus), `to_sku_id = "0001"`, `transition_type = "transition_only"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`),
	}
}
