// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

type (
	configuration = terraform.Configuration
	record        = terraform.Record
)

// cell is one subscription of the sample tenant in a workspace of its own, as a cell of a table has it.
type cell struct {
	t             *testing.T
	emu           *emulator.Server
	workspace     *terraform.Workspace
	customer, id  string
	configuration configuration
}

const cellAddress = terraform.SubscriptionType + ".cell"

// cellOf imports a subscription of a family of the sample tenant, with all that its record shows as its configuration.
func cellOf(t *testing.T, family string, behave func(*emulator.Behaviour)) *cell {
	t.Helper()
	quick := func(b *emulator.Behaviour) { b.RequestsPerMinute, b.TokenLifetime = 0, 1e5*time.Hour }
	emu, err := emulator.Start(emulator.InMemory(), emulator.SampleTenant(), emulator.WithTime(simulation.Begins), emulator.WithBehaviour(quick), emulator.WithBehaviour(behave))
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := terraform.ReadSchemas()
	if err != nil {
		t.Fatal(err)
	}
	c := &cell{t: t, emu: emu, workspace: terraform.NewWorkspace(family, emu, schemas, t.Logf)}
	c.customer, c.id = simulation.Family(family)
	c.configuration = terraform.Everything(c.customer, c.record())
	c.workspace.Blocks[cellAddress] = c.configuration
	if problems := c.workspace.Import(cellAddress, c.customer+"/"+c.id); len(problems) > 0 {
		t.Fatal(problems)
	}
	t.Cleanup(func() {
		for _, breach := range c.workspace.Breaches() {
			t.Error(breach)
		}
		for _, violation := range emu.Violations() {
			t.Errorf("breach of the protocol: %v", violation)
		}
	})
	return c
}

func (c *cell) record() record { return terraform.RecordOf(c.emu, c.customer, c.id) }

func (c *cell) plan() *terraform.Change { return c.workspace.Plan().Changes[cellAddress] }

func (c *cell) apply() *terraform.Change { return c.workspace.Apply(nil).Changes[cellAddress] }

// destroy removes the block, and applies.
func (c *cell) destroy() *terraform.Change {
	delete(c.workspace.Blocks, cellAddress)
	return c.apply()
}

// recover ends a bad day of the service.
func (c *cell) recover() {
	c.emu.Behave(func(b *emulator.Behaviour) { b.PatchMode, b.PublisherRefusesChanges = emulator.PatchApplied, false })
}

func (c *cell) fail(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s\nconfiguration:\n%srecord:%s", fmt.Sprintf(format, args...), c.configuration.HCL("  "), c.record().Brief())
}

// must applies what has to be possible, and sees that it is there and nothing more is planned.
func (c *cell) must(changes configuration) {
	c.t.Helper()
	maps.Copy(c.configuration, changes)
	if got := c.apply(); len(got.Problems) > 0 {
		c.fail("it should be possible: %s", got.Problems[0])
	}
	if got := c.plan(); len(got.Problems) > 0 || got.Action != "" {
		c.fail("the plan is not empty afterwards: %s %v", got.Action, got.Problems)
	}
	if missing := c.configuration.Missing(c.record()); len(missing) > 0 {
		c.fail("the record lacks %v", missing)
	}
}

// refused sees that a change is refused with all of these words; "at plan" and "at apply" say when. Nothing may have changed.
func (c *cell) refused(changes configuration, want ...string) {
	c.t.Helper()
	before, kept := c.record().Brief(), c.configuration.Clone()
	maps.Copy(c.configuration, changes)
	got := c.apply()
	if len(got.Problems) == 0 {
		c.fail("%v should be refused", changes)
		return
	}
	for _, words := range want {
		if !strings.Contains(got.Problems[0].String(), words) {
			c.fail("the refusal should say %q: %s", words, got.Problems[0])
		}
	}
	if after := c.record().Brief(); after != before {
		c.fail("it was refused and yet changed:%s", before)
	}
	clear(c.configuration)
	maps.Copy(c.configuration, kept)
}
