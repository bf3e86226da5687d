// SPDX-License-Identifier: MPL-2.0

package change

import (
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What is said of the end of a term holds for what Partner Center will do: no renewal alone ends only what has no paid extension.
func TestAfterTerm(t *testing.T) {
	t.Parallel()
	const (
		extended = "goes on month by month in a paid extended service term from 2026-12-31 10:00 UTC on, until it is canceled"
		possibly = "may go on month by month in a paid extended service term from 2026-12-31 10:00 UTC on, because no cancellation is scheduled"
		unclear  = "renews on 2026-12-31 10:00 UTC or does not: auto-renew is on, and something else is scheduled for the end of the term"
	)
	off := func(actions []partnercenter.ScheduledAction) *partnercenter.Subscription {
		return nce(func(s *partnercenter.Subscription) { s.AutoRenewEnabled, s.ScheduledActions = false, actions })
	}
	of := func(kind string, renews bool) *partnercenter.Subscription {
		return nce(func(s *partnercenter.Subscription) { s.ProductType.ID, s.AutoRenewEnabled = kind, renews })
	}
	for name, test := range map[string]struct {
		of     *partnercenter.Subscription
		after  string
		goesOn string
		renews bool
	}{
		"renews":                    {nce(nil), "renews on 2026-12-31 10:00 UTC", "goes on being billed, and renews on 2026-12-31 10:00 UTC", true},
		"ends":                      {off(cancelAtEnd), "ends on 2026-12-31 10:00 UTC", "goes on being billed, and ends on 2026-12-31 10:00 UTC", false},
		"is extended":               {off(extendAtEnd), extended, "goes on being billed, and " + extended, false},
		"nothing is scheduled":      {off(nil), possibly, "goes on being billed, and " + possibly, false},
		"renews, and a cancel":      {nce(func(s *partnercenter.Subscription) { s.ScheduledActions = cancelAtEnd }), unclear, "goes on being billed, and " + unclear, false},
		"renews, and an extension":  {nce(func(s *partnercenter.Subscription) { s.ScheduledActions = extendAtEnd }), unclear, "goes on being billed, and " + unclear, false},
		"marketplace software ends": {saas(func(s *partnercenter.Subscription) { s.AutoRenewEnabled = false }), "ends on 2026-12-31 10:00 UTC", "goes on being billed, and ends on 2026-12-31 10:00 UTC", false},
		"marketplace software":      {saas(nil), "renews on 2026-12-31 10:00 UTC", "goes on being billed, and renews on 2026-12-31 10:00 UTC", true},
		"a trial":                   {nce(func(s *partnercenter.Subscription) { s.IsTrial = true }), "becomes a paid subscription on 2026-12-31 10:00 UTC", "goes on as a free trial, and becomes a paid subscription on 2026-12-31 10:00 UTC", true},
		"a trial that ends":         {nce(func(s *partnercenter.Subscription) { s.IsTrial, s.AutoRenewEnabled = true, false }), "ends on 2026-12-31 10:00 UTC", "goes on as a free trial, and ends on 2026-12-31 10:00 UTC", false},
		"suspended, and the flag on": {
			nce(func(s *partnercenter.Subscription) { s.Status = partnercenter.StatusSuspended }), "does not renew while it is suspended: it ends on 2026-12-31 10:00 UTC unless it is reactivated before",
			"goes on being billed, and does not renew while it is suspended: it ends on 2026-12-31 10:00 UTC unless it is reactivated before", false,
		},
		"ended":                  {nce(func(s *partnercenter.Subscription) { s.Status = "deleted" }), "has ended", "has ended", false},
		"a legacy offer":         {of("Office", false), "ends on 2026-12-31 10:00 UTC", "goes on being billed, and ends on 2026-12-31 10:00 UTC", false},
		"a plan billed by usage": {of("Azure", false), "ends when it is canceled at Partner Center", "goes on being billed, and ends when it is canceled at Partner Center", false},
	} {
		test.of.CommitmentEndDateTime.Time = time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
		f := FactsOf(test.of)
		if f.AfterTerm() != test.after || f.GoesOn() != test.goesOn || f.Renews() != test.renews {
			t.Errorf("%s: it %q and %q, renews %t", name, f.AfterTerm(), f.GoesOn(), f.Renews())
		}
		if GoesOn(test.of) != "It "+test.goesOn+"." {
			t.Errorf("%s: %s", name, GoesOn(test.of))
		}
	}
	waiting := FactsOf(saas(func(s *partnercenter.Subscription) { s.AttentionNeeded, s.PublisherName = new(true), "Fabrikam" }))
	if got := waiting.GoesOn(); got != "waits for its set-up at Fabrikam, and has no term yet" {
		t.Errorf("waiting: it %s", got)
	}
	if got := FactsOf(nce(nil)).AfterTerm(); got != "renews when its term ends" {
		t.Errorf("on an unknown day it %s", got)
	}
	if got := FactsOf(off(nil)).AfterTermAs(TermEndCancel); got != "ends when its term ends" {
		t.Errorf("with a cancellation it %s", got)
	}
	for _, one := range []*partnercenter.Subscription{off(extendAtEnd), nce(func(s *partnercenter.Subscription) { s.Status = partnercenter.StatusSuspended })} {
		if f := FactsOf(one); f.AfterTermAs("") != f.AfterTerm() || f.Suspended() && f.AfterTermAs(TermEndCancel) != f.AfterTerm() {
			t.Errorf("it %s, and as it is it %s", f.AfterTerm(), f.AfterTermAs(""))
		}
	}
}
