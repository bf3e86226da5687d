// SPDX-License-Identifier: MPL-2.0

package change

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What a list leaves out is read by itself, if it was there.
func TestReadListed(t *testing.T) {
	t.Parallel()
	const all = "scheduledNextTermInstructions,scheduledActions,refundableQuantity,partnerId"
	for name, test := range map[string]struct {
		customer, id, omitted string
		forget                bool // what is left out was not there before
		single                int  // reads of the subscription alone
	}{
		"nothing is left out":           {emulator.CustomerAtelier, emulator.SubscriptionScheduled, "", false, 0},
		"instructions":                  {emulator.CustomerAtelier, emulator.SubscriptionScheduled, "scheduledNextTermInstructions", false, 1},
		"actions":                       {emulator.CustomerHarbour, emulator.SubscriptionCancelling, "scheduledActions", false, 1},
		"licenses that can be returned": {emulator.CustomerNordwind, emulator.SubscriptionOffice, "refundableQuantity", false, 1},
		"the reseller":                  {emulator.CustomerAtelier, emulator.SubscriptionReseller, "partnerId", false, 1},
		"what was not there":            {emulator.CustomerNordwind, emulator.SubscriptionTimesheet, all, false, 0},
		"what was not known":            {emulator.CustomerAtelier, emulator.SubscriptionScheduled, all, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, func(b *emulator.Behaviour) { b.ListsOmit = test.omitted })
			known := FactsOf(p.read(test.customer, test.id))
			if test.forget {
				known = Facts{}
			}
			got, err := ReadListed(t.Context(), p.buyer.Client, test.customer, test.id, known)
			if err != nil || got == nil || got.ID != test.id || !test.forget && leavesOut(known, got) {
				t.Errorf("it is %+v, %v", got, err)
			}
			if reads := p.Count(http.MethodGet, "subscriptions/*"); reads != test.single {
				t.Errorf("it is read %d times, want %d", reads, test.single)
			}
		})
	}
}

// A property that is there no more was removed; only one that is not mentioned is left out.
func TestReadListed_removed(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	known := FactsOf(p.read(emulator.CustomerHarbour, emulator.SubscriptionCancelling))
	if err := p.Drift(emulator.CustomerHarbour, emulator.SubscriptionCancelling, map[string]any{"scheduledActions": []any{}}); err != nil {
		t.Fatal(err)
	}
	got, err := ReadListed(t.Context(), p.buyer.Client, emulator.CustomerHarbour, emulator.SubscriptionCancelling, known)
	if err != nil || len(got.ScheduledActions) != 0 || p.Count(http.MethodGet, "subscriptions/*") != 0 {
		t.Errorf("it is %+v, %v", got, err)
	}
}

// One that is missing where it is read by itself may be listed; one that cannot be read is not gone.
func TestReadListed_missing(t *testing.T) {
	t.Parallel()
	const customer, id = emulator.CustomerAtelier, emulator.SubscriptionScheduled
	missing := emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions/*"}, Times: -1, Status: http.StatusNotFound, Code: 20003}
	refused := missing
	refused.Status, refused.Code = http.StatusForbidden, 400036
	unlisted := emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions"}, Times: -1, Status: http.StatusForbidden, Code: 400036}
	for name, test := range map[string]struct {
		id           string
		omitted      string
		faults       []emulator.Fault
		fails, found bool
	}{
		"listed":                     {id: id, found: true},
		"listed in another spelling": {id: strings.ToUpper(id), found: true},
		"listed, missing alone":      {id: id, omitted: "scheduledNextTermInstructions", faults: []emulator.Fault{missing}, found: true},
		"listed, refused alone":      {id: id, omitted: "scheduledNextTermInstructions", faults: []emulator.Fault{refused}, fails: true},
		"nowhere":                    {id: "00000000-0000-0000-0000-000000000001"},
		"no list":                    {id: id, faults: []emulator.Fault{unlisted}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, func(b *emulator.Behaviour) { b.ListsOmit = test.omitted })
			known := FactsOf(p.read(customer, id))
			for _, f := range test.faults {
				p.Fault(f)
			}
			got, err := ReadListed(t.Context(), p.buyer.Client, customer, test.id, known)
			if (err != nil) != test.fails || (got != nil) != test.found || got != nil && got.ID != id {
				t.Errorf("it is %+v, %v", got, err)
			}
		})
	}
}

// A new subscription may be missing for minutes; after that it is gone.
func TestReadNew(t *testing.T) {
	t.Parallel()
	const customer, id = emulator.CustomerAtelier, emulator.SubscriptionScheduled
	missing := emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions/*"}, Status: http.StatusNotFound, Code: 20003}
	forEver, refused := missing, missing
	forEver.Times, refused.Status, refused.Code = -1, http.StatusForbidden, 400036
	for name, test := range map[string]struct {
		faults      []emulator.Fault
		found, gone bool
	}{
		"there":                 {nil, true, false},
		"missing at first":      {[]emulator.Fault{missing}, true, false},
		"missing for ever":      {[]emulator.Fault{forEver}, false, true},
		"missing, then refused": {[]emulator.Fault{missing, refused}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			for _, f := range test.faults {
				p.Fault(f)
			}
			got, err := ReadNew(t.Context(), p.buyer.Client, customer, id)
			if (err == nil) != test.found || (got != nil) != test.found || partnercenter.IsNotFound(err) != test.gone {
				t.Errorf("it is %+v, %v", got, err)
			}
		})
	}
}

func TestWaitForActivation(t *testing.T) {
	t.Parallel()
	const customer, id = emulator.CustomerNordwind, emulator.SubscriptionUnactivated
	read := emulator.Match{Method: http.MethodGet, Pattern: "subscriptions/*"}
	for name, test := range map[string]struct {
		activated bool // by the time it is read
		known     bool // that it is
		fault     *emulator.Fault
		reads     int // 0 for any number
		want      string
	}{
		"activated before":        {activated: true, known: true},
		"activated meanwhile":     {activated: true, reads: 1},
		"unreadable for a moment": {activated: true, fault: &emulator.Fault{Match: read, Status: http.StatusNotFound, Code: 20003}, reads: 2},
		"never activated":         {want: "the publisher has not activated subscription " + id + " within timeouts.create"},
		"refused":                 {fault: &emulator.Fault{Match: read, Status: http.StatusForbidden, Code: 400036}, reads: 1, want: "waiting until the publisher activates subscription " + id},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.Clock().Still()
			before := p.read(customer, id)
			if test.activated {
				if err := p.Activate(customer, id); err != nil {
					t.Fatal(err)
				}
			}
			if test.known {
				before = p.read(customer, id)
			}
			if test.fault != nil {
				p.Fault(*test.fault)
			}
			began := p.Clock().Now()
			ctx, cancel := p.buyer.Client.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			after, err := WaitForActivation(ctx, p.buyer.Client, customer, before)
			if Activated(after) != test.activated || (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("it is %+v, %v", after, err)
			}
			reads := p.Count(http.MethodGet, "subscriptions/*")
			if waited := p.Clock().Now().After(began); waited != (reads > 1) || test.reads != 0 && reads != test.reads || test.known && reads != 0 {
				t.Errorf("it is read %d times, and waited for: %t", reads, waited)
			}
		})
	}
}
