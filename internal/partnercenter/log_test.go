// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// logbook keeps what a client logs.
type logbook struct {
	mu    sync.Mutex
	lines []map[string]any
}

func (l *logbook) add(_ context.Context, _ string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fields)
}

func TestLog_oneLineForEachAttempt(t *testing.T) {
	var book logbook
	s := &script{handlers: []http.HandlerFunc{says(429, "", "Retry-After", "2"), dropping, says(201, "{}")}}
	c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.Log = book.add })
	if _, err := do[thing](t.Context(), c, aWrite); err != nil {
		t.Fatal(err)
	}
	if len(book.lines) != 3 {
		t.Fatalf("%d lines, want 3: %v", len(book.lines), book.lines)
	}
	first := book.lines[0]
	for field, want := range map[string]any{
		"operation": "make thing", "method": "POST", "path": "/v1/customers/c-1/things", "attempt": 1, "status": 429,
		"decision": "throttled", "retry_in_ms": int64(2000), "correlation_id": c.sender.correlationID, "request_id": s.ids()[0],
	} {
		if first[field] != want {
			t.Errorf("%s is %v, want %v", field, first[field], want)
		}
	}
	if book.lines[1]["error"] == nil || book.lines[1]["status"] != nil {
		t.Errorf("a broken connection is logged as %v", book.lines[1])
	}
	if last := book.lines[2]; last["status"] != 201 || last["decision"] != "answered" || last["retry_in_ms"] != nil {
		t.Errorf("the end is logged as %v", last)
	}
}

func TestLog_keepsSecrets(t *testing.T) {
	var book logbook
	s := &script{handlers: []http.HandlerFunc{
		says(200, `{"items":[{"id":"https://activate.example/token"}],"links":{"next":{"uri":"/things?filter=next-secret&size=2"}}}`),
		says(400, `{"code":"1","description":"jane@contoso.com is unknown"}`),
	}}
	c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.Log = book.add })
	asked := call{
		operation: "list", method: http.MethodGet, path: route("customers", "c-1", "users", "jane@contoso.com"),
		query: url.Values{"filter": {"secret-company"}, "size": {"2"}, "targetView": {"MarketplaceSaaS"}},
	}
	_, _ = list[thing](t.Context(), c, asked)
	text := fmt.Sprint(book.lines)
	for _, hidden := range []string{"the-token", "activate.example", "next-secret", "secret-company", "contoso"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the log gives %q away: %s", hidden, text)
		}
	}
	for _, harmless := range []string{"filter=(hidden)", "size=2", "targetView=MarketplaceSaaS"} {
		if !strings.Contains(text, harmless) {
			t.Errorf("the log does not show %q: %s", harmless, text)
		}
	}
}

// Whatever a service repeats in an error, neither the error nor the log shows it.
func TestError_isNotPrivate(t *testing.T) {
	var book logbook
	c, _ := clientOf(t, says(http.StatusBadRequest, `{"code":"60002","description":"The user jane@contoso.com has no token eyJh.eyJi.c","data":["joe@contoso.com"]}`),
		func(o *Options) { o.Log = book.add })
	_, err := do[thing](t.Context(), c, call{operation: "read user", method: http.MethodGet, path: route("users", "jane@contoso.com")})
	if err == nil || strings.Contains(err.Error(), "@contoso") || strings.Contains(err.Error(), "eyJh") {
		t.Errorf("got %v", err)
	}
	broken := &Error{Operation: "read", Err: errors.New(`invalid proxy address "http://me:pass@proxy:x"`)}
	if strings.Contains(broken.Error(), "pass") {
		t.Errorf("got %v", broken)
	}
}
