// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"testing"
)

// Recorded answers come before the emulator's own, in their order, and only to the request that they were given to.
func TestPlay(t *testing.T) {
	s := New(SampleTenant())
	t.Cleanup(s.Close)
	fixture, err := ReadFixture([]byte(`{"note":"n","exchanges":[
		{"method":"GET","path":"/v1/customers/c/subscriptions","status":200,"header":{"X-Extra":["1"]},"body":{"totalCount":1,"items":[{"id":"s","status":"unheard-of"}]}},
		{"method":"GET","path":"/v1/customers/c/orders/o","status":404,"body":{"code":"20000","description":"d"}},
		{"method":"GET","path":"/v1/customers/c/orders/o","status":200,"body":{"id":"o"}},
		{"method":"GET","path":"/v1/customers","query":{"size":["1"]},"requestHeader":{"Ms-Continuationtoken":["t"]},"status":200,"body":{"items":[]}},
		{"method":"POST","path":"/v1/customers/c/carts","requestBody":{"lineItems":[],"a":1},"status":403,"text":"<html>"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s.Play(fixture)
	token := bearer(s, TokenOptions{})
	ask := func(method, path, body string, headers ...string) reply {
		return send(t, method, s.URL+path, body, append([]string{"Authorization", token}, headers...)...)
	}
	got := ask("GET", "/v1/customers/C/subscriptions", "")
	if got.status != 200 || got.header.Get("X-Extra") != "1" || got.header.Get("MS-RequestId") == "" || got.header.Get("Content-Type") == "" {
		t.Errorf("got %+v", got)
	}
	wantStatus(t, ask("GET", "/v1/customers/c/orders/o", ""), http.StatusNotFound)
	wantStatus(t, ask("GET", "/v1/customers/c/orders/o", ""), http.StatusOK)
	wantStatus(t, ask("GET", "/v1/customers/c/orders/o", ""), http.StatusOK) // the last one stays
	wantStatus(t, ask("POST", "/v1/customers/c/carts", `{"a": 1, "lineItems": []}`), http.StatusForbidden)
	wantStatus(t, ask("POST", "/v1/customers/c/carts", `{"a": 2, "lineItems": []}`), http.StatusBadRequest)
	if body := ask("GET", "/v1/customers?size=1", "", "MS-ContinuationToken", "t").body; body != `{"items":[]}` {
		t.Errorf("the second page is %s", body)
	}
	if body := ask("GET", "/v1/customers?size=1", "").body; body == `{"items":[]}` {
		t.Error("the first page is the second")
	}
	wantStatus(t, send(t, "GET", s.URL+"/v1/customers/c/subscriptions", ""), http.StatusUnauthorized) // recorded answers are for who signs in
	s.Play(nil)
	wantStatus(t, ask("GET", "/v1/customers/c/subscriptions", ""), http.StatusBadRequest)
	for _, wrong := range []string{"", "[]", `{"exchanges":[{"method":"GET","path":"x","status":200}]}`, `{"exchanges":[{"path":"/x","status":200}]}`, `{"exchanges":[{"method":"GET","path":"/x"}]}`} {
		if _, err := ReadFixture([]byte(wrong)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}

// Every order leads to its own change, as the reference has it.
func TestOrders_havePatchOperation(t *testing.T) {
	s := New(SampleTenant())
	t.Cleanup(s.Close)
	got := send(t, "GET", s.URL+"/v1/customers/"+CustomerNordwind+"/orders", "", "Authorization", bearer(s, TokenOptions{})).object(t)
	items, _ := got["items"].([]any)
	for _, item := range items {
		order, _ := item.(map[string]any)
		links, _ := order["links"].(map[string]any)
		operation, _ := links["patchOperation"].(map[string]any)
		if operation["method"] != "PATCH" || operation["uri"] == "" || operation["headers"] == nil {
			t.Errorf("order %v has %v", order["id"], links)
		}
	}
	if len(items) == 0 {
		t.Error("there are no orders")
	}
}
