// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestUpdateGroups(t *testing.T) {
	cancel := []object{{"scheduleType": "TermEnd", "actionType": "Cancel"}}
	for name, test := range map[string]struct {
		edits object
		ok    bool
	}{
		"nickname alone":              {object{"friendlyName": "new"}, true},
		"quantity alone":              {object{"quantity": 50}, true},
		"auto-renew and action":       {object{"autoRenewEnabled": false, "scheduledActions": cancel}, true},
		"nickname and quantity":       {object{"friendlyName": "new", "quantity": 50}, false},
		"quantity and auto-renew":     {object{"quantity": 50, "autoRenewEnabled": false}, false},
		"suspend and auto-renew":      {object{"status": "suspended", "autoRenewEnabled": false}, false},
		"term and quantity":           {object{"termDuration": "P3Y", "quantity": 50}, false},
		"term and billing":            {object{"termDuration": "P3Y", "billingCycle": "annual"}, true},
		"action, auto-renew and name": {object{"autoRenewEnabled": false, "scheduledActions": cancel, "friendlyName": "new"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			got := a.patch(CustomerNordwind, SubscriptionOffice, test.edits)
			if !test.ok {
				a.refused(got, 400, 800002)
				a.s.Behave(func(b *Behaviour) { b.MultipleChanges = MultipleFirstOnly })
				wantStatus(t, a.patch(CustomerNordwind, SubscriptionOffice, test.edits), 200)
				return
			}
			wantStatus(t, got, 200)
			wantMembers(t, a.subscription(CustomerNordwind, SubscriptionOffice), test.edits)
		})
	}
}

func TestCancelMaySwitchRenewalOff(t *testing.T) {
	a := newAPI(t, nil)
	got := a.patched(CustomerNordwind, SubscriptionFreshOffice, object{"status": "deleted", "autoRenewEnabled": false})
	wantMembers(t, got, object{"status": "deleted", "autoRenewEnabled": false})
	a.refused(a.patch(CustomerNordwind, SubscriptionFreshOffice, object{"friendlyName": "x"}), 400, 2011)
	a.refused(a.call("PATCH", subscriptionPath(CustomerHarbour, SubscriptionExpired), object{}), 400, 900279)
}

func TestOmittedMembersAreLost(t *testing.T) {
	a := newAPI(t, nil)
	path := subscriptionPath(CustomerAtelier, SubscriptionScheduled)
	renamed := a.ok("PATCH", path, object{"FriendlyName": "minimal body"})
	wantMembers(t, renamed, object{"friendlyName": "minimal body", "autoRenewEnabled": false, "scheduledNextTermInstructions": nil})

	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"autoRenewEnabled": nil}), object{"autoRenewEnabled": false})
	body := a.subscription(CustomerNordwind, SubscriptionOffice)
	delete(body, "serviceInsights")
	absent(t, a.ok("PATCH", subscriptionPath(CustomerNordwind, SubscriptionOffice), body), "serviceInsights")

	lost := a.subscription(CustomerHarbour, SubscriptionCancelling)
	delete(lost, "scheduledActions")
	wantMembers(t, a.ok("PATCH", subscriptionPath(CustomerHarbour, SubscriptionCancelling), lost), object{"scheduledActions": []any{}})

	kept := newAPI(t, func(b *Behaviour) { b.KeepOmitted = true })
	wantMembers(t, kept.ok("PATCH", path, object{"friendlyName": "x"}), object{"autoRenewEnabled": true})
}

func TestRenameKeepsTheSchedule(t *testing.T) {
	a := newAPI(t, nil)
	before := a.subscription(CustomerAtelier, SubscriptionScheduled)
	after := a.patched(CustomerAtelier, SubscriptionScheduled, object{"friendlyName": "Bureau de Lyon"})
	wantMembers(t, after, object{"friendlyName": "Bureau de Lyon", "scheduledNextTermInstructions": before["scheduledNextTermInstructions"],
		"scheduledActions": before["scheduledActions"], "autoRenewEnabled": true})
}

func TestImmediateChangesDropTheSchedule(t *testing.T) {
	for name, edits := range map[string]object{
		"quantity":   {"quantity": 31},
		"auto-renew": {"autoRenewEnabled": false},
		"suspension": {"status": "suspended"},
		"term":       {"termDuration": "P3Y"},
	} {
		a := newAPI(t, nil)
		got := a.patched(CustomerAtelier, SubscriptionScheduled, edits)
		if got["scheduledNextTermInstructions"] != nil {
			t.Errorf("%s: the instructions are still there: %v", name, got["scheduledNextTermInstructions"])
		}
	}
	for fate, kept := range map[ScheduleFate]bool{ScheduleDropped: false, ScheduleKeepCancel: true, ScheduleKept: true} {
		a := newAPI(t, func(b *Behaviour) { b.ScheduleFate = fate })
		got := a.patched(CustomerHarbour, SubscriptionCancelling, object{"quantity": 7})
		if cancels := strings.Contains(asJSON(t, got["scheduledActions"]), "Cancel"); cancels != kept {
			t.Errorf("%s: cancel kept %v, want %v", fate, cancels, kept)
		}
	}
}

func TestMembersAreCheckedInStrictMode(t *testing.T) {
	a := newAPI(t, nil)
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"frendlyName": "typing error"}), 400, 3000)
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"quantity": "many"}), 400, 3000)
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"id": SubscriptionFreshOffice}), 400, 3000)
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"Quantity": 50}), 400, 3000) // beside the one that was read
	a.refused(a.call("PATCH", subscriptionPath(CustomerNordwind, SubscriptionOffice), "[]"), 400, 800002)
	a.s.Behave(func(b *Behaviour) { b.Strict = false })
	a.patched(CustomerNordwind, SubscriptionOffice, object{"frendlyName": "typing error"})
	got := a.ok("PATCH", "CUSTOMERS/"+strings.ToUpper(CustomerNordwind)+"/Subscriptions/"+strings.ToUpper(SubscriptionOffice),
		object{"QUANTITY": 44, "AutoRenewEnabled": true})
	wantMembers(t, got, object{"quantity": 44, "autoRenewEnabled": true})
}

func TestETags(t *testing.T) {
	a := newAPI(t, nil)
	legacy := subscriptionPath(CustomerPrairie, SubscriptionLegacy)
	body := a.get(legacy)
	etag := body["attributes"].(object)["etag"].(string)
	body["quantity"] = 41
	wantStatus(t, a.call("PATCH", legacy, body, "If-Match", `"`+etag+`"`), 200)
	a.refused(a.call("PATCH", legacy, body, "If-Match", `"`+etag+`"`), 400, 2055)
	a.refused(a.call("PATCH", legacy, body), 400, 2055) // the etag inside the body counts too

	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionMailGuard)["attributes"].(object), object{"etag": ""})
	absent(t, a.subscription(CustomerNordwind, SubscriptionOffice)["attributes"].(object), "etag")
	a.s.Behave(func(b *Behaviour) { b.ETags = ETagReal })
	office := a.subscription(CustomerNordwind, SubscriptionOffice)
	a.patched(CustomerNordwind, SubscriptionOffice, object{"friendlyName": "other"})
	office["friendlyName"] = "mine"
	a.refused(a.call("PATCH", subscriptionPath(CustomerNordwind, SubscriptionOffice), office), 400, 2055)
}

func TestPatchModes(t *testing.T) {
	path := subscriptionPath(CustomerNordwind, SubscriptionOffice)
	quantities := func(a *api, wanted ...int) {
		a.t.Helper()
		for read, quantity := range wanted {
			if got := a.get(path)["quantity"]; got != float64(quantity) {
				a.t.Errorf("read %d: got %v, want %d", read, got, quantity)
			}
		}
	}
	t.Run("accepted", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.PatchMode = PatchAccepted })
		got := a.patch(CustomerNordwind, SubscriptionOffice, object{"quantity": 50})
		wantStatus(t, got, 202)
		if got.body != "" || got.header.Get("Location") != "/"+path {
			t.Fatalf("got body %q and Location %q", got.body, got.header.Get("Location"))
		}
		a.refused(a.call("PATCH", path, object{"quantity": 51}), 409, 900278)
		quantities(a, 43, 43, 50)
	})
	t.Run("accepted by the clock", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.PatchMode, b.PatchAfterReads, b.PatchAfter = PatchAccepted, 0, time.Minute })
		wantStatus(t, a.patch(CustomerNordwind, SubscriptionOffice, object{"quantity": 50}), 202)
		quantities(a, 43, 43, 43)
		a.s.Advance(2 * time.Minute)
		quantities(a, 50)
	})
	t.Run("dropped", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.PatchMode = PatchDropped })
		wantStatus(t, a.patch(CustomerNordwind, SubscriptionOffice, object{"quantity": 50}), 202)
		quantities(a, 43, 43, 43, 43)
	})
	t.Run("stale", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.PatchMode = PatchStale })
		wantMembers(t, a.patched(CustomerNordwind, SubscriptionOffice, object{"quantity": 50}), object{"quantity": 50})
		quantities(a, 43, 43, 50)
	})
}

func TestPublisherRefusesAQuantity(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.PublisherRefusesChanges = true })
	wantStatus(t, a.patch(CustomerNordwind, SubscriptionMailGuard, object{"quantity": 20}), 202)
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionMailGuard), object{"quantity": 12})

	b := newAPI(t, func(b *Behaviour) { b.PatchMode = PatchAccepted })
	wantStatus(t, b.patch(CustomerNordwind, SubscriptionMailGuard, object{"quantity": 20}), 202)
	if err := b.s.Refuse(CustomerNordwind, SubscriptionMailGuard); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		wantMembers(t, b.subscription(CustomerNordwind, SubscriptionMailGuard), object{"quantity": 12})
	}
}

func TestUpdateLimitAndReadiness(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.UpdateLimit = 3 })
	for n := range 3 {
		a.patched(CustomerNordwind, SubscriptionOffice, object{"friendlyName": fmt.Sprint("name ", n)})
	}
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"friendlyName": "once more"}), 400, 900311)

	b := newAPI(t, func(b *Behaviour) { b.NotReadyUpdates = 2 })
	id := b.buyOffice(CustomerKaffeehaus)
	for range 2 {
		b.refused(b.patch(CustomerKaffeehaus, id, object{"quantity": 11}), 409, 800082)
	}
	b.patched(CustomerKaffeehaus, id, object{"quantity": 11})
}

func TestRolesOfUpdates(t *testing.T) {
	a := newAPI(t, nil)
	sales, helpdesk := a.as(TokenOptions{Roles: []string{RoleSalesAgent}}), a.as(TokenOptions{Roles: []string{RoleHelpdeskAgent}})
	sales.refused(sales.patch(CustomerNordwind, SubscriptionMailGuard, object{"quantity": 13}), 403, 900150)
	sales.patched(CustomerNordwind, SubscriptionOffice, object{"quantity": 44})
	helpdesk.refused(helpdesk.patch(CustomerNordwind, SubscriptionOffice, object{"quantity": 45}), 403, 900150)
	a.user().patched(CustomerNordwind, SubscriptionMailGuard, object{"quantity": 13})
}

func TestReseller(t *testing.T) {
	a := newAPI(t, nil)
	for id, want := range map[string][2]int{ResellerUnknown: {404, 800015}, PartnerMPNID: {400, 800016}, ResellerUnsigned: {403, 900123}} {
		a.refused(a.patch(CustomerNordwind, SubscriptionMailGuard, object{"partnerId": id}), want[0], want[1])
	}
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"partnerId": ResellerRheinwerk}), object{"partnerId": ResellerRheinwerk})
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"partnerId": ""}), object{"partnerId": ResellerRheinwerk})
	if got := itemsOf(a.get("customers/" + CustomerNordwind + "/subscriptions?mpn_id=" + ResellerRheinwerk)); len(got) != 1 {
		t.Errorf("got %d subscriptions of the reseller, want 1", len(got))
	}
}
