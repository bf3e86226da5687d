// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/go-uuid"
)

type requestKey struct{}

// HeldID is the MS-RequestId of a write that has not been answered yet; empty when the next call takes a new one.
type HeldID struct{ id string }

// In makes the calls of one context go out under one MS-RequestId until the service has answered: for a caller who repeats
// one and the same write after the repeats of a single call were not enough. It is for one call at a time.
// See reference/commerce.md#working-decisions.
func (h *HeldID) In(ctx context.Context) context.Context {
	return context.WithValue(ctx, requestKey{}, h)
}

// takeRequestID is the held ID of a call that is still unanswered, else a new one.
func takeRequestID(ctx context.Context) (string, error) {
	held, _ := ctx.Value(requestKey{}).(*HeldID)
	if held != nil && held.id != "" {
		return held.id, nil
	}
	id, err := uuid.GenerateUUID()
	if err != nil {
		return "", fmt.Errorf("making a request ID: %w", err)
	}
	if held != nil {
		held.id = id
	}
	return id, nil
}

// releaseRequestID ends the use of a held ID when the answer was one of the service's business.
func releaseRequestID(ctx context.Context, a answer) {
	if held, _ := ctx.Value(requestKey{}).(*HeldID); held != nil && a.settles() {
		held.id = ""
	}
}

// identified is what the service knows under an ID, by which it is read, changed and paid for.
type identified interface{ identity() string }

// longestID is more than any ID of the service has.
const longestID = 256

// validID holds for what can be an ID: printable ASCII without what would lead elsewhere in an address.
func validID(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= longestID && !strings.ContainsFunc(id, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune(`/\?#%"<>`, r)
	})
}

// sameObject refuses an answer about another object than the one that was asked for, or about none.
func sameObject[T identified](operation, asked string, got *T, err error) (*T, error) {
	if err == nil && !strings.EqualFold((*got).identity(), asked) {
		return nil, &Error{Operation: operation, Err: errOtherObject}
	}
	return got, err
}

var (
	errOtherObject = errors.New("the answer is about another object than the one that was asked for")
	errNoOwnID     = errors.New("the answer has no ID, or one of a wrong form")
)
