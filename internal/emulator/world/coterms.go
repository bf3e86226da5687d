// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// CustomTermEnd is a date on which a co-terminated term may end.
type CustomTermEnd struct {
	On              time.Time
	SubscriptionIDs []string // of the terms that end on it, none for the end of a month
}

// CustomTermEnds are the ends of months and of other new-commerce terms inside a term that starts at start
// (reference/commerce.md#co-termination-dates).
func (w *World) CustomTermEnds(c *Customer, start time.Time, duration string) []CustomTermEnd {
	latest := AddMonths(Midnight(start), max(TermMonths(duration), 1))
	var found []CustomTermEnd
	first := time.Date(start.Year(), start.Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 1; ; n++ {
		monthEnd := first.AddDate(0, n, -1)
		if !monthEnd.Before(latest) {
			break
		}
		found = append(found, CustomTermEnd{On: monthEnd})
	}
	for _, sub := range c.Subscriptions {
		end := Midnight(sub.TermEnd.Add(-time.Nanosecond))
		if alignable(sub, duration) && end.After(start) && end.Before(latest) {
			found = append(found, CustomTermEnd{end, []string{sub.ID}})
		}
	}
	return found
}

// alignable are running new-commerce subscriptions; longer terms cannot align with a monthly one (reference/commerce.md#co-termination-dates).
func alignable(sub *Subscription, duration string) bool {
	monthly := TermMonths(sub.TermDuration) == 1 && TermMonths(duration) > 1
	return sub.Family == FamilyNCE && !sub.Trial && !sub.IsOver() && !monthly
}
