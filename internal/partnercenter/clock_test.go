// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"
)

func TestSleep(t *testing.T) {
	clock := &steppingClock{now: start}
	c := &Client{clock: clock}
	ctx, cancel := c.WithTimeout(t.Context(), 10*time.Second)
	if err := c.Sleep(ctx, 10*time.Second); err != nil {
		t.Errorf("up to the deadline: %v", err)
	}
	if err := c.Sleep(ctx, time.Nanosecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("past the deadline: %v", err)
	}
	if err := c.Sleep(context.WithoutCancel(ctx), time.Hour); err != nil {
		t.Errorf("a lifted deadline: %v", err)
	}
	longer, cancelLonger := c.WithTimeout(context.WithoutCancel(ctx), time.Hour)
	defer cancelLonger()
	if err := c.Sleep(longer, time.Minute); err != nil {
		t.Errorf("a deadline instead of a lifted one: %v", err)
	}
	cancel()
	if err := c.Sleep(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestWithTimeout_keepsTheEarlierDeadline(t *testing.T) {
	c := &Client{clock: &steppingClock{now: start}}
	ctx, cancel := c.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ctx, cancel = c.WithTimeout(ctx, time.Hour)
	defer cancel()
	if err := c.Sleep(ctx, 2*time.Minute); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestWithTimeout_onTheMachine(t *testing.T) {
	c := &Client{clock: machineClock{}}
	ctx, cancel := c.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	if err := c.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	own, cancelOwn := context.WithTimeout(t.Context(), time.Minute)
	defer cancelOwn()
	if err := c.Sleep(own, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a context's own deadline: %v", err)
	}
	if err := c.Sleep(t.Context(), time.Microsecond); err != nil {
		t.Error(err)
	}
}

func TestMachineClock_wakesUpWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	go cancel()
	if err := (machineClock{}).Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPoll(t *testing.T) {
	look := func(times int, result error) (func(context.Context) (bool, error), *int) {
		looks := 0
		return func(context.Context) (bool, error) { looks++; return looks == times, result }, &looks
	}
	newClient := func() (*Client, *steppingClock) {
		return clientOf(t, nil, func(o *Options) { o.MaxPollInterval = 2 * time.Second })
	}
	t.Run("at once", func(t *testing.T) {
		c, clock := newClient()
		f, _ := look(1, nil)
		if err := c.Poll(t.Context(), f); err != nil || len(clock.slept) != 0 {
			t.Errorf("slept %s, %v", clock.slept, err)
		}
	})
	t.Run("at growing intervals", func(t *testing.T) {
		c, clock := newClient()
		f, _ := look(7, nil)
		want := []time.Duration{500 * time.Millisecond, 750 * time.Millisecond, 1125 * time.Millisecond, 1687500 * time.Microsecond, 2 * time.Second, 2 * time.Second}
		if err := c.Poll(t.Context(), f); err != nil || !slices.Equal(clock.slept, want) {
			t.Errorf("slept %s, %v", clock.slept, err)
		}
	})
	t.Run("until it fails", func(t *testing.T) {
		c, _ := newClient()
		failure := errors.New("failed")
		f, looks := look(0, failure)
		if err := c.Poll(t.Context(), f); !errors.Is(err, failure) || *looks != 1 {
			t.Errorf("%d looks, %v", *looks, err)
		}
	})
	t.Run("until the deadline", func(t *testing.T) {
		c, clock := newClient()
		ctx, cancel := c.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		f, _ := look(0, nil)
		if err := c.Poll(ctx, f); !errors.Is(err, context.DeadlineExceeded) || clock.Now().Sub(start) > time.Minute {
			t.Errorf("after %s: %v", clock.Now().Sub(start), err)
		}
	})
}

func TestServiceTime(t *testing.T) {
	c, clock := clientOf(t, says(200, "{}", "Date", "Wed, 04 Mar 2026 12:00:00 GMT"))
	if got := c.ServiceTime(); !got.Equal(start) {
		t.Errorf("before any answer: %s", got)
	}
	if _, err := do[thing](t.Context(), c, aRead); err != nil {
		t.Fatal(err)
	}
	_ = clock.Sleep(t.Context(), time.Minute)
	if got, want := c.ServiceTime(), start.Add(72*time.Hour+time.Minute); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, date := range []string{"", "yesterday"} {
		c.service.learn(date)
	}
	if got, want := c.ServiceTime(), start.Add(72*time.Hour+time.Minute); !got.Equal(want) {
		t.Errorf("an unreadable date changed it to %s", got)
	}
	c.service.learn("Sun, 01 Mar 2026 12:00:00 GMT,Sun, 01 Mar 2026 12:00:00 GMT")
	if got := c.ServiceTime(); !got.Equal(start) {
		t.Errorf("a doubled date: %s", got)
	}
}

func TestRetryAfterDate_byTheServicesClock(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{
		says(429, "", "Date", "Wed, 04 Mar 2026 12:00:00 GMT", "Retry-After", "Wed, 04 Mar 2026 12:00:30 GMT"), says(200, "{}"),
	}}
	c, clock := clientOf(t, s.ServeHTTP)
	if _, err := do[thing](t.Context(), c, aRead); err != nil || clock.Now().Sub(start) != 30*time.Second {
		t.Errorf("waited %s, %v", clock.slept, err)
	}
}

// Nor does it make anything look younger than it is by either clock.
func TestLatestTime(t *testing.T) {
	for date, want := range map[string]time.Time{
		start.Add(60 * 24 * time.Hour).Format(http.TimeFormat):  start.Add(60 * 24 * time.Hour),
		start.Add(-60 * 24 * time.Hour).Format(http.TimeFormat): start,
		"": start,
	} {
		service := &serviceClock{clock: &steppingClock{now: start}}
		service.learn(date)
		if got := (&Client{clock: service.clock, service: service}).LatestTime(); !got.Equal(want) {
			t.Errorf("with the Date %q it is %s, want %s", date, got, want)
		}
	}
}

// A Date of the service, wrong in either direction, never makes anything look over that is not over by both clocks.
func TestEarliestTime(t *testing.T) {
	for date, want := range map[string]time.Time{
		start.Add(60 * 24 * time.Hour).Format(http.TimeFormat):  start,
		start.Add(-60 * 24 * time.Hour).Format(http.TimeFormat): start.Add(-60 * 24 * time.Hour),
		"": start,
	} {
		service := &serviceClock{clock: &steppingClock{now: start}}
		service.learn(date)
		if got := (&Client{clock: service.clock, service: service}).EarliestTime(); !got.Equal(want) {
			t.Errorf("with the Date %q it is %s, want %s", date, got, want)
		}
	}
}
