// SPDX-License-Identifier: MPL-2.0

package change

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func nce(change func(*partnercenter.Subscription)) *partnercenter.Subscription {
	s := &partnercenter.Subscription{
		ID: "s", OfferID: "CFQ7TTC0AAAA:0001:CFQ7TTC0BBBB", ProductType: partnercenter.ProductType{ID: "OnlineServicesNCE"},
		FriendlyName: "mail", Quantity: 10, Status: "active", AutoRenewEnabled: true, TermDuration: "P1Y", BillingCycle: "monthly",
	}
	if change != nil {
		change(s)
	}
	return s
}

func saas(change func(*partnercenter.Subscription)) *partnercenter.Subscription {
	return nce(func(s *partnercenter.Subscription) {
		s.OfferID, s.ProductType = "DZH318ZAAAAA:0001:DZH318ZBBBBB", partnercenter.ProductType{ID: "Azure", SubType: partnercenter.ProductSubType{ID: "SaaS"}}
		if change != nil {
			change(s)
		}
	})
}

var extendAtEnd = []partnercenter.ScheduledAction{{ScheduleType: "TermEnd", ActionType: "RenewToExtendedServiceTerm"}}

var cancelAtEnd = []partnercenter.ScheduledAction{{ScheduleType: "TermEnd", ActionType: "Cancel"}}

func TestNextStep(t *testing.T) {
	t.Parallel()
	instructions := &partnercenter.NextTermInstructions{Quantity: 5, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA", SkuID: "0001", TermDuration: "P1Y", BillingCycle: "monthly"}}
	shown := *instructions
	shown.Product.AvailabilityID, shown.Product.BillingCycle = "CFQ7TTC0BBBB", "Monthly"
	tests := map[string]struct {
		want Desired
		got  *partnercenter.Subscription
		step string // "" for none
	}{
		"nothing wanted":                 {Desired{}, nce(nil), ""},
		"everything is as wanted":        {Desired{FriendlyName: new("mail"), Quantity: new(int64(10)), AtTermEnd: TermEndRenew, Suspended: new(false), TermDuration: new("P1Y"), BillingCycle: new("monthly")}, nce(nil), ""},
		"the nickname comes first":       {Desired{FriendlyName: new("new"), Quantity: new(int64(11)), AtTermEnd: TermEndCancel}, nce(nil), "friendly_name"},
		"quantity before renewal":        {Desired{Quantity: new(int64(11)), AtTermEnd: TermEndCancel}, nce(nil), "quantity"},
		"a longer term of as many":       {Desired{TermDuration: new("P3Y"), Quantity: new(int64(10))}, nce(nil), "term_duration"},
		"fewer before a longer term":     {Desired{TermDuration: new("P3Y"), Quantity: new(int64(9))}, nce(nil), "quantity"},
		"and before its billing cycle":   {Desired{TermDuration: new("P3Y"), BillingCycle: new("annual"), Quantity: new(int64(9))}, nce(nil), "quantity"},
		"another cycle in the same term": {Desired{TermDuration: new("P1Y"), BillingCycle: new("annual")}, nce(nil), "billing_cycle"},
		"reactivate before all else":     {Desired{Suspended: new(false), Quantity: new(int64(11))}, nce(func(s *partnercenter.Subscription) { s.Status = "suspended" }), "suspended"},
		"suspend after all else":         {Desired{Suspended: new(true), Quantity: new(int64(11))}, nce(nil), "quantity"},
		"suspend":                        {Desired{Suspended: new(true)}, nce(nil), "suspended"},
		"no renewal for SaaS":            {Desired{AtTermEnd: TermEndCancel}, saas(nil), "auto_renew_enabled"},
		"no renewal for SaaS is done":    {Desired{AtTermEnd: TermEndCancel}, saas(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), ""},
		"off but no cancel is not done":  {Desired{AtTermEnd: TermEndCancel}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), "auto_renew_enabled"},
		"off and cancel is done":         {Desired{AtTermEnd: TermEndCancel}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, cancelAtEnd }), ""},
		"renewal takes the cancel back":  {Desired{AtTermEnd: TermEndRenew}, nce(func(s *partnercenter.Subscription) { s.ScheduledActions = cancelAtEnd }), "auto_renew_enabled"},
		"extended":                       {Desired{AtTermEnd: TermEndExtend}, nce(nil), "end_of_term"},
		"extended by the action as well": {Desired{AtTermEnd: TermEndExtend}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), "end_of_term"},
		"an extension that is wanted":    {Desired{AtTermEnd: TermEndExtend}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, extendAtEnd }), ""},
		"an extension nobody wants":      {Desired{AtTermEnd: TermEndCancel}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, extendAtEnd }), "auto_renew_enabled"},
		"an extension is left alone":     {Desired{}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, extendAtEnd }), ""},
		"renewal ends an extension":      {Desired{AtTermEnd: TermEndRenew}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, extendAtEnd }), "auto_renew_enabled"},
		"suspended leaves renewal alone": {Desired{AtTermEnd: TermEndRenew}, nce(func(s *partnercenter.Subscription) { s.Status, s.AutoRenewEnabled = "suspended", false }), ""},
		"what is over is left alone":     {Desired{AtTermEnd: TermEndCancel}, nce(func(s *partnercenter.Subscription) { s.Status, s.AutoRenewEnabled = "disabled", false }), ""},
		"instructions are missing":       {Desired{ManageNext: true, NextTerm: instructions}, nce(nil), "scheduled_next_term_instructions"},
		"instructions in other words":    {Desired{ManageNext: true, NextTerm: instructions}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), ""},
		"instructions for any number":    {Desired{ManageNext: true, NextTerm: &partnercenter.NextTermInstructions{Product: instructions.Product}}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), ""},
		"instructions for another one":   {Desired{ManageNext: true, NextTerm: &partnercenter.NextTermInstructions{Quantity: 6, Product: instructions.Product}}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), "scheduled_next_term_instructions"},
		"instructions are to go":         {Desired{ManageNext: true}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), "scheduled_next_term_instructions"},
		"instructions without renewal": {Desired{ManageNext: true, AtTermEnd: TermEndCancel}, nce(func(s *partnercenter.Subscription) {
			s.AutoRenewEnabled, s.ScheduledActions, s.ScheduledNextTermInstructions = false, cancelAtEnd, &shown
		}), "scheduled_next_term_instructions"},
		"instructions are not managed": {Desired{}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), ""},
		"a billing cycle that is coming": {Desired{BillingCycle: new("annual")}, nce(func(s *partnercenter.Subscription) {
			s.NextChargeInstructions = &partnercenter.NextChargeInstructions{Product: partnercenter.NextTermProduct{BillingCycle: "Annual"}}
		}), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step := ""
			if next := test.want.next(test.got); next != nil {
				step = next.what
			}
			if step != test.step {
				t.Errorf("next step = %q, want %q", step, test.step)
			}
		})
	}
}

// Since 2026 "no renewal" alone lets a new-commerce subscription go on in a paid extended service term.
func TestLapseSchedulesTheCancellation(t *testing.T) {
	t.Parallel()
	step := Desired{AtTermEnd: TermEndCancel}.next(nce(nil))
	if step == nil || step.change.ScheduledActions == nil || !FactsOf(&partnercenter.Subscription{ScheduledActions: *step.change.ScheduledActions}).EndsWithTerm() {
		t.Fatalf("the change is %+v, want a cancellation at the end of the term with it", step)
	}
	if step := (Desired{AtTermEnd: TermEndCancel}).next(saas(nil)); step.change.ScheduledActions != nil {
		t.Errorf("marketplace SaaS gets %+v; scheduled actions are not documented for it", *step.change.ScheduledActions)
	}
}
