// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// later is a value that another resource brings in the apply.
const later = tftypes.UnknownValue

// notKnownYet plans a block with values that are not known yet, and applies it with those that come then.
func (c *cell) notKnownYet(address string, block, then configuration) *terraform.Outcome {
	c.workspace.Blocks[address] = block
	return c.workspace.Apply(func(*terraform.Outcome) { maps.Copy(block, then) })
}

// A member of an object or a map that is not known yet keeps the price out of the plan, and stops nothing. At apply it counts.
func TestSubscription_unknownMembers(t *testing.T) {
	t.Parallel()
	context := func(value any) map[string]tftypes.Value {
		return map[string]tftypes.Value{"known": textValue("one"), "later": tftypes.NewValue(tftypes.String, value)}
	}
	limit := func(total, currency any) configuration { return configuration{"total": total, "currency": currency} }
	for name, test := range map[string]struct {
		attribute   string
		plan, apply any
		refused     string
	}{
		"provisioning_context":          {"provisioning_context", context(later), context("two"), ""},
		"renews_to":                     {"renews_to", configuration{"term_duration": later}, configuration{"term_duration": "P1Y"}, ""},
		"total":                         {"price_limit", limit(later, "EUR"), limit("9000.00", "EUR"), ""},
		"currency":                      {"price_limit", limit("9000.00", later), limit("9000.00", "EUR"), ""},
		"a total that is too small":     {"price_limit", limit(later, "EUR"), limit("1.00", "EUR"), "Price above price_limit"},
		"a currency that is not theirs": {"price_limit", limit("9000.00", later), limit("9000.00", "USD"), "Price limit in another currency"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			block := configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3, "friendly_name": "one", test.attribute: test.plan}
			got := c.notKnownYet(siteAddress, block, configuration{test.attribute: test.apply})
			says := strings.Join(got.Changes[siteAddress].Warnings, "\n")
			if !strings.Contains(says, "Price unknown: purchase of 3 licenses") || !strings.Contains(says, test.attribute+" is known only during apply") {
				t.Errorf("it warns of %q", says)
			}
			if test.refused != "" {
				expectProblem(t, got, "at apply", test.refused)
			} else if problems := got.Problems(); len(problems) > 0 {
				t.Error(problems)
			}
			if n := len(c.emu.Purchases()); (n == 1) != (test.refused == "") {
				t.Errorf("%d are bought", n)
			}
		})
	}
}
