// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// longestCall is how long a call may take that has no timeouts block: whatever Partner Center answers, or does not answer, a run ends. It
// leaves time for estates that are read for half an hour at the service's limit of requests.
const longestCall = time.Hour

// WithDeadlines is the provider's server whose reads and plans end after longestCall. Those that have a timeouts block end by it before.
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

func bounded[Q, A any](ctx context.Context, req Q, serve func(context.Context, Q) (A, error)) (A, error) {
	ctx, cancel := context.WithTimeout(ctx, longestCall)
	defer cancel()
	return serve(ctx, req)
}
