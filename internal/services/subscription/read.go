// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

func (r *subscriptionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state subscriptionmodel.Model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer func() { resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(&state))...) }() // also of what is gone: Terraform insists
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	kept, _ := keptIn(ctx, req.Private)
	if state.ID.IsNull() && !r.recoverPurchase(ctx, &state, &kept, req, resp) {
		return
	}
	got, gone, err := r.readOrMissing(ctx, kept, &state)
	switch {
	case framework.CustomerLeft(err) && !state.ProductID.IsNull(): // null: just imported, so that nothing is known to keep
		framework.WarnUnreadable(&resp.Diagnostics, state.CustomerID.ValueString(), state.ID.ValueString(), state.Subject(), err)
	case framework.Failed(&resp.Diagnostics, "read subscription", err):
	case gone && kept.hasLapsed(r.Client.EarliestTime()):
		r.keepLapsed(ctx, &state, kept, resp)
	case gone:
		resp.Diagnostics.AddWarning("Subscription is gone"+state.Subject(), fmt.Sprintf("Subscription %s is not among the customer's subscriptions any more, not even as an ended one. It has left the state. "+
			"Remove its block if it is still there: the plan would buy it.", state.ID.ValueString()))
		r.Claims.GivenUp(state.ID.ValueString()) // nothing is left to give up
		resp.State.RemoveResource(ctx)
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, replacesKey, framework.QuotedID(""))...) // Terraform hands it to the purchase, which replaces nothing
	case got == nil: // bought minutes ago and not visible yet
		resp.Diagnostics.Append(kept.keepIn(ctx, resp.Private)...)
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	default:
		r.readInto(ctx, &state, got, req, resp)
	}
}

// readInto brings the state up to date, and says what has become another outside of this configuration.
func (r *subscriptionResource) readInto(ctx context.Context, state *subscriptionmodel.Model, got *partnercenter.Subscription, req resource.ReadRequest, resp *resource.ReadResponse) {
	diags := &resp.Diagnostics
	if refuseUnmanageable(diags, got) {
		return
	}
	before := *state
	state.Refresh(got)
	switch {
	case got.Ended(): // it was what it was
	case hasRenewed(&before, state, r.Client.ServiceTime()):
		state.Commitment = types.ObjectNull(subscriptionmodel.CommitmentTypes) // nobody knows what the new term costs
	default:
		state.Commitment = subscriptionmodel.Found(ctx, &before, state, diags)
	}
	r.keepRead(ctx, &before, state, got, req.Private, resp.Private, diags)
	if !reflect.DeepEqual(before, *state) { // where nothing changed, as with most of a large estate, the response has the state already
		diags.Append(resp.State.Set(ctx, state)...)
	}
}

// keepRead keeps what was read beside the state, and says what there is to say about it.
func (r *subscriptionResource) keepRead(ctx context.Context, before, state *subscriptionmodel.Model, got *partnercenter.Subscription, private framework.PrivateState, keep framework.PrivateWriter, diags *diag.Diagnostics) {
	r.Claims.RecordSeen(state.CustomerID.ValueString(), got)
	renewed := hasRenewed(before, state, r.Client.ServiceTime())
	moves := r.noteLicenses(ctx, before, got, renewed, private, keep, diags)
	token := r.own(ctx, private, state, diags)
	diags.Append(keep.SetKey(ctx, framework.OwnerKey, framework.QuotedID(token))...)
	diags.Append(framework.NoteRead(ctx, keep, true)...)
	was, _ := keptIn(ctx, private)
	if !noteBecoming(ctx, before, state, private, keep, r.Client.ServiceTime(), diags) && !renewed {
		r.reportDrift(ctx, before, state, moves, diags)
	}
	warnOfExtension(ctx, before, state, got, diags)
	warnOfNoCancel(before, state, got, diags)
	kept := factsOf(got, state)
	kept.CartID, kept.Lapsed = was.CartID, got.Ended() && was.hasLapsed(r.Client.EarliestTime())
	warnOfEnd(state, kept, got, diags)
	diags.Append(keep.SetKey(ctx, replacesKey, framework.QuotedID(got.ID))...)
	diags.Append(kept.keepIn(ctx, keep)...)
}

// warnOfNoCancel says once that somebody has switched the renewal off, or has taken a cancellation back, and that it does not end for that.
func warnOfNoCancel(before, state *subscriptionmodel.Model, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	facts := change.FactsOf(got)
	off := framework.Known(before.AutoRenewEnabled) && state.AutoRenewEnabled.IsNull()
	if off && facts.GoesOnAfterTerm() && !facts.ExtensionScheduled() && !facts.Suspended() && !facts.Ended() {
		diags.AddWarning("Check the renewal"+state.Subject(), change.NoCancelScheduled+" Where auto_renew_enabled or end_of_term is configured, the plan makes it so again.")
	}
}

// noteLicenses keeps why there are fewer licenses, and returns which of them went to other subscriptions.
func (r *subscriptionResource) noteLicenses(ctx context.Context, before *subscriptionmodel.Model, got *partnercenter.Subscription, renewed bool, private framework.PrivateState, keep framework.PrivateWriter, diags *diag.Diagnostics) []change.Move {
	var since time.Time
	if renewed && !got.Ended() {
		since = termEnd(before)
	}
	moves, problems := r.NoteLicenses(ctx, private, keep, before.CustomerID.ValueString(), before.Quantity, got, since)
	diags.Append(problems...)
	return moves
}

// recoverPurchase looks for the subscription of a purchase whose outcome was not known when it was saved. It is false when the answer has
// been written already: nothing new, or the purchase certainly never happened.
func (r *subscriptionResource) recoverPurchase(ctx context.Context, state *subscriptionmodel.Model, kept *keptFacts, req resource.ReadRequest, resp *resource.ReadResponse) bool {
	likeness := state.Likeness()
	unfinished, ok := unfinishedIn(ctx, req.Private, *kept, state, &resp.Diagnostics)
	if !ok {
		return false
	}
	got, err := r.Buyer().Recover(ctx, unfinished)
	switch {
	case err != nil:
		r.Owners.NoteUnfinished(likeness.Alike())
		resp.Diagnostics.AddWarning("Purchase not finished"+state.Subject(), fmt.Sprintf("The outcome of this purchase could not be looked up. %s\n\nPlan again later; nothing is bought in the meantime.", framework.Explain(err)))
	case got.State == purchase.Bought:
		state.ID = types.StringValue(got.SubscriptionID)
		kept.OrderID, kept.OrderLine, kept.Created = got.OrderID, got.OrderLine, r.Client.LatestTime() // an order may have waited for days
		return true
	case got.State == purchase.NeverHappened:
		resp.Diagnostics.AddWarning("Purchase did not happen"+state.Subject(), got.Reason+" It has left the state; the plan proposes the purchase again.")
		resp.State.RemoveResource(ctx)
		resp.Diagnostics.Append(noteUnknown(ctx, resp.Private, false)...)
	default:
		kept.OrderID, kept.OrderLine = got.OrderID, got.OrderLine
		r.Owners.NoteUnfinished(likeness.Alike())
		resp.Diagnostics.Append(kept.keepIn(ctx, resp.Private)...)
		resp.Diagnostics.AddWarning("Purchase not finished"+state.Subject(), got.Reason+" Plan again later; nothing is bought in the meantime.")
	}
	return false
}

// unfinishedIn is what private state keeps of a purchase whose subscription is not known. It is false when that cannot be read.
func unfinishedIn(ctx context.Context, private framework.PrivateState, kept keptFacts, state *subscriptionmodel.Model, diags *diag.Diagnostics) (purchase.Unfinished, bool) {
	p := purchase.Unfinished{CustomerID: state.CustomerID.ValueString(), OrderID: kept.OrderID, OrderLine: kept.OrderLine}
	encoded, moreDiags := private.GetKey(ctx, intentKey)
	diags.Append(moreDiags...)
	if len(encoded) == 0 && p.OrderID != "" {
		return p, true
	}
	if err := json.Unmarshal(encoded, &p.Intent); err != nil {
		diags.AddError("Purchase cannot be looked up", fmt.Sprintf("What the provider keeps in the state to recognize this purchase cannot be read: %s. "+
			"Restore the state from a backup, or look at the customer's orders in Partner Center: if the subscription is there, remove this resource with terraform state rm and import it; if not, remove it and plan the purchase again.", err))
		return p, false
	}
	return p, true
}

// readOrMissing reads a subscription, from the list of all of its customer's where that is enough. A missing one is believed to be gone
// only when the customer's list does not have it either, and when it was not bought a moment ago; then neither a subscription nor an error
// comes back.
func (r *subscriptionResource) readOrMissing(ctx context.Context, kept keptFacts, state *subscriptionmodel.Model) (got *partnercenter.Subscription, gone bool, err error) {
	if read, ok := ctx.Value(answerKey{}).(answer); ok {
		return read.got, read.gone, read.err
	}
	got, err = change.ReadListed(ctx, r.Client, state.CustomerID.ValueString(), state.ID.ValueString(), kept.Facts)
	if got != nil || err != nil {
		return got, false, err
	}
	return nil, !r.boughtRecently(kept), nil
}

// boughtRecently holds while a purchase may be hidden by the service's lag. What nothing is known of was not bought by us.
func (r *subscriptionResource) boughtRecently(kept keptFacts) bool {
	return !kept.Created.IsZero() && r.Client.EarliestTime().Before(kept.Created.Add(wait.ListLag))
}
