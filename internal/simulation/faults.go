// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// kind is one way in which a request goes wrong while its run goes on.
type kind struct {
	name        string
	fault       *emulator.Fault // what the service or the connection does
	unreachable bool            // the connection cannot be made
	fits        func(Request) bool
	alter       func(s *Simulation, answer *http.Response) // what becomes of the answer on its way
	elsewhere   func(*Simulation)                          // what changes elsewhere right before the request
}

// kinds are all ways; one without fits may strike any request. Those with "done" in their name let the service do what it is asked for.
var kinds = []kind{
	{name: "connection refused", unreachable: true},
	{name: "cut before it is read", fault: &emulator.Fault{Kind: emulator.FaultDropBefore}},
	{name: "done, and cut before the answer", fault: &emulator.Fault{Kind: emulator.FaultDropAfter}},
	{name: "done, and cut in the answer", fault: &emulator.Fault{Kind: emulator.FaultTruncate}},
	{name: "500", fault: &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003}},
	{name: "done, and 500", fault: &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003, After: true}},
	{name: "502 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusBadGateway}},
	{name: "503 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusServiceUnavailable}},
	{name: "done, and 503 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusServiceUnavailable, After: true}, fits: asksToChange},
	{name: "done, and 504 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusGatewayTimeout, After: true}},
	{name: "408", fault: &emulator.Fault{Status: http.StatusRequestTimeout}},
	{name: "done, and 408", fault: &emulator.Fault{Status: http.StatusRequestTimeout, After: true}, fits: asksToChange},
	{name: "409", fault: &emulator.Fault{Status: http.StatusConflict, Code: 800009}},
	{name: "done, and 409 in progress", fault: &emulator.Fault{Status: http.StatusConflict, Code: 800060, After: true}, fits: isCheckout},
	{name: "done, and 409 being processed", fault: &emulator.Fault{Status: http.StatusConflict, Code: 800064, After: true}, fits: isCheckout},
	{name: "done, and 409 for another reason", fault: &emulator.Fault{Status: http.StatusConflict, Code: 900999, After: true}, fits: isCheckout},
	{name: "429", fault: &emulator.Fault{Status: http.StatusTooManyRequests, RetryAfter: 7}},
	{name: "400", fault: &emulator.Fault{Status: http.StatusBadRequest, Code: 800002}},
	{name: "done, and 400 submitted", fault: &emulator.Fault{Status: http.StatusBadRequest, Code: 800065, After: true}, fits: isCheckout},
	{name: "401", fault: &emulator.Fault{Status: http.StatusUnauthorized, Code: 900401}},
	{name: "403", fault: &emulator.Fault{Status: http.StatusForbidden, Code: 2032}},
	{name: "403 refused", fault: &emulator.Fault{Status: http.StatusForbidden, Code: 800066}, fits: asksToChange},
	{name: "404", fault: &emulator.Fault{Status: http.StatusNotFound, Code: 1000}},
	{name: "404 listed anew", fault: &emulator.Fault{Status: http.StatusNotFound, Code: 400019}, fits: makesCart},
	{name: "no body", fault: &emulator.Fault{Kind: emulator.FaultEmptyBody}},
	{name: "done, and no body", fault: &emulator.Fault{Kind: emulator.FaultEmptyBody, After: true}},
	{name: "the page of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusOK}},
	{name: "done, and the page of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusOK, After: true}},
	{name: "redirected to a sign-in", fault: &emulator.Fault{Status: http.StatusFound}, alter: func(_ *Simulation, a *http.Response) {
		a.Header.Set("Location", "https://proxy.invalid/sign-in")
	}},
	{name: "done, and a list in place of an object", alter: func(_ *Simulation, a *http.Response) { withBody(a, []byte("[]")) }},
	{name: "done, and an object of others", alter: func(_ *Simulation, a *http.Response) { withBody(a, []byte(`{"result": "ok"}`)) }},
	{name: "done, and without an id", alter: withoutID},
	{name: "done, and another status", alter: func(_ *Simulation, a *http.Response) {
		a.StatusCode = map[int]int{200: 202, 201: 200, 202: 200}[a.StatusCode]
	}},
	{name: "done, and answered two hours later", alter: func(s *Simulation, _ *http.Response) { s.emu.Advance(2 * time.Hour) }},
	{name: "everything is listed anew, at a higher price", elsewhere: func(s *Simulation) {
		s.market.more = 0.5
		s.emu.RotateAvailabilities()
	}},
}

// asksToChange reports whether the request is more than a question.
func asksToChange(r Request) bool { return r.Method != http.MethodGet }

func makesCart(r Request) bool { return asksToChange(r) && strings.HasSuffix(r.Path, "/carts") }

func isCheckout(r Request) bool { return strings.HasSuffix(r.Path, "/checkout") }

func withBody(answer *http.Response, body []byte) {
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer.Header.Del("Content-Length")
}

// withoutID takes the id out of what is answered, and out of each element of a list.
func withoutID(_ *Simulation, answer *http.Response) {
	body, _ := io.ReadAll(answer.Body) // from memory
	var object map[string]any
	if json.Unmarshal(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), &object) == nil {
		delete(object, "id")
		items, _ := object["items"].([]any)
		for _, one := range items {
			if item, ok := one.(map[string]any); ok {
				delete(item, "id")
			}
		}
		body, _ = json.Marshal(object)
	}
	withBody(answer, body)
}

// lasting says which requests go wrong after the first one.
type lasting string

const (
	once       lasting = ""
	eightTimes lasting = ", eight times"                // in a row: that request, however often it is repeated
	allAlike   lasting = ", and all like it"            // until the run ends
	outage     lasting = ", and no connection after it" // until the run ends
)

// lasts is how long it may last from a request on.
func (k kind) lasts(sent Request) []lasting {
	if k.elsewhere != nil {
		return []lasting{once}
	}
	all := []lasting{once, allAlike}
	if asksToChange(sent) && (k.fault != nil || k.unreachable) {
		all = append(all, eightTimes)
	}
	if k.unreachable || asksToChange(sent) && k.fault != nil && k.fault.Kind == emulator.FaultDropAfter {
		all = append(all, outage)
	}
	return all
}

// goesOn reports whether another request goes wrong after so many others.
func (l lasting) goesOn(strikes int, first, now Request) bool {
	switch l {
	case eightTimes:
		return strikes < 8 && now.Method == first.Method && now.Path == first.Path
	case allAlike:
		return withoutIDs(now) == withoutIDs(first)
	}
	return l == outage
}

// withoutIDs is the method and the path of a request, whatever object it is about.
func withoutIDs(sent Request) string {
	parts := strings.Split(sent.Path, "/")
	for i, part := range parts {
		if len(part) >= 20 || strings.ContainsAny(part, "0123456789") {
			parts[i] = "*"
		}
	}
	return sent.Method + " " + strings.Join(parts, "/")
}

// Fault is a request of a change, counted from 1, what goes wrong with it, and for how long.
type Fault struct {
	Request int
	kind    kind
	lasting lasting
}

// String says it in a story.
func (f Fault) String() string {
	return fmt.Sprintf("request %d: %s%s", f.Request, f.kind.name, f.lasting)
}

// FaultsOf are all that these requests may meet.
func FaultsOf(requests []Request) (all []Fault) {
	for n, sent := range requests {
		for _, k := range kinds {
			if k.fits != nil && !k.fits(sent) {
				continue
			}
			for _, l := range k.lasts(sent) {
				all = append(all, Fault{n + 1, k, l})
			}
		}
	}
	return all
}

// meets lets a fault happen to the requests from now on, and counts those that it strikes.
func (s *Simulation) meets(w *Workspace, f Fault, strikes *int) terraform.Trouble {
	number, first := 0, Request{}
	return func(sent Request, _ int) terraform.Fate {
		switch number++; {
		case number < f.Request, number > f.Request && !f.lasting.goesOn(*strikes, first, sent):
			return terraform.Fate{}
		case number == f.Request:
			first = sent
		case f.lasting == outage:
			f.kind = kind{unreachable: true}
		}
		*strikes++
		return s.strike(w, f.kind, sent)
	}
}

// strike lets one request go wrong.
func (s *Simulation) strike(w *Workspace, k kind, sent Request) terraform.Fate {
	s.troubled = true
	s.Counts.Faults++
	s.altered[w] = k.alter
	if k.elsewhere != nil {
		k.elsewhere(s)
	}
	if k.unreachable {
		return terraform.Fate{Unreachable: true}
	}
	if k.fault == nil {
		s.tell("%s: fault: %s %s: %s", w.Name, sent.Method, terraform.Short(sent.Path), k.name)
		return terraform.Fate{}
	}
	fault := *k.fault
	return terraform.Fate{Fault: &fault}
}

// answered puts prices into an answer on its way to a workspace, and then what a fault makes of it.
func (s *Simulation) answered(w *Workspace, path string, answer *http.Response) {
	s.market.quote(path, answer)
	if alter := s.altered[w]; alter != nil {
		alter(s, answer)
	}
	delete(s.altered, w)
}

// newTrouble is what goes wrong in one run of one workspace: nothing in half of them, a crash, or a fault.
func (s *Simulation) newTrouble(w *Workspace) terraform.Trouble {
	switch s.random.IntN(8) {
	case 0, 1:
		return s.crashAt(1+s.random.IntN([]int{6, 16, 28}[s.random.IntN(3)]), terraform.Crashes[s.random.IntN(len(terraform.Crashes))])
	case 2, 3:
		return s.faulty(w)
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

// faulty lets one of the first requests of a run, or of those that ask for a change, meet any fault that fits it.
func (s *Simulation) faulty(w *Workspace) terraform.Trouble {
	writes, number := s.random.IntN(2) == 0, 1+s.random.IntN(20)
	if writes {
		number = 1 + s.random.IntN(3)
	}
	var met terraform.Trouble
	return func(sent Request, n int) terraform.Fate {
		if met == nil {
			if writes && !asksToChange(sent) {
				return terraform.Fate{}
			}
			if number--; number > 0 {
				return terraform.Fate{}
			}
			all := FaultsOf([]Request{sent})
			met = s.meets(w, all[s.random.IntN(len(all))], new(int))
		}
		return met(sent, n)
	}
}
