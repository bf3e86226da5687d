// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func (a *api) transition(id string, change object) reply {
	a.t.Helper()
	body := object{"toCatalogItemId": a.s.CatalogItemID(CustomerKaffeehaus, ProductOfficePlus, "0001"), "quantity": 10, "transitionType": "transition_only"}
	maps.Copy(body, change)
	return a.call("POST", subscriptionPath(CustomerKaffeehaus, id)+"/transitions", body)
}

func TestEligibilities(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	_, target := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", 1, "P1Y", "monthly"))
	path := subscriptionPath(CustomerKaffeehaus, id) + "/transitionEligibilities"
	found := itemsOf(a.get(path))[0].(object)
	wantMembers(t, found, object{"catalogItemId": a.s.CatalogItemID(CustomerKaffeehaus, ProductOfficePlus, "0001"), "quantity": 10})
	wantMembers(t, found["eligibilities"].([]any)[0].(object), object{"isEligible": true, "transitionType": "transition_only"})
	into := found["subscriptionEligibilities"].([]any)[0].(object)
	wantMembers(t, into, object{"subscriptionId": target, "isEligible": false})
	wantMembers(t, into["errors"].([]any)[0].(object), object{"code": 2})
	wantMembers(t, itemsOf(a.get(path + "?eligibilityType=scheduled"))[0].(object), object{"subscriptionEligibilities": []any{}})
	a.refused(a.call("GET", path+"?eligibilityType=never", nil), 400, 900126)
	if n := len(itemsOf(a.get(subscriptionPath(CustomerNordwind, SubscriptionMailGuard) + "/transitioneligibilities"))); n != 0 {
		t.Errorf("a marketplace subscription has %d transitions", n)
	}
}

// What is offered for the renewal is what can be scheduled, whatever the subscription is of.
func TestScheduledEligibilitiesAreWhatCanBeScheduled(t *testing.T) {
	a := newAPI(t, nil)
	for _, of := range []struct{ customer, id string }{
		{CustomerNordwind, SubscriptionOffice}, {CustomerAtelier, SubscriptionScheduled}, {CustomerTulpenveld, SubscriptionNCETrial},
		{CustomerHilfswerk, SubscriptionCharity}, {CustomerHarbour, SubscriptionSuspended},
	} {
		before := a.subscription(of.customer, of.id)
		offered := map[string]bool{strings.Join(strings.Split(before["offerId"].(string), ":")[:2], ":"): before["status"] == "active"} // the same goes without saying
		for _, one := range itemsOf(a.get(subscriptionPath(of.customer, of.id) + "/transitioneligibilities?eligibilityType=scheduled")) {
			target := strings.Split(one.(object)["catalogItemId"].(string), ":")
			offered[target[0]+":"+target[1]] = one.(object)["eligibilities"].([]any)[0].(object)["isEligible"].(bool)
		}
		for _, p := range a.s.world.Tenant.Products {
			if p.Family != world.FamilyNCE {
				continue
			}
			k := p.SKUs[0]
			item := a.s.CatalogItemID(of.customer, p.ID, k.ID)
			got := a.patch(of.customer, of.id, object{"scheduledActions": nil, "scheduledNextTermInstructions": object{"quantity": k.Max, "customTermEndDate": nil, "product": object{
				"productId": p.ID, "skuId": k.ID, "availabilityId": item[strings.LastIndex(item, ":")+1:], "termDuration": k.Terms[0].Duration, "billingCycle": k.Terms[0].Cycle}}})
			if scheduled := got.status == 200; scheduled != offered[p.ID+":"+k.ID] {
				t.Errorf("%s into %s: offered is %t, and scheduling it is answered with %d", before["offerName"], p.Title, offered[p.ID+":"+k.ID], got.status)
			}
		}
	}
}

func TestWholeTransition(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	before := a.subscription(CustomerKaffeehaus, id)
	wantStatus(t, a.transition(id, nil), 200)
	a.refused(a.transition(id, nil), 409, 900278)
	path := subscriptionPath(CustomerKaffeehaus, id) + "/transitions"
	started := a.get(path)["transition"].([]any)[0].(object)
	wantMembers(t, started["Events"].([]any)[0].(object), object{"name": "Conversion", "status": "Started "})
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"offerId": before["offerId"]})
	done := a.get(path + "?operationId=" + started["operationId"].(string))["transition"].([]any)[0].(object)
	wantMembers(t, done["Events"].([]any)[1].(object), object{"status": "Completed"})
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"offerName": "Workplace 365 Premium", "commitmentEndDate": before["commitmentEndDate"],
		"cancellationAllowedUntilDate": before["cancellationAllowedUntilDate"], "quantity": 10})
}

func TestPartialTransition(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	before := a.subscription(CustomerKaffeehaus, id)
	moved := a.transition(id, object{"quantity": 4}).object(t)["toSubscriptionId"].(string)
	for range 2 {
		a.get(subscriptionPath(CustomerKaffeehaus, id) + "/transitions")
	}
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"quantity": 6})
	wantMembers(t, a.subscription(CustomerKaffeehaus, moved), object{"quantity": 4, "offerName": "Workplace 365 Premium",
		"cancellationAllowedUntilDate": before["cancellationAllowedUntilDate"]})
}

func TestTransitionIntoAnExistingSubscription(t *testing.T) {
	a := newAPI(t, nil)
	_, target := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", 5, "P1Y", "monthly"))
	_, monthly := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", 5, "P1M", "monthly"))
	a.s.Advance(8 * 24 * time.Hour)
	id := a.buyOffice(CustomerKaffeehaus)
	problem := func(into string) any {
		for _, one := range itemsOf(a.get(subscriptionPath(CustomerKaffeehaus, id) + "/transitioneligibilities"))[0].(object)["subscriptionEligibilities"].([]any) {
			if one.(object)["subscriptionId"] == into && one.(object)["isEligible"] == false {
				return one.(object)["errors"].([]any)[0].(object)["code"]
			}
		}
		return nil
	}
	if got := []any{problem(target), problem(monthly)}; got[0] != 4.0 || got[1] != 3.0 {
		t.Errorf("got %v, want a term that ends before and one that is shorter", got)
	}
	a.refused(a.transition(id, object{"toSubscriptionId": target}), 400, 900236)
	a.refused(a.transition(id, object{"toSubscriptionId": monthly}), 400, 900267)

	short := a.line(CustomerKaffeehaus, ProductOffice, "0001", 4, "P1Y", "monthly")
	short["customTermEndDate"] = "2026-12-31T00:00:00"
	_, source := a.buy(CustomerKaffeehaus, short)
	wantStatus(t, a.transition(source, object{"toSubscriptionId": target, "quantity": 4}), 200)
	for range 2 {
		a.get(subscriptionPath(CustomerKaffeehaus, source) + "/transitions")
	}
	wantMembers(t, a.subscription(CustomerKaffeehaus, target), object{"quantity": 9})
	wantMembers(t, a.subscription(CustomerKaffeehaus, source), object{"status": "deleted"})
}

func TestTransitionRefusals(t *testing.T) {
	a := newAPI(t, nil)
	id := a.buyOffice(CustomerKaffeehaus)
	for name, test := range map[string]struct {
		change object
		code   int
	}{
		"kind":          {object{"transitionType": "magic"}, 900126},
		"wrong target":  {object{"toCatalogItemId": a.s.CatalogItemID(CustomerKaffeehaus, ProductDiagram, "0001")}, 900260},
		"too many":      {object{"quantity": 11}, 2002},
		"shorter":       {object{"termDuration": "P1M"}, 900267},
		"no term":       {object{"termDuration": "P8Y"}, 900268},
		"cycle":         {object{"billingCycle": "triennial"}, 900270},
		"same":          {object{"toSubscriptionId": id}, 900259},
		"wrong product": {object{"toSubscriptionId": SubscriptionOffice}, 900260},
	} {
		if got := a.transition(id, test.change); got.status != 400 || got.object(t)["code"] != strconv.Itoa(test.code) {
			t.Errorf("%s: got %d %s, want %d", name, got.status, got.body, test.code)
		}
	}
	body := object{"toCatalogItemId": "x", "quantity": 1, "transitionType": "transition_only"}
	a.refused(a.call("POST", subscriptionPath(CustomerNordwind, SubscriptionMailGuard)+"/transitions", body), 400, 900258)
}
