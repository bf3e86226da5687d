// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// testTime is when the sample tenant of these tests begins: the middle of a month, so that dates read easily.
var testTime = time.Date(2026, 9, 15, 10, 30, 0, 0, time.UTC)

// api is a caller of a sample tenant.
type api struct {
	t   *testing.T
	s   *Server
	who TokenOptions
}

// newAPI starts a sample tenant without the lags of reads and lists; change turns further knobs.
func newAPI(t *testing.T, change func(*Behaviour), opts ...Option) *api {
	t.Helper()
	s := New(append([]Option{SampleTenant(), WithTime(testTime)}, opts...)...)
	t.Cleanup(s.Close)
	s.Behave(func(b *Behaviour) {
		b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads, b.ListLag = 0, 0, 0
		if change != nil {
			change(b)
		}
	})
	return &api{t: t, s: s, who: TokenOptions{AppOnly: true}}
}

// as is the same server called by another principal.
func (a *api) as(o TokenOptions) *api { return &api{t: a.t, s: a.s, who: o} }

func (a *api) user() *api { return a.as(TokenOptions{}) }

// call sends body, a text or a value to encode, to a path below /v1, with a fresh token and request id.
func (a *api) call(method, path string, body any, header ...string) reply {
	a.t.Helper()
	text, isText := body.(string)
	if !isText && body != nil {
		text = asJSON(a.t, body)
	}
	header = append([]string{"Authorization", bearer(a.s, a.who), "MS-RequestId", guid(a.s), "Content-Type", "application/json"}, header...)
	return send(a.t, method, a.s.URL+"/v1/"+strings.TrimPrefix(path, "/"), text, header...)
}

// ok wants a success and returns the object.
func (a *api) ok(method, path string, body any, header ...string) object {
	a.t.Helper()
	got := a.call(method, path, body, header...)
	if got.err != nil || got.status/100 != 2 {
		a.t.Fatalf("%s %s: status %d, %v, body %s", method, path, got.status, got.err, got.body)
	}
	return got.object(a.t)
}

func (a *api) get(path string) object { a.t.Helper(); return a.ok("GET", path, nil) }

func (a *api) refused(got reply, status, code int) {
	a.t.Helper()
	wantCode(a.t, got, status, strconv.Itoa(code))
}

func subscriptionPath(customer, id string) string {
	return "customers/" + customer + "/subscriptions/" + id
}

// patch reads a subscription, lays edits over the raw document and sends all of it back.
func (a *api) patch(customer, id string, edits object) reply {
	a.t.Helper()
	path := subscriptionPath(customer, id)
	body := a.get(path)
	maps.Copy(body, edits)
	return a.call("PATCH", path, body)
}

func (a *api) patched(customer, id string, edits object) object {
	a.t.Helper()
	got := a.patch(customer, id, edits)
	wantStatus(a.t, got, http.StatusOK)
	return got.object(a.t)
}

// line is a cart line for a SKU as it is sold today.
func (a *api) line(customer, product, sku string, quantity int, term, cycle string) object {
	return object{"id": 0, "catalogItemId": a.s.CatalogItemID(customer, product, sku), "quantity": quantity,
		"termDuration": term, "billingCycle": cycle, "friendlyName": "bought by a test"}
}

func (a *api) cart(customer string, lines ...object) object {
	a.t.Helper()
	for n, line := range lines {
		line["id"] = n
	}
	return a.ok("POST", "customers/"+customer+"/carts", object{"lineItems": lines})
}

func cartPath(customer string, cart object) string {
	return "customers/" + customer + "/carts/" + cart["id"].(string)
}

func (a *api) checkout(customer string, cart object) reply {
	a.t.Helper()
	return a.call("POST", cartPath(customer, cart)+"/checkout", nil)
}

// buy buys lines that are billed alike, and returns the order and the subscription id of the first.
func (a *api) buy(customer string, lines ...object) (order object, subscription string) {
	a.t.Helper()
	got := a.checkout(customer, a.cart(customer, lines...))
	wantStatus(a.t, got, http.StatusCreated)
	orders := got.object(a.t)["orders"].([]any)
	if len(orders) != 1 {
		a.t.Fatalf("got %s, want one order", got.body)
	}
	order = orders[0].(object)
	id, _ := order["lineItems"].([]any)[0].(object)["subscriptionId"].(string)
	return order, id
}

func (a *api) buyOffice(customer string) string {
	a.t.Helper()
	_, id := a.buy(customer, a.line(customer, ProductOffice, "0001", 10, "P1Y", "monthly"))
	return id
}

// buyMailGuard buys a marketplace subscription for CustomerKaffeehaus, and its publisher activates it.
func (a *api) buyMailGuard() string {
	a.t.Helper()
	_, id := a.buy(CustomerKaffeehaus, a.line(CustomerKaffeehaus, ProductMailGuard, "0001", 10, "P1Y", "monthly"))
	if err := a.s.Activate(CustomerKaffeehaus, id); err != nil {
		a.t.Fatal(err)
	}
	return id
}

func (a *api) subscription(customer, id string) object {
	a.t.Helper()
	return a.get(subscriptionPath(customer, id))
}

func itemsOf(o object) []any { return o["items"].([]any) }

// wantMembers compares members of an object by their JSON text.
func wantMembers(t *testing.T, got object, members object) {
	t.Helper()
	for name, value := range members {
		g, _ := json.Marshal(got[name])
		w, _ := json.Marshal(value)
		if string(g) != string(w) {
			t.Errorf("%s: got %s, want %s", name, g, w)
		}
	}
}

func absent(t *testing.T, got object, names ...string) {
	t.Helper()
	for _, name := range names {
		if value, present := got[name]; present {
			t.Errorf("%s is there: %v", name, value)
		}
	}
}
