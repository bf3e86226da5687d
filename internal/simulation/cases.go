// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Cases are flows in which what happens at a certain moment matters, and not each moment: limits that nearly hold, what people and other runs
// do between a plan and its apply, and answers that come too late.
var Cases = []Flow{
	{Name: "a purchase above its limit", prepare: purchaseOf(Configuration{"price_limit": limitedTo("160.00")}), refuses: "at plan: .*price_limit"},
	{Name: "an increase above its limit", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{"price_limit": limitedTo("170.00")})(s, w)
		l.block()["quantity"] = 6
		return l
	}, refuses: "at plan: .*price_limit"},
	{Name: "an increase after another one above the limit, without quotes", prepare: func(s *Simulation, w *Workspace) *life {
		w.Settings["quote_prices"] = false
		l := boughtOf(Configuration{"price_limit": limitedTo("210.00")})(s, w)
		l.block()["quantity"] = 6
		s.applyAll(w)
		l.block()["quantity"] = 7
		return l
	}, refuses: "at apply: .*price_limit"},
	{Name: "licenses that somebody gave back, within the limit", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{"price_limit": limitedTo("170.00")})(s, w)
		drift(map[string]any{"quantity": 4})(s, l)
		return l
	}, holds: func(s *Simulation, l *life) string {
		if got := s.record(l).Licenses(); got != 5 {
			return fmt.Sprintf("there are %d licenses instead of 5", got)
		}
		return ""
	}},
	{Name: "a purchase without the limit that it needs, without quotes", prepare: func(s *Simulation, w *Workspace) *life {
		w.Settings["require_price_limit"], w.Settings["quote_prices"] = true, false
		return purchaseOf(Configuration{})(s, w)
	}, refuses: "at plan: .*price_limit"},
	{Name: "what is tainted gets another name", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{})(s, w)
		w.Taint(l.address, true)
		l.block()["friendly_name"], l.lost = "another name", true
		return l
	}, refuses: "at apply: Replacement refused: .*terraform untaint"},
	{Name: "two purchases above the spending limit", prepare: severalWithin("200", true, 5, 5), refuses: "at plan: .*spending_limit"},
	{Name: "two purchases above the spending limit, without quotes", prepare: severalWithin("200", false, 5, 5), refuses: "at apply: .*spending_limit"},
	{Name: "a refused purchase and another one above the spending limit", prepare: severalWithin("300", false, 5, 3, 5), trouble: refusesCheckout(2)},
	{Name: "a cart with a line above its limit", prepare: func(s *Simulation, w *Workspace) *life {
		l := purchaseFromCart(s, w)
		l.block()["price_limit"] = limitedTo("100.00")
		return l
	}, refuses: "at apply: .*price_limit"},
	{Name: "a line is added to a cart that was bought", prepare: addedLine, refuses: "at apply: .*Make the cart again without it"},
	{Name: "a block of a cart is renamed", prepare: renamedFromCart, refuses: `at plan: .*moved \{`},
	{Name: "a block of a cart without a name is renamed", prepare: func(s *Simulation, w *Workspace) *life {
		l := purchaseFromCart(s, w)
		s.applyAll(w)
		delete(l.block(), "friendly_name")
		block, to := l.block(), strings.Replace(l.address, ".l", ".a", 1) // planned before the old one
		delete(w.Blocks, l.address)
		w.Blocks[to], l.address, l.lost = block, to, true
		return l
	}, refuses: `at plan: .*moved \{`},
	{Name: "a block without a term is renamed", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "nce_fresh", Configuration{})
		delete(l.block(), "term_duration")
		delete(l.block(), "billing_cycle")
		return s.renamed(l)
	}, refuses: `at plan: .*moved \{`},
	{
		Name: "a longer term after somebody added licenses", prepare: changeOf("nce_fresh", Configuration{"term_duration": "P3Y", "billing_cycle": "annual"}),
		between: drift(map[string]any{"quantity": 12}), refuses: "at apply: Subscription has changed since the plan",
	},
	{
		Name: "an increase after somebody made the term longer", prepare: changeOf("nce_fresh", Configuration{"quantity": 9}),
		between: drift(map[string]any{"termDuration": "P3Y", "billingCycle": "annual"}), refuses: "at apply: Subscription has changed since the plan",
	},
	{Name: "a cart with lines alike", prepare: alikeFromCart},
	{
		Name: "a cart that is made in part, and whose order cannot be read", reading: "orders that are made in part", prepare: purchaseFromCart,
		trouble: func(s *Simulation, _ *life) terraform.Trouble {
			return func(sent Request, _ int) terraform.Fate {
				if sent.Method != http.MethodGet || !strings.Contains(sent.Path, "/orders/") {
					return terraform.Fate{}
				}
				s.troubled = true
				return terraform.Fate{Fault: &emulator.Fault{Kind: emulator.FaultDropAfter}}
			}
		},
	},
	{Name: "two purchases at once", prepare: func(s *Simulation, w *Workspace) *life {
		w.Together = true
		purchaseOf(Configuration{"quantity": 3})(s, w)
		return purchaseOf(Configuration{})(s, w)
	}},
	{Name: "two purchases alike without an answer", prepare: func(s *Simulation, w *Workspace) *life {
		purchaseOf(Configuration{"friendly_name": "twin", "on_existing": "purchase_another"})(s, w)
		return purchaseOf(Configuration{"friendly_name": "twin", "on_existing": "purchase_another"})(s, w)
	}, trouble: losesCheckouts},
	{Name: "a refusal after a lost answer", prepare: purchaseOf(Configuration{}), trouble: refusesAfterLostAnswer},
	{Name: "another run buys its like meanwhile", prepare: purchaseOf(Configuration{}), trouble: anotherRunBuys("another site", 5)},
	{Name: "another run buys more of the same meanwhile", prepare: purchaseOf(Configuration{"friendly_name": nil}), trouble: anotherRunBuys(nil, 6)},
	{Name: "a replacement seconds after its purchase, without an answer", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{"product_id": emulator.ProductOffice, "term_duration": "P1Y", "billing_cycle": "monthly", "allow_replacement": true, "deletion_policy": "cancel"})(s, w)
		l.block()["billing_cycle"] = "annual"
		return l
	}, trouble: losesCheckouts},
	{Name: "a renamed block that may be replaced and bought beside", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{"allow_replacement": true, "on_existing": "purchase_another"})(s, w)
		s.rename(l, l.address+"x")
		return l
	}, refuses: "Subscription under two addresses"},
	{Name: "an allowed replacement of what a lost state had", prepare: func(s *Simulation, w *Workspace) *life {
		l := boughtOf(Configuration{"product_id": emulator.ProductOffice, "term_duration": "P1Y", "billing_cycle": "monthly", "allow_replacement": true})(s, w)
		s.emu.Advance(time.Hour) // lists show it by now
		w.Forget(l.address)
		l.block()["billing_cycle"], l.lost = "annual", true
		return l
	}, refuses: "at apply: .*inconsistent final plan: current_term"},
	{Name: "a transition of what ends with its term", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "nce", Configuration{"auto_renew_enabled": false})
		s.applyAll(w)
		return l
	}, act: transition, holds: func(s *Simulation, l *life) string { return movedOnce(s, l) + hasEnded(s, l) }},
	{Name: "a purchase after the end of its like", prepare: boughtAgain, trouble: losesCheckouts},
	{Name: "a checkout that arrives late", reading: "late and forgetful", prepare: purchaseOf(Configuration{"timeouts": Configuration{"create": "2m"}}), trouble: arrivesLate, act: lateBy(10*time.Minute, 5*time.Minute)},
	{Name: "a checkout that arrives very late", reading: "late and forgetful", prepare: purchaseOf(Configuration{"timeouts": Configuration{"create": "2m"}}), trouble: arrivesLate, act: lateBy(25*time.Minute, 8*time.Minute)},
	{Name: "an adoption of what another block has", prepare: adoptsManaged, refuses: "at plan: Subscription exists already"},
	{Name: "one subscription at two addresses", prepare: changeOf("nce_fresh", Configuration{}), act: importTwice},
	{Name: "an increase after a rename in the portal", prepare: ignoring("nce_fresh", "friendly_name", nil, Configuration{"quantity": 9}), between: drift(map[string]any{"friendlyName": "renamed"})},
	{Name: "an increase under an ignored schedule", prepare: ignoring("nce_scheduled", "scheduled_next_term_instructions", nil, Configuration{"quantity": 37})},
	{Name: "a longer term for fewer licenses", prepare: changeOf("nce_fresh", Configuration{"quantity": 5, "term_duration": "P3Y", "billing_cycle": "annual"})},
	{Name: "a rename under an ignored renewal", prepare: ignoring("nce_cancelling", "auto_renew_enabled", true, Configuration{"friendly_name": "renamed"}), holds: hasEnded},
	{Name: "a rename under ignored licenses", prepare: ignoring("nce_fresh", "quantity", 20, Configuration{"friendly_name": "renamed"}), holds: licensesAre(7)},
	{Name: "what renews is suspended and active again", prepare: func(s *Simulation, w *Workspace) *life {
		l := ignoring("nce_scheduled", "scheduled_next_term_instructions", nil, Configuration{"suspended": true})(s, w)
		delete(l.block(), "auto_renew_enabled")
		s.applyAll(w)
		l.block()["suspended"] = false
		return l
	}, holds: func(s *Simulation, l *life) string {
		if r := s.record(l); !r.Yes("autoRenewEnabled") || r.NextTerm()["quantity"] != 24 {
			return "its renewal is lost:" + r.Brief()
		}
		return ""
	}},
	{Name: "a destroy in the window", prepare: endOf("nce_fresh", "turn_off_auto_renew"), holds: hasEnded},
	{Name: "a renewal as scheduled", prepare: renewedAsScheduled, holds: licensesAre(24)},
	{Name: "an increase that is dropped", prepare: func(s *Simulation, w *Workspace) *life {
		s.sulking = true
		s.serve(emulator.PatchDropped, false)
		return s.managedAs(w, "nce_fresh", Configuration{"quantity": 9})
	}, refuses: "at apply: Cannot update subscription"},
	{Name: "licenses that somebody added", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "nce_fresh", Configuration{})
		drift(map[string]any{"quantity": 9})(s, l)
		return l
	}, holds: licensesAre(7)},
}

// boughtOf is a subscription that has been bought before the change.
func boughtOf(more Configuration) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) *life {
		l := purchaseOf(more)(s, w)
		s.applyAll(w)
		return l
	}
}

func (s *Simulation) applyAll(w *Workspace) {
	s.judge(w, w.Apply(func(o *Outcome) { s.approve(w, o) }))
}

// severalWithin are purchases of these licenses in one run.
func severalWithin(most string, quotes bool, licenses ...int) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) (last *life) {
		w.Settings["spending_limit"], w.Settings["quote_prices"] = Configuration{"amount": most, "currency": "EUR"}, quotes
		for _, quantity := range licenses {
			last = purchaseOf(Configuration{"quantity": quantity})(s, w)
		}
		return last
	}
}

func addedLine(s *Simulation, w *Workspace) *life {
	l := purchaseFromCart(s, w)
	s.applyAll(w)
	added := purchaseOf(Configuration{})(s, w)
	added.lost = true // its message names what the other lines bought
	block := added.block()
	line := block.Clone()
	delete(line, "customer_id")
	cart, _ := l.block()["cart_id"].(terraform.Reference)
	lines, _ := w.Blocks[cart.Address]["line_items"].([]Configuration)
	w.Blocks[cart.Address]["line_items"] = append(slices.Clip(lines), line)
	block["cart_id"], block["cart_line_item"] = cart, len(lines)
	w.Taint(cart.Address, true) // apply -replace
	return added
}

func renamedFromCart(s *Simulation, w *Workspace) *life {
	l := purchaseFromCart(s, w)
	s.applyAll(w)
	return s.renamed(l)
}

// alikeFromCart leaves out what tells the lines of a cart from each other.
func alikeFromCart(s *Simulation, w *Workspace) *life {
	l := purchaseFromCart(s, w)
	for _, block := range w.Blocks {
		delete(block, "friendly_name")
		lines, _ := block["line_items"].([]Configuration)
		for _, line := range lines {
			delete(line, "friendly_name")
		}
	}
	return l
}

// refusesCheckout refuses one checkout of a run, counted from 1.
func refusesCheckout(number int) func(*Simulation, *life) terraform.Trouble {
	return func(s *Simulation, _ *life) terraform.Trouble {
		return func(sent Request, _ int) terraform.Fate {
			if !isCheckout(sent) {
				return terraform.Fate{}
			}
			if number--; number != 0 {
				return terraform.Fate{}
			}
			s.troubled = true
			return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusForbidden, Code: 800066}}
		}
	}
}

// losesCheckouts lets each checkout be made once, and does not say so.
func losesCheckouts(s *Simulation, _ *life) terraform.Trouble {
	lost := map[string]bool{}
	return func(sent Request, _ int) terraform.Fate {
		if lost[sent.Path] || !isCheckout(sent) {
			return terraform.Fate{}
		}
		lost[sent.Path], s.troubled = true, true
		return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusConflict, Code: 800060, After: true}}
	}
}

// refusesAfterLostAnswer loses the answers of a checkout that was made, keeps its cart from being read, and refuses the checkout then.
func refusesAfterLostAnswer(s *Simulation, _ *life) terraform.Trouble {
	first, refused := "", false
	return func(sent Request, _ int) terraform.Fate {
		switch {
		case isCheckout(sent) && !refused:
			s.troubled = true
			if first == "" {
				first = sent.Path
				return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusConflict, Code: 800060, After: true}}
			}
			refused = true
			return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusForbidden, Code: 800066}}
		case first != "" && !refused && sent.Path == strings.TrimSuffix(first, "/checkout"):
			return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusForbidden, Code: 800066}}
		}
		return terraform.Fate{}
	}
}

// anotherRunBuys lets another workspace buy the same product right before a checkout that is not made, and does not say so.
func anotherRunBuys(name any, licenses int) func(*Simulation, *life) terraform.Trouble {
	return func(s *Simulation, l *life) terraform.Trouble {
		other := s.workspace()
		other.Settings = Configuration{}
		purchaseOf(Configuration{"friendly_name": name, "quantity": licenses, "on_existing": "purchase_another"})(s, other)
		done := false
		return func(sent Request, _ int) terraform.Fate {
			if done || !isCheckout(sent) {
				return terraform.Fate{}
			}
			done, s.troubled = true, true
			s.applyAll(other)
			s.emu.Advance(20 * time.Minute) // lists show it by now
			return terraform.Fate{Fault: &emulator.Fault{Status: http.StatusConflict, Code: 800060}}
		}
	}
}

// boughtAgain buys what was bought before and has ended.
func boughtAgain(s *Simulation, w *Workspace) *life {
	l := boughtOf(Configuration{})(s, w)
	drift(map[string]any{"status": "deleted"})(s, l)
	w.Forget(l.address)
	s.emu.Advance(26 * time.Hour)
	l.wanted = 2
	return l
}

// arrivesLate keeps the first checkout on its way, and lets nothing through after it.
func arrivesLate(s *Simulation, _ *life) terraform.Trouble {
	late := false
	return func(sent Request, _ int) terraform.Fate {
		switch {
		case late:
			return terraform.Fate{Unreachable: true}
		case isCheckout(sent):
			late, s.troubled = true, true
			return terraform.Fate{Late: true}
		}
		return terraform.Fate{}
	}
}

// lateBy lets the checkout of a run that could not wait for it arrive so long after it, and plans again before that, or soon after it.
func lateBy(after, then time.Duration) func(*Simulation, *life) {
	return func(s *Simulation, l *life) {
		w := l.workspace
		s.applyAll(w)
		w.Trouble = nil
		if !w.Has(l.address) {
			s.fail("nothing paid for is lost", "%s was checked out, and is in no state", l.address)
			return
		}
		if after < 15*time.Minute {
			s.emu.Advance(after)
			s.applyAll(w)
			w.Arrive()
		} else {
			s.emu.Advance(after)
			w.Arrive()
			s.emu.Advance(then)
			s.applyAll(w)
		}
		s.recover()
	}
}

// adoptsManaged has a second block for a subscription.
func adoptsManaged(s *Simulation, w *Workspace) *life {
	l := s.managedAs(w, "nce_fresh", Configuration{})
	second := s.born(w, l.customer)
	second.lost = true
	w.Blocks[second.address] = l.block().Clone()
	second.block()["on_existing"] = "adopt"
	return second
}

// importTwice imports a subscription at a second address, whose run has to be refused.
func importTwice(s *Simulation, l *life) {
	w, second := l.workspace, l.address+"x"
	w.Blocks[second] = l.block().Clone()
	w.Import(second, l.customer+"/"+l.id)
	if problems := fmt.Sprint(w.Plan().Problems()); !strings.Contains(problems, "Subscription under two addresses") {
		s.fail("one subscription has one address", "a second import is planned: %s", problems)
	}
	delete(w.Blocks, second)
	w.Forget(second)
}

// ignoring changes what is managed, and ignores changes of one attribute, whose configured value is another one.
func ignoring(of, name string, configured any, changes Configuration) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, of, Configuration{})
		w.Ignored[l.address] = []string{name}
		if name != "friendly_name" {
			l.block()[name] = configured
		}
		maps.Copy(l.block(), changes)
		return l
	}
}

func drift(changes map[string]any) func(*Simulation, *life) {
	return func(s *Simulation, l *life) {
		if err := s.emu.Drift(l.customer, l.workspace.ID(l.address), changes); err != nil {
			panic(err) // the emulator refuses nothing of this
		}
		s.tell("somebody sets %v", changes)
	}
}

// renewedAsScheduled is a subscription that has renewed with fewer licenses as scheduled.
func renewedAsScheduled(s *Simulation, w *Workspace) *life {
	l := s.managedAs(w, "nce_scheduled", Configuration{})
	s.applyAll(w)
	l.renewal, l.quantity = s.record(l), l.block()["quantity"]
	s.emu.Advance(l.renewal.TermEnd().Sub(s.emu.Clock().Now()) + 26*time.Hour)
	return l
}

func licensesAre(n int) func(*Simulation, *life) string {
	return func(s *Simulation, l *life) string {
		if got := terraform.RecordOf(s.emu, l.customer, l.id).Licenses(); got != n {
			return fmt.Sprintf("there are %d licenses instead of %d", got, n)
		}
		return ""
	}
}
