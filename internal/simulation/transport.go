// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Crash is the moment at which a run's process dies: in a request.
type Crash string

// The moments of a request.
const (
	NotSent    Crash = "not sent"               // before Partner Center has got it
	Unanswered Crash = "done and unanswered"    // Partner Center has done it, and the answer never came
	NotSaved   Crash = "answered and not saved" // the answer came, and Terraform never heard of it
)

// Crashes are all of them.
var Crashes = []Crash{NotSent, Unanswered, NotSaved}

var (
	errCrashed     = errors.New("the process has crashed")
	errUnreachable = errors.New("connection refused")
	errReset       = errors.New("connection reset by peer")
)

// Request is one request of a run, as whoever judges the run sees it.
type Request struct {
	Method, Path, Body string
	Planning           bool   // or applying
	Address            string // the resource that it was sent for
}

// Writes reports whether the request may change something or cost money; carts commit to nothing.
func (r Request) Writes() bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	return r.Method != http.MethodPost || strings.HasSuffix(r.Path, "/checkout") || strings.HasSuffix(r.Path, "/transitions")
}

// RoundTrip is the way from the provider's process to Partner Center.
func (p *process) RoundTrip(req *http.Request) (*http.Response, error) {
	body := []byte(nil)
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body) // from memory
		_ = req.Body.Close()
	}
	if p.dead {
		return nil, errCrashed
	}
	w := p.workspace
	if w.turn != nil {
		w.turn.park(p.emulator().Clock().Now())
	}
	sent := Request{Method: req.Method, Path: req.URL.Path, Body: string(body), Planning: w.planning, Address: w.at}
	w.sent++
	fate := w.trouble.fate(sent, w.sent)
	if fate.crash != "" {
		p.dead, w.crashed = true, true
		w.tell("crash: %s %s is %s", sent.Method, short(sent.Path), fate.crash)
	}
	if fate.crash == NotSent {
		return nil, errCrashed
	}
	if fate.unreachable {
		w.tell("fault: %s %s cannot be sent", sent.Method, short(sent.Path))
		return nil, errUnreachable
	}
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if fate.fault != nil {
		p.emulator().Fault(*fate.fault)
		w.tell("fault: %s %s: %s", sent.Method, short(sent.Path), fate.fault)
	}
	w.Requests = append(w.Requests, sent)
	if w.observe != nil {
		w.observe(w, w.current, sent)
	}
	answer, err := deliver(p.emulator().Handler(), p.token, req, body)
	if err == nil && w.market != nil {
		w.market.quote(sent.Path, answer)
	}
	return answer, err
}

// deliver is a request over a connection that breaks where the handler gives up.
func deliver(to http.Handler, token string, req *http.Request, body []byte) (answer *http.Response, err error) {
	received := req.Clone(req.Context())
	received.Host, received.RequestURI = req.URL.Host, req.URL.RequestURI()
	received.Header.Set("Authorization", "Bearer "+token)
	received.Body = io.NopCloser(bytes.NewReader(body))
	recorder := httptest.NewRecorder()
	defer func() {
		broken := recover()
		aborted, _ := broken.(error)
		switch {
		case broken == nil:
		case !errors.Is(aborted, http.ErrAbortHandler):
			panic(broken)
		case recorder.Flushed || recorder.Body.Len() > 0: // in the middle of the answer
			err, answer = nil, recorder.Result()
			answer.Body = io.NopCloser(io.MultiReader(answer.Body, brokenReader{}))
		default:
			answer, err = nil, errReset
		}
	}()
	to.ServeHTTP(recorder, received)
	answer = recorder.Result()
	answer.Request = req
	return answer, nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// short is a path without what all of them have.
func short(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/v1/customers/"), "/")
	return strings.Join(parts[min(1, len(parts)-1):], "/")
}

// fate is what happens to one request.
type fate struct {
	crash       Crash
	unreachable bool
	fault       *emulator.Fault
}

// trouble decides what goes wrong in a run; a nil one lets everything pass.
type trouble func(sent Request, number int) fate

func (t trouble) fate(sent Request, number int) fate {
	if t == nil {
		return fate{}
	}
	f := t(sent, number)
	if f.crash == Unanswered {
		f.fault = &emulator.Fault{Kind: emulator.FaultDropAfter}
	}
	return f
}
