// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// LifecycleRules concern windows and what time does to subscriptions (reference/commerce.md#commercial-policies).
type LifecycleRules struct {
	// SaaSWindow is how long a marketplace purchase can be cancelled, then 400 900213.
	SaaSWindow time.Duration
	// SaaSWindowFromActivation starts that window at the publisher's activation instead of the purchase.
	SaaSWindowFromActivation bool
	// SaaSWindowOnRenewal opens another window with every renewal.
	SaaSWindowOnRenewal bool
	// LapseAfter is how long a marketplace purchase waits for its publisher before it lapses, uncharged; 0 lets it wait for ever.
	LapseAfter time.Duration
	// LapsedShows is the status of one that has lapsed, which is not documented: deleted, or unsubscribed as publishers see it.
	LapsedShows string
	// SelfActivating are the plans ("product:sku", with blanks between them) that activate themselves: they are billed from the purchase on.
	// No member of the catalog tells which they are.
	SelfActivating string
	// SelfActivatedNeedsAttention lets those show attentionNeeded like one that waits, because its onboarding is still to come.
	SelfActivatedNeedsAttention bool
	// NCEWindow is how long a new-commerce purchase, renewal or added batch can be returned, then 900117 or 900257.
	NCEWindow time.Duration
	// LateCancelIsScheduled turns a cancellation after the window into the end of renewal, as the service once did.
	LateCancelIsScheduled bool
	// RenewalTakes is how long a renewal is queued after the end of the term; updates are refused meanwhile.
	RenewalTakes time.Duration
	// NoExtendedServiceTerm lets new-commerce subscriptions lapse as before May 2026.
	NoExtendedServiceTerm bool
	// ExtensionShownAfter is how long after auto-renew alone was switched off an eligible subscription shows the extended service term as a
	// scheduled action (documented: within 24 hours); 0 lets it show only when the term ends.
	ExtensionShownAfter time.Duration
	// ExtensionSKU is the SKU that a subscription shows in its extended service term, as third parties report; "" keeps the one it has.
	ExtensionSKU string
	// OnlyPurchasesExtend leaves subscriptions that were bought before April 2025 and have renewed since outside of extended service terms.
	OnlyPurchasesExtend bool
	// SaaSExtendedServiceTerm prolongs marketplace subscriptions like new-commerce ones.
	SaaSExtendedServiceTerm bool
	// TransitionReads is how many reads of a transition's history still show it started.
	TransitionReads int
	// TransitionsFail ends each transition without its conversion.
	TransitionsFail bool
	// DeletedReadableFor is how long a deleted subscription is still read, 0 for ever.
	DeletedReadableFor time.Duration
}

func defaultLifecycle() LifecycleRules {
	return LifecycleRules{
		LapseAfter: 30 * 24 * time.Hour, LapsedShows: StatusDeleted,
		SaaSWindow: 72 * time.Hour, NCEWindow: 7 * 24 * time.Hour, RenewalTakes: 2 * time.Minute, ExtensionShownAfter: 24 * time.Hour, TransitionReads: 1,
	}
}

// AccountRules concern customers, agreements and billing (reference/customers-and-billing.md).
type AccountRules struct {
	// NoRelationshipCode is the code of the 403 for another partner's customer: 20002 or 2032.
	NoRelationshipCode int
	// DuplicateAgreementStatus is the status of 600061, which is not documented: 400 or 409.
	DuplicateAgreementStatus int
	// OldAgreementsCount lets acceptances of before April 2023 count, as until October 2025.
	OldAgreementsCount bool
	// PlainAgreements takes the confirmation of an agreement without an attestation, as until January 2026.
	PlainAgreements bool
	// AttestationEmail is the member that holds the signatory's e-mail, which is not documented; "" takes any whose name speaks of mail.
	AttestationEmail string
	// AttestationID is the member of the answer that holds the id of an attestation, which is not documented.
	AttestationID string
	// ResellersOnlyAtPurchase checks the reseller of a subscription when it is bought, and not when it is changed, as until December 2025.
	ResellersOnlyAtPurchase bool
	// NoResellerValidation answers 501 to the validation of resellers; in which clouds it exists is not documented.
	NoResellerValidation bool
	// AddressStatus is what the validation of an address says of each, such as StreetPartial; "" verifies those that have all parts.
	AddressStatus string
	// OldAddressValidation answers an address that is right with an empty body, and a wrong one with 400 2007, as until 2021.
	OldAddressValidation bool
	// StaleProfileStatus is the answer to a stale ETag of a billing profile: 400 with code 2055, or 412.
	StaleProfileStatus int
}

func defaultAccount() AccountRules {
	return AccountRules{NoRelationshipCode: 20002, DuplicateAgreementStatus: 400, StaleProfileStatus: 400, AttestationID: "attestationId"}
}
