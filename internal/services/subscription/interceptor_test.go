// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// phase is how far the service is with a request.
type phase string

const (
	beforeTheWork phase = "before the work"
	afterTheWork  phase = "after the work"
	answered      phase = "after the answer"
)

// interceptor stands between the provider and Partner Center, and calls strike once, in a phase of the nth request.
type interceptor struct {
	*httptest.Server

	mu       sync.Mutex
	requests int
	nth      int // counted from 1; 0 for none
	phase    phase
	strike   func()
	struckBy string                 // the request, as "METHOD /path"
	on       func(r *http.Request)  // before each request that is passed on; may be nil
	forward  *httputil.ReverseProxy // to Partner Center
}

// interceptRequests is in place until the end of the test, and lets everything pass until set is called.
func interceptRequests(t *testing.T, emu *emulator.Server) *interceptor {
	t.Helper()
	target, err := url.Parse(emu.URL)
	if err != nil {
		t.Fatal(err)
	}
	a := &interceptor{forward: &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }, // cut on one side is cut on the other
	}}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

// set starts to count anew.
func (a *interceptor) set(nth int, in phase, strike func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.requests, a.nth, a.phase, a.strike, a.struckBy = 0, nth, in, strike, ""
}

// before calls on before each request that is passed on.
func (a *interceptor) before(on func(r *http.Request)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.on = on
}

// seen is how many requests came since set, and which one was struck at.
func (a *interceptor) seen() (requests int, struckBy string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.requests, a.struckBy
}

func (a *interceptor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.requests++
	now := a.requests == a.nth
	if now {
		a.struckBy = r.Method + " " + r.URL.Path
	}
	in, strike, on := a.phase, a.strike, a.on
	a.mu.Unlock()
	if on != nil {
		on(r)
	}
	if !now {
		a.forward.ServeHTTP(w, r)
		return
	}
	if in == afterTheWork {
		a.forward.ServeHTTP(httptest.NewRecorder(), r)
	}
	if in == answered {
		a.forward.ServeHTTP(w, r)
		_ = http.NewResponseController(w).Flush() // the provider may not be there any more
	}
	strike()
	_, _ = io.Copy(io.Discard, r.Body)
	if in != answered {
		panic(http.ErrAbortHandler)
	}
}
