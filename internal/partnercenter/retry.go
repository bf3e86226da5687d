// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Repeats happen on these layers, and each counts only its own. Whoever repeats above one call has looked first at what became of it.
//
//	one call     the same request, with the same MS-RequestId: Options.MaxRetries times (5), Options.RetryWait to MaxRetryWait
//	             (0.5 to 30 s) apart or as the service asks, up to 5 minutes, and 15 minutes in all; decide below says which answers
//	sign-in      nothing by itself: a token that could not be had is a failed attempt of the call that needed it, and is repeated
//	             with it where it may pass; a token that was refused (401) is replaced once for each call, unless its user lacks
//	             multifactor authentication, which another token would lack as well (mfa.go)
//	an update    another call with a fresh document: 5 times where the document was stale, and for as long as the context allows,
//	             at most 120 times, where something else is under way (subscription_update.go)
//	a checkout   the same cart, under one request ID held until there is an answer (HeldID), until Partner Center says that
//	             it was submitted or the time for the purchase is over (services/subscription)
//	a cart       another one, up to 3 in all, where the offer was listed anew since it was looked up and nothing was bought
//	             (services/subscription)
//
// Poll repeats what only looks, as often as its context allows.

// attemptResult is all that the retry decision looks at.
type attemptResult struct {
	writes     bool          // the call may change something
	status     int           // 0 where no answer came
	err        error         // why none came, or why it could not be read
	unreadable bool          // a success whose body is not JSON
	retryAfter time.Duration // what the service asked for; 0 where it asked for nothing
	attempt    int           // 1 for the first
	elapsed    time.Duration // since the first attempt began
	renewable  bool          // another token can be had, and was not yet
}

// decision is what to do after an attempt. A retry always keeps the MS-RequestId.
type decision struct {
	retry    bool
	wait     time.Duration
	newToken bool
	reason   string
}

// retryPolicy bounds the retries of one call.
type retryPolicy struct {
	retries       int
	elapsed       time.Duration
	wait, maxWait time.Duration
}

// maxElapsed ends a call that is throttled or broken for so long that somebody should know.
const maxElapsed = 15 * time.Minute

// decide follows reference/commerce.md#retry-decision-table, row by row. What wants a look or a new logical call first
// (2055, every 409, 400019, 800060, 800064, 800065, a 404 that is only late) is not repeated here, but on the layers above.
// random, from 0 to 1, spreads the retries of parallel calls.
func decide(r attemptResult, p retryPolicy, random float64) decision {
	d := worthRepeating(r)
	if !d.retry {
		return d
	}
	d.wait = p.backoff(r.attempt, random)
	if r.retryAfter > 0 {
		d.wait = r.retryAfter
	}
	if d.newToken {
		d.wait = 0
	}
	switch {
	case r.attempt > p.retries:
		return decision{reason: "retries are used up after: " + d.reason}
	case r.elapsed+d.wait > p.elapsed, d.wait > longestPause:
		return decision{reason: "the wait would take too long after: " + d.reason}
	}
	return d
}

func worthRepeating(r attemptResult) decision {
	if r.err != nil {
		return decision{retry: mayPass(r.err), reason: "no answer"}
	}
	switch r.status {
	case http.StatusUnauthorized:
		return decision{retry: r.renewable, newToken: r.renewable, reason: "token refused"}
	case http.StatusTooManyRequests:
		return decision{retry: true, reason: "throttled"}
	case http.StatusRequestTimeout:
		return decision{retry: true, reason: "the service timed out"}
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return decision{reason: "not implemented"}
	}
	switch {
	case r.status >= 500:
		return decision{retry: true, reason: "service error"}
	case r.unreadable:
		return decision{retry: !r.writes, reason: "unreadable answer"}
	}
	return decision{reason: "answered"}
}

// backoff doubles from wait to maxWait; half of it is left to chance.
func (p retryPolicy) backoff(attempt int, random float64) time.Duration {
	wait := p.wait
	for n := 1; n < attempt && wait < p.maxWait; n++ {
		wait *= 2
	}
	wait = min(wait, p.maxWait)
	return wait/2 + time.Duration(random*float64(wait)/2)
}

// notSentError stopped a request before anything left, for a reason that another attempt would not change.
type notSentError struct{ error }

func (e notSentError) Unwrap() error { return e.error }

// mayPass holds for the failures that another attempt may not meet: of the network, and of a sign-in service that is busy.
func mayPass(err error) bool {
	if unsigned, ok := errors.AsType[signInError](err); ok {
		return unsigned.SignInMayPass()
	}
	_, notSent := errors.AsType[notSentError](err)
	return !notSent && !wire.Untrusted(err) && !errors.Is(err, wire.ErrTooLarge)
}
