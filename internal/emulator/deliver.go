// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"strconv"
	"time"
)

// deliver sends the answer. The books say "answered" before the first byte leaves, because the client's next request
// may arrive at once, and are corrected where the answer was cut.
func (s *Server) deliver(w http.ResponseWriter, r *http.Request, x *exchange, f *Fault, answer *response) {
	cut := f != nil && f.Kind == FaultTruncate
	garbled := f != nil && (f.Kind == FaultHTML || f.Kind == FaultEmptyBody)
	slow := f != nil && f.Kind == FaultSlowBody
	s.conclude(x, answer, !cut && r.Context().Err() == nil, garbled || slow)
	if cut && len(answer.body) == 0 {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), answer.header)
	if answer.status != http.StatusNoContent && answer.status >= http.StatusOK {
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.body)))
	}
	w.WriteHeader(answer.status)
	first := answer.body
	if cut || slow {
		first = answer.body[:len(answer.body)/2]
	}
	_, err := w.Write(first)
	if cut || slow {
		_ = http.NewResponseController(w).Flush()
	}
	if slow {
		if cut = !s.wait(r, f.Delay); !cut {
			_, err = w.Write(answer.body[len(first):])
		}
	}
	if cut {
		s.conclude(x, answer, false, false)
		panic(http.ErrAbortHandler)
	}
	if err != nil && r.Method != http.MethodHead {
		s.conclude(x, answer, false, false)
	}
}

// conclude notes what the client has been told.
func (s *Server) conclude(x *exchange, answer *response, delivered, garbled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.entry.Status = answer.status
	if !delivered {
		x.entry.Status = 0
	}
	if delivered && answer.status == http.StatusTooManyRequests {
		s.throttle.noteTooMany(x.entry, answer, s.world.Now())
	}
	s.writes.conclude(x.write, answer.status, delivered, garbled)
	x.concluded = true
}

// closeBooks notes that a request got no answer at all.
func (s *Server) closeBooks(x *exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !x.concluded {
		s.writes.conclude(x.write, 0, false, false)
	}
}

func (s *Server) latency() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour.Latency
}

// pause holds a request for d, not at all for 0.
func (s *Server) pause(r *http.Request, d time.Duration) bool { return d <= 0 || s.wait(r, d) }

// wait holds a request for d of real time, for ever if d is 0. It is false if the client went away.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
		return false
	case <-s.listeners.closing:
		return false
	}
}
