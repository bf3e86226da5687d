// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// attempts is one logical call on its way through its attempts.
type attempts struct {
	call          call
	clock         Clock
	service       *serviceClock
	tokens        TokenSource
	requestID     string
	correlationID string
	started       time.Time
	renewed       bool // the token was replaced after a 401
	unclear       bool // an attempt of this write may have been carried out

	// Of the latest attempt, beginning with its number.
	count  int
	begun  time.Time
	token  wire.Secret
	answer answer
	next   decision
}

// Format prints nothing of the token: fmt would not ask it.
func (a *attempts) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "attempt %d of %s", a.count, a.call.method)
}

type attemptsKey struct{}

// attemptFrom is the call that a request belongs to; every request that the client makes has one.
func attemptFrom(ctx context.Context) *attempts {
	a, _ := ctx.Value(attemptsKey{}).(*attempts)
	return a
}

func (a *attempts) begin(_ retryablehttp.Logger, _ *http.Request, earlier int) {
	a.count, a.begun, a.token, a.answer = earlier+1, a.clock.Now(), "", answer{}
	if earlier == 0 {
		a.started = a.begun
	}
}

// startedSending starts the clocks anew when an attempt has had to wait for its turn: a long queue is no reason to give up early.
func (a *attempts) startedSending() {
	a.begun = a.clock.Now()
	if a.count == 1 {
		a.started = a.begun
	}
}

// record keeps what went wrong in an attempt, and whether it may have been carried out.
func (a *attempts) record(err error) {
	if err != nil && a.answer.err == nil {
		a.answer.err = wire.WithoutURL(err)
	}
	a.unclear = a.unclear || a.call.writes() && a.answer.mayHaveWorked()
}

// result is what the retry decision looks at.
func (a *attempts) result() attemptResult {
	return attemptResult{
		writes:     a.call.writes(),
		status:     a.answer.status,
		err:        a.answer.err,
		unreadable: a.answer.unreadable(),
		retryAfter: a.retryAfter(),
		attempt:    a.count,
		elapsed:    a.clock.Now().Sub(a.started),
		renewable:  !a.renewed && a.tokens.Renewable() && !a.wantsMFA(),
	}
}

func (a *attempts) retryAfter() time.Duration {
	return a.answer.retryAfter(a.service.now())
}

// problem is the error of a finished call; err is what the attempts ended with, such as a deadline between two of them.
func (a *attempts) problem(err error) error {
	if a.answer.err != nil {
		err = a.answer.err
	}
	switch {
	case err != nil:
		return a.failure(wire.WithoutURL(err))
	case a.answer.status < 200 || a.answer.status > 299 || wire.IsFault(a.answer.body):
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
		Err: err, fixedToken: !a.tokens.Renewable(), asUser: a.tokens.IsUser(),
		asApplication: !a.tokens.MayBeUser(), wantsMFA: a.wantsMFA(),
	}
	if id := wire.Once(a.answer.header.Get("MS-RequestId")); id != "" {
		e.RequestID = id
	}
	if id := wire.Once(a.answer.header.Get("MS-CorrelationId")); id != "" {
		e.CorrelationID = id
	}
	if a.answer.status != 0 && (a.answer.status < 200 || a.answer.status > 299 || wire.IsFault(a.answer.body)) {
		said := wire.ReadFault(a.answer.body)
		e.Code, e.Description, e.Data = said.Code, said.Description, said.Data
	}
	return e
}

// undecodable is the error of a success whose JSON is not what was expected; a write was carried out then.
func (a *attempts) undecodable(err error) *Error {
	a.unclear = a.call.writes()
	return a.failure(fmt.Errorf("%w: %w", errNotExpected, err))
}

var (
	errNoAnswer    = errors.New("no answer")
	errNotJSON     = errors.New("the answer is empty, or is not JSON")
	errNotExpected = errors.New("the answer has an unexpected form")
)

// logFields are the line of an attempt in the log. Bodies, headers and tokens are not in it, and of a query only what names nobody.
func (a *attempts) logFields() map[string]any {
	fields := map[string]any{
		"operation":      a.call.operation,
		"method":         a.call.method,
		"path":           safePath(a.call.path),
		"attempt":        a.count,
		"duration_ms":    a.clock.Now().Sub(a.begun).Milliseconds(),
		"request_id":     a.requestID,
		"correlation_id": a.correlationID,
		"decision":       a.next.reason,
	}
	if query := a.call.safeQuery(); query != "" {
		fields["query"] = query
	}
	if a.answer.status != 0 {
		fields["status"] = a.answer.status
	}
	if a.answer.err != nil {
		fields["error"] = wire.OneLine(a.answer.err.Error())
	}
	if a.next.retry {
		fields["retry_in_ms"] = a.next.wait.Milliseconds()
	}
	return fields
}
