// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	wentAway  = "by an upgrade (transition)"
	buysAgain = "Buys back what an upgrade took"
)

// upgrade moves licenses of Nordwind's office subscription to another one, as people do in Partner Center.
func (m *managedOne) upgrade(licenses int) {
	m.t.Helper()
	m.emu.ForgetRequests()
	if got := newActing(m.t, m.emu, nil).run(transition, plus(settings{"quantity": licenses})); hasErrors(got.completed) || !got.invoked {
		m.t.Fatal(got)
	}
}

// silent expects that nothing of the kind is said.
func (m *managedOne) silent(unwanted ...string) {
	m.t.Helper()
	for _, text := range unwanted {
		if strings.Contains(m.said, text) {
			m.t.Errorf("%q should not be said: %s", text, m.said)
		}
	}
}

// Licenses that upgrades in Partner Center took are bought again only by a plan that says so, however often it was refreshed before.
func TestSubscription_licensesMovedAway(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	before := changes{"quantity": 43}
	m.must(before)
	m.upgrade(10)
	m.upgrade(5)
	m.plans(before, true)
	m.says("quantity 43 -> 28", "10 licenses went to subscription", "5 licenses went to subscription", "To manage them there, import "+emulator.CustomerNordwind+"/",
		buysAgain+": 15 more", "write quantity = 28")
	m.plans(before, true) // as after "apply -refresh-only"
	m.says("10 licenses went to subscription", "5 licenses went to subscription", buysAgain+": 15 more", "write quantity = 28")
	m.silent("Changed outside")

	m.plans(changes{"quantity": 50}, true)
	m.says(buysAgain + ": 22 more")
	m.plans(changes{"quantity": 30}, true) // whoever writes that has seen that they are fewer
	m.silent(buysAgain)
	m.must(changes{"quantity": 28, "friendly_name": "as it is now"})
	m.plans(before, true)
	m.silent(buysAgain)
}

// What is said once is bought, and then nothing is left to say.
func TestSubscription_licensesMovedAwayAndWanted(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	m.must(changes{"quantity": 43})
	m.upgrade(10)
	m.must(changes{"quantity": 43})
	m.says(buysAgain + ": 10 more")
	m.plans(changes{"quantity": 45}, true)
	m.silent(buysAgain)
}

// What somebody takes back by hand is no upgrade, even if as many licenses once were one, or were to be.
func TestSubscription_fewerLicensesWithoutUpgrade(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(*managedOne){
		"none":       func(*managedOne) {},
		"an old one": func(m *managedOne) { m.upgrade(10); m.must(changes{"quantity": 33}) },
		"an old one, read again": func(m *managedOne) {
			m.upgrade(10)
			m.must(changes{"quantity": 43})
			m.must(changes{"quantity": 33})
		},
		"failed ones": func(m *managedOne) { newActing(m.t, m.emu, nil).run(transition, plus(settings{"quantity": 10})) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerNordwind, func(b *emulator.Behaviour) { b.TransitionsFail = name == "failed ones" }).imports(emulator.SubscriptionOffice)
			m.must(changes{"quantity": 43})
			before(m)
			m.emu.Advance(48 * time.Hour)
			got, _ := m.emu.Subscription(m.customer, m.id())
			was := got["quantity"].(float64)
			if err := m.emu.Drift(m.customer, m.id(), map[string]any{"quantity": was - 10}); err != nil {
				t.Fatal(err)
			}
			m.plans(changes{"quantity": int(was)}, true)
			m.silent(wentAway, buysAgain)
		})
	}
}

// A renewal with fewer licenses that no state has had on its schedule is said, until the number is settled.
func TestSubscription_renewedWithFewer(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
	m.must(changes{"quantity": 43})
	m.emu.Advance(366 * 24 * time.Hour)
	if err := m.emu.Drift(m.customer, m.id(), map[string]any{"quantity": 30}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		m.plans(changes{"quantity": 43}, true)
		m.says("Buys back what the renewal left out: 13 more", "it has 30 licenses instead of 43", "write quantity = 30")
	}
	m.must(changes{"quantity": 30})
	m.silent("Buys back")
	m.emu.Advance(366 * 24 * time.Hour) // another renewal, with what is there
	m.plans(changes{"quantity": 43}, true)
	m.silent("Buys back")
}

// What was scheduled in Partner Center counts also where the configuration ignores it: the instructions are gone with the renewal.
func TestSubscription_renewedWithFewerThanIgnored(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerAtelier).imports(emulator.SubscriptionScheduled)
	m.emu.Advance(366 * 24 * time.Hour)
	m.plans(changes{"quantity": 30}, true) // ignore_changes leaves what the state has, which is none by now
	m.says("Buys back what the renewal left out: 6 more", "it has 24 licenses instead of 30")
}

// A state of before knows nothing of when there were more licenses: then the latest upgrades count that fit.
func TestSubscription_licensesMovedAwayFromAnOlderState(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		now  int
		want string
	}{
		"by all that are missing": {33, "10 licenses went to subscription"},
		"by most of them":         {30, "10 licenses went to subscription"},
		"by less":                 {38, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
			m.must(changes{"quantity": 43})
			var private map[string][]byte
			if err := json.Unmarshal(m.object.private, &private); err != nil || len(private["licenses"]) == 0 {
				t.Fatalf("private state is %s: %v", m.object.private, err)
			}
			delete(private, "licenses")
			var err error
			if m.object.private, err = json.Marshal(private); err != nil {
				t.Fatal(err)
			}
			m.must(changes{"quantity": 43})
			m.upgrade(10)
			if err := m.emu.Drift(m.customer, m.id(), map[string]any{"quantity": test.now}); err != nil {
				t.Fatal(err)
			}
			m.plans(changes{"quantity": 43}, true)
			if test.want == "" {
				m.silent(wentAway, buysAgain)
			} else {
				m.says(test.want, buysAgain)
			}
		})
	}
}
