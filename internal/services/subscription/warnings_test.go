// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Terraform shows the first of several warnings with the same title only. Customers that have the same product in the same quantity under
// the same nickname are the common case, so each title names the customer as well.
func TestAccSubscription_warnsOfEachCustomer(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	both := func(lines ...string) string {
		return fmt.Sprintf(`
resource "partnercenter_subscription" "test" {
  for_each      = toset([%q, %q])
  customer_id   = each.key
  product_id    = %q
  sku_id        = "0001"
  term_duration = "P1Y"
  billing_cycle = "monthly"
  %s
}
`, emulator.CustomerKaffeehaus, emulator.CustomerAlpenblick, emulator.ProductOffice, strings.Join(lines, "\n  "))
	}
	w := acctest.NewWorkspace(t, emu, both(`quantity = 5`))
	expect := func(warnings map[string]string) {
		t.Helper()
		out, code := w.Run("plan", "-input=false")
		if code != 0 {
			t.Fatalf("plan failed:\n%s", out)
		}
		for title, text := range warnings {
			if n := len(words(text).FindAllString(out, -1)); n != 2 {
				t.Errorf("the plan says %q %d times, want twice:\n%s", text, n, out)
			}
			for _, customer := range []string{"customer 0d95b7c2...)", "customer 29e8f3b6...)"} {
				if !strings.Contains(out, title+customer) {
					t.Errorf("the plan does not say %q:\n%s", title+customer, out)
				}
			}
		}
	}
	unpriced := "provider \"partnercenter\" {\n  quote_prices = false\n}\n"
	w.Configure(unpriced + both(`quantity = 5`))
	expect(map[string]string{`Warning: Price unknown: purchase of 5 licenses of Workplace 365 Standard ("Workplace 365 Standard", `: `The commitment of this purchase is not in the plan: quote_prices is off.`})
	w.Configure(unpriced + both(`quantity = 5`, `friendly_name = "one"`))
	expect(map[string]string{`Warning: Price unknown: purchase of 5 licenses of Workplace 365 Standard ("one", `: `The commitment of this purchase is not in the plan: quote_prices is off.`})
	w.MustApply()
	for _, bought := range emu.Purchases() {
		if err := emu.Drift(bought.CustomerID, bought.SubscriptionID, map[string]any{"quantity": 3}); err != nil {
			t.Fatal(err)
		}
	}
	expect(map[string]string{
		`Warning: Changed outside of this configuration ("one", `:      `quantity 5 -> 3. The last change in Partner Center's audit records was made by`,
		`Warning: Price unknown: purchase of 2 licenses more ("one", `: `What this change commits to is not in the plan: quote_prices is off.`,
	})
	w.Configure("")
	expect(map[string]string{` a month ("one", `: `will not renew, and goes on being billed until`})
}
