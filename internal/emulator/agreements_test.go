// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"testing"
	"time"
)

// An acceptance of before April 2023 keeps a customer from buying and from changing what moves money, and from nothing else.
func TestAgreements_tooOld(t *testing.T) {
	a := newAPI(t, nil)
	_, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 4, "P1Y", "monthly"))
	accept := func(on time.Time) {
		t.Helper()
		if err := a.s.Accept(CustomerKaffeehaus, on); err != nil {
			t.Fatal(err)
		}
	}
	accept(time.Date(2023, 3, 31, 23, 59, 0, 0, time.UTC))
	a.refused(a.patch(CustomerKaffeehaus, id, object{"quantity": 5}), 403, 13605)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"quantity": 3}), 403, 13605)
	a.patched(CustomerKaffeehaus, id, object{"friendlyName": "till"})
	a.patched(CustomerKaffeehaus, id, object{"autoRenewEnabled": false})
	a.s.Behave(func(b *Behaviour) { b.OldAgreementsCount = true })
	a.patched(CustomerKaffeehaus, id, object{"quantity": 5})
	a.s.Behave(func(b *Behaviour) { b.OldAgreementsCount = false })
	accept(time.Date(2023, 4, 1, 0, 0, 0, 0, time.UTC))
	a.patched(CustomerKaffeehaus, id, object{"quantity": 6})
	accept(time.Time{})
	a.patched(CustomerKaffeehaus, id, object{"quantity": 7})
	if a.s.Accept(CustomerUnknown, time.Time{}) == nil {
		t.Error("nobody has accepted")
	}
}

// The partner's confirmation counts only with an attestation that somebody at the customer has accepted.
func TestAttestations(t *testing.T) {
	a := newAPI(t, nil)
	asked := object{"country": "DE", "language": "de", "companyName": "Sonnenhof", "signatoryFirstName": "Karl", "signatoryLastName": "Ott", "contactMail": "karl@sonnenhof.example"}
	a.refused(a.user().call("POST", "attestations/enhanced", asked), 403, 900141)
	id := a.ok("POST", "attestations/enhanced", asked)["attestationId"].(string)
	body := object{"primaryContact": object{"firstName": "Karl", "lastName": "Ott", "email": "karl@sonnenhof.example"}, "attestationId": id,
		"templateId": AgreementTemplateID, "dateAgreed": "2026-09-01T00:00:00Z", "type": "MicrosoftCustomerAgreement"}
	path := "customers/" + CustomerSonnenhof + "/agreements"
	a.refused(a.user().call("POST", path, body), 400, 900141)
	if err := a.s.AcceptAttestation(id); err != nil {
		t.Fatal(err)
	}
	a.user().ok("POST", path, body)
	delete(asked, "contactMail")
	a.refused(a.call("POST", "attestations/enhanced", asked), 400, 3000)
	asked["contactMail"] = "karl@sonnenhof.example"
	a.s.Behave(func(b *Behaviour) { b.AttestationEmail, b.AttestationID = "emailAddress", "id" })
	a.refused(a.call("POST", "attestations/enhanced", asked), 400, 3000)
	asked["emailAddress"] = "karl@sonnenhof.example"
	if a.ok("POST", "attestations/enhanced", asked)["id"] == nil {
		t.Error("the id has another name")
	}
	if a.s.AcceptAttestation("none") == nil {
		t.Error("what does not exist was accepted")
	}
}

// A reseller that is suspended blocks purchases and changes, until another one is on record; renewals, names and cancellations go on.
func TestResellers_validation(t *testing.T) {
	a := newAPI(t, nil)
	line := a.line(CustomerNordwind, ProductOffice, "0001", 4, "P1Y", "monthly")
	line["participants"] = []object{{"key": "transaction_reseller", "value": ResellerRheinwerk}}
	results := a.ok("POST", "partners/validateresellers", object{"partnerIds": []string{ResellerRheinwerk, ResellerUnsigned, ResellerUnrelated, ResellerUnknown}})["validationResults"].([]any)
	for n, want := range []object{{"isValidPartnerIdOnRecord": true}, {"errorCode": 900123.0}, {"errorCode": 900400.0}, {"errorCode": 900400.0, "isValidPartnerIdOnRecord": false}} {
		wantMembers(t, results[n].(object), want)
	}
	a.refused(a.call("POST", "partners/validateresellers", object{}), 400, 3000)
	a.refused(a.as(TokenOptions{User: SalesUser}).call("POST", "partners/validateresellers", object{"partnerIds": []string{"1"}}), 403, 900150)

	_, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 4, "P1Y", "monthly"))
	a.patched(CustomerKaffeehaus, id, object{"partnerId": ResellerRheinwerk})
	if err := a.s.SuspendReseller(ResellerRheinwerk, true); err != nil {
		t.Fatal(err)
	}
	a.refused(a.call("POST", "customers/"+CustomerNordwind+"/carts", object{"lineItems": []object{line}, "partnerOnRecordAttestationAccepted": true}), 400, 900154)
	a.refused(a.patch(CustomerKaffeehaus, id, object{"quantity": 5}), 400, 900154)
	a.patched(CustomerKaffeehaus, id, object{"friendlyName": "till"})
	a.s.Behave(func(b *Behaviour) { b.ResellersOnlyAtPurchase = true })
	a.patched(CustomerKaffeehaus, id, object{"quantity": 6})
	a.s.Behave(func(b *Behaviour) { b.ResellersOnlyAtPurchase = false })
	a.patched(CustomerKaffeehaus, id, object{"partnerId": ResellerLoire})
	a.patched(CustomerKaffeehaus, id, object{"quantity": 5})
	a.refused(a.patch(CustomerKaffeehaus, id, object{"partnerId": ResellerRheinwerk}), 400, 900154)
	a.s.Behave(func(b *Behaviour) { b.NoResellerValidation = true })
	a.refused(a.call("POST", "partners/validateresellers", object{"partnerIds": []string{"1"}}), 501, 0)
}
