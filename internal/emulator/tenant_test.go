// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"testing"
	"time"
)

func TestSampleTenantHoldsWhatItPromises(t *testing.T) {
	a := newAPI(t, nil)
	for name, test := range map[string]struct {
		customer, id string
		members      object
	}{
		"marketplace":  {CustomerNordwind, SubscriptionMailGuard, object{"status": "active", "unitType": "License(s)", "partnerId": "", "autoRenewEnabled": true}},
		"reseller":     {CustomerAtelier, SubscriptionReseller, object{"partnerId": ResellerLoire}},
		"cancelling":   {CustomerHarbour, SubscriptionCancelling, object{"autoRenewEnabled": false, "scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "Cancel"}}}},
		"suspended":    {CustomerHarbour, SubscriptionSuspended, object{"status": "suspended"}},
		"legacy":       {CustomerPrairie, "7d3eb5f2-a649-4c01-8f9d-b28e6c50d174", object{"id": SubscriptionLegacy, "offerId": "91fd106f-4b2c-4938-95ac-f54f74e9a239", "productType": nil}},
		"Azure plan":   {CustomerPrairie, SubscriptionAzurePlan, object{"billingType": "usage", "unitType": "Usage-based"}},
		"software":     {CustomerPrairie, SubscriptionServer, object{"contractType": "product_key", "billingCycle": "one_time"}},
		"multi-year":   {CustomerAlpenblick, SubscriptionMultiYear, object{"termDuration": "P3Y", "billingCycle": "triennial"}},
		"extended":     {CustomerTulpenveld, SubscriptionExtended, object{"termDuration": "P1M", "autoRenewEnabled": false}},
		"new in trial": {CustomerTulpenveld, SubscriptionNCETrial, object{"isTrial": true, "quantity": 25}},
		"nonprofit":    {CustomerHilfswerk, SubscriptionCharity, object{"offerName": "Workplace 365 Nonprofit"}},
	} {
		t.Run(name, func(t *testing.T) { wantMembers(t, a.subscription(test.customer, test.id), test.members) })
	}
	for _, c := range a.s.world.Tenant.Customers {
		for _, sub := range c.Subscriptions {
			if !sub.TermEnd.IsZero() && !sub.IsOver() && sub.TermEnd.Before(testTime) {
				t.Errorf("%s of %s: its term ended %s", sub.FriendlyName, c.Name, sub.TermEnd)
			}
		}
	}
}

func TestLargeTenant(t *testing.T) {
	started := time.Now()
	a := newAPI(t, nil, LargeTenant(300, 10))
	if n := len(itemsOf(a.get("customers/" + LargeCustomer(299) + "/subscriptions"))); n != 10 {
		t.Errorf("got %d subscriptions, want 10", n)
	}
	wantMembers(t, a.subscription(LargeCustomer(7), LargeSubscription(7, 3)), object{"status": "active"})
	if n := len(itemsOf(a.get("customers?size=1000"))); n != 310 {
		t.Errorf("got %d customers, want 310", n)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestEmptyTenant(t *testing.T) {
	a := newAPI(t, nil, EmptyTenant())
	if n := len(itemsOf(a.get("customers"))); n != 0 {
		t.Errorf("got %d customers", n)
	}
}

func TestKnobsAsJSON(t *testing.T) {
	b := defaultBehaviour()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var again Behaviour
	if err := json.Unmarshal(text, &again); err != nil || again != b {
		t.Fatalf("got %+v, %v, want %+v", again, err, b)
	}
	if err := json.Unmarshal([]byte(`{"LISTLAG": "90s", "saasSuspend": "allowed", "updateLimit": 5}`), &b); err != nil {
		t.Fatal(err)
	}
	if b.ListLag != 90*time.Second || b.SaaSSuspend != Allowed || b.UpdateLimit != 5 || b.CartLifetime != 7*24*time.Hour {
		t.Errorf("got %+v", b)
	}
	for _, wrong := range []string{`{"listLagg": 1}`, `{"listLag": "soon"}`, `{"sandbox": "yes"}`, `[]`} {
		if json.Unmarshal([]byte(wrong), &b) == nil {
			t.Errorf("%s was accepted", wrong)
		}
	}
}
