// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
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

// Tainted, and the block asks for another one: nothing is bought or ended by itself. Where the new one comes first the purchase cannot know
// what it replaces, and the old one goes on.
func TestAccSubscription_taintedAndAnother(t *testing.T) {
	t.Parallel()
	config := func(more ...string) string { return office(append(more, "quantity = 5")...) }
	after := map[string]string{
		"another name":    config(`friendly_name = "two"`),
		"another product": subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 5", `friendly_name = "one"`),
	}
	for name, block := range after {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, listsAtOnce)
			w := acctest.NewWorkspace(t, emu, config(`friendly_name = "one"`))
			w.MustApply()
			taint(t, w)
			emu.ForgetRequests()
			w.Configure(block)
			if out, code := w.Apply(); code == 0 || !words("Replacement refused").MatchString(out) || !words("terraform untaint").MatchString(out) || !words("allow_replacement = true").MatchString(out) {
				t.Errorf("exit code %d:\n%s", code, out)
			}
			expectUntouched(t, emu, 1)
			if got := w.State()[address]["id"]; got != emu.Purchases()[0].SubscriptionID {
				t.Errorf("the state has %v", got)
			}
			w.Configure(strings.Replace(block, "quantity = 5", "quantity = 5\n  allow_replacement = true", 1))
			w.MustApply()
			w.MustPlanClean()
			expectPurchases(t, emu, 2)
			expectRenewal(t, emu, 0, false)
		})
	}
	t.Run("ended", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, listsAtOnce)
		w := acctest.NewWorkspace(t, emu, config(`friendly_name = "one"`))
		w.MustApply()
		if err := emu.Drift(emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID, map[string]any{"status": "deleted"}); err != nil {
			t.Fatal(err)
		}
		taint(t, w)
		w.MustApply() // there is nothing to end, and the plan shows the purchase
		w.MustPlanClean()
		expectPurchases(t, emu, 2)
	})
	t.Run("create first", func(t *testing.T) {
		t.Parallel()
		const first = "lifecycle { create_before_destroy = true }"
		for _, allowed := range []bool{false, true} {
			emu := acctest.New(t, listsAtOnce)
			w := acctest.NewWorkspace(t, emu, config(`friendly_name = "one"`, first))
			w.MustApply()
			taint(t, w)
			w.Configure(config(`friendly_name = "two"`, fmt.Sprint("allow_replacement = ", allowed), first))
			if out, code := w.Apply(); (code == 0) != allowed || !allowed && !words("this one would end for it without allow_replacement").MatchString(out) {
				t.Errorf("allowed: %t, exit code %d:\n%s", allowed, code, out)
			}
			expectPurchases(t, emu, 2)
			expectRenewal(t, emu, 0, !allowed)
			if !allowed { // it is planned now, and shown
				w.MustApply()
				w.MustPlanClean()
				expectRenewal(t, emu, 0, false)
			}
		}
	})
}

func taint(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if out, code := w.Run("taint", address); code != 0 {
		t.Fatalf("taint ended with %d:\n%s", code, out)
	}
}

// expectRenewal sees whether the nth purchase renews.
func expectRenewal(t *testing.T, emu *emulator.Server, n int, want bool) {
	t.Helper()
	bought := emu.Purchases()[n]
	if got, _ := emu.Subscription(bought.CustomerID, bought.SubscriptionID); got["autoRenewEnabled"] != want {
		t.Errorf("purchase %d renews: %v, want %t", n, got["autoRenewEnabled"], want)
	}
}
