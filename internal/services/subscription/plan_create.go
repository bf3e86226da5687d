// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// planCreate decides whether apply buys, takes over, or is refused.
func (r *subscriptionResource) planCreate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	c := &creation{replaces: replacedIn(ctx, req.Private), diags: &resp.Diagnostics}
	c.diags.Append(req.Plan.Get(ctx, &c.plan)...)
	c.diags.Append(req.Config.Get(ctx, &c.config)...)
	defer r.stopCart(c)
	if unknownIn(ctx, req.Private) {
		refuseUnfinished(c.diags)
	}
	if c.diags.HasError() || c.refuseReplacement(ctx, req.Private) {
		return
	}
	r.decide(ctx, c)
	if !c.diags.HasError() {
		r.requireLimit(c, spending.Quote{})
	}
	if c.beside {
		c.plan.CurrentTerm = unrepeatable()
	}
	likeness := c.plan.Likeness()
	c.diags.Append(framework.SetJSON(ctx, resp.Private, plannedKey, plannedAs{Purchase: &likeness, MayReplace: c.plan.AllowReplacement.ValueBool(), Adopts: c.plan.ID.ValueString()})...)
	c.diags.Append(resp.Plan.Set(ctx, &c.plan)...)
}

// stopCart keeps the other lines of a cart from checking it out, which would buy the refused one too: while Terraform applies, it plans a line
// once more when its cart is made, and goes on with the other lines where that fails.
func (r *subscriptionResource) stopCart(c *creation) {
	if c.diags.HasError() && framework.Known(c.plan.CartID) {
		r.Claims.Refuse(c.plan.CartID.ValueString(), errors.New(c.diags.Errors()[0].Summary()))
	}
}

// decide checks a creation against the catalog and the customer's subscriptions, and fills in the plan. Values that the configuration does
// not know yet skip the checks they are part of; what it leaves out is unknown in the plan as well, and is checked.
func (r *subscriptionResource) decide(ctx context.Context, c *creation) {
	c.fillDefaults()
	if c.config.CustomerID.IsUnknown() || c.config.ProductID.IsUnknown() || c.config.SkuID.IsUnknown() {
		c.warnUnpriced("a product that is not known yet", "customer_id, product_id or sku_id is known only during apply, so nothing about this purchase could be checked")
		return
	}
	o := r.lookUpOffer(ctx, c)
	if c.diags.HasError() {
		return
	}
	chosen, known, err := c.planTerm(o)
	if r.decideExisting(ctx, c, o) || c.diags.HasError() {
		return // what is there already, under another name of its block or none, says more than how it is sold
	}
	if r.checkSold(ctx, c, o); c.diags.HasError() {
		return
	}
	if err != nil {
		c.refuseTerm(o, err)
		return
	}
	c.describe(o)
	c.plan.Accounts().CheckPurchase(ctx, r.Client, c.diags)
	if c.diags.HasError() {
		return
	}
	if !known {
		c.warnUnpriced(o.Name(), "term_duration or billing_cycle is known only during apply")
		return
	}
	if r.planMargin(ctx, c, o, chosen); c.diags.HasError() {
		return
	}
	r.planPrice(ctx, c, o, chosen)
	r.checkExtension(ctx, &c.plan, o.PaidNewCommerce(), c.diags)
	if !c.diags.HasError() {
		c.warnUnusual(o, chosen)
	}
}

// describe plans what the catalog says.
func (c *creation) describe(o *catalog.Offer) {
	c.plan.OfferName = framework.String(o.Name())
	c.plan.PublisherName = subscriptionmodel.Publisher(o.PublisherName())
	if c.config.FriendlyName.IsNull() && c.config.CartID.IsNull() {
		c.plan.FriendlyName = nameOf(o)
	}
	if o.Family() == partnercenter.FamilyNewCommerce {
		c.plan.WaitingForActivation = types.BoolNull()
	}
}

// lookUpOffer finds how the product is sold.
func (r *subscriptionResource) lookUpOffer(ctx context.Context, c *creation) *catalog.Offer {
	read := catalog.Reader(r.Client.SharedAvailabilities)
	if r.QuotePrices { // a cart names the availability, which may have been issued anew
		read = r.Client.Availabilities
	}
	o, err := catalog.ReadOffer(ctx, read, c.plan.CustomerID.ValueString(), c.plan.ProductID.ValueString(), c.plan.SkuID.ValueString())
	if framework.FailedOffer(c.diags, path.Empty(), err) {
		return nil
	}
	if err := purchase.CheckFamily(o); err != nil {
		framework.Wrong(c.diags, path.Root("product_id"), "Product cannot be managed", "%s.", err)
	}
	return o
}

// checkSold checks what is asked for against how the product is sold, but for the term.
func (r *subscriptionResource) checkSold(ctx context.Context, c *creation, o *catalog.Offer) {
	if !c.config.Quantity.IsUnknown() {
		if err := o.CheckQuantity(c.plan.Quantity.ValueInt64()); err != nil {
			framework.Wrong(c.diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
		}
	}
	if wants := o.Attestation(); wants != "" && !c.plan.AttestationAccepted.IsUnknown() && !c.plan.AttestationAccepted.ValueBool() {
		framework.Wrong(c.diags, path.Root("attestation_accepted"), "Attestation needed",
			"%s is sold only to those who accept its attestation (%s). Read it in Partner Center, then set attestation_accepted = true.", o.Name(), wants)
	}
	if next := subscriptionmodel.NextTermOf(c.plan.NextTerm); next != nil { // it is scheduled after the purchase, which nothing takes back then
		r.checkNextOffer(ctx, c.plan.CustomerID.ValueString(), next, c.diags)
	}
}

// decideExisting finds an earlier purchase while nothing has been committed to, and is true where that settles the plan: it is refused, or
// takes over what is there. Apply looks again, right before it buys.
func (r *subscriptionResource) decideExisting(ctx context.Context, c *creation, o *catalog.Offer) bool {
	if c.config.FriendlyName.IsUnknown() {
		return false
	}
	another := c.plan.OnExisting.ValueString() == string(purchase.PurchaseAnother)
	if r.refuseAlike(c, another) {
		return true
	}
	if c.plan.CartID.ValueString() != "" || c.plan.CartID.IsUnknown() || another {
		return false // a purchase from a cart is resumed by its cart: what it bought before is no reason to refuse it
	}
	found, ok := r.earlier(ctx, c)
	policy := purchase.OnExisting(c.plan.OnExisting.ValueString())
	switch {
	case !ok:
		return true
	case !found.Any():
		return false
	case c.plan.OnExisting.IsUnknown():
		c.leaveOpen(o)
	case policy != purchase.Adopt && c.mayReplace(found):
		r.buyBeside(c, found)
		return false
	case policy == purchase.Adopt && len(found.Subscriptions) == 1 && len(found.Orders) == 0 && !found.Unnamed:
		r.planAdoption(ctx, c, &found.Subscriptions[0])
	default:
		c.diags.AddError("Subscription exists already", words.Sentence(alreadyOwned(&purchase.EarlierPurchaseError{CustomerID: c.plan.CustomerID.ValueString(), OnExisting: policy, Earlier: found})))
	}
	return true
}

// leaveOpen plans what may become a purchase or an adoption: whatever the one fills in in another way than the other is known only then.
func (c *creation) leaveOpen(o *catalog.Offer) {
	for _, filled := range []struct {
		configured types.String
		planned    *types.String
	}{{c.config.TermDuration, &c.plan.TermDuration}, {c.config.BillingCycle, &c.plan.BillingCycle}, {c.config.FriendlyName, &c.plan.FriendlyName}, {c.config.PartnerID, &c.plan.PartnerID}} {
		if filled.configured.IsNull() {
			*filled.planned = types.StringUnknown()
		}
	}
	if c.config.AutoRenewEnabled.IsNull() && c.config.EndOfTerm.IsNull() {
		c.plan.AutoRenewEnabled = types.BoolUnknown()
	}
	c.warnUnpriced(o.Name(), "the customer has it already, and on_existing, which says what to do then, is known only during apply")
}

func (c *creation) refuseTerm(o *catalog.Offer, err error) {
	switch {
	case len(o.TermOptions()) == 0:
		framework.Wrong(c.diags, path.Root("sku_id"), "Not for sale", "%s.", err)
	case framework.Known(c.plan.BillingCycle) && o.Sells(c.plan.TermDuration.ValueString()):
		framework.Wrong(c.diags, path.Root("billing_cycle"), "Not sold that way", "%s", err)
	default:
		framework.Wrong(c.diags, path.Root("term_duration"), "Not sold that way", "%s", err)
	}
}
