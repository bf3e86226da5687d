// SPDX-License-Identifier: MPL-2.0

package catalog

import "strings"

var (
	termMonths    = map[string]int64{"P1M": 1, "P1Y": 12, "P2Y": 24, "P3Y": 36}
	billingMonths = map[string]int64{"monthly": 1, "annual": 12, "biennial": 24, "triennial": 36}
)

// Months is the length of a term, 0 for one that is not known.
func Months(termDuration string) int64 { return termMonths[strings.ToUpper(termDuration)] }

// Charges is how many charges a term has; false where billing cycle and term do not fit, or are not known.
func Charges(termDuration, billingCycle string) (int64, bool) {
	billingCycle = strings.ToLower(billingCycle)
	if billingCycle == "one_time" || billingCycle == "none" {
		return 1, true
	}
	term, every := Months(termDuration), billingMonths[billingCycle]
	if term == 0 || every == 0 || term%every != 0 {
		return 0, false
	}
	return term / every, true
}
