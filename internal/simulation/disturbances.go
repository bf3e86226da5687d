// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Disturbance is what goes wrong at one request of a flow, counted from 1, while its process lives on.
type Disturbance struct {
	Request int
	name    string
	begin   func(*Simulation)               // what changes elsewhere
	fate    func(number int) terraform.Fate // of that request (0) and of those after it
}

func (d Disturbance) String() string { return fmt.Sprintf("request %d: %s", d.Request, d.name) }

func nothing(int) terraform.Fate { return terraform.Fate{} }

// Disturbances are all that may happen at these requests: each fault once, and for as long as a run asks; an outage; prices that rise and
// offers that are listed anew.
func Disturbances(requests []Request) []Disturbance {
	var all []Disturbance
	for n, sent := range requests {
		add := func(name string, begin func(*Simulation), fate func(int) terraform.Fate) {
			all = append(all, Disturbance{n + 1, name, begin, fate})
		}
		writes := sent.Method != http.MethodGet
		for _, f := range faults {
			if !writes && !f.reads || !strings.HasSuffix(sent.Path, f.only) {
				continue
			}
			add(f.name, nil, inARow(f.fault, 1))
			if writes {
				add(f.name+", eight times", nil, inARow(f.fault, 8))
			}
		}
		add("an outage", nil, func(int) terraform.Fate { return terraform.Fate{Unreachable: true} })
		add("everything is listed anew, at a higher price", func(s *Simulation) {
			s.market.more = 0.5
			s.emu.RotateAvailabilities()
		}, nothing)
		if writes {
			add("an outage after the work", nil, func(number int) terraform.Fate {
				if number > 0 {
					return terraform.Fate{Unreachable: true}
				}
				return terraform.Fate{Fault: &emulator.Fault{Kind: emulator.FaultDropAfter}}
			})
		}
	}
	return all
}

// inARow lets requests fail in a row; a nil fault is a connection that cannot be made.
func inARow(fault *emulator.Fault, most int) func(int) terraform.Fate {
	return func(number int) terraform.Fate {
		switch {
		case number >= most:
			return terraform.Fate{}
		case fault == nil:
			return terraform.Fate{Unreachable: true}
		}
		one := *fault
		return terraform.Fate{Fault: &one}
	}
}

// Disturb goes through a flow with a disturbance of its change. A fault that follows another one strikes requests of the same method and
// path only.
func (f Flow) Disturb(schemas *terraform.Schemas, d Disturbance) error {
	_, err := f.run(schemas, d.Request%2 == 0, d.String(), func(s *Simulation, part int) terraform.Trouble {
		if part > 0 {
			return nil
		}
		sent, struck, disturbed := 0, 0, Request{}
		return func(now Request, _ int) terraform.Fate {
			switch sent++; {
			case sent < d.Request:
				return terraform.Fate{}
			case sent == d.Request:
				s.troubled, disturbed = true, now
				if d.begin != nil {
					d.begin(s)
				}
			case !strings.HasPrefix(d.name, "an outage") && (now.Method != disturbed.Method || now.Path != disturbed.Path):
				return terraform.Fate{}
			}
			struck++
			fate := d.fate(struck - 1)
			if fate.Fault != nil || fate.Unreachable {
				s.Counts.Faults++
			}
			return fate
		}
	})
	return err
}
