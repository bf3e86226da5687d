// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// readings are the two ways of what reference/commerce.md#open-questions lists.
var readings = map[string]func(*emulator.Behaviour){
	"harsh":                      func(*emulator.Behaviour) {},
	"first change only":          func(b *emulator.Behaviour) { b.MultipleChanges = emulator.MultipleFirstOnly },
	"schedules are kept":         func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept },
	"a scheduled cancel is kept": func(b *emulator.Behaviour) { b.ScheduleFate, b.KeepOmitted = emulator.ScheduleKeepCancel, true },
	"instructions win":           func(b *emulator.Behaviour) { b.InstructionsWin, b.StaleInstructions = true, true },
	"real etags":                 func(b *emulator.Behaviour) { b.ETags = emulator.ETagReal },
	"few updates":                func(b *emulator.Behaviour) { b.UpdateLimit = 6 },
	"lenient marketplace": func(b *emulator.Behaviour) {
		b.SaaSSuspend, b.SaaSSchedules, b.SaaSDecrease = emulator.Allowed, emulator.Allowed, emulator.Allowed
	},
	"marketplace with extended terms": func(b *emulator.Behaviour) {
		b.SaaSExtendedServiceTerm, b.SaaSSchedules, b.SaaSDecrease = true, emulator.Allowed, emulator.Refused
	},
	"as before extended terms":  func(b *emulator.Behaviour) { b.NoExtendedServiceTerm, b.SaaSWindowOnRenewal = true, true },
	"pending before activation": func(b *emulator.Behaviour) { b.BeforeActivation = "pending" },
	"long renewals":             func(b *emulator.Behaviour) { b.RenewalTakes *= 300 },
}

// budget is how much the tests of lives do: little in CI, and as much as one likes by the environment. LIFE_SEED is the first seed, or
// "random"; LIFE_SEEDS is how many each reading gets, LIFE_STEPS how many steps each has, LIFE_SUBSCRIPTIONS how many live in each.
type budget struct {
	first, seeds         uint64
	steps, subscriptions int
}

func lifeBudget(t *testing.T, steps, subscriptions int) budget {
	t.Helper()
	number := func(variable string, otherwise int) int {
		text := os.Getenv(variable)
		if text == "" {
			return otherwise
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("%s: %v", variable, err)
		}
		return n
	}
	b := budget{first: rand.Uint64N(1e9), seeds: uint64(number("LIFE_SEEDS", 1)), steps: number("LIFE_STEPS", steps), subscriptions: number("LIFE_SUBSCRIPTIONS", subscriptions)}
	if os.Getenv("LIFE_SEED") != "random" {
		b.first = uint64(number("LIFE_SEED", 1))
	}
	return b
}

// run says how to repeat what it runs, and what came of it.
func (b budget) run(w *world, seed uint64, steps int) {
	w.t.Helper()
	w.t.Logf("LIFE_SEED=%d LIFE_STEPS=%d LIFE_SUBSCRIPTIONS=%d repeats this", seed, b.steps, b.subscriptions)
	w.run(steps)
	w.t.Logf("%v", w.counts)
}

// TestSubscription_life lets subscriptions of every family live through random changes, by the configuration, in the portal, by publishers
// and by time, under each reading of what reference/commerce.md#open-questions lists. After each step the plan is empty, or an error has
// said why it cannot be as wanted.
func TestSubscription_life(t *testing.T) {
	t.Parallel()
	b := lifeBudget(t, 28, 2)
	for i, name := range slices.Sorted(maps.Keys(readings)) {
		for seed := b.first; seed < b.first+b.seeds; seed++ {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				t.Parallel()
				lives, spares := some(i*b.subscriptions+int(seed-1), b.subscriptions)
				w := newWorld(t, seed, readings[name], lives)
				w.spares = spares
				w.runner = newInProcess(t, w.emu)
				b.run(w, seed, b.steps)
			})
		}
	}
}

// some are n of all families, from one of them on, and the others.
func some(from, n int) (lives, others []*life) {
	all := families()
	from %= len(all)
	all, n = append(all[from:], all[:from]...), min(n, len(all))
	return all[:n:n], all[n:]
}

// TestAccSubscription_life is the same with the CLI itself, which moves all families with each run.
func TestAccSubscription_life(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	b := lifeBudget(t, 28, len(families()))
	lives, _ := some(int(b.first-1), b.subscriptions)
	w := newWorld(t, b.first, readings["harsh"], lives)
	w.runner = newCommandLine(t, w)
	b.run(w, b.first, b.steps/5) // a step takes seconds, not milliseconds
}
