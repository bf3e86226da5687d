// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Ctrl-C while the checkout is under way, and its answer is lost on top of it: the state holds what was bought.
func TestAccPurchase_interrupted(t *testing.T) {
	emu := acctest.New(t)
	trap := interceptRequests(t, emu)
	w := acctest.NewWorkspace(t, emu, office(`quantity = 5`, `friendly_name = "one"`), func(o *partnercenter.Options) { o.Endpoint = trap.URL })
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}, Kind: emulator.FaultDropAfter})
	command, out := w.Command("apply", "-auto-approve", "-input=false")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	terraform := command.Process
	var once sync.Once
	trap.before(func(r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/checkout") {
			once.Do(func() { _ = terraform.Signal(os.Interrupt) })
		}
	})
	_ = command.Wait() // Terraform reports the interruption as a failure, or has finished already
	expectPurchases(t, emu, 1)
	if got := w.State()[address]["id"]; got != emu.Purchases()[0].SubscriptionID {
		t.Errorf("the state has %v, bought was %s:\n%s", got, emu.Purchases()[0].SubscriptionID, out)
	}
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 1)
}

// Two runs with the same configuration and states of their own: the later one stops with the import block. Of two that pass the check at
// the same instant both buy, because Partner Center has no call that would keep the second from it; the second says so.
func TestAccPurchase_twoRuns(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	config := office(`quantity = 5`, `friendly_name = "one"`)
	t.Run("one after the other", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLag = 0 }))
		acctest.NewWorkspace(t, emu, config).MustApply()
		w := acctest.NewWorkspace(t, emu, config)
		out, code := w.Apply()
		if code == 0 || !words(fmt.Sprintf(`id = "%s/%s"`, emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID)).MatchString(out) {
			t.Errorf("the second run ended with %d and without the import block:\n%s", code, out)
		}
		expectPurchases(t, emu, 1)
	})
	t.Run("at the same time", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLag = 0 }))
		var runs sync.WaitGroup
		codes := make([]int, 2)
		for i, w := range []*acctest.Workspace{acctest.NewWorkspace(t, emu, config), acctest.NewWorkspace(t, emu, config)} {
			runs.Go(func() { _, codes[i] = w.Apply() })
		}
		runs.Wait()
		succeeded := 0
		for _, code := range codes {
			if code == 0 {
				succeeded++
			}
		}
		t.Logf("%d bought, %d runs succeeded", len(emu.Purchases()), succeeded)
		if bought := len(emu.Purchases()); bought == 0 || bought != succeeded {
			t.Errorf("%d subscriptions were bought and %d runs succeeded; each run has to know what it bought", bought, succeeded)
		}
	})
}

// Each price limit is exercised by TestPriceLimit; here the cart has no price at all, as older answers of the service have none.
func TestAccPurchase_unknownPrice(t *testing.T) {
	for name, config := range map[string]string{
		"price limit":    office(`quantity = 5`, `price_limit = { total = "100000", currency = "EUR" }`),
		"spending limit": configured(`spending_limit = { amount = "100000", currency = "EUR" }`) + office(`quantity = 5`),
	} {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.CartPricingHidden = true }))
			acctest.Run(t, emu, resource.TestStep{Config: config, ExpectError: words(`gives no price`)})
			expectPurchases(t, emu, 0)
		})
	}
}

// Six purchases that together do not fit into the spending limit are refused by the plan. Where it knows no prices, exactly those are made
// that fit together.
func TestAccPurchase_spendingLimit(t *testing.T) {
	emu := acctest.New(t)
	six := fmt.Sprintf(`
resource "partnercenter_subscription" "test" {
  count         = 6
  customer_id   = %q
  product_id    = %q
  sku_id        = "0001"
  quantity      = 5
  friendly_name = "archive ${count.index}"
}
`, emulator.CustomerKaffeehaus, emulator.ProductArchive)
	const limit = `spending_limit = { amount = "336.00", currency = "EUR" }`
	w := acctest.NewWorkspace(t, emu, configured(limit)+six)
	out, code := w.Apply()
	if code == 0 || !words(`spending_limit is 336.00 EUR`).MatchString(out) {
		t.Errorf("apply ended with %d:\n%s", code, out)
	}
	expectPurchases(t, emu, 0)
	w.Configure(configured(limit, `quote_prices = false`) + six)
	out, code = w.Apply()
	if code == 0 || !words(`spending_limit is 336.00 EUR`).MatchString(out) {
		t.Errorf("apply ended with %d:\n%s", code, out)
	}
	expectPurchases(t, emu, 2) // 168 EUR each
	w.Configure(six)
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 6)
}

func TestAccPurchase_onExisting(t *testing.T) {
	existing := func(policy string) string {
		return subscription(emulator.CustomerNordwind, emulator.ProductOffice, `quantity = 9`, `friendly_name = "new"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `on_existing = "`+policy+`"`)
	}
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLag = 0 }))
	first := acctest.NewWorkspace(t, emu, strings.Replace(existing("fail"), "quantity = 9", "quantity = 7", 1))
	first.MustApply()
	w := acctest.NewWorkspace(t, emu, existing("adopt"))
	out, _ := w.Run("plan", "-input=false")
	for want, said := range map[string]bool{
		`Subscription ` + emu.Purchases()[0].SubscriptionID + ` will be taken over ("new", customer 5f0c1b52...)`: true, `with 7 licenses, so apply buys no other`: true, `+ total = "280.80"`: true, // of the two licenses more
		`after that the partner pays for the whole term`: false, // nothing is bought anew
	} {
		if words(want).MatchString(out) != said {
			t.Errorf("the plan says %q: %t, want %t:\n%s", want, !said, said, out)
		}
	}
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 1)
	if got := w.State()[address]; got["id"] != emu.Purchases()[0].SubscriptionID || got["quantity"] != 9.0 {
		t.Errorf("adopted %v with %v licenses", got["id"], got["quantity"])
	}
	another := acctest.NewWorkspace(t, emu, existing("purchase_another"))
	another.MustApply()
	another.MustPlanClean()
	expectPurchases(t, emu, 2)
}

// What adopting would change for more money is said at plan, and what it cannot change is refused.
func TestAccPurchase_adoptAtPlan(t *testing.T) {
	t.Parallel()
	nordwind := func(lines ...string) string {
		return subscription(emulator.CustomerNordwind, emulator.ProductOffice, append(lines, `on_existing = "adopt"`)...)
	}
	tests := map[string]struct {
		config string
		code   int
		want   string
		carts  int // for the price of what is bought on top
	}{
		"as it is":       {nordwind(`friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`), 0, `Subscription a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2 will be taken over ("Verwaltung", customer 5f0c1b52...)`, 0},
		"a longer term":  {nordwind(`friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P3Y"`, `billing_cycle = "monthly"`), 0, `New term of 3 years from now on ("Verwaltung", customer 5f0c1b52...)`, 1},
		"a shorter term": {nordwind(`friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P1M"`, `billing_cycle = "monthly"`), 1, `It has term_duration = "P1Y" and billing_cycle = "monthly": write that`, 0},
		"fewer licenses": {nordwind(`friendly_name = "Verwaltung"`, `quantity = 5`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`), 1, `38 licenses would be given back, and Partner Center takes back 3`, 0},
		"more than one":  {nordwind(`quantity = 5`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`), 1, `takes over one subscription only, but 3 fit: the customer already has`, 0},
		"a next term that is not offered": {nordwind(`friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, instructions+" = {\n"+into(configuration{"product_id": emulator.ProductDiagram}).HCL("")+"}"),
			1, `cannot renew into product_id = "` + emulator.ProductDiagram + `"`, 0},
		"a next term that ends too early": {nordwind(`friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, instructions+" = {\n"+ending("2020-01-31T00:00:00Z")[instructions].(configuration).HCL("")+"}"),
			1, `Next term would end too early`, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, configured("quote_prices = true")+test.config)
			out, code := w.Run("plan", "-input=false")
			if code != test.code || !words(test.want).MatchString(out) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, test.code, test.want, out)
			}
			if writes := emu.Writes(); len(writes) != test.carts || len(changesMade(emu)) > 0 {
				t.Errorf("planning sent %v, want %d carts", writes, test.carts)
			}
		})
	}
}

// What only a new subscription can meet is bought when allow_replacement says so, in either order, and only then.
func TestAccPurchase_replacement(t *testing.T) {
	t.Parallel()
	config := func(product, more string) string {
		return subscription(emulator.CustomerKaffeehaus, product, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`, more)
	}
	for name, lifecycle := range map[string]string{"destroy first": "", "create first": "\n  lifecycle { create_before_destroy = true }"} {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu,
				resource.TestStep{Config: config(emulator.ProductArchive, lifecycle)},
				resource.TestStep{Config: config(emulator.ProductDiagram, lifecycle), ExpectError: words(`Replacement refused`)},
				resource.TestStep{Config: config(emulator.ProductDiagram, "allow_replacement = true"+lifecycle), ConfigStateChecks: []statecheck.StateCheck{value("offer_name", knownvalue.NotNull())}},
			)
			expectPurchases(t, emu, 2)
			old, _ := emu.Subscription(emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID)
			if old["autoRenewEnabled"] != false {
				t.Errorf("what was replaced still renews: %v", old)
			}
		})
	}
	t.Run("-replace", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		w := acctest.NewWorkspace(t, emu, config(emulator.ProductArchive, ""))
		w.MustApply()
		if out, code := w.Apply("-replace=" + address); code == 0 || !words(`Replacement refused`).MatchString(out) {
			t.Errorf("-replace ended with %d:\n%s", code, out)
		}
		expectPurchases(t, emu, 1)
	})
}

func TestAccPurchase_waitForActivation(t *testing.T) {
	config := subscription(emulator.CustomerKaffeehaus, emulator.ProductMailGuard, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1M"`, `wait_for_activation = true`, `deletion_policy = "cancel"`)
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, config)
	if out := w.MustApply(); !words(`has not activated subscription`).MatchString(out) {
		t.Errorf("nothing says that the publisher stays silent:\n%s", out)
	}
	w.MustPlanClean() // not tainted, and not bought again
	expectPurchases(t, emu, 1)
}

// An order that somebody has to review is kept as what it is, and becomes the subscription when it is through.
func TestAccPurchase_inReview(t *testing.T) {
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview }))
	w := acctest.NewWorkspace(t, emu, office(`quantity = 5`, `friendly_name = "one"`))
	if out := w.MustApply(); !words(`a user of the partner has to act on it in Partner Center`).MatchString(out) {
		t.Errorf("nothing says that the order is in review:\n%s", out)
	}
	emu.Advance(time.Hour)
	w.MustPlanClean()
	bought := emu.Purchases()[0]
	if err := emu.CompleteOrder(bought.CustomerID, bought.OrderID); err != nil {
		t.Fatal(err)
	}
	w.MustApply()
	w.MustPlanClean()
	if got := w.State()[address]["id"]; got != bought.SubscriptionID {
		t.Errorf("the state has %v, bought was %s", got, bought.SubscriptionID)
	}
	expectPurchases(t, emu, 1)
}

// The availability is issued anew between plan and apply, and once more between cart and checkout.
func TestAccPurchase_reissued(t *testing.T) {
	t.Parallel()
	for _, at := range []emulator.Moment{emulator.AtCart, emulator.AtCheckout} {
		t.Run(string(at), func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.StaleAvailability = at }))
			trap := interceptRequests(t, emu)
			var once sync.Once
			trap.before(func(r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/carts") && at == emulator.AtCart || strings.HasSuffix(r.URL.Path, "/checkout") {
					once.Do(func() { emu.RotateAvailabilities() })
				}
			})
			w := acctest.NewWorkspace(t, emu, office(`quantity = 5`, `friendly_name = "one"`), func(o *partnercenter.Options) { o.Endpoint = trap.URL })
			w.MustApply()
			w.MustPlanClean()
			expectPurchases(t, emu, 1)
		})
	}
}
