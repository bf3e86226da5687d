// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/json"
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
	AttestationID                            string // its name is not documented
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
		Phone: contact.PhoneNumber, TemplateID: sent.TemplateID, Type: sent.Type, Agreed: agreed}, sent.AttestationID, r.caller)
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

// attest makes an attestation: for applications only, with the members that are documented and an e-mail under a name that is not.
func attest(r *call) (int, any) {
	if !r.caller.AppOnly {
		return http.StatusForbidden, fault(900141, "Attestations are made by an application alone.")
	}
	var sent map[string]any
	if err := json.Unmarshal(trimMark(r.body), &sent); err != nil {
		return http.StatusBadRequest, fault(3000, "The body is no object.")
	}
	member := func(is func(name string) bool) string {
		for name, value := range sent {
			if text, isText := value.(string); isText && is(strings.ToLower(name)) {
				return text
			}
		}
		return ""
	}
	named := func(name string) string {
		return member(func(sent string) bool { return sent == strings.ToLower(name) })
	}
	email := member(func(name string) bool { return strings.Contains(name, "mail") })
	if wanted := r.world.Rules.AttestationEmail; wanted != "" {
		email = named(wanted)
	}
	asked := world.Attestation{FirstName: named("signatoryFirstName"), LastName: named("signatoryLastName"), Email: email}
	if len(named("country")) != 2 || asked.FirstName == "" || asked.LastName == "" || asked.Email == "" {
		return http.StatusBadRequest, fault(3000, "The property country, signatoryFirstName, signatoryLastName or the e-mail is invalid: it is required.")
	}
	return http.StatusCreated, object{r.world.Rules.AttestationID: r.world.Attest(asked).ID}
}
