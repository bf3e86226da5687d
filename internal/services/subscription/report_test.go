// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/report"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
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

// plannedChange is one change of a random plan.
type plannedChange struct {
	wish    wish
	before  object // of what there is already
	planned *tfprotov6.PlanResourceChangeResponse
}

// randomPlan plans and applies changes within one run, as a CLI does.
type randomPlan struct {
	*inProcess

	random  *rand.Rand
	server  tfprotov6.ProviderServer
	changes []*plannedChange
}

// newRandomPlan is a plan of some purchases, whose prices are asked for.
func newRandomPlan(t *testing.T, emu *emulator.Server, random *rand.Rand, name string) *randomPlan {
	t.Helper()
	p := &randomPlan{inProcess: newInProcess(t, emu), random: random, changes: randomPurchases(random, name)}
	p.server = p.startWith(wish{"quote_prices": true})
	return p
}

// more is the next plan: more licenses of the same, some days later.
func (p *randomPlan) more() {
	p.emu.Advance(time.Duration(p.random.IntN(20*24)) * time.Hour)
	for _, c := range p.changes {
		c.wish = maps.Clone(c.wish)
		c.wish["quantity"] = c.wish["quantity"].(int) + 1 + p.random.IntN(50)
	}
}

func (p *randomPlan) dynamicWish(w wish) *tfprotov6.DynamicValue {
	return p.dynamic(tfvalue(p.kind, w))
}

// prior is what there is, null for a purchase.
func (p *randomPlan) prior(c *plannedChange) *tfprotov6.DynamicValue {
	if c.before.state == nil {
		return p.dynamic(tftypes.NewValue(p.kind, nil))
	}
	return c.before.state
}

func (p *randomPlan) plan(c *plannedChange) {
	p.t.Helper()
	configured := p.attributes(p.dynamicWish(c.wish))
	known := p.attributes(p.prior(c))
	if c.before.state == nil {
		for _, a := range p.schema.Block.Attributes {
			known[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	var err error
	c.planned, err = p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: p.prior(c), ProposedNewState: p.dynamic(p.proposed(known, configured)), Config: p.dynamicWish(c.wish),
		PriorPrivate: c.before.private, PriorIdentity: c.before.identity,
	})
	if err != nil || acctest.HasError(c.planned.Diagnostics) {
		p.t.Fatalf("%v: %v %s", c.wish, err, texts(c.planned.Diagnostics))
	}
}

func (p *randomPlan) apply(c *plannedChange) {
	p.t.Helper()
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: p.prior(c), PlannedState: c.planned.PlannedState, Config: p.dynamicWish(c.wish),
		PlannedPrivate: c.planned.PlannedPrivate, PlannedIdentity: c.planned.PlannedIdentity,
	})
	if err != nil || acctest.HasError(applied.Diagnostics) {
		p.t.Fatalf("%v: %v %s", c.wish, err, texts(applied.Diagnostics))
	}
	c.before = object{applied.NewState, applied.NewIdentity, applied.Private, nil}
}

// reported is what the companion program counts in the plan, in EUR.
func (p *randomPlan) reported() decimal.Decimal {
	p.t.Helper()
	var changes []map[string]any
	for i, c := range p.changes {
		change := map[string]any{"actions": []string{"create"}, "after": plain(tftypes.NewValue(p.kind, p.attributes(c.planned.PlannedState)))}
		if c.before.state != nil {
			change["actions"], change["before"] = []string{"update"}, plain(tftypes.NewValue(p.kind, p.attributes(c.before.state)))
		}
		changes = append(changes, map[string]any{"address": fmt.Sprintf("%s.this[%d]", subscriptionType, i), "mode": "managed", "type": subscriptionType, "change": change})
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
	if sum.Unpriced != 0 || len(sum.Totals) != 1 || sum.Totals[0].Currency != "EUR" || len(r.Rows) != len(p.changes) {
		p.t.Fatalf("%d changes have the totals %+v", len(p.changes), sum)
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
	for _, c := range p.changes {
		names[c.wish["friendly_name"].(string)] = true
	}
	p.emu.Advance(time.Hour) // the list of orders lags
	sum, added := decimal.Zero, 0
	for id, order := range p.orders() {
		if _, known := before[id]; !known && names[order.LineItems[0].FriendlyName] {
			sum, added = sum.Add(order.Total), added+1
		}
	}
	if added != len(p.changes) {
		p.t.Fatalf("%d orders came of %d changes", added, len(p.changes))
	}
	return sum
}

// carryOut plans all changes, applies them, and returns what the report says and what the orders say.
func (p *randomPlan) carryOut() (reported, ordered decimal.Decimal) {
	p.t.Helper()
	for _, c := range p.changes {
		p.plan(c)
	}
	reported = p.reported()
	before := p.orders()
	for _, c := range p.changes {
		p.apply(c)
	}
	return reported, p.ordered(before)
}

// randomPurchases are one to three purchases.
func randomPurchases(random *rand.Rand, name string) []*plannedChange {
	var changes []*plannedChange
	for i := range 1 + random.IntN(3) {
		all := assortment()
		s := all[random.IntN(len(all))]
		changes = append(changes, &plannedChange{wish: wish{
			"customer_id": emulator.CustomerNordwind, "product_id": s.product, "sku_id": s.sku, "term_duration": s.term, "billing_cycle": s.cycle,
			"quantity": 1 + random.IntN(100), "friendly_name": fmt.Sprintf("%s-%d", name, i), "on_existing": "purchase_another",
		}})
	}
	return changes
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
			for n := range uint64(40 / emulators) {
				p := newRandomPlan(t, emu, rand.New(rand.NewPCG(seed, n)), fmt.Sprintf("r%d-%d", seed, n))
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
