// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Desired is what a subscription is to be; nil fields stay as they are.
type Desired struct {
	Status       *string // active or suspended
	FriendlyName *string
	PartnerID    *string
	Quantity     *int64
	TermDuration *string
	BillingCycle *string
	AutoRenew    *bool
	NextTerm     *partnercenter.NextTermInstructions // nil with ManageNext: none are wanted
	ManageNext   bool

	PurchaseLine partnercenter.CartLine // what a purchase of the same has to say, for its price
}

// Differs reports whether something has to be sent.
func (want Desired) Differs(got *partnercenter.Subscription) bool { return want.next(got) != nil }

// Buys is what reaching the desired state adds to a subscription, nil for nothing.
func (want Desired) Buys(got *partnercenter.Subscription) *spending.Addition {
	a := &spending.Addition{
		ProductID: got.ProductID(), SkuID: got.SkuID(), Term: got.TermDuration, Billing: ComingBillingCycle(got),
		Among: int64(got.Quantity), Line: want.PurchaseLine,
	}
	if want.Quantity != nil {
		a.Among = max(a.Among, *want.Quantity)
	}
	a.Licenses = a.Among - int64(got.Quantity)
	if want.TermDuration != nil && *want.TermDuration != got.TermDuration {
		a.Term, a.Licenses = *want.TermDuration, a.Among
		if want.BillingCycle != nil {
			a.Billing = *want.BillingCycle
		}
	}
	if a.Licenses == 0 {
		return nil
	}
	return a
}

// ResoldBy is the cart line of a purchase for the same indirect reseller.
func ResoldBy(s *partnercenter.Subscription) partnercenter.CartLine {
	if s.PartnerID == "" {
		return partnercenter.CartLine{}
	}
	return partnercenter.CartLine{Participants: []partnercenter.KeyValue{{Key: partnercenter.ParticipantTransactionReseller, Value: s.PartnerID}}}
}

// FindAvailability fills in the availability that the instructions for the next term have to name: today's, looked up like for a purchase.
func (want *Desired) FindAvailability(ctx context.Context, client *partnercenter.Client, customerID string) error {
	if want.NextTerm == nil {
		return nil
	}
	return findAvailability(ctx, client, customerID, want.NextTerm)
}

func findAvailability(ctx context.Context, client *partnercenter.Client, customerID string, next *partnercenter.NextTermInstructions) error {
	product := &next.Product
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

// Apply brings a subscription to what is desired, within the spending limit. What comes back is never nil: after an error it is what has
// been made until then.
func Apply(ctx context.Context, deps Deps, customerID string, got *partnercenter.Subscription, want Desired) (after *partnercenter.Subscription, warnings []string, err error) {
	after, err = deps.within(ctx, customerID, got, want, func() (*partnercenter.Subscription, error) {
		var updated *partnercenter.Subscription
		var err error
		updated, warnings, err = reconcile(ctx, deps.Client, customerID, got, want)
		return updated, err
	})
	return after, warnings, err
}

// reconcile makes one change per request, and reads what came of each before it decides on the next. So what an immediate change makes
// the service drop, such as instructions for the next term, is seen and put back.
func reconcile(ctx context.Context, client *partnercenter.Client, customerID string, got *partnercenter.Subscription, want Desired) (*partnercenter.Subscription, []string, error) {
	if want.AutoRenew == nil && !got.AutoRenewEnabled && FactsOf(got).EndsWithTerm() {
		want.AutoRenew = new(false) // nobody asked for anything else, and an immediate change would drop the scheduled cancellation
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

// next is the first change that is missing, in the order of the table, and suspending last.
func (want Desired) next(got *partnercenter.Subscription) *step {
	waits := IsSuspended(got) || got.Ended()
	for _, a := range Attributes {
		if a.Suspended == Waits && waits { // what does not renew needs nothing said about it
			continue
		}
		if s := a.request(want, got); s != nil {
			s.what = a.Name
			return s
		}
	}
	if want.Status != nil && *want.Status == partnercenter.StatusSuspended && !IsSuspended(got) {
		return &step{what: Status, change: partnercenter.SubscriptionChange{Status: want.Status}}
	}
	return nil
}
