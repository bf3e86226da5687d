// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

const subscriptionType = provider.TypeName + "_subscription"

// protocol speaks to the provider as a CLI does, for what only newer ones ask for: identities and lists.
type protocol struct {
	tfprotov6.ProviderServer

	t       testing.TB
	schemas *tfprotov6.GetProviderSchemaResponse
	managed *object // what tryChange changes
}

// object is what a CLI keeps of a resource.
type object struct {
	state    *tfprotov6.DynamicValue
	identity *tfprotov6.ResourceIdentityData
	private  []byte
	warnings []string
}

func speak(t testing.TB, emu *emulator.Server) *protocol {
	t.Helper()
	server, err := acctest.Factories(emu)[provider.TypeName]()
	if err != nil {
		t.Fatal(err)
	}
	return speakTo(t, server)
}

// speakTo configures a server.
func speakTo(t testing.TB, server tfprotov6.ProviderServer) *protocol {
	t.Helper()
	var err error
	p := &protocol{ProviderServer: server, t: t}
	p.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	p.must(err, p.schemas.Diagnostics)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: p.value(p.schemas.Provider.ValueType(), nil),
	})
	p.must(err, configured.Diagnostics)
	return p
}

// must ends the test on an error, and returns the titles of warnings.
func (p *protocol) must(err error, diagnostics []*tfprotov6.Diagnostic) (warnings []string) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			p.t.Fatalf("%s: %s", d.Summary, d.Detail)
		}
		warnings = append(warnings, d.Summary+": "+d.Detail)
	}
	return warnings
}

// value is an object with the given attributes; the others are null.
func (p *protocol) value(of tftypes.Type, given map[string]tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	attributes := map[string]tftypes.Value{}
	for name, kind := range of.(tftypes.Object).AttributeTypes {
		attributes[name] = tftypes.NewValue(kind, nil)
	}
	maps.Copy(attributes, given)
	value, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, attributes))
	if err != nil {
		p.t.Fatal(err)
	}
	return &value
}

func (p *protocol) attributes(value *tfprotov6.DynamicValue, of tftypes.Type) map[string]tftypes.Value {
	p.t.Helper()
	decoded, err := value.Unmarshal(of)
	if err != nil {
		p.t.Fatal(err)
	}
	attributes := map[string]tftypes.Value{}
	if err := decoded.As(&attributes); err != nil {
		p.t.Fatal(err)
	}
	return attributes
}

// text is an attribute of an object; "" for null.
func (p *protocol) text(value *tfprotov6.DynamicValue, of tftypes.Type, name string) string {
	p.t.Helper()
	var got *string
	if err := p.attributes(value, of)[name].As(&got); err != nil {
		p.t.Fatal(err)
	}
	if got == nil {
		return ""
	}
	return *got
}

func (p *protocol) resourceType() tftypes.Type {
	return p.schemas.ResourceSchemas[subscriptionType].ValueType()
}

// create plans and applies a new resource.
func (p *protocol) create(config map[string]tftypes.Value) object {
	p.t.Helper()
	kind := p.resourceType()
	none, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		p.t.Fatal(err)
	}
	configured := p.value(kind, config)
	proposed := maps.Clone(config)
	for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
		if _, given := config[a.Name]; !given && a.Computed {
			proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	plan, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: &none, ProposedNewState: p.value(kind, proposed), Config: configured,
	})
	p.must(err, plan.Diagnostics)
	applied, err := p.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: &none, PlannedState: plan.PlannedState, Config: configured,
		PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	warnings := p.must(err, applied.Diagnostics)
	return object{applied.NewState, applied.NewIdentity, applied.Private, warnings}
}

func (p *protocol) read(o object) object {
	p.t.Helper()
	got, err := p.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: subscriptionType, CurrentState: o.state, CurrentIdentity: o.identity, Private: o.private,
	})
	warnings := p.must(err, got.Diagnostics)
	return object{got.NewState, got.NewIdentity, got.Private, warnings}
}

// identityType is the type of {customer_id, id}.
var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"customer_id": tftypes.String, "id": tftypes.String}}

// expectIdentity compares an identity; an id of "" is null.
func (p *protocol) expectIdentity(o object, customerID, id string) {
	p.t.Helper()
	if o.identity == nil {
		p.t.Fatal("there is no identity")
	}
	gotCustomer, gotID := p.text(o.identity.IdentityData, identityType, "customer_id"), p.text(o.identity.IdentityData, identityType, "id")
	if gotCustomer != customerID || gotID != id {
		p.t.Errorf("the identity is {%s, %s}, want {%s, %s}", gotCustomer, gotID, customerID, id)
	}
}

func (p *protocol) id(o object) string {
	p.t.Helper()
	return p.text(o.state, p.resourceType(), "id")
}

// readData reads a data source and returns its state, its type and what it warned of.
func (p *protocol) readData(typeName string, config map[string]tftypes.Value) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	p.t.Helper()
	kind := p.schemas.DataSourceSchemas[typeName].ValueType()
	got, err := p.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: p.value(kind, config)})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, d := range got.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, got.Diagnostics
		}
	}
	return p.attributes(got.State, kind), got.Diagnostics
}
