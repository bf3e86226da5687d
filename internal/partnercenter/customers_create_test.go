// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

func TestCreateCustomer_keepsThePassword(t *testing.T) {
	body := `{"id":"0b9a7c1e-3d24-4c6b-8f0a-6d2e91f4a7c3","userCredentials":{"userName":"admin","password":"one-time-Secret#1"}}`
	c := answering(t, 201, body, "POST /v1/customers")
	made, err := c.CreateCustomer(t.Context(), NewCustomer{Domain: "fjordlabor.onmicrosoft.com"})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "password", made.UserCredentials.Password.Reveal(), "one-time-Secret#1")
	if shown := fmt.Sprintf("%v %+v %#v", *made, *made, *made) + wire.OneLine("it is one-time-Secret#1"); strings.Contains(shown, "Secret#1") {
		t.Errorf("the password is in %s", shown)
	}
}

// The whole profile is sent under the mark that it was read with, and what this client does not know stays.
func TestUpdateBillingProfile(t *testing.T) {
	c, s, _ := against(t, func(received) reply {
		return reply{status: 200, body: `{"id":"b-1","firstName":"Old","newMember":7,"defaultAddress":{"district":"X","addressLine2":"gone"},"attributes":{"etag":"42"}}`}
	})
	if _, err := c.UpdateBillingProfile(t.Context(), "c-1", CustomerBillingProfile{Email: "a@b.example", DefaultAddress: Address{City: "Kiel"}}); err != nil {
		t.Fatal(err)
	}
	sent := s.sent("PUT")
	if len(sent) != 1 {
		t.Fatalf("%d requests", len(sent))
	}
	check(t, "If-Match", sent[0].header.Get("If-Match"), `"42"`)
	check(t, "body", sent[0].body, `{"attributes":{"etag":"42"},"defaultAddress":{"city":"Kiel","district":"X"},"email":"a@b.example","id":"b-1","newMember":7}`)
}

func TestDomainTaken(t *testing.T) {
	for status, want := range map[int]bool{200: true, 404: false} {
		taken, err := answering(t, status, "", "HEAD /v1/domains/x.onmicrosoft.com").DomainTaken(t.Context(), "x.onmicrosoft.com")
		if err != nil || taken != want {
			t.Errorf("%d: %t, %v", status, taken, err)
		}
	}
}

func TestValidateAddress_olderAnswers(t *testing.T) {
	for body, tt := range map[string]struct {
		status int
		want   string
	}{"": {200, ""}, `{"code":2007,"description":"x"}`: {400, "None"}, `{"status":"Multiple"}`: {200, "Multiple"}} {
		got, err := answering(t, tt.status, body, "POST /v1/validations/address").ValidateAddress(t.Context(), Address{})
		if err != nil || got.Status != tt.want {
			t.Errorf("%q: %+v, %v", body, got, err)
		}
	}
}

func TestRelationshipRequest_withoutLink(t *testing.T) {
	_, err := answering(t, 200, `{"attributes":{}}`, "GET /v1/customers/relationshiprequests").RelationshipRequest(t.Context())
	if !errors.Is(err, errNoLink) {
		t.Errorf("got %v", err)
	}
}
