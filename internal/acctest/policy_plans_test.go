// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var (
	updatePlans   = flag.Bool("update-plans", false, "write the plans of examples/policies again")
	policyPlans   = filepath.Join("..", "..", "examples", "policies", "plans")
	policiesStart = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
)

// handWritten are the rules whose plans stay written by hand, and why.
var handWritten = map[string]string{
	"unpriced":              "a price that is unknown needs a provider without quotes, beside one that has them",
	"destroy_in_term":       "one term has to be over, and the other not",
	"publisher_not_allowed": "the publisher has to be one that the sample tenant does not have",
	"second_subscription":   "an adoption has to be known in the plan",
	"abandoned":             "OpenTofu and Terraform forget in different words",
	"final_action":          "actions need Terraform 1.14",
	"incomplete_plan":       "a plan that breaks off is not saved by every CLI",
}

// purchase is the configuration of a subscription that no rule refuses, with some lines of it replaced or added.
func purchase(address string, change map[string]string) string {
	lines := []string{
		"customer_id", "product_id", "sku_id", "quantity", "term_duration", "billing_cycle", "friendly_name", "auto_renew_enabled", "suspended", "price_limit", "allow_replacement",
	}
	values := map[string]string{
		"customer_id": `"` + emulator.CustomerNordwind + `"`, "product_id": `"` + emulator.ProductOffice + `"`, "sku_id": `"0001"`, "quantity": "50",
		"term_duration": `"P1Y"`, "billing_cycle": `"monthly"`, "friendly_name": `"` + address + `-sales"`, "price_limit": `{ total = "9000.00", currency = "EUR" }`,
	}
	body := ""
	for _, name := range lines {
		value, changed := change[name]
		if !changed {
			value = values[name]
		}
		if value != "" {
			body += "  " + name + " = " + value + "\n"
		}
	}
	return fmt.Sprintf("resource \"partnercenter_subscription\" %q {\n%s}\n", address, body)
}

// policyScenario is how the plans of a rule come about: what is there before, and what is planned then.
type policyScenario struct{ before, pass, fail string }

func policyScenarios() map[string]policyScenario {
	type lines = map[string]string
	m365 := func(change lines) string { return purchase("m365", change) }
	anotherProduct := lines{"product_id": `"` + emulator.ProductOfficePlus + `"`, "allow_replacement": "true", "quantity": "5"}
	return map[string]policyScenario{
		"total_above_limit":        {pass: m365(nil) + purchase("second", lines{"quantity": "5"}), fail: m365(nil) + purchase("second", nil)},
		"three_years_with_renewal": {pass: m365(lines{"term_duration": `"P3Y"`, "auto_renew_enabled": "false", "quantity": "5"}), fail: m365(lines{"term_duration": `"P3Y"`, "auto_renew_enabled": "true", "quantity": "5"})},
		"customer_not_listed":      {pass: m365(lines{"customer_id": `upper("` + emulator.CustomerNordwind + `")`}), fail: m365(lines{"customer_id": `"` + emulator.CustomerKaffeehaus + `"`})},
		"price_limit_missing":      {pass: m365(nil), fail: m365(lines{"price_limit": ""})},
		"suspended":                {before: m365(lines{"quantity": "5"}), pass: m365(lines{"quantity": "5", "suspended": "false"}), fail: m365(lines{"quantity": "5", "suspended": "true"})},
		"nickname":                 {pass: m365(nil), fail: m365(lines{"friendly_name": `"M365 for Sales"`})},
		"quantity_jump":            {before: m365(lines{"quantity": "5"}), pass: m365(lines{"quantity": "10"}), fail: m365(lines{"quantity": "50"})},
		"replacement": {
			before: m365(lines{"quantity": "5"}) + purchase("approved", lines{"quantity": "5"}),
			pass:   m365(lines{"quantity": "5"}) + purchase("approved", anotherProduct), fail: m365(anotherProduct) + purchase("approved", lines{"quantity": "5"}),
		},
	}
}

// TestPolicyPlans_attributes keeps the plans of the policies, those written by hand as well, in the form of the schema.
func TestPolicyPlans_attributes(t *testing.T) {
	t.Parallel()
	schema := subscriptionAttributes(t)
	files, err := filepath.Glob(filepath.Join(policyPlans, "*", "*.json"))
	if err != nil || len(files) != 30 {
		t.Fatalf("got %d plans, %v", len(files), err)
	}
	for _, file := range files {
		plan := readPlan(t, file)
		for _, c := range plan.ResourceChanges {
			for _, attributes := range []map[string]any{c.Change.Before, c.Change.After} {
				for name := range attributes {
					if c.Type == "partnercenter_subscription" && !slices.Contains(schema, name) {
						t.Errorf("%s: partnercenter_subscription has no %s", file, name)
					}
				}
			}
		}
	}
}

// TestAccPolicyPlans makes the plans of the policies with the CLI and compares them with those in examples/policies.
func TestAccPolicyPlans(t *testing.T) {
	t.Parallel()
	scenarios := policyScenarios()
	rules, err := os.ReadDir(policyPlans)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		scenario, made := scenarios[rule.Name()]
		if _, byHand := handWritten[rule.Name()]; made == byHand {
			t.Errorf("the plans of %s are made here or written by hand, one of both", rule.Name())
		}
		if !made {
			continue
		}
		t.Run(rule.Name(), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, acctest.New(t, emulator.WithTime(policiesStart)), scenario.before)
			if scenario.before != "" {
				w.MustApply()
			}
			for name, config := range map[string]string{"pass": scenario.pass, "fail": scenario.fail} {
				w.Configure(config)
				comparePlan(t, makePlan(t, w), filepath.Join(policyPlans, rule.Name(), name+".json"))
			}
		})
	}
}

func comparePlan(t *testing.T, got *policyPlan, file string) {
	t.Helper()
	if *updatePlans {
		if err := os.WriteFile(file, got.json(t), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := readPlan(t, file)
	if g, w := got.actions(), want.actions(); !slices.Equal(g, w) {
		t.Errorf("%s: got %s, want %s", file, g, w)
	}
	if !bytes.Equal(got.json(t), want.json(t)) {
		t.Errorf("%s is not what is planned: run this test with -update-plans\n%s", file, got.json(t))
	}
}

// policyPlan is the part of a plan that policies read.
type policyPlan struct {
	FormatVersion   string             `json:"format_version"`
	ResourceChanges []policyPlanChange `json:"resource_changes,omitempty"`
	Invocations     []json.RawMessage  `json:"action_invocations,omitempty"`
	Timestamp       string             `json:"timestamp"`
	Complete        bool               `json:"complete"`
	Errored         bool               `json:"errored"`
}

type policyPlanChange struct {
	Address      string `json:"address"`
	Mode         string `json:"mode"`
	Type         string `json:"type"`
	Name         string `json:"name"`
	ProviderName string `json:"provider_name"`
	Change       struct {
		Actions      []string       `json:"actions"`
		Before       map[string]any `json:"before"`
		After        map[string]any `json:"after"`
		AfterUnknown map[string]any `json:"after_unknown"`
	} `json:"change"`
}

// actions are what happens to each address.
func (p *policyPlan) actions() []string {
	var all []string
	for _, c := range p.ResourceChanges {
		if !slices.Equal(c.Change.Actions, []string{"no-op"}) {
			all = append(all, c.Address+": "+strings.Join(c.Change.Actions, ", "))
		}
	}
	return slices.Sorted(slices.Values(all))
}

var guid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// json is the plan without what differs from one run to the next: the ids of what was bought.
func (p *policyPlan) json(t *testing.T) []byte {
	t.Helper()
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]int{}
	return append(guid.ReplaceAllFunc(text, func(id []byte) []byte {
		switch string(id) {
		case emulator.CustomerNordwind, emulator.CustomerKaffeehaus:
			return id
		}
		if _, known := numbers[string(id)]; !known {
			numbers[string(id)] = len(numbers) + 1
		}
		return fmt.Appendf(nil, "00000000-0000-4000-8000-%012d", numbers[string(id)])
	}), '\n')
}

func readPlan(t *testing.T, file string) *policyPlan {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return parsePlan(t, text)
}

func parsePlan(t *testing.T, text []byte) *policyPlan {
	t.Helper()
	plan := policyPlan{Complete: true} // not every CLI says so
	if err := json.Unmarshal(text, &plan); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return &plan
}

func makePlan(t *testing.T, w *acctest.Workspace) *policyPlan {
	t.Helper()
	if out, code := w.Run("plan", "-input=false", "-out=policy.tfplan"); code != 0 {
		t.Fatalf("plan failed:\n%s", out)
	}
	out, code := w.Run("show", "-json", "policy.tfplan")
	if code != 0 {
		t.Fatalf("show failed:\n%s", out)
	}
	plan := parsePlan(t, []byte(out))
	plan.FormatVersion, plan.Timestamp = "1.2", policiesStart.Format(time.RFC3339)
	for i := range plan.ResourceChanges {
		plan.ResourceChanges[i].ProviderName = "registry.terraform.io/partnercenter-community/partnercenter"
	}
	return plan
}

// subscriptionAttributes are the names of the attributes of partnercenter_subscription.
func subscriptionAttributes(t *testing.T) []string {
	t.Helper()
	got, err := acctest.Unshortened(acctest.New(t)).GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range got.ResourceSchemas["partnercenter_subscription"].Block.Attributes {
		names = append(names, a.Name)
	}
	return names
}
