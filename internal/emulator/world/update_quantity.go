// SPDX-License-Identifier: MPL-2.0

package world

import (
	"slices"
)

func (w *World) applyQuantity(next *Subscription, u *Update) *Refusal {
	if u.Quantity == nil || next.Status == StatusDeleted {
		return nil
	}
	wanted := *u.Quantity
	_, k := w.sold(next)
	switch {
	case next.Family == FamilySoftware:
		return refuse(forbidden, 800027, "The item is not eligible for adding or removing quantity.")
	case next.Trial || next.Family == FamilyAzure || k != nil && k.flat():
		return refuse(badRequest, 800095, "The seat quantity of this subscription cannot be changed.")
	case wanted < 1 || k != nil && (wanted < k.least(next.TermDuration) || wanted > k.Max):
		return refuse(badRequest, 2002, "The quantity is outside the minimum and maximum of the offer.")
	case w.Rules.Sandbox && wanted > sandboxSeats:
		return refuse(forbidden, 800067, "The change would exceed the maximum seats per subscription.")
	case wanted < next.Quantity:
		if refusal := w.decrease(next, next.Quantity-wanted); refusal != nil {
			return refusal
		}
	default:
		window := w.Rules.NCEWindow
		if next.Family == FamilySaaS {
			window = w.Rules.SaaSWindow
		}
		// A new slice: the old one belongs to the state that is shown until the update is.
		next.Batches = append(slices.Clip(next.Batches), Batch{wanted - next.Quantity, w.Now().Add(window)})
	}
	w.dropSchedule(next)
	next.Quantity = wanted
	return nil
}

// decrease checks whether n seats can be returned and takes them from the batches.
func (w *World) decrease(next *Subscription, n int) *Refusal {
	left := next.Refundable(w.Now())
	never := refuse(badRequest, 800090, "The quantity cannot be decreased.")
	switch {
	case next.Family == FamilyLegacy:
		return nil
	case next.Family == FamilySaaS && w.Rules.SaaSDecrease == Allowed:
		return nil
	case next.Family == FamilySaaS && w.Rules.SaaSDecrease == Refused:
		return never
	case left == 0 && next.Family == FamilySaaS:
		return refuse(badRequest, 900214, "The window of %d hours for reducing seats has passed.", int(w.Rules.SaaSWindow.Hours()))
	case left == 0:
		return refuse(badRequest, 900257, "The window of %d days for reducing seats has passed.", int(w.Rules.NCEWindow.Hours()/24))
	case n > left:
		return never
	}
	next.Batches = append([]Batch(nil), next.Batches...)
	next.giveBack(n)
	return nil
}

func (w *World) applyAutoRenew(next *Subscription, u *Update) *Refusal {
	if u.AutoRenew == nil || next.Status == StatusDeleted {
		return nil
	}
	if !*u.AutoRenew {
		w.dropSchedule(next)
		next.AutoRenew, next.RenewalOff = false, w.Now()
		return nil
	}
	_, k := w.sold(next)
	switch {
	case next.Family == FamilySoftware || next.Family == FamilyAzure || k != nil && k.NotRenewable:
		return refuse(badRequest, 800093, "The subscription is not eligible for auto-renewal.")
	case u.Actions == nil && len(u.SentActions) > 0 && u.SentActions[0].ActionType != ActionRenew:
		return refuse(badRequest, 800002, "The request input is invalid: %s contradicts autoRenewEnabled.", u.SentActions[0].ActionType)
	}
	next.AutoRenew, next.Actions = true, nil
	return nil
}

func (w *World) applyPartner(next *Subscription, u *Update) *Refusal {
	if u.PartnerID == nil {
		return nil
	}
	if w.Tenant.Partner.DirectBill {
		return refuse(badRequest, 800098, "The partner on record of this subscription cannot be changed.")
	}
	if refusal := w.checkReseller(*u.PartnerID); refusal != nil {
		return refusal
	}
	next.PartnerID = *u.PartnerID
	return nil
}
