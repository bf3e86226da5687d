// SPDX-License-Identifier: MPL-2.0

package words

import "time"

// What becomes of a subscription when its term ends, as the rest of a sentence about it. The end is zero where it is not known.

// Renews says that a next term follows.
func Renews(end time.Time) string { return "renews " + atEnd(end) }

// TrialConverts says that a trial does not stay free.
func TrialConverts(end time.Time) string { return "becomes a paid subscription " + atEnd(end) }

// EndsThen says that nothing follows.
func EndsThen(end time.Time) string { return "ends " + atEnd(end) }

// EndsSuspended says that nothing follows unless it is reactivated before.
func EndsSuspended(end time.Time) string {
	return "does not renew while it is suspended: it ends " + atEnd(end) + " unless it is reactivated before"
}

// Extends says that a paid extension follows, or follows on another.
func Extends(end time.Time) string {
	return "goes on month by month in a paid extended service term " + fromEnd(end) + ", until it is canceled"
}

// MayExtend says that a paid extension may follow, because nothing says otherwise.
func MayExtend(end time.Time) string {
	return "may go on month by month in a paid extended service term " + fromEnd(end) + ", because no cancellation is scheduled"
}

// MayRenew says that Partner Center says two things at once.
func MayRenew(end time.Time) string {
	return "renews " + atEnd(end) + " or does not: auto-renew is on, and something else is scheduled for the end of the term"
}

func atEnd(end time.Time) string {
	if end.IsZero() {
		return "when its term ends"
	}
	return "on " + Day(end)
}

func fromEnd(end time.Time) string {
	if end.IsZero() {
		return "from the end of its term on"
	}
	return "from " + Day(end) + " on"
}
