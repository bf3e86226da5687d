// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"
	"testing"
)

// TestForeign sends what web pages can make a browser send, and what people at the machine send.
func TestForeign(t *testing.T) {
	s := newServer(t, counting(), SampleTenant())
	own := strings.TrimPrefix(s.URL, "http://")
	port := own[strings.LastIndex(own, ":"):]
	before := s.Clock().Now()
	for name, test := range map[string]struct {
		method, path string
		header       []string
		want         int
	}{
		"another name":                       {"GET", "/_emulator", []string{"Host", "attacker.example"}, http.StatusForbidden},
		"another name and our port":          {"GET", "/_emulator/snapshot", []string{"Host", "attacker.example" + port}, http.StatusForbidden},
		"another name, in other letters":     {"GET", "/_EMULATOR/snapshot", []string{"Host", "attacker.example"}, http.StatusForbidden},
		"a name that begins like ours":       {"GET", "/_emulator", []string{"Host", "localhost.attacker.example"}, http.StatusForbidden},
		"a name that begins like an address": {"GET", "/_emulator", []string{"Host", "127.0.0.1.attacker.example"}, http.StatusForbidden},
		"another address":                    {"GET", "/_emulator", []string{"Host", "192.0.2.1"}, http.StatusForbidden},
		"another name is its own origin":     {"POST", "/_emulator/clock", []string{"Host", "attacker.example" + port, "Origin", "http://attacker.example" + port}, http.StatusForbidden},
		"another name signs in":              {"POST", "/" + s.TenantID() + "/oauth2/v2.0/token", []string{"Host", "attacker.example" + port, "Origin", "http://attacker.example" + port}, http.StatusForbidden},
		"another origin":                     {"POST", "/_emulator/clock", []string{"Origin", "https://attacker.example"}, http.StatusForbidden},
		"another port of this machine":       {"POST", "/_emulator/clock", []string{"Origin", "http://127.0.0.1:1"}, http.StatusForbidden},
		"a page in a sandbox":                {"POST", "/_emulator/reset", []string{"Origin", "null"}, http.StatusForbidden},
		"an empty origin":                    {"POST", "/_emulator/reset", []string{"Origin", ""}, http.StatusForbidden},
		"a page asks whether it may":         {"OPTIONS", "/v1/things", []string{"Origin", "https://attacker.example"}, http.StatusForbidden},
		"an image":                           {"GET", "/_emulator/journal", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, http.StatusForbidden},
		"a sibling site":                     {"GET", "/_emulator/journal", []string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		"a form":                             {"POST", "/_emulator/clock", []string{"Content-Type", "text/plain"}, http.StatusUnsupportedMediaType},
		"a form with files":                  {"PUT", "/_emulator/snapshot", []string{"Content-Type", "multipart/form-data; boundary=x"}, http.StatusUnsupportedMediaType},
		"a type that nobody can read":        {"POST", "/_emulator/clock", []string{"Content-Type", "text/plain; ="}, http.StatusUnsupportedMediaType},

		"this machine by name":             {"GET", "/_emulator", []string{"Host", "localhost" + port}, http.StatusOK},
		"this machine without a port":      {"GET", "/_emulator", []string{"Host", "127.0.0.1"}, http.StatusOK},
		"this machine in IPv6":             {"GET", "/_emulator", []string{"Host", "[::1]" + port}, http.StatusOK},
		"its own page":                     {"POST", "/_emulator/reset", []string{"Origin", s.URL, "Sec-Fetch-Site", "same-origin"}, http.StatusNoContent},
		"an address typed into a browser":  {"GET", "/_emulator", []string{"Sec-Fetch-Site", "none"}, http.StatusOK},
		"curl":                             {"POST", "/_emulator/reset", []string{"Content-Type", "application/x-www-form-urlencoded"}, http.StatusNoContent},
		"the API behind a name of a proxy": {"GET", "/v1/things", []string{"Host", "api.partnercenter.test"}, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			wantStatus(t, send(t, test.method, s.URL+test.path, `{"advance": "9000h"}`, test.header...), test.want)
		})
	}
	if moved := s.Clock().Now().Sub(before); moved.Hours() > 1 {
		t.Errorf("a page moved the clock by %s", moved)
	}
}

// TestForeign_ownName lets the emulator be used under the name that it was told to listen on.
func TestForeign_ownName(t *testing.T) {
	s := newServer(t, nil)
	s.options.address = "Emulator.internal:8765"
	wantStatus(t, send(t, "GET", s.URL+"/_emulator/clock", "", "Host", "emulator.internal:8765"), http.StatusOK)
	wantStatus(t, send(t, "GET", s.URL+"/_emulator/clock", "", "Host", "other.internal:8765"), http.StatusForbidden)
}
