// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Software, which no subscription could buy from a cart, is not put into one: whichever other line is bought first would buy it. The plan says
// so, or apply where the plan does not know the product.
func TestCart_ofWhatCannotBeManaged(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"at plan", "at apply"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			c := cartOfSites(t)
			server := configuration{"product_id": emulator.ProductServer, "sku_id": "0001", "quantity": 1}
			cart := c.workspace.Blocks[cartOfTwo]
			cart["line_items"] = append(cart["line_items"].([]configuration), server)
			if when == "at apply" {
				server["product_id"] = tftypes.UnknownValue
			}
			got := c.workspace.Apply(func(*terraform.Outcome) { server["product_id"] = emulator.ProductServer })
			expectProblem(t, got, when, "Product cannot be managed", "is perpetual software")
			for _, p := range got.Problems() {
				if p.At != "line_items.product_id" {
					t.Errorf("the error is about %q", p.At)
				}
			}
			if n := emuCarts(c); n > 0 || len(c.emu.Purchases()) > 0 {
				t.Errorf("%d carts were made, %d subscriptions bought", n, len(c.emu.Purchases()))
			}
		})
	}
}

func emuCarts(c *cell) int { return c.emu.Count(http.MethodPost, "customers/*/carts") }
