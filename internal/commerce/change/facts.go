// SPDX-License-Identifier: MPL-2.0

package change

import (
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Facts is what the rules of this package need to know of a subscription. It can be kept as JSON.
type Facts struct {
	ID           string `json:"id,omitempty"` // "" while a purchase has no subscription yet
	FriendlyName string `json:"friendly_name,omitempty"`
	OfferName    string `json:"offer_name,omitempty"`
	Publisher    string `json:"publisher,omitempty"`
	ProductID    string `json:"product_id,omitempty"` // "" for legacy offers
	SkuID        string `json:"sku_id,omitempty"`
	PartnerID    string `json:"partner_id,omitempty"`

	Family       partnercenter.Family `json:"family,omitempty"`
	Trial        bool                 `json:"trial,omitempty"`
	Status       string               `json:"status,omitempty"`  // in lower case
	Waiting      bool                 `json:"waiting,omitempty"` // for its set-up at the publisher
	Quantity     int64                `json:"quantity,omitempty"`
	TermDuration string               `json:"term_duration,omitempty"`
	BillingCycle string               `json:"billing_cycle,omitempty"` // in lower case; the one that holds from the next charge on
	AutoRenew    bool                 `json:"auto_renew,omitempty"`

	CommitmentEnd    time.Time   `json:"commitment_end,omitzero"`
	CancellableUntil time.Time   `json:"cancellable_until,omitzero"`
	Refunds          []time.Time `json:"refunds,omitempty"`    // when each refund option expires; zero for never
	Refundable       int64       `json:"refundable,omitempty"` // licenses that can be given back now

	Scheduled []Scheduled                         `json:"scheduled,omitempty"`
	NextTerm  *partnercenter.NextTermInstructions `json:"next_term,omitempty"`
}

// Scheduled is an action that Partner Center has scheduled.
type Scheduled struct {
	Schedule string `json:"schedule"`
	Action   string `json:"action"`
}

// FactsOf reads the facts from what Partner Center answered.
func FactsOf(s *partnercenter.Subscription) Facts {
	f := Facts{
		ID: s.ID, FriendlyName: s.FriendlyName, OfferName: s.OfferName, Publisher: s.PublisherName, ProductID: s.ProductID(), SkuID: s.SkuID(), PartnerID: string(s.PartnerID),
		Family: s.Family(), Trial: s.IsTrial, Status: strings.ToLower(s.Status), Quantity: int64(s.Quantity),
		TermDuration: s.TermDuration, BillingCycle: ComingBillingCycle(s), AutoRenew: s.AutoRenewEnabled,
		CommitmentEnd: CommitmentEnd(s).Time, CancellableUntil: s.CancellationAllowedUntilDate.Time, NextTerm: s.ScheduledNextTermInstructions,
	}
	f.Waiting = IsWaiting(f.Family, f.Status, isTrue(s.AttentionNeeded), isTrue(s.ActionTaken))
	for _, option := range s.RefundOptions {
		f.Refunds = append(f.Refunds, option.ExpiresAt.Time)
	}
	if s.RefundableQuantity != nil {
		f.Refundable = int64(s.RefundableQuantity.TotalQuantity)
	}
	for _, a := range s.ScheduledActions {
		f.Scheduled = append(f.Scheduled, Scheduled{a.ScheduleType, a.ActionType})
	}
	return f
}

func isTrue(b *bool) bool { return b != nil && *b }

// IsWaiting holds for a marketplace subscription that has not been set up at its publisher yet.
func IsWaiting(family partnercenter.Family, status string, attentionNeeded, actionTaken bool) bool {
	return family == partnercenter.FamilyMarketplaceSaaS && !hasEnded(status) && (attentionNeeded && !actionTaken || strings.EqualFold(status, pending))
}

func hasEnded(status string) bool { return (&partnercenter.Subscription{Status: status}).Ended() }

const pending = "pending"

// Unactivated holds for a marketplace subscription whose term has not begun, because it waits for its set-up. A plan that activates itself
// may show that it waits, too, and yet has a term, which is billed.
// See reference/commerce.md#saas-that-nobody-activates-plans-that-activate-themselves.
func (f Facts) Unactivated() bool { return f.Waiting && f.CommitmentEnd.IsZero() }

// ActivateBy is when a marketplace purchase lapses that nobody has set up.
func ActivateBy(bought time.Time) time.Time { return bought.Add(30 * 24 * time.Hour) }

// Activated holds for what needs no set-up and for what has had it.
func Activated(s *partnercenter.Subscription) bool { return !FactsOf(s).Unactivated() }

// Ended says that nothing can be done with the subscription any more.
func (f Facts) Ended() bool { return hasEnded(f.Status) }

// Suspended says that its users have no access, until it is reactivated.
func (f Facts) Suspended() bool { return f.Status == partnercenter.StatusSuspended }

// IsSuspended is Suspended for what Partner Center answered.
func IsSuspended(s *partnercenter.Subscription) bool {
	return strings.EqualFold(s.Status, partnercenter.StatusSuspended)
}

// IsActive says that it is usable.
func IsActive(s *partnercenter.Subscription) bool {
	return strings.EqualFold(s.Status, partnercenter.StatusActive)
}

// PaidNewCommerce holds for new-commerce subscriptions but trials: those have terms that can become longer, and renew.
func (f Facts) PaidNewCommerce() bool {
	return f.Family == partnercenter.FamilyNewCommerce && !f.Trial
}

// NeedsScheduledCancel says that no renewal alone does not end it: since 2026, new-commerce subscriptions roll into a paid extended
// service term then. See reference/commerce.md#renewal-behavior.
func (f Facts) NeedsScheduledCancel() bool { return f.PaidNewCommerce() }

// EndsWithTerm reports a cancellation scheduled for the end of the term.
func (f Facts) EndsWithTerm() bool { return f.scheduled(partnercenter.ActionCancel) }

// GoesOnAfterTerm holds for a subscription that does not renew and yet does not end with its term either.
func (f Facts) GoesOnAfterTerm() bool {
	return !f.AutoRenew && f.NeedsScheduledCancel() && !f.EndsWithTerm()
}

// TermEnd is what happens to a subscription at the end of its term: a value of end_of_term.
type TermEnd string

// The ends of a term. See reference/commerce.md#saying-it-by-api.
const (
	TermEndRenew  TermEnd = "renew"
	TermEndCancel TermEnd = "cancel"
	TermEndExtend TermEnd = "extend"
)

// TermEnds are all of them.
func TermEnds() []string {
	return []string{string(TermEndRenew), string(TermEndCancel), string(TermEndExtend)}
}

// RenewOrCancel is what auto_renew_enabled asks for, "" where it is not set.
func RenewOrCancel(autoRenew *bool) TermEnd {
	switch {
	case autoRenew == nil:
		return ""
	case *autoRenew:
		return TermEndRenew
	}
	return TermEndCancel
}

// AtTermEnd is what happens at the end of the term, "" where Partner Center does not say it clearly: no renewal without a scheduled action
// becomes an extension of what is eligible for one, and lapses otherwise. Marketplace software has the flag only.
func (f Facts) AtTermEnd() TermEnd {
	switch {
	case f.AutoRenew && (f.EndsWithTerm() || f.ExtensionScheduled()):
		return ""
	case f.AutoRenew:
		return TermEndRenew
	case f.EndsWithTerm() || !f.NeedsScheduledCancel():
		return TermEndCancel
	case f.ExtensionScheduled():
		return TermEndExtend
	}
	return ""
}

// ExtensionScheduled reports that the subscription goes on in a paid extended service term when its term ends, or is in one.
func (f Facts) ExtensionScheduled() bool {
	return f.scheduled(partnercenter.ActionRenewToExtendedServiceTerm)
}

// MayBeInExtendedTerm holds for a subscription that may be in an extended service term. One whose term is a month and that goes into its first one
// looks the same: nothing marks a subscription that is in one. See reference/commerce.md#saying-it-by-api.
func (f Facts) MayBeInExtendedTerm() bool {
	return f.TermDuration == "P1M" && f.ExtensionScheduled()
}

func (f Facts) scheduled(action string) bool {
	for _, s := range f.Scheduled {
		if strings.EqualFold(s.Schedule, partnercenter.ScheduleTermEnd) && strings.EqualFold(s.Action, action) {
			return true
		}
	}
	return false
}

// Title is how messages name the subscription: by id, nickname and offer. words.Sentence makes it the beginning of one.
func (f Facts) Title() string { return words.Title(f.ID, f.FriendlyName, f.OfferName) }

// Title is Facts.Title for what Partner Center answered.
func Title(s *partnercenter.Subscription) string {
	return words.Title(s.ID, s.FriendlyName, s.OfferName)
}

// Unmanageable is what a subscription is that cannot be managed as a whole; "" for all others.
func Unmanageable(s *partnercenter.Subscription) string {
	return map[partnercenter.Family]string{
		partnercenter.FamilyLegacy:   "a legacy offer",
		partnercenter.FamilyAzure:    "an Azure subscription or plan",
		partnercenter.FamilySoftware: "a software purchase",
	}[s.Family()]
}

// CommitmentEnd is the last moment of the term. Partner Center's older field names only the day, which is still included.
func CommitmentEnd(s *partnercenter.Subscription) partnercenter.Time {
	if !s.CommitmentEndDateTime.IsZero() {
		return s.CommitmentEndDateTime
	}
	return s.CommitmentEndDate
}

// ComingBillingCycle is the one that holds from the next charge on, in lower case: a change of it alone waits until then.
func ComingBillingCycle(s *partnercenter.Subscription) string {
	if s.NextChargeInstructions != nil && s.NextChargeInstructions.Product.BillingCycle != "" {
		return strings.ToLower(s.NextChargeInstructions.Product.BillingCycle)
	}
	return strings.ToLower(s.BillingCycle)
}

// termEnd is the end of the term as messages name it.
func (f Facts) termEnd(unknown string) string {
	if f.CommitmentEnd.IsZero() {
		return unknown
	}
	return words.Day(f.CommitmentEnd)
}

// SuspensionConsequences says what suspending means for people and money.
func (f Facts) SuspensionConsequences() string {
	until := f.termEnd("the end of its term")
	if f.Trial {
		return fmt.Sprintf("Access is blocked, and Partner Center may refuse that for trials. It is free; if it does not become a paid subscription, it ends on %s.", until)
	}
	switch f.Family {
	case partnercenter.FamilyNewCommerce:
		return fmt.Sprintf("Access is blocked, and it goes on being billed until %s. It does not renew: auto-renew is switched off, what is scheduled for the renewal is removed, and the data is lost if it is not reactivated by then.", until)
	case partnercenter.FamilyLegacy:
		return "Access is blocked, and billing stops until it is reactivated."
	case partnercenter.FamilyMarketplaceSaaS:
		return fmt.Sprintf("Partner Center may refuse that for marketplace subscriptions. Nothing says that billing stops: expect it to go on until %s.", until)
	}
	return fmt.Sprintf("Nothing says that billing stops: expect it to go on until %s.", until)
}

// keptEnd is the end of the term that a transition must not change, "" for none: what is scheduled and no renewal. A renewal needs nothing
// scheduled.
func keptEnd(before *partnercenter.Subscription) TermEnd {
	if end := FactsOf(before).AtTermEnd(); end == TermEndCancel || end == TermEndExtend {
		return end
	}
	return ""
}
