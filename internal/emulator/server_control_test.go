// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func control(t *testing.T, s *Server, method, path, body string) reply {
	t.Helper()
	return send(t, method, s.URL+"/_emulator"+path, body)
}

func TestControlIndex(t *testing.T) {
	s := newServer(t, nil, SampleTenant())
	got := control(t, s, "GET", "/", "")
	wantStatus(t, got, http.StatusOK)
	described := got.object(t)
	for _, name := range []string{"url", "tlsUrl", "tenantId", "clientId", "clientSecret", "tenant", "control"} {
		if described[name] == nil || described[name] == "" {
			t.Errorf("%s is missing in %s", name, got.body)
		}
	}
	wantStatus(t, control(t, s, "GET", "/nothing", ""), http.StatusNotFound)
	if len(s.Requests()) != 0 {
		t.Error("control requests are in the journal")
	}
}

func TestControlClock(t *testing.T) {
	s := newServer(t, nil)
	wantStatus(t, control(t, s, "POST", "/clock", `{"set": "2026-03-01T09:00:00Z"}`), http.StatusOK)
	wantStatus(t, control(t, s, "POST", "/clock", `{"advance": "72h"}`), http.StatusOK)
	want := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	if got := s.Clock().Now(); got.Sub(want).Abs() > time.Minute {
		t.Errorf("it is %s, want %s", got, want)
	}
	for _, wrong := range []string{`{"advance": "soon"}`, `{"forward": "1h"}`, `{`} {
		wantStatus(t, control(t, s, "POST", "/clock", wrong), http.StatusBadRequest)
	}
}

func TestControlBehaviour(t *testing.T) {
	s := newServer(t, counting())
	wantStatus(t, control(t, s, "PATCH", "/behaviour", `{"byteOrderMark": true, "tokenLifetime": "10m"}`), http.StatusOK)
	if s.behaviour.TokenLifetime != 10*time.Minute || !s.behaviour.ByteOrderMark || !s.behaviour.Strict {
		t.Errorf("got %+v", s.behaviour.Transport)
	}
	wantStatus(t, control(t, s, "PATCH", "/behaviour", `{"noSuchKnob": true}`), http.StatusBadRequest)
}

func TestControlJournalAndFaults(t *testing.T) {
	s := newServer(t, counting())
	struck := `{"kind": "drop_after", "match": {"method": "POST", "pattern": "things"}}`
	wantStatus(t, control(t, s, "POST", "/faults", struck), http.StatusOK)
	wantStatus(t, control(t, s, "POST", "/faults", `{"kind": "explosion"}`), http.StatusBadRequest)
	writeThing(t, s, bearer(s, TokenOptions{}), firstID, "{}")
	writeThing(t, s, bearer(s, TokenOptions{}), firstID, "{}")
	readPath(t, s, "/v1/things/special")
	for query, want := range map[string]int{"": 3, "?writes=true": 2, "?method=get": 1, "?path=customers/*/things": 2, "?status=0": 1} {
		var found []Request
		got := control(t, s, "GET", "/journal"+query, "")
		if err := json.Unmarshal([]byte(got.body), &found); err != nil || len(found) != want {
			t.Errorf("%s: got %d requests, %v, want %d", query, len(found), err, want)
		}
	}
	wantStatus(t, control(t, s, "DELETE", "/journal", ""), http.StatusNoContent)
	wantStatus(t, control(t, s, "DELETE", "/faults", ""), http.StatusNoContent)
	for _, path := range []string{"/faults", "/violations", "/journal"} {
		if got := control(t, s, "GET", path, ""); strings.TrimSpace(got.body) != "[]" {
			t.Errorf("%s: got %s, want an empty list", path, got.body)
		}
	}
	wantStatus(t, control(t, s, "GET", "/throttling", ""), http.StatusOK)
}

func TestControlTokens(t *testing.T) {
	s := newServer(t, counting())
	token := func(options string) string {
		text, _ := control(t, s, "POST", "/tokens", options).object(t)["accessToken"].(string)
		return "Bearer " + text
	}
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", token("")), http.StatusOK)
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", token(`{"appOnly": true}`)), http.StatusForbidden)
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", token(`{"noMFA": true}`)), http.StatusUnauthorized)
	refresh, _ := control(t, s, "POST", "/refresh-tokens", "").object(t)["refreshToken"].(string)
	wantStatus(t, postForm(t, v2(s), secretForm("grant_type", "refresh_token", "refresh_token", refresh)), http.StatusOK)
	before := token("")
	wantStatus(t, control(t, s, "POST", "/revoke-tokens", ""), http.StatusNoContent)
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", before), http.StatusUnauthorized)
}

func TestSnapshotAndReset(t *testing.T) {
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	s := newServer(t, counting(), SampleTenant(), WithTime(start))
	saved := control(t, s, "GET", "/snapshot", "")
	wantStatus(t, saved, http.StatusOK)
	s.Advance(48 * time.Hour)
	s.Behave(func(b *Behaviour) { b.NumericCodes = true })
	s.FailNext(500)
	readPath(t, s, "/v1/things/special")
	wantStatus(t, control(t, s, "PUT", "/snapshot", saved.body), http.StatusNoContent)
	if s.Clock().Now().Sub(start) > time.Minute || s.behaviour.NumericCodes {
		t.Errorf("not restored: %s, %t", s.Clock().Now(), s.behaviour.NumericCodes)
	}
	again := control(t, s, "GET", "/snapshot", "")
	if got, want := again.object(t)["tenant"], saved.object(t)["tenant"]; asJSON(t, got) != asJSON(t, want) {
		t.Error("a restored tenant is another tenant")
	}
	for _, wrong := range []string{`{}`, `[`} {
		wantStatus(t, control(t, s, "PUT", "/snapshot", wrong), http.StatusBadRequest)
	}
	s.Advance(time.Hour)
	wantStatus(t, control(t, s, "POST", "/reset", ""), http.StatusNoContent)
	if len(s.Requests()) != 0 || s.Clock().Now().Sub(start) > time.Minute {
		t.Error("not reset")
	}
}

func TestControlOfSubscriptions(t *testing.T) {
	s := newServer(t, nil)
	unknown := `{"customerId": "` + firstID + `", "subscriptionId": "` + secondID + `", "changes": {"quantity": 7}}`
	for _, path := range []string{"/drift", "/publisher-activates", "/publisher-refuses"} {
		got := control(t, s, "POST", path, unknown)
		wantStatus(t, got, http.StatusBadRequest)
		if got.object(t)["error"] == "" {
			t.Errorf("%s does not say why: %s", path, got.body)
		}
	}
	order := `{"customerId": "` + firstID + `", "orderId": "none"}`
	wantStatus(t, control(t, s, "POST", "/complete-order", order), http.StatusBadRequest)
	wantStatus(t, control(t, s, "POST", "/reject-order", order), http.StatusBadRequest)
	wantStatus(t, control(t, s, "POST", "/rotate-availabilities", ""), http.StatusOK)
	bought := control(t, s, "GET", "/purchases", "")
	if got := bought.object(t); got["count"] != 0.0 {
		t.Errorf("got %s, want no purchases", bought.body)
	}
}
