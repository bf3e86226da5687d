// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// acting speaks to the provider as a CLI with actions does: older CLIs, which most tests run with, have none.
type acting struct {
	t       *testing.T
	emu     *emulator.Server
	server  tfprotov6.ActionServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// settings are the attributes of an action or of the provider; what is missing is null.
type settings map[string]any

func newActing(t *testing.T, emu *emulator.Server, provider settings) *acting {
	t.Helper()
	server, err := acctest.Factories(emu)["partnercenter"]()
	if err != nil {
		t.Fatal(err)
	}
	able, ok := server.(tfprotov6.ActionServer)
	if !ok {
		t.Fatal("the provider serves no actions")
	}
	a := &acting{t: t, emu: emu, server: able}
	if a.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: a.config(a.schemas.Provider, provider)})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatalf("the provider cannot be configured: %v %s", err, texts(configured.Diagnostics))
	}
	return a
}

func (a *acting) config(schema *tfprotov6.Schema, given settings) *tfprotov6.DynamicValue {
	a.t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		a.t.Fatal("a schema is no object")
	}
	values := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		value := given[name]
		if list, isList := value.([]string); isList {
			elements := make([]tftypes.Value, 0, len(list))
			for _, element := range list {
				elements = append(elements, tftypes.NewValue(tftypes.String, element))
			}
			value = elements
		}
		values[name] = tftypes.NewValue(of, value)
	}
	for name := range given {
		if _, known := values[name]; !known {
			a.t.Fatalf("there is no attribute %s", name)
		}
	}
	config, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		a.t.Fatal(err)
	}
	return &config
}

// outcome is what a CLI shows of an action.
type outcome struct {
	validated, planned, completed []*tfprotov6.Diagnostic
	progress                      []string
	invoked                       bool
}

// run validates, plans and invokes an action; an error ends it, as in a CLI.
func (a *acting) run(name string, given settings) outcome {
	a.t.Helper()
	var o outcome
	config := a.config(a.schemas.ActionSchemas[name].Schema, given)
	validated, err := a.server.ValidateActionConfig(a.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: name, Config: config})
	if err != nil {
		a.t.Fatal(err)
	}
	if o.validated = validated.Diagnostics; hasErrors(o.validated) {
		return o
	}
	planned, err := a.server.PlanAction(a.t.Context(), &tfprotov6.PlanActionRequest{ActionType: name, Config: config})
	if err != nil {
		a.t.Fatal(err)
	}
	if made := changesMade(a.emu); len(made) > 0 {
		a.t.Errorf("planning wrote: %v", made)
	}
	if o.planned = planned.Diagnostics; hasErrors(o.planned) {
		return o
	}
	stream, err := a.server.InvokeAction(a.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: name, Config: config})
	if err != nil {
		a.t.Fatal(err)
	}
	o.invoked = true
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			o.progress = append(o.progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			o.completed = event.Diagnostics
		}
	}
	return o
}

func hasErrors(diagnostics []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diagnostics, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

func texts(diagnostics []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&text, "%s: %s: %s\n", d.Severity, d.Summary, d.Detail)
	}
	return text.String()
}

// said is all that the action reported while it was carried out.
func (o outcome) said() string { return strings.Join(o.progress, "\n") }

func (o outcome) String() string {
	return fmt.Sprintf("validate:\n%splan:\n%sprogress:\n%s\nend:\n%s", texts(o.validated), texts(o.planned), strings.Join(o.progress, "\n"), texts(o.completed))
}

// expect fails the test unless the action ended without an error, with this in its plan and in what it reported.
func (o outcome) expect(t *testing.T, plan, reported string) {
	t.Helper()
	if hasErrors(o.validated) || hasErrors(o.planned) || hasErrors(o.completed) || !o.invoked {
		t.Fatalf("the action failed:\n%s", o)
	}
	if !strings.Contains(texts(o.planned), plan) {
		t.Errorf("the plan does not say %q:\n%s", plan, o)
	}
	if !regexp.MustCompile("(?m)" + reported).MatchString(o.said()) {
		t.Errorf("the action does not report %q:\n%s", reported, o)
	}
}

// refused fails the test unless plan (or invocation, where the plan could not know) ended with this error.
func (o outcome) refused(t *testing.T, want string) {
	t.Helper()
	found := ""
	for _, d := range slices.Concat(o.validated, o.planned, o.completed) {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			found += d.Summary + ": " + d.Detail
		}
	}
	if found == "" || !strings.Contains(found, want) {
		t.Errorf("the errors do not say %q:\n%s", want, o)
	}
}

func on(customer, subscription string, more ...settings) settings {
	all := settings{"customer_id": customer, "subscription_id": subscription}
	for _, one := range more {
		maps.Copy(all, one)
	}
	return all
}
