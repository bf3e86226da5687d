// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"bytes"
	"context"
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

// The moments of a request. In the first two, Terraform is killed together with the provider; in the last one it goes on, and keeps what it
// keeps of a resource when the provider does not answer.
const (
	NotSent      Crash = "not sent"                                    // before Partner Center has got it
	Unanswered   Crash = "done and unanswered"                         // Partner Center has done it, and the answer never came
	ProviderOnly Crash = "answered, and only the provider has crashed" // the answer came, and Terraform never heard of it
)

// Crashes are all of them.
var Crashes = []Crash{NotSent, Unanswered, ProviderOnly}

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
	if w.Turn != nil {
		w.Turn.park(p.emulator().Clock().Now())
	}
	sent := Request{Method: req.Method, Path: req.URL.Path, Body: string(body), Planning: w.planning, Address: w.at}
	w.sent++
	f := w.Trouble.fate(sent, w.sent)
	if f.Crash != "" {
		p.dead, w.crashed, w.outlived = true, true, f.Crash == ProviderOnly
		w.tell("crash: %s %s is %s", sent.Method, Short(sent.Path), f.Crash)
	}
	if f.Crash == NotSent {
		return nil, p.die()
	}
	if f.Unreachable {
		w.tell("fault: %s %s cannot be sent", sent.Method, Short(sent.Path))
		return nil, errUnreachable
	}
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	if f.Late {
		return nil, p.keepBack(sent, req, body)
	}
	if f.Fault != nil {
		p.emulator().Fault(*f.Fault)
		w.tell("fault: %s %s: %s", sent.Method, Short(sent.Path), f.Fault)
	}
	return p.exchange(sent, req, body)
}

// exchange lets Partner Center do its work.
func (p *process) exchange(sent Request, req *http.Request, body []byte) (*http.Response, error) {
	w := p.workspace
	w.Requests = append(w.Requests, sent)
	if w.Observe != nil {
		w.Observe(w, w.current, sent)
	}
	answer, err := deliver(p.emulator().Handler(), p.token, req, body)
	if err == nil && w.Answered != nil {
		w.Answered(sent.Path, answer)
	}
	if p.dead {
		_ = p.die()
	}
	return answer, err
}

// die is the end of the process, for those who speak to it from outside.
func (p *process) die() error {
	p.workspace.handed.Add(1)
	if p.workspace.dies != nil {
		p.workspace.dies()
	}
	return errCrashed
}

// keepBack is a connection that breaks while its request is on its way.
func (p *process) keepBack(sent Request, req *http.Request, body []byte) error {
	w := p.workspace
	w.tell("fault: %s %s is on its way for a long time", sent.Method, Short(sent.Path))
	w.late = append(w.late, func() {
		if answer, err := deliver(p.emulator().Handler(), p.token, req.Clone(context.WithoutCancel(req.Context())), body); err == nil {
			_ = answer.Body.Close() // nobody reads it
		}
	})
	return errReset
}

// Arrive lets the requests arrive that are late.
func (w *Workspace) Arrive() {
	for _, arrive := range w.late {
		arrive()
	}
	w.late = nil
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
			answer.Body = io.NopCloser(io.MultiReader(answer.Body, BrokenReader{}))
		default:
			answer, err = nil, errReset
		}
	}()
	to.ServeHTTP(recorder, received)
	answer = recorder.Result()
	answer.Request = req
	return answer, nil
}

// BrokenReader is where an answer breaks off.
type BrokenReader struct{}

// Read fails.
func (BrokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Short is a path without what all of them have.
func Short(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/v1/customers/"), "/")
	return strings.Join(parts[min(1, len(parts)-1):], "/")
}

// Fate is what happens to one request; the zero value lets it pass.
type Fate struct {
	Crash       Crash
	Unreachable bool // the connection cannot be made
	Late        bool // the connection breaks, and the request arrives when the workspace lets it
	Fault       *emulator.Fault
}

// Trouble decides what goes wrong in a run; a nil one lets everything pass. Requests of a run are counted from 1.
type Trouble func(sent Request, number int) Fate

func (t Trouble) fate(sent Request, number int) Fate {
	if t == nil {
		return Fate{}
	}
	f := t(sent, number)
	if f.Crash == Unanswered {
		f.Fault = &emulator.Fault{Kind: emulator.FaultDropAfter}
	}
	return f
}
