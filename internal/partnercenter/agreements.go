// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
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
