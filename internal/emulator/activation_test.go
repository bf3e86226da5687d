// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestActivationLinks(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.SubscriptionIDAfterReads = 1 })
	order, _ := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductMailGuard, "0001", 2, "P1Y", "monthly"))
	path := "customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string)
	if n := len(itemsOf(a.get(path + "/lineitems/0/activationlinks"))); n != 0 {
		t.Errorf("got %d links while the order is pending", n)
	}
	a.get(path)
	for _, address := range []string{path + "/activationlinks", path + "/lineItems/0/activationLinks",
		subscriptionPath(CustomerKaffeehaus, a.s.Purchases()[0].SubscriptionID) + "/activationlinks"} {
		found := itemsOf(a.get(address))
		if len(found) != 1 || !strings.HasPrefix(found[0].(object)["link"].(object)["uri"].(string), "https://fabrikantsecuritygmbh.example/landing?token=") {
			t.Errorf("%s: got %v", address, found)
		}
	}
	a.refused(a.call("GET", path+"/lineitems/1/activationlinks", nil), 400, 800071)
	if n := len(itemsOf(a.get(subscriptionPath(CustomerNordwind, SubscriptionOffice) + "/activationlinks"))); n != 0 {
		t.Errorf("a Microsoft product has %d links", n)
	}
	if n := len(order["id"].(string)); n != 33 {
		t.Errorf("the id of a marketplace order has %d characters, want 33", n)
	}
}

func TestSandboxActivation(t *testing.T) {
	a := newAPI(t, nil)
	path := subscriptionPath(CustomerNordwind, SubscriptionUnactivated) + "/activate"
	a.refused(a.call("POST", path, nil), 400, 900127)
	a.s.Behave(func(b *Behaviour) { b.Sandbox, b.SaaSWindowFromActivation = true, true })
	wantMembers(t, a.ok("POST", path, nil), object{"subscriptionId": SubscriptionUnactivated, "status": "Success"})
	a.refused(a.call("POST", path, nil), 400, 800041)
	wantMembers(t, a.patched(CustomerNordwind, SubscriptionUnactivated, object{"status": "deleted"}), object{"status": "deleted"})
}

func TestPublisherRefusesAPurchase(t *testing.T) {
	a := newAPI(t, nil)
	if err := a.s.Refuse(CustomerNordwind, SubscriptionUnactivated); err != nil {
		t.Fatal(err)
	}
	wantMembers(t, a.subscription(CustomerNordwind, SubscriptionUnactivated), object{"status": "deleted"})
}

func TestUserOnlyCalls(t *testing.T) {
	a := newAPI(t, nil)
	order := a.subscription(CustomerNordwind, SubscriptionOffice)["orderId"].(string)
	for _, path := range []string{
		"customers/" + CustomerNordwind + "/orders/" + order + "/provisioningstatus", subscriptionPath(CustomerNordwind, SubscriptionOffice) + "/provisioningstatus",
		"customers/" + CustomerNordwind + "/agreements", "customers/" + CustomerNordwind + "/validationStatus?type=account",
		"customers/" + CustomerNordwind + "/relationships", "customers/" + CustomerNordwind + "/profiles/company",
		"customers/" + CustomerNordwind + "/directSignedMicrosoftCustomerAgreementStatus", "agreements", "profiles/organization", "profiles/billing",
		"profiles/mpn", "relationships?relationship_type=IsIndirectCloudSolutionProviderOf", "compliance/csp/agreementstatus?mpnId=" + ResellerRheinwerk,
	} {
		a.refused(a.call("GET", path, nil), 403, 900329)
		wantStatus(t, a.user().call("GET", path, nil), http.StatusOK)
	}
}

// Days come in pages, with the token of the next in a header of the answer.
func TestCustomTermEnds_pages(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.CustomTermEndsPageSize = 5 })
	const path = "customers/" + CustomerNordwind + "/subscriptions/customTermEndDates?term_duration=P1Y"
	var pages []int
	for token := ""; ; {
		page := a.call("GET", path, nil, "MS-ContinuationToken", token)
		wantStatus(t, page, 200)
		pages = append(pages, len(itemsOf(page.object(t))))
		if token = page.header.Get("MS-ContinuationToken"); token == "" {
			break
		}
	}
	if !slices.Equal(pages[:2], []int{5, 5}) || len(pages) > 4 {
		t.Errorf("got pages of %v", pages)
	}
	a.refused(a.call("GET", path, nil, "MS-ContinuationToken", "next"), 400, 800002)
}

// A year cannot end with a subscription by the month, a month can end with any.
func TestCustomTermEnds_monthly(t *testing.T) {
	a := newAPI(t, nil)
	_, monthly := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 1, "P1M", "monthly"))
	aligned := func(duration string) bool {
		found := itemsOf(a.get("customers/" + CustomerKaffeehaus + "/subscriptions/customTermEndDates?term_duration=" + duration))
		return slices.ContainsFunc(found, func(one any) bool {
			ids, ok := one.(object)["cotermSubscriptionIds"].([]any)
			return ok && slices.Contains(ids, any(monthly))
		})
	}
	if aligned("P1Y") || !aligned("P1M") {
		t.Errorf("a year aligns: %t, a month aligns: %t", aligned("P1Y"), aligned("P1M"))
	}
}

func TestCustomTermEnds(t *testing.T) {
	a := newAPI(t, nil)
	found := itemsOf(a.get("customers/" + CustomerNordwind + "/subscriptions/customTermEndDates?term_duration=P1M"))
	kinds := map[any]int{}
	for _, one := range found {
		date := one.(object)
		kinds[date["allowedCustomTermEndDateType"]]++
		if text := date["allowedCustomTermEndDate"].(string); strings.HasSuffix(text, "Z") {
			t.Errorf("%s has a zone", text)
		}
	}
	if kinds["calendarMonthAligned"] != 1 || kinds["subscriptionAligned"] != 1 {
		t.Errorf("got %v, want a month's end and the end of another subscription", kinds)
	}
	a.refused(a.call("GET", "customers/"+CustomerNordwind+"/subscriptions/customTermEndDates", nil), 400, 800121)

	line := a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly")
	line["customTermEndDate"] = "2026-12-31T00:00:00"
	_, id := a.buy(CustomerNordwind, line)
	wantMembers(t, a.subscription(CustomerNordwind, id), object{"commitmentEndDate": "2026-12-31T00:00:00Z", "customTermEndDate": "2026-12-31T00:00:00"})
	a.s.Advance(time.Hour)
}
