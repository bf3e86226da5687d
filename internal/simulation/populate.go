// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// family is a subscription of the sample tenant, of each kind that the resource manages.
type family struct{ name, customer, id string }

var families = []family{
	{"saas", emulator.CustomerNordwind, emulator.SubscriptionMailGuard},
	{"saas_fresh", emulator.CustomerNordwind, emulator.SubscriptionBackup},
	{"saas_flat", emulator.CustomerNordwind, emulator.SubscriptionTimesheet},
	{"saas_unactivated", emulator.CustomerNordwind, emulator.SubscriptionUnactivated},
	{"saas_trial", emulator.CustomerAtelier, emulator.SubscriptionTrial},
	{"saas_reseller", emulator.CustomerAtelier, emulator.SubscriptionReseller},
	{"saas_years", emulator.CustomerAlpenblick, emulator.SubscriptionMultiYear},
	{"nce", emulator.CustomerNordwind, emulator.SubscriptionOffice},
	{"nce_fresh", emulator.CustomerNordwind, emulator.SubscriptionFreshOffice},
	{"nce_years", emulator.CustomerNordwind, emulator.SubscriptionThreeYears},
	{"nce_scheduled", emulator.CustomerAtelier, emulator.SubscriptionScheduled},
	{"nce_cancelling", emulator.CustomerHarbour, emulator.SubscriptionCancelling},
	{"nce_suspended", emulator.CustomerHarbour, emulator.SubscriptionSuspended},
	{"nce_lapsing", emulator.CustomerTulpenveld, emulator.SubscriptionLapsing},
	{"nce_extended", emulator.CustomerTulpenveld, emulator.SubscriptionExtended},
	{"nce_trial", emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial},
	{"nce_nonprofit", emulator.CustomerHilfswerk, emulator.SubscriptionCharity},
}

// wares are what is bought, with a pair of term and billing cycle that it is sold with; a third of the time both are left out where there is
// only one.
var wares = []struct {
	product, term, cycle string
	single               bool
}{
	{emulator.ProductArchive, "P1Y", "annual", true},
	{emulator.ProductOffice, "P1Y", "monthly", false},
	{emulator.ProductOffice, "P1M", "monthly", false},
	{emulator.ProductOffice, "P3Y", "annual", false},
	{emulator.ProductDiagram, "P1Y", "annual", false},
	{emulator.ProductMailGuard, "P1Y", "monthly", false},
	{emulator.ProductBackup, "P1M", "monthly", false},
}

var buyers = []string{emulator.CustomerKaffeehaus, emulator.CustomerNordwind, emulator.CustomerTulpenveld}

// populate begins with one or two workspaces of one customer, with some lives each.
func (s *Simulation) populate() {
	customer := buyers[s.random.IntN(len(buyers))]
	taken := map[string]bool{}
	for range 1 + s.random.IntN(2) {
		w := s.workspace()
		if s.random.IntN(5) == 0 {
			w.Settings["spending_limit"] = Configuration{"amount": s.pick("150", "900", "20000"), "currency": "EUR"}
		}
		if s.random.IntN(10) == 0 {
			w.Settings["require_price_limit"] = true
		}
		for range 1 + s.random.IntN(2) {
			switch s.random.IntN(8) {
			case 0, 1, 2:
				s.buys(w, customer)
			case 3:
				s.buysFromCart(w, customer)
			default:
				s.takesOver(w, families[s.random.IntN(len(families))], taken)
			}
		}
	}
	s.Counts.Lives += len(s.lives)
}

func (s *Simulation) born(w *Workspace, customer string) *life {
	s.names++
	l := &life{workspace: w, name: fmt.Sprintf("site %d", s.names), address: fmt.Sprintf("%s.l%d", terraform.SubscriptionType, s.names), customer: customer, released: map[string]bool{}, replaced: map[string]bool{}}
	s.lives = append(s.lives, l)
	return l
}

// buys begins a life with a purchase.
func (s *Simulation) buys(w *Workspace, customer string) *life {
	l, ware := s.born(w, customer), wares[s.random.IntN(len(wares))]
	l.wanted = 1
	block := Configuration{"customer_id": customer, "product_id": ware.product, "sku_id": "0001", "quantity": 1 + s.random.IntN(9), "friendly_name": l.name}
	if !ware.single || s.random.IntN(3) > 0 {
		block["term_duration"], block["billing_cycle"] = ware.term, ware.cycle
	}
	if s.random.IntN(4) == 0 {
		block["auto_renew_enabled"] = s.random.IntN(2) == 0
	}
	if s.random.IntN(4) == 0 {
		block["price_limit"] = Configuration{"total": s.pick("20.00", "400.00", "90000"), "currency": "EUR"}
	}
	if s.random.IntN(6) == 0 {
		block["on_existing"] = s.pick("adopt", "fail", "purchase_another")
	}
	if s.random.IntN(6) == 0 {
		block["partner_id"] = emulator.ResellerRheinwerk
	}
	if s.random.IntN(6) == 0 {
		block["allow_replacement"] = true
	}
	block["deletion_policy"] = s.pick("turn_off_auto_renew", "cancel", "abandon", "cancel_or_turn_off_auto_renew")
	w.Blocks[l.address] = block
	s.tell("%s: configuration: %s buys\n%s", w.Name, l.address, block.HCL("    "))
	return l
}

// buysFromCart begins one or two lives with lines of a cart.
func (s *Simulation) buysFromCart(w *Workspace, customer string) {
	lines, cart := []Configuration(nil), fmt.Sprintf("%s.c%d", terraform.CartType, s.names+1)
	for n := range 1 + s.random.IntN(2) {
		l := s.buys(w, customer)
		block := l.block()
		delete(block, "price_limit")
		delete(block, "on_existing")
		delete(block, "allow_replacement") // what a cart has bought it does not buy again
		if product := block["product_id"]; n > 0 && s.random.IntN(2) == 0 {
			block["product_id"], block["term_duration"], block["billing_cycle"] = lines[0]["product_id"], lines[0]["term_duration"], lines[0]["billing_cycle"]
			s.tell("%s: configuration: %s buys %s instead of %s", w.Name, l.address, lines[0]["product_id"], product)
		}
		line := Configuration{}
		for _, name := range []string{"product_id", "sku_id", "quantity", "friendly_name", "term_duration", "billing_cycle", "partner_id"} {
			if block[name] != nil {
				line[name] = block[name]
			} else {
				delete(block, name)
			}
		}
		block["cart_id"], block["cart_line_item"] = terraform.Reference{Address: cart, Attribute: "id"}, n
		lines = append(lines, line)
	}
	w.Blocks[cart] = Configuration{"customer_id": customer, "line_items": lines}
	s.tell("%s: configuration: %s has %d lines", w.Name, cart, len(lines))
}

// takesOver begins a life with an import, or with an adoption.
func (s *Simulation) takesOver(w *Workspace, f family, taken map[string]bool) {
	if taken[f.id] || f.name == "nce_extended" && s.early {
		return
	}
	taken[f.id] = true
	l, r := s.born(w, f.customer), terraform.RecordOf(s.emu, f.customer, f.id)
	l.id, l.name = f.id, r.Text("friendlyName")
	block := terraform.Everything(f.customer, r)
	w.Blocks[l.address] = block
	if s.random.IntN(4) == 0 && !r.Ended() {
		block["on_existing"] = "adopt"
		s.tell("%s: configuration: %s adopts %s", w.Name, l.address, f.name)
		return
	}
	if problems := w.Import(l.address, f.customer+"/"+f.id); len(problems) > 0 {
		s.fail("what is there can be imported", "%s: %s", f.name, problems[0])
	}
}

func limitedTo(total string) Configuration { return Configuration{"total": total, "currency": "EUR"} }

func (s *Simulation) pick(values ...string) string { return values[s.random.IntN(len(values))] }

// Family is the customer and the ID of a subscription of the sample tenant: one of each kind that the resource manages.
func Family(name string) (customer, id string) {
	for _, f := range families {
		if f.name == name {
			return f.customer, f.id
		}
	}
	panic("there is no family " + name)
}
