// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// thingsDone asks the counting API how often its write was done.
func thingsDone(t *testing.T, s *Server) float64 {
	t.Helper()
	got, _ := readPath(t, s, "/v1/customers/"+firstID+"/things").object(t)["done"].(float64)
	return got
}

func TestFaults(t *testing.T) {
	write := Match{Method: "POST", Pattern: "customers/*/things"}
	for name, test := range map[string]struct {
		fault    Fault
		status   int // 0 for an answer that does not arrive
		done     float64
		contains string
	}{
		"status before the work":        {Fault{Kind: FaultStatus, Status: 409, Code: 800082}, 409, 0, `"800082"`},
		"status after the work":         {Fault{Kind: FaultStatus, Status: 500, After: true}, 500, 1, ""},
		"throttled":                     {Fault{Kind: FaultStatus, Status: 429, RetryAfter: 41}, 429, 0, "Try again in 41 seconds."},
		"connection cut before":         {Fault{Kind: FaultDropBefore}, 0, 0, ""},
		"connection cut after":          {Fault{Kind: FaultDropAfter}, 0, 1, ""},
		"body cut":                      {Fault{Kind: FaultTruncate}, 0, 1, ""},
		"page of a gateway":             {Fault{Kind: FaultHTML}, 503, 0, "<html>"},
		"page of a gateway, work done":  {Fault{Kind: FaultHTML, Status: 502, After: true}, 502, 1, "<html>"},
		"empty body":                    {Fault{Kind: FaultEmptyBody, After: true}, 201, 1, ""},
		"empty body, nothing done":      {Fault{Kind: FaultEmptyBody, Status: 202}, 202, 0, ""},
		"slow body":                     {Fault{Kind: FaultSlowBody, Delay: time.Millisecond}, 201, 1, "xxx"},
		"delay":                         {Fault{Kind: FaultDelay, Delay: time.Millisecond}, 201, 1, "xxx"},
		"kind left out, of other calls": {Fault{Match: Match{Method: "PATCH"}, Status: 500}, 201, 1, "xxx"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, counting())
			if test.fault.Match == (Match{}) {
				test.fault.Match = write
			}
			s.Fault(test.fault)
			got := send(t, "POST", s.URL+"/v1/customers/"+firstID+"/things", "{}", "Authorization", bearer(s, TokenOptions{}), "MS-RequestId", firstID)
			if (got.err != nil) != (test.status == 0) {
				t.Fatalf("got error %v, status %d, want %d", got.err, got.status, test.status)
			}
			if got.err == nil && (got.status != test.status || !strings.Contains(got.body, test.contains)) {
				t.Errorf("got %d %s, want %d %s", got.status, got.body, test.status, test.contains)
			}
			if done := thingsDone(t, s); done != test.done {
				t.Errorf("the work was done %v times, want %v", done, test.done)
			}
		})
	}
}

func TestFailNext(t *testing.T) {
	s := newServer(t, counting())
	s.FailNext(429, 503, 500)
	for _, want := range []int{429, 503, 500, 200} {
		got := readPath(t, s, "/v1/things/special")
		wantStatus(t, got, want)
		if want == 429 && (got.header.Get("Retry-After") != "1" || !strings.Contains(got.body, `"statusCode":429`)) {
			t.Errorf("got Retry-After %q, body %s", got.header.Get("Retry-After"), got.body)
		}
	}
}

func TestFaultSkipsAndRepeats(t *testing.T) {
	s := newServer(t, counting())
	s.Fault(Fault{Skip: 1, Times: 2, Status: 404, Code: 20003})
	for _, want := range []int{200, 404, 404, 200} {
		wantStatus(t, readPath(t, s, "/v1/things/special"), want)
	}
	s.Fault(Fault{Times: -1, Status: 500})
	s.ClearFaults()
	wantStatus(t, readPath(t, s, "/v1/things/special"), 200)
}

// A client that gives up must not have to wait for the server, nor the server for a client that is gone.
func TestEndlessDelays(t *testing.T) {
	for _, f := range []Fault{{Kind: FaultDelay}, {Kind: FaultDelay, After: true}, {Kind: FaultSlowBody}} {
		t.Run(f.String(), func(t *testing.T) {
			s := newServer(t, counting())
			s.Fault(f)
			ctx, giveUp := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer giveUp()
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/v1/things/special", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", bearer(s, TokenOptions{AppOnly: true}))
			if got := perform(http.DefaultClient, r); !errors.Is(got.err, context.DeadlineExceeded) {
				t.Errorf("got %v, want the deadline", got.err)
			}
		})
	}
}

func TestFaultJSON(t *testing.T) {
	var got Fault
	text := `{"kind": "delay", "delay": "1m30s", "match": {"pattern": "checkout"}, "after": true}`
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := Fault{Kind: FaultDelay, Delay: 90 * time.Second, Match: Match{Pattern: "checkout"}, After: true}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, wrong := range []string{`{"kind": "explosion"}`, `{"status": 500, "afterwards": true}`, `{"delay": "soon"}`} {
		if json.Unmarshal([]byte(wrong), &got) == nil {
			t.Errorf("%s was accepted", wrong)
		}
	}
}

func TestRepeatedWrites(t *testing.T) {
	const body, other = `{"a":1}`, `{"a":2}`
	type repeat struct {
		fault      *Fault
		id, body   string
		status     int
		newProcess bool
	}
	lost := &Fault{Kind: FaultDropAfter}
	for name, test := range map[string]struct {
		calls      []repeat
		done       float64
		violations string // part of the only violation, empty for none
	}{
		"answer lost, same id: done once":          {[]repeat{{lost, firstID, body, 0, false}, {nil, firstID, body, 201, false}}, 1, ""},
		"truncated answer, same id":                {[]repeat{{&Fault{Kind: FaultTruncate}, firstID, body, 0, false}, {nil, firstID, body, 201, false}}, 1, ""},
		"500 after the work, same id":              {[]repeat{{&Fault{Status: 500, After: true}, firstID, body, 500, false}, {nil, firstID, body, 201, false}}, 1, ""},
		"429, same id":                             {[]repeat{{&Fault{Status: 429}, firstID, body, 429, false}, {nil, firstID, body, 201, false}}, 1, ""},
		"401, same id and another token":           {[]repeat{{&Fault{Status: 401}, firstID, body, 401, false}, {nil, firstID, body, 201, true}}, 1, ""},
		"answer lost, new id: bought twice":        {[]repeat{{lost, firstID, body, 0, false}, {nil, secondID, body, 201, false}}, 2, "repeats the unanswered call"},
		"answer lost, new id of another process":   {[]repeat{{lost, firstID, body, 0, false}, {nil, secondID, body, 201, true}}, 2, ""},
		"two equal calls, the lost one repeated":   {[]repeat{{lost, firstID, body, 0, false}, {nil, secondID, body, 201, false}, {nil, firstID, body, 201, false}}, 2, ""},
		"answered, same id again":                  {[]repeat{{nil, firstID, body, 201, false}, {nil, firstID, body, 201, false}}, 1, "was answered with 201"},
		"409 waited out with a new id":             {[]repeat{{&Fault{Status: 409, Code: 800082}, firstID, body, 409, false}, {nil, secondID, body, 201, false}}, 1, ""},
		"409 waited out with the same id":          {[]repeat{{&Fault{Status: 409, Code: 800082}, firstID, body, 409, false}, {nil, firstID, body, 409, false}}, 0, "was answered with 409"},
		"same id for another body":                 {[]repeat{{nil, firstID, body, 201, false}, {nil, firstID, other, 400, false}}, 1, "belongs to another request"},
		"no id":                                    {[]repeat{{nil, "", body, 201, false}}, 1, "needs a GUID"},
		"id is no GUID":                            {[]repeat{{nil, "42", body, 201, false}}, 1, "needs a GUID"},
		"html with 200 before the work, same id":   {[]repeat{{&Fault{Kind: FaultHTML, Status: 200}, firstID, body, 200, false}, {nil, firstID, body, 201, false}}, 1, ""},
		"html with 200 may be repeated either way": {[]repeat{{&Fault{Kind: FaultHTML, Status: 200, After: true}, firstID, body, 200, false}, {nil, secondID, body, 201, false}}, 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, counting())
			token := bearer(s, TokenOptions{})
			for _, c := range test.calls {
				if c.fault != nil {
					s.Fault(*c.fault)
				}
				if c.newProcess {
					token = bearer(s, TokenOptions{})
				}
				if got := writeThing(t, s, token, c.id, c.body); got.status != c.status && c.status != 0 || (got.err != nil) != (c.status == 0) {
					t.Fatalf("got %d %s, %v, want %d", got.status, got.body, got.err, c.status)
				}
			}
			if done := thingsDone(t, s); done != test.done {
				t.Errorf("done %v times, want %v", done, test.done)
			}
			found := s.Violations()
			if test.violations == "" && len(found) > 0 || test.violations != "" && (len(found) != 1 || !strings.Contains(found[0].String(), test.violations)) {
				t.Errorf("got violations %v, want %q", found, test.violations)
			}
		})
	}
}

// What is cut off after its status line is lost where something was done, and a refusal all the same.
func TestRepeatedWrites_cutAnswers(t *testing.T) {
	log := newWriteLog(time.Now)
	for status, want := range map[int]callOutcome{http.StatusOK: unanswered, http.StatusConflict: unclear, http.StatusTooManyRequests: unanswered, 0: unanswered} {
		call := &writeCall{id: firstID}
		if log.conclude(call, status, false, false); call.outcome != want {
			t.Errorf("%d: outcome %v, want %v", status, call.outcome, want)
		}
	}
}

func TestRepeatedRequestKnob(t *testing.T) {
	for knob, want := range map[RepeatedRequest]struct {
		status int
		done   float64
	}{
		RepeatedReplay: {201, 1}, RepeatedConflict: {409, 1}, RepeatedForgotten: {201, 2},
	} {
		t.Run(string(knob), func(t *testing.T) {
			s := newServer(t, counting(), WithBehaviour(func(b *Behaviour) { b.RepeatedRequests = knob }))
			token := bearer(s, TokenOptions{})
			s.Fault(Fault{Kind: FaultDropAfter})
			writeThing(t, s, token, firstID, "{}")
			wantStatus(t, writeThing(t, s, token, firstID, "{}"), want.status)
			if done := thingsDone(t, s); done != want.done {
				t.Errorf("done %v times, want %v", done, want.done)
			}
			if replayed := s.Writes()[1].Replayed; replayed != (knob == RepeatedReplay) {
				t.Errorf("replayed is %t", replayed)
			}
		})
	}
}

// Two resources may ask for the same thing at the same time; that is no repeat.
func TestEqualWritesInParallel(t *testing.T) {
	s := newServer(t, counting())
	token := bearer(s, TokenOptions{})
	s.Fault(Fault{Kind: FaultDelay, Delay: 20 * time.Millisecond, Times: 2})
	var group sync.WaitGroup
	for _, id := range []string{firstID, secondID} {
		group.Go(func() { writeThing(t, s, token, id, "{}") })
	}
	group.Wait()
	if found := s.Violations(); len(found) > 0 || thingsDone(t, s) != 2 {
		t.Errorf("got violations %v, done %v times", found, thingsDone(t, s))
	}
}

func TestQuestionsAreNoWrites(t *testing.T) {
	for path, want := range map[string]bool{
		"/v1/extensions/product/checkInventory":                false,
		"/v1/customers/" + firstID + "/promotionEligibilities": false,
		"/v1/customers/" + firstID + "/carts":                  true,
	} {
		if got := (Request{Method: "POST", Path: path}).IsWrite(); got != want {
			t.Errorf("%s: got %t, want %t", path, got, want)
		}
	}
}
