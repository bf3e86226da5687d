// SPDX-License-Identifier: MPL-2.0

package words

import (
	"cmp"
	"fmt"
	"time"
)

// Renewal is what a subscription renews with; the zero value of a member is not known, or stays as it is.
type Renewal struct {
	Licenses  int64
	Item      string // product and SKU
	Term      string
	Promotion string
}

// Or takes from another renewal what is not known of this one, but for the promotion.
func (r Renewal) Or(other Renewal) Renewal {
	return Renewal{cmp.Or(r.Licenses, other.Licenses), cmp.Or(r.Item, other.Item), cmp.Or(r.Term, other.Term), r.Promotion}
}

func (r Renewal) String() string {
	text := Count(r.Licenses, "license")
	if r.Item != "" {
		text += " of " + r.Item
	}
	text += forTerm(r.Term)
	if r.Promotion != "" {
		text += " with promotion " + r.Promotion
	}
	return text
}

// insteadOf names what two renewals differ in.
func (r Renewal) insteadOf(other Renewal) string {
	licenses := r.Licenses
	if r.Licenses = other.Licenses; r == other {
		return fmt.Sprintf("%d instead of %d licenses", licenses, other.Licenses)
	}
	r.Licenses = licenses
	return fmt.Sprintf("%s instead of %s", r, other)
}

// ScheduledRenewal says what a change of the next term means, "" for nothing worth saying: before and after are what was and will be
// scheduled, nil for nothing, and present is what the subscription has otherwise.
func ScheduledRenewal(from time.Time, present Renewal, before, after *Renewal) (title, text string) {
	was, will := present, present
	if before != nil {
		was = before.Or(present)
	}
	if after != nil {
		will = after.Or(present)
	}
	if before == nil {
		will.Promotion = ""
	}
	title = fmt.Sprintf("From %s: %s", Day(from), will.insteadOf(was))
	switch {
	case was == will:
		return "", ""
	case before == nil:
		return title, "What is renewed is charged at the price that holds then."
	}
	return title, fmt.Sprintf("It was scheduled to renew with %s, and will renew with %s at the price that holds then.", was, will)
}

// RenewsAgain says what it commits to that a subscription renews which did not.
func RenewsAgain(on time.Time, with Renewal) (title, text string) {
	return fmt.Sprintf("Renews on %s: %s", Day(on), with), "It was not to renew. What is renewed is charged at the price that holds then."
}
