// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// Customer is a customer of the partner; a list carries only ID, the names of CompanyProfile and RelationshipToPartner.
// See https://learn.microsoft.com/partner-center/developer/customer-resources.
type Customer struct {
	ID                    string                 `json:"id"` // tenant ID of the customer
	CommerceID            string                 `json:"commerceId"`
	CompanyProfile        CustomerCompanyProfile `json:"companyProfile"`
	BillingProfile        CustomerBillingProfile `json:"billingProfile"`
	RelationshipToPartner string                 `json:"relationshipToPartner"`
	AllowDelegatedAccess  *bool                  `json:"allowDelegatedAccess"`
	AssociatedPartnerID   string                 `json:"associatedPartnerId"` // tenant ID of the indirect reseller
	CustomDomains         []string               `json:"customDomains"`
}

func (c Customer) identity() string { return c.ID }

// CustomerCompanyProfile names a customer; Address and Email need delegated access.
type CustomerCompanyProfile struct {
	TenantID                       string  `json:"tenantId"`
	Domain                         string  `json:"domain"`
	CompanyName                    string  `json:"companyName"`
	OrganizationRegistrationNumber string  `json:"organizationRegistrationNumber"`
	Address                        Address `json:"address"`
	Email                          string  `json:"email"`
}

// CustomerBillingProfile is who and where a customer is for billing.
type CustomerBillingProfile struct {
	ID             string  `json:"id"`
	FirstName      string  `json:"firstName"`
	LastName       string  `json:"lastName"`
	Email          string  `json:"email"`
	Culture        string  `json:"culture"`
	Language       string  `json:"language"`
	CompanyName    string  `json:"companyName"`
	DefaultAddress Address `json:"defaultAddress"`
}

// Address is a postal address; Country is ISO 3166 alpha-2.
type Address struct {
	Country      string `json:"country"`
	Region       string `json:"region"`
	City         string `json:"city"`
	State        string `json:"state"`
	District     string `json:"district"`
	AddressLine1 string `json:"addressLine1"`
	AddressLine2 string `json:"addressLine2"`
	AddressLine3 string `json:"addressLine3"`
	PostalCode   string `json:"postalCode"`
	FirstName    string `json:"firstName"`
	LastName     string `json:"lastName"`
	MiddleName   string `json:"middleName"`
	PhoneNumber  string `json:"phoneNumber"`
}

// Country is the market the customer buys in, ISO 3166 alpha-2; empty on a customer that came from a list.
func (c *Customer) Country() string {
	return cmp.Or(c.BillingProfile.DefaultAddress.Country, c.CompanyProfile.Address.Country)
}

// CustomersQuery narrows a list of customers; the service filters by one field only, so at most one may be set.
type CustomersQuery struct {
	CompanyNamePrefix  string // beginning of the company name, any casing
	DomainPrefix       string // beginning of the domain, any casing
	IndirectResellerID string // tenant ID of an indirect reseller; needs a signed-in user
}

// Customers lists the customers of the partner.
// See https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers.
func (c *Client) Customers(ctx context.Context, query CustomersQuery) ([]Customer, error) {
	parameters, err := query.parameters()
	if err != nil {
		return nil, err
	}
	return list[Customer](ctx, c, call{
		operation: "list customers", method: http.MethodGet, path: route("customers"), query: parameters,
		userOnly: query.IndirectResellerID != "",
	})
}

// Customer reads one customer with its billing profile; fails with IsNotFound when there is none.
// See https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id.
func (c *Client) Customer(ctx context.Context, customerID string) (*Customer, error) {
	got, err := one[Customer](ctx, c, call{
		operation: "read customer", method: http.MethodGet, path: route("customers", customerID), customer: customerID,
	})
	return sameObject("read customer", customerID, got, err)
}

func (q CustomersQuery) parameters() (url.Values, error) {
	fields := []struct{ name, value string }{
		{"CompanyName", q.CompanyNamePrefix},
		{"Domain", q.DomainPrefix},
		{"IndirectReseller", q.IndirectResellerID},
	}
	parameters := url.Values{"size": {"0"}} // documented as required; 0 is the server's own page size, as Microsoft's SDK asks for it
	for _, field := range fields {
		switch {
		case field.value == "":
		case parameters.Has("filter"):
			return nil, errors.New("customers can be filtered by one field only")
		default:
			parameters.Set("filter", filter(field.name, field.value, "starts_with"))
		}
	}
	return parameters, nil
}

// filter is the JSON the service takes as a query parameter. See reference/commerce.md#filter-syntax.
func filter(field, value, operator string) string {
	encoded, _ := json.Marshal(struct{ Field, Value, Operator string }{field, value, operator}) // strings always encode
	return string(encoded)
}
