// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// DataSources reads data sources as a CLI does within one run, without a CLI.
type DataSources struct {
	t       testing.TB
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// ReadDataSources begins a run against the emulator, with settings of the provider where there are some.
func ReadDataSources(t testing.TB, emu *emulator.Server, settings ...map[string]tftypes.Value) *DataSources {
	t.Helper()
	server, err := Factories(emu)[provider.TypeName]()
	if err != nil {
		t.Fatal(err)
	}
	d := &DataSources{t: t, server: server}
	if d.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	given := map[string]tftypes.Value{}
	for _, more := range settings {
		maps.Copy(given, more)
	}
	config := d.value(d.schemas.Provider.ValueType(), given)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: config})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatalf("configuring the provider: %v, %v", err, configured.Diagnostics)
	}
	return d
}

// Read validates and reads a data source of the given type, such as "subscriptions"; attributes that are not given are null. It returns the
// attributes of the answer, none after an error.
func (d *DataSources) Read(kind string, given map[string]tftypes.Value) (map[string]tftypes.Value, []*tfprotov6.Diagnostic) {
	d.t.Helper()
	typeName := provider.TypeName + "_" + kind
	of := d.schemas.DataSourceSchemas[typeName].ValueType()
	config := d.value(of, given)
	valid, err := d.server.ValidateDataResourceConfig(d.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config})
	if err != nil {
		d.t.Fatal(err)
	}
	if HasError(valid.Diagnostics) {
		return nil, valid.Diagnostics
	}
	got, err := d.server.ReadDataSource(d.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
	if err != nil {
		d.t.Fatal(err)
	}
	if HasError(got.Diagnostics) {
		return nil, got.Diagnostics
	}
	state, err := got.State.Unmarshal(of)
	if err != nil {
		d.t.Fatal(err)
	}
	attributes := map[string]tftypes.Value{}
	if err := state.As(&attributes); err != nil {
		d.t.Fatal(err)
	}
	return attributes, got.Diagnostics
}

// HasError reports an error among the diagnostics.
func HasError(diagnostics []*tfprotov6.Diagnostic) bool {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}
	return false
}

func (d *DataSources) value(of tftypes.Type, given map[string]tftypes.Value) *tfprotov6.DynamicValue {
	d.t.Helper()
	object, ok := of.(tftypes.Object)
	if !ok {
		d.t.Fatalf("a configuration is an object, not %s", of)
	}
	attributes := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		attributes[name] = tftypes.NewValue(kind, nil)
	}
	maps.Copy(attributes, given)
	value, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, attributes))
	if err != nil {
		d.t.Fatal(err)
	}
	return &value
}
