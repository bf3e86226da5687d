// SPDX-License-Identifier: MPL-2.0

package change

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

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
	progress, err := planned.Make(t.Context(), p.buyer, p.planned, func(format string, args ...any) { fmt.Fprintf(&said, format+"\n", args...) })
	if err != nil || !progress.Begun() || !strings.Contains(said.String(), "Conversion completed") {
		t.Fatalf("begun %t: %v\n%s", progress.Begun(), err, said.String())
	}
	p.started(1)
	after := progress.Source(t.Context())
	if want := fmt.Sprintf("  product_id = %q", emulator.ProductOfficePlus); Differences(from, after) != want {
		t.Errorf("it differs in\n%s\nwant\n%s", Differences(from, after), want)
	}
}

func TestTransition_partial(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	planned, from := p.planPlus(new(int64(13)))
	progress, err := planned.Make(t.Context(), p.buyer, p.planned, func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	source, destination := progress.Source(t.Context()), progress.Destination(t.Context())
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
	}
	for name, test := range tests {
		_, err := PlanTransition(t.Context(), p.buyer.Client, test.customer, p.read(test.customer, test.id), test.target)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
		p.sent(0)
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
			_, err := planned.Make(t.Context(), p.buyer, p.planned, func(string, ...any) {})
			if (err != nil) != test.fails {
				t.Errorf("the error is %v", err)
			}
			p.started(test.starts)
			p.left(test.left)
		})
	}
}
