// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "context"

// Poll calls look at once and then at growing intervals (Options.PollInterval to Options.MaxPollInterval), until it is done or fails,
// and returns context.DeadlineExceeded or context.Canceled when ctx ends first. What look reads is never an answer that others share.
func (c *Client) Poll(ctx context.Context, look func(context.Context) (done bool, err error)) error {
	ctx = context.WithValue(ctx, pollKey{}, true)
	interval := c.options.PollInterval
	for {
		if err := c.expired(ctx); err != nil {
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

type pollKey struct{}

// polling holds for what is done to see a change appear.
func polling(ctx context.Context) bool { return ctx.Value(pollKey{}) != nil }
