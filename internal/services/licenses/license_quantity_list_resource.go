// SPDX-License-Identifier: MPL-2.0

package licenses

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptiondata"
)

var _ list.ListResourceWithConfigure = (*licenseQuantityListResource)(nil)

// NewLicenseQuantityListResource finds the subscriptions whose number of licenses can be managed, for terraform query.
func NewLicenseQuantityListResource() list.ListResource { return &licenseQuantityListResource{} }

type licenseQuantityListResource struct{ framework.Resource }

func (r *licenseQuantityListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_license_quantity"
}

func (r *licenseQuantityListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Subscriptions of one, some or all customers that have licenses, legacy offers included, for `terraform query` (Terraform 1.14 and newer). " +
			"Azure and software are never listed, ended subscriptions only when `status` asks for them.\n\n" +
			"Terraform stops at 100 results where the `list` block has no `limit` of its own.",
		Attributes: subscriptiondata.ListFilters(),
	}
}

// List implements list.ListResource.
func (r *licenseQuantityListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	subscriptiondata.List(ctx, r.Client, req, stream, func(customerID string, s *partnercenter.Subscription) *list.ListResult {
		if family := s.Family(); family == partnercenter.FamilyAzure || family == partnercenter.FamilySoftware {
			return nil
		}
		result := req.NewListResult(ctx)
		identity := (&licenseQuantityModel{CustomerID: types.StringValue(customerID), SubscriptionID: types.StringValue(s.ID)}).identity()
		result.Diagnostics.Append(result.Identity.Set(ctx, identity)...)
		if req.IncludeResource {
			for name, value := range map[string]any{"customer_id": identity.CustomerID, "subscription_id": identity.SubscriptionID, "quantity": int64(s.Quantity)} {
				result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), value)...)
			}
		}
		return &result
	})
}
