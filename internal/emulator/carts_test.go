// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"testing"
	"time"
)

func TestCartIsPricedAndExpires(t *testing.T) {
	a := newAPI(t, nil)
	cart := a.cart(CustomerHarbour, a.line(CustomerHarbour, ProductOffice, "0001", 10, "P1Y", "Monthly"))
	wantMembers(t, cart, object{"status": "Active", "creationTimestamp": cart["lastModifiedTimestamp"]})
	line := cart["lineItems"].([]any)[0].(object)
	wantMembers(t, line, object{"orderGroup": "0", "currencyCode": "GBP", "billingCycle": "monthly", "provisioningContext": object{}})
	wantMembers(t, line["pricing"].(object), object{"price": 10.06, "listPrice": 10.06, "extendedPrice": 1207.2})
	absent(t, line, "error")

	a.s.Advance(7*24*time.Hour - time.Minute)
	a.get(cartPath(CustomerHarbour, cart))
	a.s.Advance(2 * time.Minute)
	a.refused(a.call("GET", cartPath(CustomerHarbour, cart), nil), 404, 800008)
	a.refused(a.checkout(CustomerHarbour, cart), 404, 800008)
}

func TestCartUpdateReplacesTheLines(t *testing.T) {
	a := newAPI(t, nil)
	cart := a.cart(CustomerNordwind, a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly"))
	lines := []object{a.line(CustomerNordwind, ProductOffice, "0001", 2, "P1Y", "monthly"), a.line(CustomerNordwind, ProductMailGuard, "0001", 3, "P1Y", "annual")}
	lines[1]["id"] = "1" // documentation says text
	cart["lineItems"] = lines
	got := a.call("PUT", cartPath(CustomerNordwind, cart)+"/", cart)
	wantStatus(t, got, 201)
	updated := got.object(t)["lineItems"].([]any)
	if len(updated) != 2 || updated[0].(object)["orderGroup"] == updated[1].(object)["orderGroup"] {
		t.Fatalf("got %v, want two lines in two orders", updated)
	}
	a.s.Behave(func(b *Behaviour) { b.CartPutStatus = 200 })
	wantStatus(t, a.call("PUT", cartPath(CustomerNordwind, cart), cart), 200)

	wantStatus(t, a.checkout(CustomerNordwind, cart), 201)
	wantMembers(t, a.get(cartPath(CustomerNordwind, cart)), object{"status": "Ordered"})
	a.refused(a.call("PUT", cartPath(CustomerNordwind, cart), cart), 400, 800065)
	if n := len(a.s.Purchases()); n != 2 {
		t.Fatalf("bought %d, want 2", n)
	}
}

func TestCartLineProblems(t *testing.T) {
	for name, test := range map[string]struct {
		customer, product, sku string
		quantity               int
		term, cycle            string
		change                 object
		lineCode               float64
		status, code           int
	}{
		"unknown item":        {CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly", object{"catalogItemId": "CFQ7TTC0BW1S:0001:CFQ7TTC00000"}, 10001, 404, 400019},
		"unknown product":     {CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly", object{"catalogItemId": "CFQ7TTC00000:0001:CFQ7TTC00000"}, 10001, 404, 400013},
		"other country":       {CustomerHarbour, ProductPayroll, "0001", 5, "P1M", "monthly", nil, 10001, 404, 400013},
		"not purchasable":     {CustomerNordwind, ProductRetired, "0001", 1, "P1M", "monthly", nil, 10001, 400, 800020},
		"not a nonprofit":     {CustomerNordwind, ProductCharity, "0001", 1, "P1Y", "monthly", nil, 10001, 400, 800020},
		"billing plan":        {CustomerNordwind, ProductDiagram, "0001", 1, "P1M", "monthly", nil, 10013, 400, 800002},
		"too many":            {CustomerNordwind, ProductOffice, "0001", 301, "P1Y", "monthly", nil, 10015, 400, 900275},
		"too few":             {CustomerNordwind, ProductMailGuard, "0002", 24, "P1Y", "monthly", nil, 10010, 400, 900275},
		"flat plan":           {CustomerNordwind, ProductTimesheet, "0001", 2, "P1M", "monthly", nil, 10015, 400, 900275},
		"no attestation":      {CustomerNordwind, ProductMedical, "0001", 1, "P1M", "monthly", nil, 10012, 400, 900203},
		"currency":            {CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly", object{"currencyCode": "USD"}, 10000, 400, 900169},
		"trial goes nowhere":  {CustomerNordwind, ProductSignature, "0001", 1, "P1M", "none", nil, 10010, 400, 800002},
		"unknown promotion":   {CustomerNordwind, ProductOfficePlus, "0001", 1, "P1Y", "monthly", object{"promotionId": "A:B:C"}, 10014, 400, 27007},
		"end date, product":   {CustomerNordwind, ProductMailGuard, "0001", 1, "P1Y", "monthly", object{"customTermEndDate": "2026-12-31T00:00:00"}, 10016, 400, 900242},
		"end date, alignment": {CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly", object{"customTermEndDate": "2026-12-30T00:00:00"}, 10017, 400, 900242},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			line := a.line(test.customer, test.product, test.sku, test.quantity, test.term, test.cycle)
			maps.Copy(line, test.change)
			cart := a.cart(test.customer, line)
			problem, _ := cart["lineItems"].([]any)[0].(object)["error"].(object)
			if problem["errorCode"] != test.lineCode {
				t.Fatalf("got error %v, want code %v", problem, test.lineCode)
			}
			a.s.Behave(func(b *Behaviour) { b.CartErrors = ErrorAsStatus })
			a.refused(a.call("POST", "customers/"+test.customer+"/carts", object{"lineItems": []object{line}}), test.status, test.code)
			if problem["errorCode"] != 10001.0 {
				a.refused(a.checkout(test.customer, cart), 400, 800009)
			}
			if len(a.s.Purchases()) != 0 {
				t.Fatal("something was bought")
			}
		})
	}
}

func TestCartInputRefused(t *testing.T) {
	a := newAPI(t, nil)
	good := func() object { return a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly") }
	with := func(name string, value any) object {
		line := good()
		line[name] = value
		return object{"lineItems": []object{line}, "partnerOnRecordAttestationAccepted": true}
	}
	reseller := func(id string) any { return []object{{"key": "transaction_reseller", "value": id}} }
	for name, test := range map[string]struct {
		body         any
		status, code int
	}{
		"no lines":           {object{"lineItems": []object{}}, 400, 800002},
		"no item":            {with("catalogItemId", nil), 400, 900142},
		"unknown member":     {with("catalogId", "x"), 400, 3000},
		"two ids":            {object{"lineItems": []object{good(), good()}}, 400, 800002},
		"id no number":       {with("id", "first"), 400, 3000},
		"date no date":       {with("customTermEndDate", "soon"), 400, 3000},
		"participant key":    {with("participants", []object{{"key": "seller", "value": "1"}}), 400, 900126},
		"unknown reseller":   {with("participants", reseller(ResellerUnknown)), 404, 800015},
		"own partner id":     {with("participants", reseller(PartnerMPNID)), 400, 800016},
		"not our reseller":   {with("participants", reseller(ResellerUnrelated)), 400, 800016},
		"reseller unsigned":  {with("participants", reseller(ResellerUnsigned)), 403, 900123},
		"attestation absent": {object{"lineItems": with("participants", reseller(ResellerRheinwerk))["lineItems"]}, 400, 900206},
		"not JSON":           {"{", 400, 800002},
	} {
		t.Run(name, func(t *testing.T) {
			a := &api{t: t, s: a.s, who: a.who}
			a.refused(a.call("POST", "customers/"+CustomerNordwind+"/carts", test.body), test.status, test.code)
		})
	}
	a.s.Behave(func(b *Behaviour) { b.AttestationAlways = true })
	a.refused(a.call("POST", "customers/"+CustomerNordwind+"/carts", object{"lineItems": []object{good()}}), 400, 900206)
}

func TestCartAcceptsPascalCaseAndResellers(t *testing.T) {
	a := newAPI(t, nil)
	body := object{"PartnerOnRecordAttestationAccepted": true, "ExpirationTimestamp": zeroDate, "LineItems": []object{{
		"Id": 0, "CatalogItemId": a.s.CatalogItemID(CustomerAtelier, ProductSignature, "0001"), "Quantity": 5, "BillingCycle": "None", "TermDuration": "p1m",
		"RenewsTo": []object{{"TermDuration": "P1Y"}}, "Participants": []object{{"Key": "TransactionReseller", "Value": ResellerLoire}}}}}
	a.patchOwned(CustomerAtelier)
	cart := a.ok("POST", "Customers/"+CustomerAtelier+"/Carts", body)
	line := cart["lineItems"].([]any)[0].(object)
	wantMembers(t, line, object{"billingCycle": "none", "termDuration": "P1M", "renewsTo": object{"termDuration": "P1Y"},
		"participants": []object{{"key": "transaction_reseller", "value": ResellerLoire}}, "friendlyName": "Paraphe Sign - Free trial"})
	absent(t, line, "error")
}

// patchOwned ends the sample's trial, of which a customer may have one.
func (a *api) patchOwned(customer string) {
	a.t.Helper()
	if err := a.s.Drift(customer, SubscriptionTrial, map[string]any{"purged": true}); err != nil {
		a.t.Fatal(err)
	}
}

func TestDirectBillPartnerHasNoParticipants(t *testing.T) {
	a := newAPI(t, nil, DirectBill())
	line := a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly")
	line["participants"] = []object{{"key": "transaction_reseller", "value": ResellerRheinwerk}}
	cart := a.ok("POST", "customers/"+CustomerNordwind+"/carts", object{"lineItems": []object{line}, "partnerOnRecordAttestationAccepted": true})
	wantMembers(t, cart["lineItems"].([]any)[0].(object)["error"].(object), object{"errorCode": 10004})
	a.refused(a.patch(CustomerNordwind, SubscriptionOffice, object{"partnerId": ResellerRheinwerk}), 400, 800098)
}

func TestAgreementAndReview(t *testing.T) {
	a := newAPI(t, nil)
	cart := a.cart(CustomerSonnenhof, a.line(CustomerSonnenhof, ProductOffice, "0001", 1, "P1Y", "monthly"))
	a.refused(a.checkout(CustomerSonnenhof, cart), 403, 13605)
	a.s.Behave(func(b *Behaviour) { b.AgreementCheck = AtCart })
	a.refused(a.call("POST", "customers/"+CustomerSonnenhof+"/carts", object{"lineItems": cart["lineItems"]}), 403, 13605)

	review := a.cart(CustomerBateauBleu, a.line(CustomerBateauBleu, ProductOffice, "0001", 1, "P1Y", "monthly"))
	a.refused(a.checkout(CustomerBateauBleu, review), 403, 800073)
	if len(a.s.Purchases()) != 0 {
		t.Fatal("something was bought")
	}
}

func TestStaleAvailability(t *testing.T) {
	a := newAPI(t, nil)
	line := a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly")
	cart := a.cart(CustomerNordwind, line)
	if a.s.RotateAvailabilities() == 0 {
		t.Fatal("nothing was re-issued")
	}
	a.refused(a.checkout(CustomerNordwind, cart), 404, 400019)
	a.refused(a.call("POST", "customers/"+CustomerNordwind+"/carts", object{"lineItems": []object{line}}), 404, 400019)
	a.s.Behave(func(b *Behaviour) { b.StaleAvailability = AtCheckout })
	cart = a.cart(CustomerNordwind, line)
	a.refused(a.checkout(CustomerNordwind, cart), 404, 400019)

	a.s.Behave(func(b *Behaviour) { b.RotateAvailabilitiesEvery = 24 * time.Hour })
	before := a.s.CatalogItemID(CustomerNordwind, ProductOffice, "0001")
	a.s.Advance(25 * time.Hour)
	if a.s.CatalogItemID(CustomerNordwind, ProductOffice, "0001") == before {
		t.Fatal("the availability is still the same after a day")
	}
}

func TestPricingCanBeMissing(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.CartPricingHidden = true })
	cart := a.cart(CustomerNordwind, a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly"))
	absent(t, cart["lineItems"].([]any)[0].(object), "pricing")
}

func TestCustomerAccess(t *testing.T) {
	a := newAPI(t, nil)
	a.refused(a.call("GET", "customers/"+CustomerAltstadt+"/subscriptions", nil), 403, 20002)
	a.s.Behave(func(b *Behaviour) { b.NoRelationshipCode = 2032 })
	a.refused(a.call("GET", "customers/"+CustomerAltstadt+"/orders", nil), 403, 2032)
	a.refused(a.call("GET", "customers/"+CustomerUnknown+"/orders", nil), 404, 60003)
	a.refused(a.call("GET", "customers/abc/orders", nil), 400, 900118)
}
