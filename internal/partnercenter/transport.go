// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// limited is the outermost layer: each attempt waits for its turn.
type limited struct {
	limit *rateLimit
	next  http.RoundTripper
}

func (t *limited) RoundTrip(req *http.Request) (*http.Response, error) {
	a := attemptFrom(req.Context())
	if err := t.limit.wait(req.Context(), a.call.customer); err != nil {
		closeBody(req)
		return nil, notSentError{err}
	}
	a.startedSending()
	return t.next.RoundTrip(req)
}

// signed adds a token to each attempt, and only to requests for the address that it is meant for.
type signed struct {
	tokens TokenSource
	base   *url.URL
	next   http.RoundTripper
}

var errForeignAddress = errors.New("the address is not Partner Center's")

func (t *signed) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != t.base.Scheme || req.URL.Host != t.base.Host {
		closeBody(req)
		return nil, notSentError{errForeignAddress}
	}
	token, err := t.tokens.Token(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	wire.Hide(token.Reveal())
	attemptFrom(req.Context()).token = token
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	return t.next.RoundTrip(req)
}

// closeBody keeps a RoundTripper's promise to close the body even when nothing is sent.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// wholeAnswer is the innermost layer: it bounds the attempt in time and reads the whole answer, so that a connection that breaks
// halfway counts as broken. What came is kept for the retry decision.
type wholeAnswer struct {
	timeout time.Duration
	next    http.RoundTripper
}

func (t *wholeAnswer) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), t.timeout)
	defer cancel()
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})

	resp, got, err := exchange(t.next, req.WithContext(ctx))
	if err != nil && ctx.Err() != nil && req.Context().Err() == nil {
		err = fmt.Errorf("%w within %s (request_timeout)", errNoAnswer, t.timeout)
	}
	a := attemptFrom(req.Context())
	got.err, got.sent, got.reads = err, connected.Load(), !a.call.writes() && !a.call.mayBeEmpty && a.call.method != http.MethodHead
	a.answer = got
	if err != nil {
		return nil, err
	}
	a.service.learn(got.header.Get("Date"))
	return resp, nil
}

// exchange sends a request and moves the whole answer into memory. A body that breaks off under a status of failure is kept
// as far as it came, because the status says what happened.
func exchange(next http.RoundTripper, req *http.Request) (*http.Response, answer, error) {
	resp, err := next.RoundTrip(req)
	if err != nil {
		return nil, answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	got := answer{status: resp.StatusCode, phrase: resp.Status, header: resp.Header}
	got.body, err = wire.ReadBody(resp.Body)
	if err != nil && got.status >= 200 && got.status < 300 {
		return nil, got, fmt.Errorf("the answer broke off: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(got.body))
	return resp, got, nil
}
