// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// runner brings lives to their configurations, as a CLI does.
type runner interface {
	// apply refreshes, plans and applies.
	apply(lives []*life) map[*life]result
	// plan refreshes and plans; it writes nothing.
	plan(lives []*life) map[*life]result
	// state is what is kept of a life.
	state(l *life) map[string]any
}

// result is what a run says about one resource.
type result struct {
	problems []problem
	warnings []string
	action   string // "", "update", "replace", "create" or "destroy"
	aborted  bool   // not come to, because of another's problem
}

// problem is an error, as people read it.
type problem struct {
	title, detail string
	applying      bool   // not at plan
	at            string // the attribute, where it is known
}

func (p problem) String() string {
	when := "at plan"
	if p.applying {
		when = "at apply"
	}
	return fmt.Sprintf("%s: %s: %s", when, p.title, p.detail)
}

// inProcess is Terraform's part of the protocol, for as many steps as one likes: it holds the provider to the rules of planning and
// applying that the CLI holds it to.
type inProcess struct {
	t        *testing.T
	emu      *emulator.Server
	provider tftypes.Type
	kind     tftypes.Object
	schema   *tfprotov6.Schema
	objects  map[*life]object
}

func newInProcess(t *testing.T, emu *emulator.Server) *inProcess {
	t.Helper()
	return &inProcess{t: t, emu: emu, objects: map[*life]object{}}
}

// object is what is kept of a life, which is imported when it is first seen.
func (p *inProcess) object(l *life) object {
	p.t.Helper()
	if known, ok := p.objects[l]; ok {
		return known
	}
	server := p.start()
	imported, err := server.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, ID: l.customer + "/" + l.id})
	if err != nil || len(imported.Diagnostics) > 0 || len(imported.ImportedResources) != 1 {
		p.t.Fatalf("%s cannot be imported: %v %s", l.name, err, texts(imported.Diagnostics))
	}
	one := imported.ImportedResources[0]
	got, problems, _ := p.refresh(server, object{one.State, one.Identity, one.Private, nil})
	if len(problems) > 0 {
		p.t.Fatalf("%s cannot be read: %v", l.name, problems)
	}
	p.objects[l] = got
	return got
}

// start is a provider process: Terraform starts one for the plan and another one for the apply.
func (p *inProcess) start() tfprotov6.ProviderServer { return p.startWith(wish{}) }

// startWith is start with some settings of the provider.
func (p *inProcess) startWith(settings wish) tfprotov6.ProviderServer {
	p.t.Helper()
	server, err := acctest.Factories(p.emu)[provider.TypeName]()
	if err != nil {
		p.t.Fatal(err)
	}
	if p.schema == nil {
		p.learn(server)
	}
	settings = maps.Clone(settings)
	settings["requests_per_minute"] = 100000
	configured, err := server.ConfigureProvider(p.t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: p.dynamic(tfvalue(p.provider, settings)),
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		p.t.Fatalf("the provider cannot be configured: %v %s", err, texts(configured.Diagnostics))
	}
	return server
}

// learn asks for the schemas, which takes longer than a plan; they stay as they are.
func (p *inProcess) learn(server tfprotov6.ProviderServer) {
	p.t.Helper()
	schemas, err := server.GetProviderSchema(p.t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		p.t.Fatal(err)
	}
	kind, ok := schemas.ResourceSchemas[subscriptionType].ValueType().(tftypes.Object)
	if !ok {
		p.t.Fatal("the resource is no object")
	}
	p.schema, p.kind, p.provider = schemas.ResourceSchemas[subscriptionType], kind, schemas.Provider.ValueType()
}

func (p *inProcess) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		p.t.Fatal(err)
	}
	return &dynamic
}

func (p *inProcess) attributes(value *tfprotov6.DynamicValue) map[string]tftypes.Value {
	p.t.Helper()
	attributes := map[string]tftypes.Value{}
	decoded, err := value.Unmarshal(p.kind)
	if err == nil && !decoded.IsNull() {
		err = decoded.As(&attributes)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return attributes
}

func (p *inProcess) plan(lives []*life) map[*life]result {
	p.t.Helper()
	server, results := p.start(), map[*life]result{}
	for _, l := range lives {
		results[l], _, _ = p.planOne(server, l)
	}
	return results
}

// apply treats each life as a configuration of its own: what stops one does not stop the others.
func (p *inProcess) apply(lives []*life) map[*life]result {
	p.t.Helper()
	planning, results := p.start(), map[*life]result{}
	var applying tfprotov6.ProviderServer
	for _, l := range lives {
		planned, refreshed, response := p.planOne(planning, l)
		if len(planned.problems) == 0 {
			p.objects[l] = refreshed
			if planned.action == "update" {
				if applying == nil {
					applying = p.start()
				}
				p.applyOne(applying, l, response, &planned)
			}
		}
		results[l] = planned
	}
	return results
}

func (p *inProcess) state(l *life) map[string]any {
	p.t.Helper()
	state := map[string]any{}
	for name, value := range p.attributes(p.object(l).state) {
		state[name] = plain(value)
	}
	return state
}

func (p *inProcess) refresh(server tfprotov6.ProviderServer, o object) (object, []problem, []string) {
	p.t.Helper()
	got, err := server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: o.state, CurrentIdentity: o.identity, Private: o.private})
	if err != nil {
		p.t.Fatal(err)
	}
	problems, warnings := sorted(got.Diagnostics, false)
	return object{got.NewState, got.NewIdentity, got.Private, nil}, problems, warnings
}

func (p *inProcess) planOne(server tfprotov6.ProviderServer, l *life) (result, object, *tfprotov6.PlanResourceChangeResponse) {
	p.t.Helper()
	config := tfvalue(p.kind, l.wish)
	validated, err := server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: subscriptionType, Config: p.dynamic(config)})
	if err != nil {
		p.t.Fatal(err)
	}
	if problems, warnings := sorted(validated.Diagnostics, false); len(problems) > 0 {
		return result{problems: problems, warnings: warnings}, object{}, nil
	}
	refreshed, problems, warnings := p.refresh(server, p.object(l))
	r := result{problems: problems, warnings: warnings}
	if len(problems) > 0 {
		return r, refreshed, nil
	}
	prior, configured := p.attributes(refreshed.state), p.attributes(p.dynamic(config))
	if len(prior) == 0 {
		r.action = "create"
		return r, refreshed, nil
	}
	planned, err := server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: refreshed.state, ProposedNewState: p.dynamic(p.proposed(prior, configured)), Config: p.dynamic(config),
		PriorPrivate: refreshed.private, PriorIdentity: refreshed.identity,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	problems, warnings = sorted(planned.Diagnostics, false)
	r.problems, r.warnings = problems, append(r.warnings, warnings...)
	if len(problems) > 0 {
		return r, refreshed, planned
	}
	r.action = p.action(l, prior, configured, planned)
	return r, refreshed, planned
}

// action is what a plan is to do, if Terraform takes it: what is configured has to be planned as it is, or as it was.
func (p *inProcess) action(l *life, prior, configured map[string]tftypes.Value, planned *tfprotov6.PlanResourceChangeResponse) string {
	p.t.Helper()
	action, will := "", p.attributes(planned.PlannedState)
	for _, a := range p.schema.Block.Attributes {
		was, asked, is := prior[a.Name], configured[a.Name], will[a.Name]
		keeps := is.Equal(was) && (!was.IsNull() || asked.IsNull() && a.Computed)
		if !is.Equal(asked) && !keeps && (!asked.IsNull() || !a.Computed) {
			p.t.Errorf("%s: invalid plan: %s is planned as %s, configured as %s", l.name, a.Name, is, asked)
		}
		anew := slices.ContainsFunc(planned.RequiresReplace, func(at *tftypes.AttributePath) bool {
			return at.Steps()[0] == tftypes.AttributeName(a.Name)
		})
		switch {
		case is.Equal(was):
		case anew: // it counts where something changes
			action = "replace"
		case action == "":
			action = "update"
		}
	}
	return action
}

// proposed is how Terraform merges configuration and prior state before the provider plans.
func (p *inProcess) proposed(prior, configured map[string]tftypes.Value) tftypes.Value {
	proposed := map[string]tftypes.Value{}
	for _, a := range p.schema.Block.Attributes {
		proposed[a.Name] = configured[a.Name]
		if configured[a.Name].IsNull() && a.Computed {
			proposed[a.Name] = prior[a.Name]
		}
	}
	return tftypes.NewValue(p.kind, proposed)
}

func (p *inProcess) applyOne(server tfprotov6.ProviderServer, l *life, planned *tfprotov6.PlanResourceChangeResponse, r *result) {
	p.t.Helper()
	applied, err := server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: p.object(l).state, PlannedState: planned.PlannedState, Config: p.dynamic(tfvalue(p.kind, l.wish)),
		PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	problems, warnings := sorted(applied.Diagnostics, true)
	r.problems, r.warnings = problems, append(r.warnings, warnings...)
	p.objects[l] = object{applied.NewState, applied.NewIdentity, applied.Private, nil}
	got := p.attributes(applied.NewState)
	for name, will := range p.attributes(planned.PlannedState) {
		if !got[name].IsFullyKnown() || len(problems) == 0 && will.IsFullyKnown() && !will.Equal(got[name]) {
			p.t.Errorf("%s: inconsistent result after apply: %s was planned as %s and is %s", l.name, name, will, got[name])
		}
	}
}

func warned(r result, title string) bool {
	return slices.ContainsFunc(r.warnings, func(text string) bool { return strings.HasPrefix(text, title) })
}

// sorted sorts diagnostics by what they mean for people.
func sorted(diagnostics []*tfprotov6.Diagnostic, applying bool) (problems []problem, warnings []string) {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			problems = append(problems, problem{d.Summary, d.Detail, applying, attribute(d)})
			continue
		}
		warnings = append(warnings, d.Summary+": "+d.Detail)
	}
	return problems, warnings
}

// attribute is what a diagnostic blames, such as "price_limit.total".
func attribute(d *tfprotov6.Diagnostic) string {
	var names []string
	for _, step := range d.Attribute.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}

// tfvalue is a value of a type; attributes that are not given are null.
func tfvalue(of tftypes.Type, given any) tftypes.Value {
	object, isObject := of.(tftypes.Object)
	attributes, isGiven := given.(wish)
	if !isObject || !isGiven {
		return tftypes.NewValue(of, given)
	}
	values := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		values[name] = tfvalue(kind, attributes[name])
	}
	return tftypes.NewValue(of, values)
}

// plain is a value as JSON has it.
func plain(value tftypes.Value) any {
	if !value.IsKnown() || value.IsNull() {
		return nil
	}
	var err error
	switch {
	case value.Type().Is(tftypes.String):
		var text string
		err = value.As(&text)
		if err == nil {
			return text
		}
	case value.Type().Is(tftypes.Bool):
		var is bool
		err = value.As(&is)
		if err == nil {
			return is
		}
	case value.Type().Is(tftypes.Number):
		number := new(big.Float)
		err = value.As(&number)
		if err == nil {
			f, _ := number.Float64()
			return f
		}
	case strings.HasPrefix(value.Type().String(), "tftypes.List"):
		var elements []tftypes.Value
		err = value.As(&elements)
		if err == nil {
			list := []any{}
			for _, element := range elements {
				list = append(list, plain(element))
			}
			return list
		}
	default:
		members := map[string]tftypes.Value{}
		err = value.As(&members)
		if err == nil {
			object := map[string]any{}
			for name, member := range members {
				object[name] = plain(member)
			}
			return object
		}
	}
	panic(err)
}

// destroy plans and applies the end of a resource.
func (p *inProcess) destroy(l *life) result {
	p.t.Helper()
	server, o := p.start(), p.object(l)
	nothing := p.dynamic(tftypes.NewValue(p.kind, nil))
	planned, err := server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: o.state, ProposedNewState: nothing, Config: nothing, PriorPrivate: o.private, PriorIdentity: o.identity,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	problems, warnings := sorted(planned.Diagnostics, false)
	r := result{problems: problems, warnings: warnings, action: "destroy"}
	if len(problems) > 0 {
		return r
	}
	applied, err := p.start().ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: o.state, PlannedState: nothing, Config: nothing, PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	problems, warnings = sorted(applied.Diagnostics, true)
	r.problems, r.warnings = problems, append(r.warnings, warnings...)
	return r
}
