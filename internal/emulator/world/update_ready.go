// SPDX-License-Identifier: MPL-2.0

package world

// readyFor refuses updates that the state of the subscription does not allow.
func (w *World) readyFor(sub *Subscription, u *Update) *Refusal {
	switch {
	case sub.Status == StatusDeleted:
		return refuse(badRequest, 2011, "A deleted subscription cannot be updated.")
	case sub.IsOver():
		return refuse(badRequest, 900279, "Updates of the subscription are no longer allowed.")
	case sub.Updates >= w.Rules.UpdateLimit:
		return refuse(badRequest, 900311, "The subscription was updated too many times.")
	case sub.Pending != nil:
		return refuse(conflict, 900278, "An operation on the subscription is pending. Try again after 24 hours.")
	case sub.NotReady > 0:
		sub.NotReady--
		return refuse(conflict, 800082, "The subscription is not ready to be updated. Try again later.")
	case sub.Unactivated:
		return w.beforeActivation(u)
	case sub.Status == StatusSuspended && u.Quantity != nil:
		return refuse(badRequest, 2001, "The quantity of a suspended subscription cannot be changed.")
	case sub.Status == StatusSuspended && u.Status == nil:
		return refuse(badRequest, 800091, "A suspended subscription cannot be updated.")
	case w.renewing(sub):
		return duringRenewal(u)
	}
	return nil
}

func (w *World) beforeActivation(u *Update) *Refusal {
	refused := refuse(badRequest, 800081, "The subscription has not been activated yet.")
	if u.Status != nil && *u.Status == StatusDeleted {
		if w.Rules.CancelBeforeActivation == Refused {
			return refused
		}
		return nil
	}
	if w.Rules.UpdateBeforeActivation == Allowed {
		return nil
	}
	return refused
}

// renewing reports whether the term is over and its renewal still queued.
func (w *World) renewing(sub *Subscription) bool {
	return !sub.TermEnd.IsZero() && !w.Now().Before(sub.TermEnd)
}

// duringRenewal: renewal settings and suspension are read-only, the rest comes too early (reference/commerce.md#renewal).
func duringRenewal(u *Update) *Refusal {
	if u.AutoRenew != nil || u.Instructions != nil || u.Actions != nil || u.Status != nil && *u.Status != StatusDeleted {
		return refuse(badRequest, 900280, "Updates of the subscription are currently not allowed: it is being renewed.")
	}
	return refuse(conflict, 800082, "The subscription is being renewed. Try again in 2 minutes.")
}
