// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// accessToken is a token and how long it is good for; 0 where that was not said.
type accessToken struct {
	value    wire.Secret
	lifetime time.Duration
}

// Format prints nothing of the token.
func (t accessToken) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "access token for %s", t.lifetime)
}

// Source keeps the current token, for as long as it is good. Calls that need a new one at the same time share one sign-in.
type Source struct {
	method  method
	now     func() time.Time
	timeout time.Duration
	fetch   func(context.Context) (accessToken, error)
	flight  singleflight.Group

	mu      sync.Mutex
	current wire.Secret
	renewAt time.Time
}

const (
	renewBefore     = 5 * time.Minute
	unknownLifetime = 30 * time.Minute
)

// Format prints nothing of the current token.
func (s *Source) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "source of tokens by "+string(s.method))
}

// Token returns the current token, or signs in.
func (s *Source) Token(ctx context.Context) (wire.Secret, error) {
	if current := s.valid(); current != "" {
		return current, nil
	}
	// A caller that gives up must not take the sign-in away from the others.
	results := s.flight.DoChan("", func() (any, error) { return s.renew(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case result := <-results:
		token, _ := result.Val.(wire.Secret)
		return token, result.Err
	}
}

func (s *Source) valid() wire.Secret {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now().Before(s.renewAt) {
		return s.current
	}
	return ""
}

func (s *Source) renew(ctx context.Context) (wire.Secret, error) {
	if current := s.valid(); current != "" { // another flight landed meanwhile
		return current, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	got, err := s.fetch(ctx)
	if err != nil {
		return "", err
	}
	wire.Hide(got.value.Reveal())
	if got.lifetime <= 0 {
		got.lifetime = unknownLifetime
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current = got.value
	s.renewAt = s.now().Add(got.lifetime - min(renewBefore, got.lifetime/4))
	return got.value, nil
}

// Forget drops a token that the service refused, unless it has been replaced already.
func (s *Source) Forget(refused wire.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == refused {
		s.current, s.renewAt = "", time.Time{}
	}
}

// Method is the setting that chooses the way to sign in, such as client_secret.
func (s *Source) Method() string { return string(s.method) }

// Renewable tells whether signing in again can bring another token.
func (s *Source) Renewable() bool { return s.method != byAccessToken }

// IsUser holds where a user signs in together with the application.
func (s *Source) IsUser() bool { return s.method == byRefreshToken }

// MayBeUser holds where the tokens can be those of a user. A token or the Azure CLI account may belong to one; nobody knows before asking.
func (s *Source) MayBeUser() bool {
	switch s.method {
	case byRefreshToken, byAccessToken, byCLI:
		return true
	}
	return false
}
