// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestCustomer(t *testing.T) {
	got, err := answering(t, 200, fixture(t, "customer.json"), "GET /v1/customers/"+testCustomer).Customer(t.Context(), testCustomer)
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, got)
	check(t, "country", got.Country(), "DE")
	check(t, "billing city", got.BillingProfile.DefaultAddress.City, "Kiel")
	check(t, "delegated", *got.AllowDelegatedAccess, true)
}

func TestCustomer_country(t *testing.T) {
	check(t, "company", (&Customer{CompanyProfile: CustomerCompanyProfile{Address: Address{Country: "CH"}}}).Country(), "CH")
	check(t, "slim", (&Customer{}).Country(), "")
}

func TestCustomers(t *testing.T) {
	body := `{"totalCount": 1, "items": [{
		"id": "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10",
		"companyProfile": {"tenantId": "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10", "domain": "nordwindtest.onmicrosoft.com", "companyName": "Nordwind Test GmbH",
			"attributes": {"objectType": "CustomerCompanyProfile"}},
		"relationshipToPartner": "reseller", "attributes": {"objectType": "Customer"}}],
		"links": {"self": {"uri": "/customers?size=40", "method": "GET", "headers": []}}, "attributes": {"objectType": "Collection"}}`
	filtered := "GET /v1/customers?filter=%7B%22Field%22%3A%22"
	for want, query := range map[string]CustomersQuery{
		"GET /v1/customers?size=0": {},
		filtered + "CompanyName%22%2C%22Value%22%3A%22north%22%2C%22Operator%22%3A%22starts_with%22%7D&size=0":                                     {CompanyNamePrefix: "north"},
		filtered + "Domain%22%2C%22Value%22%3A%22north%22%2C%22Operator%22%3A%22starts_with%22%7D&size=0":                                          {DomainPrefix: "north"},
		filtered + "IndirectReseller%22%2C%22Value%22%3A%22484e548c-f5f3-4528-93a9-c16c6373cb59%22%2C%22Operator%22%3A%22starts_with%22%7D&size=0": {IndirectResellerID: "484e548c-f5f3-4528-93a9-c16c6373cb59"},
	} {
		t.Run(want, func(t *testing.T) {
			got, err := answering(t, 200, body, want).Customers(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			check(t, "customers", len(got), 1)
			check(t, "name", got[0].CompanyProfile.CompanyName, "Nordwind Test GmbH")
			check(t, "relationship", got[0].RelationshipToPartner, "reseller")
		})
	}
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: body} })
	if _, err := c.Customers(t.Context(), CustomersQuery{CompanyNamePrefix: "a", DomainPrefix: "b"}); err == nil {
		t.Error("the service filters by one field")
	}
	check(t, "requests", len(s.requests), 0)
}
