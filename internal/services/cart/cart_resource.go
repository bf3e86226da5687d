// SPDX-License-Identifier: MPL-2.0

// Package cart is partnercenter_cart: the explicit first phase of a purchase, which commits to nothing.
package cart

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ resource.ResourceWithConfigure  = (*cartResource)(nil)
	_ resource.ResourceWithModifyPlan = (*cartResource)(nil)
)

// NewCartResource keeps a cart: the first phase of a purchase, which commits to nothing.
func NewCartResource() resource.Resource { return &cartResource{} }

type cartResource struct{ framework.Resource }

func (r *cartResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cart"
}

func (r *cartResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan cartModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	request, ok := r.toRequest(ctx, &plan, resp)
	if !ok {
		return
	}
	got, err := r.Client.CreateCart(ctx, plan.CustomerID.ValueString(), request)
	if err != nil {
		framework.Failed(&resp.Diagnostics, "create cart", fmt.Errorf("%w. A cart buys nothing: apply again", err))
		return
	}
	if len(got.LineItems) != len(plan.LineItems) {
		resp.Diagnostics.AddError("Cannot create cart", fmt.Sprintf("Partner Center made a cart of %d lines out of %d. A cart buys nothing: apply again, and if it stays so, ask Microsoft's support about cart %s (%s).", len(got.LineItems), len(plan.LineItems), got.ID, got.Trace()))
		return
	}
	for i, line := range got.LineItems {
		if line.Error != nil {
			framework.FailedAttribute(&resp.Diagnostics, path.Root("line_items").AtListIndex(i), "put this into the cart", purchase.RefusalOf(got, line))
		}
	}
	if resp.Diagnostics.HasError() {
		return // an unwanted cart expires by itself
	}
	plan.fromAPI(got)
	r.Claims.NoteCart(got.ID, purchase.CartContent(got))
	resp.Diagnostics.Append(framework.SetJSON(ctx, resp.Private, contentKey, purchase.CartContent(got))...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// contentKey is private state: what stands for the content of the cart as it was made. Whoever checks it out buys that, or nothing.
const contentKey = "content"

// noteContent compares what the cart holds with what it was made of, and lets nobody buy anything else.
func (r *cartResource) noteContent(ctx context.Context, got *partnercenter.Cart, req resource.ReadRequest, resp *resource.ReadResponse) {
	now := purchase.CartContent(got)
	encoded, diags := req.Private.GetKey(ctx, contentKey)
	resp.Diagnostics.Append(diags...)
	made := strings.Trim(string(encoded), `"`)
	if made == "" {
		resp.Diagnostics.Append(framework.SetJSON(ctx, resp.Private, contentKey, now)...)
		made = now
	}
	r.Claims.NoteCart(got.ID, made)
	if made != now && !got.Ordered() {
		resp.Diagnostics.AddWarning("Cart has been changed"+words.Subject(got.ID, ""), "It holds something else than it was made of: lines, quantities, resellers or prices. Nothing is bought from it; make it again with terraform apply -replace on this resource.")
	}
}

// toRequest looks up today's catalog items, and picks term and billing cycle where a line leaves them out.
func (r *cartResource) toRequest(ctx context.Context, plan *cartModel, resp *resource.CreateResponse) (partnercenter.CartRequest, bool) {
	var lines []partnercenter.CartLine
	for i := range plan.LineItems {
		line, at := &plan.LineItems[i], path.Root("line_items").AtListIndex(i)
		o, err := catalog.ReadOffer(ctx, r.Client.Availabilities, plan.CustomerID.ValueString(), line.ProductID.ValueString(), line.SkuID.ValueString())
		if framework.FailedOffer(&resp.Diagnostics, at, err) || refuseFamily(&resp.Diagnostics, at, o) {
			return partnercenter.CartRequest{}, false
		}
		chosen, err := o.Choose(line.TermDuration.ValueString(), line.BillingCycle.ValueString())
		if err != nil {
			framework.Wrong(&resp.Diagnostics, at, "Not sold that way", "%s", err)
			return partnercenter.CartRequest{}, false
		}
		item := line.toAPI(ctx, &resp.Diagnostics)
		if refusePromotion(&resp.Diagnostics, at, catalog.CheckPromotion(ctx, r.Client, plan.CustomerID.ValueString(), chosen, item)) {
			return partnercenter.CartRequest{}, false
		}
		item.ID = partnercenter.Int(i)
		item.CatalogItemID, item.TermDuration, item.BillingCycle = chosen.Availability.CatalogItemID, chosen.TermDuration, chosen.BillingCycle
		lines = append(lines, item)
	}
	return purchase.CartRequest(lines...), !resp.Diagnostics.HasError()
}

// Read keeps an ordered cart as it was: nothing about it changes any more. An expired one stays as well, so that it is never made anew
// by itself: the subscriptions bought with it name it.
func (r *cartResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state cartModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.Status.ValueString() == cartOrdered {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	got, err := r.Client.Cart(ctx, state.CustomerID.ValueString(), state.ID.ValueString())
	if partnercenter.IsNotFound(err) {
		if state.Status.ValueString() != cartExpired {
			resp.Diagnostics.AddWarning("Cart has expired"+words.Subject(state.ID.ValueString(), state.CustomerID.ValueString()), fmt.Sprintf("Cart %s is not at Partner Center any more. If subscriptions are still to be bought with it, make it again: "+
				"terraform apply -replace on this resource.", state.ID.ValueString()))
		}
		state.Status = types.StringValue(cartExpired)
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		return
	}
	if framework.Failed(&resp.Diagnostics, "read cart", err) {
		return
	}
	r.noteContent(ctx, got, req, resp)
	state.fromAPI(got)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update is called where a value was not known in the plan, and then changes nothing: Terraform leaves it out where the value is as it was, and
// refuses the new cart that another value needs.
func (r *cartResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var state, plan cartModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !sameCart(&state, &plan) {
		resp.Diagnostics.AddError("Cart cannot be changed", fmt.Sprintf("What was not known in the plan is not what cart %s was made of. Nothing was changed, and nothing bought. "+
			"Run plan again: it shows the difference, and makes another cart.", state.ID.ValueString()))
		return
	}
	resp.State.Raw = req.Plan.Raw
}

// Delete forgets the cart; Partner Center has no call for it, and lets it expire.
func (r *cartResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// ModifyPlan refuses to make an ordered cart anew, since its lines have been bought, and a cart with what cannot be managed, or with promotions that do not apply.
func (r *cartResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var lines types.List
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("line_items"), &lines)...)
	if lines.IsUnknown() || resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() {
		r.planLines(ctx, req, &resp.Diagnostics)
		return
	}
	var state, plan cartModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || state.Status.ValueString() != cartOrdered || sameCart(&state, &plan) {
		return
	}
	resp.Diagnostics.AddError("Cart was ordered", fmt.Sprintf("Cart %s was checked out, and what was bought with it is managed by its subscriptions: change those. "+
		"For a further purchase add another partnercenter_cart.", state.ID.ValueString()))
}
