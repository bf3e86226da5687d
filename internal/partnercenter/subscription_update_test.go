// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// subscriptionService keeps one subscription and answers PATCHes as a test wants, reads from what it keeps.
type subscriptionService struct {
	document map[string]any
	patches  []func(*subscriptionService, map[string]any) reply // one per PATCH, the last for all further ones
	reads    func(*subscriptionService, int) *reply             // nil answers from the document; the number counts reads after the last PATCH
	patched  int
	read     int
}

func newSubscription(t *testing.T, name string, patches ...func(*subscriptionService, map[string]any) reply) *subscriptionService {
	t.Helper()
	s := &subscriptionService{patches: patches}
	if err := json.Unmarshal([]byte(fixture(t, name)), &s.document); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *subscriptionService) answer(r received) reply {
	if r.method == http.MethodGet {
		s.read++
		if s.reads != nil {
			if special := s.reads(s, s.read); special != nil {
				return *special
			}
		}
		body, _ := json.Marshal(s.document)
		return reply{status: 200, body: string(body)}
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		return refusal(400, "800002")
	}
	act := s.patches[min(s.patched, len(s.patches)-1)]
	s.patched, s.read = s.patched+1, 0
	return act(s, body)
}

func refusal(status int, code string) reply {
	return reply{status: status, body: `{"code": "` + code + `", "description": "no", "data": [], "source": "PartnerFD"}`}
}

func applies(s *subscriptionService, body map[string]any) reply {
	s.document = body
	out, _ := json.Marshal(body)
	return reply{status: 200, body: string(out)}
}

func refuses(status int, code string) func(*subscriptionService, map[string]any) reply {
	return func(*subscriptionService, map[string]any) reply { return refusal(status, code) }
}

// ignores takes a change and forgets it, as a publisher's refusal looks like.
func ignores(status int) func(*subscriptionService, map[string]any) reply {
	return func(*subscriptionService, map[string]any) reply { return reply{status: status} }
}

func update(t *testing.T, s *subscriptionService, change SubscriptionChange) (*Subscription, *service, *steppingClock, error) {
	t.Helper()
	c, sent, clock := against(t, s.answer)
	ctx, cancel := c.WithTimeout(t.Context(), 20*time.Minute)
	t.Cleanup(cancel)
	got, err := c.UpdateSubscription(ctx, testCustomer, testSubscription, change)
	return got, sent, clock, err
}

var fifteen = SubscriptionChange{Quantity: new(int64(15))}

func TestUpdateSubscription(t *testing.T) {
	got, sent, _, err := update(t, newSubscription(t, "subscription_marketplace.json", applies), fifteen)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "quantity", got.Quantity, 15)
	patches := sent.sent(http.MethodPatch)
	check(t, "patches", len(patches), 1)
	check(t, "path", patches[0].path, subscriptionPath)
	check(t, "If-Match", patches[0].header.Get("If-Match"), "")
	var was, want document
	_ = json.Unmarshal([]byte(patches[0].body), &was)
	_ = json.Unmarshal([]byte(fixture(t, "subscription_marketplace.json")), &want)
	for name := range want {
		if _, there := was[name]; !there {
			t.Errorf("%s was not sent back", name)
		}
	}
	check(t, "auto-renew", string(was["autoRenewEnabled"]), "true")
	check(t, "quantity sent", string(was["quantity"]), "15")
}

func TestUpdateSubscription_nothingDiffers(t *testing.T) {
	got, sent, _, err := update(t, newSubscription(t, "subscription_marketplace.json"), SubscriptionChange{Quantity: new(int64(12))})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "quantity", got.Quantity, 12)
	check(t, "patches", len(sent.sent(http.MethodPatch)), 0)
}

func TestUpdateSubscription_impossible(t *testing.T) {
	_, sent, _, err := update(t, newSubscription(t, "subscription_marketplace.json"),
		SubscriptionChange{Quantity: new(int64(13)), FriendlyName: new("x")})
	if err == nil || !strings.Contains(err.Error(), "together") {
		t.Errorf("got %v", err)
	}
	check(t, "requests", len(sent.requests), 0)
}

func TestUpdateSubscription_staleETag(t *testing.T) {
	for name, refused := range map[string]func(*subscriptionService, map[string]any) reply{
		"2055": refuses(400, "2055"), "412": refuses(412, ""),
	} {
		t.Run(name, func(t *testing.T) {
			s := newSubscription(t, "subscription_new_commerce.json", func(s *subscriptionService, body map[string]any) reply {
				s.document["attributes"] = map[string]any{"etag": "fresh"}
				s.document["friendlyName"] = "renamed by somebody else"
				return refused(s, body)
			}, applies)
			got, sent, _, err := update(t, s, SubscriptionChange{Quantity: new(int64(20))})
			if err != nil {
				t.Fatal(err)
			}
			patches := sent.sent(http.MethodPatch)
			check(t, "patches", len(patches), 2)
			check(t, "first If-Match", patches[0].header.Get("If-Match"), `"eyJpZCI6IjEiLCJ2ZXJzaW9uIjoyfQ"`)
			check(t, "second If-Match", patches[1].header.Get("If-Match"), `"fresh"`)
			check(t, "new request IDs", patches[0].header.Get("MS-RequestId") != patches[1].header.Get("MS-RequestId"), true)
			check(t, "the other's change stays", got.FriendlyName, "renamed by somebody else")
			check(t, "quantity", got.Quantity, 20)
		})
	}
}

func TestUpdateSubscription_staleForEver(t *testing.T) {
	_, sent, _, err := update(t, newSubscription(t, "subscription_new_commerce.json", refuses(400, "2055")), SubscriptionChange{Quantity: new(int64(20))})
	check(t, "code", Code(err), "2055")
	check(t, "patches", len(sent.sent(http.MethodPatch)), staleTries+1)
}

func TestUpdateSubscription_conflict(t *testing.T) {
	for code, wait := range map[string]time.Duration{"800082": 15 * time.Second, "900278": 2 * time.Minute, "": 2 * time.Minute} {
		t.Run("409 "+code, func(t *testing.T) {
			got, sent, clock, err := update(t, newSubscription(t, "subscription_marketplace.json", refuses(409, code), refuses(409, code), applies), fifteen)
			if err != nil {
				t.Fatal(err)
			}
			check(t, "quantity", got.Quantity, 15)
			patches := sent.sent(http.MethodPatch)
			check(t, "patches", len(patches), 3)
			ids := map[string]bool{}
			for _, patch := range patches {
				ids[patch.header.Get("MS-RequestId")] = true
			}
			check(t, "request IDs", len(ids), 3)
			waits := 0
			for _, d := range clock.slept {
				if d == wait {
					waits++
				}
			}
			check(t, "waits", waits, 2)
		})
	}
}

func TestUpdateSubscription_conflictTillTheEnd(t *testing.T) {
	_, _, clock, err := update(t, newSubscription(t, "subscription_marketplace.json", refuses(409, "900278")), fifteen)
	check(t, "code", Code(err), "900278")
	check(t, "deadline", errors.Is(err, context.DeadlineExceeded), true)
	if passed := clock.Now().Sub(utc(t, "2026-03-02T09:00:00Z")); passed < 18*time.Minute || passed > 20*time.Minute {
		t.Errorf("gave up after %s", passed)
	}
}

func TestUpdateSubscription_refused(t *testing.T) {
	tests := map[string]struct {
		status int
		code   string
	}{
		"not activated": {400, "800081"}, "no decrease": {400, "800090"}, "window over": {400, "900213"}, "role": {403, "900150"}, "parent suspended": {409, "27009"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, sent, _, err := update(t, newSubscription(t, "subscription_marketplace.json", refuses(test.status, test.code)), fifteen)
			check(t, "code", Code(err), test.code)
			check(t, "patches", len(sent.sent(http.MethodPatch)), 1)
			check(t, "reads", len(sent.sent(http.MethodGet)), 1)
		})
	}
}

func TestUpdateSubscription_endedIsNotWaitedFor(t *testing.T) {
	s := newSubscription(t, "subscription_marketplace.json", refuses(400, "900280"))
	s.document["status"] = "expired"
	_, sent, _, err := update(t, s, fifteen)
	check(t, "code", Code(err), "900280")
	check(t, "patches", len(sent.sent(http.MethodPatch)), 1)
}

func TestUpdateSubscription_slow(t *testing.T) {
	for _, status := range []int{200, 202} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			var wanted map[string]any
			s := newSubscription(t, "subscription_marketplace.json", func(_ *subscriptionService, body map[string]any) reply {
				wanted = body
				return reply{status: status, header: map[string]string{"Location": "/customers/c/subscriptions/s"}}
			})
			s.reads = func(s *subscriptionService, read int) *reply {
				switch {
				case s.patched == 1 && read == 2:
					return new(refusal(404, "20003")) // a lagging replica
				case s.patched == 1 && read == 5:
					s.document = wanted
				}
				return nil
			}
			got, sent, _, err := update(t, s, fifteen)
			if err != nil {
				t.Fatal(err)
			}
			check(t, "quantity", got.Quantity, 15)
			check(t, "patches", len(sent.sent(http.MethodPatch)), 1)
			check(t, "reads", len(sent.sent(http.MethodGet)), 6)
		})
	}
}

func TestUpdateSubscription_notApplied(t *testing.T) {
	for status, maxWait := range map[int]time.Duration{200: 5 * time.Minute, 202: 20 * time.Minute} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			_, sent, clock, err := update(t, newSubscription(t, "subscription_marketplace.json", ignores(status)), fifteen)
			var notApplied *NotAppliedError
			if !errors.As(err, &notApplied) {
				t.Fatalf("got %v", err)
			}
			check(t, "as read", notApplied.Subscription.Quantity, 12)
			check(t, "difference", notApplied.Differences[0].Property, "quantity")
			check(t, "text", strings.Contains(err.Error(), "quantity 12 instead of 15"), true)
			check(t, "patches", len(sent.sent(http.MethodPatch)), 1)
			if passed := clock.Now().Sub(utc(t, "2026-03-02T09:00:00Z")); passed > maxWait || passed < maxWait-time.Minute {
				t.Errorf("waited %s, want about %s", passed, maxWait)
			}
		})
	}
}

func TestUpdateSubscription_answerLost(t *testing.T) {
	lost := func(work bool) func(*subscriptionService, map[string]any) reply {
		return func(s *subscriptionService, body map[string]any) reply {
			if work {
				s.document = body
			}
			return reply{status: 503, body: "busy"}
		}
	}
	t.Run("done", func(t *testing.T) {
		got, sent, _, err := update(t, newSubscription(t, "subscription_marketplace.json", lost(true)), fifteen)
		if err != nil {
			t.Fatal(err)
		}
		check(t, "quantity", got.Quantity, 15)
		patches := sent.sent(http.MethodPatch)
		for _, patch := range patches {
			check(t, "request ID", patch.header.Get("MS-RequestId"), patches[0].header.Get("MS-RequestId"))
		}
	})
	t.Run("not done", func(t *testing.T) {
		_, _, _, err := update(t, newSubscription(t, "subscription_marketplace.json", lost(false)), fifteen)
		check(t, "outcome unknown", OutcomeUnknown(err), true)
		check(t, "says what it saw", strings.Contains(err.Error(), "quantity 12 instead of 15"), true)
	})
	t.Run("done, and the repeat refused", func(t *testing.T) {
		s := newSubscription(t, "subscription_marketplace.json", lost(true), refuses(400, "2011"))
		got, _, _, err := update(t, s, SubscriptionChange{Status: new(StatusDeleted), AutoRenewEnabled: new(false)})
		if err != nil {
			t.Fatal(err)
		}
		check(t, "status", got.Status, "deleted")
	})
}

func TestUpdateSubscription_cancelled(t *testing.T) {
	s := newSubscription(t, "subscription_marketplace.json")
	c, sent, _ := against(t, s.answer)
	ctx, cancel := context.WithCancel(t.Context())
	s.patches = []func(*subscriptionService, map[string]any) reply{func(*subscriptionService, map[string]any) reply {
		cancel()
		return reply{status: 202}
	}}
	_, err := c.UpdateSubscription(ctx, testCustomer, testSubscription, fifteen)
	if err == nil {
		t.Error("nothing was awaited")
	}
	check(t, "patches", len(sent.sent(http.MethodPatch)), 1)
}

func TestUpdateSubscription_readFails(t *testing.T) {
	s := newSubscription(t, "subscription_marketplace.json", ignores(202))
	s.reads = func(s *subscriptionService, _ int) *reply {
		if s.patched == 0 {
			return nil
		}
		return new(refusal(403, "2032"))
	}
	_, _, _, err := update(t, s, fifteen)
	check(t, "code", Code(err), "2032")
	check(t, "says that it was sent", strings.Contains(err.Error(), "was accepted"), true)
}

func TestRefusals(t *testing.T) {
	tests := map[string]struct {
		err   error
		wait  time.Duration
		again bool
	}{
		"none":                 {nil, 0, false},
		"not of the service":   {context.Canceled, 0, false},
		"stale":                {&Error{StatusCode: 400, Code: "2055"}, 500 * time.Millisecond, true},
		"precondition":         {&Error{StatusCode: 412}, 500 * time.Millisecond, true},
		"not ready":            {&Error{StatusCode: 409, Code: "800082"}, 15 * time.Second, true},
		"conflict":             {&Error{StatusCode: 409}, 2 * time.Minute, true},
		"conflict with advice": {&Error{StatusCode: 409, RetryAfter: 5 * time.Minute}, 5 * time.Minute, true},
		"currently not":        {&Error{StatusCode: 400, Code: "900280"}, 2 * time.Minute, true},
		"being expired":        {&Error{StatusCode: 400, Code: "900277"}, 0, false},
		"parent":               {&Error{StatusCode: 409, Code: "27009"}, 0, false},
		"bad request":          {&Error{StatusCode: 400, Code: "2002"}, 0, false},
		"server":               {&Error{StatusCode: 503}, 0, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := refusals{short: 500 * time.Millisecond, long: 15 * time.Second}
			wait, again := r.next(test.err)
			check(t, "wait", wait, test.wait)
			check(t, "again", again, test.again)
		})
	}
}
