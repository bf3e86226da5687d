// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestCustomerAgreements(t *testing.T) {
	body := `{"totalCount": 1, "items": [{
		"primaryContact": {"firstName": "Mira", "middleName": "A.", "lastName": "Kolb", "email": "mira.kolb@fjordlabor.example", "phoneNumber": "4943100000"},
		"templateId": "8c5e0f1d-6a97-4b3e-9d42-1f7ab05c6e28", "dateAgreed": "2026-03-01T00:00:00", "type": "MicrosoftCustomerAgreement",
		"agreementLink": "https://agreement.example", "userId": "u"}]}`
	got, err := answering(t, 200, body, "GET /v1/customers/c/agreements?agreementType=MicrosoftCustomerAgreement").CustomerAgreements(t.Context(), "c", "")
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
}

func TestDirectSignedAgreementStatus(t *testing.T) {
	want := "GET /v1/customers/c/directSignedMicrosoftCustomerAgreementStatus"
	for body, accepted := range map[string]bool{`{"isSigned":true}`: true, `{"isSigned":false}`: false} {
		got, err := answering(t, 200, body, want).DirectSignedAgreementStatus(t.Context(), "c")
		if err != nil || got != accepted {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
	_, err := answering(t, 403, `{"code": 900329, "description": "app only"}`, want).DirectSignedAgreementStatus(t.Context(), "c")
	check(t, "code", Code(err), "900329")
}

func TestValidationStatus(t *testing.T) {
	body := `{"type": "account", "status": "UnderReview", "lastUpdateDateTime": "2026-02-03T10:00:00"}`
	got, err := answering(t, 200, body, "GET /v1/customers/c/validationStatus?type=account").ValidationStatus(t.Context(), "c")
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, got)
}
