// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
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
		Attributes: listFilters(),
	}
}

// List reads every customer before the first result, so that the order is the same in every run.
func (r *subscriptionListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config filterModel
	diags := req.Config.Get(ctx, &config)
	var found []holding
	if !diags.HasError() {
		found = config.find(ctx, r.Client, &diags)
	}
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) || diags.HasError() {
			return
		}
		left := req.Limit
		for i := range found {
			h := &found[i]
			h.companyName = cmp.Or(h.companyName, r.companyName(ctx, h))
			for j := range h.subscriptions {
				s := &h.subscriptions[j]
				if unmanageable(s) != "" || s.Ended() && config.Status.IsNull() {
					continue
				}
				if !push(listResult(ctx, req, h, s)) {
					return
				}
				if left--; left == 0 { // a limit of 0 is none
					return
				}
			}
		}
	}
}

// companyName is the name of a customer that was named by its id, where it has something to show; without one its id has to do.
func (r *subscriptionListResource) companyName(ctx context.Context, h *holding) string {
	if len(h.subscriptions) == 0 {
		return ""
	}
	customer, err := r.Client.Customer(ctx, h.customerID)
	if err != nil {
		return h.customerID
	}
	return customer.CompanyProfile.CompanyName
}

func listResult(ctx context.Context, req list.ListRequest, h *holding, s *partnercenter.Subscription) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = displayName(h, s)
	result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{CustomerID: types.StringValue(h.customerID), ID: types.StringValue(s.ID)})...)
	if req.IncludeResource {
		result.Diagnostics.Append(fillListed(ctx, result.Resource, h.customerID, s)...)
	}
	return result
}

func displayName(h *holding, s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s: %s (%s, %s)", h.companyName, cmp.Or(s.FriendlyName, s.OfferName, s.ID), counted(int64(s.Quantity), "licence"), strings.ToLower(s.Status))
}

// fillListed makes the object that importing and reading the subscription would make, so that configuration generated from it plans
// clean.
func fillListed(ctx context.Context, object *tfsdk.Resource, customerID string, s *partnercenter.Subscription) diag.Diagnostics {
	diags := object.SetAttribute(ctx, path.Root("customer_id"), customerID)
	for name, value := range treatment {
		diags.Append(object.SetAttribute(ctx, path.Root(name), value)...)
	}
	var model subscriptionResourceModel
	diags.Append(object.Get(ctx, &model)...)
	if diags.HasError() {
		return diags
	}
	model.refresh(s)
	return append(diags, object.Set(ctx, &model)...)
}
