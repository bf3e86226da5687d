// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// TestSubscription_statusTransitions has every row of "Transitions a partner can request" (reference/commerce.md#status-values).
func TestSubscription_statusTransitions(t *testing.T) {
	t.Parallel()
	suspended, active := configuration{"suspended": true}, configuration{"suspended": false}
	lenient := func(b *emulator.Behaviour) { b.SaaSSuspend = emulator.Allowed }
	after := func(d time.Duration) func(*testing.T, *cell) {
		return func(_ *testing.T, c *cell) { c.emu.Advance(d) }
	}
	now := func(*testing.T, *cell) {}
	drift := func(status string) func(*testing.T, *cell) {
		return func(t *testing.T, c *cell) {
			t.Helper()
			if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": status}); err != nil {
				t.Fatal(err)
			}
		}
	}
	const day, year = 24 * time.Hour, 366 * 24 * time.Hour
	tests := map[string]struct {
		family string
		behave func(*emulator.Behaviour)
		before func(*testing.T, *cell)
		change configuration // destroy, where it is nil
		policy string
		want   []string // of the refusal
		status string   // afterwards
	}{
		"NCE active to suspended":               {family: "nce", change: suspended, status: "suspended"},
		"SaaS active to suspended, refused":     {family: "saas", change: suspended, want: []string{"at apply", "800096"}, status: "active"},
		"SaaS active to suspended, allowed":     {family: "saas", behave: lenient, change: suspended, status: "suspended"},
		"NCE suspended to active":               {family: "nce_suspended", change: active, status: "active"},
		"NCE suspended to active after the end": {family: "nce_suspended", before: after(year), change: active, status: "disabled"},
		"SaaS suspended to active":              {family: "saas", before: drift("suspended"), change: active, status: "active"},

		"NCE active to deleted in the window":         {family: "nce_fresh", policy: "cancel", status: "deleted"},
		"NCE active to deleted after it":              {family: "nce", policy: "cancel", want: []string{"at apply", "cancellation window", `deletion_policy = "turn_off_auto_renew"`}, status: "active"},
		"NCE active to deleted after it, or else":     {family: "nce", policy: "cancel_or_turn_off_auto_renew", status: "active"},
		"SaaS active to deleted in the window":        {family: "saas_fresh", policy: "cancel", status: "deleted"},
		"SaaS active to deleted after it":             {family: "saas_fresh", before: after(3 * day), policy: "cancel", want: []string{"at apply", "cancellation window"}, status: "active"},
		"SaaS active to deleted after it, or else":    {family: "saas_fresh", before: after(3 * day), policy: "cancel_or_turn_off_auto_renew", status: "active"},
		"NCE suspended to deleted in the window":      {family: "nce_fresh", before: drift("suspended"), policy: "cancel", status: "deleted"},
		"NCE suspended to deleted after it":           {family: "nce_suspended", policy: "cancel", want: []string{"at apply", "cancellation window"}, status: "suspended"},
		"SaaS suspended to deleted in the window":     {family: "saas_fresh", before: drift("suspended"), policy: "cancel", status: "deleted"},
		"SaaS unactivated to deleted":                 {family: "saas_unactivated", before: now, policy: "cancel", status: "deleted"},
		"SaaS unactivated to deleted, refused":        {family: "saas_unactivated", behave: func(b *emulator.Behaviour) { b.CancelBeforeActivation = emulator.Refused }, policy: "cancel", want: []string{"at apply", "800081"}, status: "active"},
		"NCE extended term to deleted, at any time":   {family: "nce_extended", policy: "cancel", status: "deleted"},
		"SaaS trial to deleted, at any time":          {family: "saas_trial", policy: "cancel", status: "deleted"},
		"NCE trial to deleted":                        {family: "nce_trial", policy: "cancel", want: []string{"at apply"}, status: "active"},
		"NCE trial to deleted, or else":               {family: "nce_trial", policy: "cancel_or_turn_off_auto_renew", status: "active"},
		"SaaS late cancel that the service schedules": {family: "saas_fresh", behave: func(b *emulator.Behaviour) { b.LateCancelIsScheduled = true }, before: after(3 * day), policy: "cancel_or_turn_off_auto_renew", status: "active"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.behave == nil {
				test.behave = func(*emulator.Behaviour) {}
			}
			c := cellOf(t, test.family, test.behave)
			delete(c.configuration, "suspended")
			if test.before != nil {
				test.before(t, c)
				c.apply()
			}
			switch {
			case test.change == nil:
				c.configuration["deletion_policy"] = test.policy
				c.apply()
				r := c.destroy()
				if (len(r.Problems) > 0) != (len(test.want) > 0) {
					c.fail("destroying: %v, want %v", r.Problems, test.want)
				}
				for _, words := range test.want {
					if len(r.Problems) > 0 && !strings.Contains(r.Problems[0].String(), words) {
						c.fail("the refusal should say %q: %s", words, r.Problems[0])
					}
				}
				if slices.Contains(test.want, "cancellation window") && !warned(r, "Subscription cannot be canceled any more") {
					c.fail("the plan does not warn: %v", r.Warnings)
				}
				if now := c.record(); len(test.want) == 0 && now.Status() == "active" && !now.Ends() {
					c.fail("it goes on")
				}
			case len(test.want) > 0:
				c.refused(test.change, test.want...)
			default:
				c.must(test.change)
			}
			if got := c.record().Status(); got != test.status {
				c.fail("status %q, want %q", got, test.status)
			}
		})
	}
}

// Nothing leads back from an end: each change is refused at plan, and as it is the plan is empty.
func TestSubscription_endedForGood(t *testing.T) {
	t.Parallel()
	changes := []configuration{
		{"quantity": 9}, {"friendly_name": "again"}, {"suspended": true}, {"partner_id": emulator.ResellerLoire},
		{"scheduled_next_term_instructions": configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 3}},
	}
	for _, status := range []string{"deleted", "expired", "disabled"} {
		for _, family := range []string{"nce", "saas"} {
			t.Run(family+" "+status, func(t *testing.T) {
				t.Parallel()
				c := cellOf(t, family, func(*emulator.Behaviour) {})
				if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": status}); err != nil {
					t.Fatal(err)
				}
				c.configuration.Accept(c.record())
				c.must(configuration{"deletion_policy": "abandon", "auto_renew_enabled": true}) // what does not renew any more contradicts nothing
				for _, change := range changes {
					c.refused(change, "at plan", "Subscription has ended")
				}
				c.configuration["deletion_policy"] = "cancel"
				c.must(nil)
				if r := c.destroy(); len(r.Problems) > 0 || len(c.emu.Writes()) > 0 {
					c.fail("to destroy what has ended is to do nothing: %v, %d writes", r.Problems, len(c.emu.Writes()))
				}
			})
		}
	}
}

// pairs are all pairs of term and billing cycle that the sample's new-commerce product is sold with.
var pairs = [][2]string{{"P1M", "monthly"}, {"P1Y", "monthly"}, {"P1Y", "annual"}, {"P3Y", "monthly"}, {"P3Y", "annual"}, {"P3Y", "triennial"}}

// TestSubscription_termCells has every cell of the tables in reference/commerce.md#billing-cycle-and-term-of-an-existing-subscription.
func TestSubscription_termCells(t *testing.T) {
	t.Parallel()
	months := map[string]int{"P1M": 1, "P1Y": 12, "P3Y": 36}
	for _, from := range pairs {
		for _, to := range pairs {
			longer := months[from[0]] < months[to[0]]
			nextCharge := from[0] == "P3Y" && to[0] == "P3Y" && from[1] != "triennial" && to[1] != "triennial"
			t.Run(fmt.Sprintf("%s %s to %s %s", from[0], from[1], to[0], to[1]), func(t *testing.T) {
				t.Parallel()
				c := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
				c.must(configuration{"term_duration": from[0], "billing_cycle": from[1]})
				change := configuration{"term_duration": to[0], "billing_cycle": to[1]}
				if from == to || longer || nextCharge {
					c.must(change)
					return
				}
				c.refused(change, "at plan", "Replacement refused", "scheduled_next_term_instructions", to[0], to[1])
			})
		}
	}
}

// What is not sold, what trials cannot, and what only new commerce can.
func TestSubscription_termCellsElsewhere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		family string
		change configuration
		want   []string
	}{
		"a term that the SKU lacks":       {"nce_cancelling", configuration{"term_duration": "P3Y", "billing_cycle": "annual"}, []string{"at plan", "Not sold that way", `term_duration = "P1Y", billing_cycle = "monthly"`}},
		"a cycle longer than the term":    {"nce_fresh", configuration{"term_duration": "P1Y", "billing_cycle": "triennial"}, []string{"at plan"}},
		"a term that nobody knows":        {"nce_fresh", configuration{"term_duration": "P5Y", "billing_cycle": "monthly"}, []string{"at plan"}},
		"a trial":                         {"nce_trial", configuration{"term_duration": "P1Y"}, []string{"at plan", "Replacement refused"}},
		"other licenses of a trial":       {"nce_trial", configuration{"quantity": 26}, []string{"at plan", "Quantity not possible", "trial"}},
		"marketplace: a longer term":      {"saas", configuration{"term_duration": "P2Y"}, []string{"at plan", "Replacement refused"}},
		"marketplace: a shorter term":     {"saas", configuration{"term_duration": "P1M"}, []string{"at plan", "Replacement refused"}},
		"marketplace: the billing cycle":  {"saas", configuration{"billing_cycle": "annual"}, []string{"at apply", "800097"}},
		"marketplace: a trial":            {"saas_trial", configuration{"term_duration": "P1Y", "billing_cycle": "monthly"}, []string{"at plan", "Replacement refused"}},
		"marketplace: another plan (SKU)": {"saas", configuration{"sku_id": "0002"}, []string{"at plan", "Replacement refused"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, test.family, func(*emulator.Behaviour) {})
			c.refused(test.change, test.want...)
		})
	}
}

// A billing cycle alone waits for the next charge, can be taken back until then, and survives what happens meanwhile.
func TestSubscription_billingCycleFromTheNextCharge(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_years", func(*emulator.Behaviour) {})
	c.must(configuration{"billing_cycle": "annual"})
	c.must(configuration{"friendly_name": "meanwhile", "quantity": 17})
	if got := c.record(); got.Text("billingCycle") != "monthly" || got.ComingCycle() != "annual" {
		c.fail("the change does not wait")
	}
	c.must(configuration{"billing_cycle": "monthly"})
	if got := c.record(); got["nextChargeInstructions"] != nil {
		c.fail("the change was not taken back")
	}
	c.must(configuration{"billing_cycle": "annual"})
	c.emu.Advance(32 * 24 * time.Hour)
	c.must(nil)
	if got := c.record().Text("billingCycle"); got != "annual" {
		c.fail("the cycle after the charge is %q", got)
	}
}

// What is configured about the renewal waits while a subscription is suspended, is put back when it is active again, and can be removed
// when it is over.
func TestSubscription_renewalWaits(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	set := func(status string) {
		if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": status}); err != nil {
			t.Fatal(err)
		}
	}
	delete(c.configuration, "suspended")
	into := c.record().NextTerm()
	set("suspended")
	c.must(configuration{"deletion_policy": "abandon"})
	if got := c.record().NextTerm(); got != nil {
		c.fail("it is suspended, and something is scheduled: %v", got)
	}
	set("active")
	c.must(nil)
	if got := c.record().NextTerm(); !maps.Equal(got, into) {
		c.fail("what was scheduled is gone: %v", got)
	}
	set("deleted")
	c.must(configuration{"deletion_policy": "prevent"})
	delete(c.configuration, "scheduled_next_term_instructions")
	c.must(nil)
}

// What is configured no more while a subscription is suspended goes when it is active again, where Partner Center has kept it.
func TestSubscription_renewalRemovedMeanwhile(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_scheduled", func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept })
	c.must(configuration{"suspended": true})
	delete(c.configuration, "scheduled_next_term_instructions")
	c.must(nil)
	c.must(configuration{"suspended": false})
}

// A trial comes with instructions, which stay, also when something else cannot be changed.
func TestSubscription_instructionsOfTrials(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_trial", func(b *emulator.Behaviour) { b.PatchMode = emulator.PatchDropped })
	before := c.record().NextTerm()
	c.refused(configuration{"friendly_name": "other"}, "at apply", "still be working on it")
	c.recover()
	c.must(configuration{"friendly_name": "another"})
	if after := c.record().NextTerm(); before == nil || !maps.Equal(before, after) {
		c.fail("it came with %v, and has %v", before, after)
	}
}

// Before its publisher has set it up, nothing is asked of a subscription; what is configured about it counts afterwards.
func TestSubscription_renewalBeforeActivation(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "saas_unactivated", func(*emulator.Behaviour) {})
	if err := c.emu.Drift(c.customer, c.id, map[string]any{"autoRenewEnabled": false}); err != nil {
		t.Fatal(err)
	}
	c.must(configuration{"auto_renew_enabled": true, "deletion_policy": "abandon"})
	if err := c.emu.Activate(c.customer, c.id); err != nil {
		t.Fatal(err)
	}
	c.must(nil)
}
