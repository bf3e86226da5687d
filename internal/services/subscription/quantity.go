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
)

// checkLicences compares another number of licences with the limits of the SKU and with what Partner Center takes back. The last
// argument says how to schedule a decrease instead; the block to write follows it.
func checkLicences(ctx context.Context, client *partnercenter.Client, state *subscriptionResourceModel, will int64, schedule string, diags *diag.Diagnostics) {
	if !state.ProductID.IsNull() { // legacy offers are not in the catalogue
		o, err := catalog.ReadOffer(ctx, client.SharedAvailabilities, state.CustomerID.ValueString(), state.ProductID.ValueString(), state.SkuID.ValueString())
		if err == nil { // an offer that is not sold any more has no limits to check; the service has the last word
			if err := o.CheckQuantity(will); err != nil {
				framework.Wrong(diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
				return
			}
		}
	}
	if facts := state.facts(); will < facts.Quantity {
		checkDecrease(facts, will, schedule, diags)
	}
}

// checkDecrease compares a decrease with what Partner Center says can be given back.
func checkDecrease(facts change.Facts, will int64, schedule string, diags *diag.Diagnostics) {
	was := facts.Quantity
	back, known := facts.MayGiveBack()
	if !known || was-will <= back {
		return
	}
	framework.Wrong(diags, path.Root("quantity"), "Licences cannot be given back now",
		"%s would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase (refundable_quantity). "+
			"To have %d from the next term on, leave quantity = %d and %s:\n\n%s",
		words.Count(was-will, "licence"), back, will, was, schedule, facts.NextTermWith(will))
}
