// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// response is an answer ready to be sent.
type response struct {
	status      int
	header      http.Header
	body        []byte
	contentType string // application/json, if empty
}

const maxBody = 16 << 20

// serve is the one adapter between HTTP and the handlers: it records, lets faults strike, answers, and keeps books on
// what reached the client.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		panic(http.ErrAbortHandler) // the client went away while it was sending: nothing was asked
	}
	if isControl(r.URL.Path) {
		s.serveControl(w, r, body)
		return
	}
	x, f := s.begin(r, body)
	defer s.closeBooks(x)
	if !s.pause(r, s.latency()) || !s.reaches(r, f, false) {
		panic(http.ErrAbortHandler)
	}
	answer := s.work(withExchange(r, x), x, f)
	if !s.reaches(r, f, true) {
		panic(http.ErrAbortHandler)
	}
	s.deliver(w, r, x, f, answer)
}

// reaches lets a fault hold up or cut the way to the work or, after it, the way back. It is false if nothing gets through.
func (s *Server) reaches(r *http.Request, f *Fault, after bool) bool {
	switch {
	case f == nil:
		return true
	case f.Kind == FaultDropBefore:
		return after
	case f.Kind == FaultDropAfter:
		return !after
	case f.Kind == FaultDelay && f.After == after:
		return s.wait(r, f.Delay)
	}
	return true
}

// begin records the request and finds the fault that will strike it.
func (s *Server) begin(r *http.Request, body []byte) (*exchange, *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := &exchange{server: s, body: body, entry: s.logRequest(r, body, !isAPI(r.URL.Path))}
	if !x.entry.SignIn {
		s.throttle.arrive(x.entry)
	}
	if x.entry.IsWrite() {
		x.write = s.writes.arrive(x, r.Header.Get("Authorization"))
	}
	return x, s.strike(x.entry)
}

// work answers the request under the lock, unless a fault does so instead.
func (s *Server) work(r *http.Request, x *exchange, f *Fault) *response {
	s.mu.Lock()
	defer s.mu.Unlock()
	var answer *response
	if f != nil && f.replaces() && !f.After {
		answer = f.answer(s, nil)
		x.write.keep(answer)
	} else {
		answer = s.handle(r, x)
	}
	if f != nil && f.replaces() && f.After {
		answer = f.answer(s, answer)
	}
	s.stamp(r, answer)
	return answer
}

// handle routes a request of the API or of the sign-in service.
func (s *Server) handle(r *http.Request, x *exchange) *response {
	if x.entry.SignIn {
		return s.signIn(r, x)
	}
	if wait := s.throttled(x.entry); wait > 0 {
		x.entry.Throttled = true
		return s.tooMany(wait)
	}
	if refusal := s.authenticate(r, x); refusal != nil {
		return refusal
	}
	if s.behaviour.RequireContractVersion && r.Header.Get("MS-Contract-Version") == "" {
		return s.encode(http.StatusBadRequest, fault(3000, "The header MS-Contract-Version is missing."))
	}
	if answer := s.repeated(x); answer != nil {
		return answer
	}
	answer := s.dispatch(r, x)
	x.write.keep(answer)
	return answer
}

func (s *Server) dispatch(r *http.Request, x *exchange) *response {
	row, known := s.route(r)
	switch {
	case row == nil && known:
		return s.encode(http.StatusMethodNotAllowed, fault(900141, "%s is not supported for %s.", r.Method, r.URL.Path))
	case row == nil:
		return s.encode(http.StatusNotImplemented, faultFrom("Emulator", 0, "The emulator does not know %s %s.", r.Method, r.URL.Path))
	case row.userOnly && x.caller.AppOnly:
		return s.encode(http.StatusForbidden, fault(900329, "App-only authentication is not supported for this resource."))
	}
	return s.encode(row.handle(s, r))
}

// encode turns what a handler returned into bytes.
func (s *Server) encode(status int, body any) *response {
	answer := &response{status: status, header: http.Header{}}
	if wrapped, ok := body.(answerWithHeaders); ok {
		answer.header, body = wrapped.header, wrapped.body
	}
	switch b := body.(type) {
	case nil:
		return answer
	case rawBody:
		answer.body, answer.contentType = b.content, b.contentType
		return answer
	case faultBody:
		body = map[string]any{"code": s.code(b.Code), "description": b.Description, "data": b.Data, "source": b.Source}
	case faultBodyB:
		body = map[string]any{
			"code": b.Code, "message": b.Description, "description": b.Description, "errorName": b.Name,
			"isRetryable": false, "parameters": map[string]any{}, "errorMessageExtended": fmt.Sprintf("InternalErrorCode=%d", b.Code),
		}
	}
	var text bytes.Buffer
	if s.behaviour.ByteOrderMark {
		text.Write(byteOrderMark)
	}
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return &response{status: http.StatusInternalServerError, header: http.Header{}, body: []byte(err.Error()), contentType: "text/plain"}
	}
	answer.body = bytes.TrimRight(text.Bytes(), "\n")
	return answer
}

// code is an error code as text, the documented form, or as a number, which is seen too.
func (s *Server) code(code int) any {
	if s.behaviour.NumericCodes {
		return code
	}
	return strconv.Itoa(code)
}

// stamp adds the headers that every answer carries.
func (s *Server) stamp(r *http.Request, answer *response) {
	header := answer.header
	reportMFA(r, exchangeOf(r).caller, answer)
	header["Date"] = []string{s.now().Format(http.TimeFormat)}
	if isAPI(r.URL.Path) {
		for name, value := range map[string]string{
			"MS-RequestId":     s.echo(r, "MS-RequestId"),
			"MS-CorrelationId": s.echo(r, "MS-CorrelationId"),
			"X-Locale":         s.doubled(orText(r.Header.Get("X-Locale"), "en-US")),
			"MS-CV":            s.newCode(16) + ".0",
			"MS-ServerId":      "EMULATOR001",
		} {
			header.Set(name, value)
		}
	}
	if len(answer.body) == 0 {
		return
	}
	header.Set("Content-Type", orText(answer.contentType, "application/json; charset=utf-8"))
}

func (s *Server) echo(r *http.Request, name string) string {
	if sent := r.Header.Get(name); sent != "" {
		return s.doubled(sent)
	}
	return s.doubled(s.newID())
}

func (s *Server) doubled(value string) string {
	if s.behaviour.DoubledHeaders {
		return value + "," + value
	}
	return value
}

func orText(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// deliver sends the answer. The books say "answered" before the first byte leaves, because the client's next request
// may arrive at once, and are corrected where the answer was cut.
func (s *Server) deliver(w http.ResponseWriter, r *http.Request, x *exchange, f *Fault, answer *response) {
	cut := f != nil && f.Kind == FaultTruncate
	garbled := f != nil && (f.Kind == FaultHTML || f.Kind == FaultEmptyBody)
	slow := f != nil && f.Kind == FaultSlowBody
	s.conclude(x, answer, !cut && r.Context().Err() == nil, garbled || slow)
	if cut && len(answer.body) == 0 {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), answer.header)
	if answer.status != http.StatusNoContent && answer.status >= http.StatusOK {
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	}
	w.WriteHeader(answer.status)
	first := answer.body
	if cut || slow {
		first = answer.body[:len(answer.body)/2]
	}
	_, err := w.Write(first)
	if cut || slow {
		_ = http.NewResponseController(w).Flush()
	}
	if slow {
		if cut = !s.wait(r, f.Delay); !cut {
			_, err = w.Write(answer.body[len(first):])
		}
	}
	if cut {
		s.conclude(x, answer, false, false)
		panic(http.ErrAbortHandler)
	}
	if err != nil && r.Method != http.MethodHead {
		s.conclude(x, answer, false, false)
	}
}

// conclude notes what the client has been told.
func (s *Server) conclude(x *exchange, answer *response, delivered, garbled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.entry.Status = answer.status
	if !delivered {
		x.entry.Status = 0
	}
	if delivered && answer.status == http.StatusTooManyRequests {
		s.noteTooMany(x.entry, answer)
	}
	s.writes.conclude(x.write, answer.status, delivered, garbled)
	x.concluded = true
}

// closeBooks notes that a request got no answer at all.
func (s *Server) closeBooks(x *exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !x.concluded {
		s.writes.conclude(x.write, 0, false, false)
	}
}

func (s *Server) latency() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour.Latency
}

// pause holds a request for d, not at all for 0.
func (s *Server) pause(r *http.Request, d time.Duration) bool { return d <= 0 || s.wait(r, d) }

// wait holds a request for d of real time, for ever if d is 0. It is false if the client went away.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
		return false
	case <-s.listeners.closing:
		return false
	}
}

// isAPI tells calls of the API from calls of the sign-in service, which shares the address.
func isAPI(path string) bool {
	first := segments(path)[0]
	return strings.EqualFold(first, "v1") || strings.EqualFold(first, "webhooks") || strings.EqualFold(first, "auditactivity")
}
