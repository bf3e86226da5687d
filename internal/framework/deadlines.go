// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// longestCall is how long a call may take that waits for no purchase: whatever Partner Center answers, or does not answer, a run ends. It
// leaves time for estates that are read for half an hour at the service's limit of requests.
//
// Calls that apply may have to wait for a person's review, so what they may take is what their timeouts block says, and longestApply at most.
const (
	longestCall  = time.Hour
	longestApply = 7 * 24 * time.Hour
)

// WithDeadlines is the provider's server whose every call that asks Partner Center ends. Those that have a timeouts block end by it before.
func WithDeadlines(server tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return deadlineServer{whole}
}

type deadlineServer struct{ allServers }

// ReadDataSource has no timeouts block, like the calls below.
func (s deadlineServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return bounded(ctx, req, s.allServers.ReadDataSource)
}

func (s deadlineServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return bounded(ctx, req, s.allServers.PlanResourceChange)
}

func (s deadlineServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return bounded(ctx, req, s.allServers.ImportResourceState)
}

func (s deadlineServer) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return bounded(ctx, req, s.allServers.OpenEphemeralResource)
}

func (s deadlineServer) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return bounded(ctx, req, s.allServers.PlanAction)
}

// ReadResource has a read timeout in the timeouts block of some types only.
func (s deadlineServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return bounded(ctx, req, s.allServers.ReadResource)
}

func (s deadlineServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, longestApply)
	defer cancel()
	return s.allServers.ApplyResourceChange(ctx, req)
}

// ListResource asks while its results are taken, so its deadline is lifted when the last one is.
func (s deadlineServer) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	stream, err := s.allServers.ListResource(ctx, req)
	if err != nil || stream == nil || stream.Results == nil {
		cancel()
		return stream, err
	}
	stream.Results = thenCancel(stream.Results, cancel)
	return stream, nil
}

// InvokeAction asks while its events are taken.
func (s deadlineServer) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	ctx, cancel := context.WithTimeout(ctx, longestApply)
	stream, err := s.allServers.InvokeAction(ctx, req)
	if err != nil || stream == nil || stream.Events == nil {
		cancel()
		return stream, err
	}
	stream.Events = thenCancel(stream.Events, cancel)
	return stream, nil
}

func thenCancel[T any](all iter.Seq[T], cancel context.CancelFunc) iter.Seq[T] {
	return func(push func(T) bool) {
		defer cancel()
		all(push)
	}
}

func bounded[Q, A any](ctx context.Context, req Q, serve func(context.Context, Q) (A, error)) (A, error) {
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	defer cancel()
	return serve(ctx, req)
}
