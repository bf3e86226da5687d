// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"encoding/json"
	"testing"
)

const (
	testCustomer     = "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22"
	testSubscription = "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
	subscriptionPath = "/v1/customers/" + testCustomer + "/subscriptions/" + testSubscription
)

func TestSubscription(t *testing.T) {
	body := fixture(t, "subscription_new_commerce.json")
	got, err := answering(t, 200, body, "GET "+subscriptionPath).Subscription(t.Context(), testCustomer, testSubscription)
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, got, "ProductType.SubType.ID", "ProductType.SubType.DisplayName")
	check(t, "quantity", got.Quantity, 15)
	check(t, "commitment end", got.CommitmentEndDateTime.Time, utc(t, "2027-02-14T23:59:59Z"))
	check(t, "refundable until", got.RefundableQuantity.Details[1].AllowedUntilDateTime.Time, utc(t, "2026-02-25T16:01:44.1Z"))
	check(t, "next quantity", got.ScheduledNextTermInstructions.Quantity, 40)
	check(t, "next promotion", got.ScheduledNextTermInstructions.Product.PromotionID, "39NFJQT1PFPJ:000H:39NFJQT1Q5DK")
	check(t, "product", got.ProductID(), "CFQ7TTC0EXMP")
	check(t, "SKU", got.SkuID(), "0001")
	check(t, "family", got.Family(), FamilyNewCommerce)
	check(t, "raw", bytes.Contains(got.raw, []byte("somethingNew")), true)
}

func TestSubscription_marketplace(t *testing.T) {
	got, err := answering(t, 200, "\ufeff"+fixture(t, "subscription_marketplace.json"), "GET "+subscriptionPath).
		Subscription(t.Context(), testCustomer, testSubscription)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "family", got.Family(), FamilyMarketplaceSaaS)
	check(t, "subtype", got.ProductType.SubType.DisplayName, "SaaS")
	check(t, "refund until", got.RefundOptions[0].ExpiresAt.Time, utc(t, "2026-03-05T08:14:31.7718442Z"))
	check(t, "microsoft", *got.IsMicrosoftProduct, false)
	check(t, "action taken", *got.ActionTaken, true)
	check(t, "partner", got.PartnerID, "")
	if got.RefundableQuantity != nil || got.ScheduledNextTermInstructions != nil || len(got.ScheduledActions) != 0 {
		t.Error("what is absent is nil")
	}
}

func TestSubscriptions(t *testing.T) {
	body := `{"totalCount": 2, "items": [` + fixture(t, "subscription_marketplace.json") + `,` + fixture(t, "subscription_new_commerce.json") + `],
		"links": {"self": {"uri": "/customers/c/subscriptions", "method": "GET", "headers": []}}, "attributes": {"objectType": "Collection"}}`
	path := "GET /v1/customers/" + testCustomer + "/subscriptions"
	for want, query := range map[string]SubscriptionsQuery{
		path:                            {},
		path + "?order_id=3f9c21ab07de": {OrderID: "3f9c21ab07de"},
		path + "?mpn_id=7700123":        {PartnerID: "7700123"},
	} {
		t.Run(want, func(t *testing.T) {
			got, err := answering(t, 200, body, want).Subscriptions(t.Context(), testCustomer, query)
			if err != nil {
				t.Fatal(err)
			}
			check(t, "subscriptions", len(got), 2)
			check(t, "second", got[1].OrderID, "34b37d7340cc")
		})
	}
}

func TestSubscription_emptyID(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: `{"items": []}`} })
	if _, err := c.Subscription(t.Context(), testCustomer, ""); err == nil {
		t.Error("an empty ID reads the list")
	}
	check(t, "requests", len(s.requests), 0)
}

func TestFamily(t *testing.T) {
	tests := map[string]struct {
		json string
		want Family
	}{
		"marketplace":            {`{"productType": {"id": "azure", "subType": {"id": "saas"}}}`, FamilyMarketplaceSaaS},
		"marketplace, old shape": {`{"offerId": "DZH318Z0BXWC:0001:DZH318Z0BMJX", "isMicrosoftProduct": false}`, FamilyMarketplaceSaaS},
		"new commerce":           {`{"productType": {"id": "OnlineServicesNCE"}}`, FamilyNewCommerce},
		"new commerce by offer":  {`{"offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971"}`, FamilyNewCommerce},
		"legacy":                 {`{"offerId": "2828BE95-46BA-4F91-B2FD-0BEF192ECF60"}`, FamilyLegacy},
		"legacy by type":         {`{"productType": {"id": "OnlineServices"}}`, FamilyLegacy},
		"Azure":                  {`{"offerId": "MS-AZR-0145P", "billingType": "usage"}`, FamilyAzure},
		"Azure plan":             {`{"productType": {"id": "Azure", "subType": {"id": "DigitalServices"}}}`, FamilyAzure},
		"software":               {`{"productType": {"id": "Software"}, "offerId": "DG7GMGF0DVSV:000P:DG7GMGF0F3Q9"}`, FamilySoftware},
		"unknown type":           {`{"productType": {"id": "Dreams"}, "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971"}`, FamilyOther},
		"nothing":                {`{}`, FamilyOther},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var s Subscription
			if err := json.Unmarshal([]byte(test.json), &s); err != nil {
				t.Fatal(err)
			}
			check(t, "family", s.Family(), test.want)
		})
	}
}

func TestEnded(t *testing.T) {
	for status, want := range map[string]bool{"deleted": true, "Expired": true, "disabled": true, "active": false, "suspended": false, "pending": false, "": false, "later": false} {
		check(t, status, (&Subscription{Status: status}).Ended(), want)
	}
}

func FuzzSubscription(f *testing.F) {
	f.Add([]byte(fixture(f, "subscription_marketplace.json")))
	f.Add([]byte(fixture(f, "subscription_new_commerce.json")))
	f.Add([]byte(`{"QUANTITY":"7","scheduledActions":{"actionType":"Cancel"},"partnerId":42,"creationDate":false}`))
	f.Add([]byte(`{"scheduledActions":[null,{}],"scheduledNextTermInstructions":{"product":null},"refundOptions":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Subscription
		if json.Unmarshal(data, &s) != nil {
			return
		}
		_, _, _, _ = s.Family(), s.Ended(), s.ProductID(), describeActions(s.ScheduledActions)
		if len(s.raw) > 0 && !json.Valid(s.raw) {
			t.Errorf("%q kept as %q", data, s.raw)
		}
		if out, err := json.Marshal(&s); err != nil {
			t.Errorf("%q cannot be written: %v", data, err)
		} else if err := json.Unmarshal(out, new(Subscription)); err != nil {
			t.Errorf("%s cannot be read back: %v", out, err)
		}
	})
}
