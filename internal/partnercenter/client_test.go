// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// start is a fixed moment of the stepping clock.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// clientOf makes a client of a handler, which may do to connections what it likes.
func clientOf(t testing.TB, handler http.HandlerFunc, changes ...func(*Options)) (*Client, *steppingClock) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	clock := &steppingClock{now: start}
	options := Options{Endpoint: server.URL, Tokens: &issued{fixed: "the-token"}, GraphTokens: &issued{fixed: "graph-token"}, Clock: clock}
	for _, change := range changes {
		change(&options)
	}
	c, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	return c, clock
}

// script answers one request after another by its handlers and remembers the requests.
type script struct {
	mu       sync.Mutex
	handlers []http.HandlerFunc
	requests []*http.Request
	bodies   []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	next := min(len(s.requests), len(s.handlers)-1)
	s.requests, s.bodies = append(s.requests, r), append(s.bodies, string(body))
	handler := s.handlers[next]
	s.mu.Unlock()
	handler(w, r)
}

func (s *script) ids() []string {
	var ids []string
	for _, r := range s.requests {
		ids = append(ids, r.Header.Get("MS-RequestId"))
	}
	return ids
}

func says(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// dropping closes the connection instead of answering.
func dropping(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// breakingOff promises more than it sends.
func breakingOff(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"code":"800002","description":"cut`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

var (
	aRead  = call{operation: "read thing", method: http.MethodGet, path: route("customers", "c-1", "things", "t-1")}
	aWrite = call{operation: "make thing", method: http.MethodPost, path: route("customers", "c-1", "things"), body: map[string]int{"n": 1}}
)

type thing struct{ ID string }

func TestDo_repeatsWithOneRequestID(t *testing.T) {
	done := says(201, `{"id":"made"}`)
	for name, handlers := range map[string][]http.HandlerFunc{
		"at once":                 {done},
		"throttled":               {says(429, "", "Retry-After", "2"), done},
		"service errors":          {says(500, ""), says(502, "<html>"), says(503, ""), says(504, ""), done},
		"service timeout":         {says(408, ""), done},
		"connection broken":       {dropping, dropping, done},
		"answer broken off":       {breakingOff(201), done},
		"all retries, then good":  {dropping, dropping, dropping, dropping, dropping, done},
		"error page broken off":   {breakingOff(503), done},
		"throttled without words": {says(429, ""), done},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: handlers}
			c, _ := clientOf(t, s.ServeHTTP)
			got, err := do[thing](t.Context(), c, aWrite)
			if err != nil || got.ID != "made" {
				t.Fatalf("got %+v, %v", got, err)
			}
			if len(s.requests) != len(handlers) {
				t.Errorf("%d requests, want %d", len(s.requests), len(handlers))
			}
			for i, id := range s.ids() {
				if id == "" || id != s.ids()[0] {
					t.Errorf("request %d has the ID %q, the first %q", i, id, s.ids()[0])
				}
				if s.bodies[i] != `{"n":1}` {
					t.Errorf("request %d has the body %q", i, s.bodies[i])
				}
			}
		})
	}
}

func TestDo_newRequestIDForEachCall(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(400, `{"code":"2055"}`), says(201, `{}`)}}
	c, _ := clientOf(t, s.ServeHTTP)
	if _, err := do[thing](t.Context(), c, aWrite); !HasCode(err, "2055") {
		t.Fatalf("got %v", err)
	}
	if _, err := do[thing](t.Context(), c, aWrite); err != nil {
		t.Fatal(err)
	}
	if ids := s.ids(); len(ids) != 2 || ids[0] == ids[1] {
		t.Errorf("request IDs %q", ids)
	}
	if a, b := s.requests[0].Header.Get("MS-CorrelationId"), s.requests[1].Header.Get("MS-CorrelationId"); a == "" || a != b {
		t.Errorf("correlation IDs %q and %q, want one for all", a, b)
	}
}

func TestDo_leavesBusinessAnswersToTheCaller(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"409 800082": says(409, `{"code":"800082","description":"busy"}`),
		"409 800060": says(409, `{"code":800060}`),
		"404 400019": says(404, `{"code":"400019"}`),
		"404 20003":  says(404, `{"code":"20003"}`),
		"400 2055":   says(400, `{"code":"2055"}`),
		"403":        says(403, `{"code":"900150"}`),
		"501":        says(501, ``),
		"401":        says(401, ``), // an access token cannot be renewed
		"201 HTML":   says(201, "<html>welcome to the hotel</html>"),
		"redirect":   says(307, "", "Location", "/elsewhere"),
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{handler}}
			c, clock := clientOf(t, s.ServeHTTP)
			if _, err := do[thing](t.Context(), c, aWrite); err == nil {
				t.Error("no error")
			}
			if len(s.requests) != 1 || len(clock.slept) != 0 {
				t.Errorf("%d requests, slept %s", len(s.requests), clock.slept)
			}
		})
	}
}

func TestDo_headers(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(200, `{}`)}}
	c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.UserAgent, o.Application = "agent/1", "an app" })
	asked := aWrite
	asked.header = http.Header{"If-Match": {`"tag"`}}
	if _, err := do[thing](t.Context(), c, asked); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer the-token", "Accept": "application/json", "Content-Type": "application/json", "MS-Contract-Version": "v1",
		"MS-CorrelationId": c.sender.correlationID, "X-Locale": "en-US", "User-Agent": "agent/1", "MS-PartnerCenter-Application": "an app", "If-Match": `"tag"`,
	} {
		if got := s.requests[0].Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, err := do[thing](t.Context(), c, aRead); err != nil {
		t.Fatal(err)
	}
	if got := s.requests[1].Header.Get("Content-Type"); got != "" {
		t.Errorf("a request without body has the content type %q", got)
	}
	if got := s.requests[1].Header.Get("MS-CorrelationId"); got == "" || got != c.sender.correlationID {
		t.Errorf("another call has the correlation ID %q", got)
	}
}

func TestDo_readsAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"plain":               {says(200, `{"id":"x"}`), "x"},
		"byte-order mark":     {says(200, "\uFEFF{\"id\":\"x\"}"), "x"},
		"PascalCase, unknown": {says(200, `{"Id":"x","New":{"a":[1]}}`), "x"},
		"accepted, nothing":   {says(202, ""), ""},
		"no content":          {says(204, ""), ""},
		"null":                {says(200, "null"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := clientOf(t, test.handler)
			got, err := do[thing](t.Context(), c, aRead)
			if err != nil || got.ID != test.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestDo_readsAgainWhatIsNotJSON(t *testing.T) {
	for name, broken := range map[string]http.HandlerFunc{
		"empty": says(200, ""), "page": says(200, "<html>"), "cut": says(200, `{"id":"x"`),
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{broken, says(200, `{"id":"x"}`)}}
			c, _ := clientOf(t, s.ServeHTTP)
			if got, err := do[thing](t.Context(), c, aRead); err != nil || got.ID != "x" {
				t.Errorf("got %+v, %v", got, err)
			}
			c, _ = clientOf(t, broken)
			if _, err := do[thing](t.Context(), c, aRead); !errors.Is(err, errNotJSON) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDoStatus(t *testing.T) {
	c, _ := clientOf(t, says(202, `{"id":"x"}`, "Location", "/subscriptions/1"))
	got, status, header, err := doStatus[thing](t.Context(), c, aWrite)
	if err != nil || got.ID != "x" || status != 202 || header.Get("Location") != "/subscriptions/1" {
		t.Errorf("got %+v, %d, %v, %v", got, status, header, err)
	}
}

func TestDo_errorUnderSuccess(t *testing.T) {
	c, _ := clientOf(t, says(200, `{"code":"400072","description":"Item is not available","data":[],"source":"PartnerFD"}`))
	_, err := do[thing](t.Context(), c, aRead)
	var e *Error
	if !errors.As(err, &e) || e.StatusCode != http.StatusOK || e.Code != "400072" || e.Description != "Item is not available" {
		t.Errorf("got %#v", err)
	}
}

func TestOutcomeUnknown(t *testing.T) {
	refused := says(400, `{"code":"800002"}`)
	for name, test := range map[string]struct {
		handlers []http.HandlerFunc
		call     call
		want     bool
	}{
		"connection broken":               {[]http.HandlerFunc{dropping}, aWrite, true},
		"connection broken, read":         {[]http.HandlerFunc{dropping}, aRead, false},
		"500":                             {[]http.HandlerFunc{says(500, "")}, aWrite, true},
		"408":                             {[]http.HandlerFunc{says(408, "")}, aWrite, true},
		"page under success":              {[]http.HandlerFunc{says(201, "<html>")}, aWrite, true},
		"unexpected JSON under success":   {[]http.HandlerFunc{says(201, `["a"]`)}, aWrite, true},
		"answer broken off":               {[]http.HandlerFunc{breakingOff(201)}, aWrite, true},
		"refused":                         {[]http.HandlerFunc{refused}, aWrite, false},
		"throttled":                       {[]http.HandlerFunc{says(429, "")}, aWrite, false},
		"token refused":                   {[]http.HandlerFunc{says(401, "")}, aWrite, false},
		"throttled, then refused":         {[]http.HandlerFunc{says(429, ""), refused}, aWrite, false},
		"broken, then refused":            {[]http.HandlerFunc{dropping, refused}, aWrite, true},
		"broken, then token refused":      {[]http.HandlerFunc{dropping, says(401, "")}, aWrite, true},
		"error code under success":        {[]http.HandlerFunc{says(200, `{"code":"400072","description":"no"}`)}, aWrite, false},
		"refusal broken off":              {[]http.HandlerFunc{breakingOff(400)}, aWrite, false},
		"redirect, which nobody followed": {[]http.HandlerFunc{says(308, "", "Location", "/x")}, aWrite, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: test.handlers}
			c, _ := clientOf(t, s.ServeHTTP)
			_, err := do[thing](t.Context(), c, test.call)
			if err == nil || OutcomeUnknown(err) != test.want {
				t.Errorf("unknown is %t, want %t: %v", !test.want, test.want, err)
			}
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		server := httptest.NewServer(nil)
		server.Close()
		c, _ := clientOf(t, nil, func(o *Options) { o.Endpoint = server.URL })
		if _, err := do[thing](t.Context(), c, aWrite); err == nil || OutcomeUnknown(err) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDo_requestTimeout(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{
		func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		says(201, `{"id":"made"}`),
	}}
	c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.RequestTimeout = 100 * time.Millisecond })
	if got, err := do[thing](t.Context(), c, aWrite); err != nil || got.ID != "made" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if ids := s.ids(); len(ids) < 2 || ids[0] != ids[1] {
		t.Errorf("request IDs %q", ids)
	}
}

func TestDo_stopsWithItsCaller(t *testing.T) {
	t.Run("in the middle of a request", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := &script{handlers: []http.HandlerFunc{func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }}}
		c, _ := clientOf(t, s.ServeHTTP)
		_, err := do[thing](ctx, c, aWrite)
		if !errors.Is(err, context.Canceled) || !OutcomeUnknown(err) || len(s.requests) != 1 {
			t.Errorf("%d requests, %v", len(s.requests), err)
		}
	})
	t.Run("before it begins", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		s := &script{handlers: []http.HandlerFunc{says(200, "{}")}}
		c, _ := clientOf(t, s.ServeHTTP)
		_, err := do[thing](ctx, c, aWrite)
		if !errors.Is(err, context.Canceled) || OutcomeUnknown(err) || len(s.requests) != 0 {
			t.Errorf("%d requests, %v", len(s.requests), err)
		}
	})
	t.Run("when a retry would come too late", func(t *testing.T) {
		s := &script{handlers: []http.HandlerFunc{says(429, "", "Retry-After", "60")}}
		c, clock := clientOf(t, s.ServeHTTP)
		ctx, cancel := c.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := do[thing](ctx, c, aWrite)
		var e *Error
		if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &e) || e.StatusCode != http.StatusTooManyRequests || e.RetryAfter != time.Minute {
			t.Errorf("got %#v", err)
		}
		if len(s.requests) != 1 || len(clock.slept) != 0 {
			t.Errorf("%d requests, slept %s", len(s.requests), clock.slept)
		}
	})
	t.Run("after its deadline", func(t *testing.T) {
		s := &script{handlers: []http.HandlerFunc{says(200, "{}")}}
		c, clock := clientOf(t, s.ServeHTTP)
		ctx, cancel := c.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_ = clock.Sleep(t.Context(), 2*time.Second)
		if _, err := do[thing](ctx, c, aWrite); !errors.Is(err, context.DeadlineExceeded) || len(s.requests) != 0 {
			t.Errorf("%d requests, %v", len(s.requests), err)
		}
	})
}

func TestDo_neverAddressesACollectionByAccident(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(200, "{}")}}
	c, _ := clientOf(t, s.ServeHTTP)
	for _, id := range []string{"", ".", "..", "a/b", `a\b`} {
		_, err := do[thing](t.Context(), c, call{operation: "read", method: http.MethodGet, path: route("customers", id)})
		if !errors.Is(err, errNoID) {
			t.Errorf("the ID %q: %v", id, err)
		}
	}
	if len(s.requests) != 0 {
		t.Errorf("%d requests left", len(s.requests))
	}
}

func TestRoute(t *testing.T) {
	if got, want := route("customers", "a b", "products", "DZH:0001?x#y%"), "/v1/customers/a%20b/products/DZH:0001%3Fx%23y%25"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s := &script{}
	c, _ := clientOf(t, s.ServeHTTP)
	for _, id := range []string{"a?b=c", "a#b", "a b", " ", "a/../b", "..", "a%2fb", "a\nb", "é", strings.Repeat("a", 300)} {
		_, err := do[thing](t.Context(), c, call{method: http.MethodGet, path: route("customers", id)})
		if !errors.Is(err, errNoID) || len(s.requests) != 0 {
			t.Errorf("the ID %q: %v, %d requests", id, err, len(s.requests))
		}
	}
}

func TestError_text(t *testing.T) {
	c, _ := clientOf(t, says(400, `{"code":800081,"description":"The subscription has not been activated yet.","data":["seat"]}`,
		"MS-RequestId", "r-1,r-1", "MS-CorrelationId", "k-1,k-1"))
	_, err := do[thing](t.Context(), c, aWrite)
	want := "make thing: HTTP 400 Bad Request, code 800081: The subscription has not been activated yet. [seat] " +
		"(POST /v1/customers/c-1/things, request ID r-1, correlation ID k-1)"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if !strings.Contains(Remedy(err), "activat") || Code(err) != "800081" || IsNotFound(err) {
		t.Errorf("remedy %q, code %q", Remedy(err), Code(err))
	}
}
