// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// What was bought today without a nickname may be the purchase of a run that broke off, or another one: it is neither bought again nor taken
// over, and with a name of its own it stands in nobody's way.
func TestSubscription_unnamedOfTheSameDay(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce", func(*emulator.Behaviour) {})
	block := configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3}
	first, second := siteAddress+"0", siteAddress+"1"
	c.workspace.Blocks[first] = block
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, policy := range []string{"fail", "adopt"} {
		other := maps.Clone(block)
		other["friendly_name"], other["on_existing"] = "second", policy
		c.workspace.Blocks[second] = other
		expectProblem(t, c.workspace.Apply(nil), "at plan: Subscription exists already", c.workspace.ID(first), "If it is another one, give it a friendly_name")
	}
	block["friendly_name"] = "first"
	delete(c.workspace.Blocks, second)
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	other := maps.Clone(block)
	other["friendly_name"] = "second"
	c.workspace.Blocks[second] = other
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if n := len(c.emu.Purchases()); n != 2 || c.workspace.ID(first) == c.workspace.ID(second) {
		t.Errorf("%d are bought: %s and %s", n, c.workspace.ID(first), c.workspace.ID(second))
	}
}

// The price limit of each line counts at plan, before any of them checks the cart out.
func TestSubscription_limitsOfAllLines(t *testing.T) {
	t.Parallel()
	c := cartOfSites(t)
	buys := maps.Clone(c.workspace.Blocks)
	maps.DeleteFunc(c.workspace.Blocks, func(address string, _ configuration) bool { return strings.HasPrefix(address, siteAddress) })
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	for address, limited := range buys {
		c.workspace.Blocks = maps.Clone(buys)
		if !strings.HasPrefix(address, siteAddress) {
			continue
		}
		limited = limited.Clone()
		limited["price_limit"] = configuration{"total": "1.00", "currency": "EUR"}
		c.workspace.Blocks[address] = limited
		expectProblem(t, c.workspace.Apply(nil), "at plan: ", "price_limit")
	}
	if n := len(c.emu.Purchases()); n > 0 {
		t.Errorf("%d were bought", n)
	}
	c.workspace.Blocks = buys
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 || len(c.emu.Purchases()) != 2 {
		t.Errorf("%d were bought: %v", len(c.emu.Purchases()), problems)
	}
}

// Made and bought in one apply, a cart has its prices only then: Terraform plans a line again, and goes on with the others where that fails.
func TestSubscription_limitOfALineInOneApply(t *testing.T) {
	t.Parallel()
	c := cartOfSites(t)
	c.workspace.Blocks[siteAddress+"0"]["price_limit"] = configuration{"total": "1.00", "currency": "EUR"}
	expectProblem(t, c.workspace.Apply(nil), "Price above price_limit", "another line of cart")
	if n := len(c.emu.Purchases()); n > 0 {
		t.Errorf("%d were bought", n)
	}
}

// One block buys from a cart, another the same by itself: that would be two, and the plan of one apply refuses it, whichever is planned first.
func TestSubscription_alikeBesideCart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first, made, named bool   // of the block beside the cart, of the cart; whether the cart's block has the nickname
		policy             string // in both
		want               string // when it is refused, "" for never
	}{
		"cart first, and known":                {false, true, true, "", "at plan"},
		"cart last, and known":                 {true, true, true, "", "at plan"},
		"cart first, in one apply":             {false, false, true, "", "at plan"},
		"cart last, in one apply":              {true, false, true, "", "at plan"},
		"named by the line, cart first":        {false, true, false, "", "at plan"},
		"named by the line, cart last":         {true, true, false, "", "at plan"},
		"named by the line, in one apply":      {false, false, false, "", "at apply"},
		"named by the line, in one apply last": {true, false, false, "", "at apply"},
		"both are purchases of their own":      {false, true, true, "purchase_another", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cartOfSites(t)
			buys := maps.Clone(c.workspace.Blocks)
			if test.made {
				maps.DeleteFunc(c.workspace.Blocks, func(address string, _ configuration) bool { return strings.HasPrefix(address, siteAddress) })
				if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
					t.Fatal(problems)
				}
			}
			beside, fromCart := siteAddress+"9", siteAddress+"0"
			buys[beside] = configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3, "friendly_name": "Site 0"}
			if test.policy != "" {
				buys[beside]["on_existing"], buys[fromCart]["on_existing"] = test.policy, test.policy
			}
			if !test.named {
				delete(buys[fromCart], "friendly_name")
			}
			if test.first {
				buys[terraform.SubscriptionType+".a"] = buys[beside]
				delete(buys, beside)
			}
			c.workspace.Blocks, c.workspace.Together = buys, true
			got := c.workspace.Apply(nil)
			if test.want == "" {
				if problems := got.Problems(); len(problems) > 0 || len(c.emu.Purchases()) != 3 {
					t.Errorf("%d are bought: %v", len(c.emu.Purchases()), problems)
				}
				return
			}
			expectProblem(t, got, test.want, "Two purchases alike", "by itself or from a cart", "in both")
			names := map[string]int{}
			for _, p := range c.emu.Purchases() {
				names[strings.ToLower(terraform.RecordOf(c.emu, emulator.CustomerKaffeehaus, p.SubscriptionID).Text("friendlyName"))]++
			}
			if names["site 0"] > 1 || test.want == "at plan" && len(names) > 0 {
				t.Errorf("bought are %v", names)
			}
		})
	}
}

// Two blocks that buy one line are refused, also where the cart is made in the same apply.
func TestSubscription_lineTwice(t *testing.T) {
	t.Parallel()
	for when, made := range map[string]bool{"at plan": true, "at apply": false} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			c := cartOfSites(t)
			buys := maps.Clone(c.workspace.Blocks)
			if made {
				maps.DeleteFunc(c.workspace.Blocks, func(address string, _ configuration) bool { return strings.HasPrefix(address, siteAddress) })
				if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
					t.Fatal(problems)
				}
			}
			buys[siteAddress+"1"]["cart_line_item"], buys[siteAddress+"1"]["friendly_name"] = 0, "site 0"
			c.workspace.Blocks, c.workspace.Together = buys, true
			expectProblem(t, c.workspace.Apply(nil), when, "Two purchases alike", "buys line 0 of cart")
			if n := len(c.emu.Purchases()); made && n > 0 || n > 2 { // whichever line comes first checks all of its cart out
				t.Errorf("%d are bought", n)
			}
		})
	}
}
