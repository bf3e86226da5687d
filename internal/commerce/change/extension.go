// SPDX-License-Identifier: MPL-2.0

package change

import "github.com/shopspring/decimal"

// What an extended service term costs, as a factor of the price of a month. See reference/commerce.md#terms-of-the-extended-service-term.
var (
	WithMonthlyPlan    = decimal.RequireFromString("1.03")
	WithoutMonthlyPlan = decimal.RequireFromString("1.23")
)

// Surcharge is such a factor in words, as in "3 percent".
func Surcharge(factor decimal.Decimal) string {
	return factor.Sub(decimal.NewFromInt(1)).Shift(2).String() + " percent"
}
