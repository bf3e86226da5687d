// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strconv"
	"strings"
	"time"
)

// ThrottleReport is how clients behaved under 429.
type ThrottleReport struct {
	Answered     int `json:"answered"`     // answers with 429, injected ones included
	DuringBlock  int `json:"duringBlock"`  // requests that came while the limit was used up, the first refused one not counted
	EarlyRetries int `json:"earlyRetries"` // calls repeated under their MS-RequestId before Retry-After was over
}

// throttle counts requests per minute of virtual time (reference/commerce.md#throttling).
type throttle struct {
	windows map[string]*window
	retryAt map[string]time.Time // by MS-RequestId
	report  ThrottleReport
}

type window struct {
	end     time.Time
	count   int
	blocked bool
}

func newThrottle() throttle {
	return throttle{windows: map[string]*window{}, retryAt: map[string]time.Time{}}
}

const throttleWindow = time.Minute

// arrive checks whether a call that was refused comes again too early.
func (t *throttle) arrive(entry *Request) {
	id := strings.ToLower(entry.RequestID())
	if at, refused := t.retryAt[id]; refused && entry.Time.Before(at) {
		t.report.EarlyRetries++
	}
	delete(t.retryAt, id)
}

// throttled counts a call and returns how long the caller has to wait, 0 if it may pass.
func (t *throttle) throttled(entry *Request, limits *Transport, now time.Time) time.Duration {
	wait := t.countIn("", limits.RequestsPerMinute, now)
	if customer := customerOf(entry.Path); customer != "" {
		wait = max(wait, t.countIn(customer, limits.RequestsPerMinuteAndCustomer, now))
	}
	return wait
}

// countIn counts a call in the window of key. Attempts during the block are counted; they do not extend it.
func (t *throttle) countIn(key string, limit int, now time.Time) time.Duration {
	if limit <= 0 {
		return 0
	}
	w := t.windows[key]
	if w == nil || !now.Before(w.end) {
		w = &window{end: now.Add(throttleWindow)}
		t.windows[key] = w
	}
	w.count++
	if w.count <= limit {
		return 0
	}
	if w.blocked {
		t.report.DuringBlock++
	}
	w.blocked = true
	return w.end.Sub(now)
}

// noteTooMany remembers when a refused call may come again.
func (t *throttle) noteTooMany(entry *Request, answer *response, now time.Time) {
	t.report.Answered++
	seconds, err := strconv.Atoi(answer.header.Get("Retry-After"))
	if id := strings.ToLower(entry.RequestID()); err == nil && id != "" {
		t.retryAt[id] = now.Add(time.Duration(seconds) * time.Second)
	}
}

// customerOf is the customer in a path, lower case, "" for none.
func customerOf(path string) string {
	parts := segments(path)
	for i, part := range parts[:max(len(parts)-1, 0)] {
		if strings.EqualFold(part, "customers") {
			return strings.ToLower(parts[i+1])
		}
	}
	return ""
}
