// SPDX-License-Identifier: MPL-2.0

package world

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// AgreementTemplateID is the template of the Microsoft Customer Agreement.
const AgreementTemplateID = "8c5e0f1d-6a97-4b3e-9d42-1f7ab05c6e28"

// The types of agreements.
const (
	CustomerAgreement = "MicrosoftCustomerAgreement"
	CloudAgreement    = "MicrosoftCloudAgreement" // the old one, and still the default of every query
)

// Attest makes an attestation for somebody to accept.
func (w *World) Attest(sent Attestation) *Attestation {
	sent.ID = w.NewID()
	w.Tenant.Attestations = append(w.Tenant.Attestations, sent)
	return &sent
}

// AcceptAttestation is the person at the customer, who accepts what Microsoft's page shows.
func (w *World) AcceptAttestation(id string) error {
	for i := range w.Tenant.Attestations {
		if strings.EqualFold(w.Tenant.Attestations[i].ID, id) {
			w.Tenant.Attestations[i].Accepted = w.Now()
			return nil
		}
	}
	return fmt.Errorf("there is no attestation %s", id)
}

// attested reports whether the attestation with the ID is accepted.
func (w *World) attested(id string) bool {
	return slices.ContainsFunc(w.Tenant.Attestations, func(a Attestation) bool { return strings.EqualFold(a.ID, id) && !a.Accepted.IsZero() })
}

// Accepts is the customer, who accepts the agreement in the admin center now, or did so through the partner on a day in the past.
func (w *World) Accepts(customerID string, on time.Time) error {
	c := w.Tenant.Customer(customerID)
	if c == nil {
		return fmt.Errorf("there is no customer %s", customerID)
	}
	c.DirectSigned, c.Agreements = on.IsZero(), nil
	if !on.IsZero() {
		c.Agreements = []Agreement{{FirstName: c.FirstName, LastName: c.LastName, Email: c.Email, TemplateID: AgreementTemplateID, Type: CustomerAgreement, Agreed: on}}
	}
	return nil
}

// ConfirmAgreement notes that a customer has accepted the Microsoft Customer Agreement.
func (w *World) ConfirmAgreement(c *Customer, sent Agreement, attestationID string, who Caller) (*Agreement, *Refusal) {
	switch {
	case !w.Rules.PlainAgreements && !w.attested(attestationID):
		return nil, refuse(badRequest, 900141, "The partner cannot attest the acceptance without an attestation that the customer has accepted.")
	case sent.FirstName == "" || sent.LastName == "" || sent.Email == "":
		return nil, refuse(badRequest, 3000, "The property primaryContact is invalid: first name, last name and email are required.")
	case sent.Agreed.IsZero() || sent.Agreed.After(w.Now()):
		return nil, refuse(badRequest, 3000, "The property dateAgreed is invalid: it is no date, or lies in the future.")
	case !strings.EqualFold(sent.Type, CustomerAgreement) || !strings.EqualFold(sent.TemplateID, AgreementTemplateID):
		return nil, refuse(badRequest, 3000, "The property templateId or type is invalid.")
	}
	sent.Type, sent.TemplateID = CustomerAgreement, AgreementTemplateID
	for _, known := range c.Agreements {
		known.Agreed = sent.Agreed
		if known == sent {
			return nil, &Refusal{Status: w.Rules.DuplicateAgreementStatus, Code: 600061, Name: "PartnerConfirmedAgreementAlreadyExists",
				Description: "The agreement was already confirmed with this contact."}
		}
	}
	c.Agreements = append(c.Agreements, sent)
	w.audit(c, who, auditEntry{resource: "agreement", operation: "create_agreement"})
	return &sent, nil
}

// CheckPartnerAgreement refuses partners that are no indirect reseller, or have not signed the partner agreement. One of
// the IDs is given.
func (w *World) CheckPartnerAgreement(mpnID, tenantID string) *Refusal {
	digits := strings.Trim(mpnID, "0123456789") == ""
	switch {
	case mpnID == "" && tenantID == "":
		return refuse(badRequest, 2001, "Neither mpnId nor tenantId is given.")
	case mpnID != "" && tenantID != "", !digits, tenantID != "" && !IsGUID(tenantID):
		return refuse(badRequest, 2000, "mpnId or tenantId is invalid.")
	}
	for _, reseller := range w.Tenant.Resellers {
		if reseller.MPNID != mpnID && !strings.EqualFold(reseller.TenantID, tenantID) {
			continue
		}
		switch {
		case !reseller.Related:
			return refuse(badRequest, 2204, "The MPN ID belongs to no indirect reseller.")
		case !reseller.AgreementSigned && mpnID != "":
			return refuse(badRequest, 2203, "The agreement is not signed for the region.")
		case !reseller.AgreementSigned:
			return refuse(badRequest, 2206, "The agreement is not signed.")
		}
		return nil
	}
	if mpnID != "" {
		return refuse(badRequest, 2200, "The MPN ID is invalid or unknown.")
	}
	return refuse(badRequest, 2205, "The tenant was not found.")
}

// agreementsSince is the day from which an acceptance counts; with older ones a customer neither buys nor changes anything
// (reference/customers-and-billing.md#dates-of-the-customer-agreement).
var agreementsSince = time.Date(2023, time.April, 1, 0, 0, 0, 0, time.UTC)

// hasAgreed reports whether the customer has accepted the agreement so that it counts.
func (w *World) hasAgreed(c *Customer) bool {
	return c.DirectSigned || slices.ContainsFunc(c.Agreements, func(a Agreement) bool {
		return w.Rules.OldAgreementsCount || !a.Agreed.Before(agreementsSince)
	})
}
