// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func filterText(field, operator string, value any) string {
	text, _ := json.Marshal(object{"Field": field, "Operator": operator, "Value": value})
	return "filter=" + url.QueryEscape(string(text))
}

func TestCustomerListPagesByToken(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.CustomersPageSize = 4 })
	var ids []string
	path, header := "customers?size=0", []string(nil)
	for path != "" {
		page := a.ok("GET", path, nil, header...)
		for _, one := range itemsOf(page) {
			ids = append(ids, one.(object)["id"].(string))
			absent(t, one.(object), "billingProfile", "commerceId", "allowDelegatedAccess")
		}
		path = ""
		if next, more := page["links"].(object)["next"].(object); more {
			path = next["uri"].(string)
			a.refused(a.call("GET", path, nil), 400, 800002) // the token travels as a header
			one := next["headers"].([]any)[0].(object)
			header = []string{one["key"].(string), one["value"].(string)}
		}
	}
	if len(ids) != 10 || ids[0] != CustomerNordwind {
		t.Fatalf("got %d customers: %v", len(ids), ids)
	}
	if n := len(itemsOf(a.get("customers?size=40"))); n != 10 {
		t.Errorf("got %d customers on a large page", n)
	}
}

func TestCustomerFilters(t *testing.T) {
	a := newAPI(t, nil)
	for query, wanted := range map[string]string{
		filterText("CompanyName", "starts_with", "NORDwind"): CustomerNordwind,
		filterText("Domain", "starts_with", "harbour"):       CustomerHarbour,
	} {
		found := itemsOf(a.get("customers?size=0&" + query))
		if len(found) != 1 || found[0].(object)["id"] != wanted {
			t.Errorf("%s: got %v, want %s", query, found, wanted)
		}
	}
	byReseller := "customers?" + filterText("IndirectReseller", "starts_with", ResellerLoireID)
	a.refused(a.call("GET", byReseller, nil), 403, 900329)
	if found := itemsOf(a.user().get(byReseller)); len(found) != 1 || found[0].(object)["id"] != CustomerAtelier {
		t.Errorf("got %v", found)
	}
	a.refused(a.call("GET", "customers?"+filterText("CompanyName", "equals", "x"), nil), 400, 800002)
	a.refused(a.call("GET", "customers?"+filterText("Colour", "starts_with", "x"), nil), 400, 800002)
	a.refused(a.call("GET", "customers?filter=%7B", nil), 400, 800002)
	a.refused(a.call("GET", "customers?size=x", nil), 400, 3000)
}

func TestCustomerAndBillingProfile(t *testing.T) {
	a := newAPI(t, nil)
	got := a.get("customers/" + CustomerAlpenblick)
	wantMembers(t, got, object{"id": CustomerAlpenblick, "relationshipToPartner": "reseller"})
	wantMembers(t, got["companyProfile"].(object), object{"organizationRegistrationNumber": "CHE-000.111.222"})
	profile := a.get("customers/" + CustomerAlpenblick + "/profiles/billing")
	wantMembers(t, profile["defaultAddress"].(object), object{"country": "CH"})

	path := "customers/" + CustomerAlpenblick + "/profiles/billing"
	profile["email"] = "neu@alpenblick.example"
	changed := a.ok("PUT", path, profile)
	wantMembers(t, changed, object{"email": "neu@alpenblick.example"})
	a.refused(a.call("PUT", path, profile), 400, 2055)
	a.s.Behave(func(b *Behaviour) { b.StaleProfileStatus = 412 })
	a.refused(a.call("PUT", path, profile, "If-Match", `"17"`), 412, 2055)
	delete(changed, "email")
	a.refused(a.call("PUT", path, changed), 400, 3000)
}

func TestAgreements(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.PlainAgreements = true }).user()
	path := "customers/" + CustomerSonnenhof + "/agreements"
	if n := len(itemsOf(a.get(path + "?agreementType=MicrosoftCustomerAgreement"))); n != 0 {
		t.Errorf("got %d agreements, want none", n)
	}
	if n := len(itemsOf(a.get("customers/" + CustomerNordwind + "/agreements"))); n != 0 {
		t.Errorf("got %d of the old kind, which is the default", n)
	}
	template := itemsOf(a.get("agreements?agreementType=MicrosoftCustomerAgreement"))[0].(object)["templateId"]
	body := object{"primaryContact": object{"firstName": "Karl", "lastName": "Ott", "email": "karl@sonnenhof.example"},
		"templateId": template, "dateAgreed": "2026-09-01T00:00:00Z", "type": "MicrosoftCustomerAgreement"}
	made := a.ok("POST", path, body)
	wantMembers(t, made, object{"userId": AdminUser})
	absent(t, made, "agreementLink")
	a.refusedB(a.call("POST", path, body), 400, 600061)
	a.s.Behave(func(b *Behaviour) { b.DuplicateAgreementStatus = 409 })
	a.refusedB(a.call("POST", path, body), 409, 600061)
	body["dateAgreed"] = "2027-09-01T00:00:00Z"
	a.refused(a.call("POST", path, body), 400, 3000)
	a.bought(0)
	_, id := a.buy(CustomerSonnenhof, a.line(CustomerSonnenhof, ProductOffice, "0001", 1, "P1Y", "monthly"))
	if id == "" {
		t.Error("the customer still cannot buy")
	}
	wantMembers(t, a.get("customers/"+CustomerHarbour+"/directSignedMicrosoftCustomerAgreementStatus"), object{"isSigned": true})
}

// refusedB wants the error shape of the newer services, whose code is a number.
func (a *api) refusedB(got reply, status, code int) {
	a.t.Helper()
	wantStatus(a.t, got, status)
	body := got.object(a.t)
	if text := asJSON(a.t, body["code"]); strings.Trim(text, "\"\n") != strconv.Itoa(code) || body["errorName"] == nil {
		a.t.Fatalf("got %s, want code %d", got.body, code)
	}
}

func TestValidationStatus(t *testing.T) {
	a := newAPI(t, nil).user()
	wantMembers(t, a.get("customers/"+CustomerBateauBleu+"/validationStatus?type=account"), object{"status": "UnderReview"})
	a.s.mu.Lock()
	a.s.world.Tenant.Customer(CustomerKaffeehaus).Validation = ""
	a.s.mu.Unlock()
	a.refusedB(a.call("GET", "customers/"+CustomerKaffeehaus+"/validationStatus?type=account", nil), 404, 600074)
	a.refused(a.call("GET", "customers/"+CustomerKaffeehaus+"/validationStatus", nil), 400, 900126)
	if got := a.call("GET", "customers/"+CustomerHilfswerk+"/qualifications", nil); !strings.Contains(got.body, `"Nonprofit"`) {
		t.Errorf("got %s", got.body)
	}
}

func TestRelationshipsAndPartnerIDs(t *testing.T) {
	a := newAPI(t, nil).user()
	found := itemsOf(a.get("relationships?relationship_type=IsIndirectCloudSolutionProviderOf"))
	if len(found) != 3 {
		t.Fatalf("got %d resellers, want 3", len(found))
	}
	wantMembers(t, found[0].(object), object{"relationshipType": "is_indirect_cloud_solution_provider_of", "state": "Active", "mpnId": ResellerRheinwerk})
	if n := len(itemsOf(a.get("relationships?relationship_type=isindirectcloudsolutionproviderof&" + filterText("Name", "substring", "loire")))); n != 1 {
		t.Errorf("got %d resellers by name, want 1", n)
	}
	absent(t, itemsOf(a.get("customers/" + CustomerNordwind + "/relationships"))[0].(object), "state", "location")
	a.refused(a.call("GET", "relationships", nil), 400, 900126)

	wantMembers(t, a.get("profiles/mpn?mpnId="+ResellerUnrelated), object{"partnerName": "Somewhere Else Consulting"})
	absent(t, a.get("profiles/mpn"), "partnerName")
	a.refused(a.call("GET", "profiles/mpn?mpnId="+ResellerUnknown, nil), 404, 3000)
	for query, code := range map[string]int{"": 2001, "?mpnId=abc": 2000, "?mpnId=1&tenantId=2": 2000, "?mpnId=" + ResellerUnknown: 2200,
		"?mpnId=" + ResellerUnrelated: 2204, "?mpnId=" + ResellerUnsigned: 2203, "?tenantId=" + ResellerUnsignedID: 2206, "?tenantId=" + CustomerUnknown: 2205} {
		a.refused(a.call("GET", "compliance/csp/agreementstatus"+query, nil), 400, code)
	}
	wantMembers(t, a.get("compliance/csp/agreementstatus?tenantId="+ResellerLoireID), object{"isAgreementSigned": true})
}

func TestEndOfARelationship(t *testing.T) {
	a := newAPI(t, nil).user()
	a.refused(a.call("PATCH", "customers/"+CustomerNordwind, object{"relationshipToPartner": "none"}), 400, 900141)
	wantMembers(t, a.ok("PATCH", "customers/"+CustomerKaffeehaus, object{"relationshipToPartner": "none", "attributes": object{"objectType": "Customer"}}), object{"relationshipToPartner": "none"})
	a.refused(a.call("GET", "customers/"+CustomerKaffeehaus, nil), 403, 20002)
	a.refused(a.call("DELETE", "customers/"+CustomerNordwind, nil), 400, 900127)
	a.s.Behave(func(b *Behaviour) { b.Sandbox = true })
	wantStatus(t, a.call("DELETE", "customers/"+CustomerNordwind, nil), 204)
	a.refused(a.call("GET", "customers/"+CustomerNordwind, nil), 404, 60003)
	wantStatus(t, a.call("HEAD", "domains/harbourfinch.onmicrosoft.com", nil), 200)
	wantStatus(t, a.call("HEAD", "domains/free.onmicrosoft.com", nil), 404)
}
