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

// cellOf is one subscription of the sample tenant, under Terraform.
func cellOf(t *testing.T, family string, behave func(*emulator.Behaviour)) (*world, *life, *inProcess) {
	t.Helper()
	var l *life
	for _, one := range families() {
		if one.name == family {
			l = one
		}
	}
	w := newWorld(t, 1, behave, []*life{l})
	p := newInProcess(t, w.emu)
	w.runner = p
	p.object(l) // before anything happens to it
	return w, l, p
}

// must applies what has to be possible, and sees that it is there and nothing more is planned.
func (w *world) must(l *life, changes wish) {
	w.t.Helper()
	maps.Copy(l.wish, changes)
	if r := w.runner.apply(w.lives)[l]; len(r.problems) > 0 {
		w.fail(l, "it should be possible: %s", r.problems[0])
	}
	if r := w.runner.plan(w.lives)[l]; len(r.problems) > 0 || r.action != "" {
		w.fail(l, "the plan is not empty afterwards: %s %v", r.action, r.problems)
	}
	if missing := l.wish.missing(l.record(w.emu)); len(missing) > 0 {
		w.fail(l, "the record lacks %v", missing)
	}
}

// refused sees that a change is refused with all of these words; "at plan" and "at apply" say when. Nothing may have changed.
func (w *world) refused(l *life, changes wish, want ...string) {
	w.t.Helper()
	before, kept := brief(l.record(w.emu)), l.wish.clone()
	maps.Copy(l.wish, changes)
	r := w.runner.apply(w.lives)[l]
	if len(r.problems) == 0 {
		w.fail(l, "%v should be refused", changes)
		return
	}
	for _, words := range want {
		if !strings.Contains(r.problems[0].String(), words) {
			w.fail(l, "the refusal should say %q: %s", words, r.problems[0])
		}
	}
	if after := brief(l.record(w.emu)); after != before {
		w.fail(l, "it was refused and yet changed:%s", before)
	}
	l.wish = kept
}

// TestSubscription_statusTransitions has every row of "Transitions a partner can request" (reference/commerce.md#status-values).
func TestSubscription_statusTransitions(t *testing.T) {
	t.Parallel()
	suspended, active := wish{"suspended": true}, wish{"suspended": false}
	lenient := func(b *emulator.Behaviour) { b.SaaSSuspend = emulator.Allowed }
	after := func(d time.Duration) func(*testing.T, *world, *life) {
		return func(_ *testing.T, w *world, _ *life) { w.emu.Advance(d) }
	}
	now := func(*testing.T, *world, *life) {}
	drift := func(status string) func(*testing.T, *world, *life) {
		return func(t *testing.T, w *world, l *life) {
			t.Helper()
			if err := w.emu.Drift(l.customer, l.id, map[string]any{"status": status}); err != nil {
				t.Fatal(err)
			}
		}
	}
	const day, year = 24 * time.Hour, 366 * 24 * time.Hour
	tests := map[string]struct {
		family string
		behave func(*emulator.Behaviour)
		before func(*testing.T, *world, *life)
		change wish // destroy, where it is nil
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
			w, l, p := cellOf(t, test.family, test.behave)
			delete(l.wish, "suspended")
			if test.before != nil {
				test.before(t, w, l)
				w.runner.apply(w.lives)
			}
			switch {
			case test.change == nil:
				l.wish["deletion_policy"] = test.policy
				w.runner.apply(w.lives)
				r := p.destroy(l)
				if (len(r.problems) > 0) != (len(test.want) > 0) {
					w.fail(l, "destroying: %v, want %v", r.problems, test.want)
				}
				for _, words := range test.want {
					if len(r.problems) > 0 && !strings.Contains(r.problems[0].String(), words) {
						w.fail(l, "the refusal should say %q: %s", words, r.problems[0])
					}
				}
				if slices.Contains(test.want, "cancellation window") && !warned(r, "Subscription cannot be canceled any more") {
					w.fail(l, "the plan does not warn: %v", r.warnings)
				}
				if now := l.record(w.emu); len(test.want) == 0 && now.status() == "active" && !now.ends() {
					w.fail(l, "it goes on")
				}
			case len(test.want) > 0:
				w.refused(l, test.change, test.want...)
			default:
				w.must(l, test.change)
			}
			if got := l.record(w.emu).status(); got != test.status {
				w.fail(l, "status %q, want %q", got, test.status)
			}
		})
	}
}

// Nothing leads back from an end: each change is refused at plan, and as it is the plan is empty.
func TestSubscription_endedForGood(t *testing.T) {
	t.Parallel()
	changes := []wish{
		{"quantity": 9}, {"friendly_name": "again"}, {"suspended": true}, {"partner_id": emulator.ResellerLoire},
		{"scheduled_next_term_instructions": wish{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 3}},
	}
	for _, status := range []string{"deleted", "expired", "disabled"} {
		for _, family := range []string{"nce", "saas"} {
			t.Run(family+" "+status, func(t *testing.T) {
				t.Parallel()
				w, l, p := cellOf(t, family, func(*emulator.Behaviour) {})
				if err := w.emu.Drift(l.customer, l.id, map[string]any{"status": status}); err != nil {
					t.Fatal(err)
				}
				l.wish.accept(l.record(w.emu))
				w.must(l, wish{"deletion_policy": "abandon", "auto_renew_enabled": true}) // what does not renew any more contradicts nothing
				for _, change := range changes {
					w.refused(l, change, "at plan", "Subscription has ended")
				}
				l.wish["deletion_policy"] = "cancel"
				w.must(l, nil)
				if r := p.destroy(l); len(r.problems) > 0 || len(w.emu.Writes()) > 0 {
					w.fail(l, "to destroy what has ended is to do nothing: %v, %d writes", r.problems, len(w.emu.Writes()))
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
				w, l, _ := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
				w.must(l, wish{"term_duration": from[0], "billing_cycle": from[1]})
				change := wish{"term_duration": to[0], "billing_cycle": to[1]}
				if from == to || longer || nextCharge {
					w.must(l, change)
					return
				}
				w.refused(l, change, "at plan", "Replacement refused", "scheduled_next_term_instructions", to[0], to[1])
			})
		}
	}
}

// What is not sold, what trials cannot, and what only new commerce can.
func TestSubscription_termCellsElsewhere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		family string
		change wish
		want   []string
	}{
		"a term that the SKU lacks":       {"nce_cancelling", wish{"term_duration": "P3Y", "billing_cycle": "annual"}, []string{"at plan", "Not sold that way", `term_duration = "P1Y", billing_cycle = "monthly"`}},
		"a cycle longer than the term":    {"nce_fresh", wish{"term_duration": "P1Y", "billing_cycle": "triennial"}, []string{"at plan"}},
		"a term that nobody knows":        {"nce_fresh", wish{"term_duration": "P5Y", "billing_cycle": "monthly"}, []string{"at plan"}},
		"a trial":                         {"nce_trial", wish{"term_duration": "P1Y"}, []string{"at plan", "Replacement refused"}},
		"other licenses of a trial":       {"nce_trial", wish{"quantity": 26}, []string{"at plan", "Quantity not possible", "trial"}},
		"marketplace: a longer term":      {"saas", wish{"term_duration": "P2Y"}, []string{"at plan", "Replacement refused"}},
		"marketplace: a shorter term":     {"saas", wish{"term_duration": "P1M"}, []string{"at plan", "Replacement refused"}},
		"marketplace: the billing cycle":  {"saas", wish{"billing_cycle": "annual"}, []string{"at apply", "800097"}},
		"marketplace: a trial":            {"saas_trial", wish{"term_duration": "P1Y", "billing_cycle": "monthly"}, []string{"at plan", "Replacement refused"}},
		"marketplace: another plan (SKU)": {"saas", wish{"sku_id": "0002"}, []string{"at plan", "Replacement refused"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, l, _ := cellOf(t, test.family, func(*emulator.Behaviour) {})
			w.refused(l, test.change, test.want...)
		})
	}
}

// A billing cycle alone waits for the next charge, can be taken back until then, and survives what happens meanwhile.
func TestSubscription_billingCycleFromTheNextCharge(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_years", func(*emulator.Behaviour) {})
	w.must(l, wish{"billing_cycle": "annual"})
	w.must(l, wish{"friendly_name": "meanwhile", "quantity": 17})
	if got := l.record(w.emu); got.text("billingCycle") != "monthly" || got.comingCycle() != "annual" {
		w.fail(l, "the change does not wait")
	}
	w.must(l, wish{"billing_cycle": "monthly"})
	if got := l.record(w.emu); got["nextChargeInstructions"] != nil {
		w.fail(l, "the change was not taken back")
	}
	w.must(l, wish{"billing_cycle": "annual"})
	w.emu.Advance(32 * 24 * time.Hour)
	w.must(l, nil)
	if got := l.record(w.emu).text("billingCycle"); got != "annual" {
		w.fail(l, "the cycle after the charge is %q", got)
	}
}

// What is configured about the renewal waits while a subscription is suspended, is put back when it is active again, and can be removed
// when it is over.
func TestSubscription_renewalWaits(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	set := func(status string) {
		if err := w.emu.Drift(l.customer, l.id, map[string]any{"status": status}); err != nil {
			t.Fatal(err)
		}
	}
	delete(l.wish, "suspended")
	into := l.record(w.emu).nextTerm()
	set("suspended")
	w.must(l, wish{"deletion_policy": "abandon"})
	if got := l.record(w.emu).nextTerm(); got != nil {
		w.fail(l, "it is suspended, and something is scheduled: %v", got)
	}
	set("active")
	w.must(l, nil)
	if got := l.record(w.emu).nextTerm(); !maps.Equal(got, into) {
		w.fail(l, "what was scheduled is gone: %v", got)
	}
	set("deleted")
	w.must(l, wish{"deletion_policy": "prevent"})
	delete(l.wish, "scheduled_next_term_instructions")
	w.must(l, nil)
}

// What is configured no more while a subscription is suspended goes when it is active again, where Partner Center has kept it.
func TestSubscription_renewalRemovedMeanwhile(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_scheduled", func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept })
	w.must(l, wish{"suspended": true})
	delete(l.wish, "scheduled_next_term_instructions")
	w.must(l, nil)
	w.must(l, wish{"suspended": false})
}

// A trial comes with instructions, which stay, also when something else cannot be changed.
func TestSubscription_instructionsOfTrials(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_trial", func(b *emulator.Behaviour) { b.PatchMode = emulator.PatchDropped })
	before := l.record(w.emu).nextTerm()
	w.refused(l, wish{"friendly_name": "other"}, "at apply", "still be working on it")
	w.recover()
	w.must(l, wish{"friendly_name": "another"})
	if after := l.record(w.emu).nextTerm(); before == nil || !maps.Equal(before, after) {
		w.fail(l, "it came with %v, and has %v", before, after)
	}
}

// Before its publisher has set it up, nothing is asked of a subscription; what is configured about it counts afterwards.
func TestSubscription_renewalBeforeActivation(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "saas_unactivated", func(*emulator.Behaviour) {})
	if err := w.emu.Drift(l.customer, l.id, map[string]any{"autoRenewEnabled": false}); err != nil {
		t.Fatal(err)
	}
	w.must(l, wish{"auto_renew_enabled": true, "deletion_policy": "abandon"})
	if err := w.emu.Activate(l.customer, l.id); err != nil {
		t.Fatal(err)
	}
	w.must(l, nil)
}
