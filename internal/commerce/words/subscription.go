// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"strings"
	"time"
)

// Sentence writes a text with a capital at its beginning and a full stop at its end.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return text
	}
	if first, _, _ := strings.Cut(text, " "); !strings.Contains(first, "_") { // the name of an attribute stays as it is
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?)") {
		text += "."
	}
	return text
}

// Title is how messages name a subscription: by id, nickname and offer. Sentence makes it the beginning of one.
func Title(id, nickname, offer string) string {
	return fmt.Sprintf("subscription %s (%q, %s)", id, nickname, offer)
}

// WindowOver says since when a subscription cannot be cancelled any more; zero for not known.
func WindowOver(until time.Time) string {
	if until.IsZero() {
		return "the cancellation window is over"
	}
	return "the cancellation window ended on " + Day(until)
}

// WindowEnds says until when a subscription can be cancelled, beginning with a blank.
func WindowEnds(until time.Time) string {
	return fmt.Sprintf(" The cancellation window ends on %s.", Day(until))
}

// GoesOn says what of a subscription is still billed.
func GoesOn(ended, renews bool, end time.Time) string {
	switch {
	case ended:
		return "It has ended."
	case end.IsZero():
		return "It goes on, and is billed, until it ends at Partner Center."
	case renews:
		return fmt.Sprintf("It goes on and renews on %s.", Day(end))
	}
	return fmt.Sprintf("It goes on, and is billed, until %s.", Day(end))
}

// EndsUnactivated is what ending with the term means before the activation.
func EndsUnactivated(name, publisher, otherPolicy string) (title, text string) {
	return "Subscription is not activated yet", fmt.Sprintf("%s waits for its set-up at %s, and Partner Center may refuse to change its renewal before. It is not billed until then: "+
		"apply deletion_policy = %q first to cancel it.", name, Publisher(publisher), otherPolicy)
}

// EndsForgotten is what it means to change nothing at Partner Center.
func EndsForgotten(name, policy string) (title, text string) {
	return "Subscription will be forgotten", fmt.Sprintf("%s stays as it is at Partner Center (deletion_policy = %q): it goes on being billed, and renews if auto-renew is on.", name, policy)
}

// EndsTooLate is what a cancellation means whose window is over.
func EndsTooLate(name, window, policy, otherPolicy, until string) (title, text string) {
	return "Subscription cannot be cancelled any more", fmt.Sprintf("%s: %s, so destroying it with deletion_policy = %q will fail. Apply deletion_policy = %q first to let it end with its term on %s.",
		name, window, policy, otherPolicy, until)
}

// EndsAtOnce is what a cancellation means.
func EndsAtOnce(name, lastMoment string) (title, text string) {
	return "Subscription will be cancelled", name + " will be cancelled at once; this cannot be undone." + lastMoment
}

// EndsWithTerm is what it means not to renew.
func EndsWithTerm(name, until, alternative string) (title, text string) {
	return "Subscription will end with its term", fmt.Sprintf("%s will not renew, and goes on being billed until %s.", name, until) + alternative
}

// Refund is for how long a purchase can be given back, and with which refund, "" where nobody says.
type Refund struct{ Period, Type string }

// Refunds says for how long a purchase can be undone.
func Refunds(refunds []Refund) string {
	if len(refunds) == 0 {
		return "Partner Center does not say how long it can be cancelled."
	}
	var periods []string
	for _, r := range refunds {
		if r.Type != "" {
			r.Period += fmt.Sprintf(" (%s refund)", strings.ToLower(r.Type))
		}
		periods = append(periods, r.Period)
	}
	return fmt.Sprintf("It can be cancelled for %s after the purchase; after that the partner pays for the whole term.", strings.Join(periods, " or "))
}

// Renewal says what happens at the end of the term of a purchase. Who has decided, renews or not, needs no advice.
func Renewal(decided, renews, trial bool) string {
	switch {
	case decided && !renews:
		return "At the end of the term it ends."
	case decided && trial:
		return "At the end of the trial it turns into a paid subscription."
	case decided:
		return "At the end of the term it renews at the price of that day."
	case trial:
		return "At the end of the trial it turns into a paid subscription; set auto_renew_enabled = false if that is not wanted."
	}
	return "At the end of the term it renews at the price of that day; set auto_renew_enabled = false if that is not wanted."
}

// MoreLicenses says what more licenses of a running term commit to; the price is a sentence that begins with a blank, or "".
func MoreLicenses(end time.Time, price string, newCommerce bool) string {
	text := "They are charged from now on, in proportion to the rest of the term"
	if !end.IsZero() {
		text += ", which ends on " + Day(end)
	}
	text += "." + price
	if newCommerce {
		text += " They can be given back for 7 days; after that only with the renewal."
	}
	return text
}
