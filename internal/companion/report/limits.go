// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

// Limits are what a pipeline lets pass.
type Limits struct {
	Most        []Money // of a currency; with any of them, a currency without one may not be spent
	NotUnpriced bool
}

// Exceeded says, in a sentence each, what in the report is beyond the limits. What is given back makes no room for a purchase.
func (l Limits) Exceeded(r *Report) []string {
	var exceeded []string
	sum := SumOf(r.Rows)
	for _, total := range sum.Totals {
		committed := Money{total.Committed, total.Currency}
		i := slices.IndexFunc(l.Most, func(m Money) bool { return m.Currency == total.Currency })
		switch {
		case len(l.Most) == 0 || total.Committed.IsZero():
		case i < 0:
			exceeded = append(exceeded, fmt.Sprintf("The plan commits to %s, and no limit in %s is given.", committed, total.Currency))
		case total.Committed.GreaterThan(l.Most[i].Amount):
			exceeded = append(exceeded, fmt.Sprintf("The plan commits to %s, above the limit of %s.", committed, l.Most[i]))
		}
	}
	if !l.NotUnpriced {
		return exceeded
	}
	if sum.Unpriced > 0 {
		exceeded = append(exceeded, "Not priced: "+words.Count(int64(sum.Unpriced), "change")+" that may cost money.")
	}
	if r.Errors {
		exceeded = append(exceeded, "The plan broke off with errors, so what is missing in it is not priced.")
	}
	return exceeded
}
