// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
)

// AgreementTemplateID is the template of the Microsoft Customer Agreement.
const AgreementTemplateID = "8c5e0f1d-6a97-4b3e-9d42-1f7ab05c6e28"

// The types of agreements.
const (
	CustomerAgreement = "MicrosoftCustomerAgreement"
	CloudAgreement    = "MicrosoftCloudAgreement" // the old one, and still the default of every query
)

// ConfirmAgreement notes that a customer has accepted the Microsoft Customer Agreement.
func (w *World) ConfirmAgreement(c *Customer, sent Agreement, who Caller) (*Agreement, *Refusal) {
	switch {
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
