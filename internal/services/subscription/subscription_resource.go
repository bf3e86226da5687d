// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ resource.ResourceWithConfigure      = (*subscriptionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*subscriptionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*subscriptionResource)(nil)
	_ resource.ResourceWithImportState    = (*subscriptionResource)(nil)
	_ resource.ResourceWithIdentity       = (*subscriptionResource)(nil)
)

// NewSubscriptionResource manages a subscription from purchase to cancellation.
func NewSubscriptionResource() resource.Resource { return &subscriptionResource{} }

type subscriptionResource struct{ framework.Resource }

func (r *subscriptionResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscription"
	resp.ResourceBehavior = identityBehaviour
}

// subscriptionResourceModel is the subscription, and how the provider is to treat it.
type subscriptionResourceModel struct {
	subscriptionModel

	PriceLimit          types.Object `tfsdk:"price_limit"`
	DeletionPolicy      types.String `tfsdk:"deletion_policy"`
	OnExisting          types.String `tfsdk:"on_existing"`
	AllowReplacement    types.Bool   `tfsdk:"allow_replacement"`
	WaitForActivation   types.Bool   `tfsdk:"wait_for_activation"`
	PromotionID         types.String `tfsdk:"promotion_id"`
	CustomTermEndDate   types.String `tfsdk:"custom_term_end_date"`
	ProvisioningContext types.Map    `tfsdk:"provisioning_context"`
	AttestationAccepted types.Bool   `tfsdk:"attestation_accepted"`
	RenewsTo            types.Object `tfsdk:"renews_to"`

	CartID              types.String   `tfsdk:"cart_id"`
	CartLineItem        types.Int64    `tfsdk:"cart_line_item"`
	OrderLineItemNumber types.Int64    `tfsdk:"order_line_item_number"`
	PurchasePrice       types.Object   `tfsdk:"purchase_price"`
	Timeouts            timeouts.Value `tfsdk:"timeouts"`
}

// Default timeouts. A purchase may wait for lists that lag by a quarter of an hour.
const (
	createTimeout = 30 * time.Minute
	updateTimeout = 20 * time.Minute
	deleteTimeout = 20 * time.Minute
	readTimeout   = 5 * time.Minute
)

func (r *subscriptionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config subscriptionResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	purchase := plan.toPurchase(ctx, r.Provider, &resp.Diagnostics)
	purchase.patience = timeout
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := purchase.buy(ctx)
	if framework.Failed(&resp.Diagnostics, "buy subscription", nothingBought(err)) {
		return
	}
	// From here on something has been paid for: it goes into the state whatever else happens, and nothing may be an error, because
	// Terraform taints what a failed create leaves behind and buys it again.
	state := plan
	state.fromReceipt(got)
	complete := false
	if got.Unknown != "" {
		resp.Diagnostics.AddWarning("Purchase not finished"+plan.whose(),
			framework.Sentence(got.Unknown)+" Nothing needs to be bought again: the state keeps what is known, and the next plan or apply looks for the rest.")
	} else {
		complete = r.afterPurchase(ctx, timeout, &config, &state, got, &resp.Diagnostics)
	}
	warnOfTwins(&resp.Diagnostics, plan.CustomerID.ValueString(), got)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, intentKey, purchase.intent().encode())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	differing, diags := framework.KeepPlanned(ctx, req.Plan, &resp.State)
	resp.Diagnostics.Append(diags...)
	if complete {
		warnAboutDifferences(&resp.Diagnostics, &plan, differing)
	}
}

// afterPurchase does what a cart cannot ask for, and says whether all of it was done. What fails here is done by the next apply.
func (r *subscriptionResource) afterPurchase(ctx context.Context, timeout time.Duration, config, state *subscriptionResourceModel, got *receipt, diags *diag.Diagnostics) (complete bool) {
	ctx, cancel := wait.Finishing(ctx, r.Client, timeout)
	defer cancel()
	want := config.toDesired(ctx, diags)
	updated, warnings := got.Subscription, []string(nil)
	err := want.FindAvailability(ctx, r.Client, config.CustomerID.ValueString())
	if err == nil {
		updated, warnings, err = change.Apply(ctx, changeDeps(r.Provider), config.CustomerID.ValueString(), updated, want)
	}
	if err == nil && config.WaitForActivation.ValueBool() {
		updated, err = waitForActivation(ctx, r.Client, config.CustomerID.ValueString(), updated)
	}
	state.fromAPI(updated)
	for _, warning := range warnings {
		diags.AddWarning("Check the renewal"+state.whose(), warning)
	}
	if err != nil {
		done := "bought"
		if got.Adopted {
			done = "taken over"
		}
		diags.AddWarning("Subscription "+done+", but not everything is as configured"+state.whose(),
			framework.Explain(err)+"\n\nThe subscription is in the state; the next apply does what is missing, for marketplace software once its publisher has activated it.")
	}
	return err == nil
}

func (r *subscriptionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state subscriptionResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer func() { resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...) }() // also of what is gone: Terraform insists
	timeout, diags := state.Timeouts.Read(ctx, readTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	if state.ID.IsNull() && !r.resolve(ctx, &state, req, resp) {
		return
	}
	got, gone, err := readOrMissing(ctx, r.Client, &state)
	if framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	switch {
	case gone:
		resp.Diagnostics.AddWarning("Subscription is gone"+state.whose(), fmt.Sprintf("Subscription %s (%q) is not among the customer's subscriptions any more, not even as an ended one. It has left the state, and the plan proposes to buy it anew: "+
			"remove the resource from the configuration if that is not wanted.", state.ID.ValueString(), state.FriendlyName.ValueString()))
		resp.State.RemoveResource(ctx)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, replacesKey, replacesID(""))...) // Terraform hands it to the purchase, which replaces nothing
		return
	case got == nil: // bought minutes ago and not visible yet
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		return
	}
	refuseUnmanageable(&resp.Diagnostics, got)
	r.Claims.Saw(state.CustomerID.ValueString(), got)
	whole, before := state, state.subscriptionModel
	state.refresh(got)
	if renewed(&before, &state.subscriptionModel, r.Client.ServiceTime()) {
		noteRenewal(ctx, &before, &state.subscriptionModel, req, resp)
	} else {
		r.attribute(ctx, &before, &state.subscriptionModel, &resp.Diagnostics)
	}
	warnIfEnded(&resp.Diagnostics, state.CustomerID.ValueString(), got)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, replacesKey, replacesID(got.ID))...)
	if !reflect.DeepEqual(whole, state) { // where nothing changed, as with most of a large estate, the response has the state already
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	}
}

func (r *subscriptionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var config, plan, before subscriptionResourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &before)...)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	want := config.toDesired(ctx, &resp.Diagnostics)
	onlyPlanned(&want, &before.subscriptionModel, &plan.subscriptionModel)
	suspended := before.Status.ValueString() == partnercenter.StatusSuspended
	if framework.Known(before.NextTerm) || suspended && !before.IsTrial.ValueBool() {
		want.ManageNext = true // what was managed and is configured no more is to go, also if it had to wait for that
	}
	if suspended && want.AutoRenew == nil && plan.AutoRenewEnabled.ValueBool() {
		want.AutoRenew = plan.AutoRenewEnabled.ValueBoolPointer() // suspending switched it off, and nobody asked for that
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	customerID := plan.CustomerID.ValueString()
	got, err := r.Client.Subscription(ctx, customerID, plan.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	if refuseStalePlan(&resp.Diagnostics, &before.subscriptionModel, &plan.subscriptionModel, got) {
		return
	}
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("scheduled_next_term_instructions"), "look up the next term", want.FindAvailability(ctx, r.Client, customerID)) {
		return
	}
	var warnings []string
	if change.Activated(got) { // before that nothing can be changed, and the plan has refused to
		got, warnings, err = change.Apply(ctx, changeDeps(r.Provider), customerID, got, want)
	}
	for _, warning := range warnings {
		resp.Diagnostics.AddWarning("Check the renewal"+words.Subject(got.FriendlyName, customerID), warning)
	}
	state := plan
	state.refresh(got) // also after an error: what was changed before it has been changed
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	if framework.Failed(&resp.Diagnostics, "update subscription", err) {
		return
	}
	differing, diags := framework.KeepPlanned(ctx, req.Plan, &resp.State)
	resp.Diagnostics.Append(diags...)
	warnAboutDifferences(&resp.Diagnostics, &plan, differing)
}

func (r *subscriptionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state subscriptionResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || refuseHalfKnown(&resp.Diagnostics, &state) {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	customerID, policy := state.CustomerID.ValueString(), deletionPolicy(&state)
	got, gone, err := readOrMissing(ctx, r.Client, &state)
	if gone || framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	if got == nil {
		resp.Diagnostics.AddError("Cannot destroy subscription yet", fmt.Sprintf("Subscription %s was bought a moment ago, and Partner Center does not show it yet. Nothing was changed; try again in some minutes.", state.ID.ValueString()))
		return
	}
	note, err := change.End(ctx, changeDeps(r.Provider), customerID, policy, got)
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("deletion_policy"), "destroy subscription", err) {
		return
	}
	if note != "" {
		resp.Diagnostics.AddWarning("Subscription is no longer managed"+words.Subject(got.FriendlyName, customerID), note)
	}
}

func (r *subscriptionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	framework.ImportPath(ctx, req, resp, "customer_id", "id") // terraform import ... <customer_id>/<id>
	// Partner Center does not know how the provider is to treat a subscription; without the defaults the first plan would not be empty.
	for name, otherwise := range treatment {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), otherwise)...)
	}
}

// treatment is how the provider treats a subscription where nothing else is configured.
var treatment = map[string]any{
	"deletion_policy": string(change.PolicyTurnOffAutoRenew), "on_existing": failOnExisting, "allow_replacement": false, "wait_for_activation": false,
}
