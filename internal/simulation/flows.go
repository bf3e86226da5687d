// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Flow is one kind of change, which is tried with a crash and with each fault at each of its requests.
type Flow struct {
	Name    string
	reading string                              // "" for the harsh one
	prepare func(*Simulation, *Workspace) *life // until right before the change
	act     func(*Simulation, *life)            // nil for an apply
	holds   func(*Simulation, *life) string     // what is wrong at the end, beside the invariants
	between func(*Simulation, *life)            // what happens between the plan and its apply
	trouble func(*Simulation, *life) terraform.Trouble
	refuses string // matches the errors of the undisturbed change, "" where it has none
}

// Moment is a crash in a request of a flow, counted from 1.
type Moment struct {
	Request int
	Crash   Crash
}

// String says it in a story.
func (m Moment) String() string { return fmt.Sprintf("request %d %s", m.Request, m.Crash) }

const transitionAction = provider.TypeName + "_transition_subscription"

// Flows are all kinds of changes.
var Flows = []Flow{
	{Name: "purchase", prepare: purchaseOf(Configuration{})},
	{Name: "purchase with what a cart cannot ask for", prepare: purchaseOf(Configuration{"auto_renew_enabled": false})},
	{Name: "purchase without a quote", prepare: func(s *Simulation, w *Workspace) *life {
		w.Settings["quote_prices"] = false
		return purchaseOf(Configuration{})(s, w)
	}},
	{Name: "purchase in review", reading: "orders in review", prepare: purchaseOf(Configuration{})},
	{Name: "cart", prepare: purchaseFromCart},
	{Name: "adopt", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "nce_fresh", Configuration{"on_existing": "adopt", "friendly_name": terraform.RecordOf(s.emu, emulator.CustomerNordwind, emulator.SubscriptionFreshOffice).Text("friendlyName")})
		w.Forget(l.address)
		return l
	}},
	{Name: "increase", prepare: changeOf("nce_fresh", Configuration{"quantity": 30})},
	{Name: "decrease", prepare: changeOf("nce_fresh", Configuration{"quantity": 4})},
	{Name: "a longer term", prepare: changeOf("nce_fresh", Configuration{"term_duration": "P3Y", "billing_cycle": "annual"})},
	{Name: "renewal off", prepare: changeOf("nce", Configuration{"auto_renew_enabled": false})},
	{Name: "renewal on", prepare: changeOf("nce_cancelling", Configuration{"auto_renew_enabled": true})},
	{Name: "next term", prepare: changeOf("nce", Configuration{"scheduled_next_term_instructions": Configuration{
		"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "annual", "quantity": 11,
	}})},
	{Name: "increase under a schedule", prepare: changeOf("nce_scheduled", Configuration{"quantity": 37})},
	{Name: "transition", prepare: changeOf("nce", Configuration{}), act: transition, holds: movedOnce},
	{Name: "suspend", prepare: changeOf("nce_fresh", Configuration{"suspended": true})},
	{Name: "reactivate", prepare: changeOf("nce_suspended", Configuration{"suspended": false})},
	{Name: "cancel", prepare: endOf("nce_fresh", "cancel"), holds: hasEnded},
	{Name: "destroy", prepare: endOf("nce", "turn_off_auto_renew"), holds: hasEnded},
	{Name: "replace", prepare: changeOf("nce_fresh", Configuration{"product_id": emulator.ProductDiagram, "term_duration": "P1Y", "billing_cycle": "annual", "allow_replacement": true})},
	{Name: "import", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "saas_fresh", Configuration{})
		w.Forget(l.address)
		return l
	}, act: func(s *Simulation, l *life) { s.importAgain(l) }},
	{Name: "cart of one line", prepare: func(s *Simulation, w *Workspace) *life {
		l := purchaseFromCart(s, w)
		delete(w.Blocks, s.lives[1].address)
		s.lives = s.lives[:1]
		s.cartOfItsOwn(l)
		return l
	}},
	{Name: "purchase at a price that has risen since the plan", prepare: purchaseOf(Configuration{}), between: func(s *Simulation, _ *life) { s.market.more = 0.5 }, refuses: "at apply: .*inconsistent final plan"},
	{Name: "increase after somebody added licenses", prepare: changeOf("nce_fresh", Configuration{"quantity": 9}), between: drift(map[string]any{"quantity": 12}), refuses: "at apply: Subscription has changed since the plan"},
	{Name: "taint", prepare: func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, "nce_fresh", Configuration{})
		l.lost = true
		w.Taint(l.address, true)
		return l
	}, refuses: "at plan: .*terraform untaint"},
	{Name: "rename", prepare: func(s *Simulation, w *Workspace) *life {
		return s.renamed(s.managedAs(w, "nce_fresh", Configuration{}))
	}, refuses: `at plan: .*moved \{`},
}

// renamed gives a block another address, and its state keeps the old one.
func (s *Simulation) renamed(l *life) *life {
	w := l.workspace
	l.lost = true
	w.Blocks[l.address+"x"] = l.block()
	delete(w.Blocks, l.address)
	l.address += "x"
	return l
}

func purchaseOf(more Configuration) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) *life {
		l := s.born(w, emulator.CustomerKaffeehaus)
		l.wanted = 1
		block := Configuration{"customer_id": l.customer, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 5, "friendly_name": l.name}
		maps.Copy(block, more)
		maps.DeleteFunc(block, func(_ string, value any) bool { return value == nil })
		w.Blocks[l.address] = block
		return l
	}
}

func purchaseFromCart(s *Simulation, w *Workspace) *life {
	l := purchaseOf(Configuration{})(s, w)
	other := purchaseOf(Configuration{})(s, w)
	const cart = terraform.CartType + ".c"
	var lines []Configuration
	for n, one := range []*life{l, other} {
		block := one.block()
		line := block.Clone()
		delete(line, "customer_id")
		lines = append(lines, line)
		block["cart_id"], block["cart_line_item"] = terraform.Reference{Address: cart, Attribute: "id"}, n
	}
	w.Blocks[cart] = Configuration{"customer_id": l.customer, "line_items": lines}
	return l
}

// managedAs imports a subscription of the sample tenant, and changes its configuration afterwards.
func (s *Simulation) managedAs(w *Workspace, name string, changes Configuration) *life {
	for _, f := range families {
		if f.name != name {
			continue
		}
		l, r := s.born(w, f.customer), terraform.RecordOf(s.emu, f.customer, f.id)
		l.id, l.name = f.id, r.Text("friendlyName")
		w.Blocks[l.address] = terraform.Everything(f.customer, r)
		w.Import(l.address, f.customer+"/"+f.id)
		maps.Copy(w.Blocks[l.address], changes)
		return l
	}
	panic("there is no family " + name)
}

func changeOf(name string, changes Configuration) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) *life { return s.managedAs(w, name, changes) }
}

func endOf(name, policy string) func(*Simulation, *Workspace) *life {
	return func(s *Simulation, w *Workspace) *life {
		l := s.managedAs(w, name, Configuration{"deletion_policy": policy})
		w.Apply(nil)
		delete(w.Blocks, l.address)
		l.over = true
		return l
	}
}

func hasEnded(s *Simulation, l *life) string {
	if r := terraform.RecordOf(s.emu, l.customer, l.id); !r.Ended() && !r.Ends() {
		return "it goes on:" + r.Brief()
	}
	return ""
}

func transition(_ *Simulation, l *life) { l.workspace.Invoke(transitionAction, transitionOf(l)) }

// transitionOf moves some licenses to another product.
func transitionOf(l *life) Configuration {
	return Configuration{
		"customer_id": l.customer, "subscription_id": l.id, "to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only", "quantity": 13,
	}
}

func movedOnce(s *Simulation, l *life) string {
	if left := terraform.RecordOf(s.emu, l.customer, l.id).Licenses(); left != 43 && left != 30 {
		return fmt.Sprintf("of 43 licenses 13 were to move, and %d are left", left)
	}
	return ""
}

func (s *Simulation) importAgain(l *life) {
	l.workspace.Import(l.address, l.customer+"/"+l.id)
}

// Run goes through a flow with a crash at each of the moments: the first in the change itself, the second in the recovery after it. What
// comes back is the requests of each of them.
func (f Flow) Run(schemas *terraform.Schemas, remote bool, moments ...Moment) (requests [2][]Request, err error) {
	return f.run(schemas, remote, fmt.Sprintf("a crash at %v", moments), func(s *Simulation, _ *Workspace, part int) terraform.Trouble {
		return s.crashOnce(moments, part)
	})
}

// Meet goes through a flow with a fault in the change itself, which has to happen, and recovers without one.
func (f Flow) Meet(schemas *terraform.Schemas, fault Fault) error {
	strikes := 0
	_, err := f.run(schemas, fault.Request%2 == 0, fault.String(), func(s *Simulation, w *Workspace, part int) terraform.Trouble {
		if part > 0 {
			return nil
		}
		return s.meets(w, fault, &strikes)
	})
	if err == nil && strikes == 0 {
		return fmt.Errorf("%s: it has not happened", fault)
	}
	return err
}

// run goes through a flow with what goes wrong in its change (part 0) and in the recovery after it.
func (f Flow) run(schemas *terraform.Schemas, remote bool, wrong string, trouble func(*Simulation, *Workspace, int) terraform.Trouble) (requests [2][]Request, err error) {
	s := newSimulation(1, schemas, rand.New(rand.NewPCG(1, 1)), f.behaviour()) //nolint:gosec // always the same
	defer s.close()
	w := s.workspace()
	w.Settings, w.Remote = Configuration{}, remote
	l := f.prepare(s, w)
	s.tell("%s with %s", f.Name, wrong)
	for part := range requests {
		w.Trouble = noting(&requests[part], trouble(s, w, part))
		if f.trouble != nil && part == 0 {
			w.Trouble = noting(&requests[part], f.trouble(s, l))
		}
		if len(s.failures) > 0 {
			break
		}
		if part == 0 {
			f.change(s, w, l)
		} else {
			s.settle(w)
		}
	}
	w.Trouble = nil
	if f.Name == "import" && !w.Has(l.address) {
		s.importAgain(l)
	}
	f.end(s, l)
	if err := s.failure(); err != nil {
		return requests, fmt.Errorf("%s: %w", wrong, err)
	}
	return requests, nil
}

// change makes the change of the flow, and ends what went wrong in it.
func (f Flow) change(s *Simulation, w *Workspace, l *life) {
	if f.act != nil {
		f.act(s, l)
		w.Trouble = nil
		s.recover()
		return
	}
	outcome := w.Apply(func(o *Outcome) {
		s.approve(w, o)
		if f.between != nil {
			s.meanwhileChanged = true
			f.between(s, l)
		}
	})
	s.judge(w, outcome)
	w.Trouble = nil
	if !s.troubled {
		f.expect(s, w, outcome)
	}
	s.recover()
}

// expect looks at the outcome of a change that nothing has disturbed: it is made at once and whole, or it is refused as it should be.
func (f Flow) expect(s *Simulation, w *Workspace, o *Outcome) {
	const invariant = "what is possible succeeds"
	texts := fmt.Sprint(o.Problems())
	switch {
	case f.refuses != "" && !regexp.MustCompile("(?s)"+f.refuses).MatchString(texts):
		s.fail(invariant, "%s is not refused with %q: %s", f.Name, f.refuses, texts)
	case f.refuses != "":
	case len(o.Problems()) > 0:
		s.fail(invariant, "%s: %s", f.Name, texts)
	case slices.ContainsFunc(slices.Collect(maps.Values(o.Changes)), func(c *Change) bool { return len(c.Warnings) > 0 }) || s.waits(w):
	default:
		if again := w.Plan(); !again.Empty() {
			s.fail("two applies are enough", "%s: the plan after an undisturbed apply is not empty %v", f.Name, again.Problems())
		}
	}
}

func (f Flow) end(s *Simulation, l *life) {
	if len(s.failures) > 0 {
		return
	}
	s.finally()
	if f.holds == nil {
		return
	}
	if wrong := f.holds(s, l); wrong != "" {
		s.fail("the change is made", "%s", wrong)
	}
}

// noting notes the requests of a part of a flow, over all of its runs.
func noting(requests *[]Request, trouble terraform.Trouble) terraform.Trouble {
	return func(sent Request, n int) terraform.Fate {
		*requests = append(*requests, sent)
		if trouble == nil {
			return terraform.Fate{}
		}
		return trouble(sent, n)
	}
}

func (f Flow) behaviour() reading {
	for _, r := range readings {
		if r.name == f.reading {
			return r
		}
	}
	return readings[0]
}

// crashOnce crashes at the moment of a part of a flow, counted over all of its runs.
func (s *Simulation) crashOnce(moments []Moment, part int) terraform.Trouble {
	sent := 0
	return func(Request, int) terraform.Fate {
		if sent++; part >= len(moments) || sent != moments[part].Request {
			return terraform.Fate{}
		}
		s.troubled = true
		s.Counts.Crashes++
		return terraform.Fate{Crash: moments[part].Crash}
	}
}

// Singles goes through every flow and every case undisturbed, then through each flow with a crash at each moment of each request, and with each
// fault, to the first broken invariant.
func Singles(schemas *terraform.Schemas) error {
	undisturbed := map[string][]Request{}
	for _, f := range slices.Concat(Cases, Flows) {
		requests, err := f.Run(schemas, false)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		undisturbed[f.Name] = requests[0]
	}
	for _, f := range Flows {
		if err := f.tables(schemas, undisturbed[f.Name]); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// tables goes through a flow with all that may happen at each of its requests.
func (f Flow) tables(schemas *terraform.Schemas, requests []Request) error {
	for n := range requests {
		for _, crash := range terraform.Crashes {
			if _, err := f.Run(schemas, n%2 == 0, Moment{n + 1, crash}); err != nil {
				return err
			}
		}
	}
	for _, fault := range FaultsOf(requests) {
		if err := f.Meet(schemas, fault); err != nil {
			return err
		}
	}
	return nil
}
