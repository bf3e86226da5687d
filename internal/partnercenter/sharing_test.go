// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ledger is a service whose subscriptions show how many writes it has carried out, as their quantity.
type ledger struct {
	written atomic.Int64
	asked   atomic.Int64

	arrived chan struct{} // where it is set, a list says that it has arrived, with what it has read,
	proceed chan struct{} // and is answered when told to
}

func (l *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asking := strings.HasSuffix(r.URL.Path, "/promotionEligibilities") || strings.HasSuffix(r.URL.Path, "/checkInventory") || strings.HasSuffix(r.URL.Path, "/validateresellers") ||
		strings.HasSuffix(r.URL.Path, "/export") || strings.HasSuffix(r.URL.Path, "/validations/address") || r.Method == http.MethodHead
	if r.Method != http.MethodGet && !asking {
		l.written.Add(1)
	}
	written := l.written.Load()
	if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/subscriptions") {
		l.asked.Add(1)
		if l.arrived != nil {
			l.arrived <- struct{}{}
			select {
			case <-l.proceed:
			case <-r.Context().Done():
				return
			}
		}
	}
	id := path.Base(r.URL.Path)
	if id == "subscriptions" {
		id = "s-1"
	}
	body := fmt.Sprintf(`{"id":%q,"offerId":"a:b:c","quantity":%d,"status":"active"}`, id, written)
	if strings.HasSuffix(r.URL.Path, "/subscriptions") {
		body = `{"items":[` + body + `]}`
	}
	_, _ = io.WriteString(w, body)
}

// slow makes lists wait until they are told to go on.
func slow() *ledger { return &ledger{arrived: make(chan struct{}, 100), proceed: make(chan struct{})} }

func (l *ledger) client(t *testing.T) *Client {
	t.Helper()
	c, _ := clientOf(t, l.ServeHTTP, func(o *Options) { o.RequestsPerMinute = 1e9 })
	return c
}

// shown is how many writes a shared read shows.
func shown(ctx context.Context, c *Client, customer string) (int64, error) {
	s, err := c.SharedSubscription(ctx, customer, "s-1")
	if err != nil {
		return 0, err
	}
	return int64(s.Quantity), nil
}

func mustShow(t *testing.T, c *Client, customer string, want int64) {
	t.Helper()
	if got, err := shown(t.Context(), c, customer); err != nil || got != want {
		t.Errorf("a shared read of %s shows %d writes, want %d (%v)", customer, got, want, err)
	}
}

// waiters is how many callers wait for the list of customer c-1.
func waiters(c *Client) int {
	c.shared.mu.Lock()
	defer c.shared.mu.Unlock()
	for _, s := range c.shared.known["c-1"] {
		return s.waiting
	}
	return 0
}

// until waits for what happens in other goroutines.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); {
		if time.Now().After(end) {
			t.Fatal("never happened: " + what)
		}
		select {
		case <-t.Context().Done():
		case <-time.After(time.Millisecond):
		}
	}
}

func TestShared_oneRequestForAll(t *testing.T) {
	l := slow()
	c := l.client(t)
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			if got, err := shown(t.Context(), c, []string{"c-1", "C-1"}[n%2]); err != nil || got != 0 {
				t.Errorf("got %d, %v", got, err)
			}
		})
	}
	until(t, "all wait", func() bool { return waiters(c) == 50 })
	close(l.proceed)
	all.Wait()
	mustShow(t, c, "c-1", 0)
	if listed, err := c.SharedSubscriptions(t.Context(), "c-1", SubscriptionsQuery{}); err != nil || len(listed) != 1 {
		t.Errorf("got %v, %v", listed, err)
	}
	check(t, "requests for one customer", l.asked.Load(), 1)
	mustShow(t, c, "c-2", 0)
	check(t, "requests for two", l.asked.Load(), 2)
	if _, err := c.SharedSubscriptions(t.Context(), "c-1", SubscriptionsQuery{OrderID: "o-1"}); err != nil {
		t.Error(err)
	}
	check(t, "requests for another question", l.asked.Load(), 3)
}

func TestShared_separateReads(t *testing.T) {
	l := &ledger{}
	c, _ := clientOf(t, l.ServeHTTP, func(o *Options) { o.SeparateReads = true })
	for range 3 {
		mustShow(t, c, "c-1", 0)
		if _, err := c.SharedSubscriptions(t.Context(), "c-1", SubscriptionsQuery{}); err != nil {
			t.Error(err)
		}
	}
	check(t, "lists", l.asked.Load(), 3)
}

// Who has asked first may be the first to give up; the others get their answer from the same request.
func TestShared_givingUp(t *testing.T) {
	for name, quitter := range map[string]int{"the first": 0, "a later one": 1, "the last": 2} {
		t.Run(name, func(t *testing.T) {
			l := slow()
			c := l.client(t)
			ctx, cancel := context.WithCancel(t.Context())
			results := make([]chan error, 3)
			for n := range results {
				results[n] = make(chan error, 1)
				own := t.Context()
				if n == quitter {
					own = ctx
				}
				go func() {
					_, err := shown(own, c, "c-1")
					results[n] <- err
				}()
				until(t, "it waits", func() bool { return waiters(c) == n+1 })
			}
			cancel()
			if err := <-results[quitter]; !errors.Is(err, context.Canceled) { // at once, while the request is still out
				t.Errorf("who gave up got %v", err)
			}
			close(l.proceed)
			for n := range results {
				if n == quitter {
					continue
				}
				if err := <-results[n]; err != nil {
					t.Errorf("caller %d got %v", n, err)
				}
			}
			check(t, "requests", l.asked.Load(), 1)
		})
	}
	t.Run("all", func(t *testing.T) {
		l := slow()
		c := l.client(t)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if _, err := shown(ctx, c, "c-1"); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			})
		}
		<-l.arrived
		until(t, "both wait", func() bool { return waiters(c) == 2 })
		cancel()
		all.Wait()
		close(l.proceed)
		mustShow(t, c, "c-1", 0)
		check(t, "requests", l.asked.Load(), 2)
	})
	t.Run("before it begins", func(t *testing.T) {
		l := &ledger{}
		c := l.client(t)
		mustShow(t, c, "c-1", 0)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := shown(ctx, c, "c-1"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// The service asks for more maxWait than the first caller has; the second has it.
func TestShared_patienceIsEachCallersOwn(t *testing.T) {
	held, proceed := make(chan struct{}), make(chan struct{})
	s := &script{handlers: []http.HandlerFunc{
		func(w http.ResponseWriter, r *http.Request) {
			close(held)
			<-proceed
			says(http.StatusTooManyRequests, "", "Retry-After", "60")(w, r)
		},
		says(http.StatusOK, `{"items":[{"id":"s-1","offerId":"a:b:c"}]}`),
	}}
	c, _ := clientOf(t, s.ServeHTTP)
	short, cancel := c.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { _, err := shown(short, c, "c-1"); first <- err }()
	<-held
	go func() { _, err := shown(t.Context(), c, "c-1"); second <- err }()
	until(t, "both wait", func() bool { return waiters(c) == 2 })
	close(proceed)
	if err := <-first; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the first got %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("the second got %v", err)
	}
}

func TestShared_failuresAreNotKept(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(http.StatusForbidden, `{"code":"900102"}`), says(http.StatusOK, `{"items":[{"id":"s-1","offerId":"a:b:c"}]}`)}}
	c, _ := clientOf(t, s.ServeHTTP)
	if _, err := shown(t.Context(), c, "c-1"); !HasCode(err, "900102") {
		t.Errorf("got %v", err)
	}
	mustShow(t, c, "c-1", 0)
	check(t, "requests", len(s.requests), 2)
}

func TestShared_missingAndPartlyListed(t *testing.T) {
	for name, test := range map[string]struct {
		list, single string
		status       int
		missing      bool
	}{
		"not listed yet":      {`{"items":[]}`, `{"id":"s-1","quantity":7}`, http.StatusOK, false},
		"gone":                {`{"items":[]}`, `{"code":"20003"}`, http.StatusNotFound, true},
		"listed only in part": {`{"items":[{"id":"S-1","quantity":7}]}`, `{"id":"s-1","offerId":"a:b:c","quantity":7}`, http.StatusOK, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{says(http.StatusOK, test.list), says(test.status, test.single)}}
			c, _ := clientOf(t, s.ServeHTTP)
			got, err := c.SharedSubscription(t.Context(), "c-1", "s-1")
			if IsNotFound(err) != test.missing || err == nil && got.Quantity != 7 {
				t.Errorf("got %+v, %v", got, err)
			}
			check(t, "requests", len(s.requests), 2)
		})
	}
}

// Whatever operation writes: who reads afterwards sees it, and so does who asks while a list is out that does not show it yet.
func TestShared_everyWriteIsSeen(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(effects)) {
		t.Run(name, func(t *testing.T) {
			l := &ledger{}
			c := l.client(t)
			mustShow(t, c, "c-1", 0)
			mustShow(t, c, "c-2", 0)
			_ = called(t, c, name) // some find the ledger's answer strange; they have written by then
			written := l.written.Load()
			if expected := effects[name] >= writes; expected != (written > 0) {
				t.Fatalf("it wrote %d times", written)
			}
			mustShow(t, c, "c-1", written)
			if effects[name] >= writes {
				before := l.asked.Load()
				mustShow(t, c, "c-1", written)
				if effects[name] == founds { // nobody knows whose it is, so everybody's answers are dropped
					return
				}
				mustShow(t, c, "c-2", 0)
				check(t, "more lists", l.asked.Load()-before, 0)
			}
		})
		if effects[name] < writes {
			continue
		}
		t.Run(name+" while a list is out", func(t *testing.T) {
			l := slow()
			c := l.client(t)
			early := make(chan error, 1)
			go func() { _, err := shown(t.Context(), c, "c-1"); early <- err }()
			<-l.arrived
			_ = called(t, c, name)
			written := l.written.Load()
			late := make(chan error, 1)
			go func() {
				got, err := shown(t.Context(), c, "c-1")
				if err == nil && got != written {
					err = fmt.Errorf("it shows %d writes, want %d", got, written)
				}
				late <- err
			}()
			<-l.arrived // the later one has not joined the list that was out
			close(l.proceed)
			for _, result := range []chan error{early, late} {
				if err := <-result; err != nil {
					t.Error(err)
				}
			}
			mustShow(t, c, "c-1", written) // what the early one got has not been kept
			check(t, "lists", l.asked.Load(), 2)
		})
	}
}

// A list that was begun while a write was out may not show it, and is not kept.
func TestShared_readDuringAWriteIsNotKept(t *testing.T) {
	l := &ledger{}
	begun, finish := make(chan struct{}), make(chan struct{})
	c, _ := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			close(begun)
			<-finish
		}
		l.ServeHTTP(w, r)
	})
	done := make(chan error, 1)
	go func() { _, err := c.CheckoutCart(t.Context(), "C-1", "cart"); done <- err }()
	<-begun
	mustShow(t, c, "c-1", 0)
	close(finish)
	if err := <-done; err != nil {
		t.Error(err)
	}
	mustShow(t, c, "c-1", 1)
}

// A change may show long after its write; Poll sees it, and everybody after it.
func TestShared_whatPollSeesIsSeen(t *testing.T) {
	l := &ledger{}
	c := l.client(t)
	err := c.Poll(t.Context(), func(ctx context.Context) (bool, error) {
		mustShow(t, c, "c-1", l.written.Load()) // others keep what they see
		if l.asked.Load() > 3 {
			l.written.Add(1) // it takes effect
		}
		s, err := c.SharedSubscription(ctx, "c-1", "s-1") // never shared here
		return err == nil && s.Quantity == 1, err
	})
	if err != nil {
		t.Fatal(err)
	}
	mustShow(t, c, "c-1", 1)
}

// Each writer sees at least its own write, and everybody sees all of them in the end.
func TestShared_writesAmongReads(t *testing.T) {
	l := &ledger{}
	c := l.client(t)
	write := call{operation: "write", method: http.MethodPost, path: route("customers", "C-1", "carts")}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			var mine int64
			for range 50 {
				if n < 4 {
					wrote, err := do[struct{ Quantity int64 }](t.Context(), c, write)
					if err != nil {
						t.Error(err)
					}
					mine = wrote.Quantity
				}
				got, err := shown(t.Context(), c, "c-1")
				if err != nil || got < mine {
					t.Errorf("a read after write %d shows %d writes (%v)", mine, got, err)
				}
			}
		})
	}
	all.Wait()
	mustShow(t, c, "c-1", 4*50)
	if requests := l.asked.Load(); requests > 8*50 {
		t.Errorf("%d lists", requests)
	}
}
