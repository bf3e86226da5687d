// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Fixture are answers of the real service, as `partnercenter conformance fixture` writes them.
type Fixture struct {
	Note      string     `json:"note"`
	Exchanges []Recorded `json:"exchanges"`
}

// Recorded is a request with its answer.
type Recorded struct {
	Method        string          `json:"method"`
	Path          string          `json:"path"`
	Query         url.Values      `json:"query"`
	RequestHeader http.Header     `json:"requestHeader"`
	RequestBody   json.RawMessage `json:"requestBody"`
	Status        int             `json:"status"`
	Header        http.Header     `json:"header"`
	Body          json.RawMessage `json:"body"`
	Text          string          `json:"text"` // of an answer that was not JSON

	played bool
}

// ReadFixture reads a fixture from JSON.
func ReadFixture(content []byte) (*Fixture, error) {
	var f Fixture
	if err := json.Unmarshal(content, &f); err != nil {
		return nil, fmt.Errorf("reading the fixture: %w", err)
	}
	for i, x := range f.Exchanges {
		if x.Method == "" || !strings.HasPrefix(x.Path, "/") || x.Status < 100 || x.Status > 599 {
			return nil, fmt.Errorf("exchange %d of the fixture is none", i+1)
		}
	}
	return &f, nil
}

// Play answers from a fixture what stands in it; everything else is answered as always. Several answers to one request come in their order,
// the last of them for good. nil ends it.
func (s *Server) Play(f *Fixture) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fixture = f
}

// continuation tells pages apart that have the same address.
const continuation = "MS-ContinuationToken"

// answer is the next recorded answer to a request; nil where there is none.
func (f *Fixture) answer(r *http.Request, body []byte) *response {
	if f == nil {
		return nil
	}
	var found *Recorded
	for i := range f.Exchanges {
		x := &f.Exchanges[i]
		if !x.fits(r, body) {
			continue
		}
		if found = x; !x.played {
			x.played = true
			break
		}
	}
	if found == nil {
		return nil
	}
	return found.response()
}

func (x *Recorded) fits(r *http.Request, body []byte) bool {
	return x.Method == r.Method && strings.EqualFold(x.Path, r.URL.EscapedPath()) && sameQuery(x.Query, r.URL.Query()) &&
		x.RequestHeader.Get(continuation) == r.Header.Get(continuation) && sameJSON(x.RequestBody, body)
}

func sameQuery(one, other url.Values) bool { return one.Encode() == other.Encode() }

// sameJSON compares bodies of requests by what they say.
func sameJSON(one, other []byte) bool {
	if len(one) == 0 || len(other) == 0 {
		return len(one) == len(other)
	}
	var a, b any
	if json.Unmarshal(one, &a) != nil || json.Unmarshal(other, &b) != nil {
		return false
	}
	first, _ := json.Marshal(a) // what was decoded can be encoded
	second, _ := json.Marshal(b)
	return slices.Equal(first, second)
}

func (x *Recorded) response() *response {
	answer := &response{status: x.Status, header: x.Header.Clone(), body: []byte(x.Text), contentType: x.Header.Get("Content-Type")}
	if len(x.Body) > 0 {
		answer.body = x.Body
	}
	if answer.header == nil {
		answer.header = http.Header{}
	}
	return answer
}
