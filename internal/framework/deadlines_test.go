// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// timed is a server that notes until when each call may take.
type timed struct {
	allServers
	ctx context.Context
}

func (s *timed) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	s.ctx = ctx
	return &tfprotov6.ReadResourceResponse{}, nil
}

func (s *timed) PlanResourceChange(ctx context.Context, _ *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	s.ctx = ctx
	return &tfprotov6.PlanResourceChangeResponse{}, nil
}

func (s *timed) ApplyResourceChange(ctx context.Context, _ *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	s.ctx = ctx
	return &tfprotov6.ApplyResourceChangeResponse{}, nil
}

func (s *timed) ImportResourceState(ctx context.Context, _ *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	s.ctx = ctx
	return &tfprotov6.ImportResourceStateResponse{}, nil
}

func (s *timed) ReadDataSource(ctx context.Context, _ *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	s.ctx = ctx
	return &tfprotov6.ReadDataSourceResponse{}, nil
}

func (s *timed) OpenEphemeralResource(ctx context.Context, _ *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	s.ctx = ctx
	return &tfprotov6.OpenEphemeralResourceResponse{}, nil
}

func (s *timed) PlanAction(ctx context.Context, _ *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	s.ctx = ctx
	return &tfprotov6.PlanActionResponse{}, nil
}

func (s *timed) ListResource(ctx context.Context, _ *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: func(push func(tfprotov6.ListResourceResult) bool) {
		if s.ctx = ctx; ctx.Err() == nil {
			push(tfprotov6.ListResourceResult{})
		}
	}}, nil
}

func (s *timed) InvokeAction(ctx context.Context, _ *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
		if s.ctx = ctx; ctx.Err() == nil {
			push(tfprotov6.InvokeActionEvent{})
		}
	}}, nil
}

// take takes what a stream has, and fails where its deadline has passed before.
func take(t *testing.T, of string, answer any) {
	t.Helper()
	taken := 1
	switch stream := answer.(type) {
	case *tfprotov6.ListResourceServerStream:
		taken = len(slices.Collect(stream.Results))
	case *tfprotov6.InvokeActionServerStream:
		taken = len(slices.Collect(stream.Events))
	}
	if taken != 1 {
		t.Errorf("%s: the deadline has passed before its results are taken", of)
	}
}

// TestWithDeadlines makes every kind of call that can ask Partner Center; the others answer out of the provider.
func TestWithDeadlines(t *testing.T) {
	longest := map[string]time.Duration{
		"ReadResource": longestCall, "PlanResourceChange": longestCall, "ImportResourceState": longestCall, "ReadDataSource": longestCall,
		"OpenEphemeralResource": longestCall, "PlanAction": longestCall, "ListResource": longestCall,
		"ApplyResourceChange": longestApply, "InvokeAction": longestApply,
	}
	asksNothing := []string{
		"CallFunction", "CloseEphemeralResource", "ConfigureProvider", "GenerateResourceConfig", "GetFunctions", "GetMetadata", "GetProviderSchema",
		"GetResourceIdentitySchemas", "MoveResourceState", "RenewEphemeralResource", "StopProvider", "UpgradeResourceIdentity", "UpgradeResourceState",
		"ValidateActionConfig", "ValidateDataResourceConfig", "ValidateEphemeralResourceConfig", "ValidateListResourceConfig",
		"ValidateProviderConfig", "ValidateResourceConfig",
		"ConfigureStateStore", "DeleteState", "GetStates", "LockState", "ReadStateBytes", "UnlockState", "ValidateStateStoreConfig", "WriteStateBytes", // the provider has no state store
	}
	inner := &timed{}
	server := reflect.ValueOf(WithDeadlines(inner))
	for method := range reflect.TypeFor[allServers]().Methods() {
		limit, has := longest[method.Name]
		if !has {
			if !slices.Contains(asksNothing, method.Name) {
				t.Errorf("%s has no deadline", method.Name)
			}
			continue
		}
		delete(longest, method.Name)
		inner.ctx = nil
		answer := server.MethodByName(method.Name).Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.New(method.Type.In(1).Elem())})
		take(t, method.Name, answer[0].Interface())
		deadline, bound := inner.ctx.Deadline()
		if left := time.Until(deadline); !bound || left <= 0 || left > limit || left < limit-time.Minute {
			t.Errorf("%s may take %s", method.Name, left)
		}
		if inner.ctx.Err() == nil {
			t.Errorf("%s leaves its timer behind", method.Name)
		}
	}
	if len(longest) > 0 {
		t.Errorf("these calls are gone: %v", longest)
	}
}
