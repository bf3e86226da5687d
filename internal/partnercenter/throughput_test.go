// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// crowdClock lets the waits of several workers overlap as on the machine's clock, without taking their time: only when all workers
// wait does it move to the moment in which the first of them goes on.
type crowdClock struct {
	service *emulator.Clock

	mu       sync.Mutex
	working  int
	sleepers map[chan struct{}]time.Time
}

func (c *crowdClock) Now() time.Time { return c.service.Now() }

func (c *crowdClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	wake := make(chan struct{})
	c.mu.Lock()
	c.sleepers[wake] = c.Now().Add(d)
	c.mu.Unlock()
	c.rest()
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rest is called by a worker that waits or has finished.
func (c *crowdClock) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.working--
	if c.working > 0 || len(c.sleepers) == 0 {
		return
	}
	var first time.Time
	for _, at := range c.sleepers {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	_ = c.service.Sleep(context.Background(), first.Sub(c.Now())) // cannot be cancelled
	for wake, at := range c.sleepers {
		if !at.After(c.Now()) {
			delete(c.sleepers, wake)
			c.working++
			close(wake)
		}
	}
}

// rush is what became of many parallel reads.
type rush struct {
	throttling emulator.ThrottleReport
	requests   int
	busiest    int // most requests within a minute
	took       time.Duration
}

// rushOf reads subscriptions of many customers, each read one request, with so many workers, at most perMinute a minute.
func rushOf(t testing.TB, count, workers, perMinute int) rush {
	t.Helper()
	emu := emulator.New(emulator.LargeTenant(50, 2))
	defer emu.Close()
	clock := &crowdClock{service: emu.Clock(), working: workers, sleepers: map[chan struct{}]time.Time{}}
	tokens, err := signin.New(signin.Options{
		AuthorityHost: emu.URL, Now: clock.Now,
		Credentials: signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret},
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Endpoint: emu.URL, Tokens: tokens, Clock: clock, RequestsPerMinute: perMinute})
	if err != nil {
		t.Fatal(err)
	}
	begin := clock.Now()
	turns := make(chan int)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			defer clock.rest()
			for n := range turns {
				customer, subscription := n%50, n/50%2
				if _, err := c.Subscription(t.Context(), emulator.LargeCustomer(customer), emulator.LargeSubscription(customer, subscription)); err != nil {
					t.Errorf("read %d: %v", n, err)
				}
			}
		})
	}
	for n := range count {
		turns <- n
	}
	close(turns)
	all.Wait()
	found := rush{throttling: emu.ThrottleReport(), took: clock.Now().Sub(begin)}
	sent := emu.Matching("", "subscriptions/*")
	found.requests = len(sent)
	for i, first := 0, 0; i < len(sent); i++ {
		for sent[i].Time.Sub(sent[first].Time) >= time.Minute {
			first++
		}
		found.busiest = max(found.busiest, i-first+1)
	}
	return found
}

func (r rush) String() string {
	return fmt.Sprintf("%d requests in %s of the service's time, at most %d within a minute; %d answered with 429, %d before a Retry-After was over",
		r.requests, r.took.Round(time.Second), r.busiest, r.throttling.Answered, r.throttling.EarlyRetries)
}

// expect fails the test unless the client behaved: with its default pace the service never has to refuse, and where it has to,
// nothing is repeated too early and only what was on its way already comes while the service asks for silence.
func (r rush) expect(t testing.TB, count, workers int) {
	t.Helper()
	refused := r.throttling.Answered - r.throttling.DuringBlock
	if r.requests != count+r.throttling.Answered || r.throttling.EarlyRetries > 0 || r.throttling.DuringBlock > refused*(workers-1) {
		t.Errorf("%s; %+v", r, r.throttling)
	}
}

func TestThroughput(t *testing.T) {
	for name, test := range map[string]struct {
		perMinute int
		throttled bool
	}{
		"at the default pace":                    {0, false},
		"when the service allows less than that": {100_000, true},
	} {
		t.Run(name, func(t *testing.T) {
			got := rushOf(t, 600, 20, test.perMinute)
			got.expect(t, 600, 20)
			if throttled := got.throttling.Answered > 0; throttled != test.throttled {
				t.Errorf("%s; %+v", got, got.throttling)
			}
		})
	}
}

// Partner Center documents 500 requests a minute. The first row keeps to the default of 400, the second finds the limit by itself.
func BenchmarkThroughput(b *testing.B) {
	for _, perMinute := range []int{400, 100_000} {
		b.Run(fmt.Sprintf("reads=1000/parallel=20/requests_per_minute=%d", perMinute), func(b *testing.B) {
			for b.Loop() {
				got := rushOf(b, 1000, 20, perMinute)
				got.expect(b, 1000, 20)
				b.ReportMetric(float64(got.requests), "requests")
				b.ReportMetric(float64(got.busiest), "requests/busiest-minute")
				b.ReportMetric(float64(got.throttling.Answered), "429s")
				b.ReportMetric(float64(got.throttling.EarlyRetries), "early-retries")
				b.ReportMetric(got.took.Seconds(), "service-s")
			}
		})
	}
}
