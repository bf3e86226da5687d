// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

var (
	_ resource.ResourceWithConfigure      = (*subscriptionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*subscriptionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*subscriptionResource)(nil)
	_ resource.ResourceWithImportState    = (*subscriptionResource)(nil)
	_ resource.ResourceWithIdentity       = (*subscriptionResource)(nil)
)

func (r *subscriptionResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscription"
	resp.ResourceBehavior = identityBehavior
}

func (r *subscriptionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = subscriptionmodel.Schema(ctx)
}

// Create buys what the plan says, or takes over what the plan names. From the purchase on something has been paid for: it goes into the
// state whatever else happens, and nothing may be an error, because Terraform taints what a failed create leaves behind.
func (r *subscriptionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.Applying()
	var plan subscriptionmodel.Model
	var named types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("friendly_name"), &named)...)
	timeout, diags := plan.Timeouts.Create(ctx, framework.CreateTimeout)
	resp.Diagnostics.Append(diags...)
	order := plan.ToOrder(ctx, &resp.Diagnostics)
	order.Timeout, order.Unnamed = timeout, named.IsNull()
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	ending := r.replacedBy(&plan, &order)
	got := r.buy(ctx, &plan, order, &resp.Diagnostics)
	if got == nil {
		sayWhereOldOnesAre(&resp.Diagnostics, ending)
		return
	}
	if !got.Adopted && len(ending) == 0 {
		r.Owners.NotePurchase(plan.AllowReplacement.ValueBool() && got.Unknown == "")
	}
	state, complete := plan, false
	state.FromReceipt(got)
	if got.Unknown != "" {
		resp.Diagnostics.AddWarning("Purchase not finished"+plan.Subject(),
			words.Sentence(got.Unknown)+" Nothing needs to be bought again: the state keeps what is known, and the next plan or apply looks for the rest.")
		sayWhereOldOnesAre(&resp.Diagnostics, ending)
	} else {
		complete = r.finish(ctx, timeout, &plan, &state, got, &resp.Diagnostics)
		r.endReplaced(ctx, timeout, ending, &resp.Diagnostics)
	}
	warnOfTwins(&resp.Diagnostics, plan.CustomerID.ValueString(), got)
	resp.Diagnostics.Append(r.keepPurchase(ctx, got, &state, resp.Private)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(&state))...)
	differing, diags := framework.KeepPlanned(ctx, req.Plan, &resp.State)
	resp.Diagnostics.Append(diags...)
	if complete {
		warnAboutDifferences(&resp.Diagnostics, &plan, differing)
	}
}

// buy buys or takes over; nil says that it was refused, and that nothing was bought or changed.
func (r *subscriptionResource) buy(ctx context.Context, plan *subscriptionmodel.Model, order purchase.Order, diags *diag.Diagnostics) *purchase.Receipt {
	if r.refuseUnlimited(plan, &order, diags) {
		return nil
	}
	got, err := r.Buyer().Buy(ctx, order)
	if framework.Failed(diags, "buy subscription", explainRefusal(err)) || got.Adopted && r.refuseChanged(diags, plan, got.Subscription) {
		return nil
	}
	return got
}

// replacedBy is what is to end once the order is bought, which may stand beside that.
func (r *subscriptionResource) replacedBy(plan *subscriptionmodel.Model, order *purchase.Order) (endings []spending.Ending) {
	likeness := plan.Likeness()
	unnamed := likeness // as a plan has it that does not know the name yet
	unnamed.FriendlyName = ""
	for _, of := range []spending.Likeness{likeness.Alike(), unnamed.Alike()} {
		order.Replaces = append(order.Replaces, r.Owners.Replaced(of)...)
		endings = append(endings, r.Owners.Endings(of)...)
	}
	return endings
}

// refuseUnlimited looks once more for price_limit before anything is bought: the job that planned may have required none.
func (r *subscriptionResource) refuseUnlimited(plan *subscriptionmodel.Model, order *purchase.Order, diags *diag.Diagnostics) bool {
	if !r.RequirePriceLimit || !plan.PriceLimit.IsNull() || order.Adopts != "" {
		return false
	}
	var price spending.Quote
	if order.Planned != nil {
		price = *order.Planned
	}
	framework.RefuseWithoutLimit(diags, price)
	if order.CartID != "" { // the other lines would buy this one, too
		r.Claims.Refuse(order.CartID, errors.New("price_limit is missing"))
	}
	return true
}

// keepPurchase keeps in private state what later runs need to know of a purchase.
func (r *subscriptionResource) keepPurchase(ctx context.Context, got *purchase.Receipt, state *subscriptionmodel.Model, private framework.PrivateWriter) diag.Diagnostics {
	kept := keptFacts{OrderID: got.OrderID, OrderLine: got.OrderLine, CartID: got.CartID, Created: r.Client.LatestTime(), Policy: state.Policy()}
	if got.Subscription != nil {
		kept.Facts = change.FactsOf(got.Subscription)
	}
	diags := append(kept.keepIn(ctx, private), framework.NoteRead(ctx, private, false)...)
	return append(diags, private.SetKey(ctx, intentKey, got.Intent.Encode())...)
}

// finish does what a cart cannot ask for, and says whether all of it was done. What fails here is done by the next apply. What needs the
// activation comes after it.
func (r *subscriptionResource) finish(ctx context.Context, timeout time.Duration, plan, state *subscriptionmodel.Model, got *purchase.Receipt, diags *diag.Diagnostics) (complete bool) {
	ctx, cancel := wait.Finishing(ctx, r.Client, timeout)
	defer cancel()
	customerID := plan.CustomerID.ValueString()
	defer r.lock(got.Subscription.ID)()
	updated, warnings, asked, err := got.Subscription, []string(nil), spending.Quote{}, error(nil)
	if plan.WaitForActivation.ValueBool() {
		updated, err = change.WaitForActivation(ctx, r.Client, customerID, updated)
	}
	now := *plan
	now.Refresh(updated)
	if got.Adopted {
		now.Commitment = types.ObjectNull(subscriptionmodel.CommitmentTypes) // the planned one is for what is added
	}
	if err == nil {
		now.NextTerm = subscriptionmodel.NextTermFromAPI(updated.ScheduledNextTermInstructions)
		changed := subscriptionmodel.Differences(&now, plan)
		want := subscriptionmodel.ToDesired(ctx, changed, &now, plan, diags)
		want.ManageNext = want.NextTerm != nil // what nobody configured stays as Partner Center has it
		updated, warnings, asked, err = r.change(ctx, customerID, updated, want, subscriptionmodel.Added(ctx, &now, plan, diags))
	}
	state.FromAPI(updated)
	if got.Adopted && !framework.Known(plan.Commitment) {
		state.Commitment = subscriptionmodel.Reached(ctx, &now, plan, state, asked, diags).Object()
	}
	got.Subscription = updated
	for _, warning := range warnings {
		diags.AddWarning("Check the renewal"+state.Subject(), warning)
	}
	if err != nil {
		done := "bought"
		if got.Adopted {
			done = "taken over"
		}
		diags.AddWarning("Subscription "+done+", but not everything is as configured"+state.Subject(),
			framework.Explain(err)+"\n\nThe subscription is in the state; the next apply does what is missing, for marketplace software once its publisher has activated it.")
	}
	return err == nil
}

// change is change.Apply with what the plan has quoted. It also returns the price that was asked for because the plan has none.
func (r *subscriptionResource) change(ctx context.Context, customerID string, got *partnercenter.Subscription, want change.Desired, planned *spending.Amount) (after *partnercenter.Subscription, warnings []string, asked spending.Quote, err error) {
	if err := want.FindAvailability(ctx, r.Client, customerID); err != nil {
		return got, nil, asked, fmt.Errorf("looking up the next term: %w", err)
	}
	buyer := r.Buyer()
	buyer.Asked = &asked
	after, warnings, err = change.Apply(ctx, buyer, customerID, got, want, planned)
	return after, warnings, asked, err
}

// lock waits until nothing else in this run changes the subscription: each change reads it, and sends the whole of it.
func (r *subscriptionResource) lock(id string) (unlock func()) { return r.Claims.LockSubscription(id) }

// endReplaced gives up what the purchase replaces, which it has waited for.
func (r *subscriptionResource) endReplaced(ctx context.Context, timeout time.Duration, endings []spending.Ending, diags *diag.Diagnostics) {
	ctx, cancel := wait.Finishing(ctx, r.Client, timeout)
	defer cancel()
	for _, e := range endings {
		if r.Owners.Adopted(e.SubscriptionID) { // what was tainted is taken over again
			continue
		}
		note, err := r.end(ctx, e.CustomerID, e.SubscriptionID, change.Policy(e.Policy))
		switch {
		case err != nil:
			diags.AddWarning("Replaced subscription was not ended"+words.Subject("", e.CustomerID), framework.Explain(err)+"\n\n"+importBlock(e))
		case note != "":
			diags.AddWarning("Subscription is no longer managed"+words.Subject("", e.CustomerID), note)
		}
	}
}

func (r *subscriptionResource) end(ctx context.Context, customerID, id string, policy change.Policy) (note string, err error) {
	defer r.lock(id)()
	got, err := r.Client.Subscription(ctx, customerID, id)
	if partnercenter.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return change.End(ctx, r.Buyer(), customerID, policy, got)
}

// sayWhereOldOnesAre leads to subscriptions that left the state for a replacement that was not made.
func sayWhereOldOnesAre(diags *diag.Diagnostics, endings []spending.Ending) {
	for _, e := range endings {
		diags.AddWarning("Subscription left the state"+words.Subject("", e.CustomerID), fmt.Sprintf("Subscription %s was to be replaced, and was left as it is at Partner Center. ", e.SubscriptionID)+importBlock(e))
	}
}

func importBlock(e spending.Ending) string {
	return "To manage it again, put this into the root module, with the address of its resource:\n\n" + words.ImportBlock(e.CustomerID, e.SubscriptionID)
}

// Update sends what the plan changes of the prior state, and nothing else.
func (r *subscriptionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	r.Applying()
	var plan, before subscriptionmodel.Model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &before)...)
	timeout, diags := plan.Timeouts.Update(ctx, framework.UpdateTimeout)
	resp.Diagnostics.Append(diags...)
	changed := subscriptionmodel.Differences(&before, &plan)
	want := subscriptionmodel.ToDesired(ctx, changed, &before, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	customerID, id := plan.CustomerID.ValueString(), plan.ID.ValueString()
	defer r.lock(id)()
	got, err := r.Client.Subscription(ctx, customerID, id)
	if framework.Failed(&resp.Diagnostics, "read subscription", err) || refuseStale(&resp.Diagnostics, changed, &before, &plan, got, want.Buys(got) != nil) {
		return
	}
	restoreRenewal(&want, changed, &before, got)
	var warnings []string
	var asked spending.Quote
	if len(changed) > 0 && change.Activated(got) { // before that nothing can be changed, and the plan has refused to
		got, warnings, asked, err = r.change(ctx, customerID, got, want, subscriptionmodel.Added(ctx, &before, &plan, &resp.Diagnostics))
	}
	for _, warning := range warnings {
		resp.Diagnostics.AddWarning("Check the renewal"+words.Subject(got.FriendlyName, customerID), warning)
	}
	state := plan
	state.Refresh(got) // also after an error: what was changed before it has been changed
	state.Commitment = subscriptionmodel.Reached(ctx, &before, &plan, &state, asked, &resp.Diagnostics).Object()
	was, _ := keptIn(ctx, req.Private)
	kept := factsOf(got, &state)
	kept.CartID = was.CartID
	resp.Diagnostics.Append(kept.keepIn(ctx, resp.Private)...)
	resp.Diagnostics.Append(framework.NoteRead(ctx, resp.Private, false)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityOf(&state))...)
	if framework.Failed(&resp.Diagnostics, "update subscription", err) {
		return
	}
	differing, diags := framework.KeepPlanned(ctx, req.Plan, &resp.State)
	resp.Diagnostics.Append(diags...)
	warnAboutDifferences(&resp.Diagnostics, &plan, differing)
}

// restoreRenewal asks for the renewal that the state has, when the subscription is made active again: suspending removed it, or kept what
// the state has given up since.
func restoreRenewal(want *change.Desired, changed []subscriptionmodel.Difference, before *subscriptionmodel.Model, got *partnercenter.Subscription) {
	if want.Suspended == nil || *want.Suspended {
		return
	}
	if want.AtTermEnd == "" {
		want.AtTermEnd = before.AtTermEnd()
	}
	if !slices.Contains(subscriptionmodel.Names(changed), change.NextTerm) && !got.IsTrial { // a trial comes with instructions, which stay
		want.ManageNext = true
		if next := subscriptionmodel.NextTermOf(before.NextTerm); next != nil {
			want.NextTerm = next.ToAPI()
		}
	}
}

// Delete ends the subscription as deletion_policy says. As the first half of a replacement it only notes what is to end: the new
// subscription is bought first.
func (r *subscriptionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	r.Applying()
	var state subscriptionmodel.Model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, framework.DeleteTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, policy := plannedIn(ctx, req.Private), state.Policy()
	if policy == change.PolicyAbandon && planned.Purchase == nil && state.ID.IsNull() || refuseHalfKnown(&resp.Diagnostics, &state) {
		return // what is only forgotten needs no subscription
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()

	customerID, id := state.CustomerID.ValueString(), state.ID.ValueString()
	if planned.Purchase != nil {
		r.endLater(&state, planned, &resp.Diagnostics)
		return
	}
	defer r.lock(id)()
	kept, _ := keptIn(ctx, req.Private)
	got, gone, err := r.readOrMissing(ctx, kept, &state)
	forgets := policy == change.PolicyAbandon && framework.CustomerLeft(err)
	if gone || forgets || r.Owners.Adopted(id) || framework.Failed(&resp.Diagnostics, "read subscription", framework.Departed(err)) {
		return
	}
	if got == nil {
		resp.Diagnostics.AddError("Cannot destroy subscription yet", fmt.Sprintf("Subscription %s was bought a moment ago, and Partner Center does not show it yet. Nothing was changed; try again in some minutes.", id))
		return
	}
	if note, err := change.End(ctx, r.Buyer(), customerID, policy, got); !framework.FailedAttribute(&resp.Diagnostics, path.Root("deletion_policy"), "destroy subscription", err) && note != "" {
		resp.Diagnostics.AddWarning("Subscription is no longer managed"+words.Subject(got.FriendlyName, customerID), note)
	}
}

// endLater is the first half of a replacement. Of what is tainted its plan did not know that it is one: an error here keeps the object in
// the state, and stops the purchase.
func (r *subscriptionResource) endLater(state *subscriptionmodel.Model, planned plannedAs, diags *diag.Diagnostics) {
	replacement := planned.Purchase.Alike()
	switch {
	case state.Policy() == change.PolicyPrevent:
		refusePrevented(diags)
		return
	case !planned.MayReplace && !state.Ended() && !strings.EqualFold(planned.Adopts, state.ID.ValueString()):
		diags.AddError("Replacement refused", words.ReplacementRefused(state.ID.ValueString(), "It is marked as tainted: run terraform untaint with its address (the one in this message)."))
		return
	}
	e := spending.Ending{CustomerID: state.CustomerID.ValueString(), SubscriptionID: state.ID.ValueString(), Policy: string(state.Policy())}
	r.Owners.EndAfter(replacement, e)
	if strings.EqualFold(planned.Adopts, e.SubscriptionID) {
		return // it is taken over again
	}
	then := change.AfterReplacement(state.Policy())
	if state.Ended() {
		then = "has ended, and leaves the state"
	}
	diags.AddWarning("Subscription leaves the state until its replacement is bought"+state.Subject(),
		fmt.Sprintf("Subscription %s %s once the new one is bought. If this apply ends before that, nothing has happened to it. ", e.SubscriptionID, then)+importBlock(e))
}

// ImportState takes customer and subscription from an ID or an identity.
func (r *subscriptionResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	framework.ImportPath(ctx, req, resp, "customer_id", "id") // terraform import ... <customer_id>/<id>
}

// explainRefusal says with blocks to paste what an earlier purchase is that keeps another from being made.
func explainRefusal(err error) error {
	_, another := errors.AsType[*purchase.OtherLineError](err) // whose subscription is not this one's
	if earlier, ok := errors.AsType[*purchase.EarlierPurchaseError](err); ok && !another {
		return &purchase.NotBoughtError{Err: errors.New(alreadyOwned(earlier))}
	}
	return err
}
