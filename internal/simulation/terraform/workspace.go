// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Workspace is a directory with a configuration and the state of it.
type Workspace struct {
	Name     string
	Settings Configuration            // the provider block
	Blocks   map[string]Configuration // by address
	Ignored  map[string][]string      // lifecycle { ignore_changes }, by address
	Remote   bool                     // the state is saved at the end of a run, not after each resource
	Together bool                     // creations are planned once more before the first of them is carried out
	Requests []Request                // of the last run

	Turn     *Turn // nil while it runs alone
	Trouble  Trouble
	Observe  func(*Workspace, *Change, Request)       // each request when it is sent, with the change that is being applied
	Answered func(path string, answer *http.Response) // each answer

	ctx     context.Context
	emu     *emulator.Server
	schemas *Schemas
	objects map[string]*object
	saved   map[string]*object // what is left of them when Terraform is killed in an apply
	host    *host
	process *process

	current  *Change // that is being applied
	planning bool
	at       string // the resource that is being planned or applied
	sent     int    // requests of this run
	crashed  bool
	outlived bool         // Terraform goes on after the crash
	dies     func()       // when it crashes; nil where this package speaks to it
	handed   atomic.Int64 // see served
	late     []func()
	breaches []string // of Terraform's rules
	said     func(format string, args ...any)
}

// NewWorkspace is an empty one; say tells what happens in it.
func NewWorkspace(name string, emu *emulator.Server, s *Schemas, say func(format string, args ...any)) *Workspace {
	return &Workspace{
		Name: name, Settings: Configuration{}, Blocks: map[string]Configuration{}, Ignored: map[string][]string{},
		ctx: context.Background(), host: s.host(), emu: emu, schemas: s, objects: map[string]*object{}, said: say,
	}
}

// Close ends the use of the workspace.
func (w *Workspace) Close() {
	w.host.process = nil
	w.schemas.idle = append(w.schemas.idle, w.host)
}

// Crashed reports whether the last run ended in the middle of a request.
func (w *Workspace) Crashed() bool {
	w.handed.Add(1)
	return w.crashed
}

// Breaches are those of Terraform's rules since the last time.
func (w *Workspace) Breaches() []string {
	found := w.breaches
	w.breaches = nil
	return found
}

// Has reports whether a resource is in the state.
func (w *Workspace) Has(address string) bool { return w.objects[address] != nil }

// Addresses are those of the state.
func (w *Workspace) Addresses() []string { return slices.Sorted(maps.Keys(w.objects)) }

// Tainted reports whether a resource is to be replaced.
func (w *Workspace) Tainted(address string) bool { return w.Has(address) && w.objects[address].tainted }

// Move gives a resource of the state another address, as a moved block does.
func (w *Workspace) Move(from, to string) {
	w.objects[to] = w.objects[from]
	delete(w.objects, from)
}

func (w *Workspace) tell(format string, args ...any) { w.said(w.Name+": "+format, args...) }

func (w *Workspace) breach(format string, args ...any) {
	w.breaches = append(w.breaches, fmt.Sprintf("%s: %s: ", w.Name, w.at)+fmt.Sprintf(format, args...))
}

// TypeOf is the type of a resource.
func TypeOf(address string) string { return strings.SplitN(address, ".", 2)[0] }

// Change is what a run plans for one resource, and what came of it.
type Change struct {
	Address, Action string // "", "create", "update", "replace" or "destroy"
	Problems        []Problem
	Warnings        []string
	Will            map[string]any // planned values; what is not known yet is absent
	Applied         bool           // the apply came to it, whatever became of it

	planned *tfprotov6.PlanResourceChangeResponse
	config  tftypes.Value
}

// Buys reports whether the change is a purchase: a new object whose id is not known.
func (c *Change) Buys() bool {
	return TypeOf(c.Address) == SubscriptionType && (c.Action == "create" || c.Action == "replace") && c.Will["id"] == nil
}

// Outcome is what a run did.
type Outcome struct {
	Changes map[string]*Change
	Crashed bool
	Stopped bool // an error at plan: nothing was applied
}

// Problems are all errors of a run.
func (o *Outcome) Problems() []Problem {
	var all []Problem
	for _, address := range slices.Sorted(maps.Keys(o.Changes)) {
		all = append(all, o.Changes[address].Problems...)
	}
	return all
}

// Empty reports whether the plan had nothing to do, and no error.
func (o *Outcome) Empty() bool {
	for _, c := range o.Changes {
		if c.Action != "" || len(c.Problems) > 0 {
			return false
		}
	}
	return !o.Crashed
}

// addresses are those of the configuration and of the state; what others refer to comes first.
func (w *Workspace) addresses() []string {
	all := slices.Collect(maps.Keys(w.Blocks))
	for address := range w.objects {
		if _, configured := w.Blocks[address]; !configured {
			all = append(all, address)
		}
	}
	slices.Sort(all) // carts before subscriptions
	return all
}

// Plan refreshes and plans. It keeps nothing.
func (w *Workspace) Plan() *Outcome {
	outcome, _ := w.plan()
	return outcome
}

func (w *Workspace) plan() (*Outcome, map[string]*object) {
	w.process, w.planning, w.sent, w.crashed, w.Requests, w.current = w.start(), true, 0, false, nil, nil
	outcome, refreshed := &Outcome{Changes: map[string]*Change{}}, map[string]*object{}
	for _, address := range w.addresses() {
		w.at = address
		c, now := w.planOne(address, outcome.Changes)
		if w.crashed {
			outcome.Crashed, outcome.Stopped = true, true
			return outcome, nil
		}
		outcome.Changes[address], refreshed[address] = c, now
		outcome.Stopped = outcome.Stopped || len(c.Problems) > 0
		w.tellPlan(c)
	}
	return outcome, refreshed
}

func (w *Workspace) tellPlan(c *Change) {
	for _, p := range c.Problems {
		w.tell("%s is refused %s", c.Address, p)
	}
	if c.Action != "" {
		w.tell("the plan is to %s %s", c.Action, c.Address)
	}
}

// Apply refreshes, plans and applies, as "terraform apply -auto-approve" does: an error at plan stops all of it, one at apply the resource
// that it is about. approved sees the plan before it is carried out.
func (w *Workspace) Apply(approved func(*Outcome)) *Outcome {
	outcome, refreshed := w.plan()
	if outcome.Stopped {
		return outcome
	}
	maps.DeleteFunc(refreshed, func(_ string, o *object) bool { return o == nil })
	w.saved, w.objects = w.objects, refreshed
	if approved != nil {
		approved(outcome)
	}
	if outcome.Empty() {
		return outcome
	}
	w.process, w.planning = w.start(), false
	if w.Together {
		w.applyTogether(outcome.Changes)
	}
	for _, address := range slices.Sorted(maps.Keys(outcome.Changes)) {
		if c := outcome.Changes[address]; c.Action != "" {
			if w.at = address; !c.Applied {
				w.applyOne(c)
			}
			for _, p := range c.Problems {
				w.tell("%s failed %s", address, p)
			}
			if w.crashed {
				outcome.Crashed = true
				if !w.outlived {
					w.objects = w.saved
				}
				return outcome
			}
		}
	}
	return outcome
}

// save is what Terraform does with the state after each resource.
func (w *Workspace) save() {
	if !w.Remote {
		w.saved = maps.Clone(w.objects)
	}
}

// Import takes a subscription into the state, as "terraform import" does.
func (w *Workspace) Import(address, id string) []Problem {
	if w.objects[address] != nil {
		return []Problem{{Title: "Resource already managed by Terraform", At: address}}
	}
	w.process, w.at, w.planning = w.start(), address, true
	got, err := w.process.ImportResourceState(w.ctx, &tfprotov6.ImportResourceStateRequest{TypeName: TypeOf(address), ID: id})
	if err != nil {
		panic(err)
	}
	problems, _ := sorted(got.Diagnostics, false)
	if len(problems) > 0 || len(got.ImportedResources) != 1 {
		return problems
	}
	one := got.ImportedResources[0]
	o, problems, _ := w.refresh(address, &object{state: one.State, identity: one.Identity, private: one.Private})
	if len(problems) == 0 && o != nil && !w.process.dead {
		w.objects[address] = o
		w.tell("%s is imported as %s", id, address)
	}
	return problems
}

// Forget takes a resource out of the state, as "terraform state rm" does.
func (w *Workspace) Forget(address string) { delete(w.objects, address) }

// Taint marks a resource for a replacement, as "terraform taint" does, or takes the mark away.
func (w *Workspace) Taint(address string, tainted bool) {
	if o := w.objects[address]; o != nil {
		o.tainted = tainted
	}
}

// State are the attributes of a resource, nil for one that is not in the state.
func (w *Workspace) State(address string) map[string]any {
	o := w.objects[address]
	if o == nil {
		return nil
	}
	if o.plain == nil {
		o.plain = map[string]any{}
		for name, value := range attributesOf(w.schemas.types[TypeOf(address)], o.state) {
			o.plain[name] = plain(value)
		}
	}
	return o.plain
}

// ID is the id of a resource in the state, "" for none.
func (w *Workspace) ID(address string) string {
	id, _ := w.State(address)["id"].(string)
	return id
}
