// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ReleaseContexts is the provider's server without the memory that terraform-plugin-framework loses: for each call it keeps a function that
// cancels the call's context, and with it the context and all that it holds, loggers and the stream that the call came on among them.
// That is some ten kilobytes a call for as long as the process lives, a quarter of a gigabyte for a plan of 5,000 resources.
func ReleaseContexts(server tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return releasingServer{whole}
}

// releasingServer does it for the calls that come once for each object.
type releasingServer struct{ allServers }

func (s releasingServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return released(ctx, req, s.allServers.ValidateResourceConfig)
}

func (s releasingServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return released(ctx, req, s.allServers.UpgradeResourceState)
}

func (s releasingServer) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return released(ctx, req, s.allServers.UpgradeResourceIdentity)
}

func (s releasingServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return released(ctx, req, s.allServers.ReadResource)
}

func (s releasingServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return released(ctx, req, s.allServers.PlanResourceChange)
}

func (s releasingServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return released(ctx, req, s.allServers.ApplyResourceChange)
}

func (s releasingServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return released(ctx, req, s.allServers.ImportResourceState)
}

// released serves a call with a context that holds nothing any more when it has been served.
func released[Q, A any](ctx context.Context, req Q, serve func(context.Context, Q) (A, error)) (A, error) {
	l := &callContext{}
	l.held.Store(&ctx)
	defer l.held.Store(nil)
	return serve(l, req)
}

// callContext is another context until that is taken away, and then one that was canceled. What has been derived from it meanwhile and is still
// in use, such as a read that others wait for, loses no more than the other's values, which are for logging.
type callContext struct {
	held atomic.Pointer[context.Context]
}

func (l *callContext) context() context.Context {
	if held := l.held.Load(); held != nil {
		return *held
	}
	return ended
}

// Deadline is part of context.Context, like Done, Err and Value.
func (l *callContext) Deadline() (time.Time, bool) { return l.context().Deadline() }

// Done is closed with the other context.
func (l *callContext) Done() <-chan struct{} { return l.context().Done() }

// Err is why Done is closed.
func (l *callContext) Err() error { return l.context().Err() }

// Value is one of the other context.
func (l *callContext) Value(key any) any { return l.context().Value(key) }

var ended = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()
