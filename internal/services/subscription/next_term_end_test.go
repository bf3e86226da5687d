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
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation"
)

const (
	tooEarly = "at plan: Next term would end too early"
	tooLate  = "at plan: Next term would end too late"
)

func ending(on string) configuration {
	return configuration{instructions: into(configuration{"custom_term_end_date": on})}
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
				c := cellOf(t, "nce", func(b *emulator.Behaviour) { b.ListsOmit = omitted })
				if test.want == nil {
					c.must(ending(test.on))
					return
				}
				c.refused(ending(test.on), test.want...)
				if strings.Contains(test.want[0], "at plan") {
					expectNoWrites(t, c.emu)
					maps.Copy(c.configuration, ending(test.on))
					if got := c.plan().Problems; len(got) != 1 || got[0].At != instructions {
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
	c := cellOf(t, "saas", func(b *emulator.Behaviour) { b.SaaSSchedules = emulator.Allowed })
	c.refused(configuration{instructions: into(configuration{"product_id": emulator.ProductMailGuard, "custom_term_end_date": "2026-05-31T00:00:00Z"})}, "at apply", "900244")
}

// A longer term ends later, which can be after the end of the next one as it was scheduled. That would show when the term has been paid for.
func TestSubscription_nextTermEndsBeforeALongerTerm(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_fresh", func(*emulator.Behaviour) {})
	c.must(ending("2026-12-31T00:00:00Z"))
	c.emu.ForgetRequests()
	c.refused(configuration{"term_duration": "P1Y"}, tooEarly, "the term of 1 year that begins now ends on 2027-06-09 (UTC)")
	expectNoWrites(t, c.emu)
	c.must(configuration{"term_duration": "P1Y", instructions: into(configuration{"custom_term_end_date": "2027-06-30T00:00:00Z"})})
}

// A renewal to a day has made that day the end of the present term, so the same instructions cannot be scheduled again. Each way out that is
// named leads to an empty plan.
func TestSubscription_renewedToADay(t *testing.T) {
	t.Parallel()
	lines := configuration{"quantity": 24, "billing_cycle": "annual"}
	next := func(changes configuration) configuration {
		n := into(configuration{"quantity": 24, "billing_cycle": "annual", "custom_term_end_date": "2026-12-31T00:00:00Z"})
		maps.Copy(n, changes)
		maps.DeleteFunc(n, func(_ string, value any) bool { return value == nil })
		return n
	}
	tests := map[string]struct {
		then   configuration // nil for no instructions
		writes int
	}{
		"a later date":    {next(configuration{"custom_term_end_date": "2027-06-30T00:00:00Z"}), 1},
		"no date":         {next(configuration{"custom_term_end_date": nil}), 1},
		"no instructions": {nil, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
			c.must(configuration{instructions: next(nil)})
			c.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
			c.emu.ForgetRequests()
			c.refused(nil, tooEarly, "the present term ends on 2026-12-31 (UTC)")
			r := c.plan()
			for _, want := range []string{renewedTitle, "quantity = 24 # not 30", `billing_cycle = "annual" # not "monthly"`, "Then remove scheduled_next_term_instructions",
				"There, custom_term_end_date counted for one renewal: write what counts for the next one, or leave it out."} {
				if !strings.Contains(strings.Join(r.Warnings, "\n"), want) {
					c.fail("the plan does not say %q: %v", want, r.Warnings)
				}
			}
			expectNoWrites(t, c.emu)
			delete(c.configuration, instructions)
			if test.then != nil {
				c.configuration[instructions] = test.then
			}
			c.must(lines)
			if got := c.emu.Count(http.MethodPatch, "subscriptions/"+c.id); got != test.writes {
				c.fail("%d changes were sent, want %d", got, test.writes)
			}
			if got := c.record(); got.Licenses() != 24 || got.TermEnd().Format(time.DateOnly) != "2026-12-31" {
				c.fail("it is not as it renewed")
			}
			// The next renewal comes too, with what was scheduled for it, and that is what the configuration says.
			c.emu.SetTime(time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC))
			switch {
			case test.then["custom_term_end_date"] != nil:
				c.refused(nil, tooEarly, "the present term ends on 2027-06-30 (UTC)")
			default:
				c.must(nil)
			}
		})
	}
}

// Where a renewal only moved the end, nothing else is out of date.
func TestSubscription_renewedToADayOnly(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce_scheduled", func(*emulator.Behaviour) {})
	c.must(configuration{instructions: into(configuration{"quantity": 30, "custom_term_end_date": "2026-12-31T00:00:00Z"})})
	c.emu.SetTime(time.Date(2026, 7, 25, 12, 0, 0, 0, time.UTC))
	c.refused(nil, tooEarly, "remove custom_term_end_date from it, or all of it")
	delete(c.configuration, instructions)
	c.emu.ForgetRequests()
	c.must(nil)
	expectNoWrites(t, c.emu)
}

func TestAccSubscription_renewedToADay(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	emu := acctest.New(t, emulator.WithTime(simulation.Begins))
	next := into(configuration{"quantity": 3, "custom_term_end_date": "2027-12-31T00:00:00Z"})
	w := acctest.NewWorkspace(t, emu, office("quantity = 5", `friendly_name = "one"`, instructions+" = {\n"+next.HCL("    ")+"  }"))
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
	w.Configure(office("quantity = 3", `friendly_name = "one"`, instructions+" = {\n"+next.HCL("    ")+"  }"))
	w.MustApply()
	w.MustPlanClean()
	if got := len(emu.Writes()); got != 1 {
		t.Errorf("%d writes, want the instructions alone", got)
	}
	expectPurchases(t, emu, 1)
}
