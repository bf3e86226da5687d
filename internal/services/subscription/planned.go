// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// update is a change that is being planned.
type update struct {
	state, plan, config *subscriptionmodel.Model
	facts               keptFacts
	changed             []subscriptionmodel.Difference
	diags               *diag.Diagnostics
}

func (u *update) changes(name string) bool {
	return slices.ContainsFunc(u.changed, func(d subscriptionmodel.Difference) bool { return d.Name == name })
}

// unknown reports whether the planned value of a changed attribute is not known yet.
func (u *update) unknown(name string) bool {
	return slices.ContainsFunc(u.changed, func(d subscriptionmodel.Difference) bool { return d.Name == name && d.Will.IsUnknown() })
}

// now is what is known of the subscription before the change.
func (u *update) now() *partnercenter.Subscription {
	return &partnercenter.Subscription{
		OfferID: u.state.ProductID.ValueString() + ":" + u.state.SkuID.ValueString() + ":", Quantity: partnercenter.Int(u.state.Quantity.ValueInt64()),
		TermDuration: u.state.TermDuration.ValueString(), BillingCycle: u.state.BillingCycle.ValueString(),
	}
}

// open reports whether everything that is changed is not known yet: it may turn out to be as it is.
func (u *update) open() bool {
	return len(u.changed) > 0 && !slices.ContainsFunc(u.changed, func(d subscriptionmodel.Difference) bool { return !d.Will.IsUnknown() })
}

// warnUnpriced says in a warning what the diff cannot: that the price of what is bought is not in the plan.
func (u *update) warnUnpriced(what, why string) {
	u.diags.AddWarning("Price unknown: purchase of "+what+u.state.Subject(), words.Sentence("What this change commits to is not in the plan: "+why))
}

// warnOpen is warnUnpriced for licenses, or a term or its billing cycle, that are not known yet.
func (u *update) warnOpen() {
	switch {
	case u.facts.Ended():
	case u.unknown(change.Quantity):
		u.warnUnpriced("an unknown number of licenses more", "quantity is known only during apply")
	case u.unknown(change.TermDuration):
		u.warnUnpriced("a term that is not known yet for "+words.Count(u.plan.Quantity.ValueInt64(), "license"), "term_duration is known only during apply")
	case u.changes(change.TermDuration):
		u.warnUnpriced("another term for "+words.Count(u.plan.Quantity.ValueInt64(), "license"), "billing_cycle is known only during apply")
	case u.plan.Quantity.ValueInt64() > u.state.Quantity.ValueInt64():
		u.warnUnpriced(more(u.plan.Quantity.ValueInt64()-u.state.Quantity.ValueInt64()), "billing_cycle is known only during apply")
	}
}

// more is a number of licenses that are added, in words.
func more(licenses int64) string { return words.Count(licenses, "license") + " more" }

// creation is a creation that is being planned: a purchase, or the adoption of an earlier one.
type creation struct {
	config, plan subscriptionmodel.Model
	replaces     string // ID of the subscription that goes, where Terraform has said so
	beside       bool   // buys beside what it may replace, which Terraform does not say when it applies
	margin       string // of a publisher, in words
	diags        *diag.Diagnostics
}

// order is what is ordered, as far as an earlier purchase is recognized by it: the rest may be unknown yet.
func (c *creation) order() purchase.Order {
	return purchase.Order{
		CustomerID: c.plan.CustomerID.ValueString(), ProductID: c.plan.ProductID.ValueString(), SkuID: c.plan.SkuID.ValueString(),
		Line:         partnercenter.CartLine{FriendlyName: c.config.FriendlyName.ValueString(), Quantity: partnercenter.Int(c.plan.Quantity.ValueInt64())},
		TermDuration: c.plan.TermDuration.ValueString(), BillingCycle: c.plan.BillingCycle.ValueString(),
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
