// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// reading is one way of what reference/commerce.md#open-questions lists.
type reading struct {
	name   string
	behave func(*emulator.Behaviour)
}

const beforeExtendedTerms = "as before extended terms"

var readings = []reading{
	{"harshly", func(*emulator.Behaviour) {}},
	{"the first change of several only", func(b *emulator.Behaviour) { b.MultipleChanges = emulator.MultipleFirstOnly }},
	{"that schedules are kept", func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept }},
	{"that a scheduled cancel is kept", func(b *emulator.Behaviour) { b.ScheduleFate, b.KeepOmitted = emulator.ScheduleKeepCancel, true }},
	{"that instructions win", func(b *emulator.Behaviour) { b.InstructionsWin, b.StaleInstructions = true, true }},
	{"with real etags", func(b *emulator.Behaviour) { b.ETags = emulator.ETagReal }},
	{"leniently for marketplace software", func(b *emulator.Behaviour) {
		b.SaaSSuspend, b.SaaSSchedules, b.SaaSDecrease = emulator.Allowed, emulator.Allowed, emulator.Allowed
	}},
	{"with extended terms for marketplace software", func(b *emulator.Behaviour) {
		b.SaaSExtendedServiceTerm, b.SaaSSchedules, b.SaaSDecrease = true, emulator.Allowed, emulator.Refused
	}},
	{beforeExtendedTerms, func(b *emulator.Behaviour) { b.NoExtendedServiceTerm, b.SaaSWindowOnRenewal = true, true }},
	{"pending before the activation", func(b *emulator.Behaviour) { b.BeforeActivation = "pending" }},
	{"with long renewals", func(b *emulator.Behaviour) { b.RenewalTakes *= 300 }},
	{"that a repeated checkout replays", func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatReplays }},
	{"that a repeated checkout is busy", func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatBusy }},
	{"that a repeated checkout is in progress", func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatInProgress }},
	{"late and forgetful", func(b *emulator.Behaviour) {
		b.SubscriptionIDAfter, b.SubscriptionIDAfterReads, b.ListLagReads, b.RepeatedRequests = 10*time.Minute, 3, 0, emulator.RepeatedForgotten
	}},
	{"that repeated requests conflict", func(b *emulator.Behaviour) { b.RepeatedRequests = emulator.RepeatedConflict }},
	{"orders in review", func(b *emulator.Behaviour) { b.OrderOutcome = world.OrderPendingReview }},
	{"orders in review, and lists that lag", func(b *emulator.Behaviour) { b.OrderOutcome, b.ListLagReads = world.OrderPendingReview, 0 }},
	{"orders that fail", func(b *emulator.Behaviour) { b.OrderOutcome = world.OrderError }},
	{"orders that are made in part", func(b *emulator.Behaviour) { b.OrderOutcome = world.OrderPartialSuccess }},
	{"errors as statuses", func(b *emulator.Behaviour) { b.CartErrors, b.CheckoutErrors = world.ErrorAsStatus, world.ErrorAsStatus }},
	{"stale offers at the checkout", func(b *emulator.Behaviour) { b.StaleAvailability = world.AtCheckout }},
}
