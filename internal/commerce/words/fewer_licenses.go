// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// WentByUpgrade says where licenses went by a transition, as portals call it; the time is zero where it is not known.
func WentByUpgrade(licenses int64, toID, productID, skuID string, at time.Time) string {
	when := ""
	if !at.IsZero() {
		when = " on " + Day(at)
	}
	return fmt.Sprintf("%s went to subscription %s (product_id = %s, sku_id = %s) by an upgrade (transition)%s.", Count(licenses, "license"), escape.ID(toID), escape.HCL(productID), escape.HCL(skuID), when)
}

// BoughtAgain says that a change buys licenses which left the subscription by what is told in why, as sentences, or, where renewed is not
// zero, with its renewal.
func BoughtAgain(was, is, will int64, why []string, renewed time.Time) (title, text string) {
	title = fmt.Sprintf("Buys back what an upgrade took: %d more", will-is)
	if !renewed.IsZero() {
		why = append(why, fmt.Sprintf("Since its renewal on %s it has %s instead of %d.", Day(renewed), Count(is, "license"), was))
		title = fmt.Sprintf("Buys back what the renewal left out: %d more", will-is)
	}
	return title, fmt.Sprintf("%s The plan asks for %d, and buys %d more. If that is not wanted, write quantity = %d.", strings.Join(why, " "), will, will-is, is)
}
