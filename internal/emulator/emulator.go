// SPDX-License-Identifier: MPL-2.0

// Package emulator is Partner Center in memory: the REST API, the sign-in service, the publishers behind the
// marketplace and a clock that can be moved. It is written from the API reference alone and knows no client.
package emulator

import (
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"sync"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// Server is one Partner Center with one partner tenant, listening on the loopback interface.
type Server struct {
	URL    string // URL is the http address of API and sign-in service, without a trailing slash.
	TLSURL string // TLSURL is the https address of the same; its certificate is trusted by CertPool.

	options     settings
	listeners   *listeners
	table       *routeTable          // of the API
	signInTable *routeTable          // of the sign-in service
	build       func(w *world.World) // fills the world of a new or reset server
	initial     Behaviour            // what Reset goes back to
	clock       *world.Clock

	mu        sync.Mutex // held while a handler runs and by every exported method
	behaviour Behaviour
	world     *world.World
	directory *directory
	journal   journal
	writes    writeLog
	faults    faultList
	throttle  throttle
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
		initial: defaultBehaviour(),
		build:   emptyTenant,
		options: settings{address: "127.0.0.1:0", seed: 1},
		table:   newRouteTable(apiRoutes()),
	}
	s.directory = newDirectory(&s.behaviour.Transport)
	s.signInTable = newRouteTable(signInRoutes(s.directory))
	for _, opt := range opts {
		opt(s)
	}
	s.clock = world.NewClock(s.options.start)
	s.start()
	var err error
	if s.listeners, err = listen(s.options.address, http.HandlerFunc(s.serve)); err != nil {
		return nil, err
	}
	s.mu.Lock() // a request may be there already
	defer s.mu.Unlock()
	s.URL, s.TLSURL = s.listeners.plain.URL, s.listeners.secure.URL
	s.directory.addresses = []string{s.URL, s.TLSURL}
	return s, nil
}

// start puts the server into the state it has before the first request.
func (s *Server) start() {
	s.behaviour = s.initial
	s.world = world.New(s.clock, &s.behaviour.Rules, s.options.seed)
	s.build(s.world)
	s.directory.world = s.world
	s.journal, s.faults = journal{}, nil
	s.writes = newWriteLog(s.clock.Now)
	s.throttle = newThrottle()
}

// Reset forgets everything that happened: tenant, knobs, clock, journal and faults are as after New. Tokens stay valid.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.Reset(s.options.start)
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

// CertPool trusts the certificate of TLSURL.
func (s *Server) CertPool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.listeners.authority.root)
	return pool
}

// CertPEM is the authority behind TLSURL in PEM, for SSL_CERT_FILE.
func (s *Server) CertPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.listeners.authority.root.Raw})
}

// Close stops listening and cuts open connections.
func (s *Server) Close() { s.listeners.close() }
