// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

const renewedTitle = "Renewed as scheduled"

// scheduled is a subscription that has just renewed with 24 instead of 30 licenses, with a configuration that still asks for 30.
func scheduled(t *testing.T) *cell {
	t.Helper()
	c := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	c.must(nil)
	c.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	return c
}

// leaves applies a configuration that a renewal has overtaken: that is said, and the licenses stay as many as they are.
func (c *cell) leaves(licenses int, want ...string) {
	c.t.Helper()
	r := c.apply()
	if len(r.Problems) > 0 || !warned(r, renewedTitle) {
		c.fail("it should be left as it renewed: %v %v", r.Problems, r.Warnings)
	}
	for _, text := range want {
		if !strings.Contains(strings.Join(r.Warnings, "\n"), text) {
			c.fail("the warning should say %q: %v", text, r.Warnings)
		}
	}
	if got := c.record().Licenses(); got != licenses {
		c.fail("it has %d licenses, want %d", got, licenses)
	}
	if again := c.plan(); again.Action != "update" || len(again.Problems) > 0 || !warned(again, renewedTitle) {
		c.fail("the next plan is to %s: %v %v", again.Action, again.Problems, again.Warnings)
	}
}

func TestSubscription_renewedAsScheduled(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*cell){
		"year after year": func(c *cell) {
			c.leaves(24, `billing_cycle = "annual" # not "monthly"`, "quantity = 24 # not 30")
			c.emu.SetTime(time.Date(2027, 7, 25, 12, 0, 0, 0, time.UTC))
			c.leaves(24, "quantity = 24 # not 30")
		},
		"brought in line": func(c *cell) {
			c.emu.ForgetRequests()
			delete(c.configuration, "scheduled_next_term_instructions")
			c.must(configuration{"quantity": 24, "billing_cycle": "annual"})
			if writes := c.emu.Writes(); len(writes) > 0 {
				c.fail("bringing the configuration in line wrote: %+v", writes)
			}
		},
		"other instructions for the next renewal": func(c *cell) {
			c.configuration["scheduled_next_term_instructions"].(configuration)["quantity"] = 20
			c.leaves(24)
			c.emu.SetTime(time.Date(2027, 7, 25, 12, 0, 0, 0, time.UTC))
			c.leaves(20, "quantity = 20 # not 30")
		},
		"somebody adds licenses after the renewal": func(c *cell) {
			if err := c.emu.Drift(c.customer, c.id, map[string]any{"quantity": 26}); err != nil {
				c.t.Fatal(err)
			}
			c.leaves(26, "quantity = 26 # not 30")
		},
		"other licenses are asked for": func(c *cell) {
			c.configuration["quantity"] = 25
			c.leaves(25, `billing_cycle = "annual" # not "monthly"`)
		},
		"as before, without instructions": func(c *cell) {
			delete(c.configuration, "scheduled_next_term_instructions")
			delete(c.configuration, "billing_cycle")
			c.must(nil)
			if got := c.record().Licenses(); got != 30 {
				c.fail("it has %d licenses, want 30", got)
			}
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := scheduled(t)
			test(c)
		})
	}
}

// Another product that was scheduled is no reason to replace the subscription afterwards.
func TestSubscription_renewedIntoAnotherProduct(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	c.must(configuration{"scheduled_next_term_instructions": configuration{
		"product_id": emulator.ProductOfficePlus, "sku_id": "0001", "term_duration": "P1M", "billing_cycle": "monthly", "quantity": 24,
	}})
	c.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	c.leaves(24, emulator.ProductOfficePlus, `term_duration = "P1M" # not "P1Y"`)
	c.configuration["customer_id"] = emulator.CustomerNordwind
	c.refused(nil, "at plan", "Replacement refused", "customer_id")
}

// What a renewal made of a subscription counts in the term that it began: instructions for a later one are no reason to leave what is wanted now.
func TestSubscription_renewedLongAgo(t *testing.T) {
	t.Parallel()
	for name, corrected := range map[string]bool{"in the next term": false, "after a plain change": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := scheduled(t)
			instructions, ok := c.configuration["scheduled_next_term_instructions"].(configuration)
			if !ok {
				t.Fatal("nothing is scheduled")
			}
			c.leaves(24, "quantity = 24 # not 30")
			delete(c.configuration, "scheduled_next_term_instructions")
			if c.must(configuration{"quantity": 24, "billing_cycle": "annual"}); corrected {
				c.must(configuration{"quantity": 26})
			} else {
				c.emu.SetTime(time.Date(2027, 7, 25, 12, 0, 0, 0, time.UTC))
				c.must(nil)
			}
			next := instructions.Clone()
			next["quantity"] = 20
			c.must(configuration{"quantity": 30, "scheduled_next_term_instructions": next})
			if got := c.record().Licenses(); got != 30 {
				c.fail("it has %d licenses, want 30", got)
			}
		})
	}
}

// An upgrade in Partner Center is followed while the configuration has the product that there was. With the present product, the number of
// licenses that there was before is a number like any other.
func TestSubscription_upgradedInPartnerCenter(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce", func(*emulator.Behaviour) {})
	c.must(nil)
	ids := configuration{"customer_id": c.customer, "subscription_id": c.id, "to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only"}
	if problems := c.workspace.Invoke("partnercenter_transition_subscription", ids); len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := c.emu.Drift(c.customer, c.id, map[string]any{"quantity": 40}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c.emu.ForgetRequests()
		if r := c.apply(); len(r.Problems) > 0 || !warned(r, "Subscription has become Workplace 365 Premium") || len(changesMade(c.emu)) > 0 {
			c.fail("it should be left as it is: %v %v, sent %v", r.Problems, r.Warnings, changesMade(c.emu))
		}
	}
	c.emu.ForgetRequests()
	c.must(configuration{"product_id": emulator.ProductOfficePlus, "quantity": 43})
	if got := c.record().Licenses(); got != 43 || len(changesMade(c.emu)) != 1 {
		c.fail("it has %d licenses, want 43; sent %v", got, changesMade(c.emu))
	}
	c.must(configuration{"quantity": 44})
	c.must(configuration{"quantity": 43})
}

// What an upgrade has changed stays as it is also in a plan that buys something else, and that is not said to buy nothing.
func TestSubscription_upgradedAndMoreLicenses(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce", func(*emulator.Behaviour) {})
	c.must(nil)
	ids := configuration{"customer_id": c.customer, "subscription_id": c.id, "to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only"}
	if problems := c.workspace.Invoke("partnercenter_transition_subscription", ids); len(problems) > 0 {
		t.Fatal(problems)
	}
	c.configuration["quantity"] = 45
	r := c.apply()
	if got := c.record().Licenses(); len(r.Problems) > 0 || got != 45 {
		c.fail("it has %d licenses, want 45: %v", got, r.Problems)
	}
	said := strings.Join(r.Warnings, "\n")
	if strings.Contains(said, "buys nothing") || !strings.Contains(said, "The plan does not change these back; what else it changes is in the diff. Write them into the configuration:\n\n  product_id = ") {
		c.fail("the plan buys two licenses, and says: %s", said)
	}
}

func warned(c *terraform.Change, title string) bool {
	return slices.ContainsFunc(c.Warnings, func(text string) bool { return strings.HasPrefix(text, title) })
}
