// SPDX-License-Identifier: MPL-2.0

package change

import (
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What counts against the spending limit after a change of 40 of 100 EUR: all of it, unless it is certain that nothing of it was made.
func TestWithin(t *testing.T) {
	t.Parallel()
	before := nce(nil)
	more := nce(func(s *partnercenter.Subscription) { s.Quantity = 11 })
	longer := nce(func(s *partnercenter.Subscription) { s.TermDuration = "P3Y" })
	refused := &partnercenter.Error{StatusCode: http.StatusBadRequest}
	for name, test := range map[string]struct {
		after *partnercenter.Subscription
		err   error
		left  int64
	}{
		"made":                          {more, nil, 60},
		"nothing had to be made":        {before, nil, 60},
		"refused":                       {before, refused, 100},
		"refused, the licenses are new": {more, refused, 60},
		"refused, the term is new":      {longer, refused, 60},
		"accepted, and does not show":   {before, &partnercenter.NotAppliedError{}, 60},
		"without an answer":             {before, &partnercenter.Error{Unclear: true}, 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.limit(100, 40)
			after, err := within(t.Context(), p.buyer, emulator.CustomerNordwind, before, &spending.Addition{Licenses: 1}, p.planned,
				func() (*partnercenter.Subscription, error) { return test.after, test.err })
			if after != test.after || !errors.Is(err, test.err) {
				t.Errorf("it is %+v, %v", after, err)
			}
			p.left(test.left)
		})
	}
	t.Run("above the limit", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		p.limit(30, 40)
		after, err := within(t.Context(), p.buyer, emulator.CustomerNordwind, before, &spending.Addition{Licenses: 1}, p.planned, func() (*partnercenter.Subscription, error) {
			t.Error("it is made")
			return more, nil
		})
		if err == nil || after != before {
			t.Errorf("it is %+v, %v", after, err)
		}
		p.left(30)
	})
}

func TestBuys(t *testing.T) {
	t.Parallel()
	committed := &spending.Amount{Value: decimal.NewFromInt(5), Currency: "EUR"}
	for name, test := range map[string]struct {
		want Desired
		buys *spending.Addition // nil for nothing
	}{
		"nothing":            {Desired{}, nil},
		"as many licenses":   {Desired{Quantity: new(int64(10))}, nil},
		"fewer licenses":     {Desired{Quantity: new(int64(9))}, nil},
		"more licenses":      {Desired{Quantity: new(int64(12))}, &spending.Addition{Term: "P1Y", Billing: "monthly", Licenses: 2, Among: 12, Committed: committed}},
		"the same term":      {Desired{TermDuration: new("P1Y"), BillingCycle: new("annual")}, nil},
		"another cycle":      {Desired{BillingCycle: new("annual")}, nil},
		"a longer term":      {Desired{TermDuration: new("P3Y")}, &spending.Addition{Term: "P3Y", Billing: "monthly", Licenses: 10, Among: 10}},
		"and another cycle":  {Desired{TermDuration: new("P3Y"), BillingCycle: new("annual")}, &spending.Addition{Term: "P3Y", Billing: "annual", Licenses: 10, Among: 10}},
		"longer, and fewer":  {Desired{TermDuration: new("P3Y"), Quantity: new(int64(4))}, &spending.Addition{Term: "P3Y", Billing: "monthly", Licenses: 4, Among: 4}},
		"longer, and more":   {Desired{TermDuration: new("P3Y"), Quantity: new(int64(14))}, &spending.Addition{Term: "P3Y", Billing: "monthly", Licenses: 14, Among: 14}},
		"renewal and a name": {Desired{AtTermEnd: TermEndCancel, FriendlyName: new("post")}, nil},
	} {
		test.want.Committed = committed
		got := test.want.Buys(nce(nil))
		if test.buys != nil {
			test.buys.ProductID, test.buys.SkuID = "CFQ7TTC0AAAA", "0001"
		}
		if !reflect.DeepEqual(got, test.buys) {
			t.Errorf("%s: %+v, want %+v", name, got, test.buys)
		}
	}
	if line := ResoldBy(nce(nil)); len(line.Participants) != 0 {
		t.Errorf("without a reseller: %+v", line)
	}
	resold := ResoldBy(nce(func(s *partnercenter.Subscription) { s.PartnerID = "7700123" }))
	if len(resold.Participants) != 1 || resold.Participants[0].Value != "7700123" || resold.Participants[0].Key != partnercenter.ParticipantTransactionReseller {
		t.Errorf("with a reseller: %+v", resold)
	}
}

// What nobody asked about stays scheduled, although Partner Center drops it with each change that takes effect at once.
func TestApply_keepsSchedule(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	before := p.read(emulator.CustomerAtelier, emulator.SubscriptionScheduled)
	after := p.apply(emulator.CustomerAtelier, emulator.SubscriptionScheduled, Desired{Quantity: new(int64(before.Quantity) + 1)}, 2)
	if nextTermValue(after.ScheduledNextTermInstructions) != nextTermValue(before.ScheduledNextTermInstructions) {
		t.Errorf("the next term is %+v", after.ScheduledNextTermInstructions)
	}
	p.apply(emulator.CustomerAtelier, emulator.SubscriptionScheduled, Desired{}, 0)
}

func TestDiffers(t *testing.T) {
	t.Parallel()
	if (Desired{Quantity: new(int64(10))}).Differs(nce(nil)) || !(Desired{Quantity: new(int64(11))}).Differs(nce(nil)) {
		t.Error("what has to be sent is not known")
	}
}

// A change that is dropped is an error, with what was made before it; a cancellation that does not show is a warning.
func TestApply_notApplied(t *testing.T) {
	t.Parallel()
	p := openPartner(t, func(b *emulator.Behaviour) { b.PatchMode = emulator.PatchDropped })
	for name, test := range map[string]struct {
		customer, id string
		want         Desired
		changing     string // "" where nothing but a warning comes of it
	}{
		"a nickname":                              {emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{FriendlyName: new("another name")}, FriendlyName},
		"a nickname of what does not renew":       {emulator.CustomerTulpenveld, emulator.SubscriptionLapsing, Desired{FriendlyName: new("another name")}, FriendlyName},
		"no renewal":                              {emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndCancel}, AutoRenew},
		"the cancellation of what is not renewed": {emulator.CustomerTulpenveld, emulator.SubscriptionLapsing, Desired{AtTermEnd: TermEndCancel}, ""},
	} {
		before := p.read(test.customer, test.id)
		after, warnings, err := Apply(t.Context(), p.buyer, test.customer, before, test.want, nil)
		if after.FriendlyName != before.FriendlyName || after.AutoRenewEnabled != before.AutoRenewEnabled {
			t.Errorf("%s: it is %+v", name, after)
		}
		if test.changing == "" {
			if err != nil || !slices.Equal(warnings, []string{NoCancelScheduled}) {
				t.Errorf("%s: %v, %v", name, warnings, err)
			}
			continue
		}
		if _, dropped := errors.AsType[*partnercenter.NotAppliedError](err); !dropped || !strings.Contains(err.Error(), "changing "+test.changing+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused := openPartner(t)
	suspended := refused.read(emulator.CustomerHarbour, emulator.SubscriptionSuspended)
	after, _, err := Apply(t.Context(), refused.buyer, emulator.CustomerHarbour, suspended, Desired{Quantity: new(int64(99))}, nil)
	if err == nil || after != suspended || !strings.Contains(err.Error(), "changing quantity: ") {
		t.Errorf("it is %+v, %v", after, err)
	}
}

func TestMayGiveBack(t *testing.T) {
	t.Parallel()
	if n, known := (Facts{Family: partnercenter.FamilyNewCommerce, Refundable: 3}).MayGiveBack(); n != 3 || !known {
		t.Errorf("new commerce: %d, %t", n, known)
	}
	if _, known := (Facts{Family: partnercenter.FamilyMarketplaceSaaS, Refundable: 3}).MayGiveBack(); known {
		t.Error("of marketplace software it is known")
	}
	if off, on := RenewOrCancel(new(false)), RenewOrCancel(new(true)); off != TermEndCancel || on != TermEndRenew || RenewOrCancel(nil) != "" {
		t.Errorf("auto_renew_enabled asks for %q and %q", off, on)
	}
	if got := Surcharge(WithoutMonthlyPlan); got != "23 percent" {
		t.Errorf("the surcharge is %s", got)
	}
	if got := ActivateBy(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)); !got.Equal(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("it lapses on %s", got)
	}
}

// Marketplace software takes scheduled actions only where it shows some.
func TestSetAutoRenew_actions(t *testing.T) {
	t.Parallel()
	off := func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }
	for name, test := range map[string]struct {
		got     *partnercenter.Subscription
		actions bool
	}{
		"new commerce":                  {nce(off), true},
		"marketplace software":          {saas(off), false},
		"marketplace software with one": {saas(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, cancelAtEnd }), true},
	} {
		step := Desired{AtTermEnd: TermEndRenew}.next(test.got)
		if step == nil || (step.change.ScheduledActions != nil) != test.actions {
			t.Errorf("%s: %+v", name, step)
		}
	}
}

// Where actions are scheduled and shown, they have to say the same as the instructions, because they win.
func TestSetNextTerm_actions(t *testing.T) {
	t.Parallel()
	renews := []partnercenter.ScheduledAction{{ScheduleType: partnercenter.ScheduleTermEnd, ActionType: partnercenter.ActionRenewToNewTerm}}
	for name, test := range map[string]struct {
		got     *partnercenter.Subscription
		actions bool
	}{
		"no actions": {nce(nil), false},
		"actions":    {nce(func(s *partnercenter.Subscription) { s.ScheduledActions = renews }), true},
	} {
		step := Desired{ManageNext: true, NextTerm: nextOffice("P1Y", "annual", 5)}.next(test.got)
		if step == nil || step.change.NextTerm == nil || (step.change.ScheduledActions != nil) != test.actions {
			t.Errorf("%s: %+v", name, step)
		}
	}
}

// Only marketplace software has no next term that fewer licenses could be scheduled for.
func TestRefusedDecrease(t *testing.T) {
	t.Parallel()
	late, other := &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: windowCodes[0]}, &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: "800002"}
	never := &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: "800090"}
	for name, test := range map[string]struct {
		of      *partnercenter.Subscription
		err     error
		advises bool
	}{
		"marketplace software, too late":           {saas(nil), late, true},
		"marketplace software, at all":             {saas(nil), never, true},
		"marketplace software, for another reason": {saas(nil), other, false},
		"new commerce, too late":                   {nce(nil), late, false},
		"new commerce, more than can be":           {nce(nil), never, false},
	} {
		err := refusedDecrease(test.of, test.err)
		if _, advised := errors.AsType[*partnercenter.AdvisedError](err); advised != test.advises || !errors.Is(err, test.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Fewer licenses of marketplace software are refused with a way out that it has, whatever the code; no cancellation is too late for it.
func TestRefusedDecrease_marketplace(t *testing.T) {
	t.Parallel()
	for code, rule := range map[string]emulator.Permission{"800090": emulator.Refused, "900214": emulator.InHours} {
		p := openPartner(t, func(b *emulator.Behaviour) { b.SaaSDecrease = rule })
		before := p.read(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)
		_, err := SetQuantity(t.Context(), p.buyer, emulator.CustomerNordwind, before, 11, nil)
		_, _, alike := Apply(t.Context(), p.buyer, emulator.CustomerNordwind, before, Desired{Quantity: new(int64(11))}, nil)
		for _, err := range []error{err, alike} {
			advice := partnercenter.Remedy(err)
			if !partnercenter.HasCode(err, code) || !strings.Contains(advice, "Keep the present quantity until the renewal") || strings.Contains(advice, NextTerm) || TooLate(err) != (code == "900214") {
				t.Errorf("%s: %v: %s", code, err, advice)
			}
		}
		p.sent(2)
	}
}

// Nothing is changed where what would be dropped could not be put back, because it is not sold any more. What does not renew needs none of it.
func TestSetQuantity_scheduleCannotBePutBack(t *testing.T) {
	t.Parallel()
	const customer, id = emulator.CustomerAtelier, emulator.SubscriptionScheduled
	withdrawn := func(p *partner) *partnercenter.Subscription {
		s := p.read(customer, id)
		s.ScheduledNextTermInstructions.Product.TermDuration = "P5Y"
		return s
	}
	p := openPartner(t)
	before := withdrawn(p)
	after, err := SetQuantity(t.Context(), p.buyer, customer, before, 99, nil)
	if err == nil || after != before || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("it is %+v, %v", after, err)
	}
	p.sent(0)
	after, _, err = Apply(t.Context(), p.buyer, customer, before, Desired{Quantity: new(int64(99))}, nil)
	if err == nil || after != before || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("it is %+v, %v", after, err)
	}
	p.sent(0)
	for _, end := range []TermEnd{TermEndCancel, TermEndExtend} {
		p := openPartner(t)
		after, _, err := Apply(t.Context(), p.buyer, customer, withdrawn(p), Desired{AtTermEnd: end}, nil)
		if err != nil || FactsOf(after).AtTermEnd() != end {
			t.Errorf("it is %+v, %v", after, err)
		}
		p.sent(1)
	}
}

// What was accepted and not made comes back as it shows, and what was refused as it was.
func TestSetQuantity_refused(t *testing.T) {
	t.Parallel()
	p := openPartner(t, func(b *emulator.Behaviour) { b.PublisherRefusesChanges = true })
	before := p.read(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)
	after, err := SetQuantity(t.Context(), p.buyer, emulator.CustomerNordwind, before, int64(before.Quantity)+1, nil)
	if _, dropped := errors.AsType[*partnercenter.NotAppliedError](err); !dropped || after == before || after.Quantity != before.Quantity {
		t.Errorf("it is %+v, %v", after, err)
	}
	before = p.read(emulator.CustomerHarbour, emulator.SubscriptionSuspended)
	after, err = SetQuantity(t.Context(), p.buyer, emulator.CustomerHarbour, before, 99, nil)
	if err == nil || after != before {
		t.Errorf("it is %+v, %v", after, err)
	}
}
