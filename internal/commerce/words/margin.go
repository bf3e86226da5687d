// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Margin is a margin of a private offer in a plan, as in "15 % until 2027-01-31 00:00 UTC"; percent is "" for a price of its own.
func Margin(percent string, until time.Time) string {
	text := "a price of its own"
	if percent != "" {
		text = escape.Terminal(percent) + " %"
	}
	if !until.IsZero() {
		text += " until " + Day(until)
	}
	return text
}

// MarginEnds says that later charges of a term are without the margin.
func MarginEnds(licenses, offer string, ends time.Time, billed string) (title, text string) {
	return fmt.Sprintf("Margin ends %s, before the term does: %s of %s", Day(ends), licenses, offer),
		fmt.Sprintf("It is charged %s, and what is charged after that day is at the full price, unless the publisher makes a new private offer. The commitment in the plan counts the margin for the whole term where Partner Center's price does.", billed)
}

// PromotionApplies says that a price is one of a promotion that nobody named.
func PromotionApplies(licenses, offer, promotion string) (title, text string) {
	return fmt.Sprintf("A promotion applies by itself: %s of %s", licenses, offer),
		fmt.Sprintf("The price in the plan is with promotion %s, which the configuration does not name. It counts for the first term: a renewal may be at another price. Data source partnercenter_subscription has it as promotion_id.", escape.Terminal(promotion))
}
