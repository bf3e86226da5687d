// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestValidateResellers(t *testing.T) {
	body := `{"validationResults": [{"partnerId": "7700123", "isValidPartnerIdOnRecord": true},
		{"partnerId": "7700124", "isValidPartnerIdOnRecord": false, "errorCode": 900400, "errorDescription": "No active tenant."}]}`
	got, err := answering(t, 200, body, "POST /v1/partners/validateresellers").ValidateResellers(t.Context(), []string{"7700123", "7700124"})
	if err != nil || len(got) != 2 || !got[0].IsValid || got[1].IsValid || got[1].ErrorCode != "900400" || !strings.Contains(got[1].Remedy(), "partner_id") {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Questions at the same time go in one call, each ID once, and an ID is asked about once in a run.
func TestSharedResellerValidation(t *testing.T) {
	var mu sync.Mutex
	var asked [][]string
	c, _ := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		var sent struct {
			PartnerIDs []string `json:"partnerIds"`
		}
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			t.Error(err)
		}
		mu.Lock()
		asked = append(asked, sent.PartnerIDs)
		mu.Unlock()
		_, _ = io.WriteString(w, `{"validationResults": [{"partnerId": "1", "isValidPartnerIdOnRecord": true}, {"partnerId": "2", "errorCode": "900123"}]}`)
	})
	var together sync.WaitGroup
	for _, id := range []string{"1", "2", "3", "1", "2"} {
		together.Go(func() {
			got, err := c.SharedResellerValidation(t.Context(), id)
			if err != nil || (got == nil) != (id == "3") || got != nil && got.IsValid != (id == "1") {
				t.Errorf("%s: got %+v, %v", id, got, err)
			}
		})
	}
	together.Wait()
	if _, err := c.SharedResellerValidation(t.Context(), "2"); err != nil {
		t.Error(err)
	}
	if len(asked) != 1 || strings.Join(asked[0], " ") != "1 2 3" {
		t.Errorf("asked %q, want all in one call", asked)
	}
}

// The ID of an attestation is found under whatever name, and an answer without one is not taken for success.
func TestRequestCustomerAgreement(t *testing.T) {
	const id = "6a1e2b9c-3d4f-4a5b-8c7d-9e0f1a2b3c4d"
	for body, want := range map[string]string{
		`{"attestationId": "` + id + `", "id": "x"}`: id, `{"AttestationID": "a-1"}`: "a-1", `{"id": "a-2"}`: "a-2", `"` + id + `"`: id,
		`{"enhanced": "` + id + `", "state": "pending"}`: id, `{"state": "pending"}`: "",
	} {
		c := answering(t, 201, body, "POST /v1/attestations/enhanced")
		got, err := c.RequestCustomerAgreement(t.Context(), "c", AttestationRequest{Country: "DE", More: map[string]string{"email": "k@x.example"}})
		if want == "" {
			if err == nil || !OutcomeUnknown(err) {
				t.Errorf("%s: got %+v, %v", body, got, err)
			}
			continue
		}
		if err != nil || got.ID != want || got.Link != "https://cdn.partner.microsoft.com/mca/?attestationid="+want {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}
