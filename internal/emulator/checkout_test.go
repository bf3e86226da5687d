// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (a *api) bought(n int) {
	a.t.Helper()
	if got := a.s.Purchases(); len(got) != n {
		a.t.Fatalf("bought %d subscriptions, want %d: %+v", len(got), n, got)
	}
}

func TestCheckoutIsAsynchronousAndListsLag(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { *b = defaultBehaviour() })
	order, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 3, "P1Y", "monthly"))
	wantMembers(t, order, object{"status": "pending", "transactionType": "UserPurchase", "referenceCustomerId": CustomerKaffeehaus})
	if id != "" {
		t.Fatalf("the checkout already shows the subscription %s", id)
	}
	id = a.s.Purchases()[0].SubscriptionID
	path := "customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string)
	a.refused(a.call("GET", subscriptionPath(CustomerKaffeehaus, id), nil), 404, 20003)

	line := func(o object) object { return o["lineItems"].([]any)[0].(object) }
	absent(t, line(a.get(path)), "subscriptionId")
	second := a.get(path)
	wantMembers(t, line(second), object{"subscriptionId": id})
	wantMembers(t, second, object{"status": "pending"})
	wantMembers(t, a.get(path), object{"status": "completed"})
	a.refused(a.call("GET", subscriptionPath(CustomerKaffeehaus, id), nil), 404, 20003)
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"status": "active", "quantity": 3})

	for read, listed := range []int{0, 0, 1} {
		if got := len(itemsOf(a.get("customers/" + CustomerKaffeehaus + "/subscriptions"))); got != listed {
			t.Fatalf("list request %d shows %d subscriptions, want %d", read, got, listed)
		}
	}
	a.bought(1)
}

func TestListsCatchUpWithTheClock(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.ListLag, b.ListLagReads = 15*time.Minute, 0 })
	order, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 3, "P1Y", "monthly"))
	lists := []string{"orders", "subscriptions", "subscriptions?order_id=" + order["id"].(string)}
	for round, listed := range []int{0, 1} {
		for _, list := range lists {
			if got := len(itemsOf(a.get("customers/" + CustomerKaffeehaus + "/" + list))); got != listed {
				t.Errorf("round %d: %s shows %d, want %d", round, list, got, listed)
			}
		}
		a.s.Advance(16 * time.Minute)
	}
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"id": id})
}

func TestSubscriptionIDAppearsByTheClock(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.SubscriptionIDAfter = 5 * time.Minute })
	order, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 3, "P1Y", "monthly"))
	path := "customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string)
	a.get(path)
	a.s.Advance(6 * time.Minute)
	got := a.get(path)["lineItems"].([]any)[0].(object)["subscriptionId"]
	if id != "" || got != a.s.Purchases()[0].SubscriptionID {
		t.Fatalf("got %q at checkout and %v later", id, got)
	}
}

func TestRepeatedCheckoutNeverBuysAgain(t *testing.T) {
	for mode, wanted := range map[RepeatedCheckout]struct{ status, code int }{
		RepeatSubmitted: {400, 800065}, RepeatBusy: {409, 800064}, RepeatInProgress: {409, 800060}, RepeatReplays: {201, 0},
	} {
		a := newAPI(t, func(b *Behaviour) { b.RepeatedCheckout = mode })
		cart := a.cart(CustomerNordwind, a.line(CustomerNordwind, ProductBackup, "0001", 5, "P3Y", "triennial"))
		first := a.checkout(CustomerNordwind, cart)
		wantStatus(t, first, 201)
		again := a.checkout(CustomerNordwind, cart)
		if wanted.code != 0 {
			a.refused(again, wanted.status, wanted.code)
		} else if again.status != 201 || again.body != first.body {
			t.Errorf("the replay differs: %s, then %s", first.body, again.body)
		}
		a.bought(1)
	}
}

func TestRefusedOrders(t *testing.T) {
	azure := object{"azurePlanId": SubscriptionMailGuard}
	for name, test := range map[string]struct {
		customer, product, sku, term, cycle string
		context                             object
		status, code                        int
	}{
		"exclusive":           {CustomerNordwind, ProductPartnerOnly, "0001", "P1Y", "annual", nil, 403, 800020},
		"metered, no plan":    {CustomerNordwind, ProductTelemetry, "0001", "P1M", "monthly", nil, 400, 900128},
		"metered, wrong plan": {CustomerNordwind, ProductTelemetry, "0001", "P1M", "monthly", azure, 400, 900129},
		"add-on without base": {CustomerKaffeehaus, ProductCalling, "0001", "P1Y", "monthly", nil, 400, 800029},
		"trial owned already": {CustomerAtelier, ProductSignature, "0001", "P1M", "none", nil, 403, 800089},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, func(b *Behaviour) { b.AddonCheck = AtCheckout })
			line := a.line(test.customer, test.product, test.sku, 1, test.term, test.cycle)
			line["provisioningContext"], line["renewsTo"] = test.context, object{"termDuration": "P1Y"}
			cart := a.cart(test.customer, line)
			got := a.checkout(test.customer, cart)
			wantStatus(t, got, 201)
			errors := got.object(t)["orderErrors"].([]any)
			if len(errors) != 1 || errors[0].(object)["code"] != float64(test.code) || errors[0].(object)["orderGroupId"] != "0" {
				t.Fatalf("got %v, want code %d", errors, test.code)
			}
			wantMembers(t, a.get(cartPath(test.customer, cart)), object{"status": "Active"})
			a.s.Behave(func(b *Behaviour) { b.CheckoutErrors = ErrorAsStatus })
			a.refused(a.checkout(test.customer, cart), test.status, test.code)
			a.bought(0)
		})
	}
}

func TestPartialSuccess(t *testing.T) {
	a := newAPI(t, nil)
	got := a.checkout(CustomerNordwind, a.cart(CustomerNordwind,
		a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly"), a.line(CustomerNordwind, ProductPartnerOnly, "0001", 1, "P1Y", "annual")))
	answer := got.object(t)
	if len(answer["orders"].([]any)) != 1 || len(answer["orderErrors"].([]any)) != 1 {
		t.Fatalf("got %s, want one order and one error", got.body)
	}
	a.bought(1)
}

func TestInjectedRefusals(t *testing.T) {
	for code, status := range map[int]int{900121: 403, 800005: 500, 800014: 409, 800015: 404, 27006: 400} {
		a := newAPI(t, func(b *Behaviour) { b.CheckoutRefusal, b.CheckoutErrors = code, ErrorAsStatus })
		cart := a.cart(CustomerNordwind, a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly"))
		a.refused(a.checkout(CustomerNordwind, cart), status, code)
		a.s.Behave(func(b *Behaviour) { b.CheckoutRefusal = 0 })
		wantStatus(t, a.checkout(CustomerNordwind, cart), 201) // a failed checkout may be repeated
		a.bought(1)
	}
}

func TestOrderOutcomes(t *testing.T) {
	for outcome, test := range map[OrderOutcome]struct {
		status []string
		bought int
		shown  bool
	}{
		OrderPendingThenCompleted: {[]string{"pending", "completed"}, 1, true},
		OrderCompleted:            {[]string{"completed"}, 1, true},
		OrderPending:              {[]string{"pending", "pending", "pending"}, 1, true},
		OrderUnknown:              {[]string{"unknown", "unknown", "unknown"}, 1, true},
		OrderPendingReview:        {[]string{"pending_review", "pending_review"}, 1, false},
		OrderPendingPOUpload:      {[]string{"pending_po_upload", "pending_po_upload"}, 1, false},
		OrderPOUploadComplete:     {[]string{"po_upload_complete", "po_upload_complete"}, 1, false},
		OrderSuspended:            {[]string{"suspended", "suspended"}, 1, false},
		OrderPartialSuccess:       {[]string{"pending", "partial_success"}, 1, true},
		OrderError:                {[]string{"pending", "error"}, 0, false},
		OrderCancelled:            {[]string{"pending", "cancelled"}, 0, false},
		OrderPOReviewRejected:     {[]string{"pending", "po_review_rejected"}, 0, false},
	} {
		a := newAPI(t, func(b *Behaviour) { b.OrderOutcome = outcome })
		order, _ := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 1, "P1Y", "monthly"))
		path := "customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string)
		for _, status := range test.status {
			wantMembers(t, a.get(path), object{"status": status})
		}
		_, shown := a.get(path)["lineItems"].([]any)[0].(object)["subscriptionId"]
		if shown != test.shown {
			t.Errorf("%s: subscription id shown %v, want %v", outcome, shown, test.shown)
		}
		a.bought(test.bought)
		if outcome == OrderPendingReview {
			if err := a.s.CompleteOrder(CustomerKaffeehaus, order["id"].(string)); err != nil {
				t.Fatal(err)
			}
			wantMembers(t, a.get(path)["lineItems"].([]any)[0].(object), object{"subscriptionId": a.s.Purchases()[0].SubscriptionID})
		}
	}
}

// A customer's orders may take a course of their own, and an order that waits can be refused: then nothing was ever bought.
func TestOrderRefused(t *testing.T) {
	a := newAPI(t, nil)
	if err := a.s.OrderCourse(CustomerKaffeehaus, OrderPendingPOUpload); err != nil {
		t.Fatal(err)
	}
	order, _ := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 1, "P1Y", "monthly"))
	a.buyOffice(CustomerNordwind)
	a.bought(2)
	if err := a.s.RejectOrder(CustomerKaffeehaus, order["id"].(string)); err != nil {
		t.Fatal(err)
	}
	wantMembers(t, a.get("customers/"+CustomerKaffeehaus+"/orders/"+order["id"].(string)), object{"status": "po_review_rejected"})
	a.bought(1)
	office := a.s.Purchases()[0].OrderID
	a.get("customers/" + CustomerNordwind + "/orders/" + office) // now it shows its subscription
	if err := a.s.RejectOrder(CustomerNordwind, office); err == nil {
		t.Error("an order that waits for nobody was refused")
	}
}

// Of an order with several lines that succeeds in part, only the first is provisioned.
func TestOrderPartialSuccess(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.OrderOutcome = OrderPartialSuccess })
	line := a.line(CustomerKaffeehaus, ProductOffice, "0001", 1, "P1Y", "monthly")
	order, _ := a.buy(CustomerKaffeehaus, line, a.line(CustomerKaffeehaus, ProductDiagram, "0001", 2, "P1Y", "monthly"))
	a.bought(1)
	a.get("customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string)) // the first read shows no subscription yet
	lines := a.get("customers/" + CustomerKaffeehaus + "/orders/" + order["id"].(string))
	for n, shown := range []bool{true, false} {
		if _, got := lines["lineItems"].([]any)[n].(object)["subscriptionId"]; got != shown {
			t.Errorf("line %d: subscription id shown %v, want %v", n, got, shown)
		}
	}
}

func TestLostCheckoutBuysOnce(t *testing.T) {
	a := newAPI(t, nil)
	cart := a.cart(CustomerNordwind, a.line(CustomerNordwind, ProductOffice, "0001", 1, "P1Y", "monthly"))
	a.s.Fault(Fault{Kind: FaultDropAfter, Match: Match{Method: "POST", Pattern: "customers/*/carts/*/checkout"}, Times: 1})
	if got := a.checkout(CustomerNordwind, cart); got.err == nil {
		t.Fatalf("the answer arrived: %s", got.body)
	}
	a.refused(a.checkout(CustomerNordwind, cart), 400, 800065)
	a.bought(1)
}

func TestSandboxLimits(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.Sandbox = true })
	cart := a.cart(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 26, "P1Y", "monthly"))
	wantMembers(t, cart["lineItems"].([]any)[0].(object)["error"].(object), object{"errorCode": 10009})
	for range 5 {
		a.buyOffice(CustomerKaffeehaus)
	}
	got := a.checkout(CustomerKaffeehaus, a.cart(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductOffice, "0001", 1, "P1Y", "monthly")))
	if !strings.Contains(got.body, "800018") {
		t.Fatalf("got %s, want 800018", got.body)
	}
	a.bought(5)
}

func TestCreateOrder(t *testing.T) {
	a := newAPI(t, nil)
	path := "customers/" + CustomerNordwind + "/orders"
	body := func(change object) object {
		line := object{"lineItemNumber": 0, "offerId": a.s.CatalogItemID(CustomerNordwind, ProductOffice, "0001"), "quantity": 4, "termDuration": "P1Y",
			"friendlyName": "direct", "partnerIdOnRecord": ResellerRheinwerk}
		maps.Copy(line, change)
		return object{"referenceCustomerId": CustomerNordwind, "billingCycle": "monthly", "partnerOnRecordAttestationAccepted": true, "lineItems": []object{line}}
	}
	a.refused(a.call("POST", path, body(object{"quantity": 301})), 400, 900275)
	a.refused(a.call("POST", path, body(object{"offerId": "CFQ7TTC0BW1S:0001:CFQ7TTC00000"})), 404, 400019)
	a.refused(a.call("POST", "customers/"+CustomerHarbour+"/orders", body(nil)), 400, 800002)
	a.bought(0)
	order := a.ok("POST", path, body(nil))
	wantMembers(t, order["lineItems"].([]any)[0].(object), object{"partnerIdOnRecord": ResellerRheinwerk, "transactionType": "New", "subscriptionId": a.s.Purchases()[0].SubscriptionID})
	wantMembers(t, a.subscription(CustomerNordwind, a.s.Purchases()[0].SubscriptionID), object{"partnerId": ResellerRheinwerk, "friendlyName": "direct", "orderId": order["id"]})
	a.bought(1)
}

func TestOrderListAndFilter(t *testing.T) {
	a := newAPI(t, nil)
	all := itemsOf(a.get("customers/" + CustomerNordwind + "/orders"))
	kinds := map[string]int{}
	for _, one := range all {
		kinds[one.(object)["transactionType"].(string)]++
	}
	if kinds["SystemBilling"] == 0 || kinds["UserPurchase"] == 0 {
		t.Errorf("got %v, want system orders among the purchases", kinds)
	}
	onetime := itemsOf(a.get("customers/" + CustomerPrairie + "/orders?billingType=onetime"))
	if len(onetime) != 1 {
		t.Errorf("got %d one-time orders, want 1", len(onetime))
	}
	a.refused(a.call("GET", "customers/"+CustomerNordwind+"/orders?billingType=hourly", nil), 400, 900126)
	a.refused(a.call("GET", "customers/"+CustomerNordwind+"/orders/nothing", nil), 404, 20000)
	priced := itemsOf(a.get("customers/" + CustomerPrairie + "/orders?billingType=onetime&include_price=true"))[0].(object)
	wantMembers(t, priced, object{"totalPrice": 7773.84, "currencyCode": "USD"})
}

func TestOrderCancellation(t *testing.T) {
	a := newAPI(t, nil)
	cancel := func(a *api, customer, subscription string) reply {
		order := a.subscription(customer, subscription)["orderId"].(string)
		return a.call("PATCH", "customers/"+customer+"/orders/"+order, object{"id": order, "status": "cancelled"})
	}
	a.refused(cancel(a, CustomerNordwind, SubscriptionMailGuard), 403, 800077)
	a.refused(cancel(a, CustomerNordwind, SubscriptionOffice), 400, 800063)
	a.refused(cancel(a.as(TokenOptions{Roles: []string{RoleSalesAgent}}), CustomerPrairie, SubscriptionServer), 403, 900150)
	wantStatus(t, cancel(a, CustomerPrairie, SubscriptionServer), http.StatusOK)
	wantMembers(t, a.subscription(CustomerPrairie, SubscriptionServer), object{"status": "deleted"})
	a.refused(cancel(a, CustomerPrairie, SubscriptionServer), 400, 800061)
}

func TestAddonBoughtWithItsBase(t *testing.T) {
	a := newAPI(t, nil)
	base := a.line(CustomerNordwind, ProductOffice, "0001", 3, "P1Y", "monthly")
	base["addonItems"] = []object{a.line(CustomerNordwind, ProductCalling, "0001", 2, "P1Y", "monthly")}
	_, id := a.buy(CustomerNordwind, base)
	addons := itemsOf(a.get(subscriptionPath(CustomerNordwind, id) + "/addons"))
	if len(addons) != 1 {
		t.Fatalf("got %d add-ons, want 1", len(addons))
	}
	child := addons[0].(object)
	wantMembers(t, child, object{"parentSubscriptionId": id, "quantity": 2})
	a.patched(CustomerNordwind, id, object{"status": "suspended"})
	a.patched(CustomerNordwind, child["id"].(string), object{"status": "suspended"})
	a.refused(a.patch(CustomerNordwind, child["id"].(string), object{"status": "active"}), 409, 27009)
	a.patched(CustomerNordwind, id, object{"status": "deleted"})
	wantMembers(t, a.subscription(CustomerNordwind, child["id"].(string)), object{"status": "deleted"})
	a.bought(2)
}
