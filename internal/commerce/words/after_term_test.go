// SPDX-License-Identifier: MPL-2.0

package words

import (
	"strings"
	"testing"
	"time"
)

func TestAfterTerm(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		say            func(time.Time) string
		known, unknown string
	}{
		"renews":   {Renews, "renews on 2026-12-31 10:00 UTC", "renews when its term ends"},
		"converts": {TrialConverts, "becomes a paid subscription on 2026-12-31 10:00 UTC", "becomes a paid subscription when its term ends"},
		"ends":     {EndsThen, "ends on 2026-12-31 10:00 UTC", "ends when its term ends"},
		"extends": {
			Extends, "goes on month by month in a paid extended service term from 2026-12-31 10:00 UTC on, until it is canceled",
			"goes on month by month in a paid extended service term from the end of its term on, until it is canceled",
		},
	} {
		if got := test.say(end); got != test.known {
			t.Errorf("%s: %q", name, got)
		}
		if got := test.say(time.Time{}); got != test.unknown {
			t.Errorf("%s, on an unknown day: %q", name, got)
		}
	}
}

// What is replaced and left alone goes on as is said of it.
func TestReplaced_abandoned(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	title, text := ReplacedForgotten("subscription s", Extends(end), "5.00 EUR a month")
	if title != "Paid twice: the old subscription goes on, 5.00 EUR a month" || text != "Subscription s stays as it is at Partner Center. It goes on month by month in a paid extended service term from 2026-12-31 10:00 UTC on, until it is canceled." {
		t.Errorf("%s: %s", title, text)
	}
}

// What follows a first term of its own length is said as far as it is known.
func TestCoTermed(t *testing.T) {
	t.Parallel()
	for then, want := range map[string]string{
		"renew": "until that day; then it renews for 1 year.", "cancel": "until that day; then it ends.", "": "until that day.",
		"extend": "until that day; then it goes on month by month in a paid extended service term.",
	} {
		title, text := CoTermed("5 licenses", "Mail", time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC), "P1Y", then)
		if title != "First term ends 2027-01-31: 5 licenses of Mail" || !strings.HasSuffix(text, want) {
			t.Errorf("%q: %s: %s", then, title, text)
		}
	}
}
