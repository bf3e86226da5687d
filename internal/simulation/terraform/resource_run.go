// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// configured is the configuration of a block with what it refers to. changes are what has been planned in this run already.
func (w *Workspace) configured(address string, changes map[string]*Change) tftypes.Value {
	block, resolved := w.Blocks[address], Configuration{}
	for name, value := range block {
		if reference, ok := value.(Reference); ok {
			value = any(tftypes.UnknownValue)
			if known := w.State(reference.Address)[reference.Attribute]; known != nil && !replaced(changes[reference.Address]) {
				value = known
			}
		}
		resolved[name] = value
	}
	return valueOf(w.schemas.types[TypeOf(address)], resolved)
}

func replaced(c *Change) bool {
	return c != nil && !c.Applied && (c.Action == "create" || c.Action == "replace")
}

// withIgnored is the configuration as the provider sees it while it plans: what is ignored is as it was.
func (w *Workspace) withIgnored(address string, config tftypes.Value, prior tftypes.Value) tftypes.Value {
	if len(w.Ignored[address]) == 0 || prior.IsNull() || config.IsNull() {
		return config
	}
	values, was := members(config), members(prior)
	for _, name := range w.Ignored[address] {
		values[name] = was[name]
	}
	return tftypes.NewValue(config.Type(), values)
}

// refresh is nil for what is gone.
func (w *Workspace) refresh(address string, o *object) (*object, []Problem, []string) {
	got, err := w.process.ReadResource(w.ctx, &tfprotov6.ReadResourceRequest{TypeName: TypeOf(address), CurrentState: o.state, CurrentIdentity: o.identity, Private: o.private})
	if err != nil {
		panic(err)
	}
	problems, warnings := sorted(got.Diagnostics, false)
	if len(problems) > 0 {
		return o, problems, warnings
	}
	if len(attributesOf(w.schemas.types[TypeOf(address)], got.NewState)) == 0 {
		return nil, nil, warnings
	}
	return &object{state: got.NewState, identity: got.NewIdentity, private: got.Private, tainted: o.tainted}, nil, warnings
}

// planOne refreshes and plans one resource. What comes back beside the change is its object after the refresh, nil for none.
func (w *Workspace) planOne(address string, changes map[string]*Change) (*Change, *object) {
	c := &Change{Address: address}
	block, isConfigured := w.Blocks[address]
	if isConfigured && block != nil {
		c.config = w.configured(address, changes)
		validated, err := w.process.ValidateResourceConfig(w.ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: TypeOf(address), Config: dynamic(c.config)})
		if err != nil {
			panic(err)
		}
		if c.Problems, c.Warnings = sorted(validated.Diagnostics, false); len(c.Problems) > 0 {
			return c, w.objects[address]
		}
	}
	o := w.objects[address]
	if o != nil {
		var warnings []string
		o, c.Problems, warnings = w.refresh(address, o)
		c.Warnings = append(c.Warnings, warnings...)
		if len(c.Problems) > 0 {
			return c, o
		}
	}
	switch {
	case !isConfigured && o == nil:
	case !isConfigured:
		c.Action = "destroy"
		w.planWith(c, o, tftypes.NewValue(w.schemas.types[TypeOf(address)], nil))
	case o == nil || o.tainted:
		c.Action = "create"
		w.planWith(c, &object{}, c.config)
		if o != nil && len(c.Problems) == 0 {
			c.Action = "replace"
		}
	default:
		w.planUpdate(c, o)
	}
	return c, o
}

// planWith asks for the plan of an object, which is no object for a creation.
func (w *Workspace) planWith(c *Change, o *object, config tftypes.Value) {
	kind, schema := w.schemas.types[TypeOf(c.Address)], w.schemas.resources[TypeOf(c.Address)]
	prior := tftypes.NewValue(kind, nil)
	if o.state != nil {
		prior, _ = o.state.Unmarshal(kind)
	}
	config = w.withIgnored(c.Address, config, prior)
	planned, err := w.process.PlanResourceChange(w.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: TypeOf(c.Address), PriorState: dynamic(prior), Config: dynamic(config), PriorPrivate: o.private, PriorIdentity: o.identity,
		ProposedNewState: dynamic(proposed(schema.Block.Attributes, kind, prior, config, prior.IsNull())),
	})
	if err != nil {
		panic(err)
	}
	problems, warnings := sorted(planned.Diagnostics, !w.planning)
	c.Problems, c.Warnings, c.planned = append(c.Problems, problems...), append(c.Warnings, warnings...), planned
	c.Will = map[string]any{}
	for name, value := range attributesOf(kind, planned.PlannedState) {
		if text := plain(value); text != nil {
			c.Will[name] = text
		}
	}
}

func (w *Workspace) planUpdate(c *Change, o *object) {
	w.planWith(c, o, c.config)
	if len(c.Problems) > 0 || w.process.dead {
		return
	}
	kind := w.schemas.types[TypeOf(c.Address)]
	priorValue, _ := o.state.Unmarshal(kind)
	prior, asked, will := members(priorValue), members(w.withIgnored(c.Address, c.config, priorValue)), attributesOf(kind, c.planned.PlannedState)
	for _, a := range w.schemas.resources[TypeOf(c.Address)].Block.Attributes {
		was, wanted, is := prior[a.Name], asked[a.Name], will[a.Name]
		keeps := is.Equal(was) && (!was.IsNull() || wanted.IsNull() && a.Computed)
		if a.NestedType == nil && !is.Equal(wanted) && !keeps && (!wanted.IsNull() || !a.Computed) {
			w.breach("invalid plan: %s is planned as %s, configured as %s", a.Name, is, wanted)
		}
		anew := slices.ContainsFunc(c.planned.RequiresReplace, func(at *tftypes.AttributePath) bool { return at.Steps()[0] == tftypes.AttributeName(a.Name) })
		switch {
		case is.Equal(was):
		case anew: // it counts where something changes
			c.Action = "replace"
		case c.Action == "":
			c.Action = "update"
		}
	}
	if c.Action == "replace" { // the purchase is planned with what the first plan keeps of the old object
		w.planWith(c, &object{private: c.planned.PlannedPrivate}, c.config)
	}
}

// applyOne plans once more, as Terraform does, and carries the plan out.
func (w *Workspace) applyOne(c *Change) {
	if o, ready := w.finalPlan(c); ready {
		w.carryOut(c, o)
	}
}

// applyTogether plans all creations once more before it carries them out, the last one first: Terraform applies several at once, in any order.
func (w *Workspace) applyTogether(changes map[string]*Change) {
	var carry []func()
	for _, address := range slices.Sorted(maps.Keys(changes)) {
		c := changes[address]
		if w.at = address; c.Action != "create" {
			continue
		}
		if o, ready := w.finalPlan(c); ready {
			carry = append(carry, func() {
				w.at, w.current = address, c
				w.carryOut(c, o)
			})
		}
	}
	for _, one := range slices.Backward(carry) {
		one()
	}
}

// finalPlan plans once more what is to be carried out then, and destroys what it replaces. It is false where that is all, or was refused.
func (w *Workspace) finalPlan(c *Change) (o *object, ready bool) {
	if w.waitsForAnother(c) {
		return nil, false
	}
	c.Applied, w.current = true, c
	o = w.objects[c.Address]
	if c.Action == "replace" || c.Action == "destroy" {
		if !w.destroy(c, o) || c.Action == "destroy" {
			return nil, false
		}
		o = nil
	}
	before := attributesOf(w.schemas.types[TypeOf(c.Address)], c.planned.PlannedState)
	if o == nil {
		o = &object{}
	}
	c.config = w.configured(c.Address, nil)
	w.planWith(c, o, c.config)
	if len(c.Problems) > 0 || w.process.dead {
		return nil, false
	}
	if wrong := differing(before, attributesOf(w.schemas.types[TypeOf(c.Address)], c.planned.PlannedState)); len(wrong) > 0 {
		c.Problems = append(c.Problems, Problem{"Provider produced inconsistent final plan", strings.Join(wrong, "; "), true, ""})
		return nil, false
	}
	return o, true
}

// waitsForAnother holds for what refers to a resource that failed: Terraform does not come to it.
func (w *Workspace) waitsForAnother(c *Change) bool {
	for _, value := range w.Blocks[c.Address] {
		if reference, ok := value.(Reference); ok && w.objects[reference.Address] == nil {
			return true
		}
	}
	return false
}

// destroy is the end of an object, or the first half of its replacement. It is false where the object stays.
func (w *Workspace) destroy(c *Change, o *object) bool {
	kind := w.schemas.types[TypeOf(c.Address)]
	applied, err := w.process.ApplyResourceChange(w.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: TypeOf(c.Address), PriorState: o.state, PlannedState: dynamic(tftypes.NewValue(kind, nil)), Config: dynamic(tftypes.NewValue(kind, nil)),
		PlannedPrivate: c.planned.PlannedPrivate, PlannedIdentity: o.identity,
	})
	if err != nil {
		panic(err)
	}
	if w.process.dead {
		return false
	}
	defer w.save()
	problems, warnings := sorted(applied.Diagnostics, true)
	c.Problems, c.Warnings = append(c.Problems, problems...), append(c.Warnings, warnings...)
	if len(problems) > 0 {
		return false
	}
	delete(w.objects, c.Address)
	return true
}

// carryOut applies a creation or an update, and keeps what Terraform keeps of it.
func (w *Workspace) carryOut(c *Change, o *object) {
	kind := w.schemas.types[TypeOf(c.Address)]
	prior, creates := o.state, o.state == nil
	if creates {
		prior = dynamic(tftypes.NewValue(kind, nil))
	}
	applied, err := w.process.ApplyResourceChange(w.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: TypeOf(c.Address), PriorState: prior, PlannedState: c.planned.PlannedState, Config: dynamic(c.config),
		PlannedPrivate: c.planned.PlannedPrivate, PlannedIdentity: c.planned.PlannedIdentity,
	})
	if err != nil {
		panic(err)
	}
	if w.process.dead {
		if w.outlived && !creates {
			w.objects[c.Address] = &object{state: prior, tainted: o.tainted} // Terraform drops what only an answer brings: private state and identity
		}
		return
	}
	defer w.save()
	problems, warnings := sorted(applied.Diagnostics, true)
	c.Problems, c.Warnings = append(c.Problems, problems...), append(c.Warnings, warnings...)
	got := attributesOf(kind, applied.NewState)
	if len(got) == 0 {
		if len(problems) == 0 {
			w.breach("a %s without an error leaves nothing", c.Action)
		}
		return
	}
	w.objects[c.Address] = &object{state: applied.NewState, identity: applied.NewIdentity, private: applied.Private, tainted: creates && len(problems) > 0}
	for name, value := range got {
		if !value.IsFullyKnown() {
			w.breach("after the apply %s is still unknown", name)
		}
	}
	if wrong := differing(attributesOf(kind, c.planned.PlannedState), got); len(problems) == 0 && len(wrong) > 0 {
		w.breach("inconsistent result after apply: %s", strings.Join(wrong, "; "))
	}
}
