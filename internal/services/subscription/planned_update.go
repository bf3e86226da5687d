// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
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
