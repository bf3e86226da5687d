// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptiondata"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

var _ list.ListResourceWithConfigure = (*subscriptionListResource)(nil)

// NewSubscriptionListResource finds the subscriptions that can be brought under control, for terraform query.
func NewSubscriptionListResource() list.ListResource { return &subscriptionListResource{} }

type subscriptionListResource struct{ framework.Resource }

func (r *subscriptionListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscription"
}

func (r *subscriptionListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Subscriptions of one, some or all customers that `partnercenter_subscription` can manage, for `terraform query` (Terraform 1.14 and newer). " +
			"Legacy offers, Azure and software are never listed, ended subscriptions only when `status` asks for them.\n\n" +
			"Terraform stops at 100 results where the `list` block has no `limit` of its own.",
		Attributes: subscriptiondata.ListFilters(),
	}
}

// List implements list.ListResource.
func (r *subscriptionListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	subscriptiondata.List(ctx, r.Client, req, stream, func(customerID string, s *partnercenter.Subscription) *list.ListResult {
		if change.Unmanageable(s) != "" {
			return nil
		}
		result := req.NewListResult(ctx)
		result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{CustomerID: types.StringValue(customerID), ID: types.StringValue(s.ID)})...)
		if req.IncludeResource {
			result.Diagnostics.Append(fillListed(ctx, result.Resource, customerID, s)...)
		}
		return &result
	})
}

// fillListed makes the object that importing and reading the subscription would make, so that configuration generated from it plans
// clean.
func fillListed(ctx context.Context, object *tfsdk.Resource, customerID string, s *partnercenter.Subscription) diag.Diagnostics {
	diags := object.SetAttribute(ctx, path.Root("customer_id"), customerID)
	var model subscriptionmodel.Model
	diags.Append(object.Get(ctx, &model)...)
	if diags.HasError() {
		return diags
	}
	model.Refresh(s)
	return append(diags, object.Set(ctx, &model)...)
}
