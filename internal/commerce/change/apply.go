// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Differs reports whether something has to be sent.
func (want Desired) Differs(got *partnercenter.Subscription) bool { return want.next(got) != nil }

// Apply brings a subscription to what is desired, within the spending limit: what it buys counts as planned, or is quoted where no plan has.
// What comes back is never nil: after an error it is what has been made until then.
func Apply(ctx context.Context, buyer purchase.Buyer, customerID string, got *partnercenter.Subscription, want Desired, planned *spending.Amount) (after *partnercenter.Subscription, warnings []string, err error) {
	after, err = within(ctx, buyer, customerID, got, want.Buys(got), planned, func() (*partnercenter.Subscription, error) {
		kept, err := want.keepingSchedule(ctx, buyer.Client, customerID, got)
		if err != nil {
			return got, err
		}
		var updated *partnercenter.Subscription
		updated, warnings, err = reconcile(ctx, buyer.Client, customerID, got, kept)
		return updated, err
	})
	return after, warnings, err
}

// within makes a change if what it buys stays within the spending limit. What was refused does not count, unless part of it was made; what
// was accepted and does not show yet does.
func within(ctx context.Context, buyer purchase.Buyer, customerID string, got *partnercenter.Subscription, addition *spending.Addition, planned *spending.Amount,
	change func() (*partnercenter.Subscription, error),
) (*partnercenter.Subscription, error) {
	reserved, err := buyer.ReserveAddition(ctx, customerID, addition, planned)
	if err != nil {
		return got, err
	}
	after, err := change()
	_, accepted := errors.AsType[*partnercenter.NotAppliedError](err)
	if err != nil && !accepted && !partnercenter.OutcomeUnknown(err) && after.Quantity == got.Quantity && after.TermDuration == got.TermDuration {
		reserved.GiveBack(nil)
	}
	return after, err
}

// keepingSchedule adds what Partner Center drops with an immediate change, and nobody asked to be dropped: what was scheduled for the
// renewal stays as it was.
func (want Desired) keepingSchedule(ctx context.Context, client *partnercenter.Client, customerID string, got *partnercenter.Subscription) (Desired, error) {
	facts := FactsOf(got)
	now := facts.AtTermEnd()
	if facts.Trial || !want.Differs(got) {
		return want.endingAs(now), nil
	}
	kept := *got
	if want.ManageNext || !got.AutoRenewEnabled { // of a renewal that was turned off, instructions are left over
		kept.ScheduledNextTermInstructions = nil
	}
	if want.ManageNext || want.AtTermEnd != "" && want.AtTermEnd != now {
		kept.ScheduledActions = slices.DeleteFunc(slices.Clone(got.ScheduledActions), atEnd)
	}
	if want.stopsRenewing() {
		kept.ScheduledNextTermInstructions = nil
	}
	schedule, err := refreshedSchedule(ctx, client, customerID, &kept)
	if err != nil {
		return want, err
	}
	want = want.endingAs(now)
	want.kept = schedule
	return want, nil
}

// endingAs keeps an end of the term that Partner Center may drop, where no other is asked for.
func (want Desired) endingAs(now TermEnd) Desired {
	if want.AtTermEnd == "" && now != TermEndRenew {
		want.AtTermEnd = now
	}
	return want
}

// reconcile makes one change per request, and reads what came of each before it decides on the next. So what an immediate change makes
// the service drop, such as instructions for the next term, is seen and put back.
func reconcile(ctx context.Context, client *partnercenter.Client, customerID string, got *partnercenter.Subscription, want Desired) (*partnercenter.Subscription, []string, error) {
	var warnings []string
	var made []step
	for {
		next := want.next(got)
		if next == nil {
			return got, warnings, nil
		}
		if slices.ContainsFunc(made, func(one step) bool { return reflect.DeepEqual(one, *next) }) { // the client has seen it, and it is gone again
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
			return got, warnings, fmt.Errorf("changing %s: %w", next.what, refusedDecrease(got, err))
		}
		got, made = updated, append(made, *next)
		if next.putsBack { // and shows
			want.kept = nil
		}
	}
}

// next is the first change that is missing, in the order of the table; then what was dropped meanwhile, and suspending last.
func (want Desired) next(got *partnercenter.Subscription) *step {
	waits := IsSuspended(got) || got.Ended()
	for _, a := range Attributes {
		if a.WhileSuspended == Waits && waits { // what does not renew needs nothing said about it
			continue
		}
		if s := a.request(want, got); s != nil {
			s.what = a.Name
			return s
		}
	}
	suspends := want.Suspended != nil && *want.Suspended
	if s := want.putBack(got); s != nil && !waits && !suspends { // suspending drops it once more
		return s
	}
	if suspends && !IsSuspended(got) {
		return &step{what: Suspended, change: partnercenter.SubscriptionChange{Status: new(partnercenter.StatusSuspended)}}
	}
	return nil
}
