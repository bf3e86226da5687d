// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"net/http"
)

var errNoContent = errors.New("the service answered without content")

// one is do for a call that answers with one object: an empty answer is an error, so that nobody sees a nil object without one, and so
// is one without the ID of the object.
// A write with such an answer may have been carried out.
func one[T any](ctx context.Context, client *Client, c call) (*T, error) {
	got, _, err := oneAnswered[T](ctx, client, c)
	return got, err
}

// oneAnswered is one for callers who need the headers as well.
func oneAnswered[T any](ctx context.Context, client *Client, c call) (*T, http.Header, error) {
	got, _, header, err := doStatus[*T](ctx, client, c)
	if err != nil {
		return nil, nil, err
	}
	if got == nil {
		return nil, nil, &Error{Operation: c.operation, Err: errNoContent, Unclear: c.writes() && !c.quote}
	}
	if known, ok := any(*got).(identified); ok && !validID(known.identity()) {
		return nil, nil, &Error{Operation: c.operation, Err: errNoOwnID, Unclear: c.writes() && !c.quote}
	}
	return got, header, nil
}
