// SPDX-License-Identifier: MPL-2.0

package words

import (
	"strings"
	"testing"
	"time"
)

// Of a term of a month nobody can say whether it is one of an extension already; what is said holds for both.
func TestExtensionFound(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		monthly     bool
		title, text string
	}{
		{false, "Paid extension from 2026-12-31 10:00 UTC, at least 5.00 EUR a month", "does not renew, and goes on when its term ends in a paid extended service term"},
		{true, "Paid extension, at the latest from 2026-12-31 10:00 UTC, at least 5.00 EUR a month", "does not renew, and is, or goes on when its month ends, in a paid extended service term"},
	} {
		title, text := ExtensionFound(end, test.monthly, "5.00 EUR a month")
		if title != test.title || !strings.Contains(text, test.text) || strings.Contains(text, "since its term ended") {
			t.Errorf("%s: %s", title, text)
		}
	}
}
