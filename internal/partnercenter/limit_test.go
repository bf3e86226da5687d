// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// limitOf is a rate limit that nothing has been sent under.
func limitOf(perMinute int) (*rateLimit, *steppingClock) {
	clock := &steppingClock{now: start}
	return newRateLimit(clock, perMinute), clock
}

func TestRateLimit_keepsBelowTheRate(t *testing.T) {
	for _, perMinute := range []int{1, 7, 60, 400, 500} {
		l, clock := limitOf(perMinute)
		var sent []time.Time
		for range 4 * perMinute {
			if err := l.wait(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
			sent = append(sent, clock.Now())
		}
		for i := range sent {
			if next := i + perMinute; next < len(sent) && sent[next].Sub(sent[i]) < time.Minute {
				t.Fatalf("%d a minute: requests %d and %d are %s apart", perMinute, i, next, sent[next].Sub(sent[i]))
			}
		}
		// What the limit allows is not held back: a minute's requests at once, and as many after each minute.
		if first, last := sent[perMinute-1].Sub(start), sent[len(sent)-1].Sub(start); first != 0 || last != 3*time.Minute {
			t.Errorf("%d a minute: the first minute's requests took %s, four minutes' %s", perMinute, first, last)
		}
	}
}

func TestRateLimit_pauses(t *testing.T) {
	waited := func(l *rateLimit, clock *steppingClock, customer string) time.Duration {
		before := clock.Now()
		if err := l.wait(t.Context(), customer); err != nil {
			t.Fatal(err)
		}
		return clock.Now().Sub(before)
	}
	t.Run("everybody", func(t *testing.T) {
		l, clock := limitOf(400)
		l.pause("", 41*time.Second)
		if got := waited(l, clock, "c-1"); got != 41*time.Second {
			t.Errorf("waited %s", got)
		}
	})
	t.Run("one customer", func(t *testing.T) {
		l, clock := limitOf(400)
		l.pause("C-1", 41*time.Second)
		if got := waited(l, clock, "c-2"); got != 0 {
			t.Errorf("another customer waited %s", got)
		}
		if got := waited(l, clock, ""); got != 0 {
			t.Errorf("a request without customer waited %s", got)
		}
		if got := waited(l, clock, "c-1"); got != 41*time.Second {
			t.Errorf("the customer waited %s", got)
		}
	})
	t.Run("two customers are a sign of a limit for all", func(t *testing.T) {
		l, clock := limitOf(400)
		l.pause("c-1", 10*time.Second)
		l.pause("c-2", 41*time.Second)
		if got := waited(l, clock, "c-3"); got != 41*time.Second {
			t.Errorf("a third customer waited %s", got)
		}
	})
	t.Run("one customer twice is not", func(t *testing.T) {
		l, clock := limitOf(400)
		l.pause("c-1", 10*time.Second)
		l.pause("c-1", 41*time.Second)
		l.pause("c-1", time.Second)
		if got := waited(l, clock, "c-3"); got != 0 {
			t.Errorf("another customer waited %s", got)
		}
		if got := waited(l, clock, "c-1"); got != 41*time.Second {
			t.Errorf("the customer waited %s", got)
		}
	})
	t.Run("given up", func(t *testing.T) {
		l, clock := limitOf(400)
		l.pause("", time.Hour)
		ctx, cancel := withTimeout(t.Context(), clock, time.Minute)
		defer cancel()
		if err := l.wait(ctx, ""); !errors.Is(err, context.DeadlineExceeded) || len(clock.slept) != 0 {
			t.Errorf("slept %s, %v", clock.slept, err)
		}
	})
}

// What asks for hours is not waited for, and neither is what lasts longer than the call may; the error says for how long.
func TestRateLimit_longPauses(t *testing.T) {
	for name, test := range map[string]struct{ pause, timeout time.Duration }{
		"a day":                {24 * time.Hour, 48 * time.Hour},
		"longer than the call": {2 * time.Minute, time.Minute},
	} {
		l, clock := limitOf(400)
		l.pause("", test.pause)
		ctx, cancel := withTimeout(t.Context(), clock, test.timeout)
		defer cancel()
		_, paused := errors.AsType[*pausedError](l.wait(ctx, ""))
		if !paused || len(clock.slept) != 0 {
			t.Errorf("%s: slept %s", name, clock.slept)
		}
	}
	if text := (&pausedError{24 * time.Hour}).Error(); !strings.Contains(text, "24h") {
		t.Errorf("it says %s", text)
	}
}

func TestDo_throttledCallsPauseTheOthers(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(429, "", "Retry-After", "57"), says(200, "{}")}}
	c, clock := clientOf(t, s.ServeHTTP, func(o *Options) { o.MaxRetries = -1 })
	if _, err := do[thing](t.Context(), c, aRead); err == nil {
		t.Fatal("no error")
	}
	other := call{operation: "read", method: http.MethodGet, path: route("customers", "c-2")}
	if _, err := do[thing](t.Context(), c, other); err != nil || len(clock.slept) != 0 {
		t.Fatalf("another customer: slept %s, %v", clock.slept, err)
	}
	if _, err := do[thing](t.Context(), c, aRead); err != nil || clock.Now().Sub(start) != 57*time.Second {
		t.Fatalf("the same customer: slept %s, %v", clock.slept, err)
	}
}
