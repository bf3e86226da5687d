// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/url"
	"testing"
)

func TestInvoices(t *testing.T) {
	a := newAPI(t, nil)
	page := a.get("invoices?size=1&offset=0") // for legacy invoices only
	found := itemsOf(page)
	if len(found) != 7 {
		t.Fatalf("got %d invoices, want two months in three currencies and a legacy one", len(found))
	}
	wantMembers(t, found[6].(object), object{"id": "D02026Jul", "invoiceType": "Recurring"})
	next := page["links"].(object)["next"].(object)["uri"].(string)
	if again := itemsOf(a.ok("GET", next, nil)); len(again) != 7 || again[6].(object)["id"] != "D02026Aug" {
		t.Errorf("the second page has %d invoices: %v", len(again), again)
	}
	euro := found[3].(object)
	wantMembers(t, euro, object{"currencyCode": "EUR", "invoiceDate": "2026-09-08T00:00:00Z", "billingPeriodStartDate": "2026-08-01T00:00:00Z",
		"billingPeriodEndDate": "2026-08-31T00:00:00Z", "invoiceType": "OneTime", "documentType": "invoice", "paidAmount": 0})
	absent(t, euro, "pdfDownloadLink")
	id := euro["id"].(string)
	a.refused(a.call("GET", "invoices/"+id, nil), 403, 900329)
	for _, form := range []string{id, "OneTime-" + id} {
		wantMembers(t, a.user().get("invoices/"+form), object{"id": id, "pdfDownloadLink": "/invoices/" + id + "/documents/statement"})
	}
	a.refused(a.user().call("GET", "invoices/G1", nil), 404, 1000)
	wantMembers(t, a.get("invoices/summary"), object{"currencyCode": "EUR", "balanceAmount": euro["totalCharges"]})

	for query, wanted := range map[string]int{
		filterText("InvoiceDate", "greater_than", "2026-09-01"): 4, filterText("InvoiceDate", "equals", "2026-08-08"): 4, filterText("InvoiceDate", "less_than", "2026-08-08"): 0,
	} {
		if n := len(itemsOf(a.get("invoices?" + query))); n != wanted {
			t.Errorf("%s: got %d, want %d", query, n, wanted)
		}
	}
	between := func(operator string) string {
		bound := func(operator, day string) object {
			return object{"Field": "InvoiceDate", "Operator": operator, "Value": day}
		}
		return "invoices?filter=" + url.QueryEscape(asJSON(t, object{"Operator": operator,
			"LeftFilter": bound("greater_than_or_equals", "2026-09-08"), "RightFilter": bound("less_than_or_equals", "2026-09-30")}))
	}
	if n, all := len(itemsOf(a.get(between("and")))), len(itemsOf(a.get(between("or")))); n != 4 || all != 8 {
		t.Errorf("got %d invoices of September and %d by or, want 4 and 8", n, all)
	}
	a.refused(a.call("GET", "invoices?"+filterText("Total", "equals", "1"), nil), 400, 800002)
}

func TestInvoiceLines(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.RetiredLineItems = 0 })
	euro := itemsOf(a.get("invoices"))[3].(object)
	path := euro["invoiceDetails"].([]any)[0].(object)["links"].(object)["self"].(object)["uri"].(string)
	var sum, all int
	header := []string(nil)
	for next := path + "?size=3"; next != ""; {
		page := a.ok("GET", next, nil, header...)
		all += len(itemsOf(page))
		for _, one := range itemsOf(page) {
			if one.(object)["subscriptionId"] == SubscriptionMailGuard {
				sum++
				wantMembers(t, one.(object), object{"unitPrice": "3.6", "quantity": "12", "subtotal": "43.2", "chargeType": "cycleCharge", "publisherName": "Fabrikant Security GmbH",
					"invoiceNumber": euro["id"], "currency": "EUR", "customerId": CustomerNordwind})
			}
		}
		next = ""
		if onward, more := page["links"].(object)["next"].(object); more {
			next = onward["uri"].(string)
			a.refused(a.call("GET", next, nil), 400, 800002)
			header = []string{"MS-ContinuationToken", onward["headers"].([]any)[0].(object)["value"].(string)}
		}
	}
	if sum != 1 || all < 4 {
		t.Errorf("got %d lines, %d of the marketplace subscription", all, sum)
	}
	base := "invoices/" + euro["id"].(string) + "/lineitems?invoiceLineItemType=billinglineitems&provider="
	if n := len(itemsOf(a.get(base + "onetime"))); n != all {
		t.Errorf("got %d lines by query, want %d", n, all)
	}
	if n := len(itemsOf(a.get(base + "office"))); n != 0 {
		t.Errorf("got %d legacy lines", n)
	}
	a.refused(a.call("GET", base+"nobody", nil), 400, 900126)
	a.s.Behave(func(b *Behaviour) { b.InvoiceNumbersAreNumbers = true })
	wantMembers(t, itemsOf(a.get(base + "onetime"))[0].(object), object{"unitPrice": 3.6, "quantity": 12})
}

func TestLegacyInvoiceLines(t *testing.T) {
	a := newAPI(t, nil)
	a.s.Behave(func(b *Behaviour) { b.InvoiceLinesPageSize = 1 })
	page := a.get("invoices/Recurring-D02026Aug/lineitems/Office/BillingLineItems?size=2000&offset=0")
	wantMembers(t, itemsOf(page)[0].(object), object{"chargeType": "Cycle fee", "quantity": 40, "amount": 160, "subscriptionId": SubscriptionLegacy, "offerName": "Hosted Mail Plan 1"})
	page = a.ok("GET", page["links"].(object)["next"].(object)["uri"].(string), nil)
	wantMembers(t, itemsOf(page)[0].(object), object{"quantity": -1, "amount": -4})
	absent(t, page["links"].(object), "next")
	if n := len(itemsOf(a.get("invoices/D02026Aug/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"))); n != 0 {
		t.Errorf("got %d lines of new commerce", n)
	}
}

func TestUnbilledLines(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.RetiredLineItems = 0 })
	unbilled := "invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
	a.refused(a.call("GET", unbilled, nil), 400, 3000)
	id := a.buyMailGuard()
	_, waiting := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductMailGuard, "0001", 3, "P1Y", "monthly"))
	charges := map[any]any{}
	for _, one := range itemsOf(a.get(unbilled + "&currencycode=eur&period=current")) {
		charges[one.(object)["subscriptionId"]] = one.(object)["chargeType"]
	}
	if charges[id] != "new" || charges[waiting] != nil {
		t.Errorf("got %v for the new and %v for the unactivated subscription", charges[id], charges[waiting])
	}
	if n := len(itemsOf(a.get(unbilled + "&currencycode=EUR&period=previous"))); n != 0 {
		t.Errorf("got %d lines of a month that has its invoice", n)
	}
}

func TestCreateCustomer(t *testing.T) {
	a := newAPI(t, nil)
	body := func(change func(profile, address object)) object {
		address := object{"firstName": "Mira", "lastName": "Kolb", "addressLine1": "Hafenweg 12", "city": "Kiel", "state": "SH", "postalCode": "24103", "country": "DE"}
		profile := object{"email": "einkauf@fjordlabor.example", "culture": "de-DE", "language": "de", "companyName": "Fjordlabor AG", "defaultAddress": address}
		if change != nil {
			change(profile, address)
		}
		return object{"companyProfile": object{"domain": "fjordlabor.onmicrosoft.com"}, "billingProfile": profile}
	}
	a.refused(a.call("POST", "customers", body(func(p, _ object) { delete(p, "email") })), 400, 3000)
	a.refused(a.call("POST", "customers", body(func(_, a object) { delete(a, "city") })), 400, 2007)
	a.refused(a.call("POST", "customers", body(func(_, a object) { a["country"] = "PL" })), 400, 600049)
	made := a.ok("POST", "customers", body(nil))
	wantMembers(t, made, object{"relationshipToPartner": "none"})
	if made["userCredentials"].(object)["password"] == "" {
		t.Error("there is no password")
	}
	got := a.get("customers/" + made["id"].(string))
	wantMembers(t, got, object{"relationshipToPartner": "reseller"})
	absent(t, got, "userCredentials")
	a.refused(a.call("POST", "customers", body(nil)), 409, 3000)
}
