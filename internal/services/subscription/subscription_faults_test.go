// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A lost answer to the checkout buys once: the most important test there is.
func TestAccSubscription_lostCheckout(t *testing.T) {
	for repeated, known := range map[emulator.RepeatedCheckout]emulator.RepeatedRequest{
		emulator.RepeatSubmitted: emulator.RepeatedReplay, emulator.RepeatReplays: emulator.RepeatedConflict,
		emulator.RepeatBusy: emulator.RepeatedForgotten, emulator.RepeatInProgress: emulator.RepeatedForgotten,
	} {
		t.Run(fmt.Sprintf("%s/%s", repeated, known), func(t *testing.T) {
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RepeatedCheckout, b.RepeatedRequests = repeated, known }))
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}, Kind: emulator.FaultDropAfter})
			acctest.Run(t, emu, resource.TestStep{
				Config:            office(`quantity = 5`, `friendly_name = "one"`),
				ConfigStateChecks: []statecheck.StateCheck{value("id", knownvalue.NotNull()), value("current_term", knownvalue.NotNull())},
			})
			expectPurchases(t, emu, 1)
		})
	}
}

// An answer without content comes after the work was done, too.
func TestAccSubscription_emptyCheckout(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}, Kind: emulator.FaultEmptyBody, Status: status, After: true})
			acctest.Run(t, emu, resource.TestStep{
				Config:            office(`quantity = 5`, `friendly_name = "one"`),
				ConfigStateChecks: []statecheck.StateCheck{value("id", knownvalue.NotNull()), value("current_term", knownvalue.NotNull())},
			})
			expectPurchases(t, emu, 1)
		})
	}
}

// Throttling and a failing gateway in the middle of each operation change nothing about its outcome.
func TestAccSubscription_throttledAndUnavailable(t *testing.T) {
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			// Every first, third ... request of each kind fails once: reads, cart, checkout, order, subscription, change.
			for _, pattern := range []string{"availabilities", "subscriptions", "carts", "carts/*/checkout", "orders/*", "subscriptions/*"} {
				for skip := range 3 {
					emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: pattern}, Skip: skip, Status: status, RetryAfter: 7})
				}
			}
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPatch}, Status: status, RetryAfter: 7, Times: 2})
			acctest.Run(t, emu,
				resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`)},
				resource.TestStep{Config: office(`quantity = 9`, `friendly_name = "one"`, `auto_renew_enabled = false`), ConfigStateChecks: []statecheck.StateCheck{value("quantity", knownvalue.Int64Exact(9))}},
				resource.TestStep{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true, ImportStateVerifyIgnore: notImported},
			)
			expectPurchases(t, emu, 1)
			if early := emu.ThrottleReport().EarlyRetries; early != 0 {
				t.Errorf("%d requests were sent before a Retry-After was over", early)
			}
		})
	}
}

// The outcome of a purchase is not known, and the next run cannot look it up either, in whatever way it looks: it says so and plans
// nothing. A later run finds what was bought, and nothing is bought meanwhile.
func TestAccSubscription_outcomeNotLookedUp(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	for _, pattern := range []string{"orders", "subscriptions", "carts/*"} {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLagReads, b.SubscriptionIDAfterReads = 0, 0 }))
			w := acctest.NewWorkspace(t, emu, office(`quantity = 5`, `friendly_name = "one"`, `timeouts = { create = "3m" }`))
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}, Kind: emulator.FaultDropAfter, Times: -1})
			if out := w.MustApply(); !words(`Warning: Purchase not finished ("one", customer 0d95b7c2...)`).MatchString(out) {
				t.Fatalf("the outcome is known already:\n%s", out)
			}
			emu.ClearFaults()
			emu.ForgetRequests()
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: pattern}, Kind: emulator.FaultHTML, Times: -1})
			out, code := w.Run("plan", "-input=false", "-detailed-exitcode")
			if code != 0 {
				t.Errorf("the plan is not empty (exit code %d):\n%s", code, out)
			}
			for _, want := range []string{
				`Warning: Purchase not finished ("one", customer 0d95b7c2...)`, `The outcome of this purchase could not be looked up.`, `HTTP 503`,
				`Plan again later; nothing is bought in the meantime.`,
			} {
				if !words(want).MatchString(out) {
					t.Errorf("the plan does not say %q:\n%s", want, out)
				}
			}
			w.MustApply()
			if id := w.State()[address]["id"]; id != nil {
				t.Fatalf("the id is %v already: this test shows nothing", id)
			}

			emu.ClearFaults()
			emu.Advance(20 * time.Minute)
			w.MustApply()
			w.MustPlanClean()
			if got := w.State()[address]["id"]; got != emu.Purchases()[0].SubscriptionID {
				t.Errorf("the state has %v, bought was %s", got, emu.Purchases()[0].SubscriptionID)
			}
			expectPurchases(t, emu, 1)
			expectWrites(t, emu, 0)
			if n := emu.Count(http.MethodGet, "auditrecords"); n != 0 {
				t.Errorf("%d requests ask who changed what was never read before", n)
			}
		})
	}
}

// A subscription that is gone for good leaves the state with a warning; that it is missing for a moment does not make it gone.
func TestAccSubscription_gone(t *testing.T) {
	emu := acctest.New(t)
	config := office(`quantity = 5`, `friendly_name = "one"`)
	acctest.Run(t, emu,
		resource.TestStep{Config: config},
		resource.TestStep{ // the list still has it
			PreConfig: func() {
				emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions/*"}, Times: 2, Status: http.StatusNotFound, Code: 20003})
			},
			Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
		},
		resource.TestStep{
			PreConfig: func() {
				bought := emu.Purchases()[0]
				if err := emu.Drift(bought.CustomerID, bought.SubscriptionID, map[string]any{"purged": true}); err != nil {
					t.Error(err)
				}
			},
			RefreshState: true, ExpectNonEmptyPlan: true, // a moment after the purchase it is not believed
			Check: resource.TestCheckResourceAttr(address, "quantity", "5"),
		},
		resource.TestStep{
			PreConfig: func() { emu.Advance(48 * time.Hour) },
			Config:    config, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
		},
	)
	expectPurchases(t, emu, 2)
}

// A customer that cannot be read is a warning, so that the rest of the estate is still read, and never a reason to buy again.
func TestAccSubscription_customerUnreadable(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, office(`quantity = 5`, `friendly_name = "one"`))
	w.MustApply()
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "customers/*/subscriptions"}, Status: http.StatusForbidden, Code: 20002, Times: -1})
	out, code := w.Run("plan", "-input=false", "-detailed-exitcode")
	if code != 0 || !words(`Subscription cannot be read ("one", customer 0d95b7c2...)`).MatchString(out) || !words("20002").MatchString(out) {
		t.Errorf("exit code %d, want 0 and a warning that names the customer:\n%s", code, out)
	}
	emu.ClearFaults()
	w.MustPlanClean()
	expectPurchases(t, emu, 1)
}

// Every product of the sample tenant that can be bought plans clean right after its purchase, and is imported as it was bought.
func TestAccSubscription_everyProduct(t *testing.T) {
	t.Parallel()
	products := map[string]struct {
		product string
		lines   []string
	}{
		"per_seat":       {emulator.ProductMailGuard, []string{`quantity = 7`, `term_duration = "P1M"`}},
		"flat":           {emulator.ProductTimesheet, []string{`quantity = 1`, `billing_cycle = "annual"`}},
		"two_years":      {emulator.ProductBackup, []string{`quantity = 3`, `billing_cycle = "biennial"`}},
		"three_years":    {emulator.ProductBackup, []string{`quantity = 3`, `billing_cycle = "triennial"`}},
		"trial":          {emulator.ProductSignature, []string{`quantity = 5`, `renews_to = { term_duration = "P1Y" }`}},
		"attestation":    {emulator.ProductMedical, []string{`quantity = 2`, `term_duration = "P1M"`, `attestation_accepted = true`}},
		"regional":       {emulator.ProductPayroll, []string{`quantity = 5`, `term_duration = "P1M"`}},
		"a_single_pair":  {emulator.ProductContracts, []string{`quantity = 5`}},
		"office_monthly": {emulator.ProductOffice, []string{`quantity = 5`, `term_duration = "P1M"`}},
		"office_3_years": {emulator.ProductOffice, []string{`quantity = 5`, `billing_cycle = "triennial"`}},
		"premium":        {emulator.ProductOfficePlus, []string{`quantity = 5`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `promotion_id = "` + emulator.PromotionPlus + `"`}},
		"annual_only":    {emulator.ProductDiagram, []string{`quantity = 5`, `billing_cycle = "annual"`}},
		"nce_trial":      {emulator.ProductOfficeTrial, []string{`quantity = 25`}},
	}
	emu := acctest.New(t)
	var config strings.Builder
	for _, name := range slices.Sorted(maps.Keys(products)) {
		p := products[name]
		block := subscription(emulator.CustomerKaffeehaus, p.product, append(p.lines, fmt.Sprintf("friendly_name = %q", name))...)
		config.WriteString(strings.Replace(block, `"test"`, strconv.Quote(name), 1))
	}
	w := acctest.NewWorkspace(t, emu, config.String())
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, len(products))

	bought := w.State()
	for at, values := range bought {
		fmt.Fprintf(&config, "import {\n  to = %s\n  id = \"%s/%s\"\n}\n", at, values["customer_id"], values["id"])
	}
	other := acctest.NewWorkspace(t, emu, config.String())
	other.MustApply()
	for at, values := range other.State() {
		for name, value := range values {
			if want := bought[at][name]; !slices.Contains(notImported, name) && !reflect.DeepEqual(value, want) {
				t.Errorf("%s: %s was bought as %v and imported as %v", at, name, want, value)
			}
		}
	}
	expectPurchases(t, emu, len(products))
}
