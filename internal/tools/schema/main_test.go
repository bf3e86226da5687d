// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// fakeServer answers the two calls that read makes.
type fakeServer struct {
	tfprotov6.ProviderServer
	schemas    tfprotov6.GetProviderSchemaResponse
	identities tfprotov6.GetResourceIdentitySchemasResponse
}

func (f *fakeServer) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &f.schemas, nil
}

func (f *fakeServer) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &f.identities, nil
}

// The text is what `terraform providers schema -json` prints for such a provider, but for actions and list resources: those Terraform
// prints from 1.14 on.
const want = `{"format_version": "1.0", "provider_schemas": {"example": {
	"provider": {"version": 0, "block": {"description_kind": "plain"}},
	"resource_schemas": {"example_thing": {"version": 2, "block": {
		"attributes": {
			"limit": {"nested_type": {"nesting_mode": "single", "attributes": {
				"amount": {"type": "string", "description_kind": "plain", "required": true, "sensitive": true}
			}}, "description_kind": "plain", "optional": true},
			"tags": {"type": ["map", "string"], "description": "Some *tags*.", "description_kind": "markdown", "deprecated": true, "optional": true, "computed": true}
		},
		"block_types": {"line": {"nesting_mode": "list", "min_items": 1, "block": {"description_kind": "plain",
			"attributes": {"secret": {"type": "string", "description_kind": "plain", "optional": true, "write_only": true}}}}},
		"description_kind": "plain"
	}}},
	"list_resource_schemas": {"example_thing": {"version": 0, "block": {"description_kind": "plain"}}},
	"action_schemas": {"example_do": {"version": 0, "block": {"description_kind": "plain"}}},
	"functions": {"join": {"summary": "Joins.", "return_type": "string",
		"parameters": [{"name": "separator", "type": "string"}],
		"variadic_parameter": {"name": "parts", "is_nullable": true, "type": "dynamic"}}},
	"resource_identity_schemas": {"example_thing": {"version": 1, "attributes": {"id": {"type": "string", "required_for_import": true}}}}
}}}`

func TestRead(t *testing.T) {
	empty := &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}}
	server := &fakeServer{
		schemas: tfprotov6.GetProviderSchemaResponse{
			Provider: empty,
			ResourceSchemas: map[string]*tfprotov6.Schema{"example_thing": {Version: 2, Block: &tfprotov6.SchemaBlock{
				Attributes: []*tfprotov6.SchemaAttribute{
					{Name: "limit", Optional: true, NestedType: &tfprotov6.SchemaObject{
						Nesting:    tfprotov6.SchemaObjectNestingModeSingle,
						Attributes: []*tfprotov6.SchemaAttribute{{Name: "amount", Type: tftypes.String, Required: true, Sensitive: true}},
					}},
					{
						Name: "tags", Type: tftypes.Map{ElementType: tftypes.String}, Optional: true, Computed: true, Deprecated: true,
						Description: "Some *tags*.", DescriptionKind: tfprotov6.StringKindMarkdown,
					},
				},
				BlockTypes: []*tfprotov6.SchemaNestedBlock{{
					TypeName: "line", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MinItems: 1,
					Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{{Name: "secret", Type: tftypes.String, Optional: true, WriteOnly: true}}},
				}},
			}}},
			ListResourceSchemas: map[string]*tfprotov6.Schema{"example_thing": empty},
			ActionSchemas:       map[string]*tfprotov6.ActionSchema{"example_do": {Schema: empty}},
			Functions: map[string]*tfprotov6.Function{"join": {
				Summary: "Joins.", Return: &tfprotov6.FunctionReturn{Type: tftypes.String},
				Parameters:        []*tfprotov6.FunctionParameter{{Name: "separator", Type: tftypes.String}},
				VariadicParameter: &tfprotov6.FunctionParameter{Name: "parts", Type: tftypes.DynamicPseudoType, AllowNullValue: true},
			}},
		},
		identities: tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{
			"example_thing": {Version: 1, IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{Name: "id", Type: tftypes.String, RequiredForImport: true}}},
		}},
	}

	got, err := read(t.Context(), server, "example")
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(decode(t, encoded), decode(t, []byte(want))) {
		t.Errorf("read() = %s\nwant %s", encoded, want)
	}
}

func TestReadReportsDiagnostics(t *testing.T) {
	server := &fakeServer{schemas: tfprotov6.GetProviderSchemaResponse{Diagnostics: []*tfprotov6.Diagnostic{
		{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Duplicate type", Detail: "example_thing"},
	}}}
	_, err := read(t.Context(), server, "example")
	if err == nil || !strings.Contains(err.Error(), "Duplicate type: example_thing") {
		t.Errorf("read() error = %v, want the diagnostic", err)
	}
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
