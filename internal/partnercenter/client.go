// SPDX-License-Identifier: MPL-2.0

// Package partnercenter is a typed client of the Partner Center REST API, for what a Cloud Solution Provider partner buys and manages
// for its customers (https://learn.microsoft.com/partner-center/developer/partner-center-rest-api-reference).
//
// Each page of the reference has a file with its types and operations. Below them, a call goes from client.go through attempt.go
// (its attempts) and transport.go (pace, token, answer); retry.go decides what is repeated.
package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/go-uuid"
)

// Client speaks to Partner Center; it is safe for concurrent use.
type Client struct {
	options       Options
	clock         Clock
	base          *url.URL
	http          *http.Client
	tokens        *tokenSource
	pace          *pace
	shared        sharedReads
	correlationID string
	clockOffset   atomic.Int64 // nanoseconds that the service's clock is ahead of ours
}

// New makes a client; what is wrong with the options comes back as *OptionError. Nothing is sent before the first call.
func New(options Options) (*Client, error) {
	options, invalid := options.validated()
	if invalid != nil {
		return nil, invalid
	}
	base, err := url.Parse(options.Endpoint)
	if err != nil {
		return nil, optionError("endpoint", "It is not an address such as https://host[:port].")
	}
	correlationID, err := uuid.GenerateUUID()
	if err != nil {
		return nil, fmt.Errorf("making a correlation ID: %w", err)
	}
	c := &Client{options: options, clock: options.Clock, base: base, correlationID: correlationID}
	c.pace = newPace(c, options.RequestsPerMinute)
	transport := newTransport(options)
	if c.tokens, invalid = newTokenSource(options, transport); invalid != nil {
		return nil, invalid
	}
	c.http = &http.Client{Transport: &paced{c.pace, &signed{c.tokens, base, &answered{c, transport}}}, CheckRedirect: stayHere}
	return c, nil
}

// call is one logical call: however often it is sent, it is meant to happen once.
type call struct {
	operation string // what the caller was doing, such as "create cart"
	method    string
	path      string // from route
	query     url.Values
	rawQuery  string // instead of query: that of a link, in the order it came in
	customer  string // the customer whose data the call touches; read from the path when empty
	body      any    // nil sends none; a json.RawMessage goes out as it is
	header    http.Header
	quote     bool // creates a cart, which read-only lets through when quotes are allowed
	asks      bool // a POST that changes nothing
	userOnly  bool // the service wants App+User sign-in
}

// writes holds for calls that may change something.
func (k call) writes() bool {
	return k.method != http.MethodGet && k.method != http.MethodHead && !k.asks
}

// route makes a path of the API from unescaped segments.
func route(segments ...string) string {
	var path strings.Builder
	path.WriteString("/v1")
	for _, segment := range segments {
		path.WriteString("/" + url.PathEscape(segment))
	}
	return path.String()
}

// do makes a call and decodes its answer; an answer of 202 or 204 may be empty and is then the zero T.
func do[T any](ctx context.Context, c *Client, k call) (T, error) {
	got, _, _, err := doStatus[T](ctx, c, k)
	return got, err
}

// doStatus is do for callers who need the status or the headers as well.
func doStatus[T any](ctx context.Context, c *Client, k call) (T, int, http.Header, error) {
	var got, zero T
	a, err := c.send(ctx, k)
	if err != nil {
		return zero, 0, nil, err
	}
	if len(a.answer.body) == 0 {
		return zero, a.answer.status, a.answer.header, nil
	}
	if err := json.Unmarshal(a.answer.body, &got); err != nil {
		return zero, a.answer.status, a.answer.header, a.undecodable(err)
	}
	return got, a.answer.status, a.answer.header, nil
}

var errNoID = errors.New("an ID that the address is made of is empty, or is not an ID")

// address is where a call goes. An empty segment would address a collection instead of one of its objects.
func (c *Client) address(k call) (*url.URL, error) {
	if !cleanPath(k.path) {
		return nil, errNoID
	}
	at, err := url.Parse(strings.TrimRight(c.base.String(), "/") + k.path)
	if err != nil {
		return nil, fmt.Errorf("making an address: %w", err)
	}
	at.RawQuery = k.rawQuery
	if len(k.query) > 0 {
		at.RawQuery = k.query.Encode()
	}
	return at, nil
}
