// SPDX-License-Identifier: MPL-2.0

package world

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
	still  time.Time // stands for the machine's time, which does not count then; zero where it does
}

// NewClock is a clock that starts at start, or at the machine's time if that is zero.
func NewClock(start time.Time) *Clock {
	c := &Clock{}
	c.Reset(start)
	return c
}

// Reset goes back to the beginning: start, or the machine's time if that is zero.
func (c *Clock) Reset(start time.Time) {
	if start.IsZero() {
		start = time.Now()
	}
	c.Set(start)
}

// Now is the virtual time in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.machine().Add(c.offset).UTC()
}

// Still lets the machine's time count no more: from now on the clock moves only as it is told.
func (c *Clock) Still() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.still = c.machine()
}

func (c *Clock) machine() time.Time {
	if !c.still.IsZero() {
		return c.still
	}
	return time.Now()
}

// Sleep advances the virtual time by d and returns at once, or returns the error of a context that is done.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.Advance(d)
	return nil
}

// Advance moves the time forward by d; a time of zero or less moves nothing.
func (c *Clock) Advance(d time.Duration) {
	if d <= 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// Set moves the time to t, which may lie in the past.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset = t.Sub(c.machine())
}
