// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"
)

// newTransport opens connections; proxies come from the environment as everywhere in Go.
func newTransport(options Options) *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = http.ProxyFromEnvironment
	transport.MaxIdleConnsPerHost = 16
	transport.TLSClientConfig = &tls.Config{RootCAs: options.RootCAs, MinVersion: tls.VersionTLS12}
	return transport
}

// answer is what one attempt brought back: a status with its body, or an error.
type answer struct {
	status int
	header http.Header
	body   []byte
	err    error
	sent   bool // the request may have reached the service
}

// answered is the innermost layer: it bounds the attempt in time, reads the whole answer, so that a connection that breaks
// halfway counts as broken, and keeps it for the layers above.
type answered struct {
	client *Client
	next   http.RoundTripper
}

func (t *answered) RoundTrip(req *http.Request) (*http.Response, error) {
	kept := &attemptFrom(req.Context()).answer
	ctx, cancel := context.WithTimeout(req.Context(), t.client.options.RequestTimeout)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { kept.sent = true }})
	resp, err := t.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		kept.err = err
		return nil, err
	}
	defer resp.Body.Close()
	t.client.learnTime(resp.Header.Get("Date"))
	kept.status, kept.header = resp.StatusCode, resp.Header
	if kept.body, err = readBody(resp.Body); err != nil {
		kept.err = err
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(kept.body))
	return resp, nil
}

// paced is the outermost layer: each attempt waits for its turn.
type paced struct {
	pace *pace
	next http.RoundTripper
}

func (t *paced) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := t.pace.wait(req.Context(), attemptFrom(req.Context()).call.customer); err != nil {
		closeBody(req)
		return nil, err
	}
	return t.next.RoundTrip(req)
}

// signed adds a token to each attempt, and only to requests for the host that it is meant for.
type signed struct {
	tokens *tokenSource
	host   string
	next   http.RoundTripper
}

func (t *signed) RoundTrip(req *http.Request) (*http.Response, error) {
	token, err := t.tokens.token(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	attemptFrom(req.Context()).token = token
	req = req.Clone(req.Context())
	if req.URL.Host == t.host {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return t.next.RoundTrip(req)
}

// closeBody keeps a RoundTripper's promise to close the body even when nothing is sent.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

var _ = time.Second
