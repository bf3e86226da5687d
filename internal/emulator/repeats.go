// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// Violation is a write that breaks the rules for MS-RequestId: one id for one logical call, kept by its retries until a
// business answer arrives, never used again afterwards (reference/commerce.md#idempotency and reference/commerce.md#working-decisions, 7).
type Violation struct {
	Time      time.Time `json:"time"`
	RequestID string    `json:"requestId"`
	Method    string    `json:"method"`
	Path      string    `json:"path"`
	Reason    string    `json:"reason"`
}

// String is the violation in one line.
func (v Violation) String() string {
	return fmt.Sprintf("%s %s (MS-RequestId %q): %s", v.Method, v.Path, v.RequestID, v.Reason)
}

// RepeatedRequest is what the service does with a write whose MS-RequestId it has answered before.
type RepeatedRequest string

// Which of them is true is not documented (reference/commerce.md#idempotency).
const (
	RepeatedReplay    RepeatedRequest = "replay"    // the first answer again
	RepeatedConflict  RepeatedRequest = "conflict"  // 409 800060
	RepeatedForgotten RepeatedRequest = "forgotten" // the work is done again
)

// writeLog remembers writes by MS-RequestId.
type writeLog struct {
	now        func() time.Time
	byID       map[string]*writeCall
	violations []suspicion
}

// suspicion is a violation that is taken back when the call it seems to replace is repeated after all.
type suspicion struct {
	Violation
	replaces *writeCall
}

type callOutcome int

const (
	inFlight   callOutcome = iota
	unanswered             // nothing, or no business answer: a retry keeps the id
	answered               // a business answer: the next call takes a new id
	unclear                // an answer that may or may not have been understood
)

// writeCall is one logical write: all requests under one MS-RequestId.
type writeCall struct {
	id, content, authorization string

	opening    *Request // the first request under the id
	outcome    callOutcome
	status     int
	first      *response // first business answer of the service, also if it was lost
	mismatched bool      // the last request under this id asked for something else
}

func newWriteLog(now func() time.Time) writeLog {
	return writeLog{now: now, byID: map[string]*writeCall{}}
}

// arrive files a write under its id and checks the rules. It is nil for a write without a GUID.
func (l *writeLog) arrive(entry *Request, authorization string) *writeCall {
	id := strings.ToLower(entry.RequestID())
	if !world.IsGUID(id) {
		l.violate(entry, nil, "a write needs a GUID in MS-RequestId")
		return nil
	}
	content := contentOf(entry)
	written := l.byID[id]
	if written == nil {
		written = &writeCall{id: id, content: content, authorization: authorization, opening: entry}
		for _, earlier := range l.byID {
			l.suspect(earlier, written)
		}
		l.byID[id] = written
		return written
	}
	written.mismatched = written.content != content
	switch {
	case written.mismatched:
		l.violate(entry, nil, "the id belongs to another request")
	case written.outcome == answered:
		l.violate(entry, nil, fmt.Sprintf("the id was answered with %d before, the next call takes a new one", written.status))
	}
	l.violations = slices.DeleteFunc(l.violations, func(s suspicion) bool { return s.replaces == written })
	return written
}

// suspect files a violation if later seems to repeat the unanswered earlier under a new id. Another token means another
// process, which cannot know the id.
func (l *writeLog) suspect(earlier, later *writeCall) {
	if earlier.outcome == unanswered && earlier.content == later.content && earlier.authorization == later.authorization &&
		earlier.opening.Sequence < later.opening.Sequence {
		l.violate(later.opening, earlier, fmt.Sprintf("repeats the unanswered call %s under a new id", earlier.id))
	}
}

func (l *writeLog) violate(entry *Request, replaces *writeCall, reason string) {
	l.violations = append(l.violations, suspicion{replaces: replaces, Violation: Violation{
		Time: l.now(), RequestID: entry.RequestID(), Method: entry.Method, Path: entry.Path, Reason: reason,
	}})
}

func contentOf(entry *Request) string {
	sum := sha256.Sum256([]byte(entry.Method + "\n" + strings.ToLower(entry.Path) + "?" + entry.Query.Encode() + "\n" + entry.Body))
	return hex.EncodeToString(sum[:])
}

// keep remembers the first business answer for repeats.
func (c *writeCall) keep(answer *response) {
	if c != nil && c.first == nil && !c.mismatched && isBusiness(answer.status) {
		c.first = answer.clone()
	}
}

// conclude notes what the client was told; delivered is false for an answer that was lost or cut.
func (l *writeLog) conclude(c *writeCall, status int, delivered, garbled bool) {
	switch {
	case c == nil || c.mismatched:
	case !isBusiness(status), !delivered && status < http.StatusBadRequest: // a refusal is one by its status, however little comes after it
		c.outcome = unanswered
		for _, later := range l.byID { // a client may repeat before the loss is noticed here
			l.suspect(c, later)
		}
	case garbled, !delivered:
		c.outcome, c.status = unclear, status
	default:
		c.outcome, c.status = answered, status
	}
}

// isBusiness tells answers that settle a call from those after which it is repeated under the same id.
func isBusiness(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return status < http.StatusInternalServerError
}

// repeated answers a write whose id has its answer already, nil for all others.
func (c *writeCall) repeated(t *Transport) *response {
	switch {
	case c == nil:
		return nil
	case c.mismatched:
		return t.encode(http.StatusBadRequest, fault(800002, "MS-RequestId %s was used for another request.", c.id))
	case c.first == nil || t.RepeatedRequests == RepeatedForgotten:
		return nil
	case t.RepeatedRequests == RepeatedConflict:
		return t.encode(http.StatusConflict, fault(800060, "The request %s is being processed already.", c.id))
	}
	return c.first.clone()
}

// replays tells whether an answer of repeated is the first one again.
func (c *writeCall) replays(t *Transport) bool {
	return c != nil && !c.mismatched && c.first != nil && t.RepeatedRequests == RepeatedReplay
}
