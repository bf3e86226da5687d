// SPDX-License-Identifier: MPL-2.0

package world

// refusal is why a reseller of this provider cannot stand on purchases and changes, nil if it can
// (reference/customers-and-billing.md#reseller-validation).
func (r *Reseller) refusal() *Refusal {
	switch {
	case r.Suspended:
		return refuse(badRequest, 900154, "Partner ID %s is not linked to an active indirect reseller tenant.", r.MPNID)
	case r.ProgramEnded:
		return refuse(forbidden, 800039, "The program status of the reseller %s is not active.", r.MPNID)
	case !r.AgreementSigned:
		return refuse(forbidden, 900123, "The indirect reseller %s has not accepted the Microsoft Partner Agreement.", r.MPNID)
	}
	return nil
}

// notLinked is the code of a validation for an ID without an active reseller of this provider.
const notLinked = 900400

// ValidateReseller is why a partner ID may not be partner on record: a code and a text, 0 if it may.
func (w *World) ValidateReseller(mpnID string) (code int, text string) {
	reseller := w.Tenant.Reseller(mpnID)
	if reseller == nil || !reseller.Related || reseller.Suspended || w.Tenant.Partner.DirectBill {
		return notLinked, "The partner ID is not linked to an active indirect reseller tenant."
	}
	if refusal := reseller.refusal(); refusal != nil {
		return refusal.Code, refusal.Description
	}
	return 0, ""
}

// mayChange refuses what moves money while the customer's agreement or the reseller on record does not count.
func (w *World) mayChange(c *Customer, sub *Subscription) *Refusal {
	if !w.hasAgreed(c) {
		return agreementMissing(c)
	}
	if w.Rules.ResellersOnlyAtPurchase || sub.PartnerID == "" {
		return nil
	}
	if reseller := w.Tenant.Reseller(sub.PartnerID); reseller != nil && reseller.Related {
		return reseller.refusal()
	}
	return nil
}
