// SPDX-License-Identifier: MPL-2.0

// Package emulator is Partner Center in memory: the REST API, the sign-in service, the publishers behind the
// marketplace and a clock that can be moved. It is written from internal/partnercenter/reference alone and knows no client.
//
// This package is how Partner Center is spoken to: routes, what requests and answers look like, tokens, limits, repeated
// request IDs, faults, the journal of requests and the control API. What is sold, bought, renewed and ended is decided by
// package world, which knows no HTTP; the tenant that most tests use is in package sample. Names of both that tests say are
// repeated here, so that a test imports this package alone.
//
// Files stand in layers: a Server and its listeners, above them the handlers, which read a call, do one thing in the world
// and render what came of it, and below them routes, wire format, tokens and journal. A handler changes nothing by itself and
// runs under the server's lock. Business errors come from the world as a Refusal; only this package knows their shapes.
package emulator

import (
	"net/http"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/sample"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

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
		build:   sample.Empty,
		options: settings{address: "127.0.0.1:0", seed: 1},
		table:   newRouteTable(apiRoutes()),
	}
	s.graphTable = newRouteTable(s.graphRoutes())
	s.directory = newDirectory(&s.behaviour.Transport)
	s.signInTable = newRouteTable(signInRoutes(s.directory))
	for _, opt := range opts {
		opt(s)
	}
	s.clock = world.NewClock(s.options.start)
	if s.options.memory {
		s.clock.Still()
		s.clock.Reset(s.options.start)
		s.start()
		s.listeners = &listeners{closing: make(chan struct{})}
		s.URL = "http://127.0.0.1"
		s.directory.addresses = []string{s.URL}
		return s, nil
	}
	s.start()
	var err error
	if s.listeners, err = listen(s.options.address, http.HandlerFunc(s.serve)); err != nil {
		return nil, err
	}
	s.mu.Lock() // requests may come as soon as it listens
	defer s.mu.Unlock()
	s.listeners.start()
	s.URL, s.TLSURL = s.listeners.plain.URL, s.listeners.secure.URL
	s.directory.addresses = []string{s.URL, s.TLSURL}
	return s, nil
}

// WithAddress listens for http on address (host:port, port 0 for a free one) instead of a free port of 127.0.0.1.
func WithAddress(address string) Option { return func(s *Server) { s.options.address = address } }

// InMemory listens nowhere: Handler is the only way in, and the clock moves only as it is told, so that a seed and a sequence of calls
// always have the same outcome.
func InMemory() Option { return func(s *Server) { s.options.memory = true } }

// WithTime starts the virtual clock at start instead of the machine's time.
func WithTime(start time.Time) Option { return func(s *Server) { s.options.start = start } }

// WithSeed chooses another sequence of generated ids.
func WithSeed(seed uint64) Option { return func(s *Server) { s.options.seed = seed } }

// WithBehaviour changes knobs from the start; Reset comes back to them.
func WithBehaviour(change func(*Behaviour)) Option { return func(s *Server) { change(&s.initial) } }
