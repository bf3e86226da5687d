// SPDX-License-Identifier: MPL-2.0

package words

import (
	"strings"
	"testing"
	"time"
)

func TestScheduledRenewal(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	present := Renewal{Licenses: 30, Item: "Mail", Term: "P1Y"}
	for name, test := range map[string]struct {
		before, after *Renewal
		title, text   string
	}{
		"nothing":           {nil, nil, "", ""},
		"as it is":          {nil, &Renewal{Licenses: 30, Term: "P1Y", Promotion: "P"}, "", ""},
		"the same again":    {&Renewal{Licenses: 24}, &Renewal{Licenses: 24, Term: "P1Y"}, "", ""},
		"fewer":             {nil, &Renewal{Licenses: 24}, "24 instead of 30 licenses", "charged at the price"},
		"fewer is dropped":  {&Renewal{Licenses: 24}, nil, "30 instead of 24 licenses", "scheduled to renew with 24 licenses of Mail for 1 year, and will renew with 30 licenses of Mail for 1 year"},
		"a term":            {nil, &Renewal{Term: "P3Y"}, "30 licenses of Mail for 3 years instead of 30 licenses of Mail for 1 year", "charged at the price"},
		"a term is dropped": {&Renewal{Term: "P1M"}, nil, "30 licenses of Mail for 1 year instead of 30 licenses of Mail for 1 month", "will renew with"},
		"another product":   {&Renewal{Item: "B:1"}, &Renewal{Licenses: 5, Item: "C:1"}, "5 licenses of C:1 for 1 year instead of 30 licenses of B:1 for 1 year", "will renew with"},
		"a promotion goes":  {&Renewal{Promotion: "P"}, nil, "instead of 30 licenses of Mail for 1 year with promotion P", "will renew with"},
	} {
		title, text := ScheduledRenewal(day, present, test.before, test.after)
		if !strings.Contains(title, test.title) || !strings.Contains(text, test.text) || (title == "") != (test.title == "") || title != "" && !strings.HasPrefix(title, "From 2026-12-31 10:00 UTC: ") {
			t.Errorf("%s: %q: %q", name, title, text)
		}
	}
}

func TestLongTerm(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		next   string
		renews bool
		want   string
	}{
		"renews":                  {"P3Y", true, "and then renews for 3 years at the price"},
		"renews for another term": {"P1Y", true, "and then renews for 1 year at the price"},
		"renews, it is not known": {"", true, "and then renews at the price"},
		"ends":                    {"P3Y", false, "It cannot become shorter before its end."},
	} {
		if title, text := LongTerm("5 licenses", "Mail", "P3Y", test.next, test.renews); title != "Commits for 3 years: 5 licenses of Mail" || !strings.Contains(text, test.want) {
			t.Errorf("%s: %s: %s", name, title, text)
		}
	}
}
