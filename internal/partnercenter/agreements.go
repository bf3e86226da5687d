// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// MicrosoftCustomerAgreement is the type of the agreement that a customer must have accepted before its first purchase.
const MicrosoftCustomerAgreement = "MicrosoftCustomerAgreement"

// CustomerAgreement is a confirmation by the partner that the customer has accepted an agreement.
// See https://learn.microsoft.com/partner-center/developer/agreement-resources.
type CustomerAgreement struct {
	PrimaryContact Contact `json:"primaryContact"`
	TemplateID     string  `json:"templateId"`
	DateAgreed     Time    `json:"dateAgreed"`
	Type           string  `json:"type"`
	AgreementLink  string  `json:"agreementLink"`
	UserID         string  `json:"userId"`
}

// agreementsSince is the day from which an acceptance counts. See reference/customers-and-billing.md#dates-of-the-customer-agreement.
var agreementsSince = time.Date(2023, time.April, 1, 0, 0, 0, 0, time.UTC)

// Counts tells whether the acceptance is recent enough to buy and change anything with.
func (a *CustomerAgreement) Counts() bool { return !a.DateAgreed.Before(agreementsSince) }

// Contact is who accepted an agreement.
type Contact struct {
	FirstName   string `json:"firstName"`
	MiddleName  string `json:"middleName"`
	LastName    string `json:"lastName"`
	Email       string `json:"email"`
	PhoneNumber string `json:"phoneNumber"`
}

// CustomerAgreements lists the confirmed agreements of one type, MicrosoftCustomerAgreement if it is empty; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/get-confirmation-of-customer-agreement.
func (c *Client) CustomerAgreements(ctx context.Context, customerID, agreementType string) ([]CustomerAgreement, error) {
	return list[CustomerAgreement](ctx, c, call{
		operation: "list customer agreements", method: http.MethodGet, path: route("customers", customerID, "agreements"),
		query:    url.Values{"agreementType": {cmp.Or(agreementType, MicrosoftCustomerAgreement)}}, // the service's own default is an older agreement
		customer: customerID, userOnly: true,
	})
}

// DirectSignedAgreementStatus says whether the customer itself has signed the Microsoft Customer Agreement; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/get-direct-sign-status-of-customer-agreement.
func (c *Client) DirectSignedAgreementStatus(ctx context.Context, customerID string) (bool, error) {
	got, err := one[struct {
		IsSigned bool `json:"isSigned"`
	}](ctx, c, call{
		operation: "read agreement signature", method: http.MethodGet,
		path: route("customers", customerID, "directSignedMicrosoftCustomerAgreementStatus"), customer: customerID, userOnly: true,
	})
	if err != nil {
		return false, err
	}
	return got.IsSigned, nil
}

// AttestationRequest names the person at a customer who is to accept the Microsoft Customer Agreement.
type AttestationRequest struct {
	Country, Language, CompanyName, FirstName, LastName string
	// More are members by their name at the service, for those whose name is not documented.
	More map[string]string
}

// Attestation is a page at Microsoft on which one person can accept the agreement.
type Attestation struct{ ID, Link string }

const attestationPage = "https://cdn.partner.microsoft.com/mca/?attestationid="

// RequestCustomerAgreement makes such a page; for applications only. That the person has accepted shows in CustomerAgreements.
// See reference/customers-and-billing.md#enhanced-attestation.
func (c *Client) RequestCustomerAgreement(ctx context.Context, customerID string, request AttestationRequest) (*Attestation, error) {
	body := map[string]string{
		"country": request.Country, "language": request.Language, "companyName": request.CompanyName,
		"signatoryFirstName": request.FirstName, "signatoryLastName": request.LastName,
	}
	maps.Copy(body, request.More)
	what := call{operation: "request customer agreement", method: http.MethodPost, path: route("attestations", "enhanced"), customer: customerID, body: body}
	got, err := one[json.RawMessage](ctx, c, what)
	if err != nil {
		return nil, err
	}
	id := attestationID(*got)
	if id == "" {
		return nil, &Error{Operation: what.operation, Err: errNotExpected, Unclear: true}
	}
	return &Attestation{ID: id, Link: attestationPage + url.QueryEscape(id)}, nil
}

var guidInside = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// attestationID finds the ID in an answer whose members are not documented: a text, the member that speaks of it, or the only GUID.
func attestationID(received json.RawMessage) string {
	var text string
	if json.Unmarshal(received, &text) == nil {
		return text
	}
	var members map[string]any
	if json.Unmarshal(received, &members) != nil {
		return ""
	}
	var guids []string
	for name, value := range members {
		id, _ := value.(string)
		if id != "" && strings.EqualFold(name, "attestationId") {
			return id
		}
		if guidInside.MatchString(id) {
			guids = append(guids, id)
		}
		if id != "" && strings.EqualFold(name, "id") {
			text = id
		}
	}
	if text == "" && len(guids) == 1 {
		return guids[0]
	}
	return text
}
