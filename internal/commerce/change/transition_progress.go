// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// answerTimeout is how long the answer to the start of a transition is waited for.
const answerTimeout = 5 * time.Minute

// Progress is a transition on its way.
type Progress struct {
	of      *Transition
	client  *partnercenter.Client
	say     func(format string, args ...any)
	into    *partnercenter.Subscription // the existing subscription that licenses move into, as it was before; nil for none
	old     []string                    // operations of the subscription before this one
	known   *partnercenter.Transition   // nil until Partner Center shows it
	listed  bool                        // in the subscription's history
	unclear error                       // the answer to its start was lost
}

// Begun holds when something may have changed at Partner Center.
func (p *Progress) Begun() bool { return p.known != nil }

// TargetID is the subscription that the licenses move to, "" while it is not known.
func (p *Progress) TargetID() string {
	if p.known == nil {
		return ""
	}
	return p.known.ToSubscriptionID
}

// Make starts the transition, within the spending limit, and follows it to its end; say hears how far it is. What has begun comes back
// with an error too.
func (t *Transition) Make(ctx context.Context, buyer purchase.Buyer, planned *spending.Amount, say func(format string, args ...any)) (*Progress, error) {
	p := &Progress{of: t, client: buyer.Client, say: say}
	reserved, err := buyer.ReserveAddition(ctx, t.customerID, t.Buys(), planned)
	if err != nil {
		return p, err
	}
	if t.IntoID != "" {
		if p.into, err = buyer.Client.Subscription(ctx, t.customerID, t.IntoID); err != nil {
			reserved.GiveBack(nil)
			return p, fmt.Errorf("nothing was moved, because subscription %s, which the licenses are to move into, could not be read: %w", t.IntoID, err)
		}
	}
	say("Moving %s of %s to %s.", words.Count(t.Quantity, "license"), Title(t.from), t.Into())
	err = p.start(ctx)
	if err == nil || p.unclear != nil {
		err = p.follow(ctx)
	}
	if err != nil && !partnercenter.OutcomeUnknown(err) && !p.Begun() {
		reserved.GiveBack(nil)
	}
	return p, err
}

func (p *Progress) start(ctx context.Context) error {
	before, err := p.history(ctx)
	if err != nil {
		return err
	}
	for _, t := range before {
		p.old = append(p.old, t.OperationID)
		if parts := partsOf(&t); parts.running() {
			return fmt.Errorf("another transition of %s is under way (%s), and Partner Center makes one at a time. Run this again when it has ended", Title(p.of.from), parts)
		}
	}
	// Once this has left, it is seen through to its answer: stopping in the middle would leave a purchase that nobody knows of.
	sending, cancel := wait.Finishing(ctx, p.client, answerTimeout)
	defer cancel()
	started, err := p.client.CreateTransition(sending, p.of.customerID, p.of.from.ID, p.of.request())
	switch {
	case err == nil:
		p.known = started
	case partnercenter.OutcomeUnknown(err):
		p.say("The answer was lost; looking in the subscription's history for what became of it. It is not sent again.")
		p.unclear = err
	}
	return err
}

// history is every transition of the subscription so far.
func (p *Progress) history(ctx context.Context) ([]partnercenter.Transition, error) {
	found, err := p.client.Transitions(ctx, p.of.customerID, p.of.from.ID, "")
	if partnercenter.IsNotFound(err) { // no history yet
		return nil, nil
	}
	return found, err
}

// follow reads the history until the transition has ended. An unclear one that does not appear there in time has to be looked after by people.
func (p *Progress) follow(ctx context.Context) error {
	appear, cancel := p.client.WithTimeout(ctx, wait.ListLag)
	defer cancel()
	shown := ""
	look := func(ctx context.Context) error {
		found, err := p.history(ctx)
		if err != nil {
			return wait.IgnoreLag(err)
		}
		if t := p.find(found); t != nil {
			p.known, p.listed = t, true
			if now := partsOf(t).String(); now != shown {
				p.say("Transition %s: %s.", t.OperationID, now)
				shown = now
			}
		}
		return nil
	}
	err := p.client.Poll(appear, func(ctx context.Context) (bool, error) { err := look(ctx); return p.listed, err })
	if err == nil {
		err = p.client.Poll(ctx, func(ctx context.Context) (bool, error) {
			err := look(ctx)
			return !partsOf(p.known).running(), err
		})
	}
	switch {
	case p.unclear != nil && p.known == nil:
		return p.unclear
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the transition was started and has not ended within the time for it (%s). It goes on at Partner Center: do not start it again, but look at the subscription later", partsOf(p.known))
	case err != nil:
		return fmt.Errorf("the transition was started, but it could not be followed, so do not start it again: %w", err)
	}
	return partsOf(p.known).failure()
}

// find finds this transition in the history: by its operation, or where that is not known as a new one that moves as many licenses to the
// same target.
func (p *Progress) find(found []partnercenter.Transition) *partnercenter.Transition {
	asked := p.of.request()
	for i := range found {
		t := &found[i]
		switch {
		case p.known != nil && p.known.OperationID != "":
			if strings.EqualFold(t.OperationID, p.known.OperationID) {
				return t
			}
		case !slices.Contains(p.old, t.OperationID) && t.Quantity == asked.Quantity && strings.EqualFold(t.ToCatalogItemID, asked.ToCatalogItemID):
			return t
		}
	}
	return nil
}

// transitionParts are how far each part of a transition is, such as its conversion or the reassignment of licenses, in the order of their beginning.
type transitionParts []partnercenter.TransitionEvent

func partsOf(t *partnercenter.Transition) transitionParts {
	if t == nil {
		return nil
	}
	var all transitionParts
	for _, event := range t.Events {
		at := slices.IndexFunc(all, func(e partnercenter.TransitionEvent) bool { return strings.EqualFold(e.Name, event.Name) })
		if at < 0 {
			all = append(all, event)
		} else {
			all[at] = event
		}
	}
	return all
}

// running holds until every part has ended, one way or the other.
func (all transitionParts) running() bool {
	return len(all) == 0 || slices.ContainsFunc(all, func(e partnercenter.TransitionEvent) bool {
		return !strings.EqualFold(e.Status, "Completed") && !strings.EqualFold(e.Status, "Failed")
	})
}

// failure is the error of the parts that failed, nil if none did.
func (all transitionParts) failure() error {
	for _, e := range all {
		if strings.EqualFold(e.Status, "Failed") {
			return fmt.Errorf("the transition ended at Partner Center: %s failed: %s", e.Name, reasons(e.Errors, partnercenter.TransitionError.Remedy))
		}
	}
	return nil
}

// String says how far each part is.
func (all transitionParts) String() string {
	if len(all) == 0 {
		return "not in the history yet"
	}
	texts := make([]string, 0, len(all))
	for _, e := range all {
		texts = append(texts, e.Name+" "+strings.ToLower(e.Status))
	}
	return strings.Join(texts, ", ")
}

// Source reads the subscription that licenses moved from until it shows that they did, or ctx is over; nil where it cannot be read.
func (p *Progress) Source(ctx context.Context) *partnercenter.Subscription {
	before := p.of.from
	return p.read(ctx, before.ID, func(s *partnercenter.Subscription) bool {
		return p.showsNothing() || s.Quantity != before.Quantity || s.OfferID != before.OfferID || s.Ended()
	})
}

// Destination reads the other subscription that licenses moved to, an existing one until it shows them; nil where it cannot be read.
func (p *Progress) Destination(ctx context.Context) *partnercenter.Subscription {
	return p.read(ctx, p.TargetID(), func(s *partnercenter.Subscription) bool {
		return p.into == nil || p.showsNothing() || s.Quantity != p.into.Quantity || s.Ended()
	})
}

// showsNothing holds where subscriptions need not show the transition: it runs still, or a part of it failed.
func (p *Progress) showsNothing() bool {
	return partsOf(p.known).failure() != nil || partsOf(p.known).running()
}

func (p *Progress) read(ctx context.Context, id string, shows func(*partnercenter.Subscription) bool) *partnercenter.Subscription {
	var last *partnercenter.Subscription
	_ = p.client.Poll(ctx, func(ctx context.Context) (bool, error) { // what is not seen in time is reported as it is
		got, err := p.client.Subscription(ctx, p.of.customerID, id)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		last = got
		return shows(got), nil
	})
	return last
}
