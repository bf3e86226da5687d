// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func TestRouting(t *testing.T) {
	s := newServer(t, counting())
	user := bearer(s, TokenOptions{})
	for name, test := range map[string]struct {
		method, path string
		status       int
		thing        any
	}{
		"value is kept as sent":              {"GET", "/v1/things/AbC", 200, "AbC"},
		"segments in any case":               {"GET", "/V1/Things/AbC", 200, "AbC"},
		"trailing slash":                     {"GET", "/v1/things/AbC/", 200, "AbC"},
		"escaped value":                      {"GET", "/v1/things/a%2Fb%3Ac", 200, "a/b:c"},
		"literal before parameter":           {"GET", "/v1/things/SPECIAL", 200, "the special one"},
		"unknown path is not 404":            {"GET", "/v1/nothing", 501, nil},
		"known path with another method":     {"DELETE", "/v1/things/special", 405, nil},
		"outside of API and sign-in service": {"GET", "/elsewhere", 404, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, test.method, s.URL+test.path, "", "Authorization", user, "MS-RequestId", guid(s))
			wantStatus(t, got, test.status)
			if test.thing != nil && got.object(t)["thing"] != test.thing {
				t.Errorf("got %s, want %v", got.body, test.thing)
			}
		})
	}
}

func TestUserOnlyRouteRefusesApplication(t *testing.T) {
	s := newServer(t, counting())
	wantCode(t, readPath(t, s, "/v1/things/a"), http.StatusForbidden, "900329")
}

func TestResponseHeaders(t *testing.T) {
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	s := newServer(t, counting(), WithTime(start))
	got := readPath(t, s, "/v1/things/special", "MS-RequestId", firstID, "ms-correlationid", secondID)
	if got.header.Get("MS-RequestId") != firstID || got.header.Get("MS-CorrelationId") != secondID {
		t.Errorf("ids are not echoed: %v", got.header)
	}
	date, err := http.ParseTime(got.header.Get("Date"))
	if err != nil || date.Sub(start).Abs() > time.Minute {
		t.Errorf("Date is %q, want virtual time", got.header.Get("Date"))
	}
	for _, name := range []string{"MS-CV", "MS-ServerId", "X-Locale"} {
		if got.header.Get(name) == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if made := readPath(t, s, "/v1/things/special").header.Get("MS-RequestId"); !world.IsGUID(made) {
		t.Errorf("made MS-RequestId %q is not a GUID", made)
	}
}

func TestWireKnobs(t *testing.T) {
	s := newServer(t, counting(), WithBehaviour(func(b *Behaviour) {
		b.ByteOrderMark, b.NumericCodes, b.DoubledHeaders, b.RequireContractVersion = true, true, true, true
	}))
	got := readPath(t, s, "/v1/things/special", "MS-RequestId", firstID)
	wantStatus(t, got, http.StatusBadRequest)
	if !strings.HasPrefix(got.body, "\uFEFF{") || !strings.Contains(got.body, `"code":3000`) {
		t.Errorf("got body %q, want a mark and a numeric code", got.body)
	}
	if got.header.Get("MS-RequestId") != firstID+","+firstID {
		t.Errorf("got MS-RequestId %q, want it doubled", got.header.Get("MS-RequestId"))
	}
	wantStatus(t, readPath(t, s, "/v1/things/special", "MS-Contract-Version", "v1"), http.StatusOK)
}

func TestDecode(t *testing.T) {
	type request struct {
		FriendlyName string `json:"friendlyName"`
		Quantity     int    `json:"quantity"`
	}
	s := newServer(t, []route{{method: "POST", path: "things", handle: func(r *call) (int, any) {
		var into request
		if refusal := decode(r, &into); refusal != nil {
			return refuse(refusal)
		}
		return http.StatusOK, into
	}}, {method: "PATCH", path: "things", handle: func(r *call) (int, any) {
		d, refusal := raw(r)
		if refusal != nil {
			return refuse(refusal)
		}
		name, sent := d.get("FRIENDLYNAME")
		return http.StatusOK, map[string]any{"sent": sent, "name": name}
	}}})
	for name, test := range map[string]struct {
		method, body string
		status       int
		contains     string
	}{
		"camelCase":         {"POST", `{"friendlyName":"a","quantity":3}`, 200, `"quantity":3`},
		"PascalCase":        {"POST", `{"FriendlyName":"a","Quantity":3}`, 200, `"friendlyName":"a"`},
		"byte-order mark":   {"POST", "\uFEFF" + `{"quantity":3}`, 200, `"quantity":3`},
		"unknown member":    {"POST", `{"quantitee":3}`, 400, "quantitee"},
		"wrong type":        {"POST", `{"quantity":"3"}`, 400, "quantity"},
		"no body":           {"POST", ``, 400, "800002"},
		"not JSON":          {"POST", `{`, 400, "800002"},
		"document":          {"PATCH", `{"FriendlyName":"b"}`, 200, `"name":"b"`},
		"member is absent":  {"PATCH", `{}`, 200, `"sent":false`},
		"array as document": {"PATCH", `[]`, 400, "800002"},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, test.method, s.URL+"/v1/things", test.body, "Authorization", bearer(s, TokenOptions{}), "MS-RequestId", guid(s))
			wantStatus(t, got, test.status)
			if !strings.Contains(got.body, test.contains) {
				t.Errorf("got %s, want it to contain %s", got.body, test.contains)
			}
		})
	}
}

func TestJournal(t *testing.T) {
	s := newServer(t, counting())
	token := bearer(s, TokenOptions{AppOnly: true})
	writeThing(t, s, token, firstID, `{"a":1}`)
	readPath(t, s, "/v1/customers/"+firstID+"/things?x=1")
	all, writes := s.Requests(), s.Writes()
	if len(all) != 2 || len(writes) != 1 || s.Count("POST", "customers/*/things") != 1 || s.Count("", "/things") != 0 {
		t.Fatalf("got %d requests, %d writes: %s", len(all), len(writes), asJSON(t, all))
	}
	got := writes[0]
	if got.Body != `{"a":1}` || got.Status != http.StatusCreated || got.RequestID() != firstID ||
		got.Header.Get("Authorization") != "Bearer app-only" {
		t.Errorf("got %s", asJSON(t, got))
	}
	s.ForgetRequests()
	if len(s.Requests()) != 0 {
		t.Error("the journal was not emptied")
	}
}

func TestThrottling(t *testing.T) {
	s := newServer(t, counting(), WithBehaviour(func(b *Behaviour) { b.RequestsPerMinute = 2 }))
	for range 2 {
		wantStatus(t, readPath(t, s, "/v1/things/special"), http.StatusOK)
	}
	refused := readPath(t, s, "/v1/things/special", "MS-RequestId", firstID)
	wantStatus(t, refused, http.StatusTooManyRequests)
	wait, err := time.ParseDuration(refused.header.Get("Retry-After") + "s")
	if err != nil || wait < 50*time.Second || wait > time.Minute || refused.object(t)["statusCode"] != 429.0 {
		t.Fatalf("got Retry-After %q, body %s", refused.header.Get("Retry-After"), refused.body)
	}
	wantStatus(t, readPath(t, s, "/v1/things/special", "MS-RequestId", firstID), http.StatusTooManyRequests)
	if got, want := s.ThrottleReport(), (ThrottleReport{Answered: 2, DuringBlock: 1, EarlyRetries: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := s.Clock().Sleep(t.Context(), wait); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, readPath(t, s, "/v1/things/special", "MS-RequestId", firstID), http.StatusOK)
	if got := s.ThrottleReport().EarlyRetries; got != 1 {
		t.Errorf("a retry after the wait counts as early: %d", got)
	}
}

func TestThrottlingPerCustomer(t *testing.T) {
	s := newServer(t, counting(), WithBehaviour(func(b *Behaviour) { b.RequestsPerMinuteAndCustomer = 1 }))
	wantStatus(t, readPath(t, s, "/v1/customers/"+firstID+"/things"), http.StatusOK)
	wantStatus(t, readPath(t, s, "/v1/customers/"+firstID+"/things"), http.StatusTooManyRequests)
	wantStatus(t, readPath(t, s, "/v1/customers/"+secondID+"/things"), http.StatusOK)
}

func TestClock(t *testing.T) {
	s := newServer(t, nil)
	before := s.Clock().Now()
	if err := s.Clock().Sleep(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if passed := s.Clock().Now().Sub(before); passed < time.Hour || passed > time.Hour+time.Minute {
		t.Errorf("an hour's sleep took %s", passed)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if s.Clock().Sleep(ended, time.Hour) == nil {
		t.Error("sleeping under an ended context succeeds")
	}
}

func TestIDsAreTheSameInEveryRun(t *testing.T) {
	first, second := newServer(t, nil), newServer(t, nil)
	other := newServer(t, nil, WithSeed(2))
	got, want, different := guid(first), guid(second), guid(other)
	if got != want || got == different || !world.IsGUID(got) {
		t.Errorf("got %s, %s, %s", got, want, different)
	}
}

func TestTLS(t *testing.T) {
	s := newServer(t, counting())
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = clientTLS(s)
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.TLSURL+"/v1/things/special", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", bearer(s, TokenOptions{AppOnly: true}))
	wantStatus(t, perform(&http.Client{Transport: transport}, r), http.StatusOK)
}
