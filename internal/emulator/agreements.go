// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

const cloudTemplateID = "998b88de-aa99-4388-a42c-1b3517d49490"

func listAgreementTemplates(r *call) (int, any) {
	kind := cmp.Or(parameter(r, "agreementType"), world.CloudAgreement)
	var found []object
	for _, t := range []struct{ kind, id string }{{world.CloudAgreement, cloudTemplateID}, {world.CustomerAgreement, world.AgreementTemplateID}} {
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
func listAgreements(r *call, c *world.Customer) (int, any) {
	kind := cmp.Or(parameter(r, "agreementType"), world.CloudAgreement)
	items := []object{}
	for _, a := range c.Agreements {
		if kind == "*" || strings.EqualFold(kind, a.Type) {
			one := renderAgreement(a)
			one["agreementLink"] = "https://agreements.example/" + a.TemplateID
			items = append(items, one)
		}
	}
	return http.StatusOK, object{"totalCount": len(items), "items": items}
}

func renderAgreement(a world.Agreement) object {
	contact := object{"firstName": a.FirstName, "lastName": a.LastName, "email": a.Email}
	optional(contact, "phoneNumber", a.Phone)
	return object{"primaryContact": contact, "templateId": a.TemplateID, "dateAgreed": stamp(a.Agreed), "type": a.Type}
}

type agreementRequest struct {
	PrimaryContact                           struct{ FirstName, MiddleName, LastName, Email, PhoneNumber string }
	TemplateID, DateAgreed, Type             string
	UserID, AgreementLink, Links, Attributes any
}

func confirmAgreement(r *call, c *world.Customer) (int, any) {
	var sent agreementRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	agreed, _ := parseStamp(sent.DateAgreed) // the zero time, which nobody has agreed at, if it is no date
	contact := sent.PrimaryContact
	made, refusal := r.world.ConfirmAgreement(c, world.Agreement{FirstName: contact.FirstName, LastName: contact.LastName, Email: contact.Email,
		Phone: contact.PhoneNumber, TemplateID: sent.TemplateID, Type: sent.Type, Agreed: agreed}, r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	answer := renderAgreement(*made)
	answer["userId"] = r.caller.Actor()
	return http.StatusCreated, answer
}

func getDirectSigned(r *call, c *world.Customer) (int, any) {
	return http.StatusOK, object{"isSigned": c.DirectSigned}
}
