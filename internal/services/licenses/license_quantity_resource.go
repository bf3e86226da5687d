// SPDX-License-Identifier: MPL-2.0

// Package licenses is partnercenter_license_quantity: the number of licenses of a subscription that something else owns.
package licenses

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ resource.ResourceWithConfigure   = (*licenseQuantityResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*licenseQuantityResource)(nil)
	_ resource.ResourceWithImportState = (*licenseQuantityResource)(nil)
	_ resource.ResourceWithIdentity    = (*licenseQuantityResource)(nil)
)

// NewLicenseQuantityResource manages the number of licenses of a subscription that something else owns.
func NewLicenseQuantityResource() resource.Resource { return &licenseQuantityResource{} }

type licenseQuantityResource struct{ framework.Resource }

type licenseQuantityModel struct {
	CustomerID     types.String   `tfsdk:"customer_id"`
	SubscriptionID types.String   `tfsdk:"subscription_id"`
	Quantity       types.Int64    `tfsdk:"quantity"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
}

func (r *licenseQuantityResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_license_quantity"
}

func (r *licenseQuantityResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Only the number of licenses of a subscription that something else owns: one bought in Partner Center or by another tool, a legacy offer, " +
			"or a `partnercenter_subscription` that ignores changes of its `quantity`. It buys no subscription and ends none; destroying it changes nothing at Partner Center.\n\n" +
			"More licenses **spend money** for the rest of the term; fewer are possible only where and while Partner Center takes licenses back.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{framework.GUID("a customer ID")},
				PlanModifiers:       []planmodifier.String{anotherID},
				MarkdownDescription: "Customer the subscription belongs to: its tenant ID, which Partner Center shows as \"Microsoft ID\".",
			},
			"subscription_id": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{framework.GUID("a subscription ID")},
				PlanModifiers:       []planmodifier.String{anotherID},
				MarkdownDescription: "Subscription whose licenses are managed, of any product family that has licenses.",
			},
			"quantity": schema.Int64Attribute{
				Required:   true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "Licenses, as an absolute number within the limits of the SKU. Nothing is sent when the subscription has them already. " +
					"What is scheduled for the renewal is put back after a change, because Partner Center drops it.",
			},
			"timeouts": timeouts.Attributes(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true,
				CreateDescription: "How long the first change is waited for until Partner Center shows it, and before it a subscription that was just bought; `20m` by default.",
				ReadDescription:   "How long reading the subscription may take; `5m` by default.",
				UpdateDescription: "How long a change is waited for until Partner Center shows it; `20m` by default.",
			}),
		},
	}
}

// licenseIdentityModel tells the licenses of one subscription from all others.
type licenseIdentityModel struct {
	CustomerID     types.String `tfsdk:"customer_id"`
	SubscriptionID types.String `tfsdk:"subscription_id"`
}

// IdentitySchema is what Terraform 1.12 and newer keep beside the state and import by.
func (r *licenseQuantityResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"customer_id":     identityschema.StringAttribute{RequiredForImport: true, Description: "Customer the subscription belongs to: its tenant ID, which Partner Center shows as \"Microsoft ID\"."},
		"subscription_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Subscription whose licenses are managed, a GUID."},
	}}
}

// identity is the same in whatever letters the configuration writes the ids.
func (m *licenseQuantityModel) identity() licenseIdentityModel {
	return licenseIdentityModel{types.StringValue(strings.ToLower(m.CustomerID.ValueString())), types.StringValue(strings.ToLower(m.SubscriptionID.ValueString()))}
}

// anotherID replaces the object for another id, but not for the same one in other letters: Partner Center shows some ids in capitals. One that
// is not known yet may turn out to be the same.
var anotherID = stringplanmodifier.RequiresReplaceIf(
	func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		resp.RequiresReplace = !req.PlanValue.IsUnknown() && !strings.EqualFold(req.StateValue.ValueString(), req.PlanValue.ValueString())
	}, "Another ID is another subscription.", "Another ID is another subscription.")

func (r *licenseQuantityResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.Applying()
	var plan licenseQuantityModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, framework.UpdateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	got, err := change.ReadNew(ctx, r.Client, plan.CustomerID.ValueString(), plan.SubscriptionID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	defer r.Claims.LockSubscription(got.ID)()
	if got, err = r.Client.Subscription(ctx, plan.CustomerID.ValueString(), got.ID); framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	r.apply(ctx, &plan, got, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(framework.NoteRead(ctx, resp.Private, false)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
		resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	}
}

func (r *licenseQuantityResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state licenseQuantityModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() { resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...) }() // also of what is gone: Terraform insists

	customerID, id := state.CustomerID.ValueString(), state.SubscriptionID.ValueString()
	resp.Diagnostics.Append(r.own(ctx, req.Private, resp.Private, id)...)
	got, err := change.ReadListed(ctx, r.Client, customerID, id, change.Facts{})
	switch {
	case framework.CustomerLeft(err) && !state.Quantity.IsNull(): // null: just imported, so that nothing is known to keep
		framework.WarnUnreadable(&resp.Diagnostics, customerID, id, state.whose(), err)
	case framework.Failed(&resp.Diagnostics, "read subscription", err):
	case got == nil:
		resp.Diagnostics.AddWarning("Subscription is gone"+state.whose(), fmt.Sprintf("Subscription %s is not among the customer's subscriptions any more, not even as an ended one. "+
			"Its number of licenses has left the state: remove the resource from the configuration.", state.SubscriptionID.ValueString()))
		resp.State.RemoveResource(ctx)
	default:
		r.Claims.RecordSeen(customerID, got)
		framework.WarnIfEnded(&resp.Diagnostics, customerID, got)
		r.reportMoves(ctx, &state, got, req, resp)
		state.Quantity = types.Int64Value(int64(got.Quantity))
		resp.Diagnostics.Append(framework.SetJSON(ctx, resp.Private, basisKey, change.PriceBasis(got))...)
		resp.Diagnostics.Append(framework.NoteRead(ctx, resp.Private, true)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	}
}

// reportMoves says which licenses went to another subscription by an upgrade since the state was written.
func (r *licenseQuantityResource) reportMoves(ctx context.Context, state *licenseQuantityModel, got *partnercenter.Subscription, req resource.ReadRequest, resp *resource.ReadResponse) {
	customerID := state.CustomerID.ValueString()
	moved, diags := r.NoteLicenses(ctx, req.Private, resp.Private, customerID, state.Quantity, got, time.Time{})
	resp.Diagnostics.Append(diags...)
	if len(moved) > 0 {
		resp.Diagnostics.AddWarning("Changed outside of this configuration"+state.whose(), fmt.Sprintf("Subscription %s: quantity %d -> %d.%s", got.ID, state.Quantity.ValueInt64(), got.Quantity, framework.SayMoves(customerID, moved)))
	}
}

func (r *licenseQuantityResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.Applying()
	var plan, before licenseQuantityModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &before)...)
	timeout, diags := plan.Timeouts.Update(ctx, framework.UpdateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	if !before.isOf(&plan) {
		resp.Diagnostics.AddError("Another subscription", fmt.Sprintf("The plan was made for subscription %s of customer %s, and the ids turned out to be %s and %s. Nothing was changed. Run plan again: it shows what becomes of both.",
			before.SubscriptionID.ValueString(), before.CustomerID.ValueString(), plan.SubscriptionID.ValueString(), plan.CustomerID.ValueString()))
		return
	}
	defer r.Claims.LockSubscription(plan.SubscriptionID.ValueString())()
	if !plan.Quantity.Equal(before.Quantity) {
		got, err := r.Client.Subscription(ctx, plan.CustomerID.ValueString(), plan.SubscriptionID.ValueString())
		if framework.Failed(&resp.Diagnostics, "read subscription", err) || refuseStale(ctx, req.Private, before.Quantity, plan.Quantity, got, &resp.Diagnostics) {
			return
		}
		r.apply(ctx, &plan, got, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.NoteRead(ctx, resp.Private, false)...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

// apply brings the subscription to the planned quantity; afterwards the model holds the one that Partner Center shows.
func (r *licenseQuantityResource) apply(ctx context.Context, plan *licenseQuantityModel, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	updated, err := change.SetQuantity(ctx, r.Buyer(), plan.CustomerID.ValueString(), got, plan.Quantity.ValueInt64(), nil)
	plan.Quantity = types.Int64Value(int64(updated.Quantity))
	framework.FailedAttribute(diags, path.Root("quantity"), "change the number of licenses", advised(err, got))
}

// advised gives the refusal to take licenses back a way out that this resource has: the renewal is not among its attributes.
func advised(err error, got *partnercenter.Subscription) error {
	if _, has := errors.AsType[*partnercenter.AdvisedError](err); has || !change.RefusesDecrease(err) {
		return err
	}
	return &partnercenter.AdvisedError{Err: err, Advice: fmt.Sprintf("Partner Center takes licenses back only within a few days of their purchase. Set quantity = %d, which it has, and schedule fewer for the renewal: "+
		"in the partnercenter_subscription that manages this subscription (scheduled_next_term_instructions), or in Partner Center.", got.Quantity)}
}

// basisKey is private state: what the price of more licenses depended on when the subscription was read. Terraform plans again while it
// applies, so a plan cannot keep it.
const basisKey = "basis"

// refuseStale stops a change of a number that is neither what the plan started from nor what it leads to, and a purchase whose price depends
// on anything else that has changed since.
func refuseStale(ctx context.Context, private framework.PrivateState, was, will types.Int64, got *partnercenter.Subscription, diags *diag.Diagnostics) bool {
	is := types.Int64Value(int64(got.Quantity))
	if is.Equal(will) {
		return false
	}
	if !is.Equal(was) {
		framework.AddStale(diags, change.Quantity, was, is, will)
		return true
	}
	var basis map[string]string
	encoded, _ := private.GetKey(ctx, basisKey)
	if json.Unmarshal(encoded, &basis) != nil || will.ValueInt64() < is.ValueInt64() {
		return false // fewer cost nothing
	}
	delete(basis, change.Quantity) // the state has it
	now := change.PriceBasis(got)
	for _, name := range slices.Sorted(maps.Keys(basis)) {
		if basis[name] != now[name] {
			before := types.StringValue(basis[name])
			framework.AddStale(diags, name, before, types.StringValue(now[name]), before)
			return true
		}
	}
	return false
}

// own takes the licenses of a subscription for this object of the state, and refuses what another address manages as well.
func (r *licenseQuantityResource) own(ctx context.Context, private framework.PrivateState, keep framework.PrivateWriter, id string) diag.Diagnostics {
	token := framework.OwnerIn(ctx, private)
	diags := keep.SetKey(ctx, framework.OwnerKey, framework.QuotedID(token))
	if !r.Owners.Own(spending.OnlyLicenses, id, token) {
		diags.AddError("Licenses managed twice", fmt.Sprintf("Another partnercenter_license_quantity manages the licenses of subscription %s as well: the two would set them back and forth. %s"+
			"If there are two blocks, remove one of them, and forget it with a removed block (lifecycle { destroy = false }) or terraform state rm.", id, words.SameAgain("partnercenter_license_quantity")))
	}
	return diags
}

func (r *licenseQuantityResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	r.Applying()
	var state licenseQuantityModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.warnOfForgetting(ctx, &state, &resp.Diagnostics)
}

// whose has the id where a subscription has its nickname, which is not kept here.
func (m *licenseQuantityModel) whose() string {
	return words.Subject(m.SubscriptionID.ValueString(), m.CustomerID.ValueString())
}

// warnOfForgetting says what goes on without this resource, as Partner Center has it now: Terraform may plan to destroy before it reads.
func (r *licenseQuantityResource) warnOfForgetting(ctx context.Context, state *licenseQuantityModel, diags *diag.Diagnostics) {
	ctx, cancel := r.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	got, err := change.ReadListed(ctx, r.Client, state.CustomerID.ValueString(), state.SubscriptionID.ValueString(), change.Facts{})
	goesOn := "goes on as it is set there"
	switch {
	case err != nil: // what cannot be read is forgotten all the same
	case got == nil || got.Ended():
		return
	default:
		state.Quantity = types.Int64Value(int64(got.Quantity))
		goesOn = change.FactsOf(got).GoesOn()
	}
	diags.AddWarning("Licenses stay as they are"+state.whose(), fmt.Sprintf("Destroying partnercenter_license_quantity changes nothing at Partner Center: subscription %s keeps its %s. It %s.",
		state.SubscriptionID.ValueString(), words.Count(state.Quantity.ValueInt64(), "license"), goesOn))
}

func (r *licenseQuantityResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	framework.ImportPath(ctx, req, resp, "customer_id", "subscription_id") // terraform import ... <customer_id>/<subscription_id>
}
