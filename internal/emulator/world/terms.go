// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// startTerm sets dates and windows of a purchase; a marketplace term begins when the publisher activates.
func (w *World) startTerm(sub *Subscription, customEnd time.Time) {
	switch sub.Family {
	case FamilySaaS:
		if slices.Contains(strings.Fields(w.Rules.SelfActivating), sub.ProductID+":"+sub.SkuID) {
			w.activate(sub)
			sub.SelfActivated = true
		} else {
			sub.Unactivated = true
		}
		if !w.Rules.SaaSWindowFromActivation {
			sub.CancelUntil = sub.Purchased.Add(w.Rules.SaaSWindow)
			sub.Batches = []Batch{{Quantity: sub.Quantity, Until: sub.CancelUntil}}
		}
	case FamilyNCE:
		sub.TermEnd = AddMonths(Midnight(sub.TermStart), TermMonths(sub.TermDuration))
		if !customEnd.IsZero() {
			sub.TermEnd, sub.CustomTermEnd = Midnight(customEnd).AddDate(0, 0, 1), customEnd
		}
		if sub.Trial {
			return // a trial is converted or runs out; it is not cancelled
		}
		until := sub.Purchased.Add(w.Rules.NCEWindow)
		sub.CancelUntil = Midnight(until)
		sub.Batches = []Batch{{Quantity: sub.Quantity, Until: until}}
	case FamilyLegacy, FamilySoftware, FamilyAzure: // no window through the subscription
	}
}

// activate is the moment in which the publisher finishes the set-up: term and billing begin
// (reference/commerce.md#activation-of-marketplace-saas).
func (w *World) activate(sub *Subscription) {
	now := w.Now()
	sub.Unactivated, sub.TermStart, sub.BilledUntil = false, now, now
	sub.TermEnd = AddMonths(now, max(TermMonths(sub.TermDuration), 1))
	if w.Rules.SaaSWindowFromActivation {
		sub.CancelUntil = now.Add(w.Rules.SaaSWindow)
		sub.Batches = []Batch{{sub.Quantity, sub.CancelUntil}}
	}
}

// dropSchedule removes what was scheduled for renewal, as an immediate change does.
func (w *World) dropSchedule(sub *Subscription) {
	switch w.Rules.ScheduleFate {
	case ScheduleKept:
	case ScheduleKeepCancel:
		sub.Instructions = nil
		if sub.action() != ActionCancel {
			sub.Actions = nil
		}
	default:
		sub.Instructions, sub.Actions = nil, nil
	}
	if !sub.AutoRenew {
		sub.RenewalOff = w.Now() // what is left is the flag alone
	}
}

// sold finds what the subscription is of in today's catalogue.
func (w *World) sold(sub *Subscription) (*Product, *SKU) {
	return w.Tenant.SKU(sub.ProductID + ":" + cmp.Or(sub.BaseSku, sub.SkuID))
}

// ActivateInSandbox is the sandbox's replacement for the publisher, who does not exist there.
func (w *World) ActivateInSandbox(sub *Subscription) *Refusal {
	switch {
	case !w.Rules.Sandbox:
		return refuse(badRequest, 900127, "The operation is not supported in this environment.")
	case sub.Family != FamilySaaS || sub.IsOver():
		return refuse(badRequest, 900141, "The subscription cannot be activated.")
	case !sub.Unactivated:
		return refuse(badRequest, 800041, "The subscription is already activated.")
	}
	w.activate(sub)
	return nil
}
