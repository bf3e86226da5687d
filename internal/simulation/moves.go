// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// moveAll is what happens to all of them: time passes, prices rise, and the service has a bad day.
func (s *Simulation) moveAll() {
	mode, refuses := emulator.PatchApplied, false
	switch s.random.IntN(14) {
	case 0:
		mode = emulator.PatchAccepted
	case 1:
		mode = emulator.PatchStale
	case 2:
		mode, s.sulking = emulator.PatchDropped, true
	case 3:
		refuses, s.sulking = true, true
	}
	s.troubled, s.delayed = s.sulking, mode == emulator.PatchAccepted
	s.serve(mode, refuses)
	if s.random.IntN(10) == 0 {
		s.emu.RotateAvailabilities()
	}
	s.market.more = 0
	if s.random.IntN(8) == 0 {
		s.market.more = float64(s.random.IntN(3)-1) * 0.25
	}
	var passed time.Duration
	switch s.random.IntN(8) {
	case 0:
		passed = time.Hour
	case 1:
		passed = 26 * time.Hour
	case 2:
		passed = 9 * 24 * time.Hour
	case 3:
		passed = 35 * 24 * time.Hour
	}
	if passed > 0 {
		s.emu.Advance(passed)
		s.clockMoved = true
	}
	s.tell("time passes: %s; updates are %s, refused by publishers: %t; prices rise by %g", passed, mode, refuses, s.market.more)
}

// move changes one life: mostly by the configuration, sometimes behind its back.
func (s *Simulation) move(l *life) {
	if l.over || l.workspace.ID(l.address) == "" {
		return // it is still to be bought, or ends
	}
	n := 1
	if s.random.IntN(5) == 0 {
		n = 2
	}
	for range n {
		what := ""
		if l.block() == nil || l.operated {
			break
		}
		if s.random.IntN(5) == 0 {
			what = s.drift(l)
		} else {
			what = s.configure(l)
		}
		if what != "" {
			s.tell("%s: %s: %s", l.workspace.Name, l.address, what)
		}
	}
	r := s.record(l)
	unsettled := l.block() != nil && l.block()["scheduled_next_term_instructions"] != nil && !r.Yes("autoRenewEnabled") // nothing else is changed before that is decided
	l.harmless = l.harmless && !unsettled && n == 1 && !s.sulking && !s.clockMoved && r.Status() == "active" && !r.Waits() && len(l.before.Missing(r)) == 0
}

func (s *Simulation) record(l *life) Record {
	return terraform.RecordOf(s.emu, l.customer, l.workspace.ID(l.address))
}

// drift is somebody in the portal, the publisher, or Microsoft.
func (s *Simulation) drift(l *life) string {
	r, id, changes := s.record(l), l.workspace.ID(l.address), map[string]any{}
	l.harmless = false
	if r.Ended() {
		return ""
	}
	switch s.random.IntN(10) {
	case 0:
		changes["quantity"] = r.Licenses() + 1 + s.random.IntN(3)
	case 1:
		changes["quantity"] = max(1, r.Licenses()-1-s.random.IntN(3))
	case 2:
		changes["friendlyName"] = fmt.Sprintf("renamed %d", s.random.IntN(100))
	case 3:
		if r.Status() == "suspended" {
			return ""
		}
		changes["autoRenewEnabled"], changes["scheduledActions"] = !r.Yes("autoRenewEnabled"), []any{}
	case 4:
		changes["partnerId"] = s.pick(emulator.ResellerRheinwerk, emulator.ResellerLoire)
	case 5:
		changes["status"] = s.pick("suspended", "active")
	case 6:
		if !r.NewCommerce() {
			return ""
		}
		action := s.pick("Cancel", "RenewToExtendedServiceTerm")
		if s.early {
			action = "Cancel"
		}
		changes["autoRenewEnabled"] = false
		changes["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": action}}
	case 7, 8:
		if s.emu.Activate(l.customer, id) != nil {
			return ""
		}
		return "the publisher activates it"
	case 9:
		if s.random.IntN(6) > 0 {
			return ""
		}
		changes["status"] = "deleted"
	}
	if err := s.emu.Drift(l.customer, id, changes); err != nil {
		return ""
	}
	return fmt.Sprintf("somebody sets %v", changes)
}

// configure changes the configuration.
func (s *Simulation) configure(l *life) string {
	block, r, harmless := l.block(), s.record(l), false
	set := func(name string, value any) string {
		block[name] = value
		if into, nested := value.(Configuration); nested {
			value = into.HCL(" ")
		}
		return fmt.Sprintf("configuration: %s = %v", name, value)
	}
	defer func() { l.harmless = l.harmless && harmless }()
	quantity, _ := block["quantity"].(int)
	switch s.random.IntN(18) {
	case 0, 1:
		return set("quantity", quantity+1+s.random.IntN(5))
	case 2:
		return set("quantity", max(1, quantity-1-s.random.IntN(4)))
	case 3:
		harmless = true
		return set("friendly_name", fmt.Sprintf("%s %d", l.name, s.random.IntN(100)))
	case 4:
		return set("partner_id", s.pick(emulator.ResellerRheinwerk, emulator.ResellerLoire, emulator.ResellerUnsigned))
	case 5, 6:
		harmless = block["scheduled_next_term_instructions"] == nil
		return set("auto_renew_enabled", s.random.IntN(2) == 0)
	case 7:
		name := s.pick("auto_renew_enabled", "suspended", "friendly_name", "billing_cycle", "term_duration", "scheduled_next_term_instructions")
		delete(block, name)
		return "configuration: no " + name
	case 8:
		return set("suspended", s.random.IntN(3) == 0)
	case 9, 10, 11:
		return s.setNextTerm(l, r, set)
	case 12:
		block["term_duration"] = s.pick("P1M", "P1Y", "P1Y", "P3Y")
		return set("billing_cycle", s.pick("monthly", "annual", "triennial"))
	case 13:
		return s.ignore(l)
	case 14:
		return s.end(l)
	case 15:
		return s.replace(l)
	case 16:
		return s.surgery(l)
	}
	harmless = true
	return set("deletion_policy", s.pick("turn_off_auto_renew", "cancel", "abandon", "prevent", "cancel_or_turn_off_auto_renew"))
}

// ignore lets something be changed elsewhere: lifecycle { ignore_changes }.
func (s *Simulation) ignore(l *life) string {
	name := s.pick("quantity", "auto_renew_enabled", "friendly_name", "scheduled_next_term_instructions")
	l.workspace.Ignored[l.address] = []string{name}
	switch name {
	case "quantity":
		l.block()["quantity"] = 1 + s.random.IntN(9)
	case "auto_renew_enabled":
		l.block()["auto_renew_enabled"] = s.random.IntN(2) == 0
	}
	l.block()["deletion_policy"] = s.pick("turn_off_auto_renew", "abandon")
	return "configuration: ignore_changes = [" + name + "]"
}

// end removes the block.
func (s *Simulation) end(l *life) string {
	delete(l.workspace.Blocks, l.address)
	l.over = true
	return "configuration: the block is removed"
}

// replace asks for another product, which only a purchase can give.
func (s *Simulation) replace(l *life) string {
	block := l.block()
	if block["cart_id"] != nil {
		return ""
	}
	block["product_id"], block["sku_id"], block["allow_replacement"] = s.pick(emulator.ProductDiagram, emulator.ProductOffice), "0001", s.random.IntN(4) > 0
	block["term_duration"], block["billing_cycle"] = "P1Y", "annual"
	delete(block, "scheduled_next_term_instructions")
	return fmt.Sprintf("configuration: product_id = %s, allow_replacement = %v", block["product_id"], block["allow_replacement"])
}

// surgery is what people do to states.
func (s *Simulation) surgery(l *life) string {
	product, _ := s.record(l).Item()
	if !l.harmless || l.block()["product_id"] != product || fmt.Sprint(l.before) != fmt.Sprint(l.block()) {
		return "" // one thing at a time: with another nickname or product nothing leads back to it
	}
	if bought, err := time.Parse(time.RFC3339, s.record(l).Text("creationDate")); s.late && err == nil && s.emu.Clock().Now().Sub(bought) < time.Hour {
		return "" // only a cart is safe before the lists show it
	}
	l.lost, l.operated = true, true
	again := 0
	if s.record(l).Ended() {
		again = 1 // a new block in place of what has ended, or a block without it, is how people have the product again
	}
	switch s.random.IntN(3) {
	case 0:
		l.workspace.Taint(l.address, true)
		return "it is tainted"
	case 1:
		if l.block()["on_existing"] == "purchase_another" || !l.isAsInCart() || l.block()["friendly_name"] != s.record(l).Text("friendlyName") {
			return "" // that asks for another one, or leaves nothing that it could be recognized by
		}
		l.workspace.Forget(l.address)
		l.wanted += again
		return "it is removed from the state"
	}
	l.wanted += again
	return s.rename(l, s.pick(l.address+"x", strings.Replace(l.address, ".l", ".a", 1)))
}

// rename gives the block another address, and writes no "moved".
func (s *Simulation) rename(l *life, to string) string {
	l.workspace.Blocks[to] = l.block()
	delete(l.workspace.Blocks, l.address)
	l.address, l.lost, l.operated = to, true, true
	return "the block is renamed to " + to
}

// isAsInCart holds for what is not bought from a cart, or is still configured as the cart has it.
func (l *life) isAsInCart() bool {
	cart, inCart := l.block()["cart_id"].(terraform.Reference)
	lines, _ := l.workspace.Blocks[cart.Address]["line_items"].([]Configuration)
	at, _ := l.block()["cart_line_item"].(int)
	return !inCart || at < len(lines) && lines[at]["quantity"] == l.block()["quantity"] && lines[at]["product_id"] == l.block()["product_id"] &&
		lines[at]["term_duration"] == l.block()["term_duration"] && lines[at]["billing_cycle"] == l.block()["billing_cycle"] &&
		lines[at]["friendly_name"] == l.block()["friendly_name"]
}

// setNextTerm asks for another next term; some make no sense.
func (s *Simulation) setNextTerm(l *life, r Record, set func(string, any) string) string {
	if !r.NewCommerce() && s.random.IntN(6) > 0 {
		return ""
	}
	into := Configuration{"product_id": l.block()["product_id"], "sku_id": l.block()["sku_id"], "quantity": 1 + s.random.IntN(30)}
	if into["product_id"] == emulator.ProductOffice && s.random.IntN(5) == 0 {
		into["product_id"] = emulator.ProductOfficePlus
	}
	pair := [][2]string{{"P1Y", "monthly"}, {"P1Y", "annual"}, {"P1M", "monthly"}}[s.random.IntN(3)]
	into["term_duration"], into["billing_cycle"] = pair[0], pair[1]
	if s.random.IntN(4) == 0 && r.NewCommerce() && !r.Yes("isTrial") {
		into["custom_term_end_date"] = s.lastDay(r.TermEnd(), pair[0])
	}
	return set("scheduled_next_term_instructions", into)
}

// lastDay is the end of a month in which a term of that length that follows another one may end, or, one in four times, cannot.
func (s *Simulation) lastDay(present time.Time, term string) string {
	begins, months := present.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1), map[string]int{"P1M": 1, "P1Y": 12}[term]
	in := s.random.IntN(months)
	switch s.random.IntN(8) {
	case 0:
		in = -1 - s.random.IntN(3)
	case 1:
		in = months + 1
	}
	return time.Date(begins.Year(), begins.Month()+time.Month(in)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
}
