// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Invariants are what holds after each step, by the names that failures begin with.
var Invariants = map[string]string{
	"one wish buys once":                   "Of nothing more is bought than somebody wanted, whatever fails and however often it is planned.",
	"only what was planned is bought":      "A purchase has product, licenses, term, billing cycle and price of a plan that was approved in the same run.",
	"limits hold":                          "No checkout exceeds price_limit or spending_limit, or goes without a price_limit that is required.",
	"a plan writes nothing":                "Refreshing and planning send nothing that changes something; a cart commits to nothing.",
	"only what was planned is sent":        "A change sends what Partner Center has, or what was planned, to the subscription that the plan is about.",
	"what was not bought was not":          "After a message that nothing was bought, nothing was.",
	"what others change stays":             "A change overwrites nothing that has become another since its plan was made.",
	"a replacement buys first":             "What is replaced ends after the new subscription has been bought, and then it does end, unless it is abandoned.",
	"a renewal is not bought back":         "A plan does not buy back the licenses that a renewal gave up as scheduled.",
	"nothing paid for is lost":             "What was bought is in a state, has been ended or given up by a plan, or has ended.",
	"two applies are enough":               "Once nothing fails any more, and the configuration follows the messages, two applies come to an empty plan.",
	"an empty plan is true":                "When a plan is empty, Partner Center has what is configured, what is scheduled included, and the state says the same.",
	"one subscription has one address":     "No two addresses have the same subscription.",
	"a purchase is kept":                   "What a run bought is in the state as it is: not tainted, and not something else that has ended.",
	"what is scheduled stays":              "A change that plans nothing about the renewal leaves what is scheduled for it.",
	"a cart is checked out once":           "A cart that was read as ordered is not checked out.",
	"a refusal is explained":               "While nothing fails, an error has a reason, and comes at plan where the plan can know it.",
	"what is possible succeeds":            "A single harmless change of an active subscription succeeds while nothing fails.",
	"the provider keeps Terraform's rules": "Plans and results are consistent, and nothing is unknown after an apply.",
	"the provider keeps the protocol":      "One call has one MS-RequestId, and Retry-After is obeyed.",
}

// observe looks at each request of a run when it is sent.
func (s *Simulation) observe(w *Workspace, c *Change, sent Request) {
	s.Counts.Requests++
	switch {
	case !sent.Writes():
	case sent.Planning:
		s.fail("a plan writes nothing", "%s sends %s %s", w.Name, sent.Method, terraform.Short(sent.Path))
	case strings.HasSuffix(sent.Path, "/checkout"):
		s.observeCheckout(w, c, sent)
	case strings.Contains(sent.Path, "/subscriptions/"):
		s.observeChange(w, c, sent)
	}
}

func lastPart(path string, n int) string {
	parts := strings.Split(path, "/")
	return parts[max(0, len(parts)-n)]
}

func (s *Simulation) observeCheckout(w *Workspace, c *Change, sent Request) {
	if !c.Buys() {
		s.fail("only what was planned is bought", "the plan is to %s %s, and a cart is checked out", c.Action, c.Address)
		return
	}
	id := lastPart(sent.Path, 2)
	total, known := s.market.totals[id]
	if !known {
		return
	}
	commitment, _ := c.Will["commitment"].(map[string]any)
	planned, priced := amount(commitment["total"])
	block := w.Blocks[c.Address]
	if fromCart := block["cart_id"] != nil; priced && !fromCart && abs(planned-total) > 0.005 {
		s.fail("only what was planned is bought", "%s costs %g, and %g was planned", c.Address, total, planned)
	}
	if w.Settings["require_price_limit"] == true && block["price_limit"] == nil {
		s.fail("limits hold", "%s is bought without a price_limit, and the provider requires one", c.Address)
	}
	if limit, limited := limitOf(block["price_limit"], "total"); limited && block["cart_id"] == nil && total > limit+0.005 {
		s.fail("limits hold", "%s costs %g, and its price_limit is %g", c.Address, total, limit)
	}
	if s.market.ordered[id] {
		s.fail("a cart is checked out once", "%s checks out cart %s, which was read as ordered", c.Address, id)
	}
	s.spent[w][id] = total
}

// judgeSpending compares what a run has really bought with the spending limit.
func (s *Simulation) judgeSpending(w *Workspace) {
	limit, limited := limitOf(w.Settings["spending_limit"], "amount")
	if !limited || s.fails { // of an order that fails nobody knows the price of what is left
		return
	}
	sum, bought := 0.0, map[string]bool{}
	for _, p := range s.emu.Purchases() {
		if !bought[p.CartID] {
			bought[p.CartID] = true
			sum += s.spent[w][p.CartID]
		}
	}
	if sum > limit+0.005 {
		s.fail("limits hold", "%s buys for %g in one run, and its spending_limit is %g", w.Name, sum, limit)
	}
}

func limitOf(block any, name string) (float64, bool) {
	limit, _ := block.(Configuration)
	return amount(limit[name])
}

func amount(value any) (float64, bool) {
	text, _ := value.(string)
	got, err := strconv.ParseFloat(text, 64)
	return got, err == nil
}

func abs(x float64) float64 { return max(x, -x) }

// observeChange looks at the body of an update, which is the whole subscription.
func (s *Simulation) observeChange(w *Workspace, c *Change, sent Request) {
	const invariant = "only what was planned is sent"
	if c == nil {
		return // an action
	}
	l := s.lifeAt(w, c.Address)
	if l == nil {
		return
	}
	id := strings.Split(sent.Path, "/subscriptions/")[1]
	var body Record
	if err := json.Unmarshal([]byte(sent.Body), &body); err != nil {
		return // another request than an update
	}
	own := w.ID(c.Address)
	bought := slices.ContainsFunc(s.emu.Purchases(), func(p world.Purchase) bool { return p.SubscriptionID == id })
	if id != own && !l.released[id] && id != c.Will["id"] && !bought {
		s.fail(invariant, "%s changes %s, which is not its own", c.Address, id)
	}
	r := terraform.RecordOf(s.emu, l.customer, id)
	if r == nil || s.observeEnd(l, c, id, body, r) || id != own && own != "" {
		return
	}
	if prior, _ := w.State(c.Address)["quantity"].(float64); own == id && body.Licenses() != r.Licenses() && prior != float64(r.Licenses()) {
		s.fail("what others change stays", "%s asks for %d licenses, the plan was made with %g, and there are %d", c.Address, body.Licenses(), prior, r.Licenses())
	}
	planned := func(name string) any { return c.Will[name] }
	if got := body.Licenses(); got != r.Licenses() && float64(got) != planned("quantity") {
		s.fail(invariant, "%s asks for %d licenses, there are %d, and %v were planned", c.Address, got, r.Licenses(), planned("quantity"))
	}
	if will, known := planned("quantity").(float64); known && body.Text("termDuration") != r.Text("termDuration") && body.Text("termDuration") != "" && float64(body.Licenses()) > will {
		s.fail(invariant, "%s asks for a term of %s with %d licenses, and %g were planned", c.Address, body.Text("termDuration"), body.Licenses(), will)
	}
	for member, name := range map[string]string{"termDuration": "term_duration", "friendlyName": "friendly_name", "partnerId": "partner_id"} {
		if got := body.Text(member); got != "" && got != r.Text(member) && got != planned(name) {
			s.fail(invariant, "%s asks for %s %q, it is %q, and %v was planned", c.Address, member, got, r.Text(member), planned(name))
		}
	}
	switch got := body.Status(); {
	case got == r.Status() || got == "":
	case got == "suspended" && planned("suspended") == true, got == "active" && planned("suspended") == false:
	default:
		s.fail(invariant, "%s asks for status %s, it is %s, and suspended = %v was planned", c.Address, got, r.Status(), planned("suspended"))
	}
	if got := body.Yes("autoRenewEnabled"); got && !r.Yes("autoRenewEnabled") && planned("auto_renew_enabled") != true && r.Status() == "active" {
		s.fail(invariant, "%s switches the renewal on, and auto_renew_enabled = %v was planned", c.Address, planned("auto_renew_enabled"))
	}
}

// observeEnd looks at an update that ends or gives up a subscription; it is false for another.
func (s *Simulation) observeEnd(l *life, c *Change, id string, body, r Record) bool {
	if c.Action != "destroy" && !l.released[id] {
		return false
	}
	if c.Action == "replace" && !l.lost && s.boughtNow(l) == 0 {
		s.fail("a replacement buys first", "%s gives up %s, and nothing has been bought for it", c.Address, id)
	}
	if policy := s.policies[id]; body.Status() == "deleted" && r.Status() != "deleted" && !strings.HasPrefix(policy, "cancel") {
		s.fail("only what was planned is sent", "%s is canceled, and its deletion_policy is %q", id, policy)
	}
	return true
}

// boughtNow counts what has been bought for a life since its last plan was approved.
func (s *Simulation) boughtNow(l *life) int {
	n := 0
	for _, p := range s.emu.Purchases()[s.checked:] {
		if p.CustomerID == l.customer {
			n++
		}
	}
	return n
}

// approveChange looks at a plan of one resource before it is carried out.
func (s *Simulation) approveChange(w *Workspace, l *life, c *Change) {
	state := w.State(c.Address)
	if c.Action == "destroy" || c.Action == "replace" {
		policy, _ := state["deletion_policy"].(string)
		s.policies[w.ID(c.Address)] = policy
	}
	if c.Action != "update" {
		return
	}
	block, r := l.block(), s.record(l)
	l.scheduled = nil
	next := state["scheduled_next_term_instructions"]
	lagging := next != nil && r.NextTerm() == nil || s.delayed && l.lost // what a crashed change drops may still show; to put it back is right
	if reflect.DeepEqual(next, c.Will["scheduled_next_term_instructions"]) && !lagging {
		l.scheduled = r
	}
	commitment, _ := c.Will["commitment"].(map[string]any)
	total, priced := amount(commitment["total"])
	before, _ := state["commitment"].(map[string]any)
	was, _ := amount(before["total"])
	if limit, limited := limitOf(block["price_limit"], "total"); limited && priced && total > was && total > limit+0.005 {
		s.fail("limits hold", "%s comes to %g, and its price_limit is %g", c.Address, total, limit)
	}
	will, _ := c.Will["quantity"].(float64)
	renewed := l.renewal.NextTerm() != nil && r.TermEnd().After(l.renewal.TermEnd()) && r.Licenses() == l.renewal.NextTerm()["quantity"]
	asked := block["scheduled_next_term_instructions"] != nil && !slices.Contains(w.Ignored[l.address], "scheduled_next_term_instructions") // ignored, they are gone with the renewal
	if renewed && asked && block["quantity"] == l.quantity && int(will) != r.Licenses() {
		s.fail("a renewal is not bought back", "%s renewed with %d licenses, and the plan is to have %g", c.Address, r.Licenses(), will)
	}
}

// approve notes what the plan of a run was, which nobody objects to.
func (s *Simulation) approve(w *Workspace, o *Outcome) {
	s.spent[w] = map[string]float64{}
	for _, address := range slices.Sorted(maps.Keys(o.Changes)) {
		c, l := o.Changes[address], s.lifeAt(w, address)
		if l == nil { // nobody's any more, or renamed
			if owner := s.owners[w.ID(address)]; c.Action == "destroy" && owner != nil && owner.over {
				owner.released[w.ID(address)] = true
			}
			continue
		}
		s.approveChange(w, l, c)
		l.boughtBefore = s.boughtFor(l)
		if id := w.ID(address); id != "" && (c.Action == "destroy" || c.Action == "replace") {
			if !l.replaced[id] && c.Buys() {
				l.wanted++
				l.replaced[id] = true
			}
			l.released[id] = true
			if owner := s.owners[id]; owner != nil { // it was bought for another block
				owner.released[id] = true
			}
		}
		if c.Buys() && c.Action == "create" && l.wanted == 0 && s.neverThere(l, c) {
			l.wanted = 1
		}
		if c.Buys() {
			s.approved = append(s.approved, approval{c, l})
			for i := range s.refusals {
				s.refusals[i].again = s.refusals[i].again || s.refusals[i].life == l // another run tries it
			}
		}
	}
}

// neverThere holds for the block of an adoption when what it was to take over has become another product, or has ended: it buys then, as its
// plan says.
func (s *Simulation) neverThere(l *life, c *Change) bool {
	r := terraform.RecordOf(s.emu, l.customer, l.id)
	product, sku := r.Item()
	return l.id != "" && (r.Ended() || product != c.Will["product_id"] || sku != c.Will["sku_id"])
}

// judge looks at a run that has ended.
func (s *Simulation) judge(w *Workspace, o *Outcome) {
	s.Counts.Runs++
	for _, l := range s.livesIn(w) {
		l.lost = l.lost || s.troubled
		c := o.Changes[l.address]
		if o.Crashed && l.block()["on_existing"] == "purchase_another" && (!w.Has(l.address) || c != nil && c.Buys()) {
			l.another = true // it buys whatever is there, and nobody is led to what was bought before
			l.wanted++
		}
	}
	for _, breach := range w.Breaches() {
		s.fail("the provider keeps Terraform's rules", "%s", breach)
	}
	for _, v := range s.emu.Violations() {
		s.fail("the provider keeps the protocol", "%s", v)
	}
	if n := s.emu.ThrottleReport().EarlyRetries; n > 0 {
		s.fail("the provider keeps the protocol", "%d calls were repeated before Retry-After was over", n)
	}
	s.judgePurchases()
	s.judgeSpending(w)
	for _, address := range slices.Sorted(maps.Keys(o.Changes)) {
		s.judgeChange(w, o.Changes[address])
		s.judgeResult(w, o, o.Changes[address])
	}
	s.judgeRefusals()
	s.judgeAddresses()
}

// judgeResult looks at what a change has left in the state and at Partner Center.
func (s *Simulation) judgeResult(w *Workspace, o *Outcome, c *Change) {
	l := s.lifeAt(w, c.Address)
	if l == nil || !c.Applied || o.Crashed {
		return
	}
	r := s.record(l)
	if id := w.ID(c.Address); c.Buys() && id != "" && (len(c.Problems) == 0 || !l.released[id]) { // what a refused replacement leaves as it was
		if w.Tainted(c.Address) {
			s.fail("a purchase is kept", "%s has bought %s, and is tainted", c.Address, id)
		}
		if r.Ended() {
			s.fail("a purchase is kept", "%s has bought something, and has what has ended:%s", c.Address, r.Brief())
		}
	}
	if was := l.scheduled; c.Action == "update" && len(c.Problems) == 0 && was != nil && !s.sulking && was.Yes("autoRenewEnabled") && r.Yes("autoRenewEnabled") &&
		!was.Dormant() && !r.Dormant() && was.TermEnd().Equal(r.TermEnd()) && !maps.Equal(was.NextTerm(), r.NextTerm()) {
		s.fail("what is scheduled stays", "%s plans nothing about the renewal, for which %v was scheduled, and is %v now", c.Address, was.NextTerm(), r.NextTerm())
	}
}

func (s *Simulation) judgeAddresses() {
	at := map[string]string{}
	for _, w := range s.workspaces {
		for _, address := range w.Addresses() {
			id := w.ID(address)
			if other, taken := at[id]; taken && id != "" && terraform.TypeOf(address) == terraform.SubscriptionType {
				s.fail("one subscription has one address", "%s is %s, and %s of %s", id, other, address, w.Name)
			}
			at[id] = address + " of " + w.Name
		}
	}
}

func (s *Simulation) judgeChange(w *Workspace, c *Change) {
	l := s.lifeAt(w, c.Address)
	left := slices.ContainsFunc(c.Warnings, func(text string) bool {
		return strings.HasPrefix(text, "Subscription left the state") || strings.HasPrefix(text, "Replaced subscription was not ended")
	})
	if l != nil && c.Action == "replace" && (c.Applied && len(c.Problems) > 0 || left) {
		l.lost = true // it left the state, and what was to take its place was not bought
	}
	for _, p := range c.Problems {
		s.Counts.Refusals++
		if l == nil {
			continue
		}
		if strings.Contains(p.Detail, "othing was bought") && p.Applying && c.Buys() {
			s.refusals = append(s.refusals, refusal{life: l, text: fmt.Sprintf("%s: %s", c.Address, p), bought: l.boughtBefore, wanted: l.wanted})
		}
		if !s.troubled && !s.explained(l, p) {
			s.fail("a refusal is explained", "%s: %s", c.Address, p)
		}
		if !s.troubled && l.harmless && !s.sulking && c.Action == "update" && !strings.Contains(p.Detail, "spending_limit") { // met at apply, if nothing was quoted
			s.fail("what is possible succeeds", "%s: %s", c.Address, p)
		}
	}
}

// boughtFor counts the purchases of a life, without those that lapsed before anybody was charged: what was bought so may be bought again.
func (s *Simulation) boughtFor(l *life) int {
	n := 0
	for id, owner := range s.owners {
		if owner == l && !terraform.RecordOf(s.emu, l.customer, id).Lapsed() {
			n++
		}
	}
	return n
}

// judgePurchases looks at what has been bought since the last time: it has to be what a plan that was approved says.
func (s *Simulation) judgePurchases() {
	all := s.emu.Purchases()
	for _, p := range all[s.checked:] {
		s.Counts.Purchases++
		r := terraform.RecordOf(s.emu, p.CustomerID, p.SubscriptionID)
		at := slices.IndexFunc(s.approved, func(a approval) bool { return isPlanned(a.change, r, p) && s.boughtFor(a.life) < a.life.wanted })
		if at < 0 { // or it is one too many
			at = slices.IndexFunc(s.approved, func(a approval) bool { return isPlanned(a.change, r, p) })
		}
		if at < 0 {
			s.fail("only what was planned is bought", "no plan has%s", r.Brief())
			continue
		}
		l := s.approved[at].life
		s.owners[p.SubscriptionID] = l
		s.tell("bought: %s for %s", p.SubscriptionID, l.address)
		if n := s.boughtFor(l); n > l.wanted {
			s.fail("one wish buys once", "%s is bought %d times, and wanted %d times", l.address, n, l.wanted)
		}
	}
	s.checked = len(all)
}

// judgeRefusals looks whether what was said not to be bought has been bought, in that run or later without another plan.
func (s *Simulation) judgeRefusals() {
	for _, said := range s.refusals {
		if s.boughtFor(said.life) > said.bought && said.wanted == said.life.wanted && !said.again {
			s.fail("what was not bought was not", "%s", said.text)
		}
	}
}

func isPlanned(c *Change, r Record, p world.Purchase) bool {
	product, sku := r.Item()
	is := func(name string, value any) bool { return c.Will[name] == nil || c.Will[name] == value }
	return is("customer_id", p.CustomerID) && is("product_id", product) && is("sku_id", sku) && is("friendly_name", r.Text("friendlyName")) &&
		is("quantity", float64(p.Quantity)) && is("term_duration", r.Text("termDuration")) && is("billing_cycle", r.Text("billingCycle"))
}
