// SPDX-License-Identifier: MPL-2.0

package change

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planPlus plans to move licenses of Nordwind's office subscription to the premium product.
func (p *partner) planPlus(quantity *int64) (*Transition, *partnercenter.Subscription) {
	p.t.Helper()
	from := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	planned, err := PlanTransition(p.t.Context(), p.buyer.Client, emulator.CustomerNordwind, from,
		Target{ProductID: emulator.ProductOfficePlus, SkuID: "0001", TransitionType: TransitionOnly, Quantity: quantity})
	if err != nil {
		p.t.Fatal(err)
	}
	return planned, from
}

// hour is the time that a transition has, on Partner Center's clock: what waits for ever fails.
func (p *partner) hour() context.Context {
	ctx, cancel := p.buyer.Client.WithTimeout(p.t.Context(), time.Hour)
	p.t.Cleanup(cancel)
	return ctx
}

// started expects so many transitions to be started; a repeat of the same call is none of its own.
func (p *partner) started(times int) {
	p.t.Helper()
	calls := map[string]bool{}
	for _, r := range p.Writes() {
		if !r.Is(http.MethodPost, "transitions") {
			p.t.Errorf("it writes %+v", r)
		}
		calls[r.RequestID()] = true
	}
	if len(calls) != times {
		p.t.Errorf("%d transitions were started, want %d", len(calls), times)
	}
}

func TestTransition(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	planned, from := p.planPlus(nil)
	p.sent(0)
	var said strings.Builder
	progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
	if err != nil || !progress.Begun() || !strings.Contains(said.String(), "Conversion completed") {
		t.Fatalf("begun %t: %v\n%s", progress.Begun(), err, said.String())
	}
	p.started(1)
	after := progress.Source(p.hour())
	if after == nil {
		t.Fatal("the subscription is not read")
	}
	if want := fmt.Sprintf("  product_id = %q", emulator.ProductOfficePlus); Differences(from, after) != want {
		t.Errorf("it differs in\n%s\nwant\n%s", Differences(from, after), want)
	}
}

func TestTransition_partial(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	planned, from := p.planPlus(new(int64(13)))
	progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	source, destination := progress.Source(p.hour()), progress.Destination(p.hour())
	if source == nil || destination == nil {
		t.Fatalf("the source is %+v, the destination %+v", source, destination)
	}
	if source.Quantity != from.Quantity-13 || destination.Quantity != 13 || destination.ProductID() != emulator.ProductOfficePlus {
		t.Errorf("the source is %+v, the destination %+v", source, destination)
	}
	p.started(1)
}

func TestTransition_refused(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	tests := map[string]struct {
		customer, id string
		target       Target
		want         string
	}{
		"marketplace":    {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, Target{}, "is no new-commerce subscription"},
		"suspended":      {emulator.CustomerHarbour, emulator.SubscriptionSuspended, Target{}, "Reactivate it first"},
		"ended":          {emulator.CustomerHarbour, emulator.SubscriptionExpired, Target{}, "cannot move any more"},
		"too many":       {emulator.CustomerNordwind, emulator.SubscriptionOffice, Target{Quantity: new(int64(1000))}, "has only 43 licenses to move"},
		"not offered":    {emulator.CustomerNordwind, emulator.SubscriptionOffice, Target{ProductID: emulator.ProductDiagram, SkuID: "0001"}, "Partner Center offers:"},
		"a shorter term": {emulator.CustomerNordwind, emulator.SubscriptionOffice, Target{ProductID: emulator.ProductOfficePlus, SkuID: "0001", TransitionType: TransitionOnly, TermDuration: "P1M"}, "a term can only become longer"},
		"not sold so":    {emulator.CustomerNordwind, emulator.SubscriptionOffice, Target{ProductID: emulator.ProductOfficePlus, SkuID: "0001", TransitionType: TransitionOnly, TermDuration: "P3Y"}, `is not sold with term_duration = "P3Y"`},
	}
	for name, test := range tests {
		_, err := PlanTransition(t.Context(), p.buyer.Client, test.customer, p.read(test.customer, test.id), test.target)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		p.sent(0)
	}
}

// A way that Partner Center does not offer is refused with those that it does, one that is not possible with its reason.
func TestTransition_ways(t *testing.T) {
	t.Parallel()
	only := partnercenter.TransitionEligibilityDetail{TransitionType: TransitionOnly, IsEligible: true}
	never := partnercenter.TransitionEligibilityDetail{TransitionType: TransitionWithTransfer, Errors: []partnercenter.TransitionError{{Code: "99", Description: "It is full."}}}
	for name, test := range map[string]struct {
		offered []partnercenter.TransitionEligibilityDetail
		ask     string
		why     string
	}{
		"offered":                    {[]partnercenter.TransitionEligibilityDetail{never, only}, TransitionOnly, ""},
		"in another spelling":        {[]partnercenter.TransitionEligibilityDetail{only}, strings.ToUpper(TransitionOnly), ""},
		"another way":                {[]partnercenter.TransitionEligibilityDetail{never, only}, "other", `Partner Center offers transition_type = "transition_only"`},
		"another way, none possible": {[]partnercenter.TransitionEligibilityDetail{never}, TransitionOnly, "Partner Center offers no way at the moment"},
		"not possible":               {[]partnercenter.TransitionEligibilityDetail{only, never}, TransitionWithTransfer, "It is full."},
	} {
		planned := &Transition{from: nce(nil), ask: Target{ProductID: "P", SkuID: "0001", TransitionType: test.ask}}
		err := planned.choose([]partnercenter.TransitionEligibility{{CatalogItemID: "P:0002:A"}, {CatalogItemID: "P:0001:A", Eligibilities: test.offered}})
		if (err != nil) != (test.why != "") || err != nil && !strings.HasSuffix(err.Error(), test.why) || planned.target.CatalogItemID != "P:0001:A" {
			t.Errorf("%s: %v, want %q", name, err, test.why)
		}
	}
}

// Into an existing subscription move only licenses that Partner Center offers to move there, and they keep its term.
func TestTransition_existing(t *testing.T) {
	t.Parallel()
	offered := partnercenter.TransitionEligibility{Title: "Premium", CatalogItemID: "CFQ7TTC0CCCC:0001:CFQ7TTC0DDDD", SubscriptionEligibilities: []partnercenter.SubscriptionEligibilityDetail{
		{SubscriptionID: "s-1", SubscriptionFriendlyName: "full", Errors: []partnercenter.TransitionError{{Code: "99", Description: "It is full."}}},
		{SubscriptionID: "s-2", SubscriptionFriendlyName: "premium", IsEligible: true, SubscriptionTermDuration: "P3Y", SubscriptionBillingCycle: "Annual"},
	}}
	for name, test := range map[string]struct {
		into, intoID, term, billing, says, why string
		whole                                  bool
	}{
		"nowhere":        {"", "", "P1Y", "monthly", "Premium", "", true},
		"another":        {"S-2", "s-2", "P3Y", "annual", `Premium, into subscription s-2 ("premium")`, "", false},
		"a full one":     {"s-1", "", "P1Y", "monthly", "", `licenses cannot move into subscription s-1 ("full"): It is full.`, true},
		"one of another": {"s-3", "", "P1Y", "monthly", "", "it is not among the customer's subscriptions of Premium", true},
	} {
		planned := &Transition{from: nce(nil), Quantity: 10, target: offered, ask: Target{SubscriptionID: test.into}, term: "P1Y", billing: "monthly"}
		err := planned.chooseExisting()
		if (err != nil) != (test.why != "") || err != nil && !strings.Contains(err.Error(), test.why) {
			t.Errorf("%s: %v, want %q", name, err, test.why)
		}
		if planned.IntoID != test.intoID || planned.term != test.term || planned.billing != test.billing || planned.whole() != test.whole || err == nil && planned.Into() != test.says {
			t.Errorf("%s: it moves into %q (%s) for %s, billed %s, as a whole %t", name, planned.IntoID, planned.Into(), planned.term, planned.billing, planned.whole())
		}
		kept := "It opens no new cancellation window."
		if strings.Contains(planned.Commitment(""), kept) != test.whole {
			t.Errorf("%s: %s", name, planned.Commitment(""))
		}
	}
	part := &Transition{from: nce(nil), Quantity: 9, target: offered}
	if part.whole() || part.Into() != "Premium, as a new subscription" {
		t.Errorf("a part moves to %q, as a whole %t", part.Into(), part.whole())
	}
}

// A term can be kept or become longer; what a transition buys is what it was planned with.
func TestTransition_terms(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	from := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	for _, ask := range []Target{{TermDuration: from.TermDuration}, {BillingCycle: "annual"}, {}} {
		ask.ProductID, ask.SkuID, ask.TransitionType = emulator.ProductOfficePlus, "0001", TransitionOnly
		planned, err := PlanTransition(t.Context(), p.buyer.Client, emulator.CustomerNordwind, from, ask)
		if err != nil {
			t.Errorf("%+v: %v", ask, err)
			continue
		}
		term, billing := cmp.Or(ask.TermDuration, from.TermDuration), cmp.Or(ask.BillingCycle, strings.ToLower(from.BillingCycle))
		if buys := planned.Buys(); buys.Term != term || buys.Billing != billing || buys.Licenses != int64(from.Quantity) || buys.ProductID != ask.ProductID {
			t.Errorf("%+v buys %+v", ask, buys)
		}
	}
}

// One that has begun and cannot be seen to its end must not be started again.
func TestTransition_notFollowed(t *testing.T) {
	t.Parallel()
	history := emulator.Match{Method: http.MethodGet, Pattern: "transitions"}
	for name, test := range map[string]struct {
		fault  *emulator.Fault
		begun  bool
		starts int
		want   string
	}{
		"it takes too long":                {nil, true, 1, "has not ended within the time for it (Conversion started). It goes on at Partner Center: do not start it again"},
		"its history is refused":           {&emulator.Fault{Match: history, Skip: 1, Times: -1, Status: http.StatusForbidden, Code: 400036}, true, 1, "it could not be followed, so do not start it again"},
		"its history was refused before":   {&emulator.Fault{Match: history, Status: http.StatusForbidden, Code: 400036}, false, 0, "400036"},
		"its history is busy for a moment": {&emulator.Fault{Match: history, Skip: 1, Status: http.StatusServiceUnavailable, Times: 9}, true, 1, "has not ended"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, func(b *emulator.Behaviour) { b.TransitionReads = 1e6 })
			planned, _ := p.planPlus(nil)
			if test.fault != nil {
				p.Fault(*test.fault)
			}
			progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
			if err == nil || !strings.Contains(err.Error(), test.want) || progress.Begun() != test.begun {
				t.Errorf("begun %t: %v", progress.Begun(), err)
			}
			p.started(test.starts)
		})
	}
}

// Partner Center makes one transition of a subscription at a time.
func TestTransition_another(t *testing.T) {
	t.Parallel()
	p := openPartner(t, func(b *emulator.Behaviour) { b.TransitionReads = 1e6 })
	planned, _ := p.planPlus(new(int64(13)))
	if _, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {}); err == nil {
		t.Fatal("it has ended")
	}
	p.limit(50, 50)
	progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
	if err == nil || !strings.Contains(err.Error(), "is under way (Conversion started)") || progress.Begun() || progress.TargetID() != "" {
		t.Errorf("begun %t: %v", progress.Begun(), err)
	}
	p.started(1)
	p.left(50)
}

// The source is read until it shows what has moved; nothing is waited for where nothing will show.
func TestTransition_source(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	for name, test := range map[string]struct {
		customer, id, status string
		before               func(*partnercenter.Subscription)
		once                 bool
	}{
		"nothing shows":              {emulator.CustomerNordwind, emulator.SubscriptionOffice, "Completed", func(*partnercenter.Subscription) {}, false},
		"fewer licenses":             {emulator.CustomerNordwind, emulator.SubscriptionOffice, "Completed", func(s *partnercenter.Subscription) { s.Quantity++ }, true},
		"another product":            {emulator.CustomerNordwind, emulator.SubscriptionOffice, "Completed", func(s *partnercenter.Subscription) { s.OfferID = "other" }, true},
		"it has ended":               {emulator.CustomerHarbour, emulator.SubscriptionExpired, "Completed", func(*partnercenter.Subscription) {}, true},
		"the transition failed":      {emulator.CustomerNordwind, emulator.SubscriptionOffice, "Failed", func(*partnercenter.Subscription) {}, true},
		"the transition is not over": {emulator.CustomerNordwind, emulator.SubscriptionOffice, "Started", func(*partnercenter.Subscription) {}, true},
	} {
		before := p.read(test.customer, test.id)
		test.before(before)
		progress := &Progress{
			of: &Transition{customerID: test.customer, from: before}, client: p.buyer.Client,
			known: &partnercenter.Transition{Events: []partnercenter.TransitionEvent{{Name: "Conversion", Status: test.status}}},
		}
		after := progress.Source(p.hour())
		if reads := p.Count(http.MethodGet, "subscriptions/*"); after == nil || after.ID != test.id || (reads == 1) != test.once {
			t.Errorf("%s: after %d reads it is %+v", name, reads, after)
		}
	}
}

// A transition stays within the spending limit, and counts unless Partner Center refused it.
func TestTransition_spendingLimit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		limit  int64
		fault  *emulator.Fault
		fails  bool
		starts int
		left   int64
	}{
		"within":      {limit: 50, starts: 1},
		"above":       {limit: 49, fails: true, left: 49},
		"refused":     {limit: 50, fault: &emulator.Fault{Status: http.StatusForbidden, Code: 900258}, fails: true, starts: 1, left: 50},
		"answer lost": {limit: 50, fault: &emulator.Fault{Kind: emulator.FaultDropAfter, Times: -1}, starts: 1},
		"never seen":  {limit: 50, fault: &emulator.Fault{Kind: emulator.FaultDropBefore, Times: -1}, fails: true, starts: 1}, // nobody knows that it was not made
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.limit(test.limit, 50)
			planned, _ := p.planPlus(nil)
			if test.fault != nil {
				fault := *test.fault
				fault.Match = emulator.Match{Method: http.MethodPost, Pattern: "transitions"}
				p.Fault(fault)
			}
			_, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
			if (err != nil) != test.fails {
				t.Errorf("the error is %v", err)
			}
			p.started(test.starts)
			p.left(test.left)
		})
	}
}
