// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
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

// A line that is taken out of a cart, or put into it, makes another cart: what is bought is what the configuration has.
func TestCart_otherNumberOfLines(t *testing.T) {
	t.Parallel()
	for _, ordered := range []bool{false, true} {
		for _, lines := range []int{1, 3} {
			t.Run(fmt.Sprintf("%d lines, ordered: %t", lines, ordered), func(t *testing.T) {
				t.Parallel()
				c := cartOfSites(t)
				buys := maps.Clone(c.workspace.Blocks)
				if !ordered {
					delete(c.workspace.Blocks, siteAddress+"0")
					delete(c.workspace.Blocks, siteAddress+"1")
				}
				if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
					t.Fatal(problems)
				}
				c.workspace.Plan()
				first, all := c.workspace.ID(cartOfTwo), buys[cartOfTwo]["line_items"].([]configuration)
				another := all[1].Clone()
				another["friendly_name"] = "site 2"
				c.workspace.Blocks[cartOfTwo]["line_items"] = append(slices.Clone(all), another)[:lines]
				if ordered {
					expectProblem(t, c.workspace.Apply(nil), "at plan: Cart was ordered")
					return
				}
				c.workspace.Blocks[siteAddress+"0"] = buys[siteAddress+"0"]
				if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 || c.workspace.ID(cartOfTwo) == first || len(c.emu.Purchases()) != lines {
					t.Errorf("%d are bought, of the same cart: %t, %v", len(c.emu.Purchases()), c.workspace.ID(cartOfTwo) == first, problems)
				}
			})
		}
	}
}

// A member of a cart that is not known yet changes nothing of it where it turns out to be as it is, and makes no other cart where it does not:
// the plan has not said so.
func TestCart_unknownMembers(t *testing.T) {
	t.Parallel()
	context := func(value any) map[string]tftypes.Value {
		return map[string]tftypes.Value{"x": tftypes.NewValue(tftypes.String, value)}
	}
	for _, ordered := range []bool{false, true} {
		for member, test := range map[string]struct{ stays, other any }{
			"customer_id":          {emulator.CustomerKaffeehaus, emulator.CustomerNordwind},
			"product_id":           {emulator.ProductArchive, emulator.ProductDiagram},
			"quantity":             {3, 4},
			"term_duration":        {"P1Y", "P3Y"},
			"friendly_name":        {"site 0", "another"},
			"attestation_accepted": {true, false},
			"provisioning_context": {context("one"), context("two")},
		} {
			for _, differs := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, ordered: %t, differs: %t", member, ordered, differs), func(t *testing.T) {
					t.Parallel()
					c := cartOfSites(t)
					cart := c.workspace.Blocks[cartOfTwo]
					buys := maps.Clone(c.workspace.Blocks)
					at := cart["line_items"].([]configuration)[0]
					if member == "customer_id" {
						at = cart
					}
					at[member] = test.stays
					buys[siteAddress+"0"][member] = test.stays
					if !ordered {
						c.workspace.Blocks = map[string]configuration{cartOfTwo: cart}
					}
					if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
						t.Fatal(problems)
					}
					c.workspace.Plan() // Ordered is found by the next refresh
					carts, bought, first := emuCarts(c), len(c.emu.Purchases()), c.workspace.ID(cartOfTwo)
					if at[member] = later; member == "provisioning_context" {
						at[member] = context(later)
					}
					c.workspace.Blocks = map[string]configuration{cartOfTwo: cart}
					if ordered {
						c.workspace.Blocks = buys
					}
					got := c.workspace.Apply(func(o *terraform.Outcome) {
						if action := o.Changes[cartOfTwo].Action; action != "update" {
							t.Errorf("the plan is to %q the cart", action)
						}
						if at[member] = test.stays; differs {
							at[member] = test.other
						}
					})
					problems := got.Problems()
					if differs == (len(problems) == 0) || differs && !strings.Contains(problems[0].String(), map[bool]string{true: "Cart was ordered", false: "Cart cannot be changed"}[ordered]) {
						t.Error(problems)
					}
					if emuCarts(c) != carts || len(c.emu.Purchases()) != bought || c.workspace.ID(cartOfTwo) != first {
						t.Errorf("%d carts, %d bought, cart %s, before %d, %d, %s", emuCarts(c), len(c.emu.Purchases()), c.workspace.ID(cartOfTwo), carts, bought, first)
					}
				})
			}
		}
	}
}

// So does Terraform itself: it drops the update where the value is as it was, and refuses another cart than the plan has announced.
func TestAccCart_unknownMember(t *testing.T) {
	t.Parallel()
	config := func(run int, name string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"name\" {\n  input = %q\n  triggers_replace = %d\n}\n", name, run) + officeCart("friendly_name = terraform_data.name.output")
	}
	for then, goes := range map[string]bool{"one": true, "another": false} {
		t.Run(then, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, config(1, "one"))
			w.MustApply()
			id := w.State()[cartAddress]["id"]
			w.Configure(config(2, then))
			out, code := w.Apply()
			if (code == 0) != goes || !goes && !words("inconsistent final plan").MatchString(out) {
				t.Errorf("exit code %d:\n%s", code, out)
			}
			if n := emu.Count(http.MethodPost, "customers/*/carts"); n != 1 || w.State()[cartAddress]["id"] != id {
				t.Errorf("%d carts, %v instead of %v", n, w.State()[cartAddress]["id"], id)
			}
		})
	}
}

// What is wrong with a line stands in an answer that succeeded: the error has what Microsoft's support asks for first, too.
func TestCart_lineErrorCanBeTraced(t *testing.T) {
	t.Parallel()
	block := configuration{"product_id": emulator.ProductCalling, "sku_id": "0001", "quantity": 3, "term_duration": "P1Y", "billing_cycle": "monthly"} // an add-on, without its base
	bought := block.Clone()
	bought["customer_id"], bought["friendly_name"] = emulator.CustomerKaffeehaus, "one"
	for address, config := range map[string]configuration{
		siteAddress: bought,
		cartOfTwo:   {"customer_id": emulator.CustomerKaffeehaus, "line_items": []configuration{block}},
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			c.workspace.Blocks[address] = config
			expectProblem(t, c.workspace.Apply(nil), "Partner Center does not sell this", "(code 400041)", "(POST /v1/customers/"+emulator.CustomerKaffeehaus+"/carts, request ID ", ", correlation ID ")
		})
	}
}

// A line that the customer has already says how it can be taken over, which is not from the cart.
func TestCart_lineThatIsThere(t *testing.T) {
	t.Parallel()
	c := cartOfSites(t)
	buys, there := maps.Clone(c.workspace.Blocks), configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3, "friendly_name": "site 0"}
	c.workspace.Blocks = map[string]configuration{cellAddress: c.configuration, siteAddress + "9": there}
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	c.workspace.Forget(siteAddress + "9")
	c.emu.Advance(time.Hour) // until it is listed
	buys[siteAddress+"0"]["on_existing"] = "adopt"
	delete(buys, siteAddress+"1")
	c.workspace.Blocks = buys
	expectProblem(t, c.workspace.Apply(nil), "at apply: Cannot buy subscription: Nothing was bought", "A purchase from a cart takes nothing over")
	if n := len(c.emu.Purchases()); n != 1 {
		t.Errorf("%d are bought", n)
	}
}
