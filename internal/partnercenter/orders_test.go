// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestOrder(t *testing.T) {
	body := `{"id": "a68736758d9c", "status": "completed", "totalPrice": "", "creationDate": "2015-11-24T08:00:00-08:00", "lineItems": [{"lineItemNumber": 0, "termDuration": ""}]}`
	got, err := answering(t, 200, body, "GET /v1/customers/"+testCustomer+"/orders/a68736758d9c?include_price=true").Order(t.Context(), testCustomer, "a68736758d9c")
	if err != nil {
		t.Fatal(err)
	}
	check(t, "created", got.CreationDate.Time, utc(t, "2015-11-24T16:00:00Z"))
	check(t, "lines", len(got.LineItems), 1)
	if got.TotalPrice != nil {
		t.Errorf("an empty total is none, got %v", got.TotalPrice)
	}
}

func TestOrders(t *testing.T) {
	path := "GET /v1/customers/" + testCustomer + "/orders"
	for want, query := range map[string]OrdersQuery{
		path:                          {},
		path + "?include_price=true":  {IncludePrice: true},
		path + "?billingType=onetime": {BillingType: "onetime"},
		path + "?billingType=annual&include_price=true": {BillingType: "annual", IncludePrice: true},
	} {
		t.Run(want, func(t *testing.T) {
			got, err := answering(t, 200, `{"totalCount": 2, "items": [{"id": "1"}, {"id": "2"}]}`, want).Orders(t.Context(), testCustomer, query)
			if err != nil || len(got) != 2 {
				t.Errorf("got %d, %v", len(got), err)
			}
		})
	}
}

func TestOrderStatus(t *testing.T) {
	for in, want := range map[string]string{
		"completed": OrderCompleted, "pending PO upload": OrderPendingPOUpload, "pending_po_upload": OrderPendingPOUpload,
		" Partial Success ": OrderPartialSuccess, "": "", "something new": "something_new",
	} {
		check(t, in, OrderStatus(in), want)
	}
}
