// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func TestQuantityRules(t *testing.T) {
	for name, test := range map[string]struct {
		customer, id string
		quantity     int
		status, code int
	}{
		"below minimum":        {CustomerNordwind, SubscriptionOffice, 0, 400, 2002},
		"above maximum":        {CustomerNordwind, SubscriptionOffice, 301, 400, 2002},
		"flat plan":            {CustomerNordwind, SubscriptionTimesheet, 2, 400, 800095},
		"NCE, some refundable": {CustomerNordwind, SubscriptionOffice, 40, 200, 0},
		"NCE, not so many":     {CustomerNordwind, SubscriptionOffice, 39, 400, 800090},
		"NCE, window over":     {CustomerNordwind, SubscriptionThreeYears, 14, 400, 900257},
		"SaaS, window over":    {CustomerNordwind, SubscriptionMailGuard, 11, 400, 900214},
		"SaaS, in window":      {CustomerNordwind, SubscriptionBackup, 20, 200, 0},
		"SaaS, increase":       {CustomerNordwind, SubscriptionMailGuard, 500, 200, 0},
		"suspended":            {CustomerHarbour, SubscriptionSuspended, 20, 400, 2001},
		"NCE trial":            {CustomerTulpenveld, SubscriptionNCETrial, 26, 400, 800095},
		"unactivated":          {CustomerNordwind, SubscriptionUnactivated, 9, 400, 800081},
		"legacy":               {CustomerPrairie, SubscriptionLegacy, 30, 200, 0},
		"software":             {CustomerPrairie, SubscriptionServer, 3, 403, 800027},
		"Azure plan":           {CustomerPrairie, SubscriptionAzurePlan, 2, 400, 800095},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			got := a.patch(test.customer, test.id, object{"quantity": test.quantity})
			if test.code != 0 {
				a.refused(got, test.status, test.code)
				return
			}
			wantStatus(t, got, test.status)
			wantMembers(t, a.subscription(test.customer, test.id), object{"quantity": test.quantity})
		})
	}
}

func TestDecreaseTakesTheYoungestBatch(t *testing.T) {
	a := newAPI(t, nil)
	refundable := func() object {
		return a.subscription(CustomerNordwind, SubscriptionFreshOffice)["refundableQuantity"].(object)
	}
	wantMembers(t, refundable(), object{"totalQuantity": 7})
	a.patched(CustomerNordwind, SubscriptionFreshOffice, object{"quantity": 4})
	details := refundable()["details"].([]any)
	if len(details) != 1 || details[0].(object)["quantity"] != 4.0 {
		t.Fatalf("got %v, want four seats of the first batch", details)
	}
	a.patched(CustomerNordwind, SubscriptionFreshOffice, object{"quantity": 10})
	wantMembers(t, refundable(), object{"totalQuantity": 10})
	a.s.Advance(6 * 24 * time.Hour)
	wantMembers(t, refundable(), object{"totalQuantity": 6})
	a.refused(a.patch(CustomerNordwind, SubscriptionFreshOffice, object{"quantity": 3}), 400, 800090)

	var changes []any
	for _, order := range itemsOf(a.get("customers/" + CustomerNordwind + "/orders")) {
		line := order.(object)["lineItems"].([]any)[0].(object)
		if line["subscriptionId"] == SubscriptionFreshOffice {
			changes = append(changes, line["transactionType"], line["quantity"])
		}
	}
	wantMembers(t, object{"changes": changes}, object{"changes": []any{"New", 5, "removeQuantity", 3, "addQuantity", 6}})
}

func TestSaaSDecreaseKnob(t *testing.T) {
	for rule, code := range map[Permission]int{Allowed: 0, Refused: 800090} {
		a := newAPI(t, func(b *Behaviour) { b.SaaSDecrease = rule })
		got := a.patch(CustomerNordwind, SubscriptionMailGuard, object{"quantity": 3})
		if code == 0 {
			wantStatus(t, got, 200)
		} else {
			a.refused(got, 400, code)
		}
	}
}

func TestCancellationWindows(t *testing.T) {
	a := newAPI(t, nil)
	saas, nce := a.buyMailGuard(), a.buyOffice(CustomerKaffeehaus)
	absent(t, a.subscription(CustomerKaffeehaus, saas), "cancellationAllowedUntilDate", "scheduledActions", "scheduledNextTermInstructions")
	wantMembers(t, a.subscription(CustomerKaffeehaus, saas), object{"refundOptions": []object{{"type": "Full", "expiresAt": a.refundEnd(saas)}}})
	wantMembers(t, a.subscription(CustomerKaffeehaus, nce), object{"cancellationAllowedUntilDate": "2026-09-22T00:00:00Z",
		"commitmentEndDate": "2027-09-14T00:00:00Z", "commitmentEndDateTime": "2027-09-14T23:59:59Z", "billingCycleEndDate": "2026-10-14T00:00:00Z"})
	a.s.Advance(73 * time.Hour)
	a.refused(a.patch(CustomerKaffeehaus, saas, object{"status": "deleted"}), 400, 900213)
	a.s.Advance(4 * 24 * time.Hour)
	a.refused(a.patch(CustomerKaffeehaus, nce, object{"status": "deleted"}), 400, 900117)
	absent(t, a.subscription(CustomerKaffeehaus, nce), "cancellationAllowedUntilDate", "refundOptions")

	a.s.Behave(func(b *Behaviour) { b.LateCancelIsScheduled = true })
	wantMembers(t, a.patched(CustomerKaffeehaus, saas, object{"status": "deleted"}), object{"status": "active", "autoRenewEnabled": false})
}

// refundEnd is 72 hours after the purchase, as the subscription says.
func (a *api) refundEnd(id string) string {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return stamp(a.s.world.Tenant.Customer(CustomerKaffeehaus).Subscription(id).Created.Add(72 * time.Hour))
}

func TestCancelInsideTheWindow(t *testing.T) {
	a := newAPI(t, nil)
	for _, id := range []string{SubscriptionBackup, SubscriptionFreshOffice, SubscriptionUnactivated} {
		wantMembers(t, a.patched(CustomerNordwind, id, object{"status": "deleted"}), object{"status": "deleted", "autoRenewEnabled": false})
	}
	wantMembers(t, a.patched(CustomerAtelier, SubscriptionTrial, object{"status": "deleted"}), object{"status": "deleted"})
	wantMembers(t, a.patched(CustomerTulpenveld, SubscriptionExtended, object{"status": "deleted"}), object{"status": "deleted"})
	a.refused(a.patch(CustomerTulpenveld, SubscriptionNCETrial, object{"status": "deleted"}), 400, 800096)
	a.refused(a.patch(CustomerPrairie, SubscriptionServer, object{"status": "deleted"}), 400, 800096)
	a.refused(a.patch(CustomerPrairie, SubscriptionLegacy, object{"status": "deleted"}), 400, 800096)
}

func TestUnactivatedKnobs(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.CancelBeforeActivation = Refused })
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionUnactivated), object{"status": "active", "attentionNeeded": true, "actionTaken": false, "commitmentEndDate": zeroDate})
	for _, edits := range []object{{"status": "deleted"}, {"friendlyName": "x"}, {"autoRenewEnabled": false}} {
		a.refused(a.patch(CustomerNordwind, SubscriptionUnactivated, edits), 400, 800081)
	}
	a.s.Behave(func(b *Behaviour) { b.CancelBeforeActivation = InHours })
	a.refused(a.patch(CustomerNordwind, SubscriptionUnactivated, object{"status": "deleted"}), 400, 900213)
	a.s.Behave(func(b *Behaviour) { b.BeforeActivation, b.UpdateBeforeActivation = world.StatusPending, Allowed })
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionUnactivated, object{"friendlyName": "x"}), object{"status": "pending", "friendlyName": "x"})
}

func TestSuspension(t *testing.T) {
	a := newAPI(t, nil)
	a.refused(a.patch(CustomerNordwind, SubscriptionMailGuard, object{"status": "suspended"}), 400, 800096)
	suspended := a.patched(CustomerNordwind, SubscriptionOffice, object{"status": "Suspended"})
	wantMembers(t, suspended, object{"status": "suspended", "autoRenewEnabled": false, "refundableQuantity": nil, "suspensionReasons": []string{"PartnerRequest"}})
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"friendlyName": "x"}), 400, 800091)
	active := a.patched(CustomerNordwind, SubscriptionOffice, object{"status": "active"})
	wantMembers(t, active, object{"status": "active", "autoRenewEnabled": false})
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"status": "expired"}), 400, 800040)
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"status": "asleep"}), 400, 900126)

	a.s.Behave(func(b *Behaviour) { b.SaaSSuspend = Allowed })
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"status": "suspended"}), object{"status": "suspended"})
}

func TestSDKReactivationBody(t *testing.T) {
	a := newAPI(t, nil)
	got := a.ok("PATCH", subscriptionPath(CustomerHarbour, SubscriptionSuspended), object{"Status": "active", "Quantity": 0, "AutoRenewEnabled": false,
		"CreationDate": zeroDate, "FriendlyName": nil, "Links": nil, "Attributes": object{"ObjectType": "Subscription"}})
	wantMembers(t, got, object{"status": "active", "quantity": 18, "friendlyName": "Seasonal crew"})
}

func TestAutoRenew(t *testing.T) {
	a := newAPI(t, nil)
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"autoRenewEnabled": false}), object{"autoRenewEnabled": false})
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, object{"autoRenewEnabled": true}), object{"autoRenewEnabled": true})
	a.refused(a.patch(CustomerPrairie, SubscriptionServer, object{"autoRenewEnabled": true}), 400, 800093)
	a.refused(a.patch(CustomerHarbour, SubscriptionCancelling, object{"autoRenewEnabled": true}), 400, 800002)
	both := a.patched(CustomerHarbour, SubscriptionCancelling, object{"autoRenewEnabled": true,
		"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}}})
	wantMembers(t, both, object{"autoRenewEnabled": true, "scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}}})
}

func TestTermAndBilling(t *testing.T) {
	for name, test := range map[string]struct {
		customer, id string
		edits        object
		code         int
	}{
		"shorter":               {CustomerNordwind, SubscriptionOffice, object{"termDuration": "P1M"}, 800122},
		"nonsense":              {CustomerNordwind, SubscriptionOffice, object{"termDuration": "P5Y"}, 800121},
		"not offered":           {CustomerHarbour, SubscriptionCancelling, object{"termDuration": "P3Y"}, 800121},
		"billing in P1Y":        {CustomerNordwind, SubscriptionOffice, object{"billingCycle": "annual"}, 800097},
		"marketplace billing":   {CustomerNordwind, SubscriptionMailGuard, object{"billingCycle": "annual"}, 800097},
		"marketplace term":      {CustomerNordwind, SubscriptionMailGuard, object{"termDuration": "P3Y"}, 800121},
		"legacy billing":        {CustomerPrairie, SubscriptionLegacy, object{"billingCycle": "annual"}, 2054},
		"trial":                 {CustomerAtelier, SubscriptionTrial, object{"termDuration": "P1Y"}, 800107},
		"longer with no choice": {CustomerNordwind, SubscriptionFreshOffice, object{"termDuration": "P1Y", "billingCycle": "triennial"}, 800121},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			a.refused(a.patch(test.customer, test.id, test.edits), 400, test.code)
		})
	}
	a := newAPI(t, nil)
	next := a.patched(CustomerNordwind, SubscriptionThreeYears, object{"billingCycle": "Annual"})
	wantMembers(t, next, object{"billingCycle": "monthly"})
	wantMembers(t, next["nextChargeInstructions"].(object)["product"].(object), object{"billingCycle": "annual", "termDuration": "P3Y"})
	a.s.Advance(31 * 24 * time.Hour)
	charged := a.subscription(CustomerNordwind, SubscriptionThreeYears)
	wantMembers(t, charged, object{"billingCycle": "annual"})
	absent(t, charged, "nextChargeInstructions")

	longer := a.patched(CustomerNordwind, SubscriptionFreshOffice, object{"termDuration": "P3Y", "billingCycle": "triennial"})
	wantMembers(t, longer, object{"termDuration": "P3Y", "billingCycle": "triennial", "commitmentEndDate": "2029-10-15T00:00:00Z"})
}
