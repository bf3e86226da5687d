// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscription"
)

// NewServer returns the constructor of what Terraform speaks to; version, commit and overrides are those of New.
func NewServer(version, commit string, overrides ...Override) func() tfprotov6.ProviderServer {
	serve := providerserver.NewProtocol6(New(version, commit, overrides...)())
	settled := map[string]framework.Settled{TypeName + "_subscription": subscription.Settled}
	return func() tfprotov6.ProviderServer {
		return framework.WithShowableMessages(framework.WithSettled(framework.WithLeases(serve()), settled))
	}
}
