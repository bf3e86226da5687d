// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// reached is a server that only notes what comes through to it.
type reached struct {
	allServers
	calls []string
}

func (r *reached) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	text := func(name string) *tfprotov6.SchemaAttribute {
		return &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Optional: true}
	}
	return &tfprotov6.GetProviderSchemaResponse{ResourceSchemas: map[string]*tfprotov6.Schema{
		"thing": {Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{text("customer_id"), text("id"), text("name")}}},
	}}, nil
}

func (r *reached) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	r.calls = append(r.calls, "read")
	return &tfprotov6.ReadResourceResponse{}, nil
}

func (r *reached) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	r.calls = append(r.calls, "plan")
	return &tfprotov6.PlanResourceChangeResponse{}, nil
}

func (r *reached) ApplyResourceChange(context.Context, *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r.calls = append(r.calls, "apply")
	return &tfprotov6.ApplyResourceChangeResponse{}, nil
}

const aGUID = "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22"

func stateOf(t *testing.T, customer, id any) *tfprotov6.DynamicValue {
	t.Helper()
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"customer_id": tftypes.String, "id": tftypes.String, "name": tftypes.String}}
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{
		"customer_id": tftypes.NewValue(tftypes.String, customer), "id": tftypes.NewValue(tftypes.String, id), "name": tftypes.NewValue(tftypes.String, "not/an id"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func TestWithStateIDs(t *testing.T) {
	for name, test := range map[string]struct {
		customer, id any
		wrong        string
	}{
		"right":                 {aGUID, strings.ToUpper(aGUID), ""},
		"not known yet":         {aGUID, nil, ""},
		"climbs":                {aGUID, "../..", "id"},
		"empty":                 {aGUID, "", "id"},
		"blank":                 {aGUID, " ", "id"},
		"one letter too many":   {aGUID, aGUID + "0", "id"},
		"one letter too few":    {aGUID, aGUID[1:], "id"},
		"with a line end":       {aGUID, aGUID + "\n", "id"},
		"a query":               {aGUID, aGUID + "?x=1", "id"},
		"all zeros":             {aGUID, "00000000-0000-0000-0000-000000000000", "id"},
		"a collection":          {aGUID, "orders", "id"},
		"the customer's":        {"contoso.example", aGUID, "customer_id"},
		"the customer is empty": {"", nil, "customer_id"},
	} {
		t.Run(name, func(t *testing.T) {
			inner := &reached{}
			server := WithStateIDs(inner, "thing")
			state := stateOf(t, test.customer, test.id)
			read, _ := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: state})
			plan, _ := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "thing", PriorState: state})
			apply, _ := server.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: "thing", PriorState: state})
			if test.wrong == "" {
				if len(inner.calls) != 3 {
					t.Errorf("only %v came through", inner.calls)
				}
				return
			}
			if len(inner.calls) != 0 || read.NewState != state || apply.NewState != state {
				t.Errorf("%v came through, or the object left the state", inner.calls)
			}
			for _, found := range [][]*tfprotov6.Diagnostic{read.Diagnostics, plan.Diagnostics, apply.Diagnostics} {
				if len(found) != 1 || !strings.HasPrefix(found[0].Detail, test.wrong+" ") {
					t.Errorf("it says %v", found)
				}
			}
		})
	}
}
