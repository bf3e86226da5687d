// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// faults are what can go wrong with one request. reads are those that a read can meet; only is the end of the path of the others.
var faults = []struct {
	name  string
	fault *emulator.Fault // nil where the connection cannot be made
	reads bool
	only  string
}{
	{"cut before the work", &emulator.Fault{Kind: emulator.FaultDropBefore}, true, ""},
	{"cut after the work", &emulator.Fault{Kind: emulator.FaultDropAfter}, true, ""},
	{"no connection", nil, true, ""},
	{"500", &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003}, true, ""},
	{"500 after the work", &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003, After: true}, false, ""},
	{"503", &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusServiceUnavailable}, true, ""},
	{"503 after the work", &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusServiceUnavailable, After: true}, false, ""},
	{"429", &emulator.Fault{Status: http.StatusTooManyRequests, RetryAfter: 7}, true, ""},
	{"truncated", &emulator.Fault{Kind: emulator.FaultTruncate}, true, ""},
	{"empty", &emulator.Fault{Kind: emulator.FaultEmptyBody}, true, ""},
	{"empty after the work", &emulator.Fault{Kind: emulator.FaultEmptyBody, After: true}, false, ""},
	{"404", &emulator.Fault{Status: http.StatusNotFound, Code: 1000}, true, ""},
	{"refused", &emulator.Fault{Status: http.StatusForbidden, Code: 800066}, false, ""},
	{"409 in progress", &emulator.Fault{Status: http.StatusConflict, Code: 800060, After: true}, false, "/checkout"},
	{"409 being processed", &emulator.Fault{Status: http.StatusConflict, Code: 800064, After: true}, false, "/checkout"},
	{"409 for another reason", &emulator.Fault{Status: http.StatusConflict, Code: 900999, After: true}, false, "/checkout"},
	{"400 submitted", &emulator.Fault{Status: http.StatusBadRequest, Code: 800065, After: true}, false, "/checkout"},
	{"404 listed anew", &emulator.Fault{Status: http.StatusNotFound, Code: 400019}, false, "/carts"},
}

// newTrouble is what goes wrong in one run of one workspace: nothing in half of them, a crash, or some faults.
func (s *Simulation) newTrouble() terraform.Trouble {
	switch s.random.IntN(8) {
	case 0, 1:
		return s.crashAt(1+s.random.IntN([]int{6, 16, 28}[s.random.IntN(3)]), terraform.Crashes[s.random.IntN(len(terraform.Crashes))])
	case 2, 3:
		return s.faulty()
	case 4:
		return s.meanwhile(1 + s.random.IntN(20))
	}
	return nil
}

// meanwhile lets something happen elsewhere between two requests of a run: prices rise, offers are listed anew, or somebody changes a
// subscription in the portal.
func (s *Simulation) meanwhile(number int) terraform.Trouble {
	what, at := s.random.IntN(3), s.random.IntN(max(1, len(s.lives)))
	return func(sent Request, n int) terraform.Fate {
		if n != number || what == 2 && (!sent.Planning || len(s.workspaces) > 1) {
			return terraform.Fate{} // between the last read and the write nobody can see it: new commerce has no etags
		}
		s.troubled = true
		switch l := s.lives[at]; what {
		case 0:
			s.market.more = 0.5
			s.tell("meanwhile prices rise by %g", s.market.more)
		case 1:
			s.emu.RotateAvailabilities()
			s.tell("meanwhile everything is listed anew")
		default:
			if r, id := s.record(l), l.workspace.ID(l.address); !r.Ended() && r.Status() == "active" && !r.Waits() && !r.Yes("isTrial") {
				_ = s.emu.Drift(l.customer, id, map[string]any{"quantity": r.Licenses() + 2})
				s.tell("meanwhile somebody adds 2 licenses to %s", l.address)
			}
		}
		return terraform.Fate{}
	}
}

func (s *Simulation) crashAt(number int, crash Crash) terraform.Trouble {
	return func(_ Request, n int) terraform.Fate {
		if n != number {
			return terraform.Fate{}
		}
		s.troubled = true
		s.Counts.Crashes++
		return terraform.Fate{Crash: crash}
	}
}

// faulty lets requests fail: from some request on, one of them, several in a row, or all that write.
func (s *Simulation) faulty() terraform.Trouble {
	what, from, times := faults[s.random.IntN(len(faults))], 1+s.random.IntN(20), []int{1, 1, 3, 8}[s.random.IntN(4)]
	writes := s.random.IntN(2) == 0
	if writes {
		from = 1 + s.random.IntN(3)
	}
	matching := 0
	return func(sent Request, n int) terraform.Fate {
		read := sent.Method == http.MethodGet
		if writes == read || read && !what.reads || !strings.HasSuffix(sent.Path, what.only) {
			return terraform.Fate{}
		}
		if matching++; writes && matching < from || !writes && n < from || times == 0 {
			return terraform.Fate{}
		}
		times--
		s.troubled = true
		s.Counts.Faults++
		if what.fault == nil {
			return terraform.Fate{Unreachable: true}
		}
		fault := *what.fault
		return terraform.Fate{Fault: &fault}
	}
}
