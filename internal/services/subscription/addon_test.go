// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// An add-on is a subscription of its own that needs a base at the customer: with depends_on one apply buys both, the base first.
func TestAccSubscription_addon(t *testing.T) {
	emu := acctest.New(t)
	block := func(name, product, more string) string {
		return fmt.Sprintf("resource \"partnercenter_subscription\" %q {\n  customer_id = %q\n  product_id = %q\n  sku_id = \"0001\"\n  quantity = 5\n  term_duration = \"P1Y\"\n  billing_cycle = \"monthly\"\n  friendly_name = %q\n  %s\n}\n",
			name, emulator.CustomerKaffeehaus, product, name, more)
	}
	base, addon := block("base", emulator.ProductOffice, ""), block("calling", emulator.ProductCalling, "depends_on = [partnercenter_subscription.base]")
	acctest.Run(t, emu,
		resource.TestStep{Config: block("calling", emulator.ProductCalling, ""), ExpectError: words("code 400041")},
		resource.TestStep{Config: base + addon},
		resource.TestStep{Config: base + addon, PlanOnly: true},
	)
	expectPurchases(t, emu, 2)
}

// Where the checkout alone knows of bases, the purchase is refused there, and nothing is bought.
func TestSubscription_addonWithoutBase(t *testing.T) {
	t.Parallel()
	calling := officeChanges(changes{"product_id": emulator.ProductCalling, "friendly_name": "calling"})
	for reading, want := range map[emulator.Moment]string{emulator.AtCart: "depends_on in the add-on's block", emulator.AtCheckout: "800029"} {
		m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.AddonCheck = reading })
		m.refused(calling, want)
		expectPurchases(t, m.emu, 0)
	}
}

// A base may end before its add-on, which goes on and is billed.
func TestSubscription_addonOutlivesItsBase(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerNordwind)
	calling := officeChanges(changes{"product_id": emulator.ProductCalling, "friendly_name": "calling"})
	m.must(calling)
	for _, base := range []string{emulator.SubscriptionOffice, emulator.SubscriptionFreshOffice, emulator.SubscriptionThreeYears} {
		if err := m.emu.Drift(m.customer, base, map[string]any{"status": "deleted"}); err != nil {
			t.Fatal(err)
		}
	}
	m.emu.Advance(40 * aDay)
	m.plans(calling, false)
	m.says()
	m.shows(map[string]string{"status": "active"})
}

// A term of three years may take more seats than the catalog says: a purchase and a longer term with fewer are refused by the plan, and
// nothing is written.
func TestSubscription_leastForThreeYears(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerKaffeehaus)
	if err := m.emu.RequireSeats(emulator.ProductOffice, "0001", 100); err != nil {
		t.Fatal(err)
	}
	years := func(quantity int) changes {
		return officeChanges(changes{"term_duration": "P3Y", "quantity": quantity})
	}
	m.refused(years(5), "minimum of 100")
	expectPurchases(t, m.emu, 0)
	m.must(officeChanges(nil))
	m.emu.ForgetRequests()
	m.refused(years(5), "minimum of 100")
	if made := changesMade(m.emu); len(made) > 0 {
		t.Errorf("it was tried: %v", made)
	}
	m.must(officeChanges(changes{"quantity": 100}))
	m.must(years(100))
	m.shows(map[string]string{"termDuration": "P3Y", "quantity": "100"})
}

// Partner Center puts a promotion on a purchase that names none: the plan says so, and it is no drift, not after the renewal either.
func TestSubscription_promotionByItself(t *testing.T) {
	t.Parallel()
	m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.AutoApplicablePromotions = true })
	premium := officeChanges(changes{"product_id": emulator.ProductOfficePlus})
	m.plans(premium, true)
	m.says("A promotion applies by itself: 5 licenses of", emulator.PromotionPlus)
	m.must(premium)
	m.shows(map[string]string{"promotionId": emulator.PromotionPlus})
	m.emu.Advance(40 * aDay)
	m.plans(premium, false)
	m.emu.Advance(aYear)
	m.plans(premium, false)
	m.says()
}

// A checkout answers 201 as its page has it, or 200 as the generated reference has it beside: both have bought, once.
func TestSubscription_checkoutStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 201} {
		m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.CheckoutStatus = status })
		m.must(officeChanges(nil))
		expectPurchases(t, m.emu, 1)
	}
}
