// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// Types of resources that are simulated.
const (
	SubscriptionType = provider.TypeName + "_subscription"
	CartType         = provider.TypeName + "_cart"
)

// process is a provider process: Terraform starts one for the plan and another one for the apply, and neither knows of the other.
type process struct {
	*host

	workspace *Workspace
	token     string // the one it was started with would be hidden in every text from then on, so this one is put in its place
	dead      bool
}

func (p *process) emulator() *emulator.Server { return p.workspace.emu }

// Schemas are asked for once: that takes longer than a plan, and they stay as they are.
type Schemas struct {
	provider  tftypes.Type
	resources map[string]*tfprotov6.Schema
	actions   map[string]*tfprotov6.Schema
	types     map[string]tftypes.Type

	idle []*host
}

// host serves one process after the other. A provider remembers nothing beyond its configuration but its own schemas, which take most of the
// time of a start.
type host struct {
	tfprotov6.ProviderServer

	process *process
}

// ReadSchemas asks the provider. What comes back is for one goroutine.
func ReadSchemas() (*Schemas, error) {
	server := provider.NewServer("test", "")()
	got, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("reading the schemas: %w", err)
	}
	s := &Schemas{provider: got.Provider.ValueType(), resources: got.ResourceSchemas, actions: map[string]*tfprotov6.Schema{}, types: map[string]tftypes.Type{}}
	for name, schema := range got.ResourceSchemas {
		s.types[name] = schema.ValueType()
	}
	for name, action := range got.ActionSchemas {
		s.actions[name] = action.Schema
	}
	return s, nil
}

func (s *Schemas) host() *host {
	if n := len(s.idle); n > 0 {
		h := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return h
	}
	h := &host{}
	h.ProviderServer = provider.NewServer("test", "", func(client *partnercenter.Options, _ *signin.Options) { h.process.connect(client) })()
	return h
}

// start is a new process with the settings of the workspace's provider block.
func (w *Workspace) start() *process {
	p := w.newProcess()
	configured, err := p.ConfigureProvider(w.ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: dynamic(valueOf(w.schemas.provider, w.settings()))})
	if err != nil || len(configured.Diagnostics) > 0 {
		panic(fmt.Sprintf("the provider cannot be configured: %v %s", err, texts(configured.Diagnostics)))
	}
	return p
}

func (w *Workspace) newProcess() *process {
	p := &process{host: w.host, workspace: w, token: w.emu.IssueToken(emulator.TokenOptions{AppOnly: true})}
	w.host.process = p
	return p
}

// settings are the provider block.
func (w *Workspace) settings() Configuration {
	settings := Configuration{"requests_per_minute": 10000, "access_token": "the token of a simulated process"}
	maps.Copy(settings, w.Settings)
	return settings
}

// connect leads the process to the emulator.
func (p *process) connect(client *partnercenter.Options) {
	client.Endpoint, client.Clock, client.Transport = p.emulator().URL, clock{p}, p
	client.Spread, client.GatherFor = func() float64 { return 0.5 }, -1
}

// object is what Terraform keeps of a resource.
type object struct {
	state    *tfprotov6.DynamicValue
	identity *tfprotov6.ResourceIdentityData
	private  []byte
	tainted  bool

	plain map[string]any // the state as people read it, once somebody has asked
}

// Problem is an error, as people read it.
type Problem struct {
	Title, Detail string
	Applying      bool // not at plan
	At            string
}

func (p Problem) String() string {
	when := "at plan"
	if p.Applying {
		when = "at apply"
	}
	return fmt.Sprintf("%s: %s: %s", when, p.Title, p.Detail)
}

// sorted sorts diagnostics by what they mean for people.
func sorted(diagnostics []*tfprotov6.Diagnostic, applying bool) (problems []Problem, warnings []string) {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			problems = append(problems, Problem{d.Summary, d.Detail, applying, attribute(d)})
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

func texts(diagnostics []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&text, "%s: %s: %s\n", d.Severity, d.Summary, d.Detail)
	}
	return text.String()
}

// proposed is how Terraform merges configuration and prior state before the provider plans: what is computed and left out stays as it is,
// or is not known yet where there is nothing.
func proposed(attributes []*tfprotov6.SchemaAttribute, of tftypes.Type, prior, configured tftypes.Value, creates bool) tftypes.Value {
	if configured.IsNull() || !configured.IsKnown() {
		return configured
	}
	was, asked := members(prior), members(configured)
	merged := map[string]tftypes.Value{}
	for _, a := range attributes {
		kind, value := a.ValueType(), asked[a.Name]
		switch {
		case value.IsNull() && a.Computed && creates:
			value = tftypes.NewValue(kind, tftypes.UnknownValue)
		case value.IsNull() && a.Computed:
			value = was[a.Name]
		case a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
			value = proposedList(a.NestedType.Attributes, kind, was[a.Name], value)
		}
		merged[a.Name] = value
	}
	return tftypes.NewValue(of, merged)
}

func proposedList(attributes []*tfprotov6.SchemaAttribute, of tftypes.Type, prior, configured tftypes.Value) tftypes.Value {
	list, ok := of.(tftypes.List)
	if !ok || configured.IsNull() || !configured.IsKnown() {
		return configured
	}
	var was, asked []tftypes.Value
	_ = configured.As(&asked)
	if !prior.IsNull() && prior.IsKnown() {
		_ = prior.As(&was)
	}
	merged := make([]tftypes.Value, len(asked))
	for i := range asked {
		before, creates := tftypes.NewValue(list.ElementType, nil), i >= len(was)
		if !creates {
			before = was[i]
		}
		merged[i] = proposed(attributes, list.ElementType, before, asked[i], creates)
	}
	return tftypes.NewValue(of, merged)
}

func members(value tftypes.Value) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if !value.IsNull() && value.IsKnown() {
		_ = value.As(&attributes) // what is no object has none
	}
	return maps.Clone(attributes) // As hands out the value's own
}

// differing names the attributes that are not as they were planned; what was not known is as planned whatever it is.
func differing(planned, got map[string]tftypes.Value) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(planned)) {
		if !conforms(planned[name], got[name]) {
			names = append(names, fmt.Sprintf("%s was planned as %s and is %s", name, planned[name], got[name]))
		}
	}
	return names
}

func conforms(planned, got tftypes.Value) bool {
	switch {
	case !planned.IsKnown():
		return true
	case planned.IsFullyKnown():
		return planned.Equal(got)
	case planned.IsNull() || got.IsNull() || !got.IsKnown():
		return planned.IsNull() && got.IsNull()
	}
	var elements, gotElements []tftypes.Value
	if planned.As(&elements) == nil && got.As(&gotElements) == nil {
		same := len(elements) == len(gotElements)
		for i := 0; same && i < len(elements); i++ {
			same = conforms(elements[i], gotElements[i])
		}
		return same
	}
	will, is := members(planned), members(got)
	for name := range will {
		if !conforms(will[name], is[name]) {
			return false
		}
	}
	return true
}
