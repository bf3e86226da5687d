// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

const (
	cartOfTwo   = terraform.CartType + ".two"
	siteAddress = terraform.SubscriptionType + ".site"
)

// cartOfSites is configured to buy two subscriptions from one cart.
func cartOfSites(t *testing.T) *cell {
	t.Helper()
	c := cellOf(t, "nce", func(*emulator.Behaviour) {})
	var lines []configuration
	for n := range 2 {
		line := configuration{"product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3, "friendly_name": fmt.Sprintf("site %d", n)}
		lines = append(lines, line)
		block := line.Clone()
		block["customer_id"], block["cart_id"], block["cart_line_item"] = emulator.CustomerKaffeehaus, terraform.Reference{Address: cartOfTwo, Attribute: "id"}, n
		c.workspace.Blocks[fmt.Sprint(siteAddress, n)] = block
	}
	c.workspace.Blocks[cartOfTwo] = configuration{"customer_id": emulator.CustomerKaffeehaus, "line_items": lines}
	return c
}

// twoSites buys them.
func twoSites(t *testing.T) *cell {
	t.Helper()
	c := cartOfSites(t)
	if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if n := len(c.emu.Purchases()); n != 2 {
		t.Fatalf("%d subscriptions were bought", n)
	}
	return c
}

// expectProblem sees that one of the errors of a run says all of this.
func expectProblem(t *testing.T, got *terraform.Outcome, want ...string) {
	t.Helper()
	for _, p := range got.Problems() {
		says := 0
		for _, words := range want {
			if strings.Contains(p.String(), words) {
				says++
			}
		}
		if says == len(want) {
			return
		}
	}
	t.Errorf("no error says %q: %v", want, got.Problems())
}

// A block that buys from a cart and is renamed would take the same subscription again from the cart, while the old address ends it.
func TestSubscription_renamedBlockOfCart(t *testing.T) {
	t.Parallel()
	for to, nameless := range map[string]bool{".a": false, ".b": true, ".y": true, ".z": false} { // planned before the old one, and after it
		c := twoSites(t)
		c.emu.ForgetRequests()
		block := c.workspace.Blocks[siteAddress+"0"]
		if nameless {
			delete(block, "friendly_name")
		}
		c.workspace.Blocks[terraform.SubscriptionType+to] = block
		delete(c.workspace.Blocks, siteAddress+"0")
		expectProblem(t, c.workspace.Apply(nil), "at plan: Subscription ", "moved {")
		if n := c.emu.Count("PATCH", "subscriptions/*"); n > 0 {
			t.Errorf("%d changes were sent", n)
		}
	}
}

// A block that takes over a subscription and is renamed takes it over again, while the old address ends it.
func TestSubscription_renamedBlockOfAdoption(t *testing.T) {
	t.Parallel()
	for _, to := range []string{terraform.SubscriptionType + ".a", terraform.SubscriptionType + ".z"} { // planned before the old one, and after it
		c := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
		c.configuration["on_existing"] = "adopt"
		if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
			t.Fatal(problems)
		}
		c.emu.ForgetRequests()
		c.workspace.Blocks[to] = c.configuration
		delete(c.workspace.Blocks, cellAddress)
		expectProblem(t, c.workspace.Apply(nil), "at plan: Subscription ", "moved {")
		if n := c.emu.Count("PATCH", "subscriptions/*"); n > 0 {
			t.Errorf("%d changes were sent", n)
		}
	}
}

// A cart that is made anew has lines that an earlier one has bought: its checkout would buy them again.
func TestSubscription_cartLineThatIsThere(t *testing.T) {
	t.Parallel()
	c := twoSites(t)
	if err := c.emu.Drift(emulator.CustomerKaffeehaus, c.workspace.ID(siteAddress+"1"), map[string]any{"status": "deleted"}); err != nil {
		t.Fatal(err)
	}
	c.workspace.Forget(siteAddress + "1")
	c.workspace.Forget(cartOfTwo)
	expectProblem(t, c.workspace.Apply(nil), "at apply: Cannot buy subscription: Nothing was bought", "line 0 would be bought a second time", "Make the cart again without it")
	if n := len(c.emu.Purchases()); n != 2 {
		t.Errorf("%d subscriptions were bought", n)
	}
}

// A run that has replaced and ended a subscription, and whose state was never saved, leads to the new one.
func TestSubscription_replacedAndNotSaved(t *testing.T) {
	t.Parallel()
	requests := 0
	replace := func(crashAt int) (*cell, *terraform.Outcome) {
		c := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
		c.must(configuration{"deletion_policy": "cancel"})
		c.configuration["product_id"], c.configuration["term_duration"], c.configuration["billing_cycle"] = emulator.ProductDiagram, "P1Y", "annual"
		c.configuration["allow_replacement"] = true
		delete(c.configuration, "scheduled_next_term_instructions")
		c.workspace.Remote = true
		c.workspace.Trouble = func(_ terraform.Request, n int) terraform.Fate {
			if requests = max(requests, n); n == crashAt {
				return terraform.Fate{Crash: terraform.Unanswered}
			}
			return terraform.Fate{}
		}
		return c, c.workspace.Apply(nil)
	}
	if _, got := replace(0); len(got.Problems()) > 0 {
		t.Fatal(got.Problems())
	}
	c, _ := replace(requests)
	c.workspace.Trouble = nil
	if !c.record().Ended() || len(c.emu.Purchases()) != 1 {
		t.Fatalf("%d subscriptions were bought:%s", len(c.emu.Purchases()), c.record().Brief())
	}
	c.emu.Advance(time.Hour)
	expectProblem(t, c.workspace.Plan(), "at plan: Subscription exists already", `id = "`+c.customer+"/"+c.emu.Purchases()[0].SubscriptionID)
}

// A cart has bought what is tainted: the replacement would end it, and then take what has ended from the cart again.
func TestSubscription_taintedOfCart(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"cancel", "turn_off_auto_renew"} {
		c := twoSites(t)
		c.workspace.Blocks[siteAddress+"0"]["deletion_policy"] = policy
		if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
			t.Fatal(problems)
		}
		c.workspace.Taint(siteAddress+"0", true)
		c.emu.ForgetRequests()
		expectProblem(t, c.workspace.Apply(nil), "at plan: ", "terraform untaint")
		if n := c.emu.Count("PATCH", "subscriptions/*"); n > 0 {
			t.Errorf("%d changes were sent", n)
		}
	}
}
