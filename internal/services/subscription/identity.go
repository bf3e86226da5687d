// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// identityModel is what tells one subscription from all others.
type identityModel struct {
	CustomerID types.String `tfsdk:"customer_id"`
	ID         types.String `tfsdk:"id"`
}

// IdentitySchema is what Terraform 1.12 and newer keep beside the state, import by, and list with terraform query.
func (r *subscriptionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"customer_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Customer the subscription belongs to: its tenant id, which Partner Center shows as \"Microsoft ID\"."},
		"id":          identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the subscription, a GUID."},
	}}
}

// identityBehavior lets Read complete an identity. Terraform demands one of every create, and the id of a purchase whose outcome is not
// known is null until it is found; without this the framework would refuse the id as a change of identity.
var identityBehavior = resource.ResourceBehavior{MutableIdentity: true}

// identity is known as far as the state is.
func identityOf(m *subscriptionmodel.Model) identityModel {
	return identityModel{CustomerID: m.CustomerID, ID: m.ID}
}
