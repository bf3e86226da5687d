// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"strings"
	"time"
)

// Agreement is a confirmed acceptance (customers reference, "Customer agreement").
type Agreement struct {
	FirstName, LastName, Email, Phone, TemplateID, Type string
	Agreed                                              time.Time
}

// AgreementTemplateID is the template of the Microsoft Customer Agreement in the sample tenant.
const AgreementTemplateID = "8c5e0f1d-6a97-4b3e-9d42-1f7ab05c6e28"

const (
	customerAgreement = "MicrosoftCustomerAgreement"
	cloudAgreement    = "MicrosoftCloudAgreement" // the old one, and still the default of every query
	cloudTemplateID   = "998b88de-aa99-4388-a42c-1b3517d49490"
)

func listAgreementTemplates(_ *Server, r *http.Request) (int, any) {
	kind := cmp.Or(query(r, "agreementType"), cloudAgreement)
	var found []object
	for _, t := range []struct{ kind, id string }{{cloudAgreement, cloudTemplateID}, {customerAgreement, AgreementTemplateID}} {
		if kind == "*" || strings.EqualFold(kind, t.kind) {
			found = append(found, object{"templateId": t.id, "agreementType": t.kind, "agreementLink": "https://agreements.example/" + t.id, "versionRank": 1})
		}
	}
	if found == nil {
		return http.StatusBadRequest, fault(900126, "The value %q of agreementType could not be parsed.", kind)
	}
	return http.StatusOK, collection(r, found)
}

// listAgreements answers with totalCount and items only, as the sample does.
func listAgreements(_ *Server, c *Customer, r *http.Request) (int, any) {
	kind := cmp.Or(query(r, "agreementType"), cloudAgreement)
	items := []object{}
	for _, a := range c.Agreements {
		if kind == "*" || strings.EqualFold(kind, a.Type) {
			one := a.render()
			one["agreementLink"] = "https://agreements.example/" + a.TemplateID
			items = append(items, one)
		}
	}
	return http.StatusOK, object{"totalCount": len(items), "items": items}
}

func (a Agreement) render() object {
	contact := object{"firstName": a.FirstName, "lastName": a.LastName, "email": a.Email}
	optional(contact, "phoneNumber", a.Phone)
	return object{"primaryContact": contact, "templateId": a.TemplateID, "dateAgreed": stamp(a.Agreed), "type": a.Type}
}

type agreementRequest struct {
	PrimaryContact                           struct{ FirstName, MiddleName, LastName, Email, PhoneNumber string }
	TemplateID, DateAgreed, Type             string
	UserID, AgreementLink, Links, Attributes any
}

func confirmAgreement(s *Server, c *Customer, r *http.Request) (int, any) {
	var sent agreementRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	agreed, ok := parseStamp(sent.DateAgreed)
	contact := sent.PrimaryContact
	switch {
	case contact.FirstName == "" || contact.LastName == "" || contact.Email == "":
		return http.StatusBadRequest, fault(3000, "The property primaryContact is invalid: first name, last name and email are required.")
	case !ok || agreed.IsZero() || agreed.After(s.now()):
		return http.StatusBadRequest, fault(3000, "The property dateAgreed is invalid: it is no date, or lies in the future.")
	case !strings.EqualFold(sent.Type, customerAgreement) || !strings.EqualFold(sent.TemplateID, AgreementTemplateID):
		return http.StatusBadRequest, fault(3000, "The property templateId or type is invalid.")
	}
	made := Agreement{contact.FirstName, contact.LastName, contact.Email, contact.PhoneNumber, AgreementTemplateID, customerAgreement, agreed}
	for _, known := range c.Agreements {
		known.Agreed = agreed
		if known == made {
			return s.behaviour.DuplicateAgreementStatus, faultB(600061, "PartnerConfirmedAgreementAlreadyExists", "The agreement was already confirmed with this contact.")
		}
	}
	c.Agreements = append(c.Agreements, made)
	s.audit(c, r, auditEntry{resource: "agreement", operation: "create_agreement"})
	answer := made.render()
	answer["userId"] = s.actor(r)
	return http.StatusCreated, answer
}

func getDirectSigned(_ *Server, c *Customer, _ *http.Request) (int, any) {
	return http.StatusOK, object{"isSigned": c.DirectSigned}
}
