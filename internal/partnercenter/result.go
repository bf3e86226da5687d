// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

type fault struct {
	code        string
	description string
	data        []string
}

func (a answer) fault() fault { return fault{} }

func (a answer) unreadable(k call) bool {
	if a.err != nil || a.status < 200 || a.status > 299 {
		return false
	}
	if len(a.body) == 0 {
		return k.method == http.MethodGet && a.status == http.StatusOK
	}
	return !json.Valid(a.body)
}

func (a *attempts) noteOutcome() {}

func retryableError(err error) bool { return true }

func retryAfter(a answer, now time.Time) time.Duration { return 0 }

func (a *attempts) log(context.Context) {}

func (a *attempts) failed(err error) error {
	return &Error{Operation: a.call.operation, Method: a.call.method, Path: a.call.path, RequestID: a.requestID, CorrelationID: a.correlationID, Err: err}
}

func (a *attempts) result(err error) (answer, error) {
	if a.answer.err != nil {
		err = a.answer.err
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if err != nil {
		return answer{}, a.failed(err)
	}
	if a.answer.status < 200 || a.answer.status > 299 {
		e := a.failed(nil).(*Error)
		e.StatusCode = a.answer.status
		f := a.answer.fault()
		e.Code, e.Description, e.Data = f.code, f.description, f.data
		return answer{}, e
	}
	return a.answer, nil
}

func (c *Client) unreadable(k call, a answer, err error) error {
	return &Error{Operation: k.operation, Method: k.method, Path: k.path, StatusCode: a.status, Err: fmt.Errorf("the answer cannot be read: %w", err)}
}

type correlationKey struct{}

// WithCorrelationID groups the calls made with the context under one ID, which Microsoft's support can search for.
func WithCorrelationID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, correlationKey{}, id)
}

// CorrelationID is the ID of WithCorrelationID, or "".
func CorrelationID(ctx context.Context) string {
	id, _ := ctx.Value(correlationKey{}).(string)
	return id
}

func (c *Client) correlation(ctx context.Context) string {
	if id := CorrelationID(ctx); id != "" {
		return id
	}
	return c.correlationID
}
