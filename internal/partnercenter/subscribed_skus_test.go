// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestSubscribedSkus(t *testing.T) {
	body := `{"totalCount": 1, "items": [{"availableUnits": -3, "activeUnits": 40, "consumedUnits": 45, "suspendedUnits": 5, "totalUnits": 42, "warningUnits": 2,
		"productSku": {"id": "f8a1db68-be16-40ed-86d5-cb42ce701560", "name": "Workplace", "skuPartNumber": "WORKPLACE", "targetType": "User", "licenseGroupId": "group1"},
		"servicePlans": [{"displayName": "Mail", "serviceName": "MAIL", "id": "f57be7ad-0e35-4c2e-9d5f-6e3d6ad6bbf7", "capabilityStatus": "Enabled", "targetType": "User"}],
		"capabilityStatus": "Enabled", "attributes": {"objectType": "SubscribedSku"}}], "attributes": {"objectType": "Collection"}}`
	got, err := answering(t, 200, body, "GET /v1/customers/c/subscribedskus?licenseGroupIds=Group1&licenseGroupIds=Group2").SubscribedSkus(t.Context(), "c")
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
	check(t, "available", got[0].AvailableUnits, -3)
}
