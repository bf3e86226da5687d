// SPDX-License-Identifier: MPL-2.0

// Package policies proves the rules of examples/policies with the engine they are written for.
package policies

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"
)

var examples = filepath.Join("..", "..", "examples", "policies")

// rules are the names of all rules: one file each, beside what they share.
func rules(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(examples, "policy", "*.rego"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".rego"); name != "plan" {
			names = append(names, name)
		}
	}
	return names
}

// TestRules evaluates all rules over a plan that passes and one that fails for each of them. The latter has to be refused by that rule, and
// by no other.
func TestRules(t *testing.T) {
	names := rules(t)
	if len(names) != 15 {
		t.Errorf("there are %d rules, not 15: %s", len(names), names)
	}
	denials := rego.New(rego.Query("data.main.deny"), rego.Load([]string{filepath.Join(examples, "policy"), filepath.Join(examples, "settings.json")}, nil), rego.Strict(true))
	query, err := denials.PrepareForEval(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		for plan, want := range map[string][]string{"pass": nil, "fail": {name}} {
			t.Run(name+"/"+plan, func(t *testing.T) {
				got := refusals(t, query, filepath.Join(examples, "plans", name, plan+".json"))
				by := slices.Compact(slices.Sorted(slices.Values(ruleNames(got))))
				if !slices.Equal(by, want) {
					t.Errorf("refused by %s, want %s:\n%s", by, want, strings.Join(got, "\n"))
				}
			})
		}
	}
}

// refusals are the messages about a plan.
func refusals(t *testing.T, query rego.PreparedEvalQuery, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var plan any
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber() // as conftest reads it
	if err := decoder.Decode(&plan); err != nil {
		t.Fatal(err)
	}
	results, err := query.Eval(t.Context(), rego.EvalInput(plan))
	if err != nil || len(results) != 1 {
		t.Fatalf("got %v, %v", results, err)
	}
	var messages []string
	for _, message := range results[0].Expressions[0].Value.([]any) {
		messages = append(messages, fmt.Sprint(message))
	}
	return messages
}

func ruleNames(messages []string) []string {
	var names []string
	for _, message := range messages {
		name, _, _ := strings.Cut(message, ":")
		names = append(names, name)
	}
	return names
}
