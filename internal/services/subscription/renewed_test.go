// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const renewedTitle = "Renewed as scheduled"

// scheduled is a subscription that has just renewed with 24 instead of 30 licenses, with a configuration that still asks for 30.
func scheduled(t *testing.T) (*world, *life) {
	t.Helper()
	w, l, _ := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	w.must(l, nil)
	w.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	return w, l
}

// leaves applies a configuration that a renewal has overtaken: that is said, and the licenses stay as many as they are.
func (w *world) leaves(l *life, licenses int, want ...string) {
	w.t.Helper()
	r := w.runner.apply(w.lives)[l]
	if len(r.problems) > 0 || !warned(r, renewedTitle) {
		w.fail(l, "it should be left as it renewed: %v %v", r.problems, r.warnings)
	}
	for _, text := range want {
		if !strings.Contains(strings.Join(r.warnings, "\n"), text) {
			w.fail(l, "the warning should say %q: %v", text, r.warnings)
		}
	}
	if got := l.record(w.emu).licenses(); got != licenses {
		w.fail(l, "it has %d licenses, want %d", got, licenses)
	}
	if again := w.runner.plan(w.lives)[l]; again.action != "update" || len(again.problems) > 0 || !warned(again, renewedTitle) {
		w.fail(l, "the next plan is to %s: %v %v", again.action, again.problems, again.warnings)
	}
}

func TestSubscription_renewedAsScheduled(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*world, *life){
		"year after year": func(w *world, l *life) {
			w.leaves(l, 24, `billing_cycle = "annual" # not "monthly"`, "quantity = 24 # not 30")
			w.emu.SetTime(time.Date(2027, 7, 25, 12, 0, 0, 0, time.UTC))
			w.leaves(l, 24, "quantity = 24 # not 30")
		},
		"brought in line": func(w *world, l *life) {
			w.emu.ForgetRequests()
			delete(l.wish, "scheduled_next_term_instructions")
			w.must(l, wish{"quantity": 24, "billing_cycle": "annual"})
			if writes := w.emu.Writes(); len(writes) > 0 {
				w.fail(l, "bringing the configuration in line wrote: %+v", writes)
			}
		},
		"other instructions for the next renewal": func(w *world, l *life) {
			l.wish["scheduled_next_term_instructions"].(wish)["quantity"] = 20
			w.leaves(l, 24)
			w.emu.SetTime(time.Date(2027, 7, 25, 12, 0, 0, 0, time.UTC))
			w.leaves(l, 20, "quantity = 20 # not 30")
		},
		"somebody adds licenses after the renewal": func(w *world, l *life) {
			if err := w.emu.Drift(l.customer, l.id, map[string]any{"quantity": 26}); err != nil {
				w.t.Fatal(err)
			}
			w.leaves(l, 26, "quantity = 26 # not 30")
		},
		"other licenses are asked for": func(w *world, l *life) {
			l.wish["quantity"] = 25
			w.leaves(l, 25, `billing_cycle = "annual" # not "monthly"`)
		},
		"as before, without instructions": func(w *world, l *life) {
			delete(l.wish, "scheduled_next_term_instructions")
			delete(l.wish, "billing_cycle")
			w.must(l, nil)
			if got := l.record(w.emu).licenses(); got != 30 {
				w.fail(l, "it has %d licenses, want 30", got)
			}
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, l := scheduled(t)
			test(w, l)
		})
	}
}

// Another product that was scheduled is no reason to replace the subscription afterwards.
func TestSubscription_renewedIntoAnotherProduct(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	w.must(l, wish{"scheduled_next_term_instructions": wish{
		"product_id": emulator.ProductOfficePlus, "sku_id": "0001", "term_duration": "P1M", "billing_cycle": "monthly", "quantity": 24,
	}})
	w.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	w.leaves(l, 24, emulator.ProductOfficePlus, `term_duration = "P1M" # not "P1Y"`)
	l.wish["customer_id"] = emulator.CustomerNordwind
	w.refused(l, nil, "at plan", "Replacement refused", "customer_id")
}
