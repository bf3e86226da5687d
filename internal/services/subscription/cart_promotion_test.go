// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// plusCart is a cart of a product with a promotion for customers who do not have it yet.
func plusCart(promotion string, quantity string) string {
	return fmt.Sprintf("resource \"partnercenter_cart\" \"test\" {\n  customer_id = %q\n  line_items = [{\n    product_id = %q\n    sku_id = \"0001\"\n    quantity = %s\n    term_duration = \"P1Y\"\n    billing_cycle = \"monthly\"\n    friendly_name = \"one\"\n    promotion_id = %s\n  }]\n}\n",
		emulator.CustomerKaffeehaus, emulator.ProductOfficePlus, quantity, promotion)
}

func plus365(lines ...string) string {
	return subscription(emulator.CustomerKaffeehaus, emulator.ProductOfficePlus, append([]string{"quantity = 5", `term_duration = "P1Y"`, `billing_cycle = "monthly"`}, lines...)...)
}

// A promotion that a line of a cart would not get makes no cart: the plan says so where all is known, and apply otherwise.
func TestAccCart_promotionThatDoesNotApply(t *testing.T) {
	t.Parallel()
	const later = "resource \"terraform_data\" \"later\" {\n  input = 101\n}\n"
	for name, test := range map[string]struct {
		config  string
		refused [2]bool // at plan, at apply
	}{
		"it applies":          {plusCart(`"`+emulator.PromotionPlus+`"`, "5"), [2]bool{false, false}},
		"too many licenses":   {plusCart(`"`+emulator.PromotionPlus+`"`, "101"), [2]bool{true, true}},
		"it is over":          {plusCart(`"`+emulator.PromotionEnded+`"`, "5"), [2]bool{true, true}},
		"an unknown number":   {later + plusCart(`"`+emulator.PromotionPlus+`"`, "terraform_data.later.output"), [2]bool{false, true}},
		"of another product":  {strings.Replace(plusCart(`"`+emulator.PromotionPlus+`"`, "5"), emulator.ProductOfficePlus, emulator.ProductOffice, 1), [2]bool{true, true}},
		"none, and an absent": {plusCart("null", "5"), [2]bool{false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, test.config)
			out, code := w.Run("plan", "-input=false")
			if (code != 0) != test.refused[0] || code != 0 && !words("Partner Center would sell at list price without a word").MatchString(out) {
				t.Errorf("plan ended with %d:\n%s", code, out)
			}
			out, code = w.Apply()
			if (code != 0) != test.refused[1] || code != 0 && !words("Partner Center would sell at list price without a word").MatchString(out) {
				t.Errorf("apply ended with %d:\n%s", code, out)
			}
			if n := emu.Count(http.MethodPost, "customers/*/carts"); (n == 0) != test.refused[1] {
				t.Errorf("%d carts were made", n)
			}
		})
	}
}

// A promotion that a line had when its cart was made, and has lost since, buys nothing.
func TestAccCart_promotionThatIsLost(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, listsAtOnce)
	cart := plusCart(`"`+emulator.PromotionPlus+`"`, "5")
	w := acctest.NewWorkspace(t, emu, cart)
	w.MustApply()
	acctest.NewWorkspace(t, emu, plus365(`friendly_name = "another"`)).MustApply() // it is for those who do not have the product
	emu.ForgetRequests()
	w.Configure(cart + plus365(`friendly_name = "one"`, "cart_id = partnercenter_cart.test.id", "cart_line_item = 0"))
	if out, code := w.Apply(); code == 0 || !words("Nothing was bought: line 0 of cart").MatchString(out) || !words("Partner Center would sell at list price without a word").MatchString(out) {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	if n := emu.Count(http.MethodPost, "customers/*/carts/*/checkout"); n > 0 {
		t.Errorf("%d checkouts", n)
	}
	expectPurchases(t, emu, 1)
}
