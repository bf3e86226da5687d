// SPDX-License-Identifier: MPL-2.0

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
	graphTable  *routeTable          // of Microsoft Graph, and of the storage behind it
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
	fixture   *Fixture
	exports   *exportShelf
}

// Option configures a new Server.
type Option func(*Server)

type settings struct {
	memory  bool
	address string
	start   time.Time
	seed    uint64
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
	s.exports = newExportShelf()
}

// Reset forgets everything that happened: tenant, knobs, clock, journal and faults are as after New. Tokens stay valid.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.Reset(s.options.start)
	s.start()
}

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

// Handler answers requests to URL.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// Close stops listening and cuts open connections.
func (s *Server) Close() { s.listeners.close() }
