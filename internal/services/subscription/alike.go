// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// refuseAlike stops two purchases of one run that look alike, and one that looks like what this state manages already.
func (r *subscriptionResource) refuseAlike(c *creation, another bool) bool {
	likeness := c.plan.Likeness()
	alike := likeness.Alike()
	switch { // each case notes before it looks, so that of two addresses the later one sees the other
	case r.refuseNow(c, alike, another || c.plan.OnExisting.IsUnknown()):
	case !another && !c.plan.AllowReplacement.ValueBool():
		return false
	case r.Owners.Destroyed(alike) != "": // Terraform plans to destroy before it reads
		refuseRename(c.diags, r.Owners.Destroyed(alike), c.plan.FriendlyName.ValueString())
	case c.plan.AllowReplacement.ValueBool():
		return false
	case len(r.Owners.Managed(alike)) > 0:
		id := r.Owners.Managed(alike)[0]
		c.diags.AddError("Subscription exists already", fmt.Sprintf("This state manages subscription %s with the same customer, product, SKU and friendly_name already, so this purchase cannot be told from one of what was tainted or renamed. ", id)+
			words.WaysToKeep(c.plan.CustomerID.ValueString(), id)+"If a further subscription is really wanted, give it a friendly_name of its own.")
	default:
		return false
	}
	return true
}

// refuseNow stops a purchase that another of this run is alike, and a line of a cart that another block buys or has bought.
func (r *subscriptionResource) refuseNow(c *creation, alike spending.Likeness, another bool) bool {
	fromCart := !c.plan.CartID.IsNull()
	switch {
	case fromCart:
		return r.refuseLine(c) || !c.plan.FriendlyName.IsUnknown() && r.refuseFromCart(c, alike, another)
	case r.Owners.Unfinished(alike): // a cart finds out by itself
		refuseUnfinished(c.diags)
	case !r.Owners.PlanPurchase(alike, another):
		refuseTwo(c.diags, c.plan.FriendlyName.ValueString())
	default:
		return false
	}
	return true
}

// refuseTwo stops two purchases that look alike.
func refuseTwo(diags *diag.Diagnostics, friendlyName string) {
	diags.AddError("Two purchases alike", fmt.Sprintf("Another block of this configuration buys the same product and SKU for this customer with friendly_name = %q, by itself or from a cart: two would be bought. If it was copied, adapt it; if two are wanted, give each a friendly_name of its own, or set on_existing = %q in both.",
		friendlyName, purchase.PurchaseAnother))
}

// refuseLine stops a purchase of a line that another block of this run buys, or has bought.
func (r *subscriptionResource) refuseLine(c *creation) bool {
	if c.plan.CartID.IsUnknown() || c.plan.CartLineItem.IsUnknown() {
		return false
	}
	cartID, line := c.plan.CartID.ValueString(), c.plan.CartLineItem.ValueInt64()
	first, bought := r.Owners.PlanLine(cartID, line), r.Owners.LineManaged(cartID, line)
	switch {
	case bought != "":
		c.diags.AddError("Subscription exists already", words.LineBought(bought))
	case !first:
		framework.Wrong(c.diags, path.Root("cart_line_item"), "Two purchases alike", "Another block of this configuration buys line %d of cart %s as well, and a line is bought once. "+
			"If it was copied, adapt cart_line_item; if two are wanted, give the cart a line for each.", line, escape.ID(cartID))
	}
	return bought != "" || !first
}

// refuseFromCart stops a purchase from a cart that another block of this run buys by itself, or ends.
func (r *subscriptionResource) refuseFromCart(c *creation, alike spending.Likeness, another bool) bool {
	switch {
	case !r.Owners.PlanFromCart(alike, another):
		refuseTwo(c.diags, c.plan.FriendlyName.ValueString())
	case r.Owners.Destroyed(alike) != "":
		refuseRename(c.diags, r.Owners.Destroyed(alike), c.plan.FriendlyName.ValueString())
	default:
		return false
	}
	return true
}

// refuseNamedByCart is refuseFromCart for a block that leaves the nickname to the line of the cart.
func (r *subscriptionResource) refuseNamedByCart(c *creation, cart *purchase.PricedCart) bool {
	if !c.config.FriendlyName.IsNull() {
		return false
	}
	likeness := c.plan.Likeness()
	likeness.FriendlyName = cart.LineName()
	return r.refuseFromCart(c, likeness.Alike(), c.plan.OnExisting.IsUnknown() || c.plan.OnExisting.ValueString() == string(purchase.PurchaseAnother))
}
