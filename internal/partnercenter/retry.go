// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"crypto/tls"
	"errors"
	"net/http"
	"time"
)

// outcome is all that the retry decision looks at.
type outcome struct {
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

// decide follows the retry table of the commerce reference, row by row. What wants a look or a new logical call first
// (2055, every 409, 400019, 800060, 800064, 800065, a 404 that is only late) is not repeated here.
// random, from 0 to 1, spreads the retries of parallel calls.
func decide(o outcome, p retryPolicy, random float64) decision {
	d := worthRepeating(o)
	if !d.retry {
		return d
	}
	d.wait = p.backoff(o.attempt, random)
	if o.retryAfter > 0 {
		d.wait = o.retryAfter
	}
	if d.newToken {
		d.wait = 0
	}
	switch {
	case o.attempt > p.retries:
		return decision{reason: "retries are used up after: " + d.reason}
	case o.elapsed+d.wait > p.elapsed:
		return decision{reason: "the wait would take too long after: " + d.reason}
	}
	return d
}

func worthRepeating(o outcome) decision {
	if o.err != nil {
		return decision{retry: mayPass(o.err), reason: "no answer"}
	}
	switch o.status {
	case http.StatusUnauthorized:
		return decision{retry: o.renewable, newToken: o.renewable, reason: "token refused"}
	case http.StatusTooManyRequests:
		return decision{retry: true, reason: "throttled"}
	case http.StatusRequestTimeout:
		return decision{retry: true, reason: "the service timed out"}
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return decision{reason: "not implemented"}
	}
	switch {
	case o.status >= 500:
		return decision{retry: true, reason: "service error"}
	case o.unreadable:
		return decision{retry: !o.writes, reason: "unreadable answer"}
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

// mayPass holds for the failures that another attempt may not meet: of the network, and of a sign-in service that is busy.
func mayPass(err error) bool {
	var (
		signIn      *SignInError
		notSent     notSentError
		certificate *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &signIn):
		return signIn.Temporary
	case errors.As(err, &notSent), errors.As(err, &certificate), errors.Is(err, errBodyTooLarge):
		return false
	}
	return true
}

func (c *Client) retryPolicy() retryPolicy {
	return retryPolicy{retries: c.options.MaxRetries, elapsed: maxElapsed, wait: c.options.RetryWait, maxWait: c.options.MaxRetryWait}
}
