// SPDX-License-Identifier: MPL-2.0

// Command sameschema offers what the provider offers and looks at none of it: every object stays as the state or the plan has it. What make
// bench measures with it is the time that Terraform takes by itself for objects of this size.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

func main() {
	if err := provider.LogWhatIsRead(); err != nil {
		log.Fatal(err)
	}
	provider.CollectLater()
	whole := providerserver.NewProtocol6(provider.New("bench", "")())
	if err := tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer { return idle{whole()} }); err != nil {
		log.Fatal(err)
	}
}

type idle struct{ tfprotov6.ProviderServer }

func (idle) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (idle) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity}, nil
}

func (idle) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity}, nil
}

func (idle) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PlannedState, Private: req.PlannedPrivate, NewIdentity: req.PlannedIdentity}, nil
}
