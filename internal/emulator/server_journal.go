// SPDX-License-Identifier: MPL-2.0

package emulator

// Requests lists every request to the API and the sign-in service so far, in the order of arrival.
func (s *Server) Requests() []Request {
	return s.filter(func(Request) bool { return true })
}

// Writes lists the requests that could change something at Partner Center.
func (s *Server) Writes() []Request { return s.filter(Request.IsWrite) }

// Matching lists the requests for which Is(method, pattern) holds.
func (s *Server) Matching(method, pattern string) []Request {
	return s.filter(func(r Request) bool { return r.Is(method, pattern) })
}

// Count is how many requests match, see Request.Is.
func (s *Server) Count(method, pattern string) int { return len(s.Matching(method, pattern)) }

// ForgetRequests empties the journal; ids of calls stay known, so that repeats are still recognized.
func (s *Server) ForgetRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.entries = nil
}

func (s *Server) filter(keep func(Request) bool) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.journal.filter(keep)
}

// Violations lists the writes that broke the rules for MS-RequestId; a client that is right has none.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []Violation{}
	for _, v := range s.writes.violations {
		found = append(found, v.Violation)
	}
	return found
}

// ThrottleReport tells how often a limit was met and whether Retry-After was honoured.
func (s *Server) ThrottleReport() ThrottleReport {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.throttle.report
}
