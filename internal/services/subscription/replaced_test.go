// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var listsAtOnce = emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLag = 0 })

// expectUntouched sees that nothing was bought or changed.
func expectUntouched(t *testing.T, emu *emulator.Server, purchases int) {
	t.Helper()
	expectPurchases(t, emu, purchases)
	if made := changesMade(emu); len(made) > 0 {
		t.Errorf("it sent %v", made)
	}
}

// allow_replacement lets a purchase stand beside what this run replaces, and beside nothing else: not beside what a lost state had, and not
// beside what a replacement that broke off has left. That these have another term makes no difference.
func TestAccSubscription_allowedReplacementOfNothing(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]string{
		"":                      `the customer already has this subscription`,
		`on_existing = "adopt"`: `Partner Center cannot change term_duration of subscription`,
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, listsAtOnce)
			acctest.NewWorkspace(t, emu, officeFor("P3Y", "monthly", "quantity = 5", `friendly_name = "one"`)).MustApply()
			emu.ForgetRequests()
			w := acctest.NewWorkspace(t, emu, officeFor("P1Y", "monthly", "quantity = 5", `friendly_name = "one"`, "allow_replacement = true", policy))
			out, _ := w.Run("plan", "-input=false", "-out=tfplan")
			if bought := emu.Purchases()[0]; !words(want).MatchString(out) || !words(bought.SubscriptionID).MatchString(out) {
				t.Errorf("the plan does not say %q of %s:\n%s", want, bought.SubscriptionID, out)
			}
			if out, code := w.Run("apply", "-input=false", "tfplan"); code == 0 {
				t.Errorf("the saved plan was applied:\n%s", out)
			}
			if out, code := w.Apply(); code == 0 {
				t.Errorf("it was applied:\n%s", out)
			}
			expectUntouched(t, emu, 1)
		})
	}
}

// A replacement that only the term asks for, in both orders, at once and from a saved plan.
func TestAccSubscription_replacedForItsTerm(t *testing.T) {
	t.Parallel()
	for name, lifecycle := range map[string]string{"destroy first": "", "create first": "lifecycle { create_before_destroy = true }"} {
		for _, saved := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", saved: ", saved), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t, listsAtOnce)
				w := acctest.NewWorkspace(t, emu, officeFor("P3Y", "monthly", "quantity = 5", `friendly_name = "one"`, lifecycle))
				w.MustApply()
				w.Configure(officeFor("P1Y", "monthly", "quantity = 5", `friendly_name = "one"`, "allow_replacement = true", lifecycle))
				if !saved {
					w.MustApply()
				} else {
					for _, step := range [][]string{{"plan", "-input=false", "-out=tfplan"}, {"apply", "-input=false", "tfplan"}} {
						if out, code := w.Run(step...); code != 0 {
							t.Fatalf("%s ended with %d:\n%s", step[0], code, out)
						}
					}
				}
				w.MustPlanClean()
				expectPurchases(t, emu, 2)
				old, _ := emu.Subscription(emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID)
				if got := w.State()[address]; got["id"] != emu.Purchases()[1].SubscriptionID || old["autoRenewEnabled"] != false {
					t.Errorf("the state has %v, and the old one renews: %v", got["id"], old["autoRenewEnabled"])
				}
			})
		}
	}
	t.Run("adopted again", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, listsAtOnce)
		w := acctest.NewWorkspace(t, emu, officeFor("P3Y", "monthly", "quantity = 5", `friendly_name = "one"`))
		w.MustApply()
		emu.ForgetRequests()
		w.Configure(officeFor("P1Y", "monthly", "quantity = 5", `friendly_name = "one"`, "allow_replacement = true", `on_existing = "adopt"`))
		if out, code := w.Apply(); code == 0 || !words(`Remove on_existing to buy a new one`).MatchString(out) {
			t.Errorf("exit code %d:\n%s", code, out)
		}
		expectUntouched(t, emu, 1)
	})
}
