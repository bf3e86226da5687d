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

// moving makes a transition of Nordwind's office subscription, and forgets what was asked until it had ended.
func (p *partner) moving(target Target) *Progress {
	p.t.Helper()
	target.ProductID, target.SkuID, target.TransitionType = emulator.ProductOfficePlus, "0001", TransitionOnly
	from := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	planned, err := PlanTransition(p.t.Context(), p.buyer.Client, emulator.CustomerNordwind, from, target)
	if err != nil {
		p.t.Fatal(err)
	}
	progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
	if !progress.Begun() {
		p.t.Fatal(err)
	}
	p.started(1)
	p.ForgetRequests()
	return progress
}

// ends expects what happens at the end of the term of a subscription of Nordwind at Partner Center, and so many changes for it.
func (p *partner) ends(id string, want TermEnd, changes int) {
	p.t.Helper()
	p.sent(changes)
	if got := FactsOf(p.read(emulator.CustomerNordwind, id)).AtTermEnd(); got != want {
		p.t.Errorf("at the end of the term of %s it is %q, want %q", id, got, want)
	}
}

// keep puts the end of a term back, and expects that this is possible.
func (p *partner) keep(progress *Progress, now *partnercenter.Subscription, restored TermEnd) {
	p.t.Helper()
	if now == nil {
		p.t.Fatal("it is not read")
	}
	after, got, err := progress.KeepEnd(p.t.Context(), p.buyer, now)
	if err != nil || got != restored || restored != "" && FactsOf(after).AtTermEnd() != restored {
		p.t.Errorf("%q is put back, want %q: %+v, %v", got, restored, after, err)
	}
}

// A transition deletes what is scheduled; a cancellation and an extension are put back, on all that they concern.
func TestKeepEnd(t *testing.T) {
	t.Parallel()
	for _, end := range []TermEnd{TermEndCancel, TermEndExtend} {
		t.Run("whole, "+string(end), func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: end}, 1)
			progress := p.moving(Target{})
			p.ends(emulator.SubscriptionOffice, "", 0)
			p.keep(progress, progress.Source(p.hour()), end)
			p.ends(emulator.SubscriptionOffice, end, 1)
			p.keep(progress, progress.Source(p.hour()), "")
			p.ends(emulator.SubscriptionOffice, end, 0)
		})
		t.Run("a part, "+string(end), func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: end}, 1)
			progress := p.moving(Target{Quantity: new(int64(13))})
			p.keep(progress, progress.Source(p.hour()), end)
			p.keep(progress, progress.Destination(p.hour()), end)
			p.sent(2)
			p.ForgetRequests()
			p.ends(emulator.SubscriptionOffice, end, 0)
			p.ends(progress.TargetID(), end, 0)
		})
	}
	for name, behave := range map[string]func(*emulator.Behaviour){
		"kept by Partner Center": func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKept },
		"only the cancel is":     func(b *emulator.Behaviour) { b.ScheduleFate = emulator.ScheduleKeepCancel },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t, behave)
			p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndCancel}, 1)
			progress := p.moving(Target{})
			p.keep(progress, progress.Source(p.hour()), "")
			p.ends(emulator.SubscriptionOffice, TermEndCancel, 0)
		})
	}
	t.Run("what renews", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		progress := p.moving(Target{Quantity: new(int64(13))})
		p.keep(progress, progress.Source(p.hour()), "")
		p.keep(progress, progress.Destination(p.hour()), "")
		p.ends(emulator.SubscriptionOffice, TermEndRenew, 0)
	})
}

// Licenses that move into an existing subscription change nothing about the end of its term, whatever the end of the other one is.
func TestKeepEnd_existing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ source, target TermEnd }{
		"both end":                  {TermEndCancel, TermEndCancel},
		"the target is extended":    {TermEndRenew, TermEndExtend},
		"the target renews":         {TermEndCancel, TermEndRenew},
		"the target ends otherwise": {TermEndExtend, TermEndCancel},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			into := p.moving(Target{Quantity: new(int64(13))}).TargetID()
			for id, end := range map[string]TermEnd{emulator.SubscriptionOffice: test.source, into: test.target} {
				if end != TermEndRenew {
					p.apply(emulator.CustomerNordwind, id, Desired{AtTermEnd: end}, 1)
				}
			}
			progress := p.moving(Target{Quantity: new(int64(10)), SubscriptionID: into})
			back := map[bool]TermEnd{true: test.source}[test.source != TermEndRenew]
			p.keep(progress, progress.Source(p.hour()), back)
			to := progress.Destination(p.hour())
			p.keep(progress, to, map[bool]TermEnd{true: test.target}[test.target != TermEndRenew])
			if to == nil || to.ID != into || to.Quantity != 23 {
				t.Errorf("they moved into %+v", to)
			}
			p.ForgetRequests()
			p.ends(emulator.SubscriptionOffice, test.source, 0)
			p.ends(into, test.target, 0)
		})
	}
	t.Run("all of it", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		into := p.moving(Target{Quantity: new(int64(13))}).TargetID()
		p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndCancel}, 1)
		progress := p.moving(Target{SubscriptionID: into})
		p.keep(progress, progress.Source(p.hour()), "") // it has ended
		p.keep(progress, progress.Destination(p.hour()), "")
		p.ends(into, TermEndRenew, 0)
	})
	t.Run("it cannot be read before", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		into := p.moving(Target{Quantity: new(int64(13))}).TargetID()
		p.limit(50, 50)
		from := p.read(emulator.CustomerNordwind, emulator.SubscriptionOffice)
		planned, err := PlanTransition(t.Context(), p.buyer.Client, emulator.CustomerNordwind, from,
			Target{ProductID: emulator.ProductOfficePlus, SkuID: "0001", TransitionType: TransitionOnly, Quantity: new(int64(10)), SubscriptionID: into})
		if err != nil {
			t.Fatal(err)
		}
		p.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions/*"}, Status: http.StatusForbidden, Code: 400036})
		progress, err := planned.Make(p.hour(), p.buyer, p.planned, func(string, ...any) {})
		if err == nil || progress.Begun() || !strings.Contains(err.Error(), "nothing was moved") {
			t.Errorf("begun %t: %v", progress.Begun(), err)
		}
		p.started(0)
		p.left(50)
	})
}

// What cannot be put back is an error of its own; what runs is left alone, and what failed is not.
func TestKeepEnd_refused(t *testing.T) {
	t.Parallel()
	patch := emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}
	for name, test := range map[string]struct {
		behave  func(*emulator.Behaviour)
		fault   *emulator.Fault
		why     string // "" where it is put back
		changes int
	}{
		"refused":              {nil, &emulator.Fault{Match: patch, Status: http.StatusBadRequest, Code: 800093}, "800093", 1},
		"accepted, not made":   {func(b *emulator.Behaviour) { b.PatchMode = emulator.PatchDropped }, nil, "Auto-renew is off, but Partner Center shows no cancellation", 1},
		"it runs":              {func(b *emulator.Behaviour) { b.TransitionReads = 1e6 }, nil, "not known to have ended", 0},
		"the transition fails": {func(b *emulator.Behaviour) { b.TransitionsFail = true }, nil, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndCancel}, 1)
			if test.behave != nil {
				p.Behave(test.behave)
			}
			progress := p.moving(Target{})
			if test.fault != nil {
				p.Fault(*test.fault)
			}
			now := progress.Source(p.hour())
			after, restored, err := progress.KeepEnd(t.Context(), p.buyer, now)
			if test.why == "" {
				if err != nil || restored != TermEndCancel {
					t.Errorf("%q is put back: %v", restored, err)
				}
				p.ends(emulator.SubscriptionOffice, TermEndCancel, test.changes)
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.why) || restored != "" || after == nil {
				t.Errorf("%q is put back: %+v, %v", restored, after, err)
			}
			p.ends(emulator.SubscriptionOffice, "", test.changes)
			if end := progress.EndBefore(emulator.SubscriptionOffice); end != TermEndCancel {
				t.Errorf("before it was %q", end)
			}
			if got := Differences(progress.of.from, after); strings.Contains(got, EndOfTerm) || strings.Contains(got, AutoRenew) {
				t.Errorf("the configuration is to become\n%s", got)
			}
		})
	}
}

// What nobody puts back goes on in a paid extension: this is what the end is kept for.
func TestKeepEnd_otherwiseExtended(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndCancel}, 1)
	p.moving(Target{})
	p.Advance(25 * time.Hour)
	p.ends(emulator.SubscriptionOffice, TermEndExtend, 0)
}
