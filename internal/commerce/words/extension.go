// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"time"
)

// ExtensionWanted says what an extended service term costs, as far as that is known.
func ExtensionWanted(monthly, surcharge string) (title, text string) {
	title = "Continues in a paid extended service term"
	if monthly != "" {
		title += ": " + monthly + " at today's price"
	}
	price := "the price of its monthly plan and 3 percent, or 23 percent where it has no monthly plan"
	if surcharge != "" {
		price = "its price of a month and " + surcharge
	}
	return title, fmt.Sprintf("When its term ends it is charged month by month, %s, until it is canceled; in the extension it can be canceled on any day, and the rest of the month is refunded.", price)
}

// ExtensionFound says that a subscription goes on in an extended service term, and that nobody asked for it. monthly is whether its term is
// a month: then it may be in one already, which Partner Center does not show. least is what a month costs at the least, "" where that is not
// known.
func ExtensionFound(from time.Time, monthly bool, least string) (title, text string) {
	title, begins := "Paid extension from "+Day(from), "goes on when its term ends"
	if monthly {
		title, begins = "Paid extension, at the latest from "+Day(from), "is, or goes on when its month ends,"
	}
	if least != "" {
		title += ", at least " + least
	}
	return title, fmt.Sprintf("The subscription does not renew, and %s in a paid extended service term: at the price of its monthly plan and 3 percent, or 23 percent where it has no monthly plan. "+
		"Partner Center does this by itself where no cancellation is scheduled. Write end_of_term = \"cancel\" to end it with its term, \"renew\", or \"extend\" if this is wanted; "+
		"where auto_renew_enabled is configured, the plan sets it right.", begins)
}
