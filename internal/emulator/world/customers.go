// SPDX-License-Identifier: MPL-2.0

package world

import (
	"slices"
	"strings"
)

// FindCustomers are the customers whose field starts with a value; "" is all of them.
func (w *World) FindCustomers(field, value string) []*Customer {
	value = strings.ToLower(value)
	var found []*Customer
	for _, c := range w.Tenant.Customers {
		matches := c.Relationship == "reseller"
		switch field {
		case "CompanyName":
			matches = matches && strings.HasPrefix(strings.ToLower(c.Name), value)
		case "Domain":
			matches = matches && strings.HasPrefix(strings.ToLower(c.Domain), value)
		case "IndirectReseller":
			matches = matches && slices.Contains(c.Resellers, value)
		case "IndirectCloudSolutionProvider":
			matches = matches && value == w.Tenant.Partner.TenantID
		}
		if matches {
			found = append(found, c)
		}
	}
	return found
}

// BillingProfile is whom and where the invoices of a customer go.
type BillingProfile struct {
	FirstName, LastName, Email, Culture, Language, CompanyName string
	Country, City, State, Street, PostalCode, Phone            string
}

// UpdateBillingProfile replaces the billing profile; version is that of the profile which the caller has read.
func (w *World) UpdateBillingProfile(c *Customer, profile BillingProfile, version int64, who Caller) *Refusal {
	if version != c.ProfileVersion {
		return refuse(w.Rules.StaleProfileStatus, 2055, "The ETag of the billing profile is no longer valid.")
	}
	if profile.Email == "" || profile.CompanyName == "" || profile.Country == "" {
		return refuse(badRequest, 3000, "The property email, companyName or defaultAddress.country is invalid: it is required.")
	}
	c.FirstName, c.LastName, c.Email, c.Culture, c.Language, c.Name = profile.FirstName, profile.LastName, profile.Email, profile.Culture, profile.Language, profile.CompanyName
	c.Country, c.City, c.State, c.Street, c.PostalCode, c.Phone = profile.Country, profile.City, profile.State, profile.Street, profile.PostalCode, profile.Phone
	c.ProfileVersion += 1_000_003
	w.audit(c, who, auditEntry{resource: "customer", operation: "update_customer_billing_profile"})
	return nil
}

// ValidationStatus is the status of the customer's account; some have none on record.
func (c *Customer) ValidationStatus() (string, *Refusal) {
	if c.Validation == "" {
		return "", &Refusal{Status: notFound, Code: 600074, Name: "AccountStatusNotFound", Description: "There is no account status for customer " + c.ID + "."}
	}
	return c.Validation, nil
}

// DeleteCustomer is possible in the sandbox only.
func (w *World) DeleteCustomer(c *Customer) *Refusal {
	if !w.Rules.Sandbox {
		return refuse(badRequest, 900127, "The operation is not supported in this environment.")
	}
	w.Tenant.Customers = slices.DeleteFunc(w.Tenant.Customers, func(other *Customer) bool { return other == c })
	return nil
}

// EndRelationship removes the reseller relationship once nothing is active any more.
func (w *World) EndRelationship(c *Customer, who Caller) *Refusal {
	for _, sub := range c.Subscriptions {
		if sub.Status == StatusActive {
			return refuse(badRequest, 900141, "The customer has active subscriptions.")
		}
	}
	c.Relationship = "none"
	w.audit(c, who, auditEntry{resource: "partner_customer_relationship", operation: "remove_partner_customer_relationship"})
	return nil
}

// foreignDomain is that of a tenant that is no customer of the partner.
const foreignDomain = "contoso.onmicrosoft.com"

// DomainTaken reports whether a customer has the domain.
func (w *World) DomainTaken(domain string) bool {
	return strings.EqualFold(domain, foreignDomain) || slices.ContainsFunc(w.Tenant.Customers, func(c *Customer) bool { return strings.EqualFold(c.Domain, domain) })
}
