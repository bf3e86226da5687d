// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"net/http"
	"testing"
)

const testCart = "7a1d5c3e-60b2-4f8d-9e17-c2a4b6d8f013"

func TestCart(t *testing.T) {
	got, err := answering(t, 200, fixture(t, "cart.json"), "GET /v1/customers/"+testCustomer+"/carts/"+testCart).Cart(t.Context(), testCustomer, testCart)
	if err != nil {
		t.Fatal(err)
	}
	addon := "LineItems.AddonItems."
	wantFilled(t, got, addon+"FriendlyName", addon+"TermDuration", addon+"BillingCycle", addon+"CurrencyCode", addon+"Participants",
		addon+"ProvisioningContext", addon+"PurchaseSystem", addon+"RenewsTo", addon+"PromotionID", addon+"CustomTermEndDate",
		addon+"AttestationAccepted", addon+"AddonItems", addon+"Error", addon+"Pricing.ListPrice", addon+"Pricing.DiscountedPrice",
		addon+"Pricing.ProratedPrice", addon+"Pricing.ExtendedPrice")
	line := got.LineItems[0]
	check(t, "error", line.Error.Name(), "quota_not_available")
	check(t, "left", string(line.Error.AdditionalInformation["availableQuantity"]), "3")
	check(t, "price", line.Pricing.Price.String(), "36.4")
	check(t, "reseller", line.Participants[1], KeyValue{"additional_transaction_reseller", "517285"})
	check(t, "ID as a string", got.LineItems[1].ID, 3)
	check(t, "error by name", got.LineItems[1].Error.Name(), "billing_plan_not_supported")
	check(t, "ordered", got.Ordered(), false)
	check(t, "ordered", (&Cart{Status: "Ordered"}).Ordered(), true)
}

func TestCreateCart(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 201, body: fixture(t, "cart.json")} })
	got, err := c.CreateCart(t.Context(), testCustomer, CartRequest{LineItems: []CartLine{{
		CatalogItemID: "DZH318ZEXPPP:0003:DZH318ZEXAAA", FriendlyName: "mail-guard-prod", Quantity: 12, TermDuration: "P1Y", BillingCycle: "monthly",
		Participants: []KeyValue{{ParticipantTransactionReseller, "7700123"}}, RenewsTo: &RenewsTo{TermDuration: "P1Y"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "ID", got.ID, testCart)
	check(t, "request", s.requests[0].method+" "+s.requests[0].path, "POST /v1/customers/"+testCustomer+"/carts")
	check(t, "body", s.requests[0].body, `{"lineItems":[{"id":0,"catalogItemId":"DZH318ZEXPPP:0003:DZH318ZEXAAA","friendlyName":"mail-guard-prod",`+
		`"quantity":12,"termDuration":"P1Y","billingCycle":"monthly","participants":[{"key":"transaction_reseller","value":"7700123"}],"renewsTo":{"termDuration":"P1Y"}}]}`)
}

func TestCart_trace(t *testing.T) {
	c, s, _ := against(t, func(received) reply {
		return reply{status: 200, body: fixture(t, "cart.json"), header: map[string]string{"MS-RequestId": "r-1", "MS-CorrelationId": "c-1"}}
	})
	made, err := c.CreateCart(t.Context(), testCustomer, CartRequest{})
	if err != nil {
		t.Fatal(err)
	}
	read, err := c.Cart(t.Context(), testCustomer, testCart)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "made", made.Trace(), "POST "+s.requests[0].path+", request ID r-1, correlation ID c-1")
	check(t, "read", read.Trace(), "GET "+s.requests[1].path+", request ID r-1, correlation ID c-1")
	check(t, "of no call", (&Cart{}).Trace(), "")
}

func TestCreateCart_ofAnotherCartsLines(t *testing.T) {
	c, s, _ := against(t, func(r received) reply { return reply{status: 201, body: fixture(t, "cart.json")} })
	cart, err := c.Cart(t.Context(), testCustomer, testCart)
	if err != nil {
		t.Fatal(err)
	}
	lines := cart.LineItems[1:]
	lines[0].AddonItems = cart.LineItems[0].AddonItems
	if _, err := c.CreateCart(t.Context(), testCustomer, CartRequest{LineItems: lines, PartnerOnRecordAttestationAccepted: new(true)}); err != nil {
		t.Fatal(err)
	}
	post := s.sent(http.MethodPost)[0]
	check(t, "body without the service's own fields", post.body, `{"lineItems":[{"id":3,"catalogItemId":"CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P","quantity":1,`+
		`"addonItems":[{"id":2,"catalogItemId":"DZH318ZEXPPP:0004:DZH318ZEXAAB","quantity":12}]}],"partnerOnRecordAttestationAccepted":true}`)
	check(t, "caller's lines are untouched", lines[0].Error != nil, true)
}

func TestCheckoutCart(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 201, body: "\ufeff" + fixture(t, "checkout.json")} })
	got, err := c.CheckoutCart(t.Context(), testCustomer, testCart)
	if err != nil {
		t.Fatal(err)
	}
	wantFilled(t, got)
	check(t, "request", s.requests[0].method+" "+s.requests[0].path+s.requests[0].body, "POST /v1/customers/"+testCustomer+"/carts/"+testCart+"/checkout")
	check(t, "code", got.OrderErrors[0].Code, "800088")
	check(t, "subscription", got.Orders[0].LineItems[0].SubscriptionID, testSubscription)
	check(t, "renews to", got.Orders[0].LineItems[0].RenewsTo.TermDuration, "P1Y")
	check(t, "total", got.Orders[0].TotalPrice.String(), "36.48")
}

func TestCheckoutCart_emptyAnswer(t *testing.T) {
	c, _, _ := against(t, func(received) reply { return reply{status: 201} })
	if got, err := c.CheckoutCart(t.Context(), testCustomer, testCart); err == nil {
		t.Errorf("got %+v", got)
	}
}
