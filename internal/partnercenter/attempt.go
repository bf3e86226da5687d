// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/hashicorp/go-uuid"
)

// attempts carries one logical call through its attempts.
type attempts struct {
	client        *Client
	call          call
	requestID     string
	correlationID string
	started       time.Time
	count         int
	renewed       bool // a token was replaced after a 401
	unclear       bool // an attempt of this write may have been carried out
	next          decision

	answer answer // of the latest attempt; the layers below fill it
	token  string
	begun  time.Time
}

type attemptsKey struct{}

// attemptFrom is the call that a request belongs to; send puts it into the context of every request.
func attemptFrom(ctx context.Context) *attempts {
	return ctx.Value(attemptsKey{}).(*attempts)
}

// send makes a call in as many attempts as it takes; what it returns as answer is a success with a readable body.
func (c *Client) send(ctx context.Context, k call) (answer, error) {
	if k.customer == "" {
		k.customer = customerOf(k.path)
	}
	a := &attempts{client: c, call: k, correlationID: c.correlation(ctx), started: c.clock.Now()}
	if err := c.options.refuse(k); err != nil {
		return answer{}, err
	}
	req, err := a.request(ctx)
	if err != nil {
		return answer{}, a.failed(err)
	}
	resp, err := a.sender().Do(req)
	if resp != nil {
		_ = resp.Body.Close() // it is in the memory already
	}
	return a.result(err)
}

// request is the same for all attempts, MS-RequestId included: so the service recognises a write that it has seen already.
func (a *attempts) request(ctx context.Context) (*retryablehttp.Request, error) {
	if err := a.client.expired(ctx); err != nil {
		return nil, err
	}
	at, err := a.client.address(a.call)
	if err != nil {
		return nil, err
	}
	var body any // an untyped nil, which sends no body
	if a.call.body != nil {
		encoded, err := json.Marshal(a.call.body)
		if err != nil {
			return nil, fmt.Errorf("encoding the request: %w", err)
		}
		body = encoded
	}
	if a.requestID, err = uuid.GenerateUUID(); err != nil {
		return nil, fmt.Errorf("making a request ID: %w", err)
	}
	req, err := retryablehttp.NewRequestWithContext(context.WithValue(ctx, attemptsKey{}, a), a.call.method, at.String(), body)
	if err != nil {
		return nil, fmt.Errorf("making a request: %w", err)
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

// sender repeats by this call's own state; the pool of connections below it is shared by all calls.
func (a *attempts) sender() *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:     a.client.http,
		RetryMax:       a.client.options.MaxRetries,
		RequestLogHook: a.begin,
		CheckRetry:     a.check,
		Backoff:        func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }, // the pause is on our clock, in pause
		PrepareRetry:   a.pause,
		ErrorHandler:   retryablehttp.PassthroughErrorHandler,
	}
}

func (a *attempts) begin(retryablehttp.Logger, *http.Request, int) {
	a.count++
	a.begun = a.client.clock.Now()
	a.answer = answer{}
	a.token = ""
}

// check reads what the attempt came to and decides about the next.
func (a *attempts) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	if err != nil && a.answer.err == nil {
		a.answer.err = err
	}
	if ctx.Err() != nil {
		a.noteOutcome()
		a.next = decision{reason: "stopped"}
		a.log(ctx)
		return false, nil
	}
	a.noteOutcome()
	a.next = decide(a.outcome(), a.client.policy(), rand.Float64())
	if a.answer.status == http.StatusTooManyRequests {
		a.client.pace.pause(a.call.customer, max(retryAfter(a.answer, a.client.clock.Now()), a.next.wait))
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
		method:     a.call.method,
		status:     a.answer.status,
		err:        a.answer.err,
		unreadable: a.answer.unreadable(a.call),
		code:       a.answer.fault().code,
		retryAfter: retryAfter(a.answer, a.client.clock.Now()),
		attempt:    a.count,
		elapsed:    a.client.clock.Now().Sub(a.started),
		renewable:  !a.renewed && a.client.tokens.renewable(),
	}
}

func (c *Client) policy() retryPolicy {
	return retryPolicy{retries: c.options.MaxRetries, elapsed: maxElapsed, wait: c.options.RetryWait, maxWait: c.options.MaxRetryWait}
}
