// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// run lives through a number of steps, or to the first failure: what comes after it says little.
func (w *world) run(steps int) {
	w.t.Helper()
	for _, l := range w.lives {
		w.agree(l, l.record(w.emu))
	}
	for range steps {
		w.clockMoved, w.sulking = false, false
		w.replaceEnded()
		w.emu.ForgetRequests() // what is looked at are the writes of a step
		for _, l := range w.lives {
			l.before, l.last, l.moves, l.harmless, l.capped = l.wish.clone(), l.record(w.emu), nil, true, false
		}
		w.moveAll()
		for _, l := range w.lives {
			w.move(l)
		}
		if w.converge(); w.t.Failed() {
			return
		}
	}
}

// replaceEnded lets others take the places of those that have ended, after some steps in which there was nothing left to do.
func (w *world) replaceEnded() {
	for i, l := range w.lives {
		if len(w.spares) > 0 && l.record(w.emu).ended() && w.rand.IntN(3) == 0 {
			w.lives[i], w.spares = w.spares[0], w.spares[1:]
			w.lives[i].wish = everything(w.lives[i].customer, w.lives[i].record(w.emu))
			w.agree(w.lives[i], w.lives[i].record(w.emu))
		}
	}
}

// converge applies until a plan is empty. Whatever is refused has to be explained, and what Partner Center shows is configured then.
func (w *world) converge() {
	w.t.Helper()
	for attempt, todo := 0, w.lives; len(todo) > 0 && !w.t.Failed(); attempt++ {
		if attempt > 8 {
			w.fail(todo[0], "it does not converge")
			return
		}
		if attempt == 3 {
			w.recover() // what changes nothing, or the wrong things, can only be waited out
		}
		todo = w.applyTo(todo)
	}
	if n := len(w.emu.Purchases()); n != 0 {
		w.t.Errorf("%d subscriptions were bought", n)
	}
}

// applyTo applies once, and returns the lives that need it once more.
func (w *world) applyTo(todo []*life) (again []*life) {
	w.t.Helper()
	was, writes, begin := map[*life]record{}, map[*life]int{}, w.emu.Clock().Now()
	for _, l := range todo {
		was[l], writes[l] = l.record(w.emu), w.written(l)
	}
	results, updated := w.runner.apply(todo), []*life(nil)
	for _, l := range todo {
		r := results[l]
		w.counts["applied"]++
		w.judge(l, r, was[l], w.written(l)-writes[l])
		switch {
		case len(r.problems) > 0:
			w.tell(l, "was refused: %s", r.problems[0])
			l.followRecord(w, was[l])
			l.harmless = false
			if capped := strings.Contains(r.problems[0].detail, "900311"); !capped || !l.capped { // nothing can be changed any more, and that has been said
				again = append(again, l)
				l.capped = capped
			}
		case r.aborted:
			again = append(again, l)
		case w.sulking && warned(r, "Check the renewal"), followed(r): // it has been said, and the configuration is to follow
			l.followRecord(w, was[l])
			again = append(again, l)
		case r.action == "": // the plan was empty already
			w.agree(l, l.record(w.emu))
		default:
			updated = append(updated, l)
		}
	}
	return append(again, w.settled(updated, begin)...)
}

// followRecord configures what the record shows. What was scheduled already, and is configured, stays: nothing but the subscription's own
// end is a reason to lose it.
func (l *life) followRecord(w *world, was record) {
	into, wanted := l.wish["scheduled_next_term_instructions"].(wish)
	now := l.record(w.emu)
	l.wish.accept(now)
	if wanted && maps.Equal(into, was.nextTerm()) && now.yes("autoRenewEnabled") && now.text("commitmentEndDate") == was.text("commitmentEndDate") {
		l.wish["scheduled_next_term_instructions"] = into
	}
}

// followed holds where the plan keeps what the subscription has become, and says what to write.
func followed(r result) bool { return warned(r, renewedTitle) || warned(r, "Subscription has become") }

// written counts the changes of a subscription that were sent.
func (w *world) written(l *life) int { return w.emu.Count(http.MethodPatch, "subscriptions/"+l.id) }

// judge compares what a run did with what had to be done.
func (w *world) judge(l *life, r result, was record, writes int) {
	w.t.Helper()
	for _, p := range r.problems {
		if !w.explained(l, p) {
			w.fail(l, "an error that should not be: %s", p)
		}
		w.counts["refused: "+p.title]++
	}
	if l.harmless && len(r.problems) > 0 && !strings.Contains(r.problems[0].detail, "900311") {
		w.fail(l, "%v should be possible: %s", l.moves, r.problems[0])
	}
	// What is wanted of the renewal waits in the state until it is active again.
	settings, missing := l.record(w.emu).dormant(), l.wish.missing(was)
	for _, name := range []string{"deletion_policy", "on_existing", "allow_replacement", "wait_for_activation", "suspended"} {
		settings = settings || l.before[name] != l.wish[name]
	}
	switch {
	case r.action != "" && r.action != "update":
		w.fail(l, "the plan is to %s it", r.action)
	case len(r.problems) > 0 && !r.problems[0].applying && writes > 0:
		w.fail(l, "%d changes were sent in spite of an error at plan: %s", writes, r.problems[0])
	case r.aborted || len(r.problems) > 0 || followed(r):
	case len(missing) == 0 && writes > 0:
		w.fail(l, "nothing was missing, and %d changes were sent", writes)
	case len(missing) == 0 && r.action == "update" && !settings:
		w.fail(l, "nothing was missing, and an update was planned")
	case len(missing) > 0 && r.action == "":
		w.fail(l, "%v is missing, and nothing was planned", missing)
	}
	w.paidFor(l, was)
	for _, sent := range w.emu.Matching(http.MethodPatch, "subscriptions/"+l.id) {
		if was.nested("attributes").text("etag") != "" && sent.Header.Get("If-Match") == "" {
			w.fail(l, "a change was sent without If-Match")
		}
	}
	w.counts["writes"] += writes
}

// paidFor sees that no licenses and no term were bought that nobody asks for. What renewed as scheduled stays, whatever the configuration
// says that was right before.
func (w *world) paidFor(l *life, was record) {
	w.t.Helper()
	now, term := l.record(w.emu), l.wish["term_duration"]
	if now.text("effectiveStartDate") != was.text("effectiveStartDate") && (term == nil || term == was.text("termDuration")) {
		return // it renewed during the apply
	}
	overtaken := l.last.nextTerm() != nil && l.wish["scheduled_next_term_instructions"] != nil && l.wish["quantity"] == l.before["quantity"] && was.termEnd().After(l.last.termEnd()) && w.emu.Clock().Now().After(l.last.termEnd())
	switch is := now.licenses(); {
	case is == was.licenses():
	case overtaken:
		w.fail(l, "it renewed with %d licenses, as scheduled, and now it has %d", was.licenses(), is)
	case is != l.wish["quantity"]:
		w.fail(l, "it had %d licenses, and now it has %d", was.licenses(), is)
	}
	if term == nil && now.text("termDuration") != was.text("termDuration") {
		w.fail(l, "the term was %s and is %s", was.text("termDuration"), now.text("termDuration"))
	}
}

// settled plans those that were updated once more, and returns the ones that time changed meanwhile.
func (w *world) settled(updated []*life, begin time.Time) (again []*life) {
	w.t.Helper()
	if len(updated) == 0 || w.t.Failed() {
		return nil
	}
	writes, results := len(w.emu.Writes()), w.runner.plan(updated)
	for _, l := range updated {
		now, r := l.record(w.emu), results[l]
		missing := l.wish.missing(now)
		switch {
		case len(r.problems) == 0 && r.action == "" && len(missing) == 0:
			w.agree(l, now)
		case turnedOver(now, begin), followed(r): // during the apply, which took its time
			again = append(again, l)
		case len(r.problems) > 0:
			w.fail(l, "an error after a successful apply: %s", r.problems[0])
		case r.action != "":
			w.fail(l, "the plan is to %s it after a successful apply; missing: %v", r.action, missing)
		default:
			w.fail(l, "the plan is empty, and yet the record lacks %v", missing)
		}
	}
	if n := len(w.emu.Writes()) - writes; n != 0 {
		w.t.Errorf("a plan sent %d writes", n)
	}
	return again
}

// turnedOver reports whether a term began or ended within a day of a time, which the waits of an apply can bring about.
func turnedOver(r record, at time.Time) bool {
	for _, name := range []string{"effectiveStartDate", "commitmentEndDateTime", "commitmentEndDate"} {
		if when, err := time.Parse(time.RFC3339, r.text(name)); err == nil && at.Sub(when).Abs() < 25*time.Hour {
			return true
		}
	}
	return false
}

// agree compares the state with the record.
func (w *world) agree(l *life, r record) {
	w.t.Helper()
	state := w.runner.state(l)
	item := strings.Split(r.text("offerId"), ":")
	want := map[string]any{
		"id": r.text("id"), "product_id": item[0], "sku_id": item[1], "quantity": r["quantity"], "status": r.status(), "friendly_name": r["friendlyName"],
		"term_duration": r["termDuration"], "billing_cycle": r.comingCycle(),
	}
	if !r.dormant() && (r.yes("autoRenewEnabled") || r.ends()) {
		want["auto_renew_enabled"] = r.yes("autoRenewEnabled") && !r.cancels()
	}
	for name, value := range want {
		if state[name] != value {
			w.fail(l, "the state has %s = %v, the record says %v", name, state[name], value)
		}
	}
}

// explained reports whether an error may be, and where it may be.
func (w *world) explained(l *life, p problem) bool {
	return slices.ContainsFunc(explanations, func(e explanation) bool {
		return e.applying == p.applying && strings.HasPrefix(p.title, e.title) && e.detail.MatchString(p.detail) && (e.when == nil || e.when(w, l))
	})
}

// explanation is an error that people are told.
type explanation struct {
	applying bool
	title    string
	detail   *regexp.Regexp
	when     func(*world, *life) bool
}

func (w *world) tell(l *life, format string, args ...any) {
	l.story = append(l.story, w.emu.Clock().Now().Format("2006-01-02 15:04 ")+fmt.Sprintf(format, args...))
}
