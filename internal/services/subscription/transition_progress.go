// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// progress is a transition on its way.
type progress struct {
	move       *move
	old        []string                  // operations of the subscription before this one
	transition *partnercenter.Transition // nil until it is known
	listed     bool                      // in the subscription's history
	unclear    error                     // the answer to its start was lost
}

// begun holds when something may have changed at Partner Center.
func (p *progress) begun() bool { return p.transition != nil }

// own finds this transition in the history: by its operation, or where that is not known as a new one that moves as many licences to the same target.
func (p *progress) own(found []partnercenter.Transition) *partnercenter.Transition {
	for i := range found {
		t := &found[i]
		switch {
		case p.transition != nil && p.transition.OperationID != "":
			if strings.EqualFold(t.OperationID, p.transition.OperationID) {
				return t
			}
		case !slices.Contains(p.old, t.OperationID) && t.Quantity == p.move.request.Quantity && strings.EqualFold(t.ToCatalogItemID, p.move.request.ToCatalogItemID):
			return t
		}
	}
	return nil
}

// step is one part of a transition, such as its conversion or the reassignment of licences, as it was seen last.
type transitionStep struct {
	partnercenter.TransitionEvent
}

// transitionState is how far each part of a transition is, in the order of their beginning.
type transitionState []transitionStep

func stateOf(t *partnercenter.Transition) transitionState {
	var state transitionState
	if t == nil {
		return nil
	}
	for _, event := range t.Events {
		at := slices.IndexFunc(state, func(s transitionStep) bool { return strings.EqualFold(s.Name, event.Name) })
		if at < 0 {
			state = append(state, transitionStep{event})
		} else {
			state[at] = transitionStep{event}
		}
	}
	return state
}

func (s transitionStep) is(status string) bool { return strings.EqualFold(s.Status, status) }

// running holds until every part has ended, one way or the other.
func (state transitionState) running() bool {
	return len(state) == 0 || slices.ContainsFunc(state, func(s transitionStep) bool { return !s.is("Completed") && !s.is("Failed") })
}

// failure is the error of the parts that failed, nil if none did.
func (state transitionState) failure() error {
	for _, s := range state {
		if s.is("Failed") {
			return fmt.Errorf("the transition ended at Partner Center: %s failed: %s", s.Name, reasons(s.Errors, partnercenter.TransitionError.Remedy))
		}
	}
	return nil
}

// String says how far each part is.
func (state transitionState) String() string {
	if len(state) == 0 {
		return "not in the history yet"
	}
	words := make([]string, 0, len(state))
	for _, s := range state {
		words = append(words, s.Name+" "+strings.ToLower(s.Status))
	}
	return strings.Join(words, ", ")
}

// report says what is where now, and which attributes to change in the configuration, so that the next plan finds nothing to do.
func (i *invocation) report(ctx context.Context, m *move, p *progress, done bool) {
	ctx, cancel := wait.Finishing(ctx, i.Client, readTimeout)
	defer cancel()
	from := i.settled(ctx, i.before.ID, func(s *partnercenter.Subscription) bool {
		return !done || s.Quantity != i.before.Quantity || s.OfferID != i.before.OfferID || s.Ended()
	})
	var advice []string
	switch changed := differing(i.customerID, i.before, from); {
	case from == nil:
		i.say("Subscription %s could not be read afterwards; run plan to see what it is now.", i.before.ID)
		return
	case from.Ended():
		i.say("%s is %s: all its licences have moved.", title(from), strings.ToLower(from.Status))
		advice = append(advice, fmt.Sprintf("Remove the partnercenter_subscription of %s from the configuration: it has ended.", from.ID))
	case changed == "":
		i.say("%s is as it was before. %s", title(from), goesOn(from))
	default:
		i.say("%s has %s now. %s", title(from), words.Count(int64(from.Quantity), "licence"), goesOn(from))
		advice = append(advice, fmt.Sprintf("In the partnercenter_subscription of %s, write:\n\n%s", from.ID, changed))
	}
	if id := p.transition.ToSubscriptionID; id != "" && !strings.EqualFold(id, from.ID) {
		advice = append(advice, i.reportTarget(ctx, m, id)...)
	}
	if len(advice) > 0 {
		i.resp.Diagnostics.AddWarning("Change the configuration before the next plan"+words.Subject(i.before.FriendlyName, i.customerID), strings.Join(advice, "\n\n")+
			"\n\nWithout that the next plan proposes to undo the transition, or is refused.")
	}
}

// reportTarget says what the other subscription is that licences moved to.
func (i *invocation) reportTarget(ctx context.Context, m *move, id string) []string {
	to := i.settled(ctx, id, func(*partnercenter.Subscription) bool { return true })
	if to == nil {
		return []string{fmt.Sprintf("The licences are in subscription %s, which could not be read yet.", id)}
	}
	i.say("%s are in %s, which has %s now. %s", words.Count(m.quantity, "licence"), title(to), words.Count(int64(to.Quantity), "licence"), goesOn(to))
	if m.existing != nil {
		return []string{fmt.Sprintf("In the resource that manages subscription %s, write:\n\n  quantity = %d", to.ID, to.Quantity)}
	}
	return []string{fmt.Sprintf(`To manage the new subscription, add a partnercenter_subscription for it with

  product_id    = %q
  sku_id        = %q
  quantity      = %d
  term_duration = %q
  billing_cycle = %q

and import it:

import {
  to = partnercenter_subscription.NAME
  id = "%s/%s"
}`, to.ProductID(), to.SkuID(), to.Quantity, to.TermDuration, strings.ToLower(to.BillingCycle), i.customerID, to.ID)}
}

// settled reads a subscription until it shows what is waited for, for a few minutes; nil where it cannot be read.
func (i *invocation) settled(ctx context.Context, id string, shows func(*partnercenter.Subscription) bool) *partnercenter.Subscription {
	var last *partnercenter.Subscription
	_ = i.Client.Poll(ctx, func(ctx context.Context) (bool, error) { // what is not seen in time is reported as it is
		got, err := i.Client.Subscription(ctx, i.customerID, id)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		last = got
		return shows(got), nil
	})
	return last
}

// differing is the attributes of partnercenter_subscription that are others now, as they are written.
func differing(customerID string, before, after *partnercenter.Subscription) string {
	if after == nil {
		return ""
	}
	was, is := snapshot(customerID, before), snapshot(customerID, after)
	values := map[string]fmt.Stringer{
		"product_id": is.ProductID, "sku_id": is.SkuID, "quantity": is.Quantity, "term_duration": is.TermDuration, "billing_cycle": is.BillingCycle,
		"friendly_name": is.FriendlyName, "auto_renew_enabled": is.AutoRenewEnabled, "partner_id": is.PartnerID, "status": is.Status,
	}
	var lines []string
	for _, name := range changes(was, is) {
		switch value, plain := values[name]; {
		case plain:
			lines = append(lines, fmt.Sprintf("  %s = %s", name, value))
		case is.NextTerm.IsNull():
			lines = append(lines, "  no "+name+": Partner Center dropped what was scheduled")
		default:
			lines = append(lines, nextTermBlock(context.Background(), is, int64(after.ScheduledNextTermInstructions.Quantity)))
		}
	}
	return strings.Join(lines, "\n")
}
