// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

type luggageKey struct{}

type luggage [1 << 10]byte

// What a call's context holds can be collected once the call has been served, whatever the framework keeps.
func TestReleaseContexts_letsGo(t *testing.T) {
	t.Parallel()
	server := provider.NewServer("test", "")()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	name := provider.TypeName + "_license_quantity"
	kind := schemas.ResourceSchemas[name].ValueType()
	nothing, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]func(ctx context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: name, Config: &nothing})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: name, RawState: &tfprotov6.RawState{JSON: []byte("{}")}})
			return err
		},
		"upgrade identity": func(ctx context.Context) error {
			_, err := server.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: name, RawIdentity: &tfprotov6.RawState{JSON: []byte("{}")}})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: name, CurrentState: &nothing})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: &nothing, ProposedNewState: &nothing, Config: &nothing})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: name, PriorState: &nothing, PlannedState: &nothing, Config: &nothing})
			return err
		},
		"import": func(ctx context.Context) error {
			_, err := server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: "a/b"})
			return err
		},
	}
	for what, call := range calls {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			var all []weak.Pointer[luggage]
			for range 20 {
				all = append(all, carry(t, call))
			}
			for range 3 { // what lies in a pool goes with the second collection
				runtime.GC()
			}
			kept := 0
			for _, one := range all {
				if one.Value() != nil {
					kept++
				}
			}
			if kept > len(all)/2 { // who keeps one keeps all; some may lie about on the stacks of tests that run at the same time
				t.Errorf("%d of %d contexts are kept", kept, len(all))
			}
		})
	}
}

// carry makes a call whose context holds something.
func carry(t *testing.T, call func(ctx context.Context) error) weak.Pointer[luggage] {
	t.Helper()
	heavy := new(luggage)
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), luggageKey{}, heavy))
	defer cancel()
	if err := call(ctx); err != nil {
		t.Fatal(err)
	}
	return weak.Make(heavy)
}

// lender remembers the context of a call.
type lender struct {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer

	ctx, derived context.Context
	during       func()
}

func (l *lender) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	l.ctx = ctx
	l.derived = context.WithoutCancel(ctx)
	l.during()
	return nil, errors.ErrUnsupported
}

func TestReleaseContexts_context(t *testing.T) {
	t.Parallel()
	heavy := new(luggage)
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), luggageKey{}, heavy))
	defer cancel()
	l := &lender{}
	l.during = func() {
		if l.ctx.Value(luggageKey{}) != heavy || l.derived.Value(luggageKey{}) != heavy || l.ctx.Err() != nil {
			t.Error("a context has lost what it is during its call")
		}
		child, stop := context.WithCancel(l.ctx)
		defer stop()
		cancel()
		<-child.Done()
		if err := l.ctx.Err(); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled, and the error is %v", err)
		}
	}
	if _, err := framework.ReleaseContexts(l).ReadResource(ctx, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if l.ctx.Value(luggageKey{}) != nil || l.derived.Value(luggageKey{}) != nil || !errors.Is(l.ctx.Err(), context.Canceled) || l.derived.Err() != nil {
		t.Error("after the call a context still holds something, or what outlives calls has ended")
	}
	<-l.ctx.Done()
}
