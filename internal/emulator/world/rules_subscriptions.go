// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// PatchMode is how a subscription update is answered and when it shows (reference/commerce.md#patch-semantics).
type PatchMode string

// Ways to answer an accepted update.
const (
	PatchApplied  PatchMode = "applied"  // 200, visible at once
	PatchAccepted PatchMode = "accepted" // 202, applied after PatchAfterReads reads and PatchAfter
	PatchDropped  PatchMode = "dropped"  // 202, and the change never happens
	PatchStale    PatchMode = "stale"    // 200, but the next PatchAfterReads reads within 15 minutes show the old values
)

// MultipleChanges is what happens to a PATCH that changes properties which may not be changed together.
type MultipleChanges string

// Answers to several changes in one PATCH.
const (
	MultipleRefused   MultipleChanges = "refused"    // 400 800002
	MultipleFirstOnly MultipleChanges = "first_only" // 200, silently without the others
)

// ScheduleFate is what an immediate change does to the changes scheduled for renewal.
type ScheduleFate string

// Fates of scheduled changes.
const (
	ScheduleDropped    ScheduleFate = "dropped"
	ScheduleKeepCancel ScheduleFate = "keeps_cancel"
	ScheduleKept       ScheduleFate = "kept"
)

// Permission is a rule that is an open question (reference/commerce.md#open-questions).
type Permission string

// Answers to an undocumented request.
const (
	Refused Permission = "refused"
	Ignored Permission = "ignored"
	Allowed Permission = "allowed"
	InHours Permission = "hours" // allowed inside the cancellation window
)

// ETagForm is what attributes.etag holds for new-commerce and marketplace subscriptions; legacy ones always have a real one.
type ETagForm string

// Forms of an etag.
const (
	ETagDocumented ETagForm = "documented" // empty for marketplace, absent for new commerce
	ETagReal       ETagForm = "real"       // a stale one is refused with 400 2055
)

// SubscriptionRules concern subscription updates (reference/commerce.md#subscriptions).
type SubscriptionRules struct {
	// BeforeActivation is the status of a purchased but not activated marketplace subscription: active (with
	// attentionNeeded) or pending.
	BeforeActivation string
	// UpdateBeforeActivation refuses updates with 400 800081, or allows them.
	UpdateBeforeActivation Permission
	// NotReadyUpdates is how many updates of every new subscription get 409 800082 first.
	NotReadyUpdates int
	// CancelBeforeActivation allows the cancellation of an unactivated subscription, refuses it (800081), or
	// applies the window.
	CancelBeforeActivation Permission
	// PatchMode is how accepted updates are answered, PatchAfterReads and PatchAfter when they show.
	PatchMode       PatchMode
	PatchAfterReads int
	PatchAfter      time.Duration
	// KeepOmitted keeps what a PATCH body leaves out; the service switches autoRenewEnabled off and deletes instructions.
	KeepOmitted bool
	// MultipleChanges is the answer to properties that may not share one PATCH.
	MultipleChanges MultipleChanges
	// ScheduleFate is what an immediate change does to scheduled changes.
	ScheduleFate ScheduleFate
	// RenewalActionsStay shows a renewal that was scheduled as an action as that alone, with no scheduledNextTermInstructions beside it.
	RenewalActionsStay bool
	// InstructionsWin lets scheduledNextTermInstructions win over scheduledActions in one body; the service's actions win.
	InstructionsWin bool
	// StaleInstructions accepts an outdated availabilityId in next-term instructions.
	StaleInstructions bool
	// SaaSDecrease is the rule for fewer seats of a marketplace subscription: refused (800090), hours (900214), allowed.
	SaaSDecrease Permission
	// SaaSSuspend is whether a marketplace subscription can be suspended; refused is 400 800096.
	SaaSSuspend Permission
	// SaaSSchedules is whether a marketplace subscription takes scheduledActions and next-term instructions.
	SaaSSchedules Permission
	// ETags is what NCE and marketplace subscriptions show as etag.
	ETags ETagForm
	// UpdateLimit is the lifetime cap of updates, then 400 900311.
	UpdateLimit int
	// PublisherRefusesChanges makes the publisher refuse every quantity change: the answer is a success, the old value stays.
	PublisherRefusesChanges bool
}

func defaultSubscriptions() SubscriptionRules {
	return SubscriptionRules{
		BeforeActivation: StatusActive, UpdateBeforeActivation: Refused, CancelBeforeActivation: Allowed,
		PatchMode: PatchApplied, PatchAfterReads: 2, MultipleChanges: MultipleRefused, ScheduleFate: ScheduleDropped,
		SaaSDecrease: InHours, SaaSSuspend: Refused, SaaSSchedules: Refused, ETags: ETagDocumented, UpdateLimit: 1200,
	}
}
