// SPDX-License-Identifier: MPL-2.0

package change

import (
	"reflect"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// renewal is what somebody has scheduled for Nordwind's office subscription as an action, without instructions beside it.
func (p *partner) renewal() partnercenter.ScheduledAction {
	p.t.Helper()
	action := map[string]any{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": map[string]any{"quantity": 24, "customTermEndDate": nil, "product": map[string]any{
		"productId": emulator.ProductOffice, "skuId": "0001", "availabilityId": "OUTDATED", "termDuration": "P1Y", "billingCycle": "annual", "promotionId": nil,
	}}}
	if err := p.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, map[string]any{"scheduledActions": []any{action}}); err != nil {
		p.t.Fatal(err)
	}
	shown := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	if len(shown.ScheduledActions) != 1 || shown.ScheduledActions[0].Instructions == nil || shown.ScheduledNextTermInstructions != nil {
		p.t.Fatalf("it shows %+v", shown)
	}
	return shown.ScheduledActions[0]
}

// renews is what Partner Center has for the next term, in whatever member.
func (p *partner) renews(s *partnercenter.Subscription) Value {
	next := s.ScheduledNextTermInstructions
	for _, a := range s.ScheduledActions {
		if a.Instructions != nil {
			next = a.Instructions
		}
	}
	return nextTermValue(next)
}

// A renewal that stands in the scheduled actions alone is put back like any other, with today's availability, after changes that drop it; what
// asks for another end of the term, or manages the next one, does not get it back.
func TestApply_keepsScheduledActions(t *testing.T) {
	t.Parallel()
	for name, behave := range map[string]func(*emulator.Behaviour){
		"shown as instructions afterwards": func(*emulator.Behaviour) {},
		"shown as an action afterwards":    func(b *emulator.Behaviour) { b.RenewalActionsStay = true },
		"kept by Partner Center":           func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept },
	} {
		kept := name == "kept by Partner Center"
		changes := map[bool]int{true: 1, false: 2}[kept]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, behave)
			before := p.renewal()
			after := p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{Quantity: new(int64(44))}, changes)
			if got := p.renews(after); got != nextTermValue(before.Instructions) {
				t.Errorf("it renews into %s: %+v", got, after)
			}
			p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{FriendlyName: new("another name")}, 1)
		})
		t.Run("licenses alone, "+name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, behave)
			before := p.renewal()
			got := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
			after, err := SetQuantity(t.Context(), p.buyer, emulator.CustomerNordwind, got, 44, nil)
			if err != nil || after.Quantity != 44 || p.renews(after) != nextTermValue(before.Instructions) {
				t.Errorf("it is %+v: %v", after, err)
			}
			p.sent(changes)
		})
	}
	for name, test := range map[string]struct {
		want    Desired
		changes int
		renews  Value
	}{
		"it is to end":                 {Desired{Quantity: new(int64(44)), AtTermEnd: TermEndCancel}, 2, Value{}},
		"it is to be extended":         {Desired{AtTermEnd: TermEndExtend}, 1, Value{}},
		"it is suspended":              {Desired{Quantity: new(int64(44)), Suspended: new(true)}, 2, Value{}},
		"another next term":            {Desired{Quantity: new(int64(44)), ManageNext: true, NextTerm: nextOffice("P3Y", "monthly", 30)}, 2, nextTermValue(nextOffice("P3Y", "monthly", 30))},
		"no next term, and none shown": {Desired{Quantity: new(int64(44)), ManageNext: true}, 1, Value{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.renewal()
			after := p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, test.want, test.changes)
			if got := p.renews(after); got != test.renews {
				t.Errorf("it renews into %s, want %s", got, test.renews)
			}
		})
	}
}

// What is kept is what nobody asks to be otherwise.
func TestKeepingSchedule(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	day := partnercenter.Time{Time: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}
	moves := partnercenter.ScheduledAction{ScheduleType: partnercenter.ScheduleCustomDate, ActionType: "Transition", EffectiveDate: day, Instructions: nextOffice("P1Y", "annual", 7)}
	renews := partnercenter.ScheduledAction{ScheduleType: partnercenter.ScheduleTermEnd, ActionType: partnercenter.ActionRenewToNewTerm}
	s := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	s.ScheduledActions, s.ScheduledNextTermInstructions = []partnercenter.ScheduledAction{moves, renews}, nextOffice("P1Y", "annual", 24)
	bare := *s
	bare.ScheduledActions, bare.ScheduledNextTermInstructions = nil, nil
	off := bare
	off.AutoRenewEnabled = false
	type put struct{ actions, next bool } // what is put back
	for name, test := range map[string]struct {
		want  Desired
		after *partnercenter.Subscription
		put   put
		count int
	}{
		"all of it":             {Desired{Quantity: new(int64(44))}, &bare, put{true, true}, 2},
		"nothing is dropped":    {Desired{Quantity: new(int64(44))}, s, put{}, 0},
		"nothing is changed":    {Desired{}, &bare, put{}, 0},
		"the next is managed":   {Desired{Quantity: new(int64(44)), ManageNext: true, NextTerm: nextOffice("P1Y", "monthly", 3)}, &bare, put{true, false}, 1},
		"it is to end":          {Desired{AtTermEnd: TermEndCancel}, &off, put{}, 0},
		"it renews, as before":  {Desired{Quantity: new(int64(44)), AtTermEnd: TermEndRenew}, &bare, put{true, true}, 2},
		"renewal is off, since": {Desired{Quantity: new(int64(44))}, &off, put{}, 0},
	} {
		kept, err := test.want.keepingSchedule(t.Context(), p.buyer.Client, emulator.CustomerNordwind, s)
		if err != nil {
			t.Fatal(err)
		}
		got := kept.putBack(test.after)
		if (got != nil) != (test.put != put{}) {
			t.Errorf("%s: it puts back %+v", name, got)
			continue
		}
		if got == nil {
			continue
		}
		actions := *got.change.ScheduledActions
		if (got.change.NextTerm != nil) != test.put.next || len(actions) != test.count || actions[0].Instructions.Product.AvailabilityID == "" || !reflect.DeepEqual(actions[0].EffectiveDate, day) {
			t.Errorf("%s: it puts back %+v", name, got.change)
		}
		if test.count == 2 && !sameInstructions(actions[1].Instructions, s.ScheduledNextTermInstructions) { // actions win
			t.Errorf("%s: the actions say %+v", name, actions)
		}
	}
	managed := bare
	managed.ScheduledNextTermInstructions = nextOffice("P1Y", "monthly", 3)
	managed.ScheduledActions = []partnercenter.ScheduledAction{{ScheduleType: partnercenter.ScheduleTermEnd, ActionType: partnercenter.ActionRenewToNewTerm, Instructions: managed.ScheduledNextTermInstructions}}
	kept, err := Desired{Quantity: new(int64(44)), ManageNext: true, NextTerm: managed.ScheduledNextTermInstructions}.keepingSchedule(t.Context(), p.buyer.Client, emulator.CustomerNordwind, s)
	if err != nil {
		t.Fatal(err)
	}
	if actions := *kept.putBack(&managed).change.ScheduledActions; len(actions) != 2 || !atEnd(actions[1]) || !sameInstructions(actions[1].Instructions, managed.ScheduledNextTermInstructions) {
		t.Errorf("beside what is managed it puts back %+v", actions)
	}
	if moves.Instructions.Product.AvailabilityID != "" || renews.Instructions != nil || s.ScheduledActions[1].Instructions != nil {
		t.Error("what was read has been changed")
	}
}
