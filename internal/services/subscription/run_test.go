// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// managedOne is a subscription that a configuration manages: each step is a run with a provider of its own, without a CLI.
type managedOne struct {
	t        *testing.T
	emu      *emulator.Server
	customer string
	object   object
	said     string // titles and texts of the last step
}

// changes are attributes of a configuration, as Go has them.
type changes map[string]any

func manage(t *testing.T, customer string, behave ...func(*emulator.Behaviour)) *managedOne {
	t.Helper()
	options := make([]emulator.Option, 0, len(behave))
	for _, knob := range behave {
		options = append(options, emulator.WithBehaviour(knob))
	}
	return &managedOne{t: t, emu: acctest.New(t, options...), customer: customer}
}

// imports takes over a subscription of the sample.
func (m *managedOne) imports(id string) *managedOne {
	m.t.Helper()
	p := speak(m.t, m.emu)
	m.object = p.read(p.adopted(m.customer, id))
	return m
}

func (m *managedOne) id() string {
	m.t.Helper()
	return speak(m.t, m.emu).id(m.object)
}

// step refreshes, plans and, if it is asked to, applies: what comes back is the planned object, and whether the plan changes anything.
func (m *managedOne) step(config changes, apply bool) (planned map[string]tftypes.Value, differs bool, failed string) {
	m.t.Helper()
	p := speak(m.t, m.emu)
	kind := p.resourceType()
	prior, found := p.nothing(kind), []*tfprotov6.Diagnostic(nil)
	if m.object.state != nil {
		got, err := p.ReadResource(m.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: m.object.state, CurrentIdentity: m.object.identity, Private: m.object.private})
		if err != nil {
			m.t.Fatal(err)
		}
		found = append(found, got.Diagnostics...)
		m.object = object{got.NewState, got.NewIdentity, got.Private, nil}
		prior = got.NewState
	}
	configured := m.configured(p, config)
	checked, err := p.ValidateResourceConfig(m.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: subscriptionType, Config: configured})
	if err != nil {
		m.t.Fatal(err)
	}
	found = append(found, checked.Diagnostics...)
	proposed := m.proposed(p, configured)
	plan, err := p.PlanResourceChange(m.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: prior, ProposedNewState: p.value(kind, proposed), Config: configured, PriorPrivate: m.object.private, PriorIdentity: m.object.identity,
	})
	if err != nil {
		m.t.Fatal(err)
	}
	found = append(found, plan.Diagnostics...)
	m.said, failed = sayings(found)
	if failed != "" {
		return nil, false, failed
	}
	before, err := prior.Unmarshal(kind)
	if err != nil {
		m.t.Fatal(err)
	}
	after, err := plan.PlannedState.Unmarshal(kind)
	if err != nil {
		m.t.Fatal(err)
	}
	differs = !before.Equal(after)
	if apply && differs {
		failed = m.apply(p, plan, prior, configured)
	}
	return p.attributes(plan.PlannedState, kind), differs, failed
}

func (m *managedOne) apply(p *protocol, plan *tfprotov6.PlanResourceChangeResponse, prior, configured *tfprotov6.DynamicValue) (failed string) {
	m.t.Helper()
	applied, err := p.ApplyResourceChange(m.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: prior, PlannedState: plan.PlannedState, Config: configured, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil {
		m.t.Fatal(err)
	}
	m.object = object{applied.NewState, applied.NewIdentity, applied.Private, nil}
	said, failed := sayings(applied.Diagnostics)
	m.said += said
	return failed
}

// must applies and expects that nothing is left to do then.
func (m *managedOne) must(config changes) {
	m.t.Helper()
	if _, _, failed := m.step(config, true); failed != "" {
		m.t.Fatal(failed)
	}
	said := m.said
	if _, differs, failed := m.step(config, false); differs || failed != "" {
		m.t.Fatalf("a plan after the apply changes something: %s\n%s", failed, m.said)
	}
	m.said = said
}

// plans expects a plan that changes something, or nothing, and returns it.
func (m *managedOne) plans(config changes, differs bool) map[string]tftypes.Value {
	m.t.Helper()
	planned, changed, failed := m.step(config, false)
	if failed != "" || changed != differs {
		m.t.Fatalf("the plan changes something: %t, want %t; %s%s", changed, differs, failed, m.said)
	}
	return planned
}

// refused expects an error, which says all of this.
func (m *managedOne) refused(config changes, want ...string) {
	m.t.Helper()
	_, _, failed := m.step(config, true)
	for _, text := range want {
		if !strings.Contains(failed, text) {
			m.t.Errorf("the error should say %q: %s", text, failed)
		}
	}
}

// says expects that the last step warned of all of this; nothing is no warning.
func (m *managedOne) says(want ...string) {
	m.t.Helper()
	if len(want) == 0 && m.said != "" {
		m.t.Errorf("nothing should be said: %s", m.said)
	}
	for _, text := range want {
		if !strings.Contains(m.said, text) {
			m.t.Errorf("%q should be said: %s", text, m.said)
		}
	}
}

// shows expects what Partner Center has.
func (m *managedOne) shows(want map[string]string) {
	m.t.Helper()
	got, _ := m.emu.Subscription(m.customer, m.id())
	for name, value := range want {
		if is := shownAs(got[name]); is != value {
			m.t.Errorf("%s is %s at Partner Center, want %s", name, is, value)
		}
	}
}

// state expects what the state has; "" is null.
func (m *managedOne) state(want changes) {
	m.t.Helper()
	p := speak(m.t, m.emu)
	got := p.attributes(m.object.state, p.resourceType())
	for name, value := range want {
		if is := got[name]; !is.Equal(asValue(value)) && !(value == "" && is.IsNull()) {
			m.t.Errorf("%s is %s in the state, want %v", name, is, value)
		}
	}
}

// configured is the configuration of the step: what every subscription needs is taken from the state where it is left out.
func (m *managedOne) configured(p *protocol, config changes) *tfprotov6.DynamicValue {
	m.t.Helper()
	given := map[string]tftypes.Value{}
	if m.object.state != nil {
		state := p.attributes(m.object.state, p.resourceType())
		for _, name := range minimal {
			given[name] = state[name]
		}
	}
	given["customer_id"] = textValue(m.customer)
	for name, value := range config {
		given[name] = asValue(value)
	}
	return p.value(p.resourceType(), given)
}

// proposed merges as the CLI does: what is left out and computed is as before, or not known for something new.
func (m *managedOne) proposed(p *protocol, configured *tfprotov6.DynamicValue) map[string]tftypes.Value {
	m.t.Helper()
	kind := p.resourceType()
	proposed := p.attributes(configured, kind)
	prior := map[string]tftypes.Value{}
	if m.object.state != nil {
		prior = p.attributes(m.object.state, kind)
	}
	for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
		if !a.Computed || !proposed[a.Name].IsNull() {
			continue
		}
		proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		if before, known := prior[a.Name]; known {
			proposed[a.Name] = before
		}
	}
	return maps.Clone(proposed)
}

// sayings are warnings and errors.
func sayings(diagnostics []*tfprotov6.Diagnostic) (warnings, errors string) {
	for _, d := range diagnostics {
		if text := d.Summary + ": " + d.Detail + "\n"; d.Severity == tfprotov6.DiagnosticSeverityError {
			errors += text
		} else {
			warnings += text
		}
	}
	return warnings, errors
}

// asValue is a value of a configuration.
func asValue(value any) tftypes.Value {
	switch v := value.(type) {
	case tftypes.Value:
		return v
	case string:
		return textValue(v)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	}
	return tftypes.NewValue(tftypes.Number, value)
}

// shownAs is a member as Partner Center shows it; of scheduled actions, what is done.
func shownAs(member any) string {
	actions, ok := member.([]any)
	if !ok {
		return fmt.Sprint(member)
	}
	var done []string
	for _, action := range actions {
		if one, ok := action.(map[string]any); ok {
			done = append(done, fmt.Sprint(one["actionType"]))
		}
	}
	return strings.Join(done, " ")
}
