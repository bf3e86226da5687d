// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// activate is the moment in which the publisher finishes the set-up: term and billing begin (commerce reference, Activation).
func (s *Server) activate(sub *Subscription) {
	now := s.now()
	sub.Unactivated, sub.TermStart, sub.BilledUntil = false, now, now
	sub.TermEnd = addMonths(now, max(termMonths(sub.TermDuration), 1))
	if s.behaviour.SaaSWindowFromActivation {
		sub.CancelUntil = now.Add(s.behaviour.SaaSWindow)
		sub.Batches = []Batch{{sub.Quantity, sub.CancelUntil}}
	}
}

// activateInSandbox is the sandbox's replacement for the publisher, who does not exist there.
func activateInSandbox(s *Server, _ *Customer, sub *Subscription, _ *http.Request) (int, any) {
	switch {
	case !s.behaviour.Sandbox:
		return http.StatusBadRequest, fault(900127, "The operation is not supported in this environment.")
	case sub.Family != familySaaS || sub.ended():
		return http.StatusBadRequest, fault(900141, "The subscription cannot be activated.")
	case !sub.Unactivated:
		return http.StatusBadRequest, fault(800041, "The subscription is already activated.")
	}
	s.activate(sub)
	return http.StatusOK, object{"subscriptionId": sub.ID, "status": "Success"}
}

// orderLinks are the activation links of an order, or of one of its lines.
func orderLinks(s *Server, c *Customer, order *Order, r *http.Request) (int, any) {
	wanted := r.PathValue("line")
	var found []object
	known := wanted == ""
	for _, line := range order.Lines {
		if wanted != "" && wanted != strconv.Itoa(line.Number) {
			continue
		}
		known = true
		if sub := c.subscription(line.SubscriptionID); sub != nil && order.revealed(s.now()) {
			found = append(found, s.activationLinks(sub)...)
		}
	}
	if !known {
		return http.StatusBadRequest, fault(800071, "Line item %s is out of range.", wanted)
	}
	return http.StatusOK, collection(r, found)
}

func subscriptionActivationLinks(s *Server, _ *Customer, sub *Subscription, r *http.Request) (int, any) {
	return http.StatusOK, collection(r, s.activationLinks(sub))
}

// activationLinks are fresh with every call: the token behind one lives a day.
func (s *Server) activationLinks(sub *Subscription) []object {
	if sub.Family != familySaaS || sub.ended() {
		return nil
	}
	address := "https://" + publisherHost(sub.Publisher) + "/landing?token=" + s.newCode(40)
	if s.behaviour.Sandbox {
		address = "https://dummy.example/activate"
	}
	return []object{{"lineItemNumber": sub.Line, "link": link(address)}}
}

// customEnd is a date on which a co-terminated term may end.
type customEnd struct {
	on            time.Time
	subscriptions []string
}

// customTermEnds are the ends of months and of other new-commerce terms inside a term that starts at start
// (commerce reference, "Co-termination dates").
func (s *Server) customTermEnds(c *Customer, start time.Time, duration string) []customEnd {
	latest := addMonths(midnight(start), max(termMonths(duration), 1))
	var found []customEnd
	first := time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 1; ; n++ {
		monthEnd := first.AddDate(0, n, -1)
		if !monthEnd.Before(latest) {
			break
		}
		found = append(found, customEnd{on: monthEnd})
	}
	for _, sub := range c.Subscriptions {
		end := midnight(sub.TermEnd.Add(-time.Nanosecond))
		if sub.Family == familyNCE && !sub.Trial && !sub.ended() && end.After(start) && end.Before(latest) {
			found = append(found, customEnd{end, []string{sub.ID}})
		}
	}
	return found
}

func listCustomTermEnds(s *Server, c *Customer, r *http.Request) (int, any) {
	duration := cmp.Or(query(r, "term_duration"), query(r, "TermDuration"))
	if termMonths(duration) == 0 {
		return http.StatusBadRequest, fault(800121, "The term %q is not valid.", duration)
	}
	start := s.now()
	if text := cmp.Or(query(r, "term_start_date"), query(r, "TermStartDate")); text != "" {
		if parsed, ok := parseStamp(text); ok {
			start = parsed
		}
	}
	var found []object
	for _, date := range s.customTermEnds(c, start, duration) {
		one := object{"allowedCustomTermEndDateType": "calendarMonthAligned", "allowedCustomTermEndDate": bareStamp(date.on)}
		if len(date.subscriptions) > 0 {
			one["allowedCustomTermEndDateType"], one["cotermSubscriptionIds"] = "subscriptionAligned", date.subscriptions
		}
		found = append(found, one)
	}
	return http.StatusOK, collection(r, found)
}
