// SPDX-License-Identifier: MPL-2.0

package emulator

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"

// The types that callers of Server and Behaviour name; the world says what they mean.
type (
	Clock            = world.Clock
	Purchase         = world.Purchase
	Moment           = world.Moment
	OrderOutcome     = world.OrderOutcome
	RepeatedCheckout = world.RepeatedCheckout
	PatchMode        = world.PatchMode
	ScheduleFate     = world.ScheduleFate
	Permission       = world.Permission
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
