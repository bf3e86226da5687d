// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// controlPrefix is where the emulator itself is asked and told things; such requests are not in the journal.
const controlPrefix = "/_emulator"

// ControlRoute is one thing the emulator can be asked or told over HTTP.
type ControlRoute struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Purpose string `json:"purpose"`
	answer  func(s *Server, query url.Values, body []byte) (any, error)
}

// ControlRoutes lists the control routes; each does what the Go method of the same meaning does.
func ControlRoutes() []ControlRoute {
	return []ControlRoute{
		{"GET", "/_emulator", "addresses, credentials, sample ids and these routes", (*Server).controlIndex},
		{"GET", "/_emulator/journal", "requests so far; ?method= ?path=carts/*/checkout ?status= ?writes=true", (*Server).controlJournal},
		{"DELETE", "/_emulator/journal", "forget the requests", withoutAnswer((*Server).ForgetRequests)},
		{"GET", "/_emulator/clock", "the virtual time", (*Server).controlTime},
		{"POST", "/_emulator/clock", `move it: {"advance": "72h"} or {"set": "2026-03-01T09:00:00Z"}`, (*Server).controlClock},
		{"GET", "/_emulator/behaviour", "all knobs", (*Server).controlBehaviour},
		{"PATCH", "/_emulator/behaviour", `turn knobs: {"byteOrderMark": true}`, (*Server).controlBehave},
		{"GET", "/_emulator/faults", "faults that have not struck yet", (*Server).controlListFaults},
		{"POST", "/_emulator/faults", `let calls fail: {"kind": "drop_after", "match": {"method": "POST", "pattern": "carts/*/checkout"}}`, (*Server).controlFault},
		{"DELETE", "/_emulator/faults", "remove them", withoutAnswer((*Server).ClearFaults)},
		{"POST", "/_emulator/drift", `change a subscription behind the API: {"customerId", "subscriptionId", "changes": {"quantity": 7}}`, (*Server).controlDrift},
		{"POST", "/_emulator/publisher-activates", `the publisher has set it up: {"customerId", "subscriptionId"}`, onSubscription((*Server).Activate)},
		{"POST", "/_emulator/publisher-refuses", `the publisher refuses it: {"customerId", "subscriptionId"}`, onSubscription((*Server).Refuse)},
		{"POST", "/_emulator/complete-order", `end the waiting of an order: {"customerId", "orderId"}`, onOrder((*Server).CompleteOrder)},
		{"POST", "/_emulator/reject-order", `refuse an order that waits: {"customerId", "orderId"}`, onOrder((*Server).RejectOrder)},
		{"POST", "/_emulator/customer-accepts", `the customer accepts the agreement: {"customerId"}, with "on" on that day through the partner, or {"attestationId"}`, (*Server).controlAccept},
		{"POST", "/_emulator/suspend-reseller", `a reseller may not stand on purchases any more: {"mpnId"}, or may again with "active": true`, (*Server).controlReseller},
		{"POST", "/_emulator/margins", `a publisher grants a margin: {"productId", "skuId", "percent": 15, "start", "end"}, or "price" in euro in place of "percent"`, (*Server).controlMargin},
		{"POST", "/_emulator/rotate-availabilities", "re-issue all availability ids", (*Server).controlRotate},
		{"GET", "/_emulator/purchases", "every subscription ever bought through the API", (*Server).controlPurchases},
		{"GET", "/_emulator/violations", "writes that broke the rules for MS-RequestId", (*Server).controlViolations},
		{"GET", "/_emulator/throttling", "how clients behaved under 429", (*Server).controlThrottling},
		{"POST", "/_emulator/tokens", `an access token: {} is the admin user, {"appOnly": true}, {"noMFA": true}, {"expired": true}, {"user", "roles"}`, (*Server).controlToken},
		{"POST", "/_emulator/refresh-tokens", "a refresh token, with the same members", (*Server).controlRefreshToken},
		{"POST", "/_emulator/revoke-tokens", "end all access tokens before their time", withoutAnswer((*Server).RevokeTokens)},
		{"GET", "/_emulator/snapshot", "the whole state", (*Server).controlSnapshot},
		{"PUT", "/_emulator/snapshot", "go back to a snapshot", (*Server).controlRestore},
		{"POST", "/_emulator/reset", "as if newly started", withoutAnswer((*Server).Reset)},
	}
}

func isControl(path string) bool { return strings.EqualFold(segments(path)[0], controlPrefix[1:]) }

func (s *Server) serveControl(w http.ResponseWriter, r *http.Request, body []byte) {
	path := "/" + strings.Trim(r.URL.Path, "/")
	status, answer := http.StatusNotFound, any(map[string]any{"error": "no such control route", "routes": ControlRoutes()})
	for _, known := range ControlRoutes() {
		if known.Method != r.Method || !strings.EqualFold(known.Path, path) {
			continue
		}
		found, err := known.answer(s, r.URL.Query(), body)
		status, answer = http.StatusOK, found
		if err != nil {
			status, answer = http.StatusBadRequest, map[string]any{"error": err.Error()}
		}
	}
	if answer == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(answer) // the reader may be gone
}

// withoutAnswer wraps a method that takes and returns nothing.
func withoutAnswer(do func(*Server)) func(*Server, url.Values, []byte) (any, error) {
	return func(s *Server, _ url.Values, _ []byte) (any, error) {
		do(s)
		return nil, nil
	}
}

type subscriptionReference struct {
	CustomerID     string         `json:"customerId"`
	SubscriptionID string         `json:"subscriptionId"`
	Changes        map[string]any `json:"changes"`
}

// onSubscription wraps a method that does something to one subscription.
func onSubscription(do func(s *Server, customerID, subscriptionID string) error) func(*Server, url.Values, []byte) (any, error) {
	return func(s *Server, _ url.Values, body []byte) (any, error) {
		var of subscriptionReference
		if err := decodeControl(body, &of); err != nil {
			return nil, err
		}
		return nil, do(s, of.CustomerID, of.SubscriptionID)
	}
}

func (s *Server) controlMargin(_ url.Values, body []byte) (any, error) {
	var margin Margin
	if err := decodeControl(body, &margin); err != nil {
		return nil, err
	}
	return nil, s.OfferMargin(margin)
}

func (s *Server) controlAccept(_ url.Values, body []byte) (any, error) {
	var sent struct {
		CustomerID, AttestationID string
		On                        time.Time
	}
	if err := decodeControl(body, &sent); err != nil {
		return nil, err
	}
	if sent.AttestationID != "" {
		return nil, s.AcceptAttestation(sent.AttestationID)
	}
	return nil, s.Accept(sent.CustomerID, sent.On)
}

func (s *Server) controlReseller(_ url.Values, body []byte) (any, error) {
	var sent struct {
		MPNID  string
		Active bool
	}
	if err := decodeControl(body, &sent); err != nil {
		return nil, err
	}
	return nil, s.SuspendReseller(sent.MPNID, !sent.Active)
}

func (s *Server) controlIndex(url.Values, []byte) (any, error) { return s.Index(), nil }

func (s *Server) controlJournal(query url.Values, _ []byte) (any, error) {
	return s.filter(func(r Request) bool {
		return r.Is(query.Get("method"), query.Get("path")) &&
			(!query.Has("status") || query.Get("status") == strconv.Itoa(r.Status)) &&
			(query.Get("writes") != "true" || r.IsWrite())
	}), nil
}

func (s *Server) controlTime(url.Values, []byte) (any, error) {
	return map[string]any{"now": s.world.Now()}, nil
}

func (s *Server) controlClock(_ url.Values, body []byte) (any, error) {
	var move struct {
		Advance string
		Set     *time.Time
	}
	if err := decodeControl(body, &move); err != nil {
		return nil, err
	}
	if move.Set != nil {
		s.SetTime(*move.Set)
	}
	if move.Advance != "" {
		d, err := time.ParseDuration(move.Advance)
		if err != nil {
			return nil, err
		}
		s.Advance(d)
	}
	return s.controlTime(nil, nil)
}

func (s *Server) controlBehaviour(url.Values, []byte) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour, nil
}

func (s *Server) controlBehave(_ url.Values, body []byte) (any, error) {
	var err error
	s.Behave(func(b *Behaviour) { err = json.Unmarshal(body, b) })
	if err != nil {
		return nil, err
	}
	return s.controlBehaviour(nil, nil)
}

func (s *Server) controlListFaults(url.Values, []byte) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := []Fault{}
	for _, f := range s.faults {
		waiting = append(waiting, *f)
	}
	return waiting, nil
}

func (s *Server) controlFault(_ url.Values, body []byte) (any, error) {
	var f Fault
	if err := json.Unmarshal(body, &f); err != nil {
		return nil, err
	}
	s.Fault(f)
	return s.controlListFaults(nil, nil)
}

func (s *Server) controlDrift(_ url.Values, body []byte) (any, error) {
	var of subscriptionReference
	if err := decodeControl(body, &of); err != nil {
		return nil, err
	}
	return nil, s.Drift(of.CustomerID, of.SubscriptionID, of.Changes)
}

// onOrder wraps a method that does something to one order.
func onOrder(do func(s *Server, customerID, orderID string) error) func(*Server, url.Values, []byte) (any, error) {
	return func(s *Server, _ url.Values, body []byte) (any, error) {
		var of struct{ CustomerID, OrderID string }
		if err := decodeControl(body, &of); err != nil {
			return nil, err
		}
		return nil, do(s, of.CustomerID, of.OrderID)
	}
}

func (s *Server) controlRotate(url.Values, []byte) (any, error) {
	return map[string]any{"availabilities": s.RotateAvailabilities()}, nil
}

func (s *Server) controlPurchases(url.Values, []byte) (any, error) {
	bought := s.Purchases()
	return map[string]any{"count": len(bought), "purchases": bought}, nil
}

func (s *Server) controlViolations(url.Values, []byte) (any, error) { return s.Violations(), nil }

func (s *Server) controlThrottling(url.Values, []byte) (any, error) { return s.ThrottleReport(), nil }

func (s *Server) controlToken(_ url.Values, body []byte) (any, error) {
	var o TokenOptions
	if err := decodeControl(body, &o); err != nil {
		return nil, err
	}
	return map[string]any{"accessToken": s.IssueToken(o)}, nil
}

func (s *Server) controlRefreshToken(_ url.Values, body []byte) (any, error) {
	var o TokenOptions
	if err := decodeControl(body, &o); err != nil {
		return nil, err
	}
	return map[string]any{"refreshToken": s.IssueRefreshToken(o)}, nil
}

func (s *Server) controlSnapshot(url.Values, []byte) (any, error) {
	saved, err := s.Snapshot()
	return json.RawMessage(saved), err
}

func (s *Server) controlRestore(_ url.Values, body []byte) (any, error) { return nil, s.Restore(body) }
