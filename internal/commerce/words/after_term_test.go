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

// What is replaced and left alone is not said to end or to renew: nobody has looked at what is scheduled for it.
func TestReplaced_abandoned(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	title, text := Replaced("subscription s", "abandon", end, time.Time{}, end, "5.00 EUR a month")
	if title != "Paid twice: the old subscription goes on, 5.00 EUR a month" || !strings.Contains(text, "it renews, ends, or goes on month by month in a paid extended service term, as it is set there") {
		t.Errorf("%s: %s", title, text)
	}
}
