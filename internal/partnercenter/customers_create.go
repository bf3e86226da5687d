// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// NewCustomer is a customer to be created.
type NewCustomer struct {
	Domain              string // <prefix>.onmicrosoft.com
	RegistrationNumber  string // in countries that ask for one
	AssociatedPartnerID string // tenant ID of the indirect reseller; needs a signed-in user
	EnableGDAPByDefault *bool  // nil is the service's default
	BillingProfile      CustomerBillingProfile
}

// CreatedCustomer is a new customer with its administrator's password, which no other answer has.
type CreatedCustomer struct {
	Customer

	UserCredentials struct {
		UserName string      `json:"userName"`
		Password wire.Secret `json:"password" text:"exact"`
	} `json:"userCredentials"`
}

// CreateCustomer makes a tenant, an account and the reseller relationship. Where the outcome is unknown, CustomerByDomain finds it.
// See https://learn.microsoft.com/partner-center/developer/create-a-customer.
func (c *Client) CreateCustomer(ctx context.Context, n NewCustomer) (*CreatedCustomer, error) {
	company := map[string]any{"domain": n.Domain}
	setText(company, "organizationRegistrationNumber", n.RegistrationNumber)
	profile := map[string]any{}
	n.BillingProfile.overlay(profile)
	body := map[string]any{"companyProfile": company, "billingProfile": profile}
	setText(body, "associatedPartnerId", n.AssociatedPartnerID)
	if n.EnableGDAPByDefault != nil {
		body["enableGDAPByDefault"] = *n.EnableGDAPByDefault
	}
	made, err := one[CreatedCustomer](ctx, c, call{
		operation: "create customer", method: http.MethodPost, path: route("customers"), body: body, userOnly: n.AssociatedPartnerID != "",
	})
	if err != nil {
		return nil, err
	}
	wire.Hide(made.UserCredentials.Password.Reveal())
	return made, nil
}

// setText sets a member unless it is empty.
func setText(members map[string]any, name, value string) {
	if value != "" {
		members[name] = value
	}
}

// overlay puts a profile over what the service has; what is empty is taken away.
func (p *CustomerBillingProfile) overlay(members map[string]any) {
	a := p.DefaultAddress
	address, _ := members["defaultAddress"].(map[string]any)
	if address == nil {
		address = map[string]any{}
	}
	put := func(into map[string]any, name, value string) {
		delete(into, name)
		setText(into, name, value)
	}
	for name, value := range map[string]string{
		"firstName": p.FirstName, "lastName": p.LastName, "email": p.Email, "culture": p.Culture, "language": p.Language, "companyName": p.CompanyName,
	} {
		put(members, name, value)
	}
	for name, value := range map[string]string{
		"country": a.Country, "region": a.Region, "city": a.City, "state": a.State, "addressLine1": a.AddressLine1, "addressLine2": a.AddressLine2,
		"postalCode": a.PostalCode, "firstName": a.FirstName, "lastName": a.LastName, "phoneNumber": a.PhoneNumber,
	} {
		put(address, name, value)
	}
	members["defaultAddress"] = address
}

// CustomerByDomain finds a customer of the partner by its exact domain, which no two customers share; nil where there is none.
func (c *Client) CustomerByDomain(ctx context.Context, domain string) (*Customer, error) {
	found, err := c.Customers(ctx, CustomersQuery{DomainPrefix: domain})
	if err != nil {
		return nil, err
	}
	for i := range found {
		if strings.EqualFold(found[i].CompanyProfile.Domain, domain) {
			return &found[i], nil
		}
	}
	return nil, nil //nolint:nilnil // none is an answer, and not an error
}

// DomainTaken tells whether a domain is in use, by whomever.
// See https://learn.microsoft.com/partner-center/developer/verify-domain-availability.
func (c *Client) DomainTaken(ctx context.Context, domain string) (bool, error) {
	_, err := c.send(ctx, call{operation: "check domain", method: http.MethodHead, path: route("domains", domain), mayBeEmpty: true})
	if IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// AddressValidation is what the service says of an address.
// See reference/customers-and-billing.md#address-validation.
type AddressValidation struct {
	Status            string    `json:"status"` // empty in an older answer, for a valid address
	Suggested         []Address `json:"suggestedAddresses"`
	ValidationMessage string    `json:"validationMessage"`
}

// ValidateAddress asks whether an address exists. See https://learn.microsoft.com/partner-center/developer/validate-an-address.
func (c *Client) ValidateAddress(ctx context.Context, a Address) (AddressValidation, error) {
	body := map[string]any{"addressLine1": a.AddressLine1, "city": a.City, "state": a.State, "postalCode": a.PostalCode, "country": a.Country}
	setText(body, "addressLine2", a.AddressLine2)
	got, err := do[AddressValidation](ctx, c, call{
		operation: "validate address", method: http.MethodPost, path: route("validations", "address"), body: body, asks: true, mayBeEmpty: true,
	})
	if HasCode(err, "2007") {
		return AddressValidation{Status: "None"}, nil
	}
	return got, err
}

// UpdateBillingProfile lays a profile over the one that the service has, so that what this client does not know stays.
// See https://learn.microsoft.com/partner-center/developer/update-a-customer-s-billing-profile.
func (c *Client) UpdateBillingProfile(ctx context.Context, customerID string, profile CustomerBillingProfile) (*CustomerBillingProfile, error) {
	path := route("customers", customerID, "profiles", "billing")
	read, err := one[json.RawMessage](ctx, c, call{operation: "read billing profile", method: http.MethodGet, path: path})
	if err != nil {
		return nil, err
	}
	var members map[string]any
	if err := json.Unmarshal(*read, &members); err != nil {
		return nil, &Error{Operation: "read billing profile", Err: errNotExpected}
	}
	header := http.Header{}
	if attributes, _ := members["attributes"].(map[string]any); attributes != nil {
		if etag, _ := attributes["etag"].(string); etag != "" {
			header.Set("If-Match", `"`+strings.Trim(etag, `"`)+`"`)
		}
	}
	profile.overlay(members)
	return one[CustomerBillingProfile](ctx, c, call{operation: "update billing profile", method: http.MethodPut, path: path, body: members, header: header})
}

var errNoLink = errors.New("the service answered without a link")

// RelationshipRequest is the link by which an administrator of an existing tenant accepts the partner as its reseller; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/request-reseller-relationship.
func (c *Client) RelationshipRequest(ctx context.Context) (string, error) {
	got, err := one[struct {
		URL string `json:"url" text:"address"`
	}](ctx, c, call{operation: "read relationship request", method: http.MethodGet, path: "/v1/customers/relationshiprequests", userOnly: true})
	if err != nil {
		return "", err
	}
	if got.URL == "" {
		return "", &Error{Operation: "read relationship request", Err: errNoLink}
	}
	return got.URL, nil
}
