// SPDX-License-Identifier: MPL-2.0

package world

import (
	"maps"
	"strings"
)

// Update changes a subscription and tells whether the change already shows; otherwise it was only accepted. Whatever the
// subscription has and the update omits is taken away (reference/commerce.md#patch-semantics).
func (w *World) Update(c *Customer, sub *Subscription, wanted *Update, who Caller) (shows bool, refusal *Refusal) {
	if refusal := w.readyFor(sub, wanted); refusal != nil {
		return false, refusal
	}
	if !wanted.mayShareOnePatch() {
		if w.Rules.MultipleChanges == MultipleRefused {
			return false, refuse(badRequest, 800002, "The request input is invalid: %s cannot be changed in one request.", strings.Join(wanted.names(), ", "))
		}
		wanted.keepFirst()
	}
	if wanted.Quantity != nil || wanted.TermDuration != nil || wanted.BillingCycle != nil {
		if refusal := w.mayChange(c, sub); refusal != nil {
			return false, refusal
		}
	}
	next := sub.clone()
	if refusal := w.apply(c, &next, wanted); refusal != nil {
		return false, refusal
	}
	next.Updates++
	next.Version++
	return w.commit(c, sub, next, wanted, who), nil
}

// apply lays the update over next, which starts as a copy of the subscription.
func (w *World) apply(c *Customer, next *Subscription, u *Update) *Refusal {
	w.applyOmitted(next, u)
	steps := []func() *Refusal{
		func() *Refusal { return w.applyStatus(c, next, u) },
		func() *Refusal { return w.applyQuantity(next, u) },
		func() *Refusal { return w.applyAutoRenew(next, u) },
		func() *Refusal { return w.applyPartner(next, u) },
		func() *Refusal { return w.applyTerm(c, next, u) },
		func() *Refusal { return w.schedule(c, next, u) },
	}
	if u.FriendlyName != nil {
		next.FriendlyName = *u.FriendlyName
	}
	for _, step := range steps {
		if refusal := step(); refusal != nil {
			return refusal
		}
	}
	return nil
}

// applyOmitted takes away what the body left out: the trap of "minimal" bodies (reference/commerce.md#patch-semantics, 2).
func (w *World) applyOmitted(next *Subscription, u *Update) {
	if w.Rules.KeepOmitted {
		return
	}
	if u.Omits.AutoRenew {
		next.AutoRenew = false
		w.dropSchedule(next)
	}
	if u.Omits.Instructions {
		next.Instructions = nil
	}
	if u.Omits.Actions {
		next.Actions = nil
	}
	if u.Omits.NextCharge {
		next.NextCharge = nil
	}
	if len(u.Omits.Extra) > 0 {
		next.Extra = maps.Clone(next.Extra)
		for _, name := range u.Omits.Extra {
			delete(next.Extra, name)
		}
	}
}

// commit makes the new state visible the way the rule says, and tells whether it already is.
func (w *World) commit(c *Customer, sub *Subscription, next Subscription, wanted *Update, who Caller) bool {
	mode := w.Rules.PatchMode
	refuses := w.Rules.PublisherRefusesChanges || sub.RefusedByPublisher
	if sub.Family == FamilySaaS && wanted.Quantity != nil && refuses {
		mode = PatchDropped
	}
	w.auditUpdate(c, sub, &next, who)
	if mode != PatchDropped {
		w.orderOfChange(c, sub, &next)
	}
	switch mode {
	case PatchAccepted:
		sub.Pending = &PendingUpdate{Then: next, ReadsLeft: w.Rules.PatchAfterReads, NotBefore: w.Now().Add(w.Rules.PatchAfter)}
		return false
	case PatchDropped:
		sub.Updates++
		return false
	case PatchStale:
		stale := &StaleView{Was: sub.clone(), At: w.Now(), ReadsLeft: w.Rules.PatchAfterReads}
		*sub = next
		sub.Stale = stale
	default:
		*sub = next
		w.endAddons(c, sub)
	}
	return true
}
