// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

var testPolicy = retryPolicy{retries: 5, elapsed: 15 * time.Minute, wait: 500 * time.Millisecond, maxWait: 30 * time.Second}

// The rows of reference/commerce.md#retry-decision-table, in its order. What is not repeated below the operations has a row as well.
func TestDecide(t *testing.T) {
	full := 500 * time.Millisecond
	for name, test := range map[string]struct {
		result attemptResult
		want   decision
	}{
		"broken connection, read":          {attemptResult{err: io.ErrUnexpectedEOF}, decision{retry: true, wait: full, reason: "no answer"}},
		"broken connection, write":         {attemptResult{err: io.ErrUnexpectedEOF, writes: true}, decision{retry: true, wait: full, reason: "no answer"}},
		"timeout, write":                   {attemptResult{err: errNoAnswer, writes: true}, decision{retry: true, wait: full, reason: "no answer"}},
		"502":                              {attemptResult{status: 502, writes: true}, decision{retry: true, wait: full, reason: "service error"}},
		"503":                              {attemptResult{status: 503, writes: true}, decision{retry: true, wait: full, reason: "service error"}},
		"503 that says when":               {attemptResult{status: 503, retryAfter: 7 * time.Second}, decision{retry: true, wait: 7 * time.Second, reason: "service error"}},
		"504":                              {attemptResult{status: 504, writes: true}, decision{retry: true, wait: full, reason: "service error"}},
		"500, read":                        {attemptResult{status: 500}, decision{retry: true, wait: full, reason: "service error"}},
		"500, write":                       {attemptResult{status: 500, writes: true}, decision{retry: true, wait: full, reason: "service error"}},
		"gateway status of its own":        {attemptResult{status: 524, writes: true}, decision{retry: true, wait: full, reason: "service error"}},
		"501":                              {attemptResult{status: 501}, decision{reason: "not implemented"}},
		"505":                              {attemptResult{status: 505}, decision{reason: "not implemented"}},
		"408":                              {attemptResult{status: 408, writes: true}, decision{retry: true, wait: full, reason: "the service timed out"}},
		"429 with Retry-After":             {attemptResult{status: 429, writes: true, retryAfter: 57 * time.Second}, decision{retry: true, wait: 57 * time.Second, reason: "throttled"}},
		"429 without":                      {attemptResult{status: 429}, decision{retry: true, wait: full, reason: "throttled"}},
		"401":                              {attemptResult{status: 401, writes: true, renewable: true}, decision{retry: true, newToken: true, reason: "token refused"}},
		"401 again, or of a fixed token":   {attemptResult{status: 401, writes: true}, decision{reason: "token refused"}},
		"409 of any code":                  {attemptResult{status: 409, writes: true}, decision{reason: "answered"}},
		"404, catalogue or lag":            {attemptResult{status: 404}, decision{reason: "answered"}},
		"400, stale etag or otherwise":     {attemptResult{status: 400, writes: true}, decision{reason: "answered"}},
		"403":                              {attemptResult{status: 403}, decision{reason: "answered"}},
		"412":                              {attemptResult{status: 412, writes: true}, decision{reason: "answered"}},
		"417":                              {attemptResult{status: 417, writes: true}, decision{reason: "answered"}},
		"302":                              {attemptResult{status: 302}, decision{reason: "answered"}},
		"200":                              {attemptResult{status: 200}, decision{reason: "answered"}},
		"202":                              {attemptResult{status: 202, writes: true}, decision{reason: "answered"}},
		"200 that is not JSON, read":       {attemptResult{status: 200, unreadable: true}, decision{retry: true, wait: full, reason: "unreadable answer"}},
		"201 that is not JSON, write":      {attemptResult{status: 201, writes: true, unreadable: true}, decision{reason: "unreadable answer"}},
		"wrong credentials":                {attemptResult{err: noToken{}}, decision{reason: "no answer"}},
		"sign-in service busy":             {attemptResult{err: noToken{mayPass: true}}, decision{retry: true, wait: full, reason: "no answer"}},
		"deadline before sending":          {attemptResult{err: notSentError{errors.New("late")}}, decision{reason: "no answer"}},
		"certificate not trusted":          {attemptResult{err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}}, decision{reason: "no answer"}},
		"endless answer":                   {attemptResult{err: wire.ErrTooLarge}, decision{reason: "no answer"}},
		"fifth retry":                      {attemptResult{status: 503, attempt: 5}, decision{retry: true, wait: 8 * time.Second, reason: "service error"}},
		"sixth retry":                      {attemptResult{status: 503, attempt: 6}, decision{reason: "retries are used up after: service error"}},
		"a wait that ends in time":         {attemptResult{status: 503, elapsed: 14 * time.Minute, retryAfter: time.Minute}, decision{retry: true, wait: time.Minute, reason: "service error"}},
		"a wait that would end too late":   {attemptResult{status: 429, elapsed: 14 * time.Minute, retryAfter: 61 * time.Second}, decision{reason: "the wait would take too long after: throttled"}},
		"a wait for a day":                 {attemptResult{status: 429, retryAfter: 24 * time.Hour}, decision{reason: "the wait would take too long after: throttled"}},
		"401 although retries are used up": {attemptResult{status: 401, attempt: 6, renewable: true}, decision{reason: "retries are used up after: token refused"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.result.attempt == 0 {
				test.result.attempt = 1
			}
			if got := decide(test.result, testPolicy, 1); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestBackoff(t *testing.T) {
	want := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second, 30 * time.Second}
	for i, longest := range want {
		attempt := i + 1
		if got := testPolicy.backoff(attempt, 1); got != longest {
			t.Errorf("attempt %d waits at most %s, want %s", attempt, got, longest)
		}
		if got := testPolicy.backoff(attempt, 0); got != longest/2 {
			t.Errorf("attempt %d waits at least %s, want %s", attempt, got, longest/2)
		}
	}
	if got := testPolicy.backoff(1<<30, 1); got != 30*time.Second {
		t.Errorf("a late attempt waits %s, want 30s", got)
	}
}
