// SPDX-License-Identifier: MPL-2.0

package trace

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// What is replaced keeps its form, and the same value is replaced by the same everywhere.
func TestRecorder_keepsForms(t *testing.T) {
	t.Parallel()
	r, err := NewRecorder("a note", "conformance")
	if err != nil {
		t.Fatal(err)
	}
	const customer = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
	r.Add(Exchange{
		Method: "GET", Path: "/v1/customers/" + strings.ToUpper(customer) + "/subscriptions", Query: url.Values{"order_id": {"3f9c21ab07de"}, "size": {"40"}},
		RequestHeader: http.Header{"Authorization": {"Bearer eyJ"}, "Ms-Requestid": {customer}}, Status: 200,
		Header: http.Header{"Location": {"/customers/" + customer + "/carts/x?country=DE"}, "Set-Cookie": {"secret"}, "Retry-After": {"41"}},
		Body: []byte(`{"id":"` + customer + `","status":"active","friendlyName":"Ärzte-Haus 12","quantity":12,"totalCount":3,"email":"mira.kolb@fjordlabor.example",
			"creationDate":"2026-03-02T08:14:31.7718442Z","pricing":{"price":11.7,"extendedPrice":140.4},"unitPrice":"11.70","termDuration":"P1Y","mpnId":"7700123",
			"links":{"self":{"uri":"/customers/` + customer + `/subscriptions","method":"GET","headers":[]}},"note":null,"autoRenewEnabled":true,
			"resourceNewValue":"{\"Id\":\"` + customer + `\",\"Quantity\":43}","name":"conformance Nordwind"}`),
	})
	r.Add(Exchange{Method: "GET", Path: "/v1/domains/fjordlabor.example", Status: 502, Body: []byte("<html>fjordlabor</html>")})
	var b bytes.Buffer
	if err := r.Trace().Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{customer, strings.ToUpper(customer), "rzte", "Haus", "mira", "fjordlabor", "eyJ", "secret", "7700123", "3f9c21ab07de", "11.7", "140.4", "Nordwind"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%s is left in\n%s", secret, b.String())
		}
	}
	first := r.Trace().Exchanges[0]
	var got struct {
		ID, Status, FriendlyName, Email, CreationDate, UnitPrice, TermDuration, MpnID, ResourceNewValue, Name string
		Quantity, TotalCount                                                                                  int
		Pricing                                                                                               struct{ Price, ExtendedPrice float64 }
		Links                                                                                                 struct{ Self struct{ URI, Method string } }
		AutoRenewEnabled                                                                                      bool
	}
	if err := json.Unmarshal(first.Body, &got); err != nil {
		t.Fatal(err)
	}
	for value, form := range map[string]string{
		got.ID: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, got.FriendlyName: `^[A-Z][a-z]{4}-[A-Z][a-z]{3} \d\d$`, got.Email: `^[a-z]{4}\.[a-z]{4}@[a-z]{10}\.[a-z]{7}$`,
		got.CreationDate: `^2026-03-02T08:14:31\.7718442Z$`, got.UnitPrice: `^\d+\.\d\d$`, got.MpnID: `^\d{7}$`, got.Name: `^conformance [A-Z][a-z]{7}$`,
		first.Path: `^/v1/customers/[0-9A-F-]{36}/subscriptions$`, got.Links.Self.URI: `^/customers/` + got.ID + `/subscriptions$`,
		got.ResourceNewValue: `^\{"Id":"` + got.ID + `","Quantity":43\}$`, first.Header.Get("Location"): `^/customers/` + got.ID + `/carts/[a-z]\?country=DE$`,
		first.Header.Get("Retry-After"): `^41$`, first.Query.Get("order_id"): `^\d[a-z]\d[a-z]\d\d[a-z][a-z]\d\d[a-z][a-z]$`, first.RequestHeader.Get("Ms-Requestid"): got.ID,
		got.Status + got.TermDuration + got.Links.Self.Method + first.Query.Get("size"): `^activeP1YGET40$`,
	} {
		if !regexp.MustCompile(form).MatchString(value) {
			t.Errorf("%q has not the form %s", value, form)
		}
	}
	if !strings.EqualFold(strings.Split(first.Path, "/")[3], got.ID) || got.Quantity != 12 || got.TotalCount != 3 || !got.AutoRenewEnabled {
		t.Errorf("got %+v", got)
	}
	if ratio := got.Pricing.ExtendedPrice / got.Pricing.Price; ratio < 11.99 || ratio > 12.01 || got.Pricing.Price == 11.7 {
		t.Errorf("the prices are %v", got.Pricing)
	}
	if r.Trace().Exchanges[1].Text == "" || len(r.Trace().Exchanges[1].Body) > 0 {
		t.Errorf("a page is kept as %+v", r.Trace().Exchanges[1])
	}
}

// Two recorders replace differently, so that nobody can look a value up.
func TestRecorder_isNotRepeatable(t *testing.T) {
	t.Parallel()
	var texts []string
	for range 2 {
		r, err := NewRecorder("")
		if err != nil {
			t.Fatal(err)
		}
		r.Add(Exchange{Method: "GET", Path: "/v1/customers/Nordwind", Status: 200})
		texts = append(texts, r.Trace().Exchanges[0].Path)
	}
	if texts[0] == texts[1] {
		t.Errorf("both have %s", texts[0])
	}
}

// A trace is read as it was written, a fixture of it holds what was answered, and what is no trace is refused.
func TestTrace_roundTrip(t *testing.T) {
	t.Parallel()
	r, err := NewRecorder("n")
	if err != nil {
		t.Fatal(err)
	}
	page := Exchange{Method: "GET", Path: "/v1/customers", Query: url.Values{"size": {"1"}}, RequestHeader: http.Header{"Ms-Continuationtoken": {"x"}, "Ms-Requestid": {"y"}}, Status: 200, Body: []byte(`{"items":[]}`)}
	r.Add(page)
	r.Add(page)
	r.Add(Exchange{Method: "POST", Path: "/v1/customers/c/carts", RequestBody: []byte(`{"lineItems":[]}`), Status: 400, Body: []byte(`{"code":"800002"}`)})
	var b bytes.Buffer
	if err := r.Trace().Write(&b); err != nil {
		t.Fatal(err)
	}
	read, err := Read(bytes.NewReader(b.Bytes()))
	if err != nil || len(read.Exchanges) != 3 || read.Note != "n" {
		t.Fatalf("%v: %+v", err, read)
	}
	fixture := read.Fixture()
	if len(fixture.Exchanges) != 2 || len(fixture.Exchanges[0].RequestHeader) != 1 || !strings.Contains(string(fixture.Exchanges[1].Body), "800002") {
		t.Errorf("the fixture is %+v", fixture)
	}
	for _, wrong := range []string{"", "[]", `{"exchanges":[{"method":"GET","path":"v1","status":200}]}`, `{"exchanges":[{"path":"/v1","status":200}]}`, `{"exchanges":[{"method":"GET","path":"/v1","status":20}]}`, `{"more":1}`} {
		if _, err := Read(strings.NewReader(wrong)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}
