// SPDX-License-Identifier: MPL-2.0

package emulator

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"

// Types that callers of Server and Behaviour name.
type (
	// Clock is the virtual clock of a Server.
	Clock = world.Clock
	// Purchase is a subscription that was ever bought.
	Purchase = world.Purchase

	// Moment is the step of a purchase at which a check is made.
	Moment = world.Moment
	// OrderOutcome is the course of an order after checkout.
	OrderOutcome = world.OrderOutcome
	// RepeatedCheckout is the answer to the checkout of a cart that was already ordered.
	RepeatedCheckout = world.RepeatedCheckout
	// PatchMode is how an update of a subscription is answered, and when it shows.
	PatchMode = world.PatchMode
	// Margin is what a publisher grants through a private offer.
	Margin = world.Margin
	// ScheduleFate is what an immediate change does to what is scheduled.
	ScheduleFate = world.ScheduleFate
	// Permission is a rule that the reference leaves open.
	Permission = world.Permission
)

// What a rule of Behaviour can be set to.
const (
	AtCart     = world.AtCart
	AtCheckout = world.AtCheckout

	ErrorAsStatus = world.ErrorAsStatus

	OrderPendingThenCompleted = world.OrderPendingThenCompleted
	OrderCompleted            = world.OrderCompleted
	OrderPending              = world.OrderPending
	OrderUnknown              = world.OrderUnknown
	OrderPendingReview        = world.OrderPendingReview
	OrderPendingPOUpload      = world.OrderPendingPOUpload
	OrderPOUploadComplete     = world.OrderPOUploadComplete
	OrderSuspended            = world.OrderSuspended
	OrderError                = world.OrderError
	OrderCancelled            = world.OrderCancelled
	OrderPOReviewRejected     = world.OrderPOReviewRejected
	OrderPartialSuccess       = world.OrderPartialSuccess

	RepeatSubmitted  = world.RepeatSubmitted
	RepeatReplays    = world.RepeatReplays
	RepeatBusy       = world.RepeatBusy
	RepeatInProgress = world.RepeatInProgress

	PatchApplied  = world.PatchApplied
	PatchAccepted = world.PatchAccepted
	PatchDropped  = world.PatchDropped
	PatchStale    = world.PatchStale

	MultipleFirstOnly = world.MultipleFirstOnly

	ScheduleDropped    = world.ScheduleDropped
	ScheduleKeepCancel = world.ScheduleKeepCancel
	ScheduleKept       = world.ScheduleKept

	Refused = world.Refused
	Ignored = world.Ignored
	Allowed = world.Allowed
	InHours = world.InHours

	ETagReal = world.ETagReal
)

// Names that tests say.
const (
	AgreementTemplateID = world.AgreementTemplateID
	PortalUser          = world.PortalUser
	RoleAdminAgent      = world.RoleAdminAgent
	RoleSalesAgent      = world.RoleSalesAgent
	RoleHelpdeskAgent   = world.RoleHelpdeskAgent
)
