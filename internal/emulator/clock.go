// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"sync"
	"time"
)

// Clock is the service's time: the machine's, shifted by everything that was advanced.
// Given to a client as its own clock, it lets a wait of minutes return at once.
type Clock struct {
	mu     sync.Mutex
	offset time.Duration
}

func newClock(start time.Time) *Clock {
	c := &Clock{}
	c.reset(start)
	return c
}

// reset goes back to the beginning: start, or the machine's time if that is zero.
func (c *Clock) reset(start time.Time) {
	if start.IsZero() {
		start = time.Now()
	}
	c.set(start)
}

// Now is the virtual time in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset).UTC()
}

// Sleep advances the virtual time by d and returns at once, or returns the error of a context that is done.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.advance(d)
	return nil
}

func (c *Clock) advance(d time.Duration) {
	if d <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

func (c *Clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset = time.Until(t)
}

// Clock is the server's virtual clock.
func (s *Server) Clock() *Clock { return s.clock }

// Advance moves the virtual time forward by d.
func (s *Server) Advance(d time.Duration) { s.clock.advance(d) }

// SetTime moves the virtual time to t, which may lie in the past.
func (s *Server) SetTime(t time.Time) { s.clock.set(t) }
