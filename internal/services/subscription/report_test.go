// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/report"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// sold is what a random plan buys.
type sold struct{ product, sku, term, cycle string }

func assortment() []sold {
	return []sold{
		{emulator.ProductOffice, "0001", "P1M", "monthly"}, {emulator.ProductOffice, "0001", "P1Y", "monthly"}, {emulator.ProductOffice, "0001", "P1Y", "annual"},
		{emulator.ProductOffice, "0001", "P3Y", "monthly"}, {emulator.ProductOffice, "0001", "P3Y", "annual"}, {emulator.ProductOffice, "0001", "P3Y", "triennial"},
		{emulator.ProductOfficePlus, "0001", "P1Y", "monthly"}, {emulator.ProductDiagram, "0001", "P1Y", "annual"}, {emulator.ProductArchive, "0001", "P1Y", "annual"},
	}
}

// randomPlan plans and applies some purchases, and later more licenses of them.
type randomPlan struct {
	t         *testing.T
	emu       *emulator.Server
	random    *rand.Rand
	workspace *terraform.Workspace
}

// newRandomPlan is a plan of some purchases, whose prices are asked for.
func newRandomPlan(t *testing.T, emu *emulator.Server, random *rand.Rand, schemas *terraform.Schemas, name string) *randomPlan {
	t.Helper()
	p := &randomPlan{t: t, emu: emu, random: random, workspace: terraform.NewWorkspace(name, emu, schemas, t.Logf)}
	t.Cleanup(p.workspace.Close)
	p.workspace.Blocks = randomPurchases(random, name)
	return p
}

// more is the next plan: more licenses of the same, some days later.
func (p *randomPlan) more() {
	p.emu.Advance(time.Duration(p.random.IntN(20*24)) * time.Hour)
	for _, block := range p.workspace.Blocks {
		block["quantity"] = block["quantity"].(int) + 1 + p.random.IntN(50)
	}
}

// reported is what the companion program counts in the plan, in EUR.
func (p *randomPlan) reported(planned *terraform.Outcome) decimal.Decimal {
	p.t.Helper()
	var changes []map[string]any
	for address, c := range planned.Changes {
		change := map[string]any{"actions": []string{c.Action}, "after": c.Will}
		if p.workspace.Has(address) {
			change["before"] = p.workspace.State(address)
		}
		changes = append(changes, map[string]any{"address": address, "mode": "managed", "type": subscriptionType, "change": change})
	}
	text, err := json.Marshal(map[string]any{"format_version": "1.2", "resource_changes": changes})
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := report.Read(strings.NewReader(string(text)))
	if err != nil {
		p.t.Fatal(err)
	}
	sum := report.SumOf(r.Rows)
	if sum.Unpriced != 0 || len(sum.Totals) != 1 || sum.Totals[0].Currency != "EUR" || len(r.Rows) != len(p.workspace.Blocks) {
		p.t.Fatalf("%d changes have the totals %+v", len(p.workspace.Blocks), sum)
	}
	return sum.Totals[0].Committed
}

// placedOrder is an order with one line, as Partner Center tells of it.
type placedOrder struct {
	ID        string          `json:"id"`
	Total     decimal.Decimal `json:"totalPrice"`
	LineItems []struct {
		FriendlyName string `json:"friendlyName"`
	} `json:"lineItems"`
}

// orders are those of the customer.
func (p *randomPlan) orders() map[string]placedOrder {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.emu.URL+"/v1/customers/"+emulator.CustomerNordwind+"/orders?include_price=true", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+p.emu.IssueToken(emulator.TokenOptions{}))
	request.Header.Set("MS-Contract-Version", "v1")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var list struct {
		Items []placedOrder `json:"items"`
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || json.Unmarshal([]byte(strings.TrimPrefix(string(text), "\ufeff")), &list) != nil {
		p.t.Fatalf("HTTP %d, %v: %s", answer.StatusCode, err, text)
	}
	found := map[string]placedOrder{}
	for _, order := range list.Items {
		found[order.ID] = order
	}
	return found
}

// ordered is what the orders since then cost, in whole terms: one order for each change.
func (p *randomPlan) ordered(before map[string]placedOrder) decimal.Decimal {
	p.t.Helper()
	names := map[string]bool{}
	for _, block := range p.workspace.Blocks {
		names[block["friendly_name"].(string)] = true
	}
	p.emu.Advance(time.Hour) // the list of orders lags
	sum, added := decimal.Zero, 0
	for id, order := range p.orders() {
		if _, known := before[id]; !known && names[order.LineItems[0].FriendlyName] {
			sum, added = sum.Add(order.Total), added+1
		}
	}
	if added != len(p.workspace.Blocks) {
		p.t.Fatalf("%d orders came of %d changes", added, len(p.workspace.Blocks))
	}
	return sum
}

// carryOut plans and applies, and returns what the report says and what the orders say.
func (p *randomPlan) carryOut() (reported, ordered decimal.Decimal) {
	p.t.Helper()
	before := p.orders()
	outcome := p.workspace.Apply(func(planned *terraform.Outcome) { reported = p.reported(planned) })
	if problems := outcome.Problems(); len(problems) > 0 {
		p.t.Fatal(problems)
	}
	return reported, p.ordered(before)
}

// randomPurchases are one to three purchases.
func randomPurchases(random *rand.Rand, name string) map[string]configuration {
	blocks := map[string]configuration{}
	for i := range 1 + random.IntN(3) {
		all := assortment()
		s := all[random.IntN(len(all))]
		blocks[fmt.Sprintf("%s.this%d", subscriptionType, i)] = configuration{
			"customer_id": emulator.CustomerNordwind, "product_id": s.product, "sku_id": s.sku, "term_duration": s.term, "billing_cycle": s.cycle,
			"quantity": 1 + random.IntN(100), "friendly_name": fmt.Sprintf("%s-%d", name, i), "on_existing": "purchase_another",
		}
	}
	return blocks
}

// TestReport_ofRandomPlans compares what the companion program says of 200 plans with the orders that come of them: to the cent for
// purchases, and not below for more licenses, some time into the term.
func TestReport_ofRandomPlans(t *testing.T) {
	t.Parallel()
	const emulators = 10
	for seed := range uint64(emulators) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			for n := range uint64(20 / emulators) {
				p := newRandomPlan(t, emu, rand.New(rand.NewPCG(seed, n)), schemas, fmt.Sprintf("r%d-%d", seed, n))
				if reported, ordered := p.carryOut(); !reported.Equal(ordered) {
					t.Errorf("purchases: the report says %s, the orders %s", reported, ordered)
				}
				p.more()
				if reported, ordered := p.carryOut(); reported.LessThan(ordered) {
					t.Errorf("more licenses: the report says %s, the orders %s", reported, ordered)
				}
			}
		})
	}
}
