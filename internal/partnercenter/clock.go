// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
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

// withTimeout bounds ctx to d from now, measured on the clock.
func withTimeout(ctx context.Context, clock Clock, d time.Duration) (context.Context, context.CancelFunc) {
	deadline := clock.Now().Add(d)
	if earlier, ok := deadlineOf(ctx, clock); ok && earlier.Before(deadline) {
		deadline = earlier
	}
	ctx = context.WithValue(ctx, deadlineKey{}, deadline)
	if _, machine := clock.(machineClock); machine {
		return context.WithDeadline(ctx, deadline)
	}
	return context.WithCancel(ctx)
}

// sleep waits for d, but not beyond the deadline.
func sleep(ctx context.Context, clock Clock, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := deadlineOf(ctx, clock); ok && clock.Now().Add(d).After(deadline) {
		return context.DeadlineExceeded
	}
	return clock.Sleep(ctx, d)
}

// expired is the error of a context that is done, or whose deadline has passed on the clock.
func expired(ctx context.Context, clock Clock) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := deadlineOf(ctx, clock); ok && !clock.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// deadlineOf prefers the deadline of withTimeout: a context's own is on the machine's clock.
func deadlineOf(ctx context.Context, clock Clock) (time.Time, bool) {
	if ctx.Done() == nil { // lifted: a context with a deadline can be done
		return time.Time{}, false
	}
	if deadline, ok := ctx.Value(deadlineKey{}).(time.Time); ok {
		return deadline, true
	}
	if _, machine := clock.(machineClock); machine {
		return ctx.Deadline()
	}
	return time.Time{}, false
}

// serviceClock is Partner Center's: the client's clock, corrected by the Date header of the last answer.
type serviceClock struct {
	clock Clock
	ahead atomic.Int64 // nanoseconds
}

func (s *serviceClock) now() time.Time {
	return s.clock.Now().Add(time.Duration(s.ahead.Load())).UTC()
}

// learn keeps how far the service's clock is from ours; a missing or unreadable date changes nothing.
func (s *serviceClock) learn(date string) {
	at, err := wire.ParseDate(date)
	if err != nil {
		return
	}
	s.ahead.Store(int64(at.Sub(s.clock.Now())))
}
