// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
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
		"%s would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase (refundable_quantity). "+
			"To have %d from the next term on, leave quantity = %d and %s:\n\n%s",
		words.Count(was-will, "licence"), back.TotalQuantity.ValueInt64(), will, was, schedule, nextTermBlock(ctx, state, will))
}

// nextTermBlock is the configuration that reaches a smaller quantity with the renewal; what else is scheduled for it stays as it is.
func nextTermBlock(ctx context.Context, state *subscriptionResourceModel, quantity int64) string {
	next := nextTermModel{ProductID: state.ProductID, SkuID: state.SkuID, TermDuration: state.TermDuration, BillingCycle: state.BillingCycle}
	if scheduled := nextTerm(ctx, state.NextTerm, &diag.Diagnostics{}); scheduled != nil {
		next = *scheduled
	}
	next.Quantity = types.Int64Value(quantity)
	return next.block()
}

// block is the configuration of these instructions.
func (n *nextTermModel) block() string {
	block := fmt.Sprintf(`  scheduled_next_term_instructions = {
    product_id    = %q
    sku_id        = %q
    term_duration = %q
    billing_cycle = %q
    quantity      = %d
`, n.ProductID.ValueString(), n.SkuID.ValueString(), n.TermDuration.ValueString(), n.BillingCycle.ValueString(), n.Quantity.ValueInt64())
	if promotion := n.PromotionID.ValueString(); promotion != "" {
		block += fmt.Sprintf("    promotion_id = %q\n", promotion)
	}
	if end := n.CustomTermEndDate.ValueString(); end != "" {
		block += fmt.Sprintf("    custom_term_end_date = %q\n", end)
	}
	return block + "  }"
}

// readNew reads a subscription that may have been bought a moment ago, and may be missing for minutes then.
func readNew(ctx context.Context, client *partnercenter.Client, customerID, id string) (*partnercenter.Subscription, error) {
	ctx, cancel := client.WithTimeout(ctx, wait.ListLag)
	defer cancel()
	var got *partnercenter.Subscription
	var missing error
	err := client.Poll(ctx, func(ctx context.Context) (bool, error) {
		var err error
		got, err = client.Subscription(ctx, customerID, id)
		if partnercenter.IsNotFound(err) {
			missing = err
			return false, nil
		}
		return true, err
	})
	if missing != nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, missing
	}
	return got, err
}

// setQuantity brings a subscription to a number of licences, if it has another one, and puts back what Partner Center drops with such
// a change: what was scheduled for the renewal. The subscription that comes back is never nil.
func setQuantity(ctx context.Context, client *partnercenter.Client, customerID string, before *partnercenter.Subscription, quantity int64) (*partnercenter.Subscription, error) {
	if int64(before.Quantity) == quantity {
		return before, nil
	}
	if err := refreshSchedule(ctx, client, customerID, before); err != nil {
		return before, fmt.Errorf("nothing was changed, because what is scheduled for the renewal could not be put back afterwards: %w", err)
	}
	after, err := client.UpdateSubscription(ctx, customerID, before.ID, partnercenter.SubscriptionChange{Quantity: &quantity})
	if err != nil {
		return cmp.Or(unapplied(err), before), err
	}
	change, dropped := partnercenter.DroppedSchedule(before, after)
	if !dropped {
		return after, nil
	}
	restored, err := client.UpdateSubscription(ctx, customerID, before.ID, change)
	if err != nil {
		return cmp.Or(unapplied(err), after), fmt.Errorf("the subscription has %s now, but Partner Center dropped what was scheduled for its renewal, and it could not be put back: %w", words.Count(quantity, "licence"), err)
	}
	return restored, nil
}

// unapplied is the subscription as it shows after a change that was accepted and not made, nil for other errors.
func unapplied(err error) *partnercenter.Subscription {
	if e, ok := errors.AsType[*partnercenter.NotAppliedError](err); ok {
		return e.Subscription
	}
	return nil
}

// refreshSchedule names today's availability in what is scheduled for the renewal: Partner Center accepts no other when it is put back.
func refreshSchedule(ctx context.Context, client *partnercenter.Client, customerID string, s *partnercenter.Subscription) error {
	scheduled := []*partnercenter.NextTermInstructions{s.ScheduledNextTermInstructions}
	for _, action := range s.ScheduledActions {
		scheduled = append(scheduled, action.Instructions)
	}
	for _, next := range scheduled {
		if next == nil || next.Product.ProductID == "" {
			continue
		}
		if err := (&desired{nextTerm: next}).withAvailability(ctx, client, customerID); err != nil {
			return err
		}
	}
	return nil
}
