// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"strings"
	"sync"
	"time"
)

// pace keeps all calls of a client together below the service's limits, and silent while the service asks for silence
// (commerce reference, Throttling; https://learn.microsoft.com/partner-center/developer/api-throttling-guidance).
type pace struct {
	client    *Client
	perMinute int

	mu     sync.Mutex
	turns  []time.Time          // of the last minute and of those that wait, in order
	pauses map[string]time.Time // by customer, "" for everybody
}

func newPace(c *Client, perMinute int) *pace {
	return &pace{client: c, perMinute: perMinute, pauses: map[string]time.Time{}}
}

// turn is how long the next request has to wait: not at all while the last minute has seen fewer than its share, so that an estate of some hundred
// customers is read without a wait. A token bucket whose bucket and rate together stay below the limit would spread the same requests over
// the minute. A turn that is not taken counts all the same.
func (p *pace) turn() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, over := p.client.clock.Now(), 0
	for over < len(p.turns) && now.Sub(p.turns[over]) >= time.Minute {
		over++
	}
	p.turns = p.turns[over:]
	at := now
	if n := len(p.turns); n >= p.perMinute {
		at = p.turns[n-p.perMinute].Add(time.Minute)
	}
	p.turns = append(p.turns, at)
	return at.Sub(now)
}

// wait returns when the next request about customer may be sent.
func (p *pace) wait(ctx context.Context, customer string) error {
	for {
		if err := p.sitOut(ctx, customer); err != nil {
			return err
		}
		if err := p.client.Sleep(ctx, p.turn()); err != nil {
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
