// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// requests of a purchase, in the order they are sent.
var purchaseRequests = []emulator.Match{
	{Method: http.MethodGet, Pattern: "products/" + emulator.ProductArchive + "/skus/0001/availabilities"},
	{Method: http.MethodGet, Pattern: "subscriptions"},
	{Method: http.MethodPost, Pattern: "carts"},
	{Method: http.MethodPost, Pattern: "carts/*/checkout"},
	{Method: http.MethodGet, Pattern: "carts/*"},
	{Method: http.MethodGet, Pattern: "orders"},
	{Method: http.MethodGet, Pattern: "orders/*"},
	{Method: http.MethodGet, Pattern: "subscriptions/*"},
	{Method: http.MethodPatch, Pattern: "subscriptions/*"},
}

// what can go wrong with one request.
var purchaseFaults = map[string]emulator.Fault{
	"cut before the work":  {Kind: emulator.FaultDropBefore},
	"cut after the work":   {Kind: emulator.FaultDropAfter},
	"500":                  {Status: http.StatusInternalServerError, Code: 800003},
	"500 after the work":   {Status: http.StatusInternalServerError, Code: 800003, After: true},
	"503":                  {Kind: emulator.FaultHTML, Status: http.StatusServiceUnavailable},
	"429":                  {Status: http.StatusTooManyRequests, RetryAfter: 3},
	"truncated":            {Kind: emulator.FaultTruncate},
	"empty":                {Kind: emulator.FaultEmptyBody},
	"empty after the work": {Kind: emulator.FaultEmptyBody, After: true},
	"404":                  {Status: http.StatusNotFound, Code: 1000},
	"409 in progress":      {Status: http.StatusConflict, Code: 800060, After: true},
	"409 being processed":  {Status: http.StatusConflict, Code: 800064, After: true},
	"400 submitted":        {Status: http.StatusBadRequest, Code: 800065, After: true},
	"404 re-issued":        {Status: http.StatusNotFound, Code: 400019},
}

// how long it goes wrong: once, for the first and the second run and, with PARTNERCENTER_TEST_SPANS=all, longer than one call is repeated
// and for the whole first run.
var purchaseSpans = []struct {
	name  string
	times int
	runs  int
	usual bool
}{{"once", 1, 1, true}, {"four times", 4, 1, false}, {"the first run", -1, 1, false}, {"two runs", -1, 2, true}}

// All purchases of a run share one clock, which every wait advances; with more of them at a time, everything would time out.
const parallelism = "-parallelism=4"

// cell is one purchase of the matrix: a customer of its own, and what goes wrong for it.
type cell struct {
	name, customer string
	fault          emulator.Fault
	runs           int
}

func matrix(requests []emulator.Match) []cell {
	var cells []cell
	for _, request := range requests {
		for name, fault := range purchaseFaults {
			if request.Method == http.MethodGet && (fault.After || fault.Code == 400019) {
				continue // reading does no work, and only buying looks at availabilities
			}
			for _, span := range purchaseSpans {
				if !span.usual && os.Getenv("PARTNERCENTER_TEST_SPANS") != "all" {
					continue // make soak tries them, and internal/commerce/purchase its own matrix in one process
				}
				if request.Method == http.MethodGet && (span.times > 1 || span.runs > 1) {
					continue // what cannot be read for longer is not read differently
				}
				c := cell{customer: emulator.LargeCustomer(len(cells)), fault: fault, runs: span.runs}
				c.name = fmt.Sprintf("%s %s, %s, %s", request.Method, request.Pattern, name, span.name)
				c.fault.Times = span.times
				c.fault.Match = emulator.Match{Method: request.Method, Pattern: "/v1/customers/" + c.customer + "/" + request.Pattern}
				cells = append(cells, c)
			}
		}
	}
	return cells
}

// TestAccPurchase_matrix buys once for every cell of requests x faults x spans, and for every cell of the checkout under each answer that
// is possible after reference/commerce.md#checkout. After any number of applies exactly one subscription has been bought for each customer,
// and the plan is empty.
func TestAccPurchase_matrix(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	for name, test := range map[string]struct {
		requests []emulator.Match
		behave   func(*emulator.Behaviour)
	}{
		"every request but the checkout": {slices.Concat(purchaseRequests[:3], purchaseRequests[4:]), func(*emulator.Behaviour) {}},
		"a repeat is refused":            {theCheckout, func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatSubmitted }},
		"a repeat replays":               {theCheckout, func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatReplays }},
		"a repeat finds it busy":         {theCheckout, func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatBusy }},
		"a repeat finds it in progress":  {theCheckout, func(b *emulator.Behaviour) { b.RepeatedCheckout = emulator.RepeatInProgress }},
		"late, lagging and forgetful": {theCheckout, func(b *emulator.Behaviour) {
			b.SubscriptionIDAfter, b.SubscriptionIDAfterReads, b.ListLagReads = 10*time.Minute, 3, 0
			b.RepeatedRequests = emulator.RepeatedForgotten
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runMatrix(t, matrix(test.requests), test.behave)
		})
	}
}

// theCheckout is the request that spends the money.
var theCheckout = purchaseRequests[3:4]

func runMatrix(t *testing.T, cells []cell, behave func(*emulator.Behaviour)) {
	t.Helper()
	t.Logf("%d cells", len(cells))
	emu := emulator.New(emulator.LargeTenant(len(cells), 0), emulator.WithBehaviour(behave), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RequestsPerMinute = 0 }))
	t.Cleanup(emu.Close)
	w := acctest.NewWorkspace(t, emu, matrixConfig(cells), func(o *partnercenter.Options) {
		// Fewer repeats than people have: the same states, in a fraction of the requests.
		o.RequestsPerMinute, o.MaxRetries, o.PollInterval, o.MaxPollInterval = 1e6, 2, time.Second, 10*time.Second
	})

	for run := 1; run <= 2; run++ {
		// Nothing fails while planning, which would stop everything before anything is bought.
		if out, code := w.Run("plan", "-input=false", "-out=plan"); code != 0 {
			t.Fatalf("plan %d failed:\n%s", run, out)
		}
		for _, c := range cells {
			if run <= c.runs {
				emu.Fault(c.fault)
			}
		}
		out, _ := w.Run("apply", "-input=false", parallelism, "plan")
		for customer, n := range purchasesByCustomer(emu) {
			if n > 1 {
				t.Fatalf("customer %s has bought %d times after run %d:\n%s", customer, n, run, out)
			}
		}
		t.Logf("run %d: %d purchases, %d requests", run, len(emu.Purchases()), len(emu.Requests()))
		emu.ClearFaults()
		emu.Advance(time.Hour)
	}
	for range 3 { // what was half known is resolved by reading, what never happened is bought now
		w.MustApply(parallelism)
		emu.Advance(time.Hour)
	}
	w.MustPlanClean()

	bought, state := purchasesByCustomer(emu), w.State()
	for _, c := range cells {
		if bought[c.customer] != 1 {
			t.Errorf("%s: %d subscriptions were bought, want exactly one", c.name, bought[c.customer])
		}
	}
	for _, p := range emu.Purchases() {
		if got := state[fmt.Sprintf("partnercenter_subscription.cell[%q]", p.CustomerID)]["id"]; got != p.SubscriptionID {
			t.Errorf("customer %s bought %s, the state has %v", p.CustomerID, p.SubscriptionID, got)
		}
	}
	for _, v := range emu.Violations() {
		t.Errorf("breach of the protocol: %v", v)
	}
}

func purchasesByCustomer(emu *emulator.Server) map[string]int {
	bought := map[string]int{}
	for _, p := range emu.Purchases() {
		bought[p.CustomerID]++
	}
	return bought
}

func matrixConfig(cells []cell) string {
	customers := make([]string, len(cells))
	for i, c := range cells {
		customers[i] = fmt.Sprintf("%q", c.customer)
	}
	return fmt.Sprintf(`
resource "partnercenter_subscription" "cell" {
  for_each           = toset([%s])
  customer_id        = each.key
  product_id         = %q
  sku_id             = "0001"
  quantity           = 5
  friendly_name      = "cell"
  auto_renew_enabled = false
}
`, strings.Join(customers, ", "), emulator.ProductArchive)
}
