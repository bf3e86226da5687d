// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/hashicorp/go-uuid"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// sender sends calls, in as many attempts as each takes.
type sender struct {
	options       Options
	clock         Clock
	service       *serviceClock
	base          *url.URL
	http          *http.Client
	tokens        TokenSource
	limit         *rateLimit
	correlationID string // groups all that one client does (MS-CorrelationId); Microsoft's support can search for it
}

// newSender takes options that are validated.
func newSender(options Options) (*sender, error) {
	base, err := url.Parse(options.Endpoint)
	if err != nil {
		return nil, option.Errorf("endpoint", "It is not an address such as https://host[:port].")
	}
	correlationID, err := uuid.GenerateUUID()
	if err != nil {
		return nil, fmt.Errorf("making a correlation ID: %w", err)
	}
	corrected := &serviceClock{clock: options.Clock}
	limit := newRateLimit(options.Clock, options.RequestsPerMinute)
	layers := &limited{limit, &signed{options.Tokens, base, &wholeAnswer{options.RequestTimeout, options.Transport}}}
	return &sender{
		options: options, clock: options.Clock, service: corrected, base: base, tokens: options.Tokens, limit: limit,
		correlationID: correlationID, http: &http.Client{Transport: layers, CheckRedirect: wire.StayHere},
	}, nil
}

// send makes a call. Without an error, its answer is a success with JSON or nothing in it; beside an error there may be an answer, too.
func (s *sender) send(ctx context.Context, c call) (*attempts, error) {
	a := &attempts{call: c, clock: s.clock, service: s.service, tokens: s.tokens, correlationID: s.correlationID}
	req, err := s.request(ctx, a)
	if err != nil {
		return nil, a.failure(err)
	}
	resp, err := s.repeating(a).Do(req)
	if resp != nil {
		_ = resp.Body.Close() // it was read already
	}
	releaseRequestID(ctx, a.answer)
	return a, a.problem(err)
}

// request is the same for all attempts, MS-RequestId included: by that the service recognizes a write that it has seen already.
func (s *sender) request(ctx context.Context, a *attempts) (*retryablehttp.Request, error) {
	var err error
	if a.requestID, err = takeRequestID(ctx); err != nil {
		return nil, err
	}
	if err := expired(ctx, s.clock); err != nil {
		return nil, err
	}
	at, err := a.call.address(s.base)
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
	s.setHeaders(req.Header, a)
	return req, nil
}

// setHeaders follows https://learn.microsoft.com/partner-center/developer/headers.
func (s *sender) setHeaders(header http.Header, a *attempts) {
	header.Set("Accept", "application/json")
	if a.call.body != nil {
		header.Set("Content-Type", "application/json")
	}
	header.Set("MS-Contract-Version", "v1")
	header.Set("MS-RequestId", a.requestID)
	header.Set("MS-CorrelationId", a.correlationID)
	header.Set("X-Locale", "en-US")
	header.Set("User-Agent", s.options.UserAgent)
	if s.options.Application != "" {
		header.Set("MS-PartnerCenter-Application", s.options.Application)
	}
	for name, values := range a.call.header {
		if header[http.CanonicalHeaderKey(name)] = values; len(values) == 0 {
			header.Del(name)
		}
	}
}

// repeating repeats by this call's own state; the connections below it are shared by all calls.
func (s *sender) repeating(a *attempts) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:     s.http,
		RetryMax:       s.options.MaxRetries,
		RequestLogHook: a.begin,
		CheckRetry: func(ctx context.Context, _ *http.Response, err error) (bool, error) {
			a.record(err)
			s.afterAttempt(ctx, a)
			return a.next.retry, nil // what went wrong is kept in the answer
		},
		Backoff:      func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }, // PrepareRetry waits, on the client's clock
		PrepareRetry: func(req *http.Request) error { return sleep(req.Context(), s.clock, a.next.wait) },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// afterAttempt decides about another attempt, and lets the other calls have their share of what this one met.
func (s *sender) afterAttempt(ctx context.Context, a *attempts) {
	if ctx.Err() != nil {
		a.next = decision{reason: "stopped by the caller"}
	} else {
		a.next = decide(a.result(), s.retryPolicy(), s.options.Spread())
	}
	if a.answer.status == http.StatusTooManyRequests {
		s.limit.pause(a.call.customer, max(a.retryAfter(), a.next.wait))
	}
	if a.next.newToken {
		a.renewed = true
		s.tokens.Forget(a.token)
	}
	s.options.Log(ctx, "Partner Center request", a.logFields())
}

func (s *sender) retryPolicy() retryPolicy {
	return retryPolicy{retries: s.options.MaxRetries, elapsed: maxElapsed, wait: s.options.RetryWait, maxWait: s.options.MaxRetryWait}
}
