// SPDX-License-Identifier: MPL-2.0

package world

func (w *World) applyStatus(c *Customer, next *Subscription, u *Update) *Refusal {
	if u.Status == nil {
		return nil
	}
	wanted := *u.Status
	switch {
	case !OneOf(wanted, StatusActive, StatusSuspended, StatusDeleted, StatusExpired, StatusDisabled, StatusPending):
		return refuse(badRequest, 900126, "The value %q of status could not be parsed.", wanted)
	case !OneOf(wanted, StatusActive, StatusSuspended, StatusDeleted) || wanted == StatusActive && next.Status != StatusSuspended:
		return refuse(badRequest, 800040, "The status cannot go from %s to %s.", next.Status, wanted)
	case next.Trial && next.Family == FamilyNCE, next.Family == FamilySoftware:
		return refuse(badRequest, 800096, "The status of this subscription cannot be changed.")
	case wanted == StatusDeleted:
		return w.cancel(next)
	case wanted == StatusSuspended:
		return w.suspend(next)
	}
	if parent := c.Subscription(next.ParentID); parent != nil && parent.Status != StatusActive {
		return refuse(conflict, 27009, "The subscription cannot be enabled while its parent is not active.")
	}
	next.Status, next.SuspensionReasons = StatusActive, nil // auto-renew stays off
	return nil
}

func (w *World) suspend(next *Subscription) *Refusal {
	if next.Family == FamilySaaS && w.Rules.SaaSSuspend != Allowed {
		return refuse(badRequest, 800096, "The status of this subscription cannot be changed.")
	}
	w.dropSchedule(next)
	next.Status, next.AutoRenew, next.SuspensionReasons = StatusSuspended, false, []string{"PartnerRequest"}
	return nil
}

// cancel ends the subscription inside its window (reference/commerce.md#cancellation-windows).
func (w *World) cancel(next *Subscription) *Refusal {
	now := w.Now()
	anyTime := next.EST || next.Trial || next.Unactivated && w.Rules.CancelBeforeActivation == Allowed
	switch {
	case next.Family == FamilyLegacy || next.Family == FamilyAzure:
		return refuse(badRequest, 800096, "The status of this subscription cannot be changed.")
	case anyTime || next.InWindow(now):
		next.end(StatusDeleted, now)
		return nil
	case next.Family == FamilySaaS && w.Rules.LateCancelIsScheduled:
		w.dropSchedule(next)
		next.AutoRenew = false
		return nil
	case next.Family == FamilySaaS:
		return refuse(badRequest, 900213, "The cancellation window of %d hours has passed.", int(w.Rules.SaaSWindow.Hours()))
	}
	return refuse(badRequest, 900117, "The cancellation window of %d days has passed.", int(w.Rules.NCEWindow.Hours()/24))
}
