// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// newTransport opens connections; proxies come from the environment as everywhere in Go.
func newTransport(options Options) http.RoundTripper {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		TLSClientConfig:     &tls.Config{RootCAs: options.RootCAs, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 15 * time.Second,
	}
}

// notSentError stopped a request before anything left, for a reason that another attempt would not change.
type notSentError struct{ error }

func (e notSentError) Unwrap() error { return e.error }

// paced is the outermost layer: each attempt waits for its turn.
type paced struct {
	pace *pace
	next http.RoundTripper
}

func (t *paced) RoundTrip(req *http.Request) (*http.Response, error) {
	a := attemptFrom(req.Context())
	if err := t.pace.wait(req.Context(), a.call.customer); err != nil {
		closeBody(req)
		return nil, notSentError{err}
	}
	a.leaves()
	return t.next.RoundTrip(req)
}

// signed adds a token to each attempt, and only to requests for the address that it is meant for.
type signed struct {
	tokens *tokenSource
	base   *url.URL
	next   http.RoundTripper
}

var errForeignAddress = errors.New("the address is not Partner Center's")

func (t *signed) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != t.base.Scheme || req.URL.Host != t.base.Host {
		closeBody(req)
		return nil, notSentError{errForeignAddress}
	}
	token, err := t.tokens.token(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	attemptFrom(req.Context()).token = token
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+token)
	return t.next.RoundTrip(req)
}

// closeBody keeps a RoundTripper's promise to close the body even when nothing is sent.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// answered is the innermost layer: it bounds the attempt in time and reads the whole answer, so that a connection that breaks
// halfway counts as broken. What came is kept for the retry decision.
type answered struct {
	client *Client
	next   http.RoundTripper
}

var errNoAnswer = errors.New("no answer")

func (t *answered) RoundTrip(req *http.Request) (*http.Response, error) {
	timeout := t.client.options.RequestTimeout
	ctx, cancel := context.WithTimeout(req.Context(), timeout)
	defer cancel()
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})

	resp, got, err := exchange(t.next, req.WithContext(ctx))
	if err != nil && ctx.Err() != nil && req.Context().Err() == nil {
		err = fmt.Errorf("%w within %s (request_timeout)", errNoAnswer, timeout)
	}
	a := attemptFrom(req.Context())
	got.err, got.sent, got.reads = err, connected.Load(), !a.call.writes()
	a.answer = got
	if err != nil {
		return nil, err
	}
	t.client.learnTime(got.header.Get("Date"))
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
	got := answer{status: resp.StatusCode, header: resp.Header}
	got.body, err = readBody(resp.Body)
	if err != nil && got.status >= 200 && got.status < 300 {
		return nil, got, fmt.Errorf("the answer broke off: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(got.body))
	return resp, got, nil
}
