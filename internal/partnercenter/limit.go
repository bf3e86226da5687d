// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// rateLimit keeps all calls of a client together below the service's limits, and silent while the service asks for silence
// (reference/commerce.md#throttling; https://learn.microsoft.com/partner-center/developer/api-throttling-guidance).
type rateLimit struct {
	clock     Clock
	perMinute int

	mu     sync.Mutex
	turns  []time.Time          // of the last minute and of those that wait, in order
	pauses map[string]time.Time // when each ends, by customer, "" for everybody
}

func newRateLimit(clock Clock, perMinute int) *rateLimit {
	return &rateLimit{clock: clock, perMinute: perMinute, pauses: map[string]time.Time{}}
}

// turn is how long the next request has to wait: not at all while the last minute has seen fewer than its share, so that an estate of some hundred
// customers is read without a wait. A token bucket whose bucket and rate together stay below the limit would spread the same requests over
// the minute. A turn that is not taken counts all the same.
func (l *rateLimit) turn() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, over := l.clock.Now(), 0
	for over < len(l.turns) && now.Sub(l.turns[over]) >= time.Minute {
		over++
	}
	l.turns = l.turns[over:]
	at := now
	if n := len(l.turns); n >= l.perMinute {
		at = l.turns[n-l.perMinute].Add(time.Minute)
	}
	l.turns = append(l.turns, at)
	return at.Sub(now)
}

// wait returns when the next request about customer may be sent.
func (l *rateLimit) wait(ctx context.Context, customer string) error {
	for {
		if err := l.sitOut(ctx, customer); err != nil {
			return err
		}
		if err := sleep(ctx, l.clock, l.turn()); err != nil {
			return err
		}
		if l.remaining(customer) <= 0 { // a pause may have begun meanwhile
			return nil
		}
	}
}

func (l *rateLimit) sitOut(ctx context.Context, customer string) error {
	for {
		rest := l.remaining(customer)
		if rest <= 0 {
			return expired(ctx, l.clock)
		}
		if tooLong(ctx, l.clock, rest) {
			return &pausedError{rest}
		}
		if err := sleep(ctx, l.clock, rest); err != nil {
			return err
		}
	}
}

// longestPause is how long the service may keep a call waiting at a time. It asks for about a minute where it throttles
// (reference/commerce.md#throttling); what asks for hours would only hang whoever waits.
const longestPause = 5 * time.Minute

// tooLong holds for a pause that is not sat out: it is longer than any, or than what is left of the call's time.
func tooLong(ctx context.Context, clock Clock, pause time.Duration) bool {
	deadline, ok := deadlineOf(ctx, clock)
	return pause > longestPause || ok && clock.Now().Add(pause).After(deadline)
}

// pausedError is a request that was not sent because the service asked to be left alone for longer than the call may take.
type pausedError struct{ rest time.Duration }

func (e *pausedError) Error() string {
	return fmt.Sprintf("Partner Center asked to be left alone (Retry-After) for another %s, which is longer than this may take", e.rest.Round(time.Second))
}

// Is makes it a deadline, as a call sees it whose time runs out while it waits.
func (e *pausedError) Is(target error) bool { return target == context.DeadlineExceeded }

// pause keeps everybody, or the requests about one customer, silent for d: some limits count per customer.
// When two customers are throttled at the same time, the limit is taken for one that counts all.
func (l *rateLimit) pause(customer string, d time.Duration) {
	now := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	key := strings.ToLower(customer)
	for other, end := range l.pauses {
		switch {
		case !end.After(now):
			delete(l.pauses, other)
		case key != "" && other != key:
			key = ""
		}
	}
	if end := now.Add(d); end.After(l.pauses[key]) {
		l.pauses[key] = end
	}
}

func (l *rateLimit) remaining(customer string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	end := l.pauses[""]
	if own := l.pauses[strings.ToLower(customer)]; own.After(end) {
		end = own
	}
	return end.Sub(l.clock.Now())
}
