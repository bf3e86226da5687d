// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
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
