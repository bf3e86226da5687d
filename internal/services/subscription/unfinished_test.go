// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A purchase whose subscription is not known yet is not made again, whatever asks for another object in its place.
func TestAccPurchase_unfinishedAndReplaced(t *testing.T) {
	t.Parallel()
	for name, policy := range map[string]string{"": "", "purchase_another": `on_existing = "purchase_another"`} {
		for _, by := range []string{"-replace", "taint", "replace_triggered_by"} {
			t.Run(by+" "+name, func(t *testing.T) {
				t.Parallel()
				config := func(trigger string) string {
					return "resource \"terraform_data\" \"trigger\" {\n  input = \"" + trigger + "\"\n}\n" +
						office("quantity = 5", `friendly_name = "one"`, "allow_replacement = true", policy, "lifecycle {\n create_before_destroy = true\n replace_triggered_by = [terraform_data.trigger]\n}")
				}
				emu := acctest.New(t, listsAtOnce, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview }))
				w := acctest.NewWorkspace(t, emu, config("a"))
				w.MustApply()
				emu.Advance(time.Hour)
				emu.ForgetRequests()
				var args []string
				switch by {
				case "-replace":
					args = append(args, "-replace="+address)
				case "taint":
					taint(t, w)
				default:
					w.Configure(config("b"))
				}
				if out, code := w.Apply(args...); code == 0 || !words("Error: Purchase not finished").MatchString(out) {
					t.Errorf("exit code %d:\n%s", code, out)
				}
				if n := emu.Count(http.MethodPost, "customers/*/carts/*/checkout"); n > 0 {
					t.Errorf("%d checkouts", n)
				}
				expectPurchases(t, emu, 1)
			})
		}
	}
	t.Run("found afterwards", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, listsAtOnce, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview }))
		w := acctest.NewWorkspace(t, emu, office("quantity = 5", `friendly_name = "one"`, "allow_replacement = true", "lifecycle { create_before_destroy = true }"))
		w.MustApply()
		emu.Advance(time.Hour)
		if err := emu.CompleteOrder(emu.Purchases()[0].CustomerID, emu.Purchases()[0].OrderID); err != nil {
			t.Fatal(err)
		}
		w.MustApply()
		w.MustPlanClean()
		emu.Behave(func(b *emulator.Behaviour) { b.OrderOutcome = "" })
		w.Configure(office("quantity = 5", `friendly_name = "two"`, "allow_replacement = true", "lifecycle { create_before_destroy = true }"))
		w.MustApply("-replace=" + address)
		w.MustPlanClean()
		expectPurchases(t, emu, 2)
	})
}
