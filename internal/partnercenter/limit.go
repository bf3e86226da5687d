// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps all calls of a client together below the service's limits, and silent while the service asks for silence
// (commerce reference, Throttling; https://learn.microsoft.com/partner-center/developer/api-throttling-guidance).
type pace struct {
	client  *Client
	limiter *rate.Limiter

	mu     sync.Mutex
	pauses map[string]time.Time // by customer, "" for everybody
}

// newPace allows a small burst, so that a handful of reads starts at once, and takes it off the rate: the sum of both
// is the most that any minute can see.
func newPace(c *Client, perMinute int) *pace {
	burst := max(perMinute/20, 1)
	steady := max(perMinute-burst, 1)
	return &pace{client: c, limiter: rate.NewLimiter(rate.Limit(float64(steady)/60), burst), pauses: map[string]time.Time{}}
}

// wait returns when the next request about customer may be sent.
func (p *pace) wait(ctx context.Context, customer string) error {
	for {
		if err := p.sitOut(ctx, customer); err != nil {
			return err
		}
		now := p.client.clock.Now()
		turn := p.limiter.ReserveN(now, 1)
		delay := turn.DelayFrom(now)
		if err := p.client.Sleep(ctx, delay); err != nil {
			turn.CancelAt(now)
			return err
		}
		if p.remaining(customer) <= 0 { // a pause may have begun meanwhile
			return nil
		}
	}
}

func (p *pace) sitOut(ctx context.Context, customer string) error {
	for {
		rest := p.remaining(customer)
		if rest <= 0 {
			return p.client.expired(ctx)
		}
		if err := p.client.Sleep(ctx, rest); err != nil {
			return err
		}
	}
}

// pause keeps everybody, or the requests about one customer, silent for d: some limits count per customer.
// When two customers are throttled at the same time, the limit is taken for one that counts all.
func (p *pace) pause(customer string, d time.Duration) {
	now := p.client.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	key := strings.ToLower(customer)
	for other, until := range p.pauses {
		switch {
		case !until.After(now):
			delete(p.pauses, other)
		case key != "" && other != key:
			key = ""
		}
	}
	if until := now.Add(d); until.After(p.pauses[key]) {
		p.pauses[key] = until
	}
}

func (p *pace) remaining(customer string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	until := p.pauses[""]
	if own := p.pauses[strings.ToLower(customer)]; own.After(until) {
		until = own
	}
	return until.Sub(p.client.clock.Now())
}
