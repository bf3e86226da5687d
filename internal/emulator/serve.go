// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"io"
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// exchange is what the adapter knows about the request in hand.
type exchange struct {
	body      []byte
	caller    world.Caller
	entry     *Request
	write     *writeCall // nil for reads and for writes without a usable id
	concluded bool
}

const maxBody = 16 << 20

// serve is the one adapter between HTTP and the handlers: it refuses what web pages send, records, lets faults strike, answers, and keeps
// books on what reached the client.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if status, why := s.foreign(r); why != "" {
		http.Error(w, why, status)
		return
	}
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
	answer := s.work(r, x, f)
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
	authorization := r.Header.Get("Authorization")
	x := &exchange{body: body}
	x.entry = s.journal.open(r, body, !isAPI(r.URL.Path), s.world.Now(), s.directory.authorizationKind(authorization))
	if !x.entry.SignIn {
		s.throttle.arrive(x.entry)
	}
	if x.entry.IsWrite() {
		x.write = s.writes.arrive(x.entry, authorization)
	}
	return x, s.faults.strike(x.entry)
}

// work answers the request under the lock, unless a fault does so instead.
func (s *Server) work(r *http.Request, x *exchange, f *Fault) *response {
	s.mu.Lock()
	defer s.mu.Unlock()
	var answer *response
	if f != nil && f.replaces() && !f.After {
		answer = f.answer(&s.behaviour.Transport, nil)
		if f.Kind == FaultStatus { // anything else is not the service's own answer
			x.write.keep(answer)
		}
	} else {
		answer = s.handle(r, x)
	}
	if f != nil && f.replaces() && f.After {
		answer = f.answer(&s.behaviour.Transport, answer)
	}
	s.stamp(r, x.caller, answer)
	return answer
}

// handle routes a request of the API or of the sign-in service.
func (s *Server) handle(r *http.Request, x *exchange) *response {
	if x.entry.SignIn {
		return s.signIn(r, x)
	}
	if isGraph(r.URL.Path) {
		return s.graph(r, x)
	}
	if wait := s.throttle.throttled(x.entry, &s.behaviour.Transport, s.world.Now()); wait > 0 {
		x.entry.Throttled = true
		return s.behaviour.tooMany(wait)
	}
	caller, refusal := s.directory.authenticate(r)
	x.caller = caller
	if refusal != nil {
		return refusal
	}
	if s.behaviour.RequireContractVersion && r.Header.Get("MS-Contract-Version") == "" {
		return s.behaviour.encode(http.StatusBadRequest, fault(3000, "The header MS-Contract-Version is missing."))
	}
	if answer := s.fixture.answer(r, x.body); answer != nil {
		x.entry.Recorded = true
		return answer
	}
	if answer := x.write.repeated(&s.behaviour.Transport); answer != nil {
		x.entry.Replayed = x.write.replays(&s.behaviour.Transport)
		return answer
	}
	answer := s.dispatch(r, x)
	x.write.keep(answer)
	return answer
}

func (s *Server) dispatch(r *http.Request, x *exchange) *response {
	row, known := s.table.route(r)
	switch {
	case row == nil && known:
		return s.behaviour.encode(http.StatusMethodNotAllowed, fault(900141, "%s is not supported for %s.", r.Method, r.URL.Path))
	case row == nil:
		return s.behaviour.encode(http.StatusNotImplemented, faultFrom("Emulator", 0, "The emulator does not know %s %s.", r.Method, r.URL.Path))
	case row.userOnly && x.caller.AppOnly:
		return s.behaviour.encode(http.StatusForbidden, fault(900329, "App-only authentication is not supported for this resource."))
	}
	return s.behaviour.encode(row.handle(s.call(r, x)))
}

// signIn answers everything outside the API; an unknown path is 404, as of any web site.
func (s *Server) signIn(r *http.Request, x *exchange) *response {
	row, _ := s.signInTable.route(r)
	if row == nil {
		return s.behaviour.encode(http.StatusNotFound, rawBody{contentType: "text/plain", content: []byte("not found")})
	}
	transport := s.behaviour.Transport
	transport.ByteOrderMark = false // it is Partner Center's
	return transport.encode(row.handle(s.call(r, x)))
}

func (s *Server) call(r *http.Request, x *exchange) *call {
	return &call{Request: r, body: x.body, caller: x.caller, world: s.world, behaviour: &s.behaviour}
}

// stamp adds the headers that every answer carries.
func (s *Server) stamp(r *http.Request, caller world.Caller, answer *response) {
	header := answer.header
	reportMFA(r, caller, answer)
	header["Date"] = []string{s.world.Now().Format(http.TimeFormat)}
	if isAPI(r.URL.Path) && !isGraph(r.URL.Path) {
		for name, value := range map[string]string{
			"MS-RequestId":     s.echo(r, "MS-RequestId"),
			"MS-CorrelationId": s.echo(r, "MS-CorrelationId"),
			"X-Locale":         s.doubled(orText(r.Header.Get("X-Locale"), "en-US")),
			"MS-CV":            s.world.NewCode(16) + ".0",
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
	return s.doubled(s.world.NewID())
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
