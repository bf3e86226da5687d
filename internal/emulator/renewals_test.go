// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"
	"testing"
	"time"
)

const year = 366 * 24 * time.Hour

// schedule are instructions for one more year.
func (a *api) schedule(product string, quantity int, cycle string) object {
	availability := strings.Split(a.s.CatalogItemID(CustomerKaffeehaus, product, "0001"), ":")[2]
	return object{"product": object{"productId": product, "skuId": "0001", "availabilityId": availability, "billingCycle": cycle, "termDuration": "P1Y", "promotionId": nil},
		"quantity": quantity, "customTermEndDate": nil}
}

func TestRenewalOfNewCommerce(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	first := a.subscription(CustomerKaffeehaus, id)
	a.s.RotateAvailabilities()
	plan := a.schedule(ProductOfficePlus, 7, "annual")
	actions := []object{{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": plan}}
	a.patched(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan, "scheduledActions": actions})
	a.s.SetTime(time.Date(2027, 9, 14, 23, 59, 0, 0, time.UTC))
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"quantity": 10, "scheduledNextTermInstructions": plan})

	a.s.SetTime(time.Date(2027, 9, 15, 0, 1, 0, 0, time.UTC)) // queued
	a.refused(a.patch(CustomerKaffeehaus, id, object{"autoRenewEnabled": false}), 400, 900280)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"quantity": 12}), 409, 800082)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"status": "deleted"}), 409, 800082)

	a.s.SetTime(time.Date(2027, 9, 15, 0, 3, 0, 0, time.UTC))
	renewed := a.subscription(CustomerKaffeehaus, id)
	wantMembers(t, renewed, object{"id": id, "quantity": 7, "termDuration": "P1Y", "billingCycle": "annual", "scheduledNextTermInstructions": nil,
		"effectiveStartDate": "2027-09-15T00:00:00Z", "commitmentEndDate": "2028-09-14T00:00:00Z", "cancellationAllowedUntilDate": "2027-09-22T00:00:00Z",
		"offerId": a.s.CatalogItemID(CustomerKaffeehaus, ProductOfficePlus, "0001")})
	if renewed["offerId"] == first["offerId"] {
		t.Error("the offer id did not move to the availability of the day")
	}
	kinds := map[string]int{}
	for _, order := range itemsOf(a.get("customers/" + CustomerKaffeehaus + "/orders")) {
		kinds[order.(object)["transactionType"].(string)]++
	}
	wantMembers(t, object{"kinds": kinds}, object{"kinds": map[string]int{"UserPurchase": 1, "SystemBilling": 11, "SystemPurchase": 1}})
	a.bought(1)
}

func TestEndOfTermWithoutRenewal(t *testing.T) {
	cancel := []object{{"scheduleType": "TermEnd", "actionType": "Cancel"}}
	status := func(a *api, id string) any { return a.subscription(CustomerKaffeehaus, id)["status"] }
	check := func(t *testing.T, a *api, id string, wanted ...string) {
		t.Helper()
		for n, one := range wanted {
			if got := status(a, id); got != one {
				t.Errorf("step %d: got %v, want %s", n, got, one)
			}
			a.s.Advance(31 * 24 * time.Hour)
		}
	}
	t.Run("NCE rolls into a paid term", func(t *testing.T) {
		a := newAPI(t, nil)
		id := a.buyOffice(CustomerKaffeehaus)
		a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
		a.s.Advance(year)
		got := a.subscription(CustomerKaffeehaus, id)
		wantMembers(t, got, object{"status": "active", "termDuration": "P1M", "billingCycle": "monthly", "autoRenewEnabled": false,
			"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}}, "cancellationAllowedUntilDate": "2027-10-15T00:00:00Z"})
		orders := itemsOf(a.get("customers/" + CustomerKaffeehaus + "/orders"))
		line := orders[len(orders)-1].(object)["lineItems"].([]any)[0].(object)
		wantMembers(t, line["pricing"].(object), object{"price": 14.46}) // 14.04 and 3 %
		check(t, a, id, "active", "active", "active")
	})
	t.Run("NCE lapses", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.NoExtendedServiceTerm = true })
		id := a.buyOffice(CustomerKaffeehaus)
		a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
		a.s.Advance(year)
		check(t, a, id, "expired", "disabled", "disabled", "disabled", "deleted")
	})
	t.Run("NCE is cancelled", func(t *testing.T) {
		a := newAPI(t, nil)
		id := a.buyOffice(CustomerKaffeehaus)
		a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false, "scheduledActions": cancel})
		a.s.Advance(year)
		check(t, a, id, "disabled", "disabled", "disabled", "deleted")
	})
	t.Run("NCE is suspended", func(t *testing.T) {
		a := newAPI(t, nil)
		id := a.buyOffice(CustomerKaffeehaus)
		a.patched(CustomerKaffeehaus, id, object{"status": "suspended"})
		a.s.Advance(year)
		check(t, a, id, "disabled", "disabled", "disabled", "disabled", "deleted")
	})
	t.Run("SaaS ends", func(t *testing.T) {
		a := newAPI(t, nil)
		id := a.buyMailGuard()
		a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
		a.s.Advance(year)
		check(t, a, id, "deleted")
	})
	t.Run("SaaS extends by knob", func(t *testing.T) {
		a := newAPI(t, func(b *Behaviour) { b.SaaSExtendedServiceTerm = true })
		id := a.buyMailGuard()
		a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
		a.s.Advance(year)
		check(t, a, id, "active", "active")
	})
}

func TestRenewalOfMarketplace(t *testing.T) {
	for reopened, code := range map[bool]int{false: 900213, true: 0} {
		a := newAPI(t, func(b *Behaviour) { b.SaaSWindowOnRenewal = reopened })
		id := a.buyMailGuard()
		before := a.subscription(CustomerKaffeehaus, id)
		a.s.Advance(365*24*time.Hour + time.Hour)
		after := a.subscription(CustomerKaffeehaus, id)
		wantMembers(t, after, object{"status": "active", "autoRenewEnabled": true, "effectiveStartDate": before["commitmentEndDate"]})
		got := a.patch(CustomerKaffeehaus, id, object{"status": "deleted"})
		if code != 0 {
			a.refused(got, 400, code)
		} else {
			wantStatus(t, got, 200)
		}
	}
}

func TestTrialsRenewIntoPaidTerms(t *testing.T) {
	a := newAPI(t, nil)
	a.s.Advance(32 * 24 * time.Hour)
	wantMembers(t, a.subscription(CustomerAtelier, SubscriptionTrial), object{"isTrial": false, "termDuration": "P1Y", "billingCycle": "monthly", "status": "active"})
	wantMembers(t, a.subscription(CustomerTulpenveld, SubscriptionNCETrial), object{"isTrial": false, "termDuration": "P1Y", "offerName": "Workplace 365 Standard", "quantity": 25})
}

func TestNewCommerceTrialBought(t *testing.T) {
	a := newAPI(t, nil)
	_, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOfficeTrial, "0001", 25, "P1M", "monthly"))
	got := a.subscription(CustomerKaffeehaus, id)
	wantMembers(t, got, object{"isTrial": true})
	wantMembers(t, got["scheduledNextTermInstructions"].(object)["product"].(object), object{"productId": ProductOffice})
	absent(t, got, "cancellationAllowedUntilDate")
	a.s.Advance(31 * 24 * time.Hour)
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"isTrial": false, "offerName": "Workplace 365 Standard"})
}

func TestUnactivatedTermDoesNotRun(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.LapseAfter = 0 })
	a.s.Advance(2 * year)
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionUnactivated), object{"attentionNeeded": true, "commitmentEndDate": zeroDate})
	if err := a.s.Activate(CustomerNordwind, SubscriptionUnactivated); err != nil {
		t.Fatal(err)
	}
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionUnactivated), object{"attentionNeeded": false, "actionTaken": true})
	if err := a.s.Activate(CustomerNordwind, SubscriptionUnactivated); err == nil {
		t.Error("it was activated twice")
	}
}

func TestBackfillAndDeletedReadability(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.DeletedReadableFor = 10 * 24 * time.Hour })
	if n := a.s.BackfillExtendedTerms(); n != 1 {
		t.Errorf("backfilled %d, want the lapsing subscription", n)
	}
	wantMembers(t, a.subscription(CustomerTulpenveld, SubscriptionLapsing), object{"autoRenewEnabled": false,
		"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}}})
	a.refused(a.call("GET", subscriptionPath(CustomerAlpenblick, SubscriptionDeleted), nil), 404, 20003)
	a.s.Behave(func(b *Behaviour) { b.DeletedReadableFor = 0 })
	wantMembers(t, a.subscription(CustomerAlpenblick, SubscriptionDeleted), object{"status": "deleted"})
	wantMembers(t, a.subscription(CustomerHarbour, SubscriptionExpired), object{"status": "expired"})
	wantMembers(t, a.subscription(CustomerAlpenblick, SubscriptionDisabled), object{"status": "disabled"})
}

func TestInstructionsAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		change       func(plan, product object)
		status, code int
	}{
		"stale availability": {func(_, p object) { p["availabilityId"] = "CFQ7TTC00000" }, 404, 400019},
		"no such product":    {func(_, p object) { p["productId"] = "CFQ7TTC00000" }, 400, 900260},
		"no such transition": {func(_, p object) { p["productId"] = ProductDiagram }, 400, 900260},
		"term":               {func(_, p object) { p["termDuration"] = "P9Y" }, 400, 800121},
		"billing":            {func(_, p object) { p["billingCycle"] = "biennial" }, 400, 900269},
		"quantity":           {func(i, _ object) { i["quantity"] = 301 }, 400, 2002},
		"promotion":          {func(_, p object) { p["promotionId"] = "A:B:C" }, 400, 27007},
		"unknown member":     {func(i, _ object) { i["seats"] = 3 }, 400, 3000},
		"end outside":        {func(i, _ object) { i["customTermEndDate"] = "2030-01-31T00:00:00" }, 400, 900245},
		"end unaligned":      {func(i, _ object) { i["customTermEndDate"] = "2028-01-30T00:00:00" }, 400, 900246},
		"end aligned":        {func(i, _ object) { i["customTermEndDate"] = "2028-01-31T00:00:00" }, 200, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			id := a.buyOffice(CustomerKaffeehaus)
			plan := a.schedule(ProductOffice, 12, "monthly")
			test.change(plan, plan["product"].(object))
			got := a.patch(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan, "scheduledActions": nil})
			if test.code == 0 {
				wantStatus(t, got, test.status)
				return
			}
			a.refused(got, test.status, test.code)
		})
	}
}

// Every day that is offered for the end of the next term can be scheduled, and no day of the present one.
func TestNextEndsAreThoseOffered(t *testing.T) {
	a := newAPI(t, nil)
	a.s.SetTime(time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC))
	id := a.buyOffice(CustomerKaffeehaus) // the next term begins on a day that is the last of its month
	ending := func(on string) reply {
		plan := a.schedule(ProductOffice, 12, "monthly")
		plan["customTermEndDate"] = on
		return a.patch(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan, "scheduledActions": nil})
	}
	offered := itemsOf(a.get("customers/" + CustomerKaffeehaus + "/subscriptions/customTermEndDates?term_duration=P1Y&term_start_date=2027-09-30T00:00:00Z"))
	if len(offered) != 12 {
		t.Errorf("%d days are offered, want the end of each month", len(offered))
	}
	for _, one := range offered {
		wantStatus(t, ending(one.(object)["allowedCustomTermEndDate"].(string)), 200)
	}
	for _, on := range []string{"2027-08-31T00:00:00", "2027-09-29T23:59:59", "2028-09-30T00:00:00"} {
		a.refused(ending(on), 400, 900245)
	}
}

func TestActionsWinOverInstructions(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	plan := a.schedule(ProductOffice, 12, "monthly")
	// the body carries the actions as they were read, without instructions: they win, silently
	wantMembers(t, a.patched(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan}), object{"scheduledNextTermInstructions": nil})
	a.s.Behave(func(b *Behaviour) { b.InstructionsWin = true })
	wantMembers(t, a.patched(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan}), object{"scheduledNextTermInstructions": plan,
		"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": plan}}})
	wantMembers(t, a.patched(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": nil, "scheduledActions": nil}), object{"scheduledNextTermInstructions": nil})

	a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
	a.refused(a.patch(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan}), 400, 800002)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}}}), 400, 800002)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "Explode"}}}), 400, 3000)
	// a single object instead of a list, as one description has it
	got := a.patched(CustomerKaffeehaus, id, object{"scheduledActions": object{"scheduleType": "termEnd", "actionType": "cancel"}})
	wantMembers(t, got, object{"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "Cancel"}}})
}

func TestStaleInstructionsKnob(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.StaleInstructions = true })
	id := a.buyOffice(CustomerKaffeehaus)
	plan := a.schedule(ProductOffice, 12, "monthly")
	a.s.RotateAvailabilities()
	wantMembers(t, a.patched(CustomerKaffeehaus, id, object{"scheduledNextTermInstructions": plan, "scheduledActions": nil}), object{"scheduledNextTermInstructions": plan})
}

func TestWindowKnobs(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) {
		b.SaaSWindow, b.NCEWindow, b.SaaSCancellationDate = 24*time.Hour, 14*24*time.Hour, true
	})
	saas, nce := a.buyMailGuard(), a.buyOffice(CustomerKaffeehaus)
	refund := a.subscription(CustomerKaffeehaus, saas)
	wantMembers(t, refund, object{"cancellationAllowedUntilDate": refund["refundOptions"].([]any)[0].(object)["expiresAt"], "actions": []string{"edit", "cancel"}})
	a.s.Advance(25 * time.Hour)
	a.refused(a.patch(CustomerKaffeehaus, saas, object{"status": "deleted"}), 400, 900213)
	a.s.Advance(10 * 24 * time.Hour)
	wantMembers(t, a.patched(CustomerKaffeehaus, nce, object{"status": "deleted"}), object{"status": "deleted"})
}

func TestScheduleOfMarketplace(t *testing.T) {
	cancel := object{"scheduledActions": []object{{"scheduleType": "TermEnd", "actionType": "Cancel"}}, "autoRenewEnabled": false}
	a := newAPI(t, nil)
	a.refused(a.patch(CustomerNordwind, SubscriptionMailGuard, cancel), 400, 900141)
	a.refused(a.patch(CustomerPrairie, SubscriptionLegacy, cancel), 403, 900263)
	a.s.Behave(func(b *Behaviour) { b.SaaSSchedules = Ignored })
	ignored := a.patched(CustomerNordwind, SubscriptionMailGuard, cancel)
	wantMembers(t, ignored, object{"autoRenewEnabled": false})
	absent(t, ignored, "scheduledActions")
	a.s.Behave(func(b *Behaviour) { b.SaaSSchedules = Allowed })
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionMailGuard, cancel), object{"scheduledActions": cancel["scheduledActions"]})
}
