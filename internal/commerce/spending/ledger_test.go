// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/shopspring/decimal"
)

func euros(value int64) *Amount { return &Amount{Value: decimal.NewFromInt(value), Currency: "EUR"} }

// What counts after each exit of a purchase of 100 EUR.
func TestReservation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		then func(r *Reservation)
		want int64
	}{
		"unknown outcome":                          {func(*Reservation) {}, 100},
		"refused":                                  {func(r *Reservation) { r.GiveBack(nil) }, 0},
		"refused, and told twice":                  {func(r *Reservation) { r.GiveBack(nil); r.GiveBack(nil) }, 0},
		"partly refused":                           {func(r *Reservation) { r.Settle(euros(40)) }, 40},
		"partly refused, then an error":            {func(r *Reservation) { r.Settle(euros(40)); r.GiveBack(nil) }, 40},
		"partly refused, then an order failed":     {func(r *Reservation) { r.Settle(euros(40)); r.GiveBack(euros(30)) }, 10},
		"the order of a part failed":               {func(r *Reservation) { r.GiveBack(euros(30)) }, 70},
		"more is given back than was reserved":     {func(r *Reservation) { r.GiveBack(euros(300)) }, 0},
		"a negative price is given back":           {func(r *Reservation) { r.GiveBack(euros(-30)) }, 100},
		"a negative price was ordered":             {func(r *Reservation) { r.Settle(euros(-30)) }, 0},
		"what was ordered has no price":            {func(r *Reservation) { r.Settle(nil) }, 100},
		"what was ordered has none, then an error": {func(r *Reservation) { r.Settle(nil); r.GiveBack(nil) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &Ledger{Limit: euros(1000)}
			r, err := l.Reserve(euros(100))
			if err != nil {
				t.Fatal(err)
			}
			test.then(r)
			if !l.spent.Equal(decimal.NewFromInt(test.want)) {
				t.Errorf("%s counts, want %d", l.spent, test.want)
			}
		})
	}
}

func TestReserve(t *testing.T) {
	t.Parallel()
	limited := &Ledger{Limit: euros(100)}
	for name, test := range map[string]struct {
		ledger *Ledger
		price  *Amount
		why    string
	}{
		"no ledger":             {nil, nil, ""},
		"no limit":              {&Ledger{}, nil, ""},
		"a negative price":      {limited, euros(-500), ""},
		"all of it":             {limited, euros(100), ""},
		"above it":              {&Ledger{Limit: euros(100)}, euros(101), "spending_limit is 100.00 EUR"},
		"an unknown price":      {&Ledger{Limit: euros(100)}, nil, "gives no price"},
		"in another currency":   {&Ledger{Limit: euros(100)}, &Amount{Value: decimal.NewFromInt(1), Currency: "USD"}, "different currencies"},
		"in the other spelling": {&Ledger{Limit: euros(100)}, &Amount{Value: decimal.NewFromInt(1), Currency: "eur"}, ""},
	} {
		r, err := test.ledger.Reserve(test.price)
		if test.why == "" && (err != nil || r == nil) || test.why != "" && (err == nil || !strings.Contains(err.Error(), test.why)) {
			t.Errorf("%s: %v", name, err)
		}
		if r != nil && name != "all of it" {
			r.Settle(test.price) // whatever the ledger is, this is safe
			r.GiveBack(nil)
		}
	}
}

// Many purchases share one ledger: together they never hold more than the limit, and what is given back is there for others.
func TestLedger_concurrent(t *testing.T) {
	t.Parallel()
	l := &Ledger{Limit: euros(500)}
	var held, kept atomic.Int64
	var purchases sync.WaitGroup
	for n := range 200 {
		purchases.Go(func() {
			r, err := l.Reserve(euros(50))
			if err != nil {
				return
			}
			if now := held.Add(50); now > 500 {
				t.Errorf("%d are reserved at once", now)
			}
			switch n % 3 {
			case 0:
				kept.Add(50)
			case 1:
				kept.Add(20)
				held.Add(-30)
				r.Settle(euros(20))
			default:
				held.Add(-50)
				r.GiveBack(nil)
			}
		})
	}
	purchases.Wait()
	if !l.spent.Equal(decimal.NewFromInt(kept.Load())) {
		t.Errorf("%s counts, want %d", l.spent, kept.Load())
	}
}

func TestLedger_quote(t *testing.T) {
	t.Parallel()
	l := &Ledger{Limit: euros(100)}
	for _, step := range []struct {
		price *Amount
		why   string
	}{
		{euros(60), ""}, {euros(-60), ""}, {euros(40), ""}, {euros(1), "add up to 101.00 EUR with this one of 1.00 EUR"},
		{nil, "gives no price"},
	} {
		if err := l.Quote(step.price); (err != nil) != (step.why != "") || err != nil && !strings.Contains(err.Error(), step.why) {
			t.Errorf("%v: %v", step.price, err)
		}
	}
	if err := (&Ledger{Limit: euros(100)}).Quote(euros(101)); err == nil || !strings.Contains(err.Error(), "this purchase costs 101.00 EUR") {
		t.Errorf("the first alone is above the limit: %v", err)
	}
	if err := (&Ledger{}).Quote(nil); err != nil {
		t.Errorf("without a limit: %v", err)
	}
}
