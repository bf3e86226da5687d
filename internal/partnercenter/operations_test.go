// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// received is a request as it arrived.
type received struct {
	method, path string
	query        url.Values
	header       http.Header
	body         string
}

// reply is what a scripted service answers.
type reply struct {
	status int
	body   string
	header map[string]string
}

// service answers with a function and remembers what it was asked.
type service struct {
	mu       sync.Mutex
	requests []received
}

func (s *service) sent(method string) []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.requests), func(r received) bool { return r.method != method })
}

// steppingClock passes time by sleeping only.
type steppingClock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (c *steppingClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *steppingClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 {
		c.now = c.now.Add(d)
		c.slept = append(c.slept, d)
	}
	return nil
}

// against makes a client of a service that answers with the function.
func against(t testing.TB, respond func(received) reply) (*Client, *service, *steppingClock) {
	t.Helper()
	s := &service{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got := received{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header, string(body)}
		s.mu.Lock()
		s.requests = append(s.requests, got)
		s.mu.Unlock()
		out := respond(got)
		for name, value := range out.header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(out.status)
		_, _ = io.WriteString(w, out.body)
	}))
	t.Cleanup(server.Close)
	clock := &steppingClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	c, err := New(Options{
		Endpoint: server.URL, Tokens: &issued{fixed: "token"}, Clock: clock, MaxRetries: 2, RequestsPerMinute: 100_000,
	})
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return c, s, clock
}

// fixture is JSON of testdata, printed as the documentation prints it.
func fixture(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// answering makes a client whose service always answers the same, and checks the one request it gets.
func answering(t *testing.T, status int, body string, want string) *Client {
	t.Helper()
	c, s, _ := against(t, func(received) reply { return reply{status: status, body: body} })
	t.Cleanup(func() {
		if len(s.requests) != 1 {
			t.Fatalf("%d requests, want 1", len(s.requests))
		}
		r := s.requests[0]
		got := r.method + " " + r.path
		if len(r.query) > 0 {
			got += "?" + r.query.Encode()
		}
		if got != want {
			t.Errorf("asked\n%s, want\n%s", got, want)
		}
	})
	return c
}

// wantFilled fails for every field that is still zero: a misspelt tag leaves its field so.
func wantFilled(t *testing.T, value any, except ...string) {
	t.Helper()
	for _, name := range zeroFields(reflect.ValueOf(value), "") {
		if !slices.Contains(except, name) {
			t.Errorf("%s was not filled", name)
		}
	}
}

func zeroFields(value reflect.Value, name string) []string {
	switch {
	case value.Kind() == reflect.Pointer && !value.IsNil() && value.Elem().Kind() == reflect.Struct:
		return zeroFields(value.Elem(), name)
	case value.Kind() == reflect.Slice && value.Len() > 0:
		return zeroFields(value.Index(0), name)
	case value.Kind() != reflect.Struct || !strings.HasSuffix(value.Type().PkgPath(), "/partnercenter") || value.Type() == reflect.TypeFor[Time]():
		if value.IsZero() {
			return []string{name}
		}
		return nil
	}
	var zero []string
	for i := range value.NumField() {
		if field := value.Type().Field(i); field.IsExported() {
			zero = append(zero, zeroFields(value.Field(i), strings.TrimPrefix(name+"."+field.Name, "."))...)
		}
	}
	return zero
}

func check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}
