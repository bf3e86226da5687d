// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Request is one request as the server saw it, with what became of it.
type Request struct {
	Sequence  int         `json:"sequence"`
	Time      time.Time   `json:"time"` // virtual
	Method    string      `json:"method"`
	Path      string      `json:"path"` // as sent, escaped
	Query     url.Values  `json:"query,omitempty"`
	Header    http.Header `json:"header"`           // Authorization is reduced to its kind, such as "Bearer app-only"
	Body      string      `json:"body,omitempty"`   // secrets of sign-in forms are left out
	SignIn    bool        `json:"signIn,omitempty"` // a call of the sign-in service, not of the API
	Status    int         `json:"status"`           // 0 while unanswered and for an answer that was cut
	Fault     string      `json:"fault,omitempty"`  // the fault that was applied
	Replayed  bool        `json:"replayed,omitempty"`
	Throttled bool        `json:"throttled,omitempty"`
	Recorded  bool        `json:"recorded,omitempty"` // answered from a fixture
}

// IsWrite tells whether the request could change something at Partner Center. Some calls only ask, although they post.
func (r Request) IsWrite() bool {
	return !r.SignIn && r.Method != http.MethodGet && r.Method != http.MethodHead &&
		!r.Is("POST", "checkInventory") && !r.Is("POST", "promotionEligibilities") && !r.Is("POST", "validateresellers") && !r.Is("POST", "validations/address") &&
		!isGraph(r.Path)
}

// RequestID is the MS-RequestId that was sent.
func (r Request) RequestID() string { return r.Header.Get("MS-RequestId") }

// Is tells whether the request has the method (any, if empty) and its path ends like pattern: segments without
// regard to case, * for any one of them, as in "carts/*/checkout". A pattern that starts with a slash is a whole path.
func (r Request) Is(method, pattern string) bool {
	return (method == "" || strings.EqualFold(method, r.Method)) && pathMatches(pattern, r.Path)
}

func pathMatches(pattern, path string) bool {
	if pattern == "" {
		return true
	}
	want, got := segments(pattern), segments(path)
	if len(want) > len(got) || strings.HasPrefix(pattern, "/") && len(want) != len(got) {
		return false
	}
	got = got[len(got)-len(want):]
	for i := range want {
		if want[i] != "*" && !strings.EqualFold(want[i], got[i]) {
			return false
		}
	}
	return true
}

// journal is every request so far, in the order of arrival.
type journal struct {
	entries []*Request
	arrived int
}

// open opens the entry of a request; authorization is what it keeps of the header of that name.
func (j *journal) open(r *http.Request, body []byte, signIn bool, now time.Time, authorization string) *Request {
	j.arrived++
	header := r.Header.Clone()
	if authorization != "" {
		header.Set("Authorization", authorization)
	}
	entry := &Request{
		Sequence: j.arrived, Time: now, Method: r.Method, Path: r.URL.EscapedPath(),
		Query: r.URL.Query(), Header: header, Body: string(body), SignIn: signIn,
	}
	if signIn {
		entry.Body = withoutSecrets(body)
	}
	j.entries = append(j.entries, entry)
	return entry
}

func (j *journal) filter(keep func(Request) bool) []Request {
	found := []Request{}
	for _, r := range j.entries {
		if keep(*r) {
			found = append(found, *r)
		}
	}
	return found
}

// withoutSecrets leaves credentials out of a sign-in form.
func withoutSecrets(body []byte) string {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return ""
	}
	for _, name := range []string{"client_secret", "client_assertion", "refresh_token", "password"} {
		if form.Has(name) {
			form.Set(name, "(secret)")
		}
	}
	return form.Encode()
}
