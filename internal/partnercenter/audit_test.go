// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"testing"
	"time"
)

func TestAuditRecords(t *testing.T) {
	body := `{"totalCount": 2, "items": [{
		"id": "b4e2f10a_5f0c1b52_updatesubscription_639090000000000000",
		"partnerId": "b4e2f10a-8c57-4d39-a1f6-95d03c7e6b28", "customerId": "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22", "customerName": "Nordwind Test GmbH",
		"userPrincipalName": "agent@partner.example", "applicationId": "3d9f6a20-7be4-4c15-8a0d-f2c5e1b79640",
		"resourceType": "subscription", "resourceOldValue": "{\"Quantity\":10}", "resourceNewValue": "{\"Quantity\":25}",
		"operationType": "update_subscription", "originalCorrelationId": "9e0b7c41-2d5a-4f83-b6c8-0a17d4e3f592",
		"operationDate": "2026-03-11T08:15:30.1234567Z", "operationStatus": "succeeded",
		"customizedData": [{"key": "Quantity-0", "value": "25"}, {"key": "PartnerOnRecord-0", "value": null}], "attributes": {"objectType": "AuditRecord"}},
		{"resourceType": "order"}]}`
	want := "GET /v1/auditrecords?endDate=2026-03-02&filter=%7B%22Field%22%3A%22CustomerId%22%2C%22Value%22%3A%22" + testCustomer +
		"%22%2C%22Operator%22%3A%22equals%22%7D&startDate=2026-02-20"
	got, err := answering(t, 200, body, want).AuditRecords(t.Context(), AuditQuery{Start: utc(t, "2026-02-20T17:00:00Z"), CustomerID: testCustomer, ResourceType: "Subscription"})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
	check(t, "old", got[0].ResourceOldValue, `{"Quantity":10}`)
	check(t, "null value", got[0].CustomizedData[1].Value, "")
}

func TestAuditQuery_windows(t *testing.T) {
	now := utc(t, "2026-03-02T09:00:00Z")
	day := func(text string) time.Time { return utc(t, text+"T12:00:00Z") }
	tests := map[string]struct {
		query AuditQuery
		want  string
	}{
		"default":         {AuditQuery{}, "2026-02-01..2026-03-02 "},
		"one day":         {AuditQuery{Start: day("2026-03-02")}, "2026-03-02..2026-03-02 "},
		"exactly a month": {AuditQuery{Start: day("2026-01-01"), End: day("2026-01-30")}, "2026-01-01..2026-01-30 "},
		"a day more":      {AuditQuery{Start: day("2026-01-01"), End: day("2026-01-31")}, "2026-01-02..2026-01-31 2026-01-01..2026-01-01 "},
		"ninety days":     {AuditQuery{Start: day("2025-12-03"), End: day("2026-03-02")}, "2026-02-01..2026-03-02 2026-01-02..2026-01-31 2025-12-03..2026-01-01 "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			windows, err := test.query.windows(now)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, window := range windows {
				got += fmt.Sprintf("%s..%s ", window.first.Format(time.DateOnly), window.last.Format(time.DateOnly))
			}
			check(t, "windows", got, test.want)
		})
	}
	if _, err := (AuditQuery{Start: day("2026-03-03")}).windows(now); err == nil {
		t.Error("the end is before the start")
	}
}

func TestAuditRecords_byType(t *testing.T) {
	want := "GET /v1/auditrecords?endDate=2026-03-02&filter=%7B%22Field%22%3A%22ResourceType%22%2C%22Value%22%3A%22Order%22%2C%22Operator%22%3A%22equals%22%7D&startDate=2026-02-01"
	got, err := answering(t, 200, `{"items": []}`, want).AuditRecords(t.Context(), AuditQuery{ResourceType: "Order", End: utc(t, "2026-03-02T00:00:00Z")})
	if err != nil || len(got) != 0 {
		t.Errorf("got %d, %v", len(got), err)
	}
}
