// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	tooEarly = "at plan: Next term would end too early"
	tooLate  = "at plan: Next term would end too late"
)

func ending(on string) wish {
	return wish{instructions: into(wish{"custom_term_end_date": on})}
}

// The next term ends on a day of its own. Days are those of UTC, and the present term includes the day it ends on.
func TestSubscription_nextTermEnds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		on   string
		want []string // of the refusal; none, where it is possible
	}{
		"in the past":                              {"2026-05-31T00:00:00Z", []string{tooEarly}},
		"on the last day of the present term":      {"2027-01-10T00:00:00Z", []string{tooEarly, `custom_term_end_date is "2027-01-10T00:00:00Z", and the present term ends on 2027-01-10 (UTC)`, "Write a later date", "remove custom_term_end_date from it, or all of it"}},
		"at the end of that day":                   {"2027-01-10T23:59:59Z", []string{tooEarly}},
		"on the day after, where the sun rises":    {"2027-01-11T00:30:00+01:00", []string{tooEarly}},
		"on that day, where it sets":               {"2027-01-10T23:30:00-01:00", []string{"at apply", "900246"}}, // a day of the next term, and no end of a month
		"on the first day of the next":             {"2027-01-11T00:00:00Z", []string{"at apply", "900246"}},
		"at the end of a month":                    {"2027-01-31T00:00:00Z", nil},
		"at the end of the last month":             {"2027-12-31T00:00:00Z", nil},
		"when the next term is over":               {"2028-01-31T00:00:00Z", []string{tooLate, "a next term of 1 year is over on 2028-01-10", "Write an earlier date"}},
		"when nobody knows how months are counted": {"2028-01-11T00:00:00Z", []string{"at apply", "900245"}},
	}
	for name, test := range tests {
		for reading, omitted := range map[string]string{"moment": "", "day": "commitmentEndDateTime"} {
			t.Run(name+"/"+reading, func(t *testing.T) {
				t.Parallel()
				w, l, _ := cellOf(t, "nce", func(b *emulator.Behaviour) { b.ListsOmit = omitted })
				if test.want == nil {
					w.must(l, ending(test.on))
					return
				}
				w.refused(l, ending(test.on), test.want...)
				if strings.Contains(test.want[0], "at plan") {
					expectNoWrites(t, w.emu)
					maps.Copy(l.wish, ending(test.on))
					if got := w.runner.plan(w.lives)[l].problems; len(got) != 1 || got[0].at != instructions {
						t.Errorf("want one error, about the instructions: %v", got)
					}
				}
			})
		}
	}
}

// What is known of terms is known of new commerce.
func TestSubscription_nextTermEndsOfTheMarketplace(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "saas", func(b *emulator.Behaviour) { b.SaaSSchedules = emulator.Allowed })
	w.refused(l, wish{instructions: into(wish{"product_id": emulator.ProductMailGuard, "custom_term_end_date": "2026-05-31T00:00:00Z"})}, "at apply", "900244")
}

// A longer term ends later, which can be after the end of the next one as it was scheduled. That would show when the term has been paid for.
func TestSubscription_nextTermEndsBeforeALongerTerm(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
	w.must(l, ending("2026-12-31T00:00:00Z"))
	w.emu.ForgetRequests()
	w.refused(l, wish{"term_duration": "P1Y"}, tooEarly, "the term of 1 year that begins now ends on 2027-06-09 (UTC)")
	expectNoWrites(t, w.emu)
	w.must(l, wish{"term_duration": "P1Y", instructions: into(wish{"custom_term_end_date": "2027-06-30T00:00:00Z"})})
}

// A renewal to a day has made that day the end of the present term, so the same instructions cannot be scheduled again. Each way out that is
// named leads to an empty plan.
func TestSubscription_renewedToADay(t *testing.T) {
	t.Parallel()
	lines := wish{"quantity": 24, "billing_cycle": "annual"}
	next := func(changes wish) wish {
		n := into(wish{"quantity": 24, "billing_cycle": "annual", "custom_term_end_date": "2026-12-31T00:00:00Z"})
		maps.Copy(n, changes)
		maps.DeleteFunc(n, func(_ string, value any) bool { return value == nil })
		return n
	}
	tests := map[string]struct {
		then   wish // nil for no instructions
		writes int
	}{
		"a later date":    {next(wish{"custom_term_end_date": "2027-06-30T00:00:00Z"}), 1},
		"no date":         {next(wish{"custom_term_end_date": nil}), 1},
		"no instructions": {nil, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, l, _ := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
			w.must(l, wish{instructions: next(nil)})
			w.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
			w.emu.ForgetRequests()
			w.refused(l, nil, tooEarly, "the present term ends on 2026-12-31 (UTC)")
			r := w.runner.plan(w.lives)[l]
			for _, want := range []string{renewedTitle, "quantity = 24 # not 30", `billing_cycle = "annual" # not "monthly"`, "Then remove scheduled_next_term_instructions",
				"There, custom_term_end_date counted for one renewal: write what counts for the next one, or leave it out."} {
				if !strings.Contains(strings.Join(r.warnings, "\n"), want) {
					w.fail(l, "the plan does not say %q: %v", want, r.warnings)
				}
			}
			expectNoWrites(t, w.emu)
			delete(l.wish, instructions)
			if test.then != nil {
				l.wish[instructions] = test.then
			}
			w.must(l, lines)
			if got := w.emu.Count(http.MethodPatch, "subscriptions/"+l.id); got != test.writes {
				w.fail(l, "%d changes were sent, want %d", got, test.writes)
			}
			if got := l.record(w.emu); got.licenses() != 24 || got.termEnd().Format(time.DateOnly) != "2026-12-31" {
				w.fail(l, "it is not as it renewed")
			}
			// The next renewal comes too, with what was scheduled for it, and that is what the configuration says.
			w.emu.SetTime(time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC))
			switch {
			case test.then["custom_term_end_date"] != nil:
				w.refused(l, nil, tooEarly, "the present term ends on 2027-06-30 (UTC)")
			default:
				w.must(l, nil)
			}
		})
	}
}

// Where a renewal only moved the end, nothing else is out of date.
func TestSubscription_renewedToADayOnly(t *testing.T) {
	t.Parallel()
	w, l, _ := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	w.must(l, wish{instructions: into(wish{"quantity": 30, "custom_term_end_date": "2026-12-31T00:00:00Z"})})
	w.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	w.refused(l, nil, tooEarly, "remove custom_term_end_date from it, or all of it")
	delete(l.wish, instructions)
	w.emu.ForgetRequests()
	w.must(l, nil)
	expectNoWrites(t, w.emu)
}

func TestAccSubscription_renewedToADay(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	emu := acctest.New(t, emulator.WithTime(lifeBegins))
	next := into(wish{"quantity": 3, "custom_term_end_date": "2027-12-31T00:00:00Z"})
	w := acctest.NewWorkspace(t, emu, office("quantity = 5", `friendly_name = "one"`, instructions+" = {\n"+next.hcl("    ")+"  }"))
	w.MustApply()
	w.MustPlanClean()
	emu.SetTime(time.Date(2027, 6, 10, 12, 0, 0, 0, time.UTC))
	emu.ForgetRequests()
	out, code := w.Run("apply", "-input=false", "-auto-approve")
	for _, want := range []string{`Renewed as scheduled ("one", customer 0d95b7c2...)`, "quantity = 3 # not 5", "There, custom_term_end_date counted for one renewal", "Next term would end too early",
		"the present term ends on 2027-12-31 (UTC)", `custom_term_end_date = "2027-12-31T00:00:00Z"`} {
		if code != 1 || !words(want).MatchString(out) {
			t.Errorf("it does not say %q (exit code %d):\n%s", want, code, out)
		}
	}
	delete(next, "custom_term_end_date")
	w.Configure(office("quantity = 3", `friendly_name = "one"`))
	w.MustPlanClean()
	expectNoWrites(t, emu)
	w.Configure(office("quantity = 3", `friendly_name = "one"`, instructions+" = {\n"+next.hcl("    ")+"  }"))
	w.MustApply()
	w.MustPlanClean()
	if got := len(emu.Writes()); got != 1 {
		t.Errorf("%d writes, want the instructions alone", got)
	}
	expectPurchases(t, emu, 1)
}
