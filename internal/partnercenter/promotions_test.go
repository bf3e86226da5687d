// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"testing"
)

func TestPromotions(t *testing.T) {
	body := `{"totalCount": 1, "items": [{
		"id": "39NFJQT1PJQB:0001:39NFJQT1Q5KN", "name": "Plan 1", "description": "Plan 1",
		"startDate": "2026-01-01T00:00:00+00:00", "endDate": "2026-06-30T23:59:59+00:00", "properties": {"isAutoApplicable": true},
		"requiredProducts": [{"productId": "CFQ7TTC0HD33", "skuId": "0003", "term": {"duration": "P1Y", "billingCycle": "Annual"},
			"pricingPolicies": [{"policyType": "PercentDiscount", "value": "0.05"}]}]}], "attributes": {"objectType": "Collection"}}`
	got, err := answering(t, 200, body, "GET /v1/productpromotions?country=DE&segment=commercial").Promotions(t.Context(), "DE", "commercial")
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
}

// The documented table and the sample name the type of a discount differently.
func TestPromotionPricingPolicy(t *testing.T) {
	for body, want := range map[string]PromotionPricingPolicy{
		`{"policyType": "PercentDiscount", "value": "0.05"}`: {"PercentDiscount", "0.05"},
		`{"type": "PercentDiscount", "value": 0.05}`:         {"PercentDiscount", "0.05"},
	} {
		var got PromotionPricingPolicy
		if err := json.Unmarshal([]byte(body), &got); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}

func TestPromotionEligibilities(t *testing.T) {
	body := `{"totalCount": 1, "items": [{"id": 1, "catalogItemId": "CFQ7TTC0LH2Z:0002:CFQ7TTC0HRVK", "quantity": 2400, "billingCycle": "monthly", "termDuration": "P1Y",
		"eligibilities": [{"promotionId": "39NFJQT1PM6C:0005:39NFJQT1Q5L7", "isEligible": false, "errors": [{"minimumRequiredSeats": 1, "maximumRequiredSeats": 2400,
			"availableSeats": 500, "maxPromotionRedemptionCount": 2, "remainingPromotionRedemptionCount": 0,
			"eligibleTerms": [{"billingCycle": "Monthly", "duration": "P1Y"}], "type": "SeatCount", "description": "Not that many."}]}], "attributes": {"objectType": "PromotionEligibilities"}}],
		"attributes": {"objectType": "Collection"}}`
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: body} })
	got, err := c.PromotionEligibilities(t.Context(), "c", []PromotionEligibilityRequest{{
		CatalogItemID: "CFQ7TTC0LH2Z:0002:CFQ7TTC0HRVK", Quantity: 2400, TermDuration: "P1Y", BillingCycle: "monthly", PromotionID: "39NFJQT1PM6C:0005:39NFJQT1Q5L7",
	}})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0], "Eligibilities.IsEligible")
	check(t, "path", s.requests[0].path, "/v1/customers/c/promotionEligibilities")
	check(t, "body", s.requests[0].body, `{"items":[{"id":0,"catalogItemId":"CFQ7TTC0LH2Z:0002:CFQ7TTC0HRVK","quantity":2400,"termDuration":"P1Y","billingCycle":"monthly","promotionId":"39NFJQT1PM6C:0005:39NFJQT1Q5L7"}]}`)
}

// A question is asked by POST and yet is no write.
func TestPromotionEligibilities_readOnly(t *testing.T) {
	c, _, _ := against(t, func(received) reply { return reply{status: 200, body: `{"items": []}`} })
	c.options.ReadOnly = true
	if _, err := c.PromotionEligibilities(t.Context(), "c", nil); err != nil {
		t.Error(err)
	}
	if _, err := c.CheckoutCart(t.Context(), "c", "cart"); err == nil {
		t.Error("a checkout is a write")
	}
}
