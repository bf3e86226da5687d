// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// refuseNextTermOfNone stops instructions for the next term of a subscription that has none: Partner Center takes them only while it renews,
// and nobody has said that it is to renew.
func refuseNextTermOfNone(state, plan, config *subscriptionResourceModel, diags *diag.Diagnostics) {
	if !framework.Known(plan.NextTerm) || !config.AutoRenewEnabled.IsNull() || state.AutoRenewEnabled.ValueBool() || plan.Status.ValueString() == statusSuspended {
		return
	}
	framework.Wrong(diags, path.Root("scheduled_next_term_instructions"), "Subscription does not renew",
		"Its auto-renew is off, so it has no next term. Set auto_renew_enabled = true as well, or remove the instructions.")
}

// checkNextTerm compares what is newly asked for the next term with what the subscription can renew into, and with how that is sold. The
// errors are about the block: the CLI looks for its attributes among those of the resource, where most of the names stand too, and would
// show the line of those.
func (r *subscriptionResource) checkNextTerm(ctx context.Context, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) {
	next := nextTerm(ctx, plan.NextTerm, diags)
	if next == nil {
		return
	}
	asked := !plan.NextTerm.Equal(state.NextTerm)
	if asked || !plan.TermDuration.Equal(state.TermDuration) { // a longer term ends later, and what is scheduled after it is sent again
		checkNextEnd(state, plan, next, r.Client.ServiceTime(), diags)
	}
	if !asked || next.ProductID.IsUnknown() || next.SkuID.IsUnknown() || !r.checkTarget(ctx, state, next, diags) {
		return
	}
	r.checkNextOffer(ctx, plan.CustomerID.ValueString(), next, diags)
}

// checkNextOffer compares a next term with how its SKU is sold today.
func (r *subscriptionResource) checkNextOffer(ctx context.Context, customerID string, next *nextTermModel, diags *diag.Diagnostics) {
	if next.ProductID.IsUnknown() || next.SkuID.IsUnknown() {
		return
	}
	at := path.Root("scheduled_next_term_instructions")
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID, next.ProductID.ValueString(), next.SkuID.ValueString())
	if framework.FailedAttribute(diags, at, "find the next term in the catalogue", err) {
		return
	}
	if !next.TermDuration.IsUnknown() && !next.BillingCycle.IsUnknown() {
		if _, err := o.Choose(next.TermDuration.ValueString(), next.BillingCycle.ValueString()); err != nil {
			framework.Wrong(diags, at, "Not sold that way", "%s", err)
		}
	}
	if !next.Quantity.IsUnknown() {
		if err := o.CheckQuantity(next.Quantity.ValueInt64()); err != nil {
			framework.Wrong(diags, at, "Quantity not possible", "%s.", err)
		}
	}
}

// checkNextEnd refuses a day that is none of the next term's: it has to lie inside the first term after the renewal (commerce reference,
// code 900245). Days are those of UTC, and a term includes the day it ends on. What a renewal has carried out is mostly found here: its day
// has become the end of the present term.
func checkNextEnd(state, plan *subscriptionResourceModel, next *nextTermModel, now time.Time, diags *diag.Diagnostics) {
	end, err := partnercenter.ParseTime(next.CustomTermEndDate.ValueString())
	last, errLast := partnercenter.ParseTime(state.CommitmentEndDate.ValueString())
	if err != nil || errLast != nil || end.IsZero() || last.IsZero() || state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) {
		return // not configured, not known yet, or nothing that Partner Center says the term of
	}
	at, term := path.Root("scheduled_next_term_instructions"), "the present term"
	ends, until := day(end.Time), day(last.Time)
	if months := catalog.Months(plan.TermDuration.ValueString()); months > 0 && !plan.TermDuration.Equal(state.TermDuration) {
		term, until = fmt.Sprintf("the term of %s that begins now", words.Term(plan.TermDuration.ValueString())), day(now).AddDate(0, int(months), -1)
	}
	months := catalog.Months(next.TermDuration.ValueString())
	latest := until.AddDate(0, 0, 1).AddDate(0, int(months), -1)
	switch {
	case !ends.After(until):
		framework.Wrong(diags, at, "Next term would end too early",
			"custom_term_end_date is %s, and %s ends on %s (UTC): the next one begins on the day after. Write a later date. "+
				"If a renewal has brought already what stands in scheduled_next_term_instructions, remove custom_term_end_date from it, or all of it where the next renewal is to change nothing.",
			next.CustomTermEndDate, term, until.Format(time.DateOnly))
	case months > 0 && !plan.TermDuration.IsUnknown() && ends.After(latest.AddDate(0, 0, 3)): // months differ in length by as much; there the service has the last word
		framework.Wrong(diags, at, "Next term would end too late",
			"custom_term_end_date is %s, and %s ends on %s (UTC): a next term of %s is over on %s. Write an earlier date or a longer term_duration for the next term, or remove custom_term_end_date to have it in full.",
			next.CustomTermEndDate, term, until.Format(time.DateOnly), words.Term(next.TermDuration.ValueString()), latest.Format(time.DateOnly))
	}
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// checkTarget asks, for a next term of another product or SKU, whether Partner Center offers it for this renewal; it is false where it does
// not. Nothing is documented about renewals of other families into something else, so of those the service has the last word.
func (r *subscriptionResource) checkTarget(ctx context.Context, state *subscriptionResourceModel, next *nextTermModel, diags *diag.Diagnostics) bool {
	same := next.ProductID.Equal(state.ProductID) && next.SkuID.Equal(state.SkuID)
	if same || state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) {
		return true
	}
	at := path.Root("scheduled_next_term_instructions")
	offered, err := r.Client.TransitionEligibilities(ctx, state.CustomerID.ValueString(), state.ID.ValueString(), partnercenter.TransitionScheduled)
	if framework.FailedAttribute(diags, at, "look up what the subscription can renew into", err) {
		return false
	}
	why := notOffered(offered, state, next)
	if why != "" {
		framework.Wrong(diags, at, "Not offered for the renewal", "%s", framework.Sentence(why))
	}
	return why == ""
}

// notOffered says why a subscription cannot renew into a product and SKU, "" where it can.
func notOffered(offered []partnercenter.TransitionEligibility, state *subscriptionResourceModel, next *nextTermModel) string {
	product, sku := next.ProductID.ValueString(), next.SkuID.ValueString()
	from := title(&partnercenter.Subscription{ID: state.ID.ValueString(), FriendlyName: state.FriendlyName.ValueString(), OfferName: state.OfferName.ValueString()})
	keep := fmt.Sprintf("product_id = %s and sku_id = %s", state.ProductID, state.SkuID)
	var listed []partnercenter.TransitionEligibility
	for _, e := range offered {
		if target := (partnercenter.Subscription{OfferID: e.CatalogItemID}); target.ProductID() == product && target.SkuID() == sku {
			listed = append(listed, e)
		}
	}
	if len(listed) == 0 {
		way := "Take one of these, or keep " + keep
		switch {
		case len(offered) == 0:
			way = "Keep " + keep
		case state.IsTrial.ValueBool(): // no trial follows a trial
			way = "Take one of these"
		}
		return fmt.Sprintf("%s cannot renew into product_id = %q, sku_id = %q.%s\n\n%s for the next term. To have the other product, buy it as a subscription of its own, and let this one end (auto_renew_enabled = false).",
			from, product, sku, targets(offered, ""), way)
	}
	problems, ok := possible(listed)
	if ok || state.Status.ValueString() != statusActive { // while it is suspended nothing is possible, and what is scheduled waits
		return ""
	}
	return fmt.Sprintf("%s cannot renew into %s (product_id = %q, sku_id = %q): %s\n\nUntil that has changed, keep %s for the next term, or remove scheduled_next_term_instructions.",
		from, listed[0].Title, product, sku, reasons(problems, partnercenter.TransitionError.Remedy), keep)
}

// possible reports whether one of these can be moved to, and why not. A renewal does not say how it is to move: a transfer of licences that
// is not possible is no obstacle then.
func possible(listed []partnercenter.TransitionEligibility) (why []partnercenter.TransitionError, ok bool) {
	ok = true
	for _, e := range listed {
		for _, way := range e.Eligibilities {
			if way.IsEligible {
				return nil, true
			}
			if ok || way.TransitionType == transitionOnly {
				why, ok = way.Errors, false
			}
		}
	}
	return why, ok
}
