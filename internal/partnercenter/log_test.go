// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
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

var anAddress = regexp.MustCompile(`[\w.+-]+@[\w-]+\.\w`)

// FuzzLog lets paths, queries, headers and answers hold anything: neither the log nor the error has a secret or the address of a person in it.
func FuzzLog(f *testing.F) {
	const secret = "q~8Zk7Tz9Rw1vXpLm4YcB7sD2"
	wire.Hide(secret)
	for _, seed := range []string{"jane@contoso.com", "jane%40contoso.com", secret, `{"code":"1","description":"` + secret + `"}`, "https://x/?token=" + secret, "Bearer " + secret} {
		f.Add(seed, seed, seed, 400)
		f.Add("c-1", "size", seed, 302)
	}
	f.Fuzz(func(t *testing.T, segment, parameter, said string, status int) {
		var book logbook
		c, _ := clientOf(t, says(http.StatusOK, "{}"), func(o *Options) { o.Log, o.MaxRetries = book.add, -1 })
		c.sender.http.Transport = sameAnswer{200 + (status%400+400)%400, said}
		_, err := list[thing](t.Context(), c, call{operation: "list", method: http.MethodGet, path: route("customers", segment), query: url.Values{parameter: {said}}})
		for _, text := range []string{fmt.Sprint(book.lines), fmt.Sprint(err)} {
			if found := anAddress.FindString(text); found != "" || strings.Contains(text, secret[:8]) {
				t.Errorf("%q is shown in %q", found, text)
			}
		}
	})
}

// sameAnswer answers every request with the same text, in the body and in the headers.
type sameAnswer struct {
	status int
	text   string
}

func (a sameAnswer) RoundTrip(req *http.Request) (*http.Response, error) {
	header := http.Header{"Location": {a.text}, "Ms-Correlationid": {a.text}, "Retry-After": {a.text}}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(strings.NewReader(a.text)), Request: req}, nil
}
