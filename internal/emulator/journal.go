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
}

// IsWrite tells whether the request could change something at Partner Center. Two calls only ask, although they post.
func (r Request) IsWrite() bool {
	return !r.SignIn && r.Method != http.MethodGet && r.Method != http.MethodHead &&
		!r.Is("POST", "checkInventory") && !r.Is("POST", "promotionEligibilities")
}

// RequestID is the MS-RequestId that was sent.
func (r Request) RequestID() string { return r.Header.Get("MS-RequestId") }

// CorrelationID is the MS-CorrelationId that was sent.
func (r Request) CorrelationID() string { return r.Header.Get("MS-CorrelationId") }

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

// Requests lists every request to the API and the sign-in service so far, in the order of arrival.
func (s *Server) Requests() []Request {
	return s.filter(func(Request) bool { return true })
}

// Writes lists the requests that could change something at Partner Center.
func (s *Server) Writes() []Request { return s.filter(Request.IsWrite) }

// Matching lists the requests for which Is(method, pattern) holds.
func (s *Server) Matching(method, pattern string) []Request {
	return s.filter(func(r Request) bool { return r.Is(method, pattern) })
}

// Count is how many requests match, see Request.Is.
func (s *Server) Count(method, pattern string) int { return len(s.Matching(method, pattern)) }

// ForgetRequests empties the journal; ids of calls stay known, so that repeats are still recognised.
func (s *Server) ForgetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal = nil
}

func (s *Server) filter(keep func(Request) bool) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []Request{}
	for _, r := range s.journal {
		if keep(*r) {
			found = append(found, *r)
		}
	}
	return found
}

// logRequest opens the journal entry of a request.
func (s *Server) logRequest(r *http.Request, body []byte, signIn bool) *Request {
	s.requestCount++
	header := r.Header.Clone()
	if sent := header.Get("Authorization"); sent != "" {
		header.Set("Authorization", s.authorizationKind(sent))
	}
	entry := &Request{
		Sequence: s.requestCount, Time: s.now(), Method: r.Method, Path: r.URL.EscapedPath(),
		Query: r.URL.Query(), Header: header, Body: string(body), SignIn: signIn,
	}
	if signIn {
		entry.Body = withoutSecrets(body)
	}
	s.journal = append(s.journal, entry)
	return entry
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
