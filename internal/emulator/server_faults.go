// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
)

// Fault adds a fault; several are tried in the order of their arrival.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = cmp.Or(f.Times, 1)
	f.Kind = cmp.Or(f.Kind, FaultStatus)
	s.faults = append(s.faults, &f)
}

// FailNext answers the next API calls with these statuses, one each, before any work is done.
// 429 comes with Retry-After and the gateway's body, 502 and above with a gateway's page, others with code 0.
func (s *Server) FailNext(statuses ...int) {
	for _, status := range statuses {
		f := Fault{Status: status, Description: "Injected fault."}
		if status >= http.StatusBadGateway {
			f.Kind = FaultHTML
		}
		s.Fault(f)
	}
}

// ClearFaults removes every fault that has not struck yet.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}
