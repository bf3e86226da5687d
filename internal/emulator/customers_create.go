// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// customerRequest is a customer as a caller creates it (customers reference, Create).
type customerRequest struct {
	EnableGDAPByDefault *bool
	AssociatedPartnerID string
	CompanyProfile      struct {
		Domain, CompanyName, OrganizationRegistrationNumber string
		TenantID, Attributes                                any
	}
	BillingProfile        billingProfileRequest
	RelationshipToPartner any
	ID, CommerceID        any
	Links, Attributes     any
}

// countriesWithNumbers demand a registration number and a phone number.
var countriesWithNumbers = strings.Fields("AM AZ BY HU KZ KG MD RU TJ UZ UA IN BR ZA PL AE SA TR TH VN MM IQ SS VE")

// createCustomer makes tenant and relationship; the password is in this answer and in no other.
func createCustomer(s *Server, r *http.Request) (int, any) {
	var sent customerRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	if status, body := s.checkNewCustomer(r, &sent); status != 0 {
		return status, body
	}
	b, a := sent.BillingProfile, sent.BillingProfile.DefaultAddress
	c := &Customer{
		ID: s.newID(), Name: b.CompanyName, Domain: sent.CompanyProfile.Domain, Country: strings.ToUpper(a.Country), State: a.State, City: a.City,
		Street: a.AddressLine1, PostalCode: a.PostalCode, FirstName: cmp.Or(b.FirstName, a.FirstName), LastName: cmp.Or(b.LastName, a.LastName),
		Email: b.Email, Phone: a.PhoneNumber, Culture: b.Culture, Language: b.Language, RegistrationNumber: sent.CompanyProfile.OrganizationRegistrationNumber,
	}
	complete(c, len(s.tenant.Customers), s.now())
	c.Created, c.Agreements = s.now(), nil
	if sent.AssociatedPartnerID != "" {
		c.Resellers = []string{sent.AssociatedPartnerID}
	}
	s.tenant.Customers = append(s.tenant.Customers, c)
	s.audit(c, r, auditEntry{resource: "customer", operation: "add_customer", data: []string{"PrimaryDomainName", c.Domain, "Relationship", "Reseller"}})
	made := renderCustomer(c)
	made["userCredentials"] = object{"userName": "admin", "password": s.newCode(12)}
	made["relationshipToPartner"] = "none" // the relationship shows with the first read
	return http.StatusCreated, made
}

func (s *Server) checkNewCustomer(r *http.Request, sent *customerRequest) (status int, body any) {
	b, a, domain := sent.BillingProfile, sent.BillingProfile.DefaultAddress, sent.CompanyProfile.Domain
	refuse := func(code int, text string) (int, any) { return http.StatusBadRequest, fault(code, "%s", text) }
	numbers := slices.Contains(countriesWithNumbers, strings.ToUpper(a.Country))
	taken := slices.ContainsFunc(s.tenant.Customers, func(c *Customer) bool { return strings.EqualFold(c.Domain, domain) })
	known := slices.ContainsFunc(s.tenant.Resellers, func(p Reseller) bool { return p.Related && p.TenantID == sent.AssociatedPartnerID })
	switch {
	case !strings.HasSuffix(domain, ".onmicrosoft.com"):
		return refuse(3000, "The property companyProfile.domain is invalid.")
	case taken:
		return http.StatusConflict, fault(3000, "The domain %s is in use.", domain)
	case b.Email == "" || b.Culture == "" || b.Language == "" || b.CompanyName == "":
		return refuse(3000, "The property billingProfile is invalid: email, culture, language and companyName are required.")
	case len(a.Country) != 2 || a.AddressLine1 == "" || a.City == "" || a.PostalCode == "":
		return refuse(2007, "The address does not validate.")
	case numbers && sent.CompanyProfile.OrganizationRegistrationNumber == "":
		return refuse(600049, "The organization registration number is missing.")
	case numbers && a.PhoneNumber == "":
		return refuse(600051, "The phone number is missing.")
	case sent.AssociatedPartnerID != "" && s.caller(r).AppOnly:
		return http.StatusForbidden, fault(900329, "Application-only authentication is not supported for a reseller's customer.")
	case sent.AssociatedPartnerID != "" && !known:
		return refuse(3000, "The property associatedPartnerId is invalid: there is no such indirect reseller.")
	case s.behaviour.Sandbox && len(s.tenant.Customers) >= sandboxCustomers:
		return refuse(800018, "The sandbox limit of 75 customers is reached.")
	}
	return 0, nil
}
