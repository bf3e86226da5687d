// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

//go:fix inline
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

var cancelAtEnd = []partnercenter.ScheduledAction{{ScheduleType: "TermEnd", ActionType: "Cancel"}}

func TestNextStep(t *testing.T) {
	t.Parallel()
	instructions := &partnercenter.NextTermInstructions{Quantity: 5, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA", SkuID: "0001", TermDuration: "P1Y", BillingCycle: "monthly"}}
	shown := *instructions
	shown.Product.AvailabilityID, shown.Product.BillingCycle = "CFQ7TTC0BBBB", "Monthly"
	tests := map[string]struct {
		want desired
		got  *partnercenter.Subscription
		step string // "" for none
	}{
		"nothing wanted":                 {desired{}, nce(nil), ""},
		"everything is as wanted":        {desired{friendlyName: new("mail"), quantity: new(int64(10)), autoRenew: new(true), status: new("active"), term: new("P1Y"), billing: new("monthly")}, nce(nil), ""},
		"the nickname comes first":       {desired{friendlyName: new("new"), quantity: new(int64(11)), autoRenew: new(false)}, nce(nil), "friendly_name"},
		"quantity before renewal":        {desired{quantity: new(int64(11)), autoRenew: new(false)}, nce(nil), "quantity"},
		"reactivate before all else":     {desired{status: new("active"), quantity: new(int64(11))}, nce(func(s *partnercenter.Subscription) { s.Status = "suspended" }), "status"},
		"suspend after all else":         {desired{status: new("suspended"), quantity: new(int64(11))}, nce(nil), "quantity"},
		"suspend":                        {desired{status: new("suspended")}, nce(nil), "status"},
		"no renewal for SaaS":            {desired{autoRenew: new(false)}, saas(nil), "auto_renew_enabled"},
		"no renewal for SaaS is done":    {desired{autoRenew: new(false)}, saas(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), ""},
		"off but no cancel is not done":  {desired{autoRenew: new(false)}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), "auto_renew_enabled"},
		"off and cancel is done":         {desired{autoRenew: new(false)}, nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, cancelAtEnd }), ""},
		"renewal takes the cancel back":  {desired{autoRenew: new(true)}, nce(func(s *partnercenter.Subscription) { s.ScheduledActions = cancelAtEnd }), "auto_renew_enabled"},
		"suspended leaves renewal alone": {desired{autoRenew: new(true)}, nce(func(s *partnercenter.Subscription) { s.Status, s.AutoRenewEnabled = "suspended", false }), ""},
		"what is over is left alone":     {desired{autoRenew: new(false)}, nce(func(s *partnercenter.Subscription) { s.Status, s.AutoRenewEnabled = "disabled", false }), ""},
		"instructions are missing":       {desired{manageNext: true, nextTerm: instructions}, nce(nil), "scheduled_next_term_instructions"},
		"instructions in other words":    {desired{manageNext: true, nextTerm: instructions}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), ""},
		"instructions are to go":         {desired{manageNext: true}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), "scheduled_next_term_instructions"},
		"instructions without renewal": {desired{manageNext: true, autoRenew: new(false)}, nce(func(s *partnercenter.Subscription) {
			s.AutoRenewEnabled, s.ScheduledActions, s.ScheduledNextTermInstructions = false, cancelAtEnd, &shown
		}), "scheduled_next_term_instructions"},
		"instructions are not managed": {desired{}, nce(func(s *partnercenter.Subscription) { s.ScheduledNextTermInstructions = &shown }), ""},
		"a billing cycle that is coming": {desired{billing: new("annual")}, nce(func(s *partnercenter.Subscription) {
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
	step := desired{autoRenew: new(false)}.next(nce(nil))
	if step == nil || step.change.ScheduledActions == nil || !endsWithTerm(&partnercenter.Subscription{ScheduledActions: *step.change.ScheduledActions}) {
		t.Fatalf("the change is %+v, want a cancellation at the end of the term with it", step)
	}
	if step := (desired{autoRenew: new(false)}).next(saas(nil)); step.change.ScheduledActions != nil {
		t.Errorf("marketplace SaaS gets %+v; scheduled actions are not documented for it", *step.change.ScheduledActions)
	}
}
