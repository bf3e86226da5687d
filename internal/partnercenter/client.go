// SPDX-License-Identifier: MPL-2.0

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
	if c.tokens, invalid = newTokenSource(options, &http.Client{Transport: transport, Timeout: options.RequestTimeout}); invalid != nil {
		return nil, invalid
	}
	c.http = &http.Client{
		Transport:     &paced{c.pace, &signed{c.tokens, base.Host, &answered{c, transport}}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a redirected write would be sent twice
	}
	return c, nil
}

// call is one logical call: however often it is sent, it is meant to happen once.
type call struct {
	operation string // what the caller was doing, such as "create cart"
	method    string
	path      string // from route
	query     url.Values
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
		path.WriteString("/")
		path.WriteString(escapeSegment(segment))
	}
	return path.String()
}

// escapeSegment escapes dots too where they would climb up the path.
func escapeSegment(segment string) string {
	if segment == "." || segment == ".." {
		return strings.ReplaceAll(segment, ".", "%2E")
	}
	return url.PathEscape(segment)
}

// do makes a call and decodes its answer; an answer of 202 or 204 may be empty and is then the zero T.
func do[T any](ctx context.Context, c *Client, k call) (T, error) {
	got, _, _, err := doStatus[T](ctx, c, k)
	return got, err
}

// doStatus is do for callers who need the status or the headers as well.
func doStatus[T any](ctx context.Context, c *Client, k call) (T, int, http.Header, error) {
	var got T
	answer, err := c.send(ctx, k)
	if err != nil {
		return got, 0, nil, err
	}
	if len(answer.body) == 0 {
		return got, answer.status, answer.header, nil
	}
	if err := json.Unmarshal(answer.body, &got); err != nil {
		var zero T
		return zero, answer.status, answer.header, c.unreadable(k, answer, err)
	}
	return got, answer.status, answer.header, nil
}

var errEmptySegment = errors.New("an ID that the address is made of is empty")

// address is where a call goes. A path with an empty segment would address a whole collection instead of one object.
func (c *Client) address(k call) (*url.URL, error) {
	if strings.Contains(k.path, "//") || strings.HasSuffix(k.path, "/") {
		return nil, errEmptySegment
	}
	at, err := url.Parse(c.base.String() + k.path)
	if err != nil {
		return nil, fmt.Errorf("making an address: %w", err)
	}
	if len(k.query) > 0 {
		at.RawQuery = k.query.Encode()
	}
	return at, nil
}
