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
	unchanged := map[string]framework.Unchanged{TypeName + "_subscription": subscription.Unchanged}
	return func() tfprotov6.ProviderServer {
		checked := framework.WithStateIDs(framework.ReleaseContexts(serve()), TypeName+"_subscription", TypeName+"_license_quantity")
		return framework.WithShowableMessages(framework.WithDeadlines(framework.SkipUnchanged(checked, unchanged)))
	}
}
