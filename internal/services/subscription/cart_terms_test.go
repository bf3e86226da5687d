// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// officeCart is a cart of one line.
func officeCart(more ...string) string {
	return fmt.Sprintf("resource \"partnercenter_cart\" \"test\" {\n  customer_id = %q\n  line_items = [{\n    product_id = %q\n    sku_id = \"0001\"\n    quantity = 5\n    term_duration = \"P1Y\"\n    billing_cycle = \"monthly\"\n    %s\n  }]\n}\n",
		emulator.CustomerKaffeehaus, emulator.ProductOffice, strings.Join(more, "\n    "))
}

// officeOf is a subscription that buys it.
func officeOf(more ...string) string {
	return office(append([]string{"quantity = 5", "cart_id = partnercenter_cart.test.id", "cart_line_item = 0"}, more...)...)
}

// A line of a cart is bought on the terms of the cart: where the block names others, it is not bought, neither in one apply with its cart
// nor from a cart that is there.
func TestAccCart_otherTerms(t *testing.T) {
	t.Parallel()
	name := `friendly_name = "one"`
	reseller := `partner_id = "` + emulator.ResellerRheinwerk + `"`
	for what, test := range map[string]struct{ line, block, want string }{
		"reseller in the block only": {"", reseller, `partner_id is "` + emulator.ResellerRheinwerk + `" here and none there`},
		"another reseller":           {`partner_id = "` + emulator.ResellerLoire + `"`, reseller, `partner_id is "` + emulator.ResellerRheinwerk + `" here and "` + emulator.ResellerLoire + `" there`},
		"end in the block only":      {"", `custom_term_end_date = "2027-01-31T00:00:00Z"`, `custom_term_end_date is "2027-01-31" here and none there`},
		"renewal in the block only":  {"", `renews_to = { term_duration = "P1Y" }`, `renews_to is "P1Y" here and none there`},
	} {
		for _, first := range []bool{false, true} {
			t.Run(fmt.Sprint(what, ", cart first: ", first), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				w := acctest.NewWorkspace(t, emu, officeCart(name, test.line))
				if first {
					w.MustApply()
				}
				w.Configure(officeCart(name, test.line) + officeOf(name, test.block))
				if out, code := w.Apply(); code == 0 || !words(test.want).MatchString(out) {
					t.Errorf("exit code %d, want %q:\n%s", code, test.want, out)
				}
				expectPurchases(t, emu, 0)
			})
		}
	}
}

// What the block leaves out is as the line of the cart has it, in the plan where the cart is known, and in the state from the purchase on:
// nothing has changed outside of the configuration then.
func TestAccCart_termsOfTheLine(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		for _, named := range []string{`friendly_name = "one"`, ""} {
			t.Run(fmt.Sprint("cart first: ", first, ", ", named), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				cart := officeCart(named, `partner_id = "`+emulator.ResellerRheinwerk+`"`)
				w := acctest.NewWorkspace(t, emu, cart)
				if first {
					w.MustApply()
				}
				w.Configure(cart + officeOf())
				out, _ := w.Run("plan", "-input=false")
				if want := `+ partner_id = (known after apply)`; words(want).MatchString(out) == first {
					t.Errorf("the plan says %q: %t:\n%s", want, first, out)
				}
				w.MustApply()
				emu.Advance(time.Hour)
				if out, code := w.Run("plan", "-input=false", "-detailed-exitcode"); code != 0 || words("Changed outside").MatchString(out) {
					t.Errorf("it says:\n%s", out)
				}
				name := "Workplace 365 Standard"
				if named != "" {
					name = "one"
				}
				if got := w.State()[address]; got["partner_id"] != emulator.ResellerRheinwerk || got["friendly_name"] != name {
					t.Errorf("the state has %v and %v", got["partner_id"], got["friendly_name"])
				}
				expectPurchases(t, emu, 1)
			})
		}
	}
}

// A replacement that takes its name from a cart that is made in the same run ends what it replaces.
func TestAccCart_replacesWithTheNameOfTheLine(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, listsAtOnce)
	w := acctest.NewWorkspace(t, emu, officeFor("P3Y", "monthly", "quantity = 5", `friendly_name = "old"`))
	w.MustApply()
	w.Configure(officeCart(`friendly_name = "new"`) + officeOf("allow_replacement = true"))
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 2)
	old, _ := emu.Subscription(emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID)
	if got := w.State()[address]; got["friendly_name"] != "new" || old["autoRenewEnabled"] != false {
		t.Errorf("the state has %v, and the old one renews: %v", got["friendly_name"], old["autoRenewEnabled"])
	}
}
