// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"math"
	"net/http"
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

// ThrottleReport tells how often a limit was met and whether Retry-After was honoured.
func (s *Server) ThrottleReport() ThrottleReport {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.throttle.report
}

// throttle counts requests per minute of virtual time (commerce reference, Throttling).
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
func (s *Server) throttled(entry *Request) time.Duration {
	wait := s.countIn("", s.behaviour.RequestsPerMinute)
	if customer := customerOf(entry.Path); customer != "" {
		wait = max(wait, s.countIn(customer, s.behaviour.RequestsPerMinuteAndCustomer))
	}
	return wait
}

// countIn counts a call in the window of key. Attempts during the block are counted; they extend it only where a knob says so.
func (s *Server) countIn(key string, limit int) time.Duration {
	if limit <= 0 {
		return 0
	}
	now := s.now()
	w := s.throttle.windows[key]
	if w == nil || !now.Before(w.end) {
		w = &window{end: now.Add(throttleWindow)}
		s.throttle.windows[key] = w
	}
	w.count++
	if w.count <= limit {
		return 0
	}
	if w.blocked {
		s.throttle.report.DuringBlock++
		if s.behaviour.AttemptsProlongBlock {
			w.end = now.Add(throttleWindow)
		}
	}
	w.blocked = true
	return w.end.Sub(now)
}

// tooMany is the gateway's answer; it has neither code nor description.
func (s *Server) tooMany(wait time.Duration) *response {
	seconds := int(math.Ceil(wait.Seconds()))
	answer := s.encode(http.StatusTooManyRequests, map[string]any{
		"statusCode": http.StatusTooManyRequests,
		"message":    fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", seconds),
	})
	answer.header.Set("Retry-After", strconv.Itoa(seconds))
	return answer
}

// noteTooMany remembers when a refused call may come again.
func (s *Server) noteTooMany(entry *Request, answer *response) {
	s.throttle.report.Answered++
	seconds, err := strconv.Atoi(answer.header.Get("Retry-After"))
	if id := strings.ToLower(entry.RequestID()); err == nil && id != "" {
		s.throttle.retryAt[id] = s.now().Add(time.Duration(seconds) * time.Second)
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
