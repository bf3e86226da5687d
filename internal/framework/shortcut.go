// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Shortcut says of an object whether what Terraform asks about it leaves it as it is, so that the framework need not be asked: that looks up
// each of an object's attributes among all of them many times over, which takes longer than everything else the provider does, and most
// objects of a large estate change in no run.
type Shortcut interface {
	// Unread reports whether reading the object would bring nothing new, and nothing to say. The framework's way goes on with the context
	// that it returns, which may have what was read already. What reading would write into private state, it writes into private.
	Unread(ctx context.Context, state tftypes.Value, private Private) (context.Context, bool)
	// Unplanned reports whether planning it would change nothing. The configuration leaves all values as they are in the state; what is
	// left to look at are the resource's own defaults and whatever it plans beyond its attributes.
	Unplanned(config, state map[string]tftypes.Value, private Private) bool
}

// Private is private state as the framework encodes it.
type Private map[string][]byte

// GetKey implements PrivateState.
func (p Private) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return p[key], nil }

// SetKey implements PrivateWriter.
func (p Private) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

// WithShortcuts is the provider's server with a shorter way for objects that stay as they are. Resources that are not named, and objects
// that may change, take the framework's way.
func WithShortcuts(server tfprotov6.ProviderServer, resources map[string]Shortcut) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return &shortcutServer{allServers: whole, resources: resources}
}

// allServers is everything that the framework serves.
type allServers interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

type shortcutServer struct {
	allServers
	resources map[string]Shortcut

	once       sync.Once
	types      map[string]stored
	identities map[string]tftypes.Object
}

// UpgradeResourceState hands back a state of the present schema as it was written, which Terraform then decodes by itself.
func (s *shortcutServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if s.resources[req.TypeName] == nil || !s.isOfSchema(ctx, req) {
		return s.allServers.UpgradeResourceState(ctx, req)
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
}

// ReadResource hands back what Terraform has where reading brings nothing new.
func (s *shortcutServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	ctx, identity := s.unread(ctx, req)
	if identity == nil {
		return s.allServers.ReadResource(ctx, req)
	}
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}, nil
}

// PlanResourceChange plans what Terraform has where nothing changes.
func (s *shortcutServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if !s.unplanned(ctx, req) {
		return s.allServers.PlanResourceChange(ctx, req)
	}
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
}

func (s *shortcutServer) isOfSchema(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) bool {
	present := s.typeOf(ctx, req.TypeName)
	kind, ok := present.kind.(tftypes.Object)
	if !ok || req.Version != present.version || req.RawState == nil || len(req.RawState.JSON) == 0 {
		return false
	}
	var attributes map[string]json.RawMessage
	if json.Unmarshal(req.RawState.JSON, &attributes) != nil || len(attributes) != len(kind.AttributeTypes) {
		return false
	}
	for name := range kind.AttributeTypes {
		if _, has := attributes[name]; !has {
			return false
		}
	}
	return true
}

// unread returns the identity of an object that reading leaves as it is, nil for what has to be read, and the context to read it with.
func (s *shortcutServer) unread(ctx context.Context, req *tfprotov6.ReadResourceRequest) (context.Context, *tfprotov6.ResourceIdentityData) {
	resource, private := s.resources[req.TypeName], privateOf(req.Private)
	if resource == nil || req.CurrentState == nil || private == nil {
		return ctx, nil
	}
	state, err := req.CurrentState.Unmarshal(s.typeOf(ctx, req.TypeName).kind)
	if err != nil || state.IsNull() || !state.IsFullyKnown() {
		return ctx, nil
	}
	identity := s.identity(req.TypeName, state)
	if identity == nil {
		return ctx, nil
	}
	after := maps.Clone(private)
	ctx, unread := resource.Unread(ctx, state, after)
	if !unread || !maps.EqualFunc(private, after, bytes.Equal) {
		return ctx, nil
	}
	return ctx, identity
}

// unplanned compares encoded values: Terraform encodes equal ones alike, and a difference costs no more than the longer way.
func (s *shortcutServer) unplanned(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	resource := s.resources[req.TypeName]
	if resource == nil || req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil ||
		len(req.PriorState.MsgPack) == 0 || !bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}
	private := privateOf(req.PriorPrivate)
	if private == nil {
		return false
	}
	kind := s.typeOf(ctx, req.TypeName).kind
	config, state := attributesOf(req.Config, kind), attributesOf(req.PriorState, kind)
	return config != nil && state != nil && resource.Unplanned(config, state, private)
}

// privateOf is nil for what has nothing of the provider's, or something of the framework's own, which it reads and drops.
func privateOf(encoded []byte) Private {
	var private Private
	if json.Unmarshal(encoded, &private) != nil {
		return nil
	}
	for key := range private {
		if strings.HasPrefix(key, ".") {
			return nil
		}
	}
	return private
}

func (s *shortcutServer) typeOf(ctx context.Context, resource string) stored {
	s.once.Do(func() {
		s.types = storedAs(ctx, s.allServers, slices.Collect(maps.Keys(s.resources)))
		s.identities = identityTypes(ctx, s.allServers)
	})
	return s.types[resource]
}

// identity is made of the attributes that have the names of its own; nil where there is none.
func (s *shortcutServer) identity(resource string, state tftypes.Value) *tfprotov6.ResourceIdentityData {
	kind, ok := s.identities[resource]
	var attributes map[string]tftypes.Value
	if !ok || state.As(&attributes) != nil {
		return nil
	}
	named := map[string]tftypes.Value{}
	for name := range kind.AttributeTypes {
		named[name] = attributes[name]
	}
	if tftypes.ValidateValue(kind, named) != nil {
		return nil
	}
	encoded, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, named))
	if err != nil {
		return nil
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &encoded}
}

// identityTypes are those of all resources that have identities.
func identityTypes(ctx context.Context, server allServers) map[string]tftypes.Object {
	schemas, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil
	}
	types := map[string]tftypes.Object{}
	for name, schema := range schemas.IdentitySchemas {
		if kind, ok := schema.ValueType().(tftypes.Object); ok {
			types[name] = kind
		}
	}
	return types
}

// attributesOf are those of an object, nil for one that is not there or cannot be read.
func attributesOf(encoded *tfprotov6.DynamicValue, kind tftypes.Type) map[string]tftypes.Value {
	if kind == nil {
		return nil
	}
	object, err := encoded.Unmarshal(kind)
	if err != nil || object.IsNull() || !object.IsKnown() {
		return nil
	}
	var found map[string]tftypes.Value
	if object.As(&found) != nil {
		return nil
	}
	return found
}
