// SPDX-License-Identifier: MPL-2.0

package world

import (
	"encoding/json"
	"testing"
	"time"
)

func TestMoney(t *testing.T) {
	for amount, text := range map[Money]string{Cents(420): "4.2", 0: "0", -25: "-0.0025", Cents(100): "1", Cents(359900).in("USD"): "3886.92"} {
		if amount.String() != text {
			t.Errorf("got %s, want %s", amount, text)
		}
		var again Money
		if err := json.Unmarshal([]byte(text), &again); err != nil || again != amount {
			t.Errorf("%s reads as %v, %v", text, again, err)
		}
	}
}

func TestAddMonthsStaysInTheMonth(t *testing.T) {
	for from, to := range map[string]string{"2026-01-31": "2026-02-28", "2026-01-15": "2026-02-15", "2027-12-31": "2028-01-31"} {
		start, _ := time.Parse(time.DateOnly, from)
		if got := AddMonths(start, 1).Format(time.DateOnly); got != to {
			t.Errorf("%s and a month: got %s, want %s", from, got, to)
		}
	}
}
