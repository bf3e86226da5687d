// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Unchanged says of one object whether planning it would change nothing, so that it need not be planned. The configuration leaves all values
// as they are in the state; what is left to look at are the resource's own defaults and whatever it plans beyond its attributes.
type Unchanged func(config, state map[string]tftypes.Value, private map[string][]byte) bool

// SkipUnchanged is the provider's server with a shorter way for objects that a plan does not change, which is most of a large estate: planning
// looks up each of an object's attributes among all of them many times over, which takes longer than everything else the provider does.
// Resources that are not named, and objects that may change, are planned as always.
func SkipUnchanged(server tfprotov6.ProviderServer, resources map[string]Unchanged) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return &unchangedServer{allServers: whole, resources: resources}
}

// allServers is everything that the framework serves.
type allServers interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

type unchangedServer struct {
	allServers
	resources map[string]Unchanged

	once  sync.Once
	types map[string]tftypes.Type
}

// PlanResourceChange answers by itself where nothing changes.
func (s *unchangedServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if !s.unchanged(ctx, req) {
		return s.allServers.PlanResourceChange(ctx, req)
	}
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
}

// unchanged compares encoded values: Terraform encodes equal ones alike, and a difference costs no more than the longer way.
func (s *unchangedServer) unchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) bool {
	unchanged := s.resources[req.TypeName]
	if unchanged == nil || req.PriorState == nil || req.ProposedNewState == nil || req.Config == nil ||
		len(req.PriorState.MsgPack) == 0 || !bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return false
	}
	var private map[string][]byte // as the framework encodes it
	if len(req.PriorPrivate) > 0 && json.Unmarshal(req.PriorPrivate, &private) != nil {
		return false
	}
	s.once.Do(func() { s.types = resourceTypes(ctx, s.allServers, slices.Collect(maps.Keys(s.resources))) })
	kind := s.types[req.TypeName]
	config, state := attributesOf(req.Config, kind), attributesOf(req.PriorState, kind)
	return config != nil && state != nil && unchanged(config, state, private)
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
