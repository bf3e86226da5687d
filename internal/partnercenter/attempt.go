// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// attempts carries one logical call through its attempts.
type attempts struct {
	client        *Client
	call          call
	requestID     string
	correlationID string
	started       time.Time
	renewed       bool // the token was replaced after a 401
	unclear       bool // an attempt of this write may have been carried out

	// Of the latest attempt, beginning with its number.
	count  int
	begun  time.Time
	token  string
	answer answer
	next   decision
}

type attemptsKey struct{}

// attemptFrom is the call that a request belongs to; every request that the client makes has one.
func attemptFrom(ctx context.Context) *attempts {
	a, _ := ctx.Value(attemptsKey{}).(*attempts)
	return a
}

// send makes a call in as many attempts as it takes. Without an error, its answer is a success with JSON or nothing in it.
func (c *Client) send(ctx context.Context, k call) (*attempts, error) {
	if k.customer == "" {
		k.customer = customerOf(k.path)
	}
	if err := c.options.refuse(k); err != nil {
		return nil, err
	}
	if k.writes() || polling(ctx) {
		defer c.shared.changing(k.customer)()
	}
	a := &attempts{client: c, call: k, correlationID: c.correlation(ctx)}
	req, err := a.request(ctx)
	if err != nil {
		return nil, a.failure(err)
	}
	resp, err := a.sender().Do(req)
	if resp != nil {
		_ = resp.Body.Close() // it was read already
	}
	releaseRequestID(ctx, a.answer)
	if err := a.problem(err); err != nil {
		return nil, err
	}
	return a, nil
}

// request is the same for all attempts, MS-RequestId included: by that the service recognises a write that it has seen already.
func (a *attempts) request(ctx context.Context) (*retryablehttp.Request, error) {
	var err error
	if a.requestID, err = takeRequestID(ctx); err != nil {
		return nil, err
	}
	if err := a.client.expired(ctx); err != nil {
		return nil, err
	}
	at, err := a.client.address(a.call)
	if err != nil {
		return nil, err
	}
	var body any // an untyped nil sends none
	if a.call.body != nil {
		encoded, err := json.Marshal(a.call.body)
		if err != nil {
			return nil, fmt.Errorf("encoding the request: %w", err)
		}
		body = encoded
	}
	req, err := retryablehttp.NewRequestWithContext(context.WithValue(ctx, attemptsKey{}, a), a.call.method, at.String(), body)
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	a.setHeaders(req.Header)
	return req, nil
}

// setHeaders follows https://learn.microsoft.com/partner-center/developer/headers.
func (a *attempts) setHeaders(header http.Header) {
	for name, values := range a.call.header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	header.Set("Accept", "application/json")
	if a.call.body != nil {
		header.Set("Content-Type", "application/json")
	}
	header.Set("MS-Contract-Version", "v1")
	header.Set("MS-RequestId", a.requestID)
	header.Set("MS-CorrelationId", a.correlationID)
	header.Set("X-Locale", "en-US")
	header.Set("User-Agent", a.client.options.UserAgent)
	if a.client.options.Application != "" {
		header.Set("MS-PartnerCenter-Application", a.client.options.Application)
	}
}

// sender repeats by this call's own state; the connections below it are shared by all calls.
func (a *attempts) sender() *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:     a.client.http,
		RetryMax:       a.client.options.MaxRetries,
		RequestLogHook: a.begin,
		CheckRetry:     a.check,
		Backoff:        func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }, // pause waits, on the client's clock
		PrepareRetry:   a.pause,
		ErrorHandler:   retryablehttp.PassthroughErrorHandler,
	}
}

func (a *attempts) begin(_ retryablehttp.Logger, _ *http.Request, earlier int) {
	a.count, a.begun, a.token, a.answer = earlier+1, a.client.clock.Now(), "", answer{}
	if earlier == 0 {
		a.started = a.begun
	}
}

// leaves starts the clocks anew when an attempt has had to wait for its turn: a long queue is no reason to give up early.
func (a *attempts) leaves() {
	a.begun = a.client.clock.Now()
	if a.count == 1 {
		a.started = a.begun
	}
}

// check decides about another attempt. It never returns an error: what went wrong is kept in answer.
func (a *attempts) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	if err != nil && a.answer.err == nil {
		a.answer.err = withoutURL(err)
	}
	a.unclear = a.unclear || a.call.writes() && a.answer.mayHaveWorked()
	if ctx.Err() != nil {
		a.next = decision{reason: "stopped by the caller"}
	} else {
		a.next = decide(a.outcome(), a.client.retryPolicy(), rand.Float64()) //nolint:gosec // spreads retries, which nobody gains from guessing
	}
	if a.answer.status == http.StatusTooManyRequests {
		a.client.pace.pause(a.call.customer, max(a.retryAfter(), a.next.wait))
	}
	if a.next.newToken {
		a.renewed = true
		a.client.tokens.forget(a.token)
	}
	a.log(ctx)
	return a.next.retry, nil
}

// pause waits before the next attempt.
func (a *attempts) pause(req *http.Request) error {
	return a.client.Sleep(req.Context(), a.next.wait)
}

func (a *attempts) outcome() outcome {
	return outcome{
		writes:     a.call.writes(),
		status:     a.answer.status,
		err:        a.answer.err,
		unreadable: a.answer.unreadable(),
		retryAfter: a.retryAfter(),
		attempt:    a.count,
		elapsed:    a.client.clock.Now().Sub(a.started),
		renewable:  !a.renewed && a.client.tokens.renewable(),
	}
}

func (a *attempts) retryAfter() time.Duration {
	return a.answer.retryAfter(a.client.ServiceTime())
}

// problem is the error of a finished call; err is what the attempts ended with, such as a deadline between two of them.
func (a *attempts) problem(err error) error {
	if a.answer.err != nil {
		err = a.answer.err
	}
	switch {
	case err != nil:
		return a.failure(withoutURL(err))
	case a.answer.status < 200 || a.answer.status > 299 || isFault(a.answer.body):
		return a.failure(nil)
	case a.answer.unreadable():
		return a.failure(errNotJSON)
	}
	return nil
}

// failure describes the latest attempt, and err where it ended without an answer that could be read.
func (a *attempts) failure(err error) *Error {
	e := &Error{
		Operation: a.call.operation, Method: a.call.method, Path: a.call.path, UserOnly: a.call.userOnly,
		RequestID: a.requestID, CorrelationID: a.correlationID,
		StatusCode: a.answer.status, RetryAfter: a.retryAfter(), Unclear: a.unclear && !a.call.quote, // a cart commits to nothing
		Err: err, signIn: a.client.tokens.method,
	}
	if id := once(a.answer.header.Get("MS-RequestId")); id != "" {
		e.RequestID = id
	}
	if id := once(a.answer.header.Get("MS-CorrelationId")); id != "" {
		e.CorrelationID = id
	}
	if a.answer.status != 0 && (a.answer.status < 200 || a.answer.status > 299 || isFault(a.answer.body)) {
		f := readFault(a.answer.body)
		e.Code, e.Description, e.Data = f.code, f.description, f.data
	}
	return e
}

// undecodable is the error of a success whose JSON is not what was expected; a write was carried out then.
func (a *attempts) undecodable(err error) *Error {
	a.unclear = a.call.writes()
	return a.failure(fmt.Errorf("%w: %w", errNotExpected, err))
}

var (
	errNotJSON     = errors.New("the answer is empty, or is not JSON")
	errNotExpected = errors.New("the answer has an unexpected form")
)

// withoutURL drops what net/http puts around errors: the address, with a query that may name people.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
