// SPDX-License-Identifier: MPL-2.0

package change

import (
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestIsWaiting(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		family           partnercenter.Family
		status           string
		attention, taken bool
		waits            bool
	}{
		"it needs attention":          {partnercenter.FamilyMarketplaceSaaS, "active", true, false, true},
		"it was set up":               {partnercenter.FamilyMarketplaceSaaS, "active", true, true, false},
		"it needs nothing":            {partnercenter.FamilyMarketplaceSaaS, "active", false, false, false},
		"it is pending":               {partnercenter.FamilyMarketplaceSaaS, "Pending", false, false, true},
		"it has ended":                {partnercenter.FamilyMarketplaceSaaS, "deleted", true, false, false},
		"new commerce is never":       {partnercenter.FamilyNewCommerce, "active", true, false, false},
		"pending new commerce is not": {partnercenter.FamilyNewCommerce, "pending", false, false, false},
	} {
		if got := IsWaiting(test.family, test.status, test.attention, test.taken); got != test.waits {
			t.Errorf("%s: it waits: %t", name, got)
		}
	}
}

// A plan that activates itself waits as well, and yet has a term, which is billed.
func TestUnactivated(t *testing.T) {
	t.Parallel()
	term := partnercenter.Time{Time: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
	for name, test := range map[string]struct {
		of          *partnercenter.Subscription
		unactivated bool
	}{
		"waiting":              {saas(func(s *partnercenter.Subscription) { s.AttentionNeeded = new(true) }), true},
		"waiting, with a term": {saas(func(s *partnercenter.Subscription) { s.AttentionNeeded, s.CommitmentEndDate = new(true), term }), false},
		"set up":               {saas(nil), false},
	} {
		if got := FactsOf(test.of).Unactivated(); got != test.unactivated || Activated(test.of) == test.unactivated {
			t.Errorf("%s: unactivated %t, activated %t", name, got, Activated(test.of))
		}
	}
}

func TestFacts_status(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]struct{ ended, suspended bool }{
		"Active": {}, "Suspended": {suspended: true}, "Expired": {ended: true}, "Deleted": {ended: true},
	} {
		f := FactsOf(nce(func(s *partnercenter.Subscription) { s.Status = status }))
		if f.Ended() != want.ended || f.Suspended() != want.suspended {
			t.Errorf("%s: ended %t, suspended %t", status, f.Ended(), f.Suspended())
		}
	}
}

func TestMayBeInExtendedTerm(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		term     string
		actions  []partnercenter.ScheduledAction
		extended bool
	}{
		"a month of it":                {"P1M", extendAtEnd, true},
		"it begins after this term":    {"P1Y", extendAtEnd, false},
		"a monthly term":               {"P1M", nil, false},
		"a monthly term that is ended": {"P1M", cancelAtEnd, false},
	} {
		f := FactsOf(nce(func(s *partnercenter.Subscription) { s.TermDuration, s.ScheduledActions = test.term, test.actions }))
		if f.MayBeInExtendedTerm() != test.extended {
			t.Errorf("%s: it is extended: %t", name, f.MayBeInExtendedTerm())
		}
	}
}

// The older field names the day only.
func TestCommitmentEnd(t *testing.T) {
	t.Parallel()
	day, moment := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	s := nce(func(s *partnercenter.Subscription) { s.CommitmentEndDate.Time = day })
	if got := CommitmentEnd(s); !got.Equal(day) {
		t.Errorf("the day alone: %s", got)
	}
	s.CommitmentEndDateTime.Time = moment
	if got := CommitmentEnd(s); !got.Equal(moment) {
		t.Errorf("with the moment: %s", got)
	}
	if known, unknown := FactsOf(s).termEnd("some day"), (Facts{}).termEnd("some day"); known != "2026-12-31 10:00 UTC" || unknown != "some day" {
		t.Errorf("messages say %q, and %q where nothing is known", known, unknown)
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	early := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	late := early.Add(24 * time.Hour)
	paid, software := Facts{Family: partnercenter.FamilyNewCommerce}, Facts{Family: partnercenter.FamilyMarketplaceSaaS}
	dated := func(f Facts, until time.Time, refunds ...time.Time) Facts {
		f.CancellableUntil, f.Refunds = until, refunds
		return f
	}
	trial, waiting, newTrial := software, software, paid
	trial.Trial, waiting.Waiting, newTrial.Trial = true, true, true
	for name, test := range map[string]struct {
		facts Facts
		want  Window
	}{
		"the service's date":               {dated(software, early, late), Window{early, true}},
		"the last refund":                  {dated(software, time.Time{}, early, late, early), Window{late, true}},
		"refunded for ever":                {dated(software, time.Time{}, early, time.Time{}), Window{}},
		"marketplace, and no date":         {software, Window{}},
		"new commerce, and no date":        {paid, Window{Known: true}},
		"a new-commerce trial":             {newTrial, Window{}},
		"a marketplace trial":              {dated(trial, early), Window{}},
		"marketplace before its set-up":    {dated(waiting, early), Window{}},
		"a new-commerce trial with a date": {dated(newTrial, early), Window{early, true}},
	} {
		if got := test.facts.Window(); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
	w := Window{early, true}
	if w.Closed(early.Add(-1)) || !w.Closed(early) || !w.Closed(late) || (Window{}).Closed(late) {
		t.Error("a window closes at its end, and one that is not known never")
	}
	if w.LastMoment() == "" || (Window{}).LastMoment() != "" {
		t.Errorf("the last moment: %q, and %q where it is not known", w.LastMoment(), (Window{}).LastMoment())
	}
}
