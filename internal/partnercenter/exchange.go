// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Request is a call in the service's own words, for programs that ask the service about itself. It takes the way of every other call: limits,
// sign-in, repeats, and the rules for writes.
type Request struct {
	// Operation is what is asked, such as "read a cart that nobody made".
	Operation string
	// Method and Path are those of the request; the path begins with its version.
	Method, Path string
	// Query follows the path.
	Query url.Values
	// Header comes beside the client's own headers; one without values takes away the client's.
	Header http.Header
	// Body is sent as JSON, a json.RawMessage as it is; nil sends none.
	Body any
	// UserOnly says that the service wants App+User sign-in.
	UserOnly bool
}

// Answer is what came back, whatever its status; Status is 0 where nothing did.
type Answer struct {
	Status int
	Header http.Header
	// Body is without a byte-order mark.
	Body []byte
	// RequestID is the MS-RequestId that was sent.
	RequestID string
}

// Exchange makes a call and hands over its answer as it came. The error is what every other operation would have returned, so there is one
// beside each answer that is no success.
func (c *Client) Exchange(ctx context.Context, r Request) (Answer, error) {
	a, err := c.send(ctx, call{
		operation: r.Operation, method: r.Method, path: r.Path, query: r.Query, body: r.Body, header: r.Header,
		userOnly: r.UserOnly,
		quote:    isQuote(r.Method, r.Path), asks: isQuestion(r.Method, r.Path),
	})
	if a == nil {
		return Answer{}, err
	}
	return Answer{Status: a.answer.status, Header: a.answer.header, Body: a.answer.body, RequestID: a.requestID}, err
}

// questions are what is posted and changes nothing, by the end of the path.
var questions = []string{"promotioneligibilities", "partners/validateresellers", "extensions/product/checkinventory", "validations/address"}

// isQuestion holds for a call that changes nothing although it is a POST.
func isQuestion(method, path string) bool {
	return method == http.MethodPost && slices.ContainsFunc(questions, func(end string) bool { return strings.HasSuffix(strings.ToLower(path), "/"+end) })
}

// isQuote holds for a call that makes or changes a cart, which commits to nothing.
func isQuote(method, path string) bool {
	segments := strings.Split(strings.Trim(strings.ToLower(path), "/"), "/")
	of := len(segments) >= 4 && segments[0] == "v1" && segments[1] == "customers" && segments[3] == "carts"
	return of && (method == http.MethodPost && len(segments) == 4 || method == http.MethodPut && len(segments) == 5)
}
