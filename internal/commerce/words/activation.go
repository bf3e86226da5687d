// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// SetUp says what a purchase of marketplace software still needs.
func SetUp(licenses, offer, publisher string) (title, text string) {
	return fmt.Sprintf("Lapses unless it is set up within 30 days: %s of %s", licenses, offer),
		fmt.Sprintf("After the purchase a person of the customer has to open its activation link (data source partnercenter_activation_links) and finish the set-up at %s; otherwise it lapses, and nothing is charged. "+
			"A plan that activates itself needs none of that, and is billed from the purchase on: the catalog does not say which plans do.", Publisher(publisher))
}

// AwaitsSetUp says until when a purchase can still be set up.
func AwaitsSetUp(publisher string, until time.Time) (title, text string) {
	return "Lapses on " + Day(until) + " unless it is set up",
		fmt.Sprintf("Its set-up at %s is not finished, and it has no term yet. Open its activation link (data source partnercenter_activation_links) and let the customer finish it; "+
			"otherwise Partner Center ends it, and nothing is charged.", Publisher(publisher))
}

// Lapsed says that a purchase was not set up in time, and what to write; block buys it again.
func Lapsed(id, publisher string, until time.Time, block string) (title, text string) {
	return "Purchase has lapsed, and nothing was charged", fmt.Sprintf("Subscription %s was not set up at %s by %s, so Partner Center has ended it. It stays in the state and is never bought again by itself. "+
		"To forget it, put this in place of its block, with its address:\n\nremoved {\n  from = partnercenter_subscription.NAME\n  lifecycle {\n    destroy = false\n  }\n}\n\n"+
		"To buy it again, at today's price, add beside it a block with another name:\n\n%s", escape.ID(id), Publisher(publisher), Day(until), block)
}
