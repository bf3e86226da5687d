// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// stateIDs are the attributes that name what a resource stands for at Partner Center; all are GUIDs.
var stateIDs = []string{"customer_id", "subscription_id", "id"}

// WithStateIDs is the provider's server that refuses an object of the state whose IDs cannot be any, before anything is asked about it:
// Partner Center would say that there is no such object, which would leave the state, go on being billed, and be bought again. What is
// null stands for what is not known yet. A resource has an attribute of stateIDs where its schema has it.
func WithStateIDs(server tfprotov6.ProviderServer, resources ...string) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return &stateIDServer{allServers: whole, resources: resources}
}

type stateIDServer struct {
	allServers
	resources []string

	once  sync.Once
	types map[string]stored
}

// ReadResource leaves an object with a wrong ID as it is in the state.
func (s *stateIDServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	if wrong := s.wrong(ctx, req.TypeName, req.CurrentState); wrong != nil {
		return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity, Diagnostics: wrong}, nil
	}
	return s.allServers.ReadResource(ctx, req)
}

// PlanResourceChange plans nothing for an object with a wrong ID, not even its end.
func (s *stateIDServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if wrong := s.wrong(ctx, req.TypeName, req.PriorState); wrong != nil {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity, Diagnostics: wrong}, nil
	}
	return s.allServers.PlanResourceChange(ctx, req)
}

// ApplyResourceChange changes nothing with a wrong ID.
func (s *stateIDServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if wrong := s.wrong(ctx, req.TypeName, req.PriorState); wrong != nil {
		return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PriorState, Private: req.PlannedPrivate, NewIdentity: req.PlannedIdentity, Diagnostics: wrong}, nil
	}
	return s.allServers.ApplyResourceChange(ctx, req)
}

func (s *stateIDServer) wrong(ctx context.Context, resource string, state *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	if state == nil || !slices.Contains(s.resources, resource) {
		return nil
	}
	s.once.Do(func() { s.types = storedAs(ctx, s.allServers, s.resources) })
	attributes := attributesOf(state, s.types[resource].kind)
	var found []*tfprotov6.Diagnostic
	for _, name := range stateIDs {
		var id *string
		value, ok := attributes[name]
		if !ok || !value.IsKnown() || value.As(&id) != nil || id == nil || IsGUID(*id) {
			continue
		}
		found = append(found, &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError, Attribute: tftypes.NewAttributePath().WithAttributeName(name), Summary: "Wrong ID in the state",
			Detail: fmt.Sprintf("%s of this object in the state is %q, which is not a GUID and cannot be an ID of Partner Center. Nothing was sent. "+
				"What the object stood for goes on as it is: restore the state from a backup, or remove the object with terraform state rm and import it again under the right ID.", name, *id),
		})
	}
	return found
}

// stored is what the state has of a resource.
type stored struct {
	kind    tftypes.Type
	version int64 // of the schema
}

// storedAs says how the state has objects of some resources.
func storedAs(ctx context.Context, server allServers, resources []string) map[string]stored {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil
	}
	found := map[string]stored{}
	for _, name := range resources {
		if schema := schemas.ResourceSchemas[name]; schema != nil {
			found[name] = stored{schema.ValueType(), schema.Version}
		}
	}
	return found
}
