// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// countriesWithNumbers demand a registration number and a phone number.
var countriesWithNumbers = strings.Fields("AM AZ BY HU KZ KG MD RU TJ UZ UA IN BR ZA PL AE SA TR TH VN MM IQ SS VE")

// NewCustomer is a customer as a caller creates it (reference/customers-and-billing.md#create-a-customer).
type NewCustomer struct {
	Domain, RegistrationNumber string
	ResellerID                 string // tenant of the indirect reseller that it belongs to
	Profile                    BillingProfile
}

// CreateCustomer makes tenant and relationship.
func (w *World) CreateCustomer(sent NewCustomer, who Caller) (*Customer, *Refusal) {
	if refusal := w.checkNewCustomer(sent, who); refusal != nil {
		return nil, refusal
	}
	p := sent.Profile
	c := &Customer{
		ID: w.NewID(), Name: p.CompanyName, Domain: sent.Domain, Country: strings.ToUpper(p.Country), State: p.State, City: p.City,
		Street: p.Street, PostalCode: p.PostalCode, FirstName: p.FirstName, LastName: p.LastName,
		Email: p.Email, Phone: p.Phone, Culture: p.Culture, Language: p.Language, RegistrationNumber: sent.RegistrationNumber,
	}
	c.Register(len(w.Tenant.Customers), w.Now())
	if sent.ResellerID != "" {
		c.Resellers = []string{sent.ResellerID}
	}
	w.Tenant.Customers = append(w.Tenant.Customers, c)
	w.audit(c, who, auditEntry{resource: "customer", operation: "add_customer", data: []string{"PrimaryDomainName", c.Domain, "Relationship", "Reseller"}})
	return c, nil
}

// Register fills in what Partner Center knows about the nth customer besides what was told.
func (c *Customer) Register(n int, created time.Time) {
	c.CommerceID, c.ProfileID = "c0"+c.ID[2:], "b1"+c.ID[2:]
	c.ProfileVersion = 4711081519991231000 + int64(n)
	c.Created = created
	c.Relationship, c.Validation = cmp.Or(c.Relationship, "reseller"), cmp.Or(c.Validation, "Allowed")
}

func (w *World) checkNewCustomer(sent NewCustomer, who Caller) *Refusal {
	p := sent.Profile
	numbers := slices.Contains(countriesWithNumbers, strings.ToUpper(p.Country))
	switch {
	case !strings.HasSuffix(sent.Domain, ".onmicrosoft.com"):
		return refuse(badRequest, 3000, "The property companyProfile.domain is invalid.")
	case w.DomainTaken(sent.Domain):
		return refuse(conflict, 3000, "The domain %s is in use.", sent.Domain)
	case p.Email == "" || p.Culture == "" || p.Language == "" || p.CompanyName == "":
		return refuse(badRequest, 3000, "The property billingProfile is invalid: email, culture, language and companyName are required.")
	case len(p.Country) != 2 || p.Street == "" || p.City == "" || p.PostalCode == "":
		return refuse(badRequest, 2007, "The address does not validate.")
	case numbers && sent.RegistrationNumber == "":
		return refuse(badRequest, 600049, "The organization registration number is missing.")
	case numbers && p.Phone == "":
		return refuse(badRequest, 600051, "The phone number is missing.")
	case sent.ResellerID != "" && who.AppOnly:
		return refuse(forbidden, 900329, "Application-only authentication is not supported for a reseller's customer.")
	case sent.ResellerID != "" && !w.isReseller(sent.ResellerID):
		return refuse(badRequest, 3000, "The property associatedPartnerId is invalid: there is no such indirect reseller.")
	case w.Rules.Sandbox && len(w.Tenant.Customers) >= sandboxCustomers:
		return refuse(badRequest, 800018, "The sandbox limit of 75 customers is reached.")
	}
	return nil
}

func (w *World) isReseller(tenantID string) bool {
	return slices.ContainsFunc(w.Tenant.Resellers, func(p Reseller) bool { return p.Related && p.TenantID == tenantID })
}
