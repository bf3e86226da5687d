// SPDX-License-Identifier: MPL-2.0

// Package trace keeps what was asked and answered in a form that can be given away: every ID, name, address, domain, token and amount of the
// partner is replaced, the same one always by the same, in the form that it had. What stays is what the API itself is made of: members,
// words of its enums, dates, quantities, codes.
package trace

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Exchange is a request and its answer.
type Exchange struct {
	Method        string          `json:"method"`
	Path          string          `json:"path"`
	Query         url.Values      `json:"query,omitempty"`
	RequestHeader http.Header     `json:"requestHeader,omitempty"`
	RequestBody   json.RawMessage `json:"requestBody,omitempty"`
	Status        int             `json:"status"`
	Header        http.Header     `json:"header,omitempty"`
	// Body is JSON; what is none stands in Text.
	Body json.RawMessage `json:"body,omitempty"`
	Text string          `json:"text,omitempty"`
}

// Trace is what was asked in one run, in its order.
type Trace struct {
	// Note says where it comes from.
	Note      string     `json:"note"`
	Exchanges []Exchange `json:"exchanges"`
}

// Recorder collects exchanges with everything replaced; nothing of the tenant is kept, not even in memory.
type Recorder struct {
	trace    Trace
	replaces *replacer
}

// NewRecorder makes a recorder whose replacements nobody can repeat. It keeps the words that are ours: of whoever asks, and of no tenant.
func NewRecorder(note string, ours ...string) (*Recorder, error) {
	replaces, err := newReplacer(ours)
	if err != nil {
		return nil, err
	}
	return &Recorder{Trace{Note: note}, replaces}, nil
}

// answerHeaders and requestHeaders are what facts are about; no others are kept.
var (
	answerHeaders  = []string{"Content-Type", "Date", "Location", "Ms-Continuationtoken", "Ms-Correlationid", "Ms-Cv", "Ms-Requestid", "Ms-Serverid", "Retry-After", "Www-Authenticate", "X-Locale", "Ismfacompliant", "Etag"}
	requestHeaders = []string{"If-Match", "Ms-Continuationtoken", "Ms-Contract-Version", "Ms-Requestid", "Validatemfa", "X-Locale"}
)

// Add keeps an exchange.
func (r *Recorder) Add(x Exchange) {
	kept := Exchange{
		Method: x.Method, Path: r.replaces.path(x.Path), Query: r.replaces.query(x.Query), Status: x.Status,
		RequestHeader: r.replaces.header(x.RequestHeader, requestHeaders), Header: r.replaces.header(x.Header, answerHeaders),
	}
	kept.RequestBody, _ = r.replaces.json(x.RequestBody)
	var isJSON bool
	if kept.Body, isJSON = r.replaces.json(x.Body); !isJSON {
		kept.Text = r.replaces.words(string(x.Body))
	}
	r.trace.Exchanges = append(r.trace.Exchanges, kept)
}

// Trace is what was kept so far.
func (r *Recorder) Trace() Trace { return r.trace }

// Write writes a trace as JSON.
func (t Trace) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(t)
}

// Read reads a trace.
func Read(from io.Reader) (Trace, error) {
	var t Trace
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return t, fmt.Errorf("reading the trace: %w", err)
	}
	for i, x := range t.Exchanges {
		if x.Method == "" || !strings.HasPrefix(x.Path, "/") || x.Status < 100 || x.Status > 599 {
			return t, fmt.Errorf("exchange %d of the trace is none", i+1)
		}
	}
	return t, nil
}

// Fixture is a trace without what only the asker sent: what the emulator plays.
func (t Trace) Fixture() Trace {
	fixture := Trace{Note: t.Note}
	for _, x := range t.Exchanges {
		token := x.RequestHeader.Get("Ms-Continuationtoken")
		if x.RequestHeader = nil; token != "" {
			x.RequestHeader = http.Header{"Ms-Continuationtoken": {token}}
		}
		if !slices.ContainsFunc(fixture.Exchanges, func(known Exchange) bool { return same(known, x) }) {
			fixture.Exchanges = append(fixture.Exchanges, x)
		}
	}
	return fixture
}

// same holds for two exchanges that ask and answer the same, apart from the names of the calls.
func same(a, b Exchange) bool {
	return a.Method == b.Method && a.Path == b.Path && a.Query.Encode() == b.Query.Encode() && a.Status == b.Status &&
		string(a.RequestBody) == string(b.RequestBody) && string(a.Body) == string(b.Body) && a.Text == b.Text &&
		a.RequestHeader.Get("Ms-Continuationtoken") == b.RequestHeader.Get("Ms-Continuationtoken")
}
