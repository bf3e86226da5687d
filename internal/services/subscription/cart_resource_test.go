// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// twoPhases is a cart of two lines, and a subscription for each.
func twoPhases() string {
	return fmt.Sprintf(`
resource "partnercenter_cart" "test" {
  customer_id = %[1]q
  line_items = [
    { product_id = %[2]q, sku_id = "0001", quantity = 5, friendly_name = "archive" },
    { product_id = %[3]q, sku_id = "0001", quantity = 7, friendly_name = "diagram", term_duration = "P1Y", billing_cycle = "annual" },
  ]
}

resource "partnercenter_subscription" "test" {
  customer_id   = %[1]q
  product_id    = %[2]q
  sku_id        = "0001"
  quantity      = 5
  friendly_name = "archive"
  cart_id       = partnercenter_cart.test.id
}

resource "partnercenter_subscription" "other" {
  customer_id    = %[1]q
  product_id     = %[3]q
  sku_id         = "0001"
  quantity       = 7
  term_duration  = "P1Y"
  billing_cycle  = "annual"
  friendly_name  = "diagram"
  cart_id        = partnercenter_cart.test.id
  cart_line_item = 1
}
`, emulator.CustomerKaffeehaus, emulator.ProductArchive, emulator.ProductDiagram)
}

const cartAddress = "partnercenter_cart.test"

func TestAccCart_twoPhases(t *testing.T) {
	emu := acctest.New(t)
	cart := func(attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(cartAddress, tfjsonpath.New(attribute), want)
	}
	acctest.Run(t, emu,
		resource.TestStep{
			Config: twoPhases(),
			ConfigStateChecks: []statecheck.StateCheck{
				cart("id", knownvalue.NotNull()),
				statecheck.ExpectKnownValue(cartAddress, tfjsonpath.New("line_items").AtSliceIndex(0).AtMapKey("total_price"), knownvalue.StringExact("168")),
				value("id", knownvalue.NotNull()), value("quantity", knownvalue.Int64Exact(5)),
				statecheck.ExpectKnownValue("partnercenter_subscription.other", tfjsonpath.New("quantity"), knownvalue.Int64Exact(7)),
			},
		},
		resource.TestStep{ // what was bought is changed through its subscription, and the cart stays as it was
			Config:            twoPhases(),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			ConfigStateChecks: []statecheck.StateCheck{cart("status", knownvalue.StringExact("Ordered"))},
		},
		resource.TestStep{
			Config:      regexp.MustCompile(`quantity = 5, friendly`).ReplaceAllString(twoPhases(), `quantity = 6, friendly`),
			ExpectError: regexp.MustCompile(`Cart was ordered`),
		},
	)
	expectPurchases(t, emu, 2)
	if n := emu.Count(http.MethodPost, "carts/*/checkout"); n != 1 {
		t.Errorf("the cart was checked out %d times, want once for both lines", n)
	}
}

// The state has the cart, but the process died before it had the subscriptions, and the lists do not show them yet: no purchase is made
// again, and no import is needed.
func TestAccCart_resumed(t *testing.T) {
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLagReads = 0 }))
	w := acctest.NewWorkspace(t, emu, twoPhases())
	w.MustApply("-target=" + cartAddress)
	state := filepath.Join(w.Dir, "terraform.tfstate")
	saved, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	w.MustApply()
	if err := os.WriteFile(state, saved, 0o600); err != nil {
		t.Fatal(err)
	}
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 2)
}

func TestAccCart_expired(t *testing.T) {
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, twoPhases())
	w.MustApply("-target=" + cartAddress)
	emu.Advance(8 * 24 * time.Hour)
	if out, code := w.Apply(); code == 0 || !regexp.MustCompile(`has expired`).MatchString(out) {
		t.Errorf("buying from an expired cart ended with %d:\n%s", code, out)
	}
	expectPurchases(t, emu, 0)
	w.MustApply("-replace=" + cartAddress)
	w.MustPlanClean()
	expectPurchases(t, emu, 2)
}

func TestAccCart_refused(t *testing.T) {
	tests := map[string]struct{ config, want string }{
		"unknown product":                   {regexp.MustCompile(emulator.ProductArchive).ReplaceAllString(twoPhases(), "DZH318ZNOBOD"), `find the product for this customer`},
		"a pair that is not sold":           {regexp.MustCompile(`"annual"`).ReplaceAllString(twoPhases(), `"triennial"`), `Not sold that way`},
		"another quantity than in the cart": {regexp.MustCompile(`quantity      = 5`).ReplaceAllString(twoPhases(), `quantity      = 6`), `line 0 of its cart differ: quantity is "6" here and "5" there.`}, // what to do depends on whether the other line has bought it before
		"a line that does not exist":        {regexp.MustCompile(`cart_line_item = 1`).ReplaceAllString(twoPhases(), `cart_line_item = 2`), `has no line 2`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu, resource.TestStep{Config: test.config, ExpectError: words(test.want)})
		})
	}
}
