// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

var (
	cancelAtTermEnd = ScheduledAction{ScheduleType: ScheduleTermEnd, ActionType: ActionCancel}
	renewAtTermEnd  = ScheduledAction{ScheduleType: ScheduleTermEnd, ActionType: ActionRenewToNewTerm}
	nextYear        = NextTermInstructions{
		Product: NextTermProduct{ProductID: "CFQ7TTC0EXMP", SkuID: "0001", AvailabilityID: "CFQ7TTC0NEW1", BillingCycle: "annual", TermDuration: "P1Y"}, Quantity: 40,
	}
)

func TestSubscriptionChange_validate(t *testing.T) {
	tests := map[string]struct {
		change SubscriptionChange
		ok     bool
	}{
		"nothing":                     {SubscriptionChange{}, true},
		"quantity":                    {SubscriptionChange{Quantity: new(int64(3))}, true},
		"no licenses":                 {SubscriptionChange{Quantity: new(int64(0))}, false},
		"no partner":                  {SubscriptionChange{PartnerID: new("")}, false},
		"cancel without renewal":      {SubscriptionChange{Status: new("deleted"), AutoRenewEnabled: new(false)}, true},
		"cancel with renewal":         {SubscriptionChange{Status: new("deleted"), AutoRenewEnabled: new(true)}, false},
		"suspend without renewal":     {SubscriptionChange{Status: new("suspended"), AutoRenewEnabled: new(false)}, false},
		"renewal and actions":         {SubscriptionChange{AutoRenewEnabled: new(false), ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}}, true},
		"term and cycle":              {SubscriptionChange{TermDuration: new("P3Y"), BillingCycle: new("annual")}, true},
		"next term and actions":       {SubscriptionChange{NextTerm: &nextYear, ScheduledActions: &[]ScheduledAction{renewAtTermEnd}}, true},
		"no next term and actions":    {SubscriptionChange{ClearNextTerm: true, ScheduledActions: &[]ScheduledAction{}}, true},
		"next term and none":          {SubscriptionChange{NextTerm: &nextYear, ClearNextTerm: true}, false},
		"name and quantity":           {SubscriptionChange{FriendlyName: new("a"), Quantity: new(int64(3))}, false},
		"renewal and next term":       {SubscriptionChange{AutoRenewEnabled: new(true), NextTerm: &nextYear}, false},
		"renewal, actions, next term": {SubscriptionChange{AutoRenewEnabled: new(true), NextTerm: &nextYear, ScheduledActions: &[]ScheduledAction{}}, false},
		"quantity and status":         {SubscriptionChange{Quantity: new(int64(3)), Status: new("active")}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if err := test.change.validate(); (err == nil) != test.ok {
				t.Errorf("got %v, want ok %v", err, test.ok)
			}
		})
	}
}

func TestDifferences(t *testing.T) {
	noDifference := []string(nil)
	tests := map[string]struct {
		json   string
		change SubscriptionChange
		want   []string
	}{
		"same quantity":                 {`{"quantity": "12"}`, SubscriptionChange{Quantity: new(int64(12))}, noDifference},
		"other quantity":                {`{"quantity": 12}`, SubscriptionChange{Quantity: new(int64(15))}, []string{"quantity"}},
		"same name but for blanks":      {`{"friendlyName": "mail "}`, SubscriptionChange{FriendlyName: new("mail")}, noDifference},
		"name in other casing":          {`{"friendlyName": "Mail"}`, SubscriptionChange{FriendlyName: new("mail")}, []string{"friendlyName"}},
		"numeric partner":               {`{"partnerId": 7700123}`, SubscriptionChange{PartnerID: new("7700123")}, noDifference},
		"renewal absent means false":    {`{}`, SubscriptionChange{AutoRenewEnabled: new(false)}, noDifference},
		"renewal":                       {`{"AutoRenewEnabled": false}`, SubscriptionChange{AutoRenewEnabled: new(true)}, []string{"autoRenewEnabled"}},
		"status in other casing":        {`{"status": "Active"}`, SubscriptionChange{Status: new("active")}, noDifference},
		"cancel":                        {`{"status": "active", "autoRenewEnabled": true}`, SubscriptionChange{Status: new("deleted"), AutoRenewEnabled: new(false)}, []string{"autoRenewEnabled", "status"}},
		"cancel what has expired":       {`{"status": "expired", "autoRenewEnabled": true}`, SubscriptionChange{Status: new("deleted"), AutoRenewEnabled: new(false)}, noDifference},
		"reactivate what has expired":   {`{"status": "expired"}`, SubscriptionChange{Status: new("active")}, []string{"status"}},
		"term":                          {`{"termDuration": "P1Y", "billingCycle": "monthly"}`, SubscriptionChange{TermDuration: new("P3Y"), BillingCycle: new("monthly")}, []string{"termDuration"}},
		"cycle in other spelling":       {`{"billingCycle": "OneTime"}`, SubscriptionChange{BillingCycle: new("one_time")}, noDifference},
		"cycle":                         {`{"billingCycle": "monthly"}`, SubscriptionChange{BillingCycle: new("annual")}, []string{"billingCycle"}},
		"cycle from the next charge":    {`{"billingCycle": "monthly", "nextChargeInstructions": {"product": {"billingCycle": "Annual"}}}`, SubscriptionChange{BillingCycle: new("annual")}, noDifference},
		"cycle taken back":              {`{"billingCycle": "monthly", "nextChargeInstructions": {"product": {"billingCycle": "Annual"}}}`, SubscriptionChange{BillingCycle: new("monthly")}, []string{"nextChargeInstructions"}},
		"cycle with a term is now":      {`{"termDuration": "P3Y", "billingCycle": "monthly", "nextChargeInstructions": {"product": {"billingCycle": "annual"}}}`, SubscriptionChange{TermDuration: new("P3Y"), BillingCycle: new("annual")}, []string{"billingCycle"}},
		"next term":                     {`{"scheduledNextTermInstructions": null}`, SubscriptionChange{NextTerm: &nextYear}, []string{"scheduledNextTermInstructions"}},
		"next term, older availability": {`{"scheduledNextTermInstructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "availabilityId": "OLD", "billingCycle": "Annual", "termDuration": "P1Y"}, "quantity": 40}}`, SubscriptionChange{NextTerm: &nextYear}, noDifference},
		"next term, other quantity":     {`{"scheduledNextTermInstructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "billingCycle": "Annual", "termDuration": "P1Y"}, "quantity": 41}}`, SubscriptionChange{NextTerm: &nextYear}, []string{"scheduledNextTermInstructions"}},
		"next term beside an action":    {`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}]}`, SubscriptionChange{NextTerm: &nextYear}, []string{"scheduledNextTermInstructions", "scheduledActions"}},
		"next term beside a cancel":     {`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "Cancel"}]}`, SubscriptionChange{NextTerm: &nextYear}, []string{"scheduledNextTermInstructions"}},
		"nothing to clear":              {`{"scheduledNextTermInstructions": {}}`, SubscriptionChange{ClearNextTerm: true}, noDifference},
		"clear":                         {`{"scheduledNextTermInstructions": {"quantity": 3}}`, SubscriptionChange{ClearNextTerm: true}, []string{"scheduledNextTermInstructions"}},
		"no actions wanted, none there": {`{"scheduledActions": null}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{}}, noDifference},
		"renewal that is implied":       {`{"autoRenewEnabled": true}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{renewAtTermEnd}}, noDifference},
		"renewal that is not implied":   {`{"autoRenewEnabled": false}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{renewAtTermEnd}}, []string{"scheduledActions"}},
		"action, single object":         {`{"scheduledActions": {"scheduleType": "TermEnd", "actionType": "cancel"}}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}}, noDifference},
		"other action":                  {`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}]}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}}, []string{"scheduledActions"}},
		"one action too many":           {`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "Cancel"}, {"scheduleType": "TermEnd", "actionType": "Transition"}]}`, SubscriptionChange{ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}}, []string{"scheduledActions"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var s Subscription
			if err := json.Unmarshal([]byte(test.json), &s); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, difference := range differences(&s, test.change) {
				got = append(got, difference.Property)
				if difference.Want == "" && difference.Got == "" {
					t.Errorf("%s is not explained", difference.Property)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			check(t, "visible", visible(&s, test.change), test.want == nil)
		})
	}
}

func TestVisible_actionWithoutOwnInstructions(t *testing.T) {
	var s Subscription
	err := json.Unmarshal([]byte(`{
		"scheduledNextTermInstructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "availabilityId": "CFQ7TTC0NEW1", "billingCycle": "annual", "termDuration": "P1Y"}, "quantity": 40},
		"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}]}`), &s)
	if err != nil {
		t.Fatal(err)
	}
	change := SubscriptionChange{NextTerm: &nextYear}
	check(t, "enough afterwards", visible(&s, change), true)
	check(t, "not enough before", len(differences(&s, change)), 1)
}

func TestOverlay(t *testing.T) {
	tests := map[string]struct {
		raw, want string
		change    SubscriptionChange
	}{
		"unknown members and nulls stay": {
			`{"id": "1", "quantity": 12, "newThing": {"a": [1, 2.50]}, "parentSubscriptionId": null, "autoRenewEnabled": true, "partnerId": ""}`,
			`{"id": "1", "quantity": 15, "newThing": {"a": [1, 2.50]}, "parentSubscriptionId": null, "autoRenewEnabled": true, "partnerId": ""}`,
			SubscriptionChange{Quantity: new(int64(15))},
		},
		"casing of the document": {
			`{"Quantity": 12, "AutoRenewEnabled": true}`, `{"Quantity": 15, "AutoRenewEnabled": true}`,
			SubscriptionChange{Quantity: new(int64(15))},
		},
		"both casings": {
			`{"Quantity": 12, "quantity": 12}`, `{"Quantity": 15, "quantity": 15}`,
			SubscriptionChange{Quantity: new(int64(15))},
		},
		"a member that was absent": {
			`{"id": "1"}`, `{"id": "1", "partnerId": "7700123"}`, SubscriptionChange{PartnerID: new("7700123")},
		},
		"cancel": {
			`{"status": "active", "autoRenewEnabled": true}`, `{"status": "deleted", "autoRenewEnabled": false}`,
			SubscriptionChange{Status: new(StatusDeleted), AutoRenewEnabled: new(false)},
		},
		"stop renewing": {
			`{"autoRenewEnabled": true, "scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}]}`,
			`{"autoRenewEnabled": false, "scheduledActions": [{"scheduleType": "TermEnd", "actionType": "Cancel"}]}`,
			SubscriptionChange{AutoRenewEnabled: new(false), ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}},
		},
		"next term": {
			`{"scheduledNextTermInstructions": null}`,
			`{"scheduledNextTermInstructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "availabilityId": "CFQ7TTC0NEW1", "billingCycle": "annual", "termDuration": "P1Y"}, "quantity": 40}}`,
			SubscriptionChange{NextTerm: &nextYear},
		},
		"an action says the same as the next term and keeps what is its own": {
			`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "actionId": 7}, {"scheduleType": "CustomDate", "actionType": "Transition"}]}`,
			`{"scheduledNextTermInstructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "availabilityId": "CFQ7TTC0NEW1", "billingCycle": "annual", "termDuration": "P1Y"}, "quantity": 40},
			  "scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "actionId": 7, "instructions": {"product": {"productId": "CFQ7TTC0EXMP", "skuId": "0001", "availabilityId": "CFQ7TTC0NEW1", "billingCycle": "annual", "termDuration": "P1Y"}, "quantity": 40}},
			    {"scheduleType": "CustomDate", "actionType": "Transition"}]}`,
			SubscriptionChange{NextTerm: &nextYear},
		},
		"clear the next term": {
			`{"scheduledNextTermInstructions": {"quantity": 3}, "scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": {"quantity": 3}}]}`,
			`{"scheduledNextTermInstructions": null, "scheduledActions": [{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}]}`,
			SubscriptionChange{ClearNextTerm: true},
		},
		"no more actions": {
			`{"scheduledActions": [{"scheduleType": "TermEnd", "actionType": "Cancel"}]}`, `{"scheduledActions": []}`,
			SubscriptionChange{ScheduledActions: new([]ScheduledAction)},
		},
		"cycle taken back": {
			`{"billingCycle": "monthly", "nextChargeInstructions": {"product": {"billingCycle": "annual"}}}`,
			`{"billingCycle": "monthly", "nextChargeInstructions": null}`,
			SubscriptionChange{BillingCycle: new("monthly")},
		},
		"nothing differs": {`{"quantity": "12"}`, `{"quantity": "12"}`, SubscriptionChange{Quantity: new(int64(12))}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := overlay(json.RawMessage(test.raw), test.change)
			if err != nil {
				t.Fatal(err)
			}
			sameJSON(t, got, test.want)
		})
	}
	for _, raw := range []string{`null`, `[]`, `{`, `"x"`} {
		if _, err := overlay(json.RawMessage(raw), SubscriptionChange{}); err == nil {
			t.Errorf("%s is no subscription", raw)
		}
	}
}

func sameJSON(t *testing.T, got any, want string) {
	t.Helper()
	out, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	for text, into := range map[string]*any{string(out): &a, want: &b} {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(into); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got\n%s, want\n%s", out, want)
	}
}

func TestDroppedSchedule(t *testing.T) {
	var before Subscription
	if err := json.Unmarshal([]byte(fixture(t, "subscription_new_commerce.json")), &before); err != nil {
		t.Fatal(err)
	}
	bare := func(change func(*Subscription)) *Subscription {
		s := before
		s.ScheduledNextTermInstructions, s.ScheduledActions = nil, nil
		change(&s)
		return &s
	}
	t.Run("all of it", func(t *testing.T) {
		got, dropped := DroppedSchedule(&before, bare(func(*Subscription) {}))
		if !dropped || got.validate() != nil {
			t.Fatalf("got %+v, %v", got, dropped)
		}
		sent, err := overlay(json.RawMessage(`{}`), got)
		if err != nil {
			t.Fatal(err)
		}
		for _, kept := range []string{`"somethingNew"`, `"actionId"`} {
			if out, _ := json.Marshal(sent); !strings.Contains(string(out), kept) {
				t.Errorf("%s is lost in %s", kept, out)
			}
		}
	})
	t.Run("nothing", func(t *testing.T) {
		if got, dropped := DroppedSchedule(&before, &before); dropped {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("renewal was switched off", func(t *testing.T) {
		if got, dropped := DroppedSchedule(&before, bare(func(s *Subscription) { s.AutoRenewEnabled = false })); dropped {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("ended", func(t *testing.T) {
		if got, dropped := DroppedSchedule(&before, bare(func(s *Subscription) { s.Status = "deleted" })); dropped {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a cancel", func(t *testing.T) {
		cancelled := before
		cancelled.AutoRenewEnabled, cancelled.ScheduledNextTermInstructions = false, nil
		cancelled.ScheduledActions = []ScheduledAction{cancelAtTermEnd}
		got, dropped := DroppedSchedule(&cancelled, bare(func(s *Subscription) { s.AutoRenewEnabled = false }))
		if !dropped || got.NextTerm != nil || len(*got.ScheduledActions) != 1 {
			t.Errorf("got %+v, %v", got, dropped)
		}
	})
}

func FuzzOverlay(f *testing.F) {
	f.Add([]byte(fixture(f, "subscription_marketplace.json")), int64(15), "name")
	f.Add([]byte(fixture(f, "subscription_new_commerce.json")), int64(1), "")
	f.Add([]byte(`{"QUANTITY":1,"quantity":"2","<unknown>":"\u2028","":null}`), int64(3), "ſ")
	f.Fuzz(func(t *testing.T, raw []byte, quantity int64, name string) {
		for property, change := range map[string]SubscriptionChange{
			propertyQuantity:         {Quantity: &quantity},
			propertyFriendlyName:     {FriendlyName: &name},
			propertyScheduledActions: {ScheduledActions: &[]ScheduledAction{cancelAtTermEnd}},
		} {
			laid, err := overlay(raw, change)
			if err != nil {
				continue
			}
			var before document
			if err := json.Unmarshal(raw, &before); err != nil {
				t.Fatal(err)
			}
			for member, value := range before {
				if !strings.EqualFold(member, property) && string(laid[member]) != string(value) {
					t.Errorf("%s: %q was %s and is %s", property, member, value, laid[member])
				}
			}
			out, err := json.Marshal(laid)
			if err != nil {
				t.Fatal(err)
			}
			var after Subscription
			if err := json.Unmarshal(out, &after); err != nil {
				t.Fatalf("%s: %v", out, err)
			}
			if strings.ToValidUTF8(name, "") == name && !visible(&after, change) {
				t.Errorf("%s is not as asked: %s", property, out)
			}
		}
	})
}
