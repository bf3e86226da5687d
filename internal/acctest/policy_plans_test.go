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

// TestPolicyPlans_attributes keeps the plans of the policies in the form of the schema, also those that the CLI of this run cannot make.
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
	if len(rules) != len(scenarios) {
		t.Errorf("there are plans of %d rules, and %d are made here", len(rules), len(scenarios))
	}
	for _, rule := range rules {
		scenario := scenarios[rule.Name()]
		t.Run(rule.Name(), func(t *testing.T) {
			t.Parallel()
			if scenario.needs != nil {
				scenario.needs(t)
			}
			begin := policiesStart.Add(-scenario.ago)
			emu := acctest.New(t, emulator.WithTime(begin))
			w := acctest.NewWorkspace(t, emu, scenario.before)
			if scenario.before != "" {
				w.MustApply()
			}
			emu.SetTime(policiesStart)
			if scenario.ago > 0 {
				w.MustApply("-refresh-only") // Terraform plans the end of what is not configured any more from the state as it was, OpenTofu from what it read
			}
			for name, config := range map[string]string{"pass": scenario.pass, "fail": scenario.fail} {
				w.Configure(config)
				comparePlan(t, makePlan(t, w, scenario.breaksOff && name == "fail"), filepath.Join(policyPlans, rule.Name(), name+".json"))
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

// whenActed is a time of day at which a scenario acts: its clock goes on while the CLI works.
var whenActed = regexp.MustCompile(`T09:0\d:\d\dZ`)

// json is the plan without what differs from one run to the next.
func (p *policyPlan) json(t *testing.T) []byte {
	t.Helper()
	text, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(alike(text), '\n')
}

// alike replaces what differs from one run to the next: the ids of what was bought, and the seconds.
func alike(text []byte) []byte {
	numbers := map[string]int{}
	return guid.ReplaceAllFunc(whenActed.ReplaceAll(text, []byte("T09:00:00Z")), func(id []byte) []byte {
		switch string(id) {
		case emulator.CustomerNordwind, emulator.CustomerKaffeehaus, emulator.CustomerPrairie:
			return id
		}
		if _, known := numbers[string(id)]; !known {
			numbers[string(id)] = len(numbers) + 1
		}
		return fmt.Appendf(nil, "00000000-0000-4000-8000-%012d", numbers[string(id)])
	})
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
	plan.Complete = plan.Complete && !plan.Errored
	return &plan
}

// makePlan plans what is configured. A plan that breaks off is saved as well.
func makePlan(t *testing.T, w *acctest.Workspace, breaksOff bool) *policyPlan {
	t.Helper()
	if out, code := w.Run("plan", "-input=false", "-out=policy.tfplan"); (code != 0) != breaksOff {
		t.Fatalf("plan ended with %d:\n%s", code, out)
	}
	out, code := w.Run("show", "-json", "policy.tfplan")
	if code != 0 {
		t.Fatalf("show failed:\n%s", out)
	}
	plan := parsePlan(t, []byte(out))
	plan.FormatVersion, plan.Timestamp = "1.2", policiesStart.Format(time.RFC3339)
	for i, c := range plan.ResourceChanges {
		if !strings.HasPrefix(c.Type, "partnercenter_") {
			continue
		}
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
