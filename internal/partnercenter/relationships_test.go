// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestIndirectResellers(t *testing.T) {
	body := `{"totalCount": 1, "items": [{"id": "a1f7c3d9-52be-4c80-9e64-08d3b7f2a5c1", "name": "Rheinwerk Systems",
		"relationshipType": "is_indirect_cloud_solution_provider_of", "state": "Active", "mpnId": "7700123", "location": "DE",
		"attributes": {"objectType": "PartnerRelationship"}}], "attributes": {"objectType": "Collection"}}`
	got, err := answering(t, 200, body, "GET /v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf").IndirectResellers(t.Context())
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
	got, err = answering(t, 200, body, "GET /v1/customers/c/relationships").CustomerResellers(t.Context(), "c")
	if err != nil || len(got) != 1 {
		t.Errorf("got %d, %v", len(got), err)
	}
}

func TestMPNProfile(t *testing.T) {
	body := `{"partnerName": "Rheinwerk Systems", "mpnId": "7700123", "profileType": "MpnProfile", "attributes": {"objectType": "MpnProfile"}}`
	got, err := answering(t, 200, body, "GET /v1/profiles/mpn?mpnId=7700123").MPNProfile(t.Context(), "7700123")
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, got)
	if _, err := answering(t, 200, body, "GET /v1/profiles/mpn").MPNProfile(t.Context(), ""); err != nil {
		t.Error(err)
	}
	_, err = answering(t, 404, `{"code": 3000, "description": "none", "data": [], "source": "PartnerFD"}`, "GET /v1/profiles/mpn?mpnId=9").MPNProfile(t.Context(), "9")
	check(t, "unknown", IsNotFound(err), true)
}

func TestResellerAgreementStatus(t *testing.T) {
	for id, want := range map[string]string{
		"7700123":                              "mpnId=7700123",
		"a2898e3a-06ca-454e-a0d0-c73b0ee36bba": "tenantId=a2898e3a-06ca-454e-a0d0-c73b0ee36bba",
	} {
		got, err := answering(t, 200, `{"isAgreementSigned": true}`, "GET /v1/compliance/csp/agreementstatus?"+want).ResellerAgreementStatus(t.Context(), id)
		if err != nil || !got {
			t.Errorf("%s: got %v, %v", id, got, err)
		}
	}
}
