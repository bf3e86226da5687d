// SPDX-License-Identifier: MPL-2.0

package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Total adds up the rows of one currency.
type Total struct {
	Currency             string
	Committed, GivenBack decimal.Decimal // what is added, and what reductions take away, both without a sign
	PerMonth             decimal.Decimal // of what is added, less what is taken away
	MonthsUnknown        int             // rows with an amount that have none for a month
}

// Sum is the totals of some rows, and how many of them have no price.
type Sum struct {
	Totals   []Total // by currency
	Unpriced int
}

// CustomerSum is the sum of one customer.
type CustomerSum struct {
	CustomerID string
	Sum
}

// SumOf adds up rows.
func SumOf(rows []Row) Sum {
	var sum Sum
	byCurrency := map[string]*Total{}
	for i := range rows {
		row := &rows[i]
		if row.Unpriced {
			sum.Unpriced++
		}
		if row.Amount == nil {
			continue
		}
		total, known := byCurrency[row.Amount.Currency]
		if !known {
			total = &Total{Currency: row.Amount.Currency}
			byCurrency[total.Currency] = total
		}
		total.add(row)
	}
	for _, currency := range slices.Sorted(maps.Keys(byCurrency)) {
		sum.Totals = append(sum.Totals, *byCurrency[currency])
	}
	return sum
}

func (t *Total) add(row *Row) {
	if row.Amount.Amount.IsNegative() {
		t.GivenBack = t.GivenBack.Sub(row.Amount.Amount)
	} else {
		t.Committed = t.Committed.Add(row.Amount.Amount)
	}
	if row.PerMonth == nil || row.PerMonth.Currency != t.Currency {
		t.MonthsUnknown++
		return
	}
	t.PerMonth = t.PerMonth.Add(row.PerMonth.Amount)
}

// Customers are the sums of each customer that the plan spends for, those with something unpriced first, then by amount.
func (r *Report) Customers() []CustomerSum {
	rows := map[string][]Row{}
	for i := range r.Rows {
		if row := r.Rows[i]; row.Unpriced || row.Amount != nil {
			rows[row.CustomerID] = append(rows[row.CustomerID], row)
		}
	}
	var sums []CustomerSum
	for customer, own := range rows {
		sums = append(sums, CustomerSum{customer, SumOf(own)})
	}
	slices.SortFunc(sums, func(a, b CustomerSum) int {
		return cmp.Or(cmp.Compare(b.Unpriced, a.Unpriced), b.largest().Cmp(a.largest()), strings.Compare(a.CustomerID, b.CustomerID))
	})
	return sums
}

func (s *Sum) largest() decimal.Decimal {
	most := decimal.Zero
	for _, total := range s.Totals {
		most = decimal.Max(most, total.Committed)
	}
	return most
}

// Count is how many rows of each kind there are.
func (r *Report) Count() map[Kind]int {
	count := map[Kind]int{}
	for i := range r.Rows {
		count[r.Rows[i].Kind]++
	}
	return count
}
