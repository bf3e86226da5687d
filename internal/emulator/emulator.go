// SPDX-License-Identifier: MPL-2.0

// Package emulator is Partner Center in memory: the REST API, the sign-in service, the publishers behind the
// marketplace and a clock that can be moved. It is written from the API reference alone and knows no client.
package emulator

import (
	"net/http"
	"sync"
	"time"
)

// Server is one Partner Center with one partner tenant, listening on the loopback interface.
type Server struct {
	URL    string // URL is the http address of API and sign-in service, without a trailing slash.
	TLSURL string // TLSURL is the https address of the same; its certificate is trusted by CertPool.

	options     settings
	listeners   *listeners
	table       *routeTable             // of the API
	signInTable *routeTable             // of the sign-in service
	build       func(s *Server) *Tenant // makes the tenant of a new or reset server
	initial     Behaviour               // what Reset goes back to
	clock       *Clock

	mu           sync.Mutex // held while a handler runs and by every exported method
	behaviour    Behaviour
	tenant       *Tenant
	directory    *directory
	ids          *idSource
	journal      []*Request
	requestCount int
	writes       writeLog
	faults       []*Fault
	throttle     throttle
}

// Option configures a new Server.
type Option func(*Server)

type settings struct {
	address string
	start   time.Time
	seed    uint64
}

// New starts a server on free ports of 127.0.0.1 and returns once it listens. It panics where that is impossible,
// so that a test needs no error path.
func New(opts ...Option) *Server {
	s, err := Start(opts...)
	if err != nil {
		panic(err)
	}
	return s
}

// Start is New for callers that choose an address and can report that it is taken.
func Start(opts ...Option) (*Server, error) {
	s := &Server{
		initial:     defaultBehaviour(),
		build:       newTenant,
		options:     settings{address: "127.0.0.1:0", seed: 1},
		table:       newRouteTable(apiRoutes()),
		signInTable: newRouteTable(signInRoutes()),
	}
	for _, opt := range opts {
		opt(s)
	}
	s.clock = newClock(s.options.start)
	s.start()
	s.directory = newDirectory()
	if err := s.listen(); err != nil {
		return nil, err
	}
	return s, nil
}

// start puts the server into the state it has before the first request.
func (s *Server) start() {
	s.behaviour = s.initial
	s.ids = newIDSource(s.options.seed)
	s.journal, s.faults = nil, nil
	s.writes = newWriteLog(s)
	s.throttle = newThrottle()
	s.tenant = s.build(s)
}

// Reset forgets everything that happened: tenant, knobs, clock, journal and faults are as after New. Tokens stay valid.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.reset(s.options.start)
	s.start()
}

// WithAddress listens for http on address (host:port, port 0 for a free one) instead of a free port of 127.0.0.1.
func WithAddress(address string) Option { return func(s *Server) { s.options.address = address } }

// WithTime starts the virtual clock at start instead of the machine's time.
func WithTime(start time.Time) Option { return func(s *Server) { s.options.start = start } }

// WithSeed chooses another sequence of generated ids.
func WithSeed(seed uint64) Option { return func(s *Server) { s.options.seed = seed } }

// WithBehaviour changes knobs from the start; Reset comes back to them.
func WithBehaviour(change func(*Behaviour)) Option { return func(s *Server) { change(&s.initial) } }

// Behave changes knobs while the server runs.
func (s *Server) Behave(change func(*Behaviour)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.behaviour)
}

// handler answers one API call; it runs under the server's lock and returns status and body.
// A nil body is an empty one; see wire.go for what else a body may be.
type handler func(s *Server, r *http.Request) (int, any)

// now is the service's time.
func (s *Server) now() time.Time { return s.clock.Now() }

// newID makes the next GUID of this server; the sequence is the same in every run.
func (s *Server) newID() string { return s.ids.guid() }

// newCode makes the next id of n upper-case letters and digits, the form of product, availability and order ids.
func (s *Server) newCode(n int) string { return s.ids.code(n) }
