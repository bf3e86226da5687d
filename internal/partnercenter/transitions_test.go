// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestTransitionEligibilities(t *testing.T) {
	body := `{"totalCount": 1, "items": [{
		"operationId": "1caf8ec7-62cc-4ab5-b35d-572d2a62974c", "catalogItemId": "CFQ7TTC0KZCR:0001:CFQ7TTC0K71H", "title": "Big plan", "description": "Bigger", "quantity": 1,
		"subscriptionEligibilities": [{"isEligible": true, "subscriptionId": "92301b7d-7598-4938-d6f2-d31e080e9da6", "subscriptionFriendlyName": "Premium",
			"subscriptionTermDuration": "P1M", "subscriptionBillingCycle": "monthly", "errors": [{"code": 3, "description": "The term is shorter."}]}],
		"eligibilities": [{"isEligible": true, "transitionType": "transition_only", "errors": [{"code": 3, "description": "Conflicting services."}]}],
		"attributes": {"objectType": "TransitionEligibility"}}], "attributes": {"objectType": "Collection"}}`
	want := "GET /v1/customers/c/subscriptions/s/transitioneligibilities?eligibilityType=scheduled"
	got, err := answering(t, 200, body, want).TransitionEligibilities(t.Context(), "c", "s", TransitionScheduled)
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
}

const transitionBody = `{
	"operationId": "1caf8ec7-62cc-4ab5-b35d-572d2a62974c", "FromCatalogItemId": "CFQ7TTC0LF8Q:0001:CFQ7TTC0K39X", "fromSubscriptionId": "e487e8dc-421e-4275-cb42-3c1c8daccf70",
	"ToCatalogItemId": "CFQ7TTC0LF8R:0001:CFQ7TTC0KCSV", "toSubscriptionId": "0af52192-4a2a-4364-d25b-c8ecab3a5697", "quantity": 2,
	"termDuration": "P1M", "billingCycle": "Monthly", "transitionType": "transition_only", "promotionId": "p",
	"Events": [{"name": "Conversion", "status": "Started ", "timestamp": "2026-01-08T18:01:14.7488618Z", "errors": [{"code": 9, "description": "no"}], "attributes": {"objectType": "TransitionEvent"}}],
	"attributes": {"objectType": "Transition"}}`

func TestTransitions(t *testing.T) {
	for name, body := range map[string]string{"items": `{"items": [` + transitionBody + `]}`, "transition": `{"transition": [` + transitionBody + `]}`} {
		t.Run(name, func(t *testing.T) {
			got, err := answering(t, 200, body, "GET /v1/customers/c/subscriptions/s/transitions?operationId=1caf").Transitions(t.Context(), "c", "s", "1caf")
			if err != nil || len(got) != 1 {
				t.Fatalf("got %d, %v", len(got), err)
			}
			wantFilled(t, got[0])
			check(t, "status", got[0].Events[0].Status, "Started")
		})
	}
}

func TestCreateTransition(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: transitionBody} })
	got, err := c.CreateTransition(t.Context(), "c", "s", TransitionRequest{ToCatalogItemID: "A:B:C", Quantity: 2, TransitionType: "transition_only"})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "operation", got.OperationID, "1caf8ec7-62cc-4ab5-b35d-572d2a62974c")
	check(t, "request", s.requests[0].method+" "+s.requests[0].path+" "+s.requests[0].body,
		`POST /v1/customers/c/subscriptions/s/transitions {"toCatalogItemId":"A:B:C","quantity":2,"transitionType":"transition_only"}`)
}
