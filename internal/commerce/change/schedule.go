// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// An immediate change makes Partner Center drop what is scheduled for the renewal: instructions for the next term, and actions. Whatever makes
// one puts it back in the same way. See reference/commerce.md#patch-semantics.

// refreshedSchedule is the subscription with today's availabilities in what is scheduled: Partner Center accepts no other when it is put back.
// An error says that nothing was changed: without them it would be lost.
func refreshedSchedule(ctx context.Context, client *partnercenter.Client, customerID string, s *partnercenter.Subscription) (*partnercenter.Subscription, error) {
	kept := *s
	kept.ScheduledActions = slices.Clone(s.ScheduledActions)
	scheduled := []**partnercenter.NextTermInstructions{&kept.ScheduledNextTermInstructions}
	for i := range kept.ScheduledActions {
		scheduled = append(scheduled, &kept.ScheduledActions[i].Instructions)
	}
	for _, next := range scheduled {
		if *next == nil || (*next).Product.ProductID == "" {
			continue
		}
		today := **next
		if err := findAvailability(ctx, client, customerID, &today); err != nil {
			return nil, fmt.Errorf("nothing was changed, because what is scheduled for the renewal could not be put back afterwards: %w", err)
		}
		*next = &today
	}
	return &kept, nil
}

// putBack schedules again what was scheduled before and is not any more; nil where nothing is missing.
func (want Desired) putBack(got *partnercenter.Subscription) *step {
	if want.kept == nil {
		return nil
	}
	change, dropped := partnercenter.DroppedSchedule(want.kept, got)
	if !dropped {
		return nil
	}
	if change.ScheduledActions != nil {
		actions := want.beside(*change.ScheduledActions, got)
		change.ScheduledActions = &actions
	}
	return &step{what: NextTerm, change: change, putsBack: true}
}

// beside is what is put back of the actions, with what is scheduled for the end of the term now where nothing of it is put back: the list is
// sent as a whole. Actions win over instructions, so a renewal among them says the same.
func (want Desired) beside(back []partnercenter.ScheduledAction, got *partnercenter.Subscription) []partnercenter.ScheduledAction {
	actions := slices.Clone(back)
	for i, a := range actions {
		if atEnd(a) && strings.EqualFold(a.ActionType, partnercenter.ActionRenewToNewTerm) && a.Instructions == nil {
			actions[i].Instructions = want.kept.ScheduledNextTermInstructions
		}
	}
	if slices.ContainsFunc(actions, atEnd) {
		return actions
	}
	for _, a := range got.ScheduledActions {
		if atEnd(a) {
			actions = append(actions, a)
		}
	}
	return actions
}

// FindAvailability fills in the availability that the instructions for the next term have to name: today's, looked up like for a purchase.
func (want *Desired) FindAvailability(ctx context.Context, client *partnercenter.Client, customerID string) error {
	if want.NextTerm == nil {
		return nil
	}
	return findAvailability(ctx, client, customerID, want.NextTerm)
}

// findAvailability keeps the one that the instructions name while it is sold: the same term may be sold to several segments, at other prices.
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
	if !o.SoldBy(product.AvailabilityID, product.TermDuration, product.BillingCycle) {
		product.AvailabilityID = chosen.Availability.ID
	}
	return nil
}

func atEnd(a partnercenter.ScheduledAction) bool {
	return strings.EqualFold(a.ScheduleType, partnercenter.ScheduleTermEnd)
}
