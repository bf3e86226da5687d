// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// refuseNextTermOfNone stops instructions for the next term of a subscription that has none: Partner Center takes them only while it renews,
// and nobody has said that it is to renew.
func refuseNextTermOfNone(u *update) {
	if !framework.Known(u.plan.NextTerm) || u.plan.AutoRenewEnabled.ValueBool() || u.plan.AutoRenewEnabled.IsUnknown() || u.facts.Suspended() && !u.changes(change.Suspended) {
		return
	}
	framework.Wrong(u.diags, path.Root(change.NextTerm), "Subscription does not renew",
		"Its auto-renew is off, so it has no next term. Set auto_renew_enabled = true as well, or remove the instructions.")
}

// checkNextTerm compares what is newly asked for the next term with what the subscription can renew into, and with how that is sold. The
// errors are about the block: the CLI looks for its attributes among those of the resource, where most of the names stand too, and would
// show the line of those.
func (r *subscriptionResource) checkNextTerm(ctx context.Context, u *update) {
	next := subscriptionmodel.NextTermOf(u.plan.NextTerm)
	if next == nil {
		return
	}
	asked := u.changes(change.NextTerm)
	if asked || u.changes(change.TermDuration) { // a longer term ends later, and what is scheduled after it is sent again
		title, text := u.facts.CheckNextEnd(u.plan.TermDuration.ValueString(), next.TermDuration.ValueString(), next.CustomTermEndDate.ValueString(), r.Client.ServiceTime())
		if title != "" {
			framework.Wrong(u.diags, path.Root(change.NextTerm), title, "%s", text)
		}
	}
	if !asked || next.ProductID.IsUnknown() || next.SkuID.IsUnknown() || !r.checkTarget(ctx, u, next) {
		return
	}
	r.checkNextOffer(ctx, u.state.CustomerID.ValueString(), next, u.diags)
}

// checkNextOffer compares a next term with how its SKU is sold today.
func (r *subscriptionResource) checkNextOffer(ctx context.Context, customerID string, next *subscriptionmodel.NextTerm, diags *diag.Diagnostics) {
	if next.ProductID.IsUnknown() || next.SkuID.IsUnknown() {
		return
	}
	at := path.Root(change.NextTerm)
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, customerID, next.ProductID.ValueString(), next.SkuID.ValueString())
	if framework.FailedAttribute(diags, at, "find the next term in the catalog", err) {
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

// checkTarget asks Partner Center whether the subscription can renew into another product.
func (r *subscriptionResource) checkTarget(ctx context.Context, u *update, next *subscriptionmodel.NextTerm) bool {
	same := next.ProductID.Equal(u.state.ProductID) && next.SkuID.Equal(u.state.SkuID)
	if same || u.facts.Family != partnercenter.FamilyNewCommerce {
		return true
	}
	at := path.Root(change.NextTerm)
	offered, err := r.Client.TransitionEligibilities(ctx, u.state.CustomerID.ValueString(), u.state.ID.ValueString(), partnercenter.TransitionScheduled)
	if framework.FailedAttribute(u.diags, at, "look up what the subscription can renew into", err) {
		return false
	}
	why := u.facts.NotOffered(offered, next.ProductID.ValueString(), next.SkuID.ValueString())
	if why != "" {
		framework.Wrong(u.diags, at, "Not offered for the renewal", "%s", words.Sentence(why))
	}
	return why == ""
}
