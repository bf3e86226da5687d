// SPDX-License-Identifier: MPL-2.0

package change

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// AfterTerm says what becomes of the subscription when its term ends, as the rest of a sentence about it. No renewal alone is no end: see
// reference/commerce.md#extended-service-term and reference/commerce.md#renewal.
func (f Facts) AfterTerm() string {
	end := f.CommitmentEnd
	switch {
	case f.Ended():
		return "has ended"
	case f.Family == partnercenter.FamilyAzure || f.Family == partnercenter.FamilySoftware && !f.AutoRenew && end.IsZero():
		return "ends when it is canceled at Partner Center" // there is no term
	case f.Suspended():
		return words.EndsSuspended(end)
	case f.AutoRenew && f.AtTermEnd() == "":
		return words.MayRenew(end)
	case f.AutoRenew && f.Trial:
		return words.TrialConverts(end)
	case f.AutoRenew:
		return words.Renews(end)
	case f.ExtensionScheduled() && !f.EndsWithTerm():
		return words.Extends(end)
	case f.GoesOnAfterTerm():
		return words.MayExtend(end)
	}
	return words.EndsThen(end)
}

// AfterTermAs is AfterTerm for a subscription that gets this end of its term, "" for the one that it has.
func (f Facts) AfterTermAs(wanted TermEnd) string {
	if wanted == TermEndCancel && !f.Suspended() && !f.Ended() {
		return words.EndsThen(f.CommitmentEnd)
	}
	return f.AfterTerm()
}

// Renews says that a next term follows, if nothing is changed.
func (f Facts) Renews() bool {
	return f.AtTermEnd() == TermEndRenew && !f.Suspended() && !f.Ended()
}

// GoesOn says how the subscription goes on now, and what becomes of it when its term ends, as the rest of a sentence about it.
func (f Facts) GoesOn() string {
	switch {
	case f.Ended():
		return f.AfterTerm()
	case f.Unactivated():
		return "waits for its set-up at " + words.Publisher(f.Publisher) + ", and has no term yet"
	case f.Trial:
		return "goes on as a free trial, and " + f.AfterTerm()
	case f.Suspended() && f.Family == partnercenter.FamilyLegacy:
		return "stays suspended, and is not billed until it is reactivated"
	}
	return "goes on being billed, and " + f.AfterTerm()
}

// GoesOn is Facts.GoesOn as a sentence, for what Partner Center answered.
func GoesOn(s *partnercenter.Subscription) string { return "It " + FactsOf(s).GoesOn() + "." }
