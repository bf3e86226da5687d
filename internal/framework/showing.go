// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"iter"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// WithShowableMessages is the provider's server whose diagnostics and progress go through escape.Message: whatever a message was made of,
// nothing in it acts on a terminal or on the runner of a pipeline. Texts of the service have been through escape.Value before, so that they
// begin no lines; this is the last look at all messages, those of libraries among them.
func WithShowableMessages(server tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	whole, ok := server.(allServers)
	if !ok {
		return server
	}
	return showingServer{whole}
}

type showingServer struct{ allServers }

func (s showingServer) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateProviderConfig)
}

func (s showingServer) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return showable(ctx, req, s.allServers.ConfigureProvider)
}

func (s showingServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateResourceConfig)
}

func (s showingServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return showable(ctx, req, s.allServers.UpgradeResourceState)
}

func (s showingServer) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return showable(ctx, req, s.allServers.UpgradeResourceIdentity)
}

func (s showingServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return showable(ctx, req, s.allServers.ReadResource)
}

func (s showingServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return showable(ctx, req, s.allServers.PlanResourceChange)
}

func (s showingServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return showable(ctx, req, s.allServers.ApplyResourceChange)
}

func (s showingServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return showable(ctx, req, s.allServers.ImportResourceState)
}

func (s showingServer) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return showable(ctx, req, s.allServers.MoveResourceState)
}

func (s showingServer) GenerateResourceConfig(ctx context.Context, req *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return showable(ctx, req, s.allServers.GenerateResourceConfig)
}

func (s showingServer) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateDataResourceConfig)
}

func (s showingServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return showable(ctx, req, s.allServers.ReadDataSource)
}

func (s showingServer) ValidateEphemeralResourceConfig(ctx context.Context, req *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateEphemeralResourceConfig)
}

func (s showingServer) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return showable(ctx, req, s.allServers.OpenEphemeralResource)
}

func (s showingServer) RenewEphemeralResource(ctx context.Context, req *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return showable(ctx, req, s.allServers.RenewEphemeralResource)
}

func (s showingServer) CloseEphemeralResource(ctx context.Context, req *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return showable(ctx, req, s.allServers.CloseEphemeralResource)
}

func (s showingServer) ValidateListResourceConfig(ctx context.Context, req *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateListResourceConfig)
}

func (s showingServer) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return showable(ctx, req, s.allServers.ValidateActionConfig)
}

func (s showingServer) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return showable(ctx, req, s.allServers.PlanAction)
}

// CallFunction has a text where others have diagnostics.
func (s showingServer) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	resp, err := s.allServers.CallFunction(ctx, req)
	if resp != nil && resp.Error != nil {
		resp.Error.Text = escape.Message(resp.Error.Text)
	}
	return resp, err
}

// ListResource has diagnostics and a name in each of its results.
func (s showingServer) ListResource(ctx context.Context, req *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	stream, err := s.allServers.ListResource(ctx, req)
	if stream != nil && stream.Results != nil {
		stream.Results = each(stream.Results, func(result *tfprotov6.ListResourceResult) {
			result.DisplayName = escape.Value(result.DisplayName)
			makeShowable(result.Diagnostics)
		})
	}
	return stream, err
}

// InvokeAction tells how far it is, and has diagnostics at its end.
func (s showingServer) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	stream, err := s.allServers.InvokeAction(ctx, req)
	if stream != nil && stream.Events != nil {
		stream.Events = each(stream.Events, func(event *tfprotov6.InvokeActionEvent) {
			switch of := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				of.Message = escape.Message(of.Message)
				event.Type = of
			case tfprotov6.CompletedInvokeActionEventType:
				makeShowable(of.Diagnostics)
			}
		})
	}
	return stream, err
}

func each[T any](all iter.Seq[T], change func(*T)) iter.Seq[T] {
	return func(push func(T) bool) {
		for one := range all {
			change(&one)
			if !push(one) {
				return
			}
		}
	}
}

// showable serves a call whose answer has diagnostics.
func showable[Q, A any](ctx context.Context, req Q, serve func(context.Context, Q) (*A, error)) (*A, error) {
	resp, err := serve(ctx, req)
	if resp != nil {
		if diagnostics, ok := reflect.TypeAssert[[]*tfprotov6.Diagnostic](reflect.ValueOf(resp).Elem().FieldByName("Diagnostics")); ok {
			makeShowable(diagnostics)
		}
	}
	return resp, err
}

func makeShowable(diagnostics []*tfprotov6.Diagnostic) {
	for _, d := range diagnostics {
		d.Summary, d.Detail = escape.Value(d.Summary), escape.Message(d.Detail)
	}
}
