// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func TestAccSubscription_updates(t *testing.T) {
	emu := acctest.New(t)
	step := func(config string, checks ...statecheck.StateCheck) resource.TestStep {
		return resource.TestStep{Config: config, ConfigStateChecks: checks, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)}
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`)},
		step(office(`quantity = 9`, `friendly_name = "one"`), value("quantity", knownvalue.Int64Exact(9))),
		step(office(`quantity = 7`, `friendly_name = "one"`), value("quantity", knownvalue.Int64Exact(7))),
		step(office(`quantity = 7`, `friendly_name = "two"`), value("friendly_name", knownvalue.StringExact("two"))),
		step(office(`quantity = 7`, `friendly_name = "two"`, `partner_id = "`+emulator.ResellerRheinwerk+`"`), value("partner_id", knownvalue.StringExact(emulator.ResellerRheinwerk))),
		step(office(`quantity = 7`, `friendly_name = "two"`, `partner_id = "`+emulator.ResellerLoire+`"`), value("partner_id", knownvalue.StringExact(emulator.ResellerLoire))),
		step(office(`quantity = 7`, `friendly_name = "two"`, `partner_id = "`+emulator.ResellerLoire+`"`, `auto_renew_enabled = false`), value("auto_renew_enabled", knownvalue.Bool(false))),
		step(office(`quantity = 7`, `friendly_name = "two"`, `partner_id = "`+emulator.ResellerLoire+`"`, `auto_renew_enabled = true`), value("auto_renew_enabled", knownvalue.Bool(true))),
		step(office(`quantity = 8`, `friendly_name = "three"`, `partner_id = "`+emulator.ResellerLoire+`"`, `auto_renew_enabled = false`),
			value("quantity", knownvalue.Int64Exact(8)), value("friendly_name", knownvalue.StringExact("three")), value("auto_renew_enabled", knownvalue.Bool(false))),
	)
	expectPurchases(t, emu, 1)
}

// What only tells the provider how to treat a subscription is not sent to Partner Center.
func TestAccSubscription_settingsAreNotSent(t *testing.T) {
	emu := acctest.New(t)
	writes := 0
	acctest.Run(t, emu,
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`)},
		resource.TestStep{
			PreConfig: func() { writes = len(emu.Writes()) },
			Config:    office(`quantity = 5`, `friendly_name = "one"`, `deletion_policy = "abandon"`, `allow_replacement = true`, `timeouts = { read = "1m" }`),
			Check: func(*terraform.State) error {
				if got := len(emu.Writes()); got != writes {
					return fmt.Errorf("%d writes were sent for settings of the provider", got-writes)
				}
				return nil
			},
		},
	)
}

func TestAccSubscription_term(t *testing.T) {
	emu := acctest.New(t)
	config := func(term, billing string, more ...string) string {
		return subscription(emulator.CustomerKaffeehaus, emulator.ProductOffice,
			append([]string{`quantity = 5`, `friendly_name = "one"`, fmt.Sprintf("term_duration = %q", term), fmt.Sprintf("billing_cycle = %q", billing)}, more...)...)
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: config("P1M", "monthly")},
		resource.TestStep{Config: config("P1Y", "annual"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{value("term_duration", knownvalue.StringExact("P1Y"))}},
		resource.TestStep{Config: config("P1M", "monthly"), ExpectError: regexp.MustCompile(`(?s)Replacement refused.*allow_replacement = true`)},
		resource.TestStep{Config: config("P3Y", "monthly"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		resource.TestStep{Config: config("P1Y", "monthly", "allow_replacement = true"), ConfigPlanChecks: planned(plancheck.ResourceActionReplace)},
	)
	expectPurchases(t, emu, 2)
}

func TestAccSubscription_replacement(t *testing.T) {
	emu := acctest.New(t)
	one := func(customer string, more ...string) string {
		return subscription(customer, emulator.ProductArchive, append([]string{`quantity = 5`, `friendly_name = "one"`}, more...)...)
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: one(emulator.CustomerKaffeehaus)},
		resource.TestStep{Config: one(emulator.CustomerNordwind), ExpectError: regexp.MustCompile(`(?s)Replacement refused.*customer_id`)},
		resource.TestStep{Config: one(emulator.CustomerKaffeehaus), Taint: []string{address}, ExpectError: regexp.MustCompile(`Subscription exists already`)},
	)
	expectPurchases(t, emu, 1)
}

func TestAccSubscription_suspend(t *testing.T) {
	emu := acctest.New(t)
	acctest.Run(t, emu,
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`, `auto_renew_enabled = true`)},
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`, `auto_renew_enabled = true`, `suspended = true`), ConfigStateChecks: []statecheck.StateCheck{value("status", knownvalue.StringExact("suspended"))}},
		resource.TestStep{Config: office(`quantity = 6`, `friendly_name = "one"`, `auto_renew_enabled = true`, `suspended = true`), ExpectError: regexp.MustCompile(`(?s)Quantity not possible.*suspended`)},
		resource.TestStep{Config: office(`quantity = 6`, `friendly_name = "one"`, `auto_renew_enabled = true`, `suspended = false`),
			ConfigStateChecks: []statecheck.StateCheck{value("status", knownvalue.StringExact("active")), value("auto_renew_enabled", knownvalue.Bool(true)), value("quantity", knownvalue.Int64Exact(6))}},
	)
}

func TestAccSubscription_nextTerm(t *testing.T) {
	emu := acctest.New(t)
	next := func(quantity int) string {
		return fmt.Sprintf(`scheduled_next_term_instructions = { product_id = %q, sku_id = "0001", term_duration = "P1Y", billing_cycle = "monthly", quantity = %d }`, emulator.ProductOffice, quantity)
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`, next(3))},
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`, next(4)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		// An immediate change makes Partner Center drop what is scheduled; it is put back.
		resource.TestStep{Config: office(`quantity = 8`, `friendly_name = "one"`, next(4)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		resource.TestStep{Config: office(`quantity = 8`, `friendly_name = "one"`), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{value("scheduled_next_term_instructions", knownvalue.Null())}},
	)
}

func TestAccSubscription_marketplaceLife(t *testing.T) {
	emu := acctest.New(t)
	config := func(lines ...string) string {
		return subscription(emulator.CustomerNordwind, emulator.ProductMailGuard, append([]string{`term_duration = "P1Y"`, `billing_cycle = "monthly"`, `friendly_name = "mail-new"`}, lines...)...)
	}
	activate := func() {
		bought := emu.Purchases()[0]
		if err := emu.Activate(bought.CustomerID, bought.SubscriptionID); err != nil {
			t.Error(err)
		}
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: config(`quantity = 12`), ConfigStateChecks: []statecheck.StateCheck{value("waiting_for_activation", knownvalue.Bool(true))}},
		resource.TestStep{Config: config(`quantity = 15`), ExpectError: regexp.MustCompile(`Subscription is not activated yet`)},
		resource.TestStep{PreConfig: activate, Config: config(`quantity = 15`), ConfigStateChecks: []statecheck.StateCheck{value("quantity", knownvalue.Int64Exact(15)), value("waiting_for_activation", knownvalue.Bool(false))}},
		resource.TestStep{Config: config(`quantity = 501`), ExpectError: regexp.MustCompile(`at most 500 licenses; found 501`)},
		resource.TestStep{Config: config(`quantity = 15`, `auto_renew_enabled = false`), ConfigStateChecks: []statecheck.StateCheck{value("auto_renew_enabled", knownvalue.Bool(false))}},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true, ImportStateVerifyIgnore: notImported},
	)
	expectPurchases(t, emu, 1)
}

// Somebody changes the quantity in Partner Center: the next plan finds it and apply puts it right.
func TestAccSubscription_drift(t *testing.T) {
	emu := acctest.New(t)
	config := office(`quantity = 5`, `friendly_name = "one"`)
	acctest.Run(t, emu,
		resource.TestStep{Config: config},
		resource.TestStep{
			PreConfig: func() {
				bought := emu.Purchases()[0]
				if err := emu.Drift(bought.CustomerID, bought.SubscriptionID, map[string]any{"quantity": 9}); err != nil {
					t.Error(err)
				}
			},
			RefreshState: true, ExpectNonEmptyPlan: true,
			Check: resource.TestCheckResourceAttr(address, "quantity", "9"),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{value("quantity", knownvalue.Int64Exact(5))}},
	)
	if n := emu.Count(http.MethodPost, "carts/*/checkout"); n != 1 {
		t.Errorf("%d checkouts, want 1", n)
	}
}

// Whoever changed the subscription is named, by one request for each customer, and only if people want that.
func TestAccSubscription_driftAttribution(t *testing.T) {
	for _, wanted := range []bool{true, false} {
		t.Run(strconv.FormatBool(wanted), func(t *testing.T) {
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, configured(fmt.Sprintf("drift_attribution = %t", wanted))+office(`quantity = 5`, `friendly_name = "one"`)+
				strings.Replace(office(`quantity = 5`, `friendly_name = "two"`), `"test"`, `"other"`, 1))
			w.MustApply()
			for _, bought := range emu.Purchases() {
				if err := emu.Drift(bought.CustomerID, bought.SubscriptionID, map[string]any{"quantity": 9}); err != nil {
					t.Fatal(err)
				}
			}
			out, code := w.Run("plan", "-input=false", "-detailed-exitcode")
			if code != 2 {
				t.Errorf("exit code %d, want 2:\n%s", code, out)
			}
			if named := words(`quantity 5 -> 9. The last change in Partner Center's audit records was made by ` + emulator.PortalUser).MatchString(out); named != wanted {
				t.Errorf("the plan names who changed it: %t, want %t:\n%s", named, wanted, out)
			}
			want := 0
			if wanted {
				want = 1
			}
			if n := emu.Count(http.MethodGet, "auditrecords"); n != want {
				t.Errorf("%d requests for audit records, want %d", n, want)
			}
		})
	}
}

// Ids are the same in capitals: Partner Center shows some of them that way.
func TestAccSubscription_customerInCapitals(t *testing.T) {
	emu := acctest.New(t)
	acctest.Run(t, emu,
		resource.TestStep{Config: office(`quantity = 5`, `friendly_name = "one"`)},
		resource.TestStep{Config: strings.Replace(office(`quantity = 5`, `friendly_name = "one"`), emulator.CustomerKaffeehaus, strings.ToUpper(emulator.CustomerKaffeehaus), 1)},
	)
	expectPurchases(t, emu, 1)
}

// Before its activation a marketplace subscription takes no change: what its purchase asked for is done afterwards, and no plan fails or
// differs meanwhile.
func TestAccSubscription_renewalBeforeActivation(t *testing.T) {
	emu := acctest.New(t)
	config := subscription(emulator.CustomerKaffeehaus, emulator.ProductMailGuard, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1M"`, `auto_renew_enabled = false`)
	acctest.Run(t, emu,
		resource.TestStep{Config: config},
		resource.TestStep{Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{
			PreConfig: func() {
				bought := emu.Purchases()[0]
				if err := emu.Activate(bought.CustomerID, bought.SubscriptionID); err != nil {
					t.Error(err)
				}
			},
			Config: config, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				bought := emu.Purchases()[0]
				if got, _ := emu.Subscription(bought.CustomerID, bought.SubscriptionID); got["autoRenewEnabled"] != false {
					return fmt.Errorf("it still renews: %v", got)
				}
				return nil
			},
		},
	)
}
