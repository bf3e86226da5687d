// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

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

func (u *update) warnUnpriced(licenses int64, why string) {
	u.diags.AddWarning(fmt.Sprintf("Price unknown: purchase of %s more%s", words.Count(licenses, "license"), u.state.Subject()), words.Sentence("What this change commits to is not in the plan: "+why))
}
