// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// One at a time: all share one clock, which every wait advances.
const oneAtATime = "-parallelism=1"

// night is a year of subscriptions that all end together, in one configuration.
type night struct {
	t         *testing.T
	emu       *emulator.Server
	w         *acctest.Workspace
	resources map[string]configuration
}

func (n *night) set(name string, changes configuration) {
	for attribute, value := range changes {
		if value == nil {
			delete(n.resources[name], attribute)
			continue
		}
		n.resources[name][attribute] = value
	}
	n.w.Configure(n.config())
}

func (n *night) config() string {
	var config strings.Builder
	for name, w := range n.resources {
		fmt.Fprintf(&config, "resource %q %q {\n%s}\n", subscriptionType, name, w.HCL("  "))
	}
	return config.String()
}

func (n *night) id(name string) string {
	n.t.Helper()
	for _, bought := range n.emu.Purchases() {
		if now := terraform.RecordOf(n.emu, bought.CustomerID, bought.SubscriptionID); strings.HasPrefix(now.Text("friendlyName"), name) {
			return bought.SubscriptionID
		}
	}
	n.t.Fatalf("%s was not bought", name)
	return ""
}

func (n *night) record(name string) record {
	return terraform.RecordOf(n.emu, emulator.CustomerKaffeehaus, n.id(name))
}

func (n *night) drift(name string, changes map[string]any) {
	n.t.Helper()
	if err := n.emu.Drift(emulator.CustomerKaffeehaus, n.id(name), changes); err != nil {
		n.t.Fatal(err)
	}
}

// quiet plans, and sees that nothing is to change, that nothing was written, and what is said.
func (n *night) quiet(want ...string) {
	n.t.Helper()
	n.says(0, want...)
}

// says plans, which has to end with the exit code, say all of this, and write nothing.
func (n *night) says(exit int, want ...string) {
	n.t.Helper()
	writes := len(n.emu.Writes())
	out, code := n.w.Run("plan", "-input=false", "-detailed-exitcode", oneAtATime)
	if code != exit {
		n.t.Errorf("the plan ends with exit code %d, want %d:\n%s", code, exit, out)
	}
	for _, text := range want {
		if !words(text).MatchString(out) {
			n.t.Errorf("the plan does not say %q:\n%s", text, out)
		}
	}
	if got := len(n.emu.Writes()); got != writes {
		n.t.Errorf("the plan wrote %d times", got-writes)
	}
}

// expect compares members of records, of commitmentEndDate the day.
func (n *night) expect(name string, want map[string]any) {
	n.t.Helper()
	got := n.record(name)
	for member, value := range want {
		if is := got[member]; is != value && !(member == "commitmentEndDate" && strings.HasPrefix(fmt.Sprint(is), fmt.Sprint(value))) {
			n.t.Errorf("%s has %s = %v, want %v", name, member, is, value)
		}
	}
}

// A year ends for new-commerce subscriptions at midnight, and for marketplace subscriptions in the morning: before, while renewals are in
// the queue, and after.
func TestAccSubscription_renewalNight(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	emu := acctest.New(t, emulator.WithTime(simulation.Begins), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RenewalTakes = 10 * time.Minute }))
	of := func(product, name string, more configuration) configuration {
		w := configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": product, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 5, "friendly_name": name}
		maps.Copy(w, more)
		return w
	}
	plus := configuration{"product_id": emulator.ProductOfficePlus, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 4, "promotion_id": emulator.PromotionPlus}
	shorter := configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1M", "billing_cycle": "monthly", "quantity": 3}
	n := &night{t: t, emu: emu, resources: map[string]configuration{
		"nce_on":         of(emulator.ProductOffice, "nce_on", nil),
		"nce_off":        of(emulator.ProductOffice, "nce_off", configuration{"auto_renew_enabled": false}),
		"nce_lapsing":    of(emulator.ProductOffice, "nce_lapsing", nil),
		"nce_suspended":  of(emulator.ProductOffice, "nce_suspended", configuration{"auto_renew_enabled": true}),
		"nce_next":       of(emulator.ProductOffice, "nce_next", configuration{"scheduled_next_term_instructions": shorter}),
		"nce_product":    of(emulator.ProductOffice, "nce_product", configuration{"scheduled_next_term_instructions": plus}),
		"nce_promotion":  of(emulator.ProductOfficePlus, "nce_promotion", configuration{"promotion_id": emulator.PromotionPlus}),
		"saas_on":        of(emulator.ProductMailGuard, "saas_on", nil),
		"saas_off":       of(emulator.ProductMailGuard, "saas_off", nil),
		"saas_suspended": of(emulator.ProductMailGuard, "saas_suspended", nil),
	}}
	n.w = acctest.NewWorkspace(t, emu, n.config())
	n.w.MustApply(oneAtATime)
	for _, name := range []string{"saas_on", "saas_off", "saas_suspended"} {
		if err := emu.Activate(emulator.CustomerKaffeehaus, n.id(name)); err != nil {
			t.Fatal(err)
		}
	}
	n.set("saas_off", configuration{"auto_renew_enabled": false})
	n.w.MustApply(oneAtATime)
	n.quiet()

	// Before: people are not there to see it, and somebody has been at it in the portal.
	emu.SetTime(time.Date(2027, 6, 9, 23, 0, 0, 0, time.UTC))
	for _, name := range []string{"nce_suspended", "saas_suspended"} {
		n.drift(name, map[string]any{"status": "suspended"})
	}
	n.drift("nce_lapsing", map[string]any{"autoRenewEnabled": false, "scheduledActions": []any{map[string]any{"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}}})
	n.quiet()

	// During: the plan stays empty, and what is wanted waits for its turn.
	emu.SetTime(time.Date(2027, 6, 10, 0, 1, 0, 0, time.UTC))
	n.quiet()
	n.set("nce_on", configuration{"quantity": 7, "friendly_name": "nce_on, renamed"})
	n.set("nce_promotion", configuration{"auto_renew_enabled": false})
	emu.ForgetRequests()
	n.w.MustApply(oneAtATime)
	waited := 0
	for _, r := range emu.Matching(http.MethodPatch, "subscriptions/*") {
		if r.Status == http.StatusConflict || r.Status == http.StatusBadRequest {
			waited++
		}
	}
	if waited == 0 {
		t.Error("no change came too early; the renewal was over already")
	}

	// After.
	n.expect("nce_on", map[string]any{"status": "active", "quantity": 7.0, "friendlyName": "nce_on, renamed", "autoRenewEnabled": true, "commitmentEndDate": "2028-06-09"})
	n.expect("nce_off", map[string]any{"status": "disabled"})
	n.expect("nce_lapsing", map[string]any{"status": "active", "termDuration": "P1M", "autoRenewEnabled": false, "commitmentEndDate": "2027-07-09"})
	n.expect("nce_suspended", map[string]any{"status": "disabled"})
	n.expect("nce_next", map[string]any{"status": "active", "termDuration": "P1M", "quantity": 3.0, "scheduledNextTermInstructions": nil, "commitmentEndDate": "2027-07-09"})
	n.expect("nce_product", map[string]any{"status": "active", "quantity": 4.0, "promotionId": emulator.PromotionPlus, "commitmentEndDate": "2028-06-09"})
	n.expect("nce_promotion", map[string]any{"status": "active", "autoRenewEnabled": false, "commitmentEndDate": "2028-06-09"})
	if !n.record("nce_promotion").Cancels() {
		t.Error("nce_promotion does not end with its term")
	}
	// The extended term is month by month: its configured term would be a new commitment, which the plan says before it is taken back.
	// What has renewed as scheduled stays so, although the configuration still says what it was.
	out, code := n.w.Run("plan", "-input=false", "-detailed-exitcode", oneAtATime)
	for _, want := range []string{"New term of 1 year from now on", "Renewed as scheduled", "quantity = 3 # not 5", "0 to add, 3 to change, 0 to destroy"} {
		if code != 2 || !words(want).MatchString(out) {
			t.Errorf("the plan does not say %q (exit code %d):\n%s", want, code, out)
		}
	}
	if strings.Contains(out, "Purchase: ") {
		t.Errorf("the plan buys:\n%s", out)
	}
	n.set("nce_lapsing", configuration{"auto_renew_enabled": false})
	out, code = n.w.Run("plan", "-input=false", "-detailed-exitcode", oneAtATime)
	if code != 1 || !words(`Subscription goes on month by month`).MatchString(out) {
		t.Errorf("the plan should refuse a new commitment (exit code %d):\n%s", code, out)
	}
	// One configuration is brought in line with the night; another one is not.
	n.set("nce_lapsing", configuration{"term_duration": "P1M"})
	n.set("nce_next", configuration{"term_duration": "P1M", "quantity": 3, "scheduled_next_term_instructions": nil})
	emu.ForgetRequests()
	n.w.MustApply(oneAtATime)
	if !n.record("nce_lapsing").Cancels() {
		t.Error("nce_lapsing goes on")
	}
	if writes := emu.Count(http.MethodPatch, "subscriptions/"+n.id("nce_next")); writes != 0 {
		t.Errorf("bringing the configuration in line wrote %d times", writes)
	}
	if got := n.record("nce_product").Text("offerId"); !strings.HasPrefix(got, emulator.ProductOfficePlus) {
		t.Errorf("nce_product is %s", got)
	}
	n.says(2, "is disabled at Partner Center", "Renewed as scheduled", fmt.Sprintf("product_id = %q # not %q", emulator.ProductOfficePlus, emulator.ProductOffice),
		"There, promotion_id counted for one renewal: write what counts for the next one, or leave it out.")
	n.set("nce_product", configuration{"product_id": emulator.ProductOfficePlus, "quantity": 4, "scheduled_next_term_instructions": nil})
	emu.ForgetRequests()
	n.w.MustApply(oneAtATime)
	expectWrites(t, emu, 1) // what was scheduled for the next renewal goes
	n.quiet("is disabled at Partner Center")

	// The marketplace renews in the morning.
	emu.SetTime(time.Date(2027, 6, 10, 9, 0, 0, 0, time.UTC))
	n.quiet()
	emu.SetTime(time.Date(2027, 6, 10, 12, 0, 0, 0, time.UTC))
	n.quiet("is deleted at Partner Center")
	n.expect("saas_on", map[string]any{"status": "active", "autoRenewEnabled": true, "commitmentEndDate": "2028-06-10"})
	n.expect("saas_off", map[string]any{"status": "deleted"})
	n.expect("saas_suspended", map[string]any{"status": "deleted"})
	if got := len(emu.Purchases()); got != len(n.resources) {
		t.Errorf("%d subscriptions were bought, want %d", got, len(n.resources))
	}
}

// What waits for a renewal longer than anybody waits says so, and is done by the next apply.
func TestSubscription_longRenewal(t *testing.T) {
	t.Parallel()
	for attribute, value := range map[string]any{"quantity": 44, "friendly_name": "later", "partner_id": emulator.ResellerLoire, "auto_renew_enabled": false, "suspended": true} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(b *emulator.Behaviour) { b.RenewalTakes = 20 * time.Hour })
			end, err := time.Parse(time.RFC3339, c.record().Text("commitmentEndDateTime"))
			if err != nil {
				t.Fatal(err)
			}
			c.emu.SetTime(end.Add(time.Hour))
			c.must(nil)
			c.refused(configuration{attribute: value}, "at apply", "being renewed", "Run again")
			c.emu.Advance(20 * time.Hour)
			c.must(configuration{attribute: value})
		})
	}
}
