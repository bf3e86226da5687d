// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// desired is what a subscription should be; nil fields stay as they are.
type desired struct {
	status       *string // active or suspended
	friendlyName *string
	partnerID    *string
	quantity     *int64
	term         *string
	billing      *string
	autoRenew    *bool
	nextTerm     *partnercenter.NextTermInstructions // nil with manageNext: none are wanted
	manageNext   bool

	purchaseLine partnercenter.CartLine // what a purchase of the same has to say, for its price
}

const (
	statusActive    = "active"
	statusSuspended = "suspended"
)

// reconcile brings a subscription to what is desired, one change per request, and reads what came of each before it decides on the
// next. So what an immediate change makes the service drop, such as instructions for the next term, is seen and put back.
func reconcile(ctx context.Context, client *partnercenter.Client, customerID string, got *partnercenter.Subscription, want desired) (*partnercenter.Subscription, []string, error) {
	if want.autoRenew == nil && !got.AutoRenewEnabled && endsWithTerm(got) {
		lapses := false // nobody asked for anything else, and an immediate change would drop the scheduled cancellation
		want.autoRenew = &lapses
	}
	var warnings []string
	var last *step
	for {
		next := want.next(got)
		if next == nil {
			return got, warnings, nil
		}
		if last != nil && reflect.DeepEqual(*last, *next) { // the client has seen it, and it is gone again
			return got, warnings, fmt.Errorf("the change of %s was taken back by Partner Center; what was changed before has been kept. Look at the subscription in Partner Center, then run plan again", next.what)
		}
		updated, err := client.UpdateSubscription(ctx, customerID, got.ID, next.change)
		var notApplied *partnercenter.NotAppliedError
		if errors.As(err, &notApplied) {
			updated = notApplied.Subscription
		}
		switch {
		case notApplied != nil && next.mayStayUndone != "" && !updated.AutoRenewEnabled:
			return updated, append(warnings, next.mayStayUndone), nil
		case notApplied != nil:
			return updated, warnings, fmt.Errorf("changing %s: %w", next.what, err)
		case err != nil:
			return got, warnings, fmt.Errorf("changing %s: %w", next.what, err)
		}
		got, last = updated, next
	}
}

// step is one change of one request.
type step struct {
	what          string // the attribute, as people know it
	change        partnercenter.SubscriptionChange
	mayStayUndone string // a warning, where the change need not show
}

// next is the first change that is missing, in an order that loses nothing: what wakes the subscription up first, then what the
// service applies at once, then what is scheduled for the renewal (immediate changes drop that), and suspending last.
func (want desired) next(got *partnercenter.Subscription) *step {
	isSuspended := strings.EqualFold(got.Status, statusSuspended)
	switch {
	case isSuspended && want.status != nil && *want.status == statusActive:
		return &step{what: "status", change: partnercenter.SubscriptionChange{Status: want.status}}
	case want.friendlyName != nil && *want.friendlyName != got.FriendlyName:
		return &step{what: "friendly_name", change: partnercenter.SubscriptionChange{FriendlyName: want.friendlyName}}
	case want.partnerID != nil && *want.partnerID != string(got.PartnerID):
		return &step{what: "partner_id", change: partnercenter.SubscriptionChange{PartnerID: want.partnerID}}
	case want.term != nil && *want.term != got.TermDuration:
		return &step{what: "term_duration", change: partnercenter.SubscriptionChange{TermDuration: want.term, BillingCycle: want.billing}}
	case want.billing != nil && !strings.EqualFold(*want.billing, comingBillingCycle(got)):
		return &step{what: "billing_cycle", change: partnercenter.SubscriptionChange{BillingCycle: want.billing}}
	case want.quantity != nil && *want.quantity != int64(got.Quantity):
		return &step{what: "quantity", change: partnercenter.SubscriptionChange{Quantity: want.quantity}}
	}
	if s := want.renewal(got); s != nil && !isSuspended && !got.Ended() { // what does not renew needs nothing said about it
		return s
	}
	if want.status != nil && *want.status == statusSuspended && !isSuspended {
		return &step{what: "status", change: partnercenter.SubscriptionChange{Status: want.status}}
	}
	return nil
}

// comingBillingCycle is the one that holds from the next charge on: a change of it alone waits until then.
func comingBillingCycle(s *partnercenter.Subscription) string {
	if s.NextChargeInstructions != nil && s.NextChargeInstructions.Product.BillingCycle != "" {
		return s.NextChargeInstructions.Product.BillingCycle
	}
	return s.BillingCycle
}

// withAvailability fills in the availability that the instructions for the next term have to name: today's, looked up like for a purchase.
func (want *desired) withAvailability(ctx context.Context, client *partnercenter.Client, customerID string) error {
	if want.nextTerm == nil {
		return nil
	}
	product := &want.nextTerm.Product
	o, err := catalog.ReadOffer(ctx, client.Availabilities, customerID, product.ProductID, product.SkuID)
	if err != nil {
		return err
	}
	chosen, err := o.Choose(product.TermDuration, product.BillingCycle)
	if err != nil {
		return err
	}
	product.AvailabilityID = chosen.Availability.ID
	return nil
}
