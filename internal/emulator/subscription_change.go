// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// readyFor refuses updates that the state of the subscription does not allow.
func (s *Server) readyFor(sub *Subscription, u *update) (status int, body any) {
	switch {
	case sub.Status == statusDeleted:
		return http.StatusBadRequest, fault(2011, "A deleted subscription cannot be updated.")
	case sub.ended():
		return http.StatusBadRequest, fault(900279, "Updates of the subscription are no longer allowed.")
	case sub.Updates >= s.behaviour.UpdateLimit:
		return http.StatusBadRequest, fault(900311, "The subscription was updated too many times.")
	case sub.Pending != nil:
		return http.StatusConflict, fault(900278, "An operation on the subscription is pending. Try again after 24 hours.")
	case sub.NotReady > 0:
		sub.NotReady--
		return http.StatusConflict, fault(800082, "The subscription is not ready to be updated. Try again later.")
	case sub.Unactivated:
		return s.beforeActivation(u)
	case sub.Status == statusSuspended && u.quantity != nil:
		return http.StatusBadRequest, fault(2001, "The quantity of a suspended subscription cannot be changed.")
	case sub.Status == statusSuspended && u.status == nil:
		return http.StatusBadRequest, fault(800091, "A suspended subscription cannot be updated.")
	case s.renewing(sub):
		return duringRenewal(u)
	}
	return 0, nil
}

func (s *Server) beforeActivation(u *update) (status int, body any) {
	refused := fault(800081, "The subscription has not been activated yet.")
	if u.status != nil && *u.status == statusDeleted {
		if s.behaviour.CancelBeforeActivation == Refused {
			return http.StatusBadRequest, refused
		}
		return 0, nil
	}
	if s.behaviour.UpdateBeforeActivation == Allowed {
		return 0, nil
	}
	return http.StatusBadRequest, refused
}

// renewing reports whether the term is over and its renewal still queued.
func (s *Server) renewing(sub *Subscription) bool {
	return !sub.TermEnd.IsZero() && !s.now().Before(sub.TermEnd)
}

// duringRenewal: renewal settings and suspension are read-only, the rest comes too early (commerce reference, Renewal).
func duringRenewal(u *update) (status int, body any) {
	if u.autoRenew != nil || u.instructions != nil || u.actions != nil || u.status != nil && *u.status != statusDeleted {
		return http.StatusBadRequest, fault(900280, "Updates of the subscription are currently not allowed: it is being renewed.")
	}
	return http.StatusConflict, fault(800082, "The subscription is being renewed. Try again in 2 minutes.")
}

// apply lays the update over next, which starts as a copy of the subscription.
func (s *Server) apply(c *Customer, next *Subscription, u *update) (status int, body any) {
	s.applyOmitted(next, u)
	steps := []func() (int, any){
		func() (int, any) { return s.applyStatus(c, next, u) },
		func() (int, any) { return s.applyQuantity(next, u) },
		func() (int, any) { return s.applyAutoRenew(next, u) },
		func() (int, any) { return s.applyPartner(next, u) },
		func() (int, any) { return s.applyTerm(c, next, u) },
		func() (int, any) { return s.schedule(c, next, u) },
	}
	if u.friendlyName != nil {
		next.FriendlyName = *u.friendlyName
	}
	for _, step := range steps {
		if status, body := step(); status != 0 {
			return status, body
		}
	}
	return 0, nil
}

// applyOmitted takes away what the body left out: the trap of "minimal" bodies (commerce reference, "PATCH semantics", 2).
func (s *Server) applyOmitted(next *Subscription, u *update) {
	if s.behaviour.KeepOmitted {
		return
	}
	if u.omits.autoRenew {
		next.AutoRenew = false
		s.dropSchedule(next)
	}
	if u.omits.instructions {
		next.Instructions = nil
	}
	if u.omits.actions {
		next.Actions = nil
	}
	if u.omits.nextCharge {
		next.NextCharge = nil
	}
	if len(u.omits.extra) > 0 {
		next.Extra = maps.Clone(next.Extra)
		for _, name := range u.omits.extra {
			delete(next.Extra, name)
		}
	}
}

func (s *Server) applyStatus(c *Customer, next *Subscription, u *update) (status int, body any) {
	if u.status == nil {
		return 0, nil
	}
	wanted := *u.status
	switch {
	case !oneOf(wanted, statusActive, statusSuspended, statusDeleted, statusExpired, statusDisabled, statusPending):
		return http.StatusBadRequest, fault(900126, "The value %q of status could not be parsed.", wanted)
	case !oneOf(wanted, statusActive, statusSuspended, statusDeleted) || wanted == statusActive && next.Status != statusSuspended:
		return http.StatusBadRequest, fault(800040, "The status cannot go from %s to %s.", next.Status, wanted)
	case next.Trial && next.Family == familyNCE, next.Family == familySoftware:
		return http.StatusBadRequest, fault(800096, "The status of this subscription cannot be changed.")
	case wanted == statusDeleted:
		return s.cancel(next)
	case wanted == statusSuspended:
		return s.suspend(next)
	}
	if parent := c.subscription(next.ParentID); parent != nil && parent.Status != statusActive {
		return http.StatusConflict, fault(27009, "The subscription cannot be enabled while its parent is not active.")
	}
	next.Status, next.SuspensionReasons = statusActive, nil // auto-renew stays off
	return 0, nil
}

func (s *Server) suspend(next *Subscription) (status int, body any) {
	if next.Family == familySaaS && s.behaviour.SaaSSuspend != Allowed {
		return http.StatusBadRequest, fault(800096, "The status of this subscription cannot be changed.")
	}
	s.dropSchedule(next)
	next.Status, next.AutoRenew, next.SuspensionReasons = statusSuspended, false, []string{"PartnerRequest"}
	return 0, nil
}

// cancel ends the subscription inside its window (commerce reference, "Cancellation windows").
func (s *Server) cancel(next *Subscription) (status int, body any) {
	now := s.now()
	anyTime := next.EST || next.Trial || next.Unactivated && s.behaviour.CancelBeforeActivation == Allowed
	switch {
	case next.Family == familyLegacy || next.Family == familyAzure:
		return http.StatusBadRequest, fault(800096, "The status of this subscription cannot be changed.")
	case anyTime || next.inWindow(now):
		s.end(next, statusDeleted, now)
		return 0, nil
	case next.Family == familySaaS && s.behaviour.LateCancelIsScheduled:
		s.dropSchedule(next)
		next.AutoRenew = false
		return 0, nil
	case next.Family == familySaaS:
		return http.StatusBadRequest, fault(900213, "The cancellation window of %d hours has passed.", int(s.behaviour.SaaSWindow.Hours()))
	}
	return http.StatusBadRequest, fault(900117, "The cancellation window of %d days has passed.", int(s.behaviour.NCEWindow.Hours()/24))
}

// end puts the subscription into a final state.
func (s *Server) end(sub *Subscription, status string, at time.Time) {
	sub.Status, sub.AutoRenew, sub.Ended = status, false, at
	sub.Instructions, sub.Actions, sub.NextCharge, sub.Batches = nil, nil, nil, nil
}

func (s *Server) applyQuantity(next *Subscription, u *update) (status int, body any) {
	if u.quantity == nil || next.Status == statusDeleted {
		return 0, nil
	}
	wanted := *u.quantity
	_, k := s.sold(next)
	switch {
	case next.Family == familySoftware:
		return http.StatusForbidden, fault(800027, "The item is not eligible for adding or removing quantity.")
	case next.Trial || next.Family == familyAzure || k != nil && k.flat():
		return http.StatusBadRequest, fault(800095, "The seat quantity of this subscription cannot be changed.")
	case wanted < 1 || k != nil && (wanted < k.Min || wanted > k.Max):
		return http.StatusBadRequest, fault(2002, "The quantity is outside the minimum and maximum of the offer.")
	case s.behaviour.Sandbox && wanted > sandboxSeats:
		return http.StatusForbidden, fault(800067, "The change would exceed the maximum seats per subscription.")
	case wanted < next.Quantity:
		if status, body := s.decrease(next, next.Quantity-wanted); status != 0 {
			return status, body
		}
	default:
		window := s.behaviour.NCEWindow
		if next.Family == familySaaS {
			window = s.behaviour.SaaSWindow
		}
		// A new slice: the old one belongs to the state that is shown until the update is.
		next.Batches = append(slices.Clip(next.Batches), Batch{wanted - next.Quantity, s.now().Add(window)})
	}
	s.dropSchedule(next)
	next.Quantity = wanted
	return 0, nil
}

// decrease checks whether n seats can be returned and takes them from the batches.
func (s *Server) decrease(next *Subscription, n int) (status int, body any) {
	left := next.refundable(s.now())
	never := fault(800090, "The quantity cannot be decreased.")
	switch {
	case next.Family == familyLegacy:
		return 0, nil
	case next.Family == familySaaS && s.behaviour.SaaSDecrease == Allowed:
		return 0, nil
	case next.Family == familySaaS && s.behaviour.SaaSDecrease == Refused:
		return http.StatusBadRequest, never
	case left == 0 && next.Family == familySaaS:
		return http.StatusBadRequest, fault(900214, "The window of %d hours for reducing seats has passed.", int(s.behaviour.SaaSWindow.Hours()))
	case left == 0:
		return http.StatusBadRequest, fault(900257, "The window of %d days for reducing seats has passed.", int(s.behaviour.NCEWindow.Hours()/24))
	case n > left:
		return http.StatusBadRequest, never
	}
	next.Batches = append([]Batch(nil), next.Batches...)
	next.giveBack(n)
	return 0, nil
}

func (s *Server) applyAutoRenew(next *Subscription, u *update) (status int, body any) {
	if u.autoRenew == nil || next.Status == statusDeleted {
		return 0, nil
	}
	if !*u.autoRenew {
		s.dropSchedule(next)
		next.AutoRenew = false
		return 0, nil
	}
	_, k := s.sold(next)
	switch {
	case next.Family == familySoftware || next.Family == familyAzure || k != nil && k.NotRenewable:
		return http.StatusBadRequest, fault(800093, "The subscription is not eligible for auto-renewal.")
	case u.actions == nil && len(u.sentActions) > 0 && u.sentActions[0].ActionType != actionRenew:
		return http.StatusBadRequest, fault(800002, "The request input is invalid: %s contradicts autoRenewEnabled.", u.sentActions[0].ActionType)
	}
	next.AutoRenew, next.Actions = true, nil
	return 0, nil
}

func (s *Server) applyPartner(next *Subscription, u *update) (status int, body any) {
	if u.partnerID == nil {
		return 0, nil
	}
	if s.tenant.Partner.DirectBill {
		return http.StatusBadRequest, fault(800098, "The partner on record of this subscription cannot be changed.")
	}
	if status, body := s.checkReseller(*u.partnerID); status != 0 {
		return status, body
	}
	next.PartnerID = *u.partnerID
	return 0, nil
}
