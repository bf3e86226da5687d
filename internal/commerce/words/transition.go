// SPDX-License-Identifier: MPL-2.0

package words

import "fmt"

// EndRestored says that the end of a term is again what it was before a transition.
func EndRestored(name, end string) string {
	return fmt.Sprintf("What was scheduled for the end of the term of %s (end_of_term = %q) was dropped with the transition, and is scheduled again", name, end)
}

// EndDropped says what to do where the end of a term is not what it was before a transition, or may not be; why is a sentence. What is
// configured stays: an apply makes it so again.
func EndDropped(name, end, why, goesOn string) (title, text string) {
	title, action, attribute := "Cancellation has to be scheduled again", "a cancellation", "end_of_term = \"cancel\" or auto_renew_enabled = false"
	if end == "extend" {
		title, action, attribute = "Paid extension has to be scheduled again", "a paid extended service term", "end_of_term = \"extend\""
	}
	return title, fmt.Sprintf("Before the transition, %s had %s scheduled for the end of its term (end_of_term = %q). A transition drops that, and it was not put back: %s As far as is known, it %s. "+
		"If a partnercenter_subscription manages it, leave %s there, or write it, and apply before the term ends: that schedules it again, if it is missing. Otherwise schedule it in Partner Center before the term ends. "+
		"Do not run this action again for it: that would move licenses once more.", name, action, end, why, goesOn, attribute)
}
