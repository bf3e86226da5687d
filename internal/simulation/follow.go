// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

var importID = regexp.MustCompile(`id = "([0-9a-fA-F-]{36}/[0-9a-fA-F-]{36})"`)

// soldIn is the currency that a limit has to be in, soldFor the term and billing cycle of what is taken over.
var (
	soldIn  = regexp.MustCompile(`Write the limit in ([A-Z]{3})`)
	soldFor = regexp.MustCompile(`It has term_duration = "(\w+)" and billing_cycle = "(\w+)": write that`)
)

var anyID = regexp.MustCompile(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// follow does what the messages of a run say, as somebody does who reads them. It is false where there was nothing to do.
func (s *Simulation) follow(w *Workspace, o *Outcome) bool {
	followed := false
	for _, address := range slices.Sorted(maps.Keys(o.Changes)) {
		c := o.Changes[address]
		l := s.lifeAt(w, address)
		if l != nil && len(c.Problems) > 0 {
			s.takeBackWhatLeft(l, c)
		}
		switch {
		case l == nil:
			followed = s.followMove(w, c) || followed || len(c.Problems) > 0
		case len(c.Problems) > 0:
			s.followProblem(l, c)
			followed = true
		case s.followWarnings(l, c):
			followed = true
		}
	}
	return followed
}

func (s *Simulation) followWarnings(l *life, c *Change) bool {
	become, waits := false, false
	s.takeBackWhatLeft(l, c)
	for _, text := range c.Warnings {
		become = become || strings.HasPrefix(text, "Renewed as scheduled") || strings.HasPrefix(text, "Subscription has become")
		waits = waits || strings.HasPrefix(text, "Purchase not finished")
	}
	if become && l.block() != nil {
		s.accept(l)
	}
	if waits && l.workspace.ID(l.address) == "" {
		s.waitForOrders(l)
	}
	return become || waits
}

// waits reports whether the outcome of a purchase is not known yet, and waits for it.
func (s *Simulation) waits(w *Workspace) bool {
	for _, l := range s.livesIn(w) {
		if w.Has(l.address) && w.ID(l.address) == "" {
			s.waitForOrders(l)
			return true
		}
	}
	return false
}

func textOf(c *Change) string {
	texts := make([]string, len(c.Problems))
	for i, p := range c.Problems {
		texts[i] = p.Title + ": " + p.Detail
	}
	return strings.Join(texts, "\n")
}

// existing is a warning of the plan that names what is there already: with another term it may be what is replaced, and no error.
func existing(c *Change) string {
	at := slices.IndexFunc(c.Warnings, func(text string) bool { return strings.HasPrefix(text, "Subscription exists already") })
	if at < 0 {
		return ""
	}
	return c.Warnings[at]
}

// followMove adds a moved block for an error at the old address of a renamed one.
func (s *Simulation) followMove(w *Workspace, c *Change) bool {
	text := textOf(c)
	return strings.Contains(text, "moved {") && slices.ContainsFunc(s.livesIn(w), func(l *life) bool { return s.moves(l, text) })
}

// followProblem does what an error says.
func (s *Simulation) followProblem(l *life, c *Change) {
	text := textOf(c)
	ids := importID.FindAllStringSubmatch(text+existing(c), -1)
	switch block := l.block(); {
	case slices.ContainsFunc(s.emu.UnfinishedOrders(l.customer), func(id string) bool { return strings.Contains(text, id) }):
		s.waitForOrders(l)
	case s.activates(l, text):
	case strings.Contains(text, "moved {") && s.moves(l, text):
	case strings.Contains(text, "terraform untaint") && l.workspace.Tainted(l.address) && strings.Contains(text, l.workspace.ID(l.address)):
		l.workspace.Taint(l.address, false)
	case len(ids) > 0 && l.workspace.Tainted(l.address) && s.record(l).Ended():
		l.workspace.Forget(l.address)
		s.importOne(l, ids)
	case len(ids) > 0 && !l.workspace.Has(l.address):
		s.importOne(l, ids)
	case len(ids) > 0 && s.importBeside(l, ids):
	case block == nil:
		s.restore(l)
	case soldIn.MatchString(text):
		block["price_limit"] = Configuration{"total": "90000", "currency": soldIn.FindStringSubmatch(text)[1]}
	case soldFor.MatchString(text):
		now := soldFor.FindStringSubmatch(text)
		block["term_duration"], block["billing_cycle"] = now[1], now[2]
	case strings.Contains(text, "require_price_limit"):
		block["price_limit"] = limitedTo("90000")
	case strings.Contains(text, "price_limit"):
		delete(block, "price_limit")
	case strings.Contains(text, "spending_limit"):
		delete(l.workspace.Settings, "spending_limit")
	case strings.Contains(text, "Make the cart again without it"):
		s.cartOfItsOwn(l)
	case strings.Contains(text, "another line of cart"): // the other one's message leads on
	case strings.Contains(text, "Wait until the order"): // it has come meanwhile
	case strings.Contains(text, "inconsistent final plan"), strings.Contains(text, "un plan again"), strings.Contains(text, "planned price"):
	case l.workspace.Has(l.address) && l.workspace.ID(l.address) == "" && strings.Contains(text, "scheduled_next_term_instructions") && block["scheduled_next_term_instructions"] != nil:
		delete(block, "scheduled_next_term_instructions") // of a purchase that has come meanwhile
	case l.workspace.ID(l.address) != "":
		s.accept(l)
		l.workspace.Taint(l.address, false)
	case l.before != nil && fmt.Sprint(l.before) != fmt.Sprint(block):
		l.workspace.Blocks[l.address], l.before = l.before, nil
	default:
		s.tell("%s: %s is given up", l.workspace.Name, l.address)
		l.over = true
		delete(l.workspace.Blocks, l.address)
		l.workspace.Forget(l.address)
	}
}

// activates sets up what a message names and what waits for it.
func (s *Simulation) activates(l *life, text string) bool {
	waiting := slices.DeleteFunc(anyID.FindAllString(text, -1), func(id string) bool {
		r := terraform.RecordOf(s.emu, l.customer, id)
		return !r.Waits() || r.Ended() || s.emu.Activate(l.customer, id) != nil
	})
	return len(waiting) > 0
}

// cartOfItsOwn takes all other lines out of the cart of a life.
func (s *Simulation) cartOfItsOwn(l *life) {
	cart, _ := l.block()["cart_id"].(terraform.Reference)
	lines, _ := l.workspace.Blocks[cart.Address]["line_items"].([]Configuration)
	at, _ := l.block()["cart_line_item"].(int)
	if at < len(lines) {
		l.workspace.Blocks[cart.Address]["line_items"] = lines[at : at+1]
		l.block()["cart_line_item"] = 0
		s.tell("%s: %s has the line of %s only", l.workspace.Name, cart.Address, l.address)
	}
}

// moves adds a moved block where what a message names, if it names anything, stands at another address of the same state.
func (s *Simulation) moves(l *life, text string) bool {
	named := anyID.FindAllString(text, -1)
	for _, address := range l.workspace.Addresses() {
		if _, configured := l.workspace.Blocks[address]; !configured && s.lifeAt(l.workspace, address) == nil && terraform.TypeOf(address) == terraform.SubscriptionType && numberOf(l.address) == numberOf(address) &&
			(len(named) == 0 || slices.Contains(named, l.workspace.ID(address))) {
			l.workspace.Move(address, l.address)
			s.tell("%s: %s is moved to %s", l.workspace.Name, address, l.address)
			return true
		}
	}
	return false
}

// numberOf is what an address keeps when its block is renamed.
func numberOf(address string) string {
	return strings.TrimRight(strings.SplitAfter(address, ".")[1], "x")[1:]
}

// importOne imports what a message names; the newest, where it names several.
func (s *Simulation) importOne(l *life, ids [][]string) {
	for _, found := range slices.Backward(ids) {
		if s.managed(strings.Split(found[1], "/")[1]) {
			continue
		}
		if l.block() == nil {
			return
		}
		if problems := l.workspace.Import(l.address, found[1]); len(problems) == 0 {
			l.over = false
			return
		}
	}
	if l.stuck++; l.stuck < 4 {
		return // another resource's purchase; the next run names this one's
	}
	s.tell("%s: %s is given up: everything that is named is managed", l.workspace.Name, l.address)
	l.over = true
	delete(l.workspace.Blocks, l.address)
	l.workspace.Forget(l.address)
}

// importBeside imports what a message names as a resource of its own, where the address has another one: a replacement of a run that broke off.
func (s *Simulation) importBeside(l *life, ids [][]string) bool {
	for _, found := range ids {
		id := strings.Split(found[1], "/")[1]
		r := terraform.RecordOf(s.emu, l.customer, id)
		if s.managed(id) || r == nil || s.owners[id] == nil {
			continue
		}
		beside := s.born(l.workspace, l.customer)
		l.workspace.Blocks[beside.address] = terraform.Everything(l.customer, r)
		l.workspace.Import(beside.address, found[1])
		s.accept(l)
		return true
	}
	return false
}

func (s *Simulation) takeBackWhatLeft(l *life, c *Change) {
	for _, text := range c.Warnings {
		if strings.HasPrefix(text, "Subscription left the state") || strings.HasPrefix(text, "Subscription leaves the state") && l.workspace.ID(l.address) == "" {
			s.takeBack(l, text)
		}
	}
}

// takeBack imports what left the state for a replacement that was not made.
func (s *Simulation) takeBack(l *life, text string) {
	for _, found := range importID.FindAllStringSubmatch(text, 1) {
		id := strings.Split(found[1], "/")[1]
		if l.workspace.Has(l.address) || s.managed(id) {
			continue
		}
		if r := terraform.RecordOf(s.emu, l.customer, id); r != nil && l.block() != nil && len(l.workspace.Import(l.address, found[1])) == 0 {
			l.released[id] = false
			l.block().Accept(r)
		}
	}
}

func (s *Simulation) managed(id string) bool {
	for _, w := range s.workspaces {
		for _, address := range w.Addresses() {
			if w.ID(address) == id {
				return true
			}
		}
	}
	return false
}

// restore puts the block of a resource back that could not be destroyed, with a policy that is possible.
func (s *Simulation) restore(l *life) {
	l.over = false
	if l.before == nil || l.workspace.ID(l.address) == "" {
		l.workspace.Forget(l.address)
		return
	}
	l.workspace.Blocks[l.address] = l.before.Clone()
	s.accept(l)
	l.block()["deletion_policy"] = "turn_off_auto_renew"
}

// accept configures what the record shows. What was scheduled already, and is configured, stays: nothing but the subscription's own end is a
// reason to lose it.
func (s *Simulation) accept(l *life) {
	block, r := l.block(), s.record(l)
	if r == nil {
		return
	}
	block.Accept(r)
	block["deletion_policy"] = "turn_off_auto_renew"
	delete(block, "price_limit")
	delete(l.workspace.Ignored, l.address)
	s.tell("%s: %s is configured as it is", l.workspace.Name, l.address)
}

// waitForOrders lets Microsoft finish what waits, and time pass.
func (s *Simulation) waitForOrders(l *life) {
	s.emu.FinishOrders()
	s.emu.Advance(time.Hour)
	s.tell("%s: %s waits: orders are completed, and an hour passes", l.workspace.Name, l.address)
}

// agree compares what a workspace with an empty plan says with what Partner Center has.
func (s *Simulation) agree(w *Workspace) {
	const invariant = "an empty plan is true"
	for _, l := range s.livesIn(w) {
		state, block := w.State(l.address), l.block()
		if block == nil || state == nil {
			continue
		}
		r := s.record(l)
		if r == nil {
			s.fail(invariant, "%s is in the state, and does not exist", l.address)
			continue
		}
		if missing := without(block.Missing(r), w.Ignored[l.address]); len(missing) > 0 && !r.Ended() {
			s.fail(invariant, "%s: the plan is empty, and %v is missing. Configuration:\n%srecord:%s", l.address, missing, block.HCL("    "), r.Brief())
		}
		product, sku := r.Item()
		want := map[string]any{
			"id": r.Text("id"), "product_id": product, "sku_id": sku, "quantity": r["quantity"], "status": r.Status(), "friendly_name": r["friendlyName"],
			"term_duration": r["termDuration"], "billing_cycle": r.ComingCycle(),
		}
		if !r.Dormant() && (r.Yes("autoRenewEnabled") || r.Ends()) {
			want["auto_renew_enabled"] = r.Yes("autoRenewEnabled") && !r.Cancels()
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if state[name] != want[name] {
				s.fail(invariant, "%s: the state has %s = %v, the record says %v", l.address, name, state[name], want[name])
			}
		}
	}
}

func without(names, ignored []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(ignored, name) })
}

// finally looks for what was paid for, and for what should have ended.
func (s *Simulation) finally() {
	for _, id := range slices.Sorted(maps.Keys(s.owners)) {
		l := s.owners[id]
		if r := terraform.RecordOf(s.emu, l.customer, id); !r.Ended() && !s.managed(id) && !l.released[id] && !l.another {
			s.fail("nothing paid for is lost", "%s, bought for %s, is in no state%s", id, l.address, r.Brief())
		}
	}
	for _, l := range s.lives {
		for id := range l.replaced {
			if r := terraform.RecordOf(s.emu, l.customer, id); !l.lost && !s.managed(id) && s.policies[id] != "abandon" && r.Yes("autoRenewEnabled") && !r.Dormant() && !r.Cancels() {
				s.fail("a replacement buys first", "%s was replaced, and goes on%s", id, r.Brief())
			}
		}
	}
}
