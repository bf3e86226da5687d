// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Error is a call that did not succeed; reference/commerce.md#errors lists the codes.
// It holds no secrets and no request bodies.
type Error struct {
	// Operation is what was being done, such as "create cart".
	Operation string
	// Method and Path are those of the request, without the query.
	Method, Path string
	// StatusCode is the HTTP status; 0 where no answer came.
	StatusCode int
	// Code is Partner Center's code in digits, empty where the answer had none.
	Code string
	// Description is Partner Center's own text, or what could be read of an answer in another shape.
	Description string
	// Data are the details that some errors have.
	Data []string
	// RequestID and CorrelationID are what Microsoft's support asks for.
	RequestID, CorrelationID string
	// RetryAfter is how long the service asked to wait.
	RetryAfter time.Duration
	// UserOnly says that the operation wants App+User sign-in.
	UserOnly bool
	// Unclear says that the call is a write and that this or an earlier attempt of it may have been carried out.
	Unclear bool
	// Err is why no answer came, or why it could not be read.
	Err error

	fixedToken bool // no other token can be had
	asUser     bool // a user is signed in, by refresh_token

	asApplication bool // an application alone is signed in
	wantsMFA      bool // the token was refused for want of multifactor authentication
}

// Error names operation, status, code, text and IDs in one line.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(e.Operation)
	text.WriteString(": ")
	text.WriteString(e.summary())
	if e.Unclear {
		text.WriteString(" (it may have been carried out anyway)")
	}
	if len(e.Data) > 0 {
		fmt.Fprintf(&text, " [%s]", strings.Join(e.Data, "; "))
	}
	if e.traceable() {
		fmt.Fprintf(&text, " (%s)", e.trace())
	}
	return text.String()
}

// trace is what Microsoft's support asks for about a request.
func (e *Error) trace() string {
	return fmt.Sprintf("%s %s, request ID %s, correlation ID %s", e.Method, escape.Terminal(safePath(e.Path)), escape.Terminal(e.RequestID), escape.Terminal(e.CorrelationID))
}

// traceable holds where Partner Center knows the request. An error inside a successful answer has none of its own,
// and without signing in nothing is sent.
func (e *Error) traceable() bool {
	_, unsigned := errors.AsType[signInError](e.Err)
	return e.Method != "" && (e.Unclear || !unsigned)
}

func (e *Error) summary() string {
	var parts []string
	if e.Description != "" {
		parts = append(parts, e.Description)
	}
	if e.RetryAfter > longestPause {
		parts = append(parts, fmt.Sprintf("the service asks to be left alone for %s (Retry-After), which is not waited for", e.RetryAfter.Round(time.Second)))
	}
	if e.Err != nil {
		parts = append(parts, wire.OneLine(e.Err.Error()))
	}
	if e.StatusCode != 0 {
		status := fmt.Sprintf("HTTP %d", e.StatusCode)
		if name := http.StatusText(e.StatusCode); name != "" {
			status += " " + name
		}
		if e.Code != "" {
			status += ", code " + escape.Terminal(e.Code)
		}
		parts = append([]string{status}, parts...)
	} else if e.Code != "" {
		parts = append([]string{"code " + escape.Terminal(e.Code)}, parts...)
	}
	return strings.Join(parts, ": ")
}

func (e *Error) Unwrap() error { return e.Err }

// IsNotFound holds for a 404 of Partner Center. A subscription that was just bought may be missing for minutes.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == http.StatusNotFound
}

// HasCode holds for an error of Partner Center with one of the codes.
func HasCode(err error, codes ...string) bool {
	code := Code(err)
	return code != "" && slices.Contains(codes, code)
}

// Code is Partner Center's error code in digits, or "".
func Code(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

// OutcomeUnknown holds for a write that may have been carried out although it failed: in any of its attempts the connection broke
// after sending, the time ran out, or 408, 5xx or an unreadable answer came. Look before doing anything else.
//
// It also holds when a later attempt was refused with a code, because a refusal can be the consequence of the first one's success:
// ask HasCode first where a code has its own meaning.
func OutcomeUnknown(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Unclear
}
