// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// scheduleEnd makes Nordwind's office subscription not renew, with this action for the end of its term, as it may be set in Partner Center.
func scheduleEnd(t *testing.T, emu *emulator.Server, action string) {
	t.Helper()
	drift := map[string]any{"autoRenewEnabled": false, "scheduledActions": []map[string]any{{"scheduleType": "TermEnd", "actionType": action}}}
	if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, drift); err != nil {
		t.Fatal(err)
	}
}

// expectEnd expects what Partner Center has scheduled for the end of a term, "" for nothing.
func expectEnd(t *testing.T, emu *emulator.Server, id, action string) {
	t.Helper()
	got, ok := emu.Subscription(emulator.CustomerNordwind, id)
	if !ok {
		t.Fatalf("there is no subscription %s", id)
	}
	if shown := fmt.Sprint(got["scheduledActions"]); got["autoRenewEnabled"] != false || (action == "") != !strings.Contains(shown, "actionType") || !strings.Contains(shown, action) {
		t.Errorf("%s renews: %v, and has %s scheduled, want %q", id, got["autoRenewEnabled"], shown, action)
	}
}

// newSubscription is the one that the action says to import.
func newSubscription(t *testing.T, got outcome) string {
	t.Helper()
	found := regexp.MustCompile(`id = "` + emulator.CustomerNordwind + `/([0-9a-f-]{36})"`).FindStringSubmatch(got.said())
	if found == nil {
		t.Fatalf("the import block does not name the new subscription:\n%s", got)
	}
	return found[1]
}

// What is scheduled for the end of the term is the same after a transition, and nobody is told to give it up.
func TestActionTransition_keepsEnd(t *testing.T) {
	t.Parallel()
	for action, is := range map[string]struct{ end, goesOn, block string }{
		"Cancel":                     {"cancel", `It goes on being billed, and ends on 20`, "  auto_renew_enabled = false"},
		"RenewToExtendedServiceTerm": {"extend", `It goes on being billed, and goes on month by month in a paid extended service term from 20`, `  end_of_term = "extend"`},
	} {
		restored := func(id string) string {
			return `subscription ` + id + ` .*end_of_term = "` + is.end + `".* was dropped with the transition, and is scheduled again`
		}
		calm := func(t *testing.T, got outcome) {
			t.Helper()
			for _, wrong := range []string{"no end_of_term", "no auto_renew_enabled", "scheduled again: ", "renews on"} {
				if strings.Contains(got.said(), wrong) {
					t.Errorf("it says %q:\n%s", wrong, got)
				}
			}
		}
		t.Run("whole, "+action, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			scheduleEnd(t, emu, action)
			got := newActing(t, emu, nil).run(transition, plus())
			got.expect(t, "", restored(emulator.SubscriptionOffice))
			got.expect(t, "", `has 43 licenses now\. `+is.goesOn)
			expectChanges(t, emu, 2)
			expectEnd(t, emu, emulator.SubscriptionOffice, action)
			calm(t, got)
			if strings.Contains(got.said(), "auto_renew_enabled =") {
				t.Errorf("the end of the term is to be configured otherwise:\n%s", got)
			}
		})
		t.Run("partial, and the rest, "+action, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			scheduleEnd(t, emu, action)
			got := newActing(t, emu, nil).run(transition, plus(settings{"quantity": 13}))
			into := newSubscription(t, got)
			for _, id := range []string{emulator.SubscriptionOffice, into} {
				got.expect(t, "", restored(id))
				expectEnd(t, emu, id, action)
			}
			got.expect(t, "", `^13 licenses are in subscription .*`+is.goesOn)
			expectAdvice(t, got, is.block, "  quantity = 30")
			expectChanges(t, emu, 3)
			calm(t, got)

			emu.ForgetRequests()
			got = newActing(t, emu, nil).run(transition, plus(settings{"quantity": 10, "to_subscription_id": into}))
			for _, id := range []string{emulator.SubscriptionOffice, into} {
				got.expect(t, "", restored(id))
				expectEnd(t, emu, id, action)
			}
			expectChanges(t, emu, 3)
			calm(t, got)

			emu.ForgetRequests()
			got = newActing(t, emu, nil).run(transition, plus(settings{"quantity": 20, "to_subscription_id": strings.ToUpper(into)}))
			expectAdvice(t, got, "it has ended")
			got.expect(t, "", restored(into))
			expectEnd(t, emu, into, action)
			expectChanges(t, emu, 2)
			calm(t, got)
		})
	}
	t.Run("into one that renews", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		into := newSubscription(t, newActing(t, emu, nil).run(transition, plus(settings{"quantity": 13})))
		scheduleEnd(t, emu, "Cancel")
		emu.ForgetRequests()
		got := newActing(t, emu, nil).run(transition, plus(settings{"quantity": 10, "to_subscription_id": into}))
		got.expect(t, "", `^10 licenses are in subscription .*It goes on being billed, and renews on`)
		expectChanges(t, emu, 2)
		expectEnd(t, emu, emulator.SubscriptionOffice, "Cancel")
	})
}

// What cannot be put back is advice with the way out, and no failure: a second run would move licenses again.
func TestActionTransition_endNotKept(t *testing.T) {
	t.Parallel()
	refused := emulator.Fault{Match: emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, Status: http.StatusBadRequest, Code: 800093, Times: -1}
	const way = "Do not run this action again for it"
	for name, test := range map[string]struct {
		action, way string
		behave      func(*emulator.Behaviour)
		given       settings
		fault       *emulator.Fault
		fails       string // "" where the action ends well
		changes     int
		left        string
	}{
		"a cancellation":            {"Cancel", `leave end_of_term = "cancel" or auto_renew_enabled = false there`, nil, nil, &refused, "", 2, ""},
		"an extension":              {"RenewToExtendedServiceTerm", `leave end_of_term = "extend" there`, nil, nil, &refused, "", 2, ""},
		"both of two":               {"Cancel", "the new one", nil, settings{"quantity": 13}, &refused, "", 3, ""},
		"it fails, and is put back": {"Cancel", "", func(b *emulator.Behaviour) { b.TransitionsFail = true }, nil, nil, "Conversion failed", 2, "Cancel"},
		"it takes too long":         {"Cancel", "The transition is not known to have ended", func(b *emulator.Behaviour) { b.TransitionReads = 1e5 }, nil, nil, "has not ended within the time for it", 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			if test.behave != nil {
				emu.Behave(test.behave)
			}
			scheduleEnd(t, emu, test.action)
			if test.fault != nil {
				emu.Fault(*test.fault)
			}
			got := newActing(t, emu, nil).run(transition, plus(test.given))
			if test.fails != "" {
				got.refused(t, test.fails)
			} else {
				got.expect(t, "", `has to be scheduled again \("Verwaltung", customer 5f0c1b52\.\.\.\): `)
			}
			if test.left == "" {
				expectAdvice(t, got, way, map[bool]string{true: "may go on month by month in a paid extended service term from 20", false: test.way}[test.way == "the new one"])
			} else {
				expectAdvice(t, got, "is scheduled again")
			}
			if test.given != nil {
				expectEnd(t, emu, newSubscription(t, got), test.left)
				if strings.Count(got.said(), way) != 2 {
					t.Errorf("it does not speak of both:\n%s", got)
				}
				expectAdvice(t, got, "  auto_renew_enabled = false")
			}
			if strings.Contains(got.said(), "no end_of_term") {
				t.Errorf("the end of the term is to leave the configuration:\n%s", got)
			}
			expectEnd(t, emu, emulator.SubscriptionOffice, test.left)
			expectChanges(t, emu, test.changes)
		})
	}
	t.Run("nobody knows", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		scheduleEnd(t, emu, "Cancel")
		emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "transitions"}, Kind: emulator.FaultDropBefore, Times: -1})
		got := newActing(t, emu, nil).run(transition, plus())
		got.refused(t, "it may have been carried out anyway")
		expectAdvice(t, got, "It is not known whether the transition was made")
	})
}

// The configuration that the action says to write has nothing to do afterwards, also where the end of the term was not put back: then an
// apply schedules it.
func TestAccActionTransition_advisedConfiguration(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		action string
		fault  bool
	}{"cancel": {"Cancel", false}, "extend": {"RenewToExtendedServiceTerm", false}, "cancel, not put back": {"Cancel", true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			scheduleEnd(t, emu, test.action)
			if test.fault {
				emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, Status: http.StatusBadRequest, Code: 800093, Times: 2})
			}
			got := newActing(t, emu, nil).run(transition, plus(settings{"quantity": 13}))
			block := regexp.MustCompile(`(?s)add a partnercenter_subscription for it with\n\n(.*?)\n\nand import it`).FindStringSubmatch(got.said())
			if block == nil {
				t.Fatalf("it shows no configuration:\n%s", got)
			}
			id := newSubscription(t, got)
			emu.ForgetRequests()
			w := acctest.NewWorkspace(t, emu, fmt.Sprintf("import {\n  to = partnercenter_subscription.new\n  id = %q\n}\n\nresource \"partnercenter_subscription\" \"new\" {\n  customer_id = %q\n%s\n}\n",
				emulator.CustomerNordwind+"/"+id, emulator.CustomerNordwind, block[1]))
			w.MustApply()
			w.MustPlanClean()
			expectEnd(t, emu, id, test.action)
			expectChanges(t, emu, map[bool]int{true: 1}[test.fault])
		})
	}
}
