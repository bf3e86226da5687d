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
	return func() tfprotov6.ProviderServer {
		whole := newProvider(version, commit, overrides) // one for each server: what Terraform has configured belongs to no other
		shortcuts := map[string]framework.Shortcut{TypeName + "_subscription": subscription.Shortcut{Configured: whole.configured.Load}}
		shorter := framework.WithShortcuts(framework.ReleaseContexts(providerserver.NewProtocol6(whole)()), shortcuts)
		checked := framework.WithStateIDs(shorter, TypeName+"_subscription", TypeName+"_license_quantity")
		return framework.WithShowableMessages(framework.WithDeadlines(checked))
	}
}
