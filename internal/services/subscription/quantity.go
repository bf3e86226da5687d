// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// checkLicences compares another number of licences with the limits of the SKU and with what Partner Center takes back. The last
// argument says how to schedule a decrease instead; the block to write follows it.
func checkLicences(ctx context.Context, client *partnercenter.Client, state *subscriptionResourceModel, will int64, schedule string, diags *diag.Diagnostics) {
	if !state.ProductID.IsNull() { // legacy offers are not in the catalogue
		o, err := readOffer(ctx, client, state.CustomerID.ValueString(), state.ProductID.ValueString(), state.SkuID.ValueString())
		if err == nil { // an offer that is not sold any more has no limits to check; the service has the last word
			if err := o.checkQuantity(will); err != nil {
				framework.Wrong(diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
				return
			}
		}
	}
	if was := state.Quantity.ValueInt64(); will < was {
		checkDecrease(ctx, state, was, will, schedule, diags)
	}
}

// checkDecrease compares a decrease with what Partner Center says can be given back. Marketplace SaaS comes without that figure.
func checkDecrease(ctx context.Context, state *subscriptionResourceModel, was, will int64, schedule string, diags *diag.Diagnostics) {
	if state.ProductType.ValueString() != string(partnercenter.FamilyNewCommerce) {
		return
	}
	var back struct {
		TotalQuantity types.Int64 `tfsdk:"total_quantity"`
		Details       types.List  `tfsdk:"details"`
	}
	if !state.RefundableQuantity.IsNull() {
		diags.Append(state.RefundableQuantity.As(ctx, &back, basetypes.ObjectAsOptions{})...)
	}
	if was-will <= back.TotalQuantity.ValueInt64() {
		return
	}
	framework.Wrong(diags, path.Root("quantity"), "Licences cannot be given back now",
		"%d licences would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase (refundable_quantity). "+
			"To have %d from the next term on, leave quantity = %d and %s:\n\n%s",
		was-will, back.TotalQuantity.ValueInt64(), will, was, schedule, nextTermBlock(ctx, state, will))
}

// nextTermBlock is the configuration that reaches a smaller quantity with the renewal; what else is scheduled for it stays as it is.
func nextTermBlock(ctx context.Context, state *subscriptionResourceModel, quantity int64) string {
	next := nextTermModel{ProductID: state.ProductID, SkuID: state.SkuID, TermDuration: state.TermDuration, BillingCycle: state.BillingCycle}
	if scheduled := nextTerm(ctx, state.NextTerm, &diag.Diagnostics{}); scheduled != nil {
		next = *scheduled
	}
	return fmt.Sprintf(`  scheduled_next_term_instructions = {
    product_id    = %q
    sku_id        = %q
    term_duration = %q
    billing_cycle = %q
    quantity      = %d
  }`, next.ProductID.ValueString(), next.SkuID.ValueString(), next.TermDuration.ValueString(), next.BillingCycle.ValueString(), quantity)
}
