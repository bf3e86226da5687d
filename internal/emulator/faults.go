// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// The faults. Status, Delay, HTML and EmptyBody strike before the work unless Fault.After is set.
const (
	FaultStatus     FaultKind = "status"      // another status and error body
	FaultDelay      FaultKind = "delay"       // silence for Delay, then the normal answer
	FaultDropBefore FaultKind = "drop_before" // the connection is cut, nothing was done
	FaultDropAfter  FaultKind = "drop_after"  // the work is done, the connection is cut without an answer
	FaultTruncate   FaultKind = "truncate"    // the work is done, the connection is cut in the middle of the body
	FaultSlowBody   FaultKind = "slow_body"   // the work is done, the second half of the body comes after Delay
	FaultHTML       FaultKind = "html"        // a gateway's page instead of JSON
	FaultEmptyBody  FaultKind = "empty_body"  // no body at all
)

// Match chooses the requests a fault applies to; the zero value is every call of the API.
type Match struct {
	Method  string `json:"method,omitempty"`  // any, if empty
	Pattern string `json:"pattern,omitempty"` // as in Request.Is
	SignIn  bool   `json:"signIn,omitempty"`  // calls of the sign-in service instead of the API
}

// Fault makes matching requests fail.
type Fault struct {
	Match       Match     `json:"match"`
	Skip        int       `json:"skip,omitempty"`        // matching requests to leave alone first
	Times       int       `json:"times,omitempty"`       // how often it strikes: 0 is once, -1 for ever
	Kind        FaultKind `json:"kind"`                  // FaultStatus, if empty
	Status      int       `json:"status,omitempty"`      // 0 is 503 for HTML, 500 for Status, the normal one for EmptyBody
	Code        int       `json:"code,omitempty"`        // of the error body; 429 always has the gateway's body
	Description string    `json:"description,omitempty"` // of the error body, which is empty without code and description
	RetryAfter  int       `json:"retryAfter,omitempty"`  // seconds, sent as Retry-After; 429 has at least 1
	After       bool      `json:"after,omitempty"`       // strikes when the work is done: its effects stay

	// Delay is real time; 0 with FaultDelay or FaultSlowBody lasts until the client gives up.
	Delay time.Duration `json:"-"`
}

type plainFault Fault

// MarshalJSON writes Delay as text, such as "1m30s".
func (f Fault) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		plainFault
		Delay string `json:"delay"`
	}{plainFault(f), f.Delay.String()})
}

// UnmarshalJSON reads Delay as text and refuses members and kinds that do not exist.
func (f *Fault) UnmarshalJSON(data []byte) error {
	var sent struct {
		plainFault
		Delay string `json:"delay"`
	}
	if err := decodeControl(data, &sent); err != nil {
		return err
	}
	*f = Fault(sent.plainFault)
	kinds := []FaultKind{"", FaultStatus, FaultDelay, FaultDropBefore, FaultDropAfter, FaultTruncate, FaultSlowBody, FaultHTML, FaultEmptyBody}
	if !slices.Contains(kinds, f.Kind) {
		return fmt.Errorf("there is no fault %q, only %q", f.Kind, kinds[1:])
	}
	if sent.Delay == "" {
		return nil
	}
	var err error
	f.Delay, err = time.ParseDuration(sent.Delay)
	return err
}

// faultList are the faults that have not struck yet.
type faultList []*Fault

// strike returns the fault for a request, nil for none, and uses it up.
func (l *faultList) strike(entry *Request) *Fault {
	for i, f := range *l {
		if f.Match.SignIn != entry.SignIn || !entry.Is(f.Match.Method, f.Match.Pattern) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			f.Times--
		}
		if f.Times == 0 {
			*l = slices.Delete(*l, i, i+1)
		}
		entry.Fault = f.String()
		struck := *f
		return &struck
	}
	return nil
}

// String names the fault for the journal, such as "status 503 after the work".
func (f *Fault) String() string {
	name := string(f.Kind)
	if f.Status != 0 {
		name += " " + strconv.Itoa(f.Status)
	}
	if f.After {
		name += " after the work"
	}
	return name
}

// replaces tells whether the fault gives another answer than the service's.
func (f *Fault) replaces() bool {
	return f.Kind == FaultStatus || f.Kind == FaultHTML || f.Kind == FaultEmptyBody
}

// answer is what a replacing fault sends; normal is the service's answer, nil before the work.
func (f *Fault) answer(t *Transport, normal *response) *response {
	header := http.Header{}
	if f.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	switch {
	case f.Kind == FaultHTML:
		page := "<html><head><title>Service unavailable</title></head><body><h1>The service is unavailable.</h1></body></html>"
		return &response{status: cmp.Or(f.Status, http.StatusServiceUnavailable), header: header, body: []byte(page), contentType: "text/html"}
	case f.Kind == FaultEmptyBody:
		status := cmp.Or(f.Status, http.StatusOK)
		if normal != nil && f.Status == 0 {
			status = normal.status
		}
		return &response{status: status, header: header}
	case f.Status == http.StatusTooManyRequests:
		return t.tooMany(time.Duration(max(f.RetryAfter, 1)) * time.Second)
	case f.Code == 0 && f.Description == "":
		return &response{status: cmp.Or(f.Status, http.StatusInternalServerError), header: header}
	}
	answer := t.encode(cmp.Or(f.Status, http.StatusInternalServerError), fault(f.Code, "%s", cmp.Or(f.Description, fmt.Sprintf("Injected fault %d.", f.Code))))
	maps.Copy(answer.header, header)
	return answer
}
