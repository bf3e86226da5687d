// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What a maintained client of another author sends, and which members it takes for granted in what comes back: written down from the types
// and calls of reference/README.md#numbered-sources, 39 (state of July 2026), of which nothing is copied. It speaks app-only or App+User by
// the v2 token endpoint, sends no header of its own beside Authorization, orders without a cart, and changes a subscription by sending back
// what it read.

// kinds of members, as its types have them. A question mark makes one optional.
type kinds map[string]string

var (
	linkKinds     = kinds{"uri": "string", "method": "string", "headers": "array"}
	customerKinds = kinds{"id": "string", "companyProfile.tenantId": "string", "companyProfile.domain": "string", "companyProfile.companyName": "string",
		"companyProfile.attributes.objectType": "string", "relationshipToPartner": "string", "attributes.objectType": "string"}
	subscriptionKinds = kinds{"id": "string", "offerId": "string", "offerName": "string", "friendlyName": "string", "productType?": "object", "quantity": "number", "unitType": "string",
		"hasPurchasableAddons": "boolean", "creationDate": "string", "effectiveStartDate": "string", "commitmentEndDate": "string", "cancellationAllowedUntilDate?": "string",
		"billingCycleEndDate?": "string", "status": "string", "autoRenewEnabled": "boolean", "isTrial": "boolean", "billingType": "string", "billingCycle": "string",
		"termDuration": "string", "renewalTermDuration?": "string", "isMicrosoftProduct": "boolean", "partnerId?": "string", "attentionNeeded": "boolean", "actionTaken": "boolean",
		"contractType": "string", "publisherName?": "string", "orderId": "string", "attributes.objectType": "string", "actions?": "array", "suspensionReasons?": "array",
		"links.self.uri": "string", "refundableQuantity.totalQuantity?": "number", "refundableQuantity.details?": "array"}
	skuKinds = kinds{"id": "string", "productId": "string", "title": "string", "description": "string", "minimumQuantity": "number", "maximumQuantity": "number", "isTrial": "boolean",
		"supportedBillingCycles": "array", "purchasePrerequisites": "array", "inventoryVariables": "array", "provisioningVariables": "array", "actions": "array",
		"dynamicAttributes": "object", "links.availabilities.uri": "string", "links.self.uri": "string"}
	availabilityKinds = kinds{"id": "string", "productId": "string", "skuId": "string", "catalogItemId": "string", "defaultCurrency.code": "string", "defaultCurrency.symbol": "string",
		"segment": "string", "country": "string", "isPurchasable": "boolean", "isRenewable": "boolean", "terms": "array", "links.self.uri": "string", "product.id": "string",
		"product.title": "string", "product.productType.id": "string", "product.isMicrosoftProduct": "boolean", "product.publisherName": "string", "sku.id": "string"}
	orderKinds = kinds{"id": "string", "alternateId": "string", "referenceCustomerId": "string", "billingCycle": "string", "currencyCode": "string", "currencySymbol": "string",
		"lineItems": "array", "creationDate": "string", "status": "string", "transactionType": "string", "links.self.uri": "string", "links.provisioningStatus.uri": "string",
		"links.patchOperation.uri": "string", "links.patchOperation.method": "string", "client": "object", "attributes.objectType": "string"}
	invoiceKinds = kinds{"id": "string", "invoiceDate": "string", "billingPeriodStartDate": "string", "billingPeriodEndDate": "string", "totalCharges": "number", "paidAmount": "number",
		"currencyCode": "string", "currencySymbol": "string", "pdfDownloadLink?": "string", "invoiceDetails": "array", "documentType": "string", "invoiceType": "string",
		"links.self.uri": "string", "attributes.objectType": "string"} // the link stands on single invoices only (reference/customers-and-billing.md#invoices)
	seatKinds = kinds{"availableUnits": "number", "activeUnits": "number", "consumedUnits": "number", "suspendedUnits": "number", "totalUnits": "number", "warningUnits": "number",
		"productSku.id": "string", "productSku.name": "string", "productSku.skuPartNumber": "string", "servicePlans": "array", "capabilityStatus": "string", "attributes.objectType": "string"}
)

// otherClient is the client of the other author, at one emulator.
type otherClient struct {
	t     *testing.T
	s     *Server
	token string
}

func newOtherClient(t *testing.T, s *Server) *otherClient {
	t.Helper()
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {ClientID}, "client_secret": {ClientSecret}, "scope": {Audience + "/.default"}, "refresh_token": {s.IssueRefreshToken(TokenOptions{})}}
	got := postForm(t, s.URL+"/"+s.TenantID()+"/oauth2/v2.0/token", form)
	wantStatus(t, got, http.StatusOK)
	token, _ := got.object(t)["access_token"].(string)
	return &otherClient{t, s, token}
}

// call sends what the client sends, and nothing else.
func (c *otherClient) call(method, path string, body any) any {
	c.t.Helper()
	encoded := ""
	if body != nil {
		content, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		encoded = string(content)
	}
	got := send(c.t, method, c.s.URL+"/v1"+path, encoded, "Authorization", "Bearer "+c.token, "Content-Type", "application/json")
	if got.status < 200 || got.status > 299 {
		c.t.Errorf("%s %s: %d %s", method, path, got.status, got.body)
	}
	var answer any
	if err := json.Unmarshal([]byte(strings.TrimPrefix(got.body, "\ufeff")), &answer); err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

// items are those of a list, each with the members that the client takes for granted.
func (c *otherClient) items(path string, wanted kinds) []any {
	c.t.Helper()
	answer, _ := c.call("GET", path, nil).(map[string]any)
	items, _ := answer["items"].([]any)
	if len(items) == 0 {
		c.t.Errorf("%s has no items", path)
	}
	for _, item := range items {
		c.check(path, item, wanted)
	}
	return items
}

func (c *otherClient) check(path string, object any, wanted kinds) {
	c.t.Helper()
	for name, kind := range wanted {
		name, optional := strings.CutSuffix(name, "?")
		value := object
		for part := range strings.SplitSeq(name, ".") {
			members, _ := value.(map[string]any)
			value = members[part]
		}
		if got := kindOf(value); got != kind && !(optional && got == "nothing") {
			c.t.Errorf("%s: %s is %s, and not %s", path, name, got, kind)
		}
	}
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "nothing"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case bool:
		return "boolean"
	case float64:
		return "number"
	}
	return fmt.Sprintf("%T", value)
}

// A client of another author finds what it expects, under the strict behavior and under a polite one.
func TestOtherClient(t *testing.T) {
	for name, behave := range map[string]func(*Behaviour){
		"strict": func(*Behaviour) {},
		"polite": func(b *Behaviour) {
			b.Strict, b.NumericCodes, b.DoubledHeaders, b.InvoiceNumbersAreNumbers, b.RequestsPerMinute = false, true, true, true, 0
			b.OrderOutcome, b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads, b.ListLag = "completed", 0, 0, 0
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(SampleTenant(), WithBehaviour(behave))
			t.Cleanup(s.Close)
			c := newOtherClient(t, s)
			customer := "/customers/" + CustomerNordwind
			c.items("/customers", customerKinds)
			c.items("/invoices", invoiceKinds)
			c.check(customer, c.call("GET", customer, nil), customerKinds)
			for _, id := range []string{CustomerNordwind, CustomerAtelier, CustomerHarbour, CustomerAlpenblick, CustomerTulpenveld} {
				c.items("/customers/"+id+"/subscriptions", subscriptionKinds)
			}
			c.items(customer+"/subscribedskus", seatKinds)
			c.orders(customer)
			c.changes(customer + "/subscriptions/" + SubscriptionFreshOffice)
		})
	}
}

// orders buys the first availability of the first SKU of a product, in an order without a cart. The client does not look whether it can be bought.
func (c *otherClient) orders(customer string) {
	c.t.Helper()
	skus := c.items(customer+"/products/"+ProductOfficePlus+"/skus", skuKinds)
	sku, _ := skus[0].(map[string]any)["id"].(string)
	c.check("one SKU", c.call("GET", customer+"/products/"+ProductOfficePlus+"/skus/"+sku, nil), skuKinds)
	found := c.items(customer+"/products/"+ProductOfficePlus+"/skus/"+sku+"/availabilities", availabilityKinds)
	availability, _ := found[0].(map[string]any)["id"].(string)
	line := map[string]any{"offerId": ProductOfficePlus + ":" + sku + ":" + availability, "quantity": 3, "lineItemNumber": 0, "termDuration": "P1M", "friendlyName": "bought by another client"}
	before := len(c.s.Purchases())
	order := c.call("POST", customer+"/orders", map[string]any{"lineItems": []any{line}, "billingCycle": "monthly"})
	c.check("an order", order, orderKinds)
	links, _ := order.(map[string]any)["links"].(map[string]any)
	for name := range links {
		c.check("link "+name, links[name], linkKinds)
	}
	if n := len(c.s.Purchases()) - before; n != 1 {
		c.t.Errorf("%d purchases", n)
	}
}

// changes sends back what was read with another quantity, and schedules a renewal as the client's helpers write it.
func (c *otherClient) changes(path string) {
	c.t.Helper()
	read, _ := c.call("GET", path, nil).(map[string]any)
	quantity, _ := read["quantity"].(float64)
	read["quantity"] = quantity + 1
	changed := c.call("PATCH", path, read)
	c.check("a changed subscription", changed, subscriptionKinds)
	if got, _ := changed.(map[string]any)["quantity"].(float64); got != quantity+1 {
		c.t.Errorf("the quantity is %v", got)
	}
	read, _ = c.call("GET", path, nil).(map[string]any)
	offer, _ := read["offerId"].(string)
	parts := strings.Split(offer, ":")
	product := map[string]any{"productId": parts[0], "skuId": parts[1], "availabilityId": parts[2], "billingCycle": read["billingCycle"], "termDuration": read["termDuration"], "promotionId": read["promotionId"]}
	instructions := map[string]any{"product": product, "quantity": quantity, "customTermEndDate": nil}
	read["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": instructions}}
	read["scheduledNextTermInstructions"] = instructions
	scheduled, _ := c.call("PATCH", path, read).(map[string]any)
	next, _ := scheduled["scheduledNextTermInstructions"].(map[string]any)
	if got, _ := next["quantity"].(float64); got != quantity {
		c.t.Errorf("the next term has %v", next)
	}
	read, _ = c.call("GET", path, nil).(map[string]any)
	read["autoRenewEnabled"] = false
	read["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": "Cancel"}}
	ending, _ := c.call("PATCH", path, read).(map[string]any)
	if ending["autoRenewEnabled"] != false {
		c.t.Errorf("it renews all the same: %v", ending["scheduledActions"])
	}
}
