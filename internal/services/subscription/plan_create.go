// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// creation is a creation that is being planned: a purchase, or the adoption of an earlier one.
type creation struct {
	config, plan subscriptionmodel.Model
	replaces     string // ID of the subscription that goes, where Terraform has said so
	beside       bool   // buys beside what it may replace, which Terraform does not say when it applies
	margin       string // of a publisher, in words
	diags        *diag.Diagnostics
}

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

// fillDefaults plans what a purchase has where the configuration leaves it out.
func (c *creation) fillDefaults() {
	if c.config.AutoRenewEnabled.IsNull() {
		c.plan.AutoRenewEnabled = types.BoolValue(true) // what Partner Center starts with
	}
	c.plan.FollowEndOfTerm()
	switch {
	case !c.config.PartnerID.IsNull():
	case !c.config.CartID.IsNull(): // as the line of the cart has it
		c.plan.PartnerID = types.StringUnknown()
	default:
		c.plan.PartnerID = types.StringNull()
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

// nameOf is the nickname of what is bought without one.
func nameOf(o *catalog.Offer) types.String { return framework.String(words.FirstRunes(o.Name(), 256)) }

// fillFromCart plans what the configuration leaves to the line of the cart.
func (c *creation) fillFromCart(cart *purchase.PricedCart, o *catalog.Offer) {
	if c.config.PartnerID.IsNull() {
		c.plan.PartnerID = framework.String(cart.Reseller())
	}
	if c.config.FriendlyName.IsNull() {
		if c.plan.FriendlyName = framework.String(cart.LineName()); cart.LineName() == "" {
			c.plan.FriendlyName = nameOf(o)
		}
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

// earlier looks for an earlier purchase; what this one replaces is none.
func (r *subscriptionResource) earlier(ctx context.Context, c *creation) (found purchase.Earlier, ok bool) {
	customerID := c.plan.CustomerID.ValueString()
	subscriptions, err := r.Client.SharedSubscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if framework.Failed(c.diags, "list the customer's subscriptions", err) {
		return found, false
	}
	orders, err := r.Client.SharedOrders(ctx, customerID)
	if framework.Failed(c.diags, "list the customer's orders", err) {
		return found, false
	}
	order, likeness := c.order(), c.plan.Likeness()
	order.Replaces = r.Owners.Replaced(likeness.Alike())
	found = purchase.EarlierPurchases(r.Claims.Seen(customerID, subscriptions), orders, r.Claims, order, r.Client.EarliestTime())
	i := slices.IndexFunc(found.Subscriptions, func(s partnercenter.Subscription) bool { return strings.EqualFold(s.ID, c.replaces) })
	if i < 0 {
		return found, true
	}
	if c.refuseAlikeReplacement(&found.Subscriptions[i]) {
		return found, false
	}
	r.Owners.PlanReplacement(likeness.Alike(), c.replaces)
	found.Subscriptions = slices.Delete(found.Subscriptions, i, i+1)
	return found, true
}

// order is what is ordered, as far as an earlier purchase is recognized by it: the rest may be unknown yet.
func (c *creation) order() purchase.Order {
	return purchase.Order{
		CustomerID: c.plan.CustomerID.ValueString(), ProductID: c.plan.ProductID.ValueString(), SkuID: c.plan.SkuID.ValueString(),
		Line:         partnercenter.CartLine{FriendlyName: c.config.FriendlyName.ValueString(), Quantity: partnercenter.Int(c.plan.Quantity.ValueInt64())},
		TermDuration: c.plan.TermDuration.ValueString(), BillingCycle: c.plan.BillingCycle.ValueString(),
	}
}

// planTerm fills in term and billing cycle where the SKU is sold with one pair only; neither of them may be known yet.
func (c *creation) planTerm(o *catalog.Offer) (chosen catalog.TermOption, known bool, err error) {
	if c.config.TermDuration.IsUnknown() || c.config.BillingCycle.IsUnknown() {
		return chosen, false, nil
	}
	if chosen, err = o.Choose(c.plan.TermDuration.ValueString(), c.plan.BillingCycle.ValueString()); err == nil {
		c.plan.TermDuration, c.plan.BillingCycle = types.StringValue(chosen.TermDuration), types.StringValue(chosen.BillingCycle)
	}
	return chosen, true, err
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
