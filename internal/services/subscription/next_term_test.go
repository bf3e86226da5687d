// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	instructions  = "scheduled_next_term_instructions"
	eligibilities = "transitioneligibilities"
)

// into is what a subscription is to renew into: five licenses for a year, with changes.
func into(changes configuration) configuration {
	next := configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 5}
	maps.Copy(next, changes)
	return next
}

// expectAsked sees how often it was asked what a subscription can renew into.
func expectAsked(t *testing.T, emu *emulator.Server, want int) {
	t.Helper()
	asked := emu.Matching(http.MethodGet, eligibilities)
	if len(asked) != want {
		t.Errorf("it was asked %d times what the subscription can renew into, want %d", len(asked), want)
	}
	for _, r := range asked {
		if got := r.Query.Get("eligibilityType"); got != "scheduled" {
			t.Errorf("it was asked for %q, not for renewals", got)
		}
	}
}

// What a subscription cannot renew into is refused at plan, where it costs nothing.
func TestSubscription_nextTermNotOffered(t *testing.T) {
	t.Parallel()
	plus := fmt.Sprintf("Partner Center offers:\n  product_id = %q, sku_id = \"0001\" (Workplace 365 Premium)\n\nTake one of these, or keep product_id = %q and sku_id = \"0001\" for the next term. To have",
		emulator.ProductOfficePlus, emulator.ProductOffice)
	diagram := into(configuration{"product_id": emulator.ProductDiagram})
	tests := map[string]struct {
		family string
		change configuration
		want   string
	}{
		"another product": {"nce", configuration{instructions: diagram},
			"Subscription " + emulator.SubscriptionOffice + ` ("Verwaltung", Workplace 365 Standard) cannot renew into product_id = "` + emulator.ProductDiagram + `", sku_id = "0001". ` + plus},
		"a product that does not exist": {"nce", configuration{instructions: into(configuration{"product_id": "CFQ7TTC00000"})}, plus},
		"another SKU":                   {"nce", configuration{instructions: into(configuration{"sku_id": "0002"})}, plus},
		"another SKU of a target":       {"nce", configuration{instructions: into(configuration{"product_id": emulator.ProductOfficePlus, "sku_id": "0002"})}, plus},
		"where something is scheduled":  {"nce_scheduled", configuration{instructions: diagram}, plus},
		"while it is suspended":         {"nce_suspended", configuration{instructions: diagram}, plus},
		"when it is to be active again": {"nce_suspended", configuration{instructions: diagram, "suspended": false, "auto_renew_enabled": true}, plus},
		"of a trial":                    {"nce_trial", configuration{instructions: diagram}, emulator.ProductOffice + "\", sku_id = \"0001\" (Workplace 365 Standard)\n\nTake one of these for the next term. To have"},
		"of what can become nothing else": {"nce_extended", configuration{instructions: into(nil), "auto_renew_enabled": true},
			"Partner Center offers nothing to move to.\n\nKeep product_id = \"" + emulator.ProductDiagram + `" and sku_id = "0001" for the next term. To have`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, test.family, func(*emulator.Behaviour) {})
			c.emu.ForgetRequests()
			c.refused(test.change, "at plan: Not offered for the renewal", test.want)
			expectAsked(t, c.emu, 1)
			expectNoWrites(t, c.emu)
			maps.Copy(c.configuration, test.change)
			if got := c.plan().Problems; len(got) != 1 || got[0].At != instructions {
				t.Errorf("want one error, about the instructions: %v", got)
			}
		})
	}
}

// What it can renew into is scheduled. Only another product or SKU of new commerce is worth the question, and only when it is newly asked.
func TestSubscription_nextTermOffered(t *testing.T) {
	t.Parallel()
	plus := into(configuration{"product_id": emulator.ProductOfficePlus})
	tests := map[string]struct {
		family string
		change configuration
		asked  int
	}{
		"the same product":               {"nce", configuration{instructions: into(nil)}, 0},
		"another product":                {"nce", configuration{instructions: plus}, 1},
		"a trial into what it is of":     {"nce_trial", configuration{instructions: into(configuration{"quantity": 25})}, 1},
		"while it is suspended":          {"nce_suspended", configuration{instructions: plus}, 1},
		"when it is to be active again":  {"nce_suspended", configuration{instructions: plus, "suspended": false, "auto_renew_enabled": true}, 1},
		"when it is suspended with that": {"nce", configuration{instructions: plus, "suspended": true}, 1},
		"the same, of the marketplace":   {"saas", configuration{instructions: into(configuration{"product_id": emulator.ProductMailGuard})}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, test.family, func(b *emulator.Behaviour) { b.SaaSSchedules = emulator.Allowed })
			maps.Copy(c.configuration, test.change)
			c.emu.ForgetRequests()
			if r := c.plan(); len(r.Problems) > 0 || r.Action != "update" {
				t.Fatalf("the plan is to %q: %v", r.Action, r.Problems)
			}
			expectAsked(t, c.emu, test.asked)
			c.must(nil)
			c.emu.ForgetRequests()
			c.must(configuration{"deletion_policy": "abandon", "friendly_name": c.configuration["friendly_name"]})
			expectAsked(t, c.emu, 0)
			expectNoWrites(t, c.emu)
		})
	}
}

// All that a plan asks for: the same product needs nothing but the catalogue.
func TestSubscription_nextTermRequests(t *testing.T) {
	t.Parallel()
	list, office := "customers/*/subscriptions", "customers/*/products/"+emulator.ProductOffice+"/skus/0001/availabilities"
	plus := strings.Replace(office, emulator.ProductOffice, emulator.ProductOfficePlus, 1)
	tests := map[string]struct {
		change configuration
		want   []string
	}{
		"nothing":         {nil, []string{list}},
		"the same":        {into(nil), []string{list, office}},
		"another product": {into(configuration{"product_id": emulator.ProductOfficePlus}), []string{list, "subscriptions/*/" + eligibilities, plus}},
		"one not offered": {into(configuration{"product_id": emulator.ProductDiagram}), []string{list, "subscriptions/*/" + eligibilities}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			if test.change != nil {
				c.configuration[instructions] = test.change
			}
			c.emu.ForgetRequests()
			c.plan()
			sent := slices.DeleteFunc(c.emu.Requests(), func(r emulator.Request) bool { return r.SignIn })
			for i, r := range sent {
				if i >= len(test.want) || !r.Is(http.MethodGet, test.want[i]) {
					t.Errorf("request %d is %s %s, want %v", i, r.Method, r.Path, test.want)
				}
			}
			if len(sent) != len(test.want) {
				t.Errorf("%d requests, want %v", len(sent), test.want)
			}
		})
	}
}

// Without an answer nothing is planned: apply would change other things first, and then find out.
func TestSubscription_nextTermUnanswered(t *testing.T) {
	t.Parallel()
	tests := map[string]emulator.Fault{
		"forbidden": {Status: http.StatusForbidden, Code: 900150, Description: "Not your role.", Times: -1},
		"not found": {Status: http.StatusNotFound, Code: 20003, Description: "The subscription was not found.", Times: -1},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			fault.Match = emulator.Match{Method: http.MethodGet, Pattern: eligibilities}
			c.emu.Fault(fault)
			change := configuration{"quantity": 44, instructions: into(configuration{"product_id": emulator.ProductOfficePlus})}
			c.refused(change, "at plan: Cannot look up what the subscription can renew into", strconv.Itoa(fault.Code), fault.Description)
			expectNoWrites(t, c.emu)
			c.must(configuration{"quantity": 44, instructions: into(nil)}) // which needs no answer
		})
	}
	t.Run("throttled", func(t *testing.T) {
		t.Parallel()
		c := cellOf(t, "nce", func(*emulator.Behaviour) {})
		c.emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: eligibilities}, Status: http.StatusTooManyRequests, RetryAfter: 7, Times: 2})
		c.must(configuration{instructions: into(configuration{"product_id": emulator.ProductOfficePlus})})
	})
}

// Of the marketplace nothing is documented, so Partner Center itself has to answer.
func TestSubscription_nextTermOfTheMarketplace(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "saas", func(b *emulator.Behaviour) { b.SaaSSchedules = emulator.Allowed })
	c.refused(configuration{instructions: into(configuration{"product_id": emulator.ProductBackup})}, "at apply", "900260")
	expectAsked(t, c.emu, 0)
}

// A target that is offered, and not possible at the moment.
func TestAccSubscription_nextTermNotPossible(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	emu := acctest.New(t)
	verwaltung := configuration{"customer_id": emulator.CustomerNordwind, "product_id": emulator.ProductOffice, "sku_id": "0001", "quantity": 43, "suspended": false}
	config := func() string {
		return fmt.Sprintf("resource %q \"test\" {\n%s}\nimport {\n  to = %s\n  id = %q\n}\n", subscriptionType, verwaltung.HCL("  "), address, emulator.CustomerNordwind+"/"+emulator.SubscriptionOffice)
	}
	w := acctest.NewWorkspace(t, emu, config())
	w.MustApply()
	verwaltung[instructions] = into(configuration{"product_id": emulator.ProductOfficePlus})
	w.Configure(config())
	if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, map[string]any{"status": "suspended"}); err != nil {
		t.Fatal(err)
	}
	emu.ForgetRequests()
	out, code := w.Run("apply", "-input=false", "-auto-approve", "-refresh=false") // which takes it for active
	for _, want := range []string{"Not offered for the renewal", "cannot renew into Workplace 365 Premium", "the source subscription isn't active", "Reactivate this one first",
		`Until that has changed, keep product_id = "` + emulator.ProductOffice + `"`, instructions + " = {"} {
		if code != 1 || !words(want).MatchString(out) {
			t.Errorf("it does not say %q (exit code %d):\n%s", want, code, out)
		}
	}
	if words("conflicting subscriptions").MatchString(out) {
		t.Errorf("it speaks of a transfer of licenses, which no renewal makes:\n%s", out)
	}
	expectAsked(t, emu, 1)
	expectNoWrites(t, emu)
	w.MustApply("-parallelism=1") // refreshed, it is to be active again, and possible then
	w.MustPlanClean()
}

// What is not known at plan is looked at when it is: before anything is sent.
func TestAccSubscription_nextTermUnknown(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	emu := acctest.New(t)
	config := func(product, attribute string) string {
		next := into(nil)
		delete(next, attribute)
		known := map[string]string{"product_id": product, "sku_id": "0001"}
		return fmt.Sprintf(`resource "terraform_data" "next" {
  input = %q
}
import {
  to = %s
  id = %q
}
`, known[attribute], address, emulator.CustomerNordwind+"/"+emulator.SubscriptionOffice) +
			subscription(emulator.CustomerNordwind, emulator.ProductOffice, "quantity = 43", fmt.Sprintf("%s = {\n%s    %s = terraform_data.next.output\n  }", instructions, next.HCL("    "), attribute))
	}
	w := acctest.NewWorkspace(t, emu, config(emulator.ProductDiagram, "product_id"))
	out, code := w.Run("plan", "-input=false", "-out=tfplan")
	if code != 0 {
		t.Fatalf("the plan failed:\n%s", out)
	}
	expectAsked(t, emu, 0)
	out, code = w.Run("apply", "-input=false", "tfplan")
	if code != 1 || !words("Not offered for the renewal").MatchString(out) {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	expectAsked(t, emu, 1)
	expectNoWrites(t, emu)
	w.Configure(config(emulator.ProductOffice, "sku_id"))
	w.MustApply()
	w.MustPlanClean()
	expectAsked(t, emu, 1)
}
