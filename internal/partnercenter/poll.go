// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"time"
)

// WithTimeout bounds ctx to d from now, measured on the client's clock.
//
// A clock other than the machine's has no timers, so its deadline is looked at before each request and by Sleep and Poll.
// context.WithoutCancel lifts it like any other.
func (c *Client) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return withTimeout(ctx, c.clock, d)
}

// Sleep waits for d; it returns context.DeadlineExceeded at once where the deadline of WithTimeout would pass meanwhile,
// because whoever waits can use the time that is left better, and the context's error when ctx is done.
func (c *Client) Sleep(ctx context.Context, d time.Duration) error { return sleep(ctx, c.clock, d) }

// ServiceTime is the present moment on Partner Center's clock: the client's clock, corrected by the Date header of the last answer.
// Cancellation windows close by the service's clock, not by ours.
func (c *Client) ServiceTime() time.Time { return c.service.now() }

// EarliestTime is the earlier of Partner Center's clock and the machine's. It decides where money depends on a time that must certainly be
// over: one wrong Date header, of the service or of a gateway before it, must not close a window or end a wait. Where the clocks differ,
// the request is made, and the service's answer to it is the last word.
func (c *Client) EarliestTime() time.Time {
	ours, theirs := c.clock.Now().UTC(), c.service.now()
	if theirs.Before(ours) {
		return theirs
	}
	return ours
}

// LatestTime is the later of the two clocks, for what must certainly not be over: one wrong Date makes nothing look younger than it is.
func (c *Client) LatestTime() time.Time {
	ours, theirs := c.clock.Now().UTC(), c.service.now()
	if theirs.After(ours) {
		return theirs
	}
	return ours
}

// Poll calls look at once and then at growing intervals (Options.PollInterval to Options.MaxPollInterval), until it is done or fails,
// and returns context.DeadlineExceeded or context.Canceled when ctx ends first. What look reads is never an answer that others share.
func (c *Client) Poll(ctx context.Context, look func(context.Context) (done bool, err error)) error {
	ctx = seeingChanges(ctx)
	interval := c.options.PollInterval
	for {
		if err := expired(ctx, c.clock); err != nil {
			return err
		}
		done, err := look(ctx)
		if done || err != nil {
			return err
		}
		if err := c.Sleep(ctx, interval); err != nil {
			return err
		}
		interval = min(interval+interval/2, c.options.MaxPollInterval)
	}
}
