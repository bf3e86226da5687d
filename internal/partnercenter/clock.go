// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"time"
)

// Clock tells the time and waits; Options takes another one than the machine's so that waits need not pass in real time.
type Clock interface {
	// Now is the present moment.
	Now() time.Time
	// Sleep returns nil after d, or the context's error as soon as the context is done.
	Sleep(ctx context.Context, d time.Duration) error
}

type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

func (machineClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

type deadlineKey struct{}

// WithTimeout bounds ctx to d from now, measured on the client's clock.
//
// A clock other than the machine's has no timers, so its deadline is looked at before each request and by Sleep and Poll.
// context.WithoutCancel lifts it like any other.
func (c *Client) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	deadline := c.clock.Now().Add(d)
	if earlier, ok := c.deadline(ctx); ok && earlier.Before(deadline) {
		deadline = earlier
	}
	ctx = context.WithValue(ctx, deadlineKey{}, deadline)
	if _, machine := c.clock.(machineClock); machine {
		return context.WithDeadline(ctx, deadline)
	}
	return context.WithCancel(ctx)
}

// Sleep waits for d; it returns context.DeadlineExceeded at once where the deadline of WithTimeout would pass meanwhile,
// because whoever waits can use the time that is left better, and the context's error when ctx is done.
func (c *Client) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := c.deadline(ctx); ok && c.clock.Now().Add(d).After(deadline) {
		return context.DeadlineExceeded
	}
	return c.clock.Sleep(ctx, d)
}

// expired is the error of a context that is done, or whose deadline has passed on the client's clock.
func (c *Client) expired(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := c.deadline(ctx); ok && !c.clock.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// deadline prefers the one of WithTimeout: a context's own deadline is on the machine's clock.
func (c *Client) deadline(ctx context.Context) (time.Time, bool) {
	if ctx.Done() == nil { // lifted: a context with a deadline can be done
		return time.Time{}, false
	}
	if deadline, ok := ctx.Value(deadlineKey{}).(time.Time); ok {
		return deadline, true
	}
	if _, machine := c.clock.(machineClock); machine {
		return ctx.Deadline()
	}
	return time.Time{}, false
}

// ServiceTime is the present moment on Partner Center's clock: the client's clock, corrected by the Date header of the last answer.
// Cancellation windows close by the service's clock, not by ours.
func (c *Client) ServiceTime() time.Time {
	return c.clock.Now().Add(time.Duration(c.clockOffset.Load())).UTC()
}

// learnTime keeps how far the service's clock is from ours; a missing or unreadable date changes nothing.
func (c *Client) learnTime(date string) {
	at, err := parseHTTPDate(date)
	if err != nil {
		return
	}
	c.clockOffset.Store(int64(at.Sub(c.clock.Now())))
}
