// SPDX-License-Identifier: MPL-2.0

package change

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// MayGiveBack says how many licenses Partner Center takes back at the moment. Only new commerce comes with that figure; elsewhere
// nothing is known, and the service has the last word. See reference/commerce.md#quantity.
func (f Facts) MayGiveBack() (licenses int64, known bool) {
	return f.Refundable, f.Family == partnercenter.FamilyNewCommerce
}

// NextTermWith is the configuration that reaches a quantity with the renewal; what else is scheduled for it stays as it is.
func (f Facts) NextTermWith(quantity int64) string {
	next := partnercenter.NextTermInstructions{Product: partnercenter.NextTermProduct{
		ProductID: f.ProductID, SkuID: f.SkuID, TermDuration: f.TermDuration, BillingCycle: f.BillingCycle,
	}}
	if f.NextTerm != nil {
		next = *f.NextTerm
	}
	next.Quantity = partnercenter.Int(quantity)
	return NextTermBlock(&next)
}

// More is what adding licenses buys.
func More(got *partnercenter.Subscription, quantity int64) Desired {
	return Desired{Quantity: &quantity, PurchaseLine: ResoldBy(got)}
}

// SetQuantity brings a subscription to a number of licenses within the spending limit, if it has another one, and puts back what Partner
// Center drops with such a change: what was scheduled for the renewal. The subscription that comes back is never nil.
func SetQuantity(ctx context.Context, buyer purchase.Buyer, customerID string, before *partnercenter.Subscription, quantity int64, planned *spending.Amount) (*partnercenter.Subscription, error) {
	if int64(before.Quantity) == quantity {
		return before, nil
	}
	return within(ctx, buyer, customerID, before, More(before, quantity).Buys(before), planned, func() (*partnercenter.Subscription, error) {
		return setQuantity(ctx, buyer.Client, customerID, before, quantity)
	})
}

func setQuantity(ctx context.Context, client *partnercenter.Client, customerID string, before *partnercenter.Subscription, quantity int64) (*partnercenter.Subscription, error) {
	kept, err := refreshedSchedule(ctx, client, customerID, before)
	if err != nil {
		return before, err
	}
	after, err := client.UpdateSubscription(ctx, customerID, before.ID, partnercenter.SubscriptionChange{Quantity: &quantity})
	if err != nil {
		return cmp.Or(unapplied(err), before), refusedDecrease(before, err)
	}
	dropped := Desired{kept: kept}.putBack(after)
	if dropped == nil {
		return after, nil
	}
	restored, err := client.UpdateSubscription(ctx, customerID, before.ID, dropped.change)
	if err != nil {
		return cmp.Or(unapplied(err), after), fmt.Errorf("the subscription has %s now, but Partner Center dropped what was scheduled for its renewal, and it could not be put back: %w", words.Count(quantity, "license"), err)
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

// ReadNew reads a subscription that may have been bought a moment ago, and may be missing for minutes then.
func ReadNew(ctx context.Context, client *partnercenter.Client, customerID, id string) (*partnercenter.Subscription, error) {
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
