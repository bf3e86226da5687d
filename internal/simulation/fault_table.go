// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// RequestFault is one way in which a request of a flow goes wrong while its run goes on.
type RequestFault struct {
	Name  string
	fault *emulator.Fault                            // what the service or the connection does
	alter func(s *Simulation, answer *http.Response) // what becomes of the answer on its way, nil for nothing
	fits  func(sent Request) bool                    // nil for every request
	cut   func(s *Simulation) (fate terraform.Fate)  // nil, or what happens in place of fault
}

// RequestFaults are all ways. Those with "done" in their name let the service do what it is asked for.
var RequestFaults = []RequestFault{
	{Name: "connection refused", cut: func(*Simulation) terraform.Fate { return terraform.Fate{Unreachable: true} }},
	{Name: "cut before it is read", fault: &emulator.Fault{Kind: emulator.FaultDropBefore}},
	{Name: "done, and cut before the answer", fault: &emulator.Fault{Kind: emulator.FaultDropAfter}},
	{Name: "done, and cut in the answer", fault: &emulator.Fault{Kind: emulator.FaultTruncate}},
	{Name: "500", fault: &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003}},
	{Name: "done, and 500", fault: &emulator.Fault{Status: http.StatusInternalServerError, Code: 800003, After: true}},
	{Name: "502 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusBadGateway}},
	{Name: "done, and 504 of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusGatewayTimeout, After: true}},
	{Name: "408", fault: &emulator.Fault{Status: http.StatusRequestTimeout}},
	{Name: "done, and 408", fault: &emulator.Fault{Status: http.StatusRequestTimeout, After: true}, fits: asksToChange},
	{Name: "409", fault: &emulator.Fault{Status: http.StatusConflict, Code: 800009}},
	{Name: "done, and 409", fault: &emulator.Fault{Status: http.StatusConflict, Code: 800060, After: true}, fits: isCheckout},
	{Name: "429", fault: &emulator.Fault{Status: http.StatusTooManyRequests, RetryAfter: 7}},
	{Name: "400", fault: &emulator.Fault{Status: http.StatusBadRequest, Code: 800002}},
	{Name: "done, and 400", fault: &emulator.Fault{Status: http.StatusBadRequest, Code: 800065, After: true}, fits: isCheckout},
	{Name: "401", fault: &emulator.Fault{Status: http.StatusUnauthorized, Code: 900401}},
	{Name: "403", fault: &emulator.Fault{Status: http.StatusForbidden, Code: 2032}},
	{Name: "404", fault: &emulator.Fault{Status: http.StatusNotFound, Code: 1000}},
	{Name: "done, and no body", fault: &emulator.Fault{Kind: emulator.FaultEmptyBody, After: true}},
	{Name: "done, and the page of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusOK, After: true}},
	{Name: "the page of a proxy", fault: &emulator.Fault{Kind: emulator.FaultHTML, Status: http.StatusOK}},
	{Name: "redirected to a sign-in", fault: &emulator.Fault{Status: http.StatusFound}, alter: func(_ *Simulation, a *http.Response) {
		a.Header.Set("Location", "https://proxy.invalid/sign-in")
	}},
	{Name: "done, and a list in place of an object", alter: func(_ *Simulation, a *http.Response) { withBody(a, []byte("[]")) }},
	{Name: "done, and an object of others", alter: func(_ *Simulation, a *http.Response) { withBody(a, []byte(`{"result": "ok"}`)) }},
	{Name: "done, and without an id", alter: withoutID},
	{Name: "done, and another status", alter: func(_ *Simulation, a *http.Response) {
		a.StatusCode = map[int]int{200: 202, 201: 200, 202: 200}[a.StatusCode]
	}},
	{Name: "done, and answered two hours later", alter: func(s *Simulation, _ *http.Response) { s.emu.Advance(2 * time.Hour) }},
}

// asksToChange reports whether the request is more than a question.
func asksToChange(r Request) bool { return r.Method != http.MethodGet }

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

// WaysToASubscription are the flows of the table: each way to a subscription, or to other terms of one.
func WaysToASubscription() []Flow {
	names := []string{"purchase", "purchase with what a cart cannot ask for", "purchase in review", "cart", "adopt", "increase", "transition", "destroy", "cancel", "replace", "import"}
	ways := []Flow{
		{Name: "cart of one line", prepare: func(s *Simulation, w *Workspace) *life {
			l := purchaseFromCart(s, w)
			delete(w.Blocks, s.lives[1].address)
			s.lives = s.lives[:1]
			s.cartOfItsOwn(l)
			return l
		}},
		{Name: "saved plan", prepare: purchaseOf(Configuration{}), act: func(s *Simulation, l *life) {
			s.judge(l.workspace, l.workspace.Apply(func(o *Outcome) {
				s.approve(l.workspace, o)
				s.market.more, s.troubled = 0.5, true
				s.tell("prices rise before the plan is applied")
			}))
		}},
		{Name: "saved plan of an increase", prepare: changeOf("nce_fresh", Configuration{"quantity": 30}), act: func(s *Simulation, l *life) {
			s.judge(l.workspace, l.workspace.Apply(func(o *Outcome) {
				s.approve(l.workspace, o)
				s.troubled = true
				_ = s.emu.Drift(l.customer, l.id, map[string]any{"quantity": 9})
				s.tell("somebody adds 2 licenses before the plan is applied")
			}))
		}},
		{Name: "taint", prepare: func(s *Simulation, w *Workspace) *life {
			l := s.managedAs(w, "nce_fresh", Configuration{})
			l.lost = true
			w.Taint(l.address, true)
			return l
		}},
		{Name: "rename", prepare: func(s *Simulation, w *Workspace) *life {
			l := s.managedAs(w, "nce_fresh", Configuration{})
			l.lost = true
			w.Blocks[l.address+"x"] = l.block()
			delete(w.Blocks, l.address)
			l.address += "x"
			return l
		}},
	}
	for _, f := range Flows {
		if slices.Contains(names, f.Name) {
			ways = append(ways, f)
		}
	}
	return ways
}

// Fault is where the table looks: one request of a flow, counted from 1, and what goes wrong with it.
type Fault struct {
	Request int
	Kind    RequestFault
	Lasts   bool // it goes wrong with all requests of that kind, until the run ends
}

// String says it in a story.
func (f Fault) String() string {
	if f.Lasts {
		return fmt.Sprintf("request %d and all like it: %s", f.Request, f.Kind.Name)
	}
	return fmt.Sprintf("request %d: %s", f.Request, f.Kind.Name)
}

// FaultsOf are all cells of the table for the requests of a flow.
func FaultsOf(requests []Request) []Fault {
	var all []Fault
	for n, request := range requests {
		for _, kind := range RequestFaults {
			if kind.fits == nil || kind.fits(request) {
				all = append(all, Fault{n + 1, kind, false}, Fault{n + 1, kind, true})
			}
		}
	}
	return all
}

// Try goes through a flow with a fault in the change itself, and recovers without one; nil is no fault at all. What comes back is the
// requests of the change, and whether the fault has struck.
func (f Flow) Try(schemas *terraform.Schemas, remote bool, fault *Fault) (requests []Request, struck bool, err error) {
	s := newSimulation(1, schemas, rand.New(rand.NewPCG(1, 1)), f.behaviour()) //nolint:gosec // always the same
	defer s.close()
	w := s.workspace()
	w.Settings, w.Remote = Configuration{}, remote
	l := f.prepare(s, w)
	wrong := "nothing goes wrong"
	if fault != nil {
		wrong = fault.String()
	}
	s.tell("%s: %s", f.Name, wrong)
	w.Trouble = s.faultAt(w, fault, &requests, &struck)
	if f.act != nil {
		f.act(s, l)
	} else {
		s.judge(w, w.Apply(func(o *Outcome) { s.approve(w, o) }))
	}
	w.Trouble, w.Answered = nil, s.market.quote
	s.recover()
	if len(s.failures) == 0 {
		s.settle(w)
	}
	if f.Name == "import" && !w.Has(l.address) {
		s.importAgain(l)
	}
	s.finally()
	if f.holds != nil {
		if wrong := f.holds(s, l); wrong != "" {
			s.fail("the change is made", "%s", wrong)
		}
	}
	if err := s.failure(); err != nil {
		return requests, struck, fmt.Errorf("%s: %w", wrong, err)
	}
	return requests, struck, nil
}

// faultAt notes the requests of a change, and lets one of them go wrong.
func (s *Simulation) faultAt(w *Workspace, fault *Fault, requests *[]Request, struck *bool) terraform.Trouble {
	strikes, like, answered := false, "", w.Answered
	w.Answered = func(path string, answer *http.Response) {
		answered(path, answer)
		if strikes && fault.Kind.alter != nil {
			fault.Kind.alter(s, answer)
		}
	}
	return func(sent Request, _ int) terraform.Fate {
		*requests = append(*requests, sent)
		strikes = fault != nil && (len(*requests) == fault.Request || fault.Lasts && like == kindOf(sent))
		if !strikes {
			return terraform.Fate{}
		}
		like, *struck, s.troubled = kindOf(sent), true, true
		s.Counts.Faults++
		if fault.Kind.cut != nil {
			return fault.Kind.cut(s)
		}
		if fault.Kind.fault == nil {
			s.tell("fault: %s %s: %s", sent.Method, terraform.Short(sent.Path), fault.Kind.Name)
			return terraform.Fate{}
		}
		once := *fault.Kind.fault
		return terraform.Fate{Fault: &once}
	}
}

// kindOf is a request without the ids in its path.
func kindOf(sent Request) string {
	parts := strings.Split(sent.Path, "/")
	for i, part := range parts {
		if len(part) >= 20 || strings.ContainsAny(part, "0123456789") {
			parts[i] = "*"
		}
	}
	return sent.Method + " " + strings.Join(parts, "/")
}
