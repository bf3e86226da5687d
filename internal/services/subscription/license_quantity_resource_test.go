// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const licenses = "partnercenter_license_quantity.test"

// quantity is a configuration of partnercenter_license_quantity.
func quantity(customer, subscription string, quantity any, lines ...string) string {
	return fmt.Sprintf("resource \"partnercenter_license_quantity\" \"test\" {\n  customer_id = %q\n  subscription_id = %q\n  quantity = %v\n  %s\n}\n",
		customer, subscription, quantity, strings.Join(lines, "\n  "))
}

func hasQuantity(want int64) []statecheck.StateCheck {
	return []statecheck.StateCheck{statecheck.ExpectKnownValue(licenses, tfjsonpath.New("quantity"), knownvalue.Int64Exact(want))}
}

// changesSent fails the test unless exactly so many changes of subscriptions have been sent.
func changesSent(emu *emulator.Server, want int) func(*terraform.State) error {
	return func(*terraform.State) error {
		if made := changesMade(emu); len(made) != want {
			return fmt.Errorf("%d changes were sent, want %d: %v", len(made), want, made)
		}
		return nil
	}
}

func TestAccLicenseQuantity_life(t *testing.T) {
	emu := acctest.New(t)
	office := func(n int, lines ...string) string {
		return quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, n, lines...)
	}
	acctest.Run(t, emu,
		// It has 43 already, so taking it over sends nothing.
		resource.TestStep{Config: office(43), ConfigStateChecks: hasQuantity(43), Check: changesSent(emu, 0)},
		resource.TestStep{Config: office(45), ConfigStateChecks: hasQuantity(45), Check: changesSent(emu, 1), ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenses, plancheck.ResourceActionUpdate)},
		}},
		resource.TestStep{Config: office(41), ConfigStateChecks: hasQuantity(41), Check: changesSent(emu, 2)},
		resource.TestStep{Config: office(41, `timeouts = { read = "1m" }`), Check: changesSent(emu, 2)},
		resource.TestStep{
			ResourceName: licenses, ImportState: true, ImportStateId: emulator.CustomerNordwind + "/" + emulator.SubscriptionOffice,
			ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "subscription_id", ImportStateVerifyIgnore: []string{"timeouts"},
		},
		resource.TestStep{ResourceName: licenses, ImportState: true, ImportStateId: emulator.SubscriptionOffice, ExpectError: words(`does not have the form <customer_id>/<subscription_id>`)},
		// Destroying it changes nothing.
		resource.TestStep{Config: office(41), Destroy: true, Check: changesSent(emu, 2)},
	)
	expectPurchases(t, emu, 0)
}

// A newer CLI imports by identity, and keeps it through changes, in whatever letters the ids are written.
func TestAccLicenseQuantity_identity(t *testing.T) {
	emu := acctest.New(t)
	same := statecheck.ExpectIdentity(licenses, map[string]knownvalue.Check{
		"customer_id": knownvalue.StringExact(emulator.CustomerPrairie), "subscription_id": knownvalue.StringExact(strings.ToLower(emulator.SubscriptionLegacy)),
	})
	acctest.RunCase(t, emu, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{Config: quantity(emulator.CustomerPrairie, emulator.SubscriptionLegacy, 40), ConfigStateChecks: []statecheck.StateCheck{same}},
			{Config: quantity(emulator.CustomerPrairie, strings.ToLower(emulator.SubscriptionLegacy), 41), ConfigStateChecks: []statecheck.StateCheck{same}},
			{Config: acctest.RequiredProviders + quantity(emulator.CustomerPrairie, strings.ToLower(emulator.SubscriptionLegacy), 41), ResourceName: licenses, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// Ids are the same in any letters; another subscription replaces the object, which is free.
func TestAccLicenseQuantity_legacy(t *testing.T) {
	emu := acctest.New(t)
	acctest.Run(t, emu,
		resource.TestStep{Config: quantity(emulator.CustomerPrairie, emulator.SubscriptionLegacy, 55), ConfigStateChecks: hasQuantity(55), Check: changesSent(emu, 1)},
		resource.TestStep{Config: quantity(emulator.CustomerPrairie, strings.ToLower(emulator.SubscriptionLegacy), 52), ConfigStateChecks: hasQuantity(52), Check: changesSent(emu, 2),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenses, plancheck.ResourceActionUpdate)}}},
		resource.TestStep{Config: quantity(emulator.CustomerNordwind, emulator.SubscriptionMailGuard, 12), Check: changesSent(emu, 2),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(licenses, plancheck.ResourceActionReplace)}}},
	)
	if sent := emu.Matching(http.MethodPatch, "subscriptions/*"); len(sent) == 0 || sent[0].Header.Get("If-Match") == "" {
		t.Error("a legacy subscription has an etag, and it was not sent")
	}
}

// What was scheduled for the renewal survives, although Partner Center drops it with every change of the quantity.
func TestAccLicenseQuantity_keepsTheRenewal(t *testing.T) {
	tests := map[string]struct {
		customer, subscription string
		quantity               int
		scheduled              string
	}{
		"instructions":        {emulator.CustomerAtelier, emulator.SubscriptionScheduled, 33, "scheduledNextTermInstructions"},
		"cancel at term end":  {emulator.CustomerHarbour, emulator.SubscriptionCancelling, 8, "scheduledActions"},
		"nothing was planned": {emulator.CustomerNordwind, emulator.SubscriptionThreeYears, 16, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			source := fmt.Sprintf("data \"partnercenter_subscription\" \"after\" {\n  customer_id = %q\n  id = %q\n  depends_on = [%s]\n}\n", test.customer, test.subscription, licenses)
			after := func(attribute string, want knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("data.partnercenter_subscription.after", tfjsonpath.New(attribute), want)
			}
			checks, sent := hasQuantity(int64(test.quantity)), 1
			switch test.scheduled {
			case "scheduledNextTermInstructions":
				sent = 2
				checks = append(checks, after("auto_renew_enabled", knownvalue.Bool(true)), after("scheduled_next_term_instructions", knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"quantity": knownvalue.Int64Exact(24), "billing_cycle": knownvalue.StringExact("annual"),
				})))
			case "scheduledActions":
				sent = 2
				checks = append(checks, after("auto_renew_enabled", knownvalue.Bool(false)), after("scheduled_actions", knownvalue.ListExact([]knownvalue.Check{
					knownvalue.ObjectPartial(map[string]knownvalue.Check{"action_type": knownvalue.StringExact("Cancel"), "schedule_type": knownvalue.StringExact("TermEnd")}),
				})))
			default:
				checks = append(checks, after("auto_renew_enabled", knownvalue.Bool(true)), after("scheduled_next_term_instructions", knownvalue.Null()))
			}
			acctest.Run(t, emu, resource.TestStep{Config: quantity(test.customer, test.subscription, test.quantity) + source, ConfigStateChecks: checks, Check: changesSent(emu, sent)})
		})
	}
}

// Terraform shows the first of several warnings with the same title only, so each names its subscription.
func TestAccLicenseQuantity_warnsOfEach(t *testing.T) {
	t.Parallel()
	more := quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 44)
	others := strings.Replace(quantity(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, 8), `"test"`, `"fresh"`, 1)
	w := acctest.NewWorkspace(t, acctest.New(t), more+others)
	out, code := w.Run("plan", "-input=false")
	if code != 0 {
		t.Fatalf("plan failed:\n%s", out)
	}
	for _, want := range []string{`More licenses will be bought ("Verwaltung", customer 5f0c1b52...)`, `More licenses will be bought ("Werk 2", customer 5f0c1b52...)`, `apply makes it 44.`, `apply makes it 8.`} {
		if !words(want).MatchString(out) {
			t.Errorf("the plan does not say %q:\n%s", want, out)
		}
	}
}

// Each of these stops at plan and sends nothing.
func TestAccLicenseQuantity_refused(t *testing.T) {
	nordwind, harbour := emulator.CustomerNordwind, emulator.CustomerHarbour
	tests := map[string]struct{ config, want string }{
		"customer id is no GUID": {quantity("nordwind", emulator.SubscriptionOffice, 1), `a customer ID is a GUID such as`},
		"none":                   {quantity(nordwind, emulator.SubscriptionOffice, 0), `value must be at least 1, got: 0`},
		"unknown subscription":   {quantity(nordwind, emulator.CustomerUnknown, 5), `Cannot read subscription`},
		"of another customer":    {quantity(harbour, emulator.SubscriptionOffice, 5), `Cannot read subscription`},
		"above the limit":        {quantity(nordwind, emulator.SubscriptionMailGuard, 501), `is sold with at most 500 licenses; found 501`},
		"flat plan":              {quantity(nordwind, emulator.SubscriptionTimesheet, 2), `is sold with a quantity of exactly 1; found 2`},
		"more than refundable":   {quantity(nordwind, emulator.SubscriptionOffice, 39), `takes back 3 at the moment`},
		"the block to write": {quantity(nordwind, emulator.SubscriptionOffice, 39),
			`leave quantity = 43 and schedule it, in the partnercenter_subscription that manages this subscription or in Partner Center: scheduled_next_term_instructions = { product_id = "` +
				emulator.ProductOffice + `" sku_id = "0001" term_duration = "P1Y" billing_cycle = "monthly" quantity = 39 }`},
		"the block keeps what is planned": {quantity(emulator.CustomerAtelier, emulator.SubscriptionScheduled, 20), `billing_cycle = "annual" quantity = 20 }`},
		"suspended":                       {quantity(harbour, emulator.SubscriptionSuspended, 20), `is suspended, and Partner Center changes quantities of active subscriptions only`},
		"ended":                           {quantity(harbour, emulator.SubscriptionExpired, 4), `Subscription has ended`},
		"not activated":                   {quantity(nordwind, emulator.SubscriptionUnactivated, 9), `Open its activation link (data source partnercenter_activation_links`},
		"trial":                           {quantity(emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial, 20), `is a trial, and a trial keeps its number of licenses, 25`},
		"Azure plan":                      {quantity(emulator.CustomerPrairie, emulator.SubscriptionAzurePlan, 2), `is billed by usage and has no licenses`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu, resource.TestStep{Config: test.config, PlanOnly: true, ExpectError: words(test.want)})
			if writes := emu.Writes(); len(writes) != 0 {
				t.Errorf("%d writes were sent: %+v", len(writes), writes)
			}
		})
	}
}

// What only Partner Center can refuse is reported as its refusal.
func TestAccLicenseQuantity_refusedAtApply(t *testing.T) {
	tests := map[string]struct {
		config, want string
		knobs        func(*emulator.Behaviour)
	}{
		"the publisher refuses": {quantity(emulator.CustomerNordwind, emulator.SubscriptionMailGuard, 15),
			`still shows quantity 12 instead of 15; the publisher of the product may have refused it`, func(b *emulator.Behaviour) { b.PublisherRefusesChanges = true }},
		"accepted and dropped": {quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50),
			`still shows quantity 43 instead of 50`, func(b *emulator.Behaviour) { b.PatchMode = emulator.PatchDropped }},
		"no decrease":      {quantity(emulator.CustomerNordwind, emulator.SubscriptionMailGuard, 10), `900214`, nil},
		"software":         {quantity(emulator.CustomerPrairie, emulator.SubscriptionServer, 3), `800027`, nil},
		"too many updates": {quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50), `900311`, func(b *emulator.Behaviour) { b.UpdateLimit = 0 }},
		"read only":        {`provider "partnercenter" { read_only = true }` + "\n" + quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50), `read_only is set`, nil},
		"another's customer": {fmt.Sprintf("provider \"partnercenter\" {\n  allowed_customer_ids = [%q]\n}\n", emulator.CustomerHarbour) + quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50),
			`is not among allowed_customer_ids`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			if test.knobs != nil {
				emu.Behave(test.knobs)
			}
			acctest.Run(t, emu, resource.TestStep{Config: test.config, ExpectError: words(test.want)})
		})
	}
}

func TestAccLicenseQuantity_faults(t *testing.T) {
	patch := emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}
	tests := map[string][]emulator.Fault{
		"throttled":             {{Match: patch, Status: http.StatusTooManyRequests, RetryAfter: 7, Times: 2}, {Match: emulator.Match{Pattern: "subscriptions/*"}, Status: http.StatusTooManyRequests, RetryAfter: 7}},
		"unavailable":           {{Match: patch, Kind: emulator.FaultHTML, Times: 2}, {Match: emulator.Match{Pattern: "availabilities"}, Status: http.StatusServiceUnavailable}},
		"the answer is lost":    {{Match: patch, Kind: emulator.FaultDropAfter}},
		"the request is lost":   {{Match: patch, Kind: emulator.FaultDropBefore}},
		"the answer breaks off": {{Match: patch, Kind: emulator.FaultTruncate}},
		"not ready":             {{Match: patch, Status: http.StatusConflict, Code: 800082, Description: "Not ready."}},
		"stale":                 {{Match: patch, Status: http.StatusBadRequest, Code: 2055, Description: "Stale."}},
	}
	for name, faults := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			for _, fault := range faults {
				emu.Fault(fault)
			}
			acctest.Run(t, emu, resource.TestStep{Config: quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50), ConfigStateChecks: hasQuantity(50)})
			if early := emu.ThrottleReport().EarlyRetries; early != 0 {
				t.Errorf("%d requests were sent before a Retry-After was over", early)
			}
		})
	}
}

// A change that takes its time is waited for, also when reads still show the old value.
func TestAccLicenseQuantity_slow(t *testing.T) {
	for _, mode := range []emulator.PatchMode{emulator.PatchAccepted, emulator.PatchStale} {
		t.Run(string(mode), func(t *testing.T) {
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.PatchMode, b.PatchAfterReads = mode, 4 }))
			acctest.Run(t, emu, resource.TestStep{Config: quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 50), ConfigStateChecks: hasQuantity(50), Check: changesSent(emu, 1)})
		})
	}
}

// The licenses of a subscription that the same apply buys: its id is not known at plan, and it may not be readable at once.
func TestAccLicenseQuantity_ofANewSubscription(t *testing.T) {
	emu := acctest.New(t)
	bought := office(`quantity = 5`, `friendly_name = "one"`, `lifecycle { ignore_changes = [quantity] }`)
	config := bought + "resource \"partnercenter_license_quantity\" \"test\" {\n  customer_id = " + address + ".customer_id\n  subscription_id = " + address + ".id\n  quantity = 8\n}\n"
	acctest.Run(t, emu,
		resource.TestStep{Config: config, ConfigStateChecks: hasQuantity(8)},
		resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
	)
	expectPurchases(t, emu, 1)
}

func TestAccLicenseQuantity_driftAndEnd(t *testing.T) {
	emu := acctest.New(t)
	config := quantity(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, 7)
	drift := func(changes map[string]any) func() {
		return func() {
			if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, changes); err != nil {
				t.Error(err)
			}
		}
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: config},
		resource.TestStep{PreConfig: drift(map[string]any{"quantity": 9}), RefreshState: true, ExpectNonEmptyPlan: true, Check: resource.TestCheckResourceAttr(licenses, "quantity", "9")},
		resource.TestStep{Config: config, ConfigStateChecks: hasQuantity(7)},
		resource.TestStep{PreConfig: drift(map[string]any{"status": "deleted"}), RefreshState: true}, // it stays in the state, and nothing is planned
		resource.TestStep{Config: quantity(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, 8), ExpectError: words("Subscription has ended")},
		resource.TestStep{PreConfig: func() {
			drift(map[string]any{"purged": true})()
			emu.Advance(48 * time.Hour)
		}, Config: config, ExpectError: regexp.MustCompile(`Cannot read subscription`)},
	)
	expectPurchases(t, emu, 0)
}
