// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

var (
	scheduledTerm = types.ObjectUnknown(subscriptionmodel.NextTermTypes) // any but null
	noneScheduled = types.ObjectNull(subscriptionmodel.NextTermTypes)
)

func inYear(year int) time.Time { return time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC) }

// inTerm is a subscription whose term ends in the middle of a year.
func inTerm(year int, product string, quantity int64, next types.Object) *subscriptionmodel.Model {
	return &subscriptionmodel.Model{
		ProductID: types.StringValue(product), SkuID: types.StringValue("0001"), TermDuration: types.StringValue("P1Y"), BillingCycle: types.StringValue("monthly"),
		Quantity: types.Int64Value(quantity), NextTerm: next, AutoRenewEnabled: types.BoolValue(true),
		CurrentTerm: types.ObjectValueMust(subscriptionmodel.CurrentTermTypes, map[string]attr.Value{
			"begins": timetypes.NewRFC3339TimeValue(inYear(year - 1)), "ends": timetypes.NewRFC3339TimeValue(inYear(year)), "cancellable_until": timetypes.NewRFC3339Null(),
		}),
	}
}

// A past counts while the configuration still says what made the subscription another one, and what was scheduled, in its term.
func TestPast_over(t *testing.T) {
	t.Parallel()
	renewed := past{Values: map[string]string{"quantity": "30"}, Scheduled: true, Until: inYear(2027)}
	older := past{Values: renewed.Values, Scheduled: true}
	upgraded := past{Values: map[string]string{"product_id": `"old"`, "quantity": "30"}}
	both := past{Values: upgraded.Values, Scheduled: true, Until: inYear(2027)}
	extended := past{Values: map[string]string{"term_duration": `"P1Y"`}, Extended: true}
	unknown := inTerm(2027, "new", 30, noneScheduled)
	unknown.ProductID = types.StringUnknown()
	extend := inTerm(2027, "new", 30, noneScheduled)
	extend.EndOfTerm = types.StringValue("extend")
	for name, test := range map[string]struct {
		past past
		ends int // the year in which the present term ends
		plan *subscriptionmodel.Model
		now  time.Time
		want bool
	}{
		"renewed, in its term":                        {renewed, 2027, inTerm(2027, "new", 30, scheduledTerm), inYear(2026), false},
		"renewed, in the night of the next renewal":   {renewed, 2027, inTerm(2027, "new", 30, scheduledTerm), inYear(2027).Add(time.Hour), false},
		"renewed, made longer meanwhile":              {renewed, 2029, inTerm(2029, "new", 30, scheduledTerm), inYear(2026), false},
		"renewed, in the next term":                   {renewed, 2028, inTerm(2028, "new", 30, scheduledTerm), inYear(2027).Add(time.Hour), true},
		"renewed, without instructions":               {renewed, 2027, inTerm(2027, "new", 30, noneScheduled), inYear(2026), true},
		"renewed, of an older state":                  {older, 2028, inTerm(2028, "new", 30, scheduledTerm), inYear(2028), false},
		"renewed into another product, still the old": {both, 2028, inTerm(2028, "old", 30, scheduledTerm), inYear(2028), false},
		"renewed into another product, now the new":   {both, 2028, inTerm(2028, "new", 30, scheduledTerm), inYear(2028), true},
		"upgraded, still the old":                     {upgraded, 2028, inTerm(2028, "old", 30, noneScheduled), inYear(2028), false},
		"upgraded, still the old, in small letters":   {past{Values: map[string]string{"product_id": `"OLD"`}}, 2028, inTerm(2028, "old", 30, noneScheduled), inYear(2028), false},
		"upgraded, now the new":                       {upgraded, 2028, inTerm(2028, "new", 30, noneScheduled), inYear(2028), true},
		"upgraded, not known yet":                     {upgraded, 2028, unknown, inYear(2028), false},
		"another SKU, still the old":                  {past{Values: map[string]string{"sku_id": `"0001"`}}, 2028, inTerm(2028, "new", 30, noneScheduled), inYear(2028), false},
		"another SKU, now the new":                    {past{Values: map[string]string{"sku_id": `"0002"`}}, 2028, inTerm(2028, "new", 30, noneScheduled), inYear(2028), true},
		"extended, as configured":                     {extended, 2028, extend, inYear(2028), false},
		"extended, and configured to end or to renew": {extended, 2028, inTerm(2027, "new", 30, noneScheduled), inYear(2028), true},
	} {
		if got := test.past.over(inTerm(test.ends, "new", 24, noneScheduled), test.plan, test.now); got != test.want {
			t.Errorf("%s: it is over: %t, want %t", name, got, test.want)
		}
	}
}

// What a subscription was is kept once, and no longer than it counts.
func TestRemember(t *testing.T) {
	t.Parallel()
	was := func(quantity string, until int) past {
		p := past{Values: map[string]string{"quantity": quantity}, Scheduled: true}
		if until > 0 {
			p.Until = inYear(until)
		}
		return p
	}
	upgraded := past{Values: map[string]string{"product_id": `"old"`}}
	for name, test := range map[string]struct {
		were          []past
		before, after *subscriptionmodel.Model
		want          []past
	}{
		"nothing becomes another":       {[]past{was("30", 2027)}, inTerm(2027, "new", 24, scheduledTerm), inTerm(2027, "new", 25, scheduledTerm), []past{was("30", 2027)}},
		"a renewal as scheduled":        {nil, inTerm(2026, "new", 30, scheduledTerm), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 2027)}},
		"the same once more":            {[]past{was("30", 2026)}, inTerm(2026, "new", 24, scheduledTerm), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 2027)}},
		"another one as scheduled":      {[]past{was("30", 2026)}, inTerm(2026, "new", 24, scheduledTerm), inTerm(2027, "new", 20, noneScheduled), []past{was("30", 2027), was("24", 2027)}},
		"what it was before, once more": {[]past{was("30", 2026)}, inTerm(2026, "new", 30, scheduledTerm), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 2027)}},
		"one of an older state stays":   {[]past{was("30", 0)}, inTerm(2026, "new", 24, scheduledTerm), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 0)}},
		"a renewal without schedule":    {[]past{was("30", 2026)}, inTerm(2026, "new", 24, noneScheduled), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 2026)}},
		"and the reading after it":      {[]past{was("30", 2026), upgraded}, inTerm(2027, "new", 24, noneScheduled), inTerm(2027, "new", 24, noneScheduled), []past{upgraded}},
		"an upgrade":                    {[]past{was("30", 2027)}, inTerm(2027, "old", 24, noneScheduled), inTerm(2027, "new", 24, noneScheduled), []past{was("30", 2027), upgraded}},
		"the same upgrade again":        {[]past{upgraded}, inTerm(2027, "old", 24, noneScheduled), inTerm(2027, "new", 24, noneScheduled), []past{upgraded}},
	} {
		now := inYear(2026).Add(time.Hour)
		got := remember(test.were, becoming(test.before, test.after, now), test.before, now)
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
	var read []past // as it stands in states of before
	if err := json.Unmarshal([]byte(`[{"values":{"quantity":"30"},"scheduled":true}]`), &read); err != nil || !reflect.DeepEqual(read, []past{was("30", 0)}) {
		t.Errorf("an older state is read as %+v: %v", read, err)
	}
}
