// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"
	"testing"
	"time"
)

func TestAuditRecords(t *testing.T) {
	a := newAPI(t, nil)
	before := len(itemsOf(a.get("auditrecords?startDate=2026-09-01")))
	correlation := firstID
	cart := a.cart(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 3, "P1Y", "monthly"))
	wantStatus(t, a.call("POST", cartPath(CustomerKaffeehaus, cart)+"/checkout", nil, "MS-CorrelationId", correlation), 201)
	a.user().patched(CustomerNordwind, SubscriptionOffice, object{"quantity": 44})

	found := itemsOf(a.get("auditrecords?startDate=2026-09-01"))
	if len(found) != before+2 {
		t.Fatalf("got %d new records, want 2", len(found)-before)
	}
	update, purchase := found[0].(object), found[1].(object)
	wantMembers(t, update, object{"operationType": "update_subscription", "resourceType": "subscription", "userPrincipalName": AdminUser, "customerId": CustomerNordwind})
	if !strings.Contains(update["resourceNewValue"].(string), `"Quantity":44`) || !strings.Contains(update["resourceOldValue"].(string), `"Quantity":43`) {
		t.Errorf("got %v and %v", update["resourceOldValue"], update["resourceNewValue"])
	}
	wantMembers(t, purchase, object{"operationType": "create_order", "originalCorrelationId": correlation, "userPrincipalName": ClientID, "operationStatus": "succeeded"})
	if data := asJSON(t, purchase["customizedData"]); !strings.Contains(data, a.s.Purchases()[0].SubscriptionID) {
		t.Errorf("got %s", data)
	}
}

func TestAuditFiltersAndWindow(t *testing.T) {
	a := newAPI(t, nil)
	if err := a.s.Drift(CustomerHarbour, SubscriptionCancelling, map[string]any{"quantity": 9, "friendlyName": "by hand"}); err != nil {
		t.Fatal(err)
	}
	for query, wanted := range map[string]int{
		filterText("CustomerId", "equals", strings.ToUpper(CustomerHarbour)): 1,
		filterText("CompanyName", "substring", "maschinen"):                  1,
		filterText("ResourceType", "equals", "Subscription"):                 2,
		filterText("ResourceType", "equals", "Order"):                        0,
	} {
		if n := len(itemsOf(a.get("auditrecords?startDate=2026-09-01&" + query))); n != wanted {
			t.Errorf("%s: got %d records, want %d", query, n, wanted)
		}
	}
	wantMembers(t, itemsOf(a.get("auditrecords"))[0].(object), object{"userPrincipalName": PortalUser, "applicationId": "Partner Center Web App"})
	for _, query := range []string{"startDate=2026-06-01", "startDate=2026-08-01&endDate=2026-09-05", "startDate=tomorrow", filterText("Colour", "equals", "x")} {
		a.refused(a.call("GET", "auditrecords?"+query, nil), 400, 800002)
	}
	if n := len(itemsOf(a.get("auditrecords?startDate=09/01/2026%2000:00:00"))); n != 2 {
		t.Errorf("got %d records for a date as the SDK writes it, want 2", n)
	}

	page := a.get("auditrecords?startDate=2026-09-01&size=1")
	next := page["links"].(object)["next"].(object)
	token := next["headers"].([]any)[0].(object)["value"].(string)
	second := a.ok("GET", next["uri"].(string), nil, "MS-ContinuationToken", token)
	if len(itemsOf(second)) != 1 || itemsOf(second)[0].(object)["id"] == itemsOf(page)[0].(object)["id"] {
		t.Errorf("got %v after %v", second, page)
	}
}

func TestDrift(t *testing.T) {
	a := newAPI(t, nil)
	drift := func(changes map[string]any) {
		t.Helper()
		if err := a.s.Drift(CustomerNordwind, SubscriptionMailGuard, changes); err != nil {
			t.Fatal(err)
		}
	}
	drift(map[string]any{"quantity": 99, "autoRenewEnabled": false, "friendlyName": "by hand", "partnerId": ResellerRheinwerk, "newMember": object{"a": 1}})
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionMailGuard), object{"quantity": 99, "autoRenewEnabled": false, "friendlyName": "by hand",
		"partnerId": ResellerRheinwerk, "newMember": object{"a": 1}})
	if got, ok := a.s.Subscription(CustomerNordwind, SubscriptionMailGuard); !ok || got["quantity"] != 99.0 {
		t.Errorf("got %v, %v", got, ok)
	}
	if err := a.s.Drift(CustomerNordwind, SubscriptionFreshOffice, map[string]any{"termDuration": "P3Y", "billingCycle": "annual"}); err != nil {
		t.Error(err)
	}
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionFreshOffice), object{"termDuration": "P3Y", "billingCycle": "annual"})
	drift(map[string]any{"status": "suspended"})
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionMailGuard), object{"status": "suspended", "suspensionReasons": []string{"MicrosoftAction"}})
	drift(map[string]any{"status": "active"})
	drift(map[string]any{"status": "deleted"})
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionMailGuard), object{"status": "deleted"})
	drift(map[string]any{"purged": true})
	a.refused(a.call("GET", subscriptionPath(CustomerNordwind, SubscriptionMailGuard), nil), 404, 20003)
	for _, changes := range []map[string]any{{"offerId": "x"}, {"status": "asleep"}, {"quantity": "x"}, {"scheduledActions": 1}, {"termDuration": "P1M"}} {
		if a.s.Drift(CustomerNordwind, SubscriptionOffice, changes) == nil {
			t.Errorf("%v was accepted", changes)
		}
	}
	if a.s.Drift(CustomerNordwind, SubscriptionMailGuard, nil) == nil || a.s.Drift(CustomerUnknown, SubscriptionMailGuard, nil) == nil {
		t.Error("a subscription that is gone was changed")
	}
}

// Somebody who turns the renewal off in the portal loses what was scheduled for it, as with an update.
func TestDriftDropsWhatIsScheduled(t *testing.T) {
	for _, fate := range []ScheduleFate{ScheduleDropped, ScheduleKept} {
		a := newAPI(t, func(b *Behaviour) { b.ScheduleFate = fate })
		scheduled := func(autoRenew bool) bool {
			if err := a.s.Drift(CustomerAtelier, SubscriptionScheduled, map[string]any{"autoRenewEnabled": autoRenew}); err != nil {
				t.Fatal(err)
			}
			return a.subscription(CustomerAtelier, SubscriptionScheduled)["scheduledNextTermInstructions"] != nil
		}
		if !scheduled(true) {
			t.Errorf("%s: gone, although nothing was changed", fate)
		}
		if kept := scheduled(false); kept != (fate == ScheduleKept) {
			t.Errorf("%s: kept is %t", fate, kept)
		}
	}
}

func TestSnapshotKeepsTheTenant(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.PatchMode, b.PatchAfterReads = PatchAccepted, 1 })
	a.buyOffice(CustomerKaffeehaus)
	wantStatus(t, a.patch(CustomerAtelier, SubscriptionScheduled, object{"friendlyName": "pending"}), 202)
	saved, err := a.s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	read := func() string {
		var all strings.Builder
		for _, c := range []string{CustomerNordwind, CustomerAtelier, CustomerPrairie, CustomerKaffeehaus} {
			all.WriteString(asJSON(t, a.get("customers/"+c+"/subscriptions")) + asJSON(t, a.get("customers/"+c+"/orders")))
		}
		return all.String()
	}
	first := read()
	a.s.Advance(200 * 24 * time.Hour)
	a.buyOffice(CustomerNordwind)
	if err := a.s.Restore(saved); err != nil {
		t.Fatal(err)
	}
	if again := read(); again != first {
		t.Errorf("after the restore:\n%s\nbefore:\n%s", again, first)
	}
	a.bought(1)
	wantStatus(t, a.patch(CustomerNordwind, SubscriptionOffice, object{"friendlyName": "x"}), 202) // the knobs are in it too
}
