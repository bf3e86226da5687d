// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// refuseReplacement stops a purchase that replaces a subscription, unless the configuration allows it.
func (c *creation) refuseReplacement(ctx context.Context, private framework.PrivateState) bool {
	switch old, _ := keptIn(ctx, private); {
	case c.replaces == "":
		return false
	case !c.plan.AllowReplacement.ValueBool():
		c.diags.AddError("Replacement refused", words.ReplacementRefused(c.replaces, "It was asked for with -replace or replace_triggered_by, or another attribute needs it."))
	case old.Policy == change.PolicyPrevent:
		refusePrevented(c.diags)
	}
	return c.diags.HasError()
}

// mayReplace holds where all that was found can only be replaced by this purchase, and Terraform has not said that it is: at apply it plans
// the new one of a replacement with create_before_destroy once more, and hands over nothing of the old one then.
func (c *creation) mayReplace(found purchase.Earlier) bool {
	order := c.order()
	return c.replaces == "" && c.plan.AllowReplacement.ValueBool() && len(found.Orders) == 0 &&
		!slices.ContainsFunc(found.Subscriptions, func(s partnercenter.Subscription) bool { return !order.Unlike(s) })
}

// buyBeside plans a purchase that is right only as the second half of a replacement. Whether it is that only Terraform can tell: it refuses
// another value at apply than a plan had, and takes any where the plan had none. The plan of a replacement has no current_term. Any other
// plan of this purchase has one that no later plan has again, so that Terraform applies none of them.
func (r *subscriptionResource) buyBeside(c *creation, found purchase.Earlier) {
	c.beside = true
	likeness := c.plan.Likeness()
	for i := range found.Subscriptions {
		r.Owners.PlanReplacement(likeness.Alike(), found.Subscriptions[i].ID)
	}
	c.diags.AddWarning("Subscription exists already, with another term or billing cycle"+c.plan.Subject(), "This purchase is made only where it replaces that subscription in this run. Otherwise apply buys nothing, and Terraform says \"inconsistent final plan\" of current_term: "+
		alreadyOwned(&purchase.EarlierPurchaseError{CustomerID: c.plan.CustomerID.ValueString(), OnExisting: purchase.Refuse, Earlier: found}))
}

// warnOfNewOne says of the purchase of a replacement what its own plan says: Terraform drops the warnings of that one.
func (r *subscriptionResource) warnOfNewOne(ctx context.Context, u *update) {
	c := &creation{config: *u.config, plan: *u.plan, diags: u.diags}
	if c.config.TermDuration.IsNull() {
		c.plan.TermDuration = types.StringUnknown()
	}
	if c.config.BillingCycle.IsNull() {
		c.plan.BillingCycle = types.StringUnknown()
	}
	c.fillDefaults()
	o, err := catalog.ReadOffer(ctx, r.Client.SharedAvailabilities, c.plan.CustomerID.ValueString(), c.plan.ProductID.ValueString(), c.plan.SkuID.ValueString())
	if err != nil {
		return // the plan of the purchase says it
	}
	chosen, known, err := c.planTerm(o)
	if err != nil || !known {
		return
	}
	if unknown := c.unknownForPrice(); unknown != "" {
		c.warnUnpriced(o.Name(), unknown+" is known only during apply")
	} else if !r.QuotePrices && c.plan.CartID.IsNull() {
		c.warnUnpriced(o.Name(), "quote_prices is off")
	}
	if r.planMargin(ctx, c, o, chosen); !c.diags.HasError() {
		c.warnUnusual(o, chosen)
	}
}

// unrepeatable is a current_term that no other plan has.
func unrepeatable() types.Object {
	return types.ObjectValueMust(subscriptionmodel.CurrentTermTypes, map[string]attr.Value{
		"begins": timetypes.NewRFC3339ValueMust(time.Now().UTC().Format(time.RFC3339Nano)), "ends": timetypes.NewRFC3339Null(), "cancellable_until": timetypes.NewRFC3339Null(),
	})
}
