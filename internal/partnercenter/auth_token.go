// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// accessToken is a token and how long it is good for; 0 where that was not said.
type accessToken struct {
	value    string
	lifetime time.Duration
}

// tokenSource keeps the current token. Calls that need a new one at the same time share one sign-in.
type tokenSource struct {
	method  method
	clock   Clock
	timeout time.Duration
	fetch   func(context.Context) (accessToken, error)
	flight  singleflight.Group

	mu      sync.Mutex
	current string
	renewAt time.Time
}

const (
	renewBefore     = 5 * time.Minute
	unknownLifetime = 30 * time.Minute
)

// token returns the current token, or signs in.
func (s *tokenSource) token(ctx context.Context) (string, error) {
	if current := s.valid(); current != "" {
		return current, nil
	}
	// A caller that gives up must not take the sign-in away from the others.
	results := s.flight.DoChan("", func() (any, error) { return s.renew(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case result := <-results:
		token, _ := result.Val.(string)
		return token, result.Err
	}
}

func (s *tokenSource) valid() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clock.Now().Before(s.renewAt) {
		return s.current
	}
	return ""
}

func (s *tokenSource) renew(ctx context.Context) (string, error) {
	if current := s.valid(); current != "" { // another flight landed meanwhile
		return current, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	got, err := s.fetch(ctx)
	if err != nil {
		return "", err
	}
	if got.lifetime <= 0 {
		got.lifetime = unknownLifetime
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = got.value
	s.renewAt = s.clock.Now().Add(got.lifetime - min(renewBefore, got.lifetime/4))
	return got.value, nil
}

// forget drops a token that the service refused, unless it has been replaced already.
func (s *tokenSource) forget(refused string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == refused {
		s.current, s.renewAt = "", time.Time{}
	}
}

// renewable tells whether signing in again can bring another token.
func (s *tokenSource) renewable() bool { return s.method != byAccessToken }
