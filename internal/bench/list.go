// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// listed is how many subscriptions each customer of the estate has that the data source reads.
const listed = 10

const listConfiguration = `
data "partnercenter_subscriptions" "all" {}

output "found" {
  value = "${length([for s in data.partnercenter_subscriptions.all.subscriptions : s if startswith(s.friendly_name, "Betrieb ")])} subscriptions"
}
`

// list reads an estate by partnercenter_subscriptions, under the limit and with the longest latency.
func (b *bench) list(ctx context.Context) (err error) {
	if b.estate == 0 {
		return nil
	}
	k := kinds[0]
	b.emu = emulator.New(emulator.LargeTenant(b.estate, listed))
	defer b.emu.Close()
	b.emu.Behave(func(to *emulator.Behaviour) { to.RequestsPerMinute = 0 })
	if b.before, err = b.emu.Snapshot(); err != nil {
		return err
	}
	if b.holders, err = holdersIn(ctx, b.emu); err != nil {
		return err
	}
	b.env = b.environment(0)
	dir := filepath.Join(b.dir, "list")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(k.required+listConfiguration), 0o600); err != nil {
		return err
	}
	if err := b.must(ctx, dir, "init", "-input=false", "-plugin-dir="+b.plugins(k)); err != nil {
		return err
	}
	n := b.estate * listed
	c := cell{n, readStep, k.name, situation{slices.Max(b.latencies), slices.Max(b.limits)}}
	for turn := range b.repeat {
		if err := b.prepare(c.situation); err != nil {
			return err
		}
		got, err := b.sample(ctx, dir, fmt.Sprintf("\"%d subscriptions\"", n), "plan", "-input=false", "-no-color")
		if err != nil {
			return err
		}
		b.add(c, got)
		fmt.Fprintf(b.progress, "%d: %s: %.2f s (%d of %d)\n", n, c.step, got.took.Seconds(), turn+1, b.repeat)
	}
	return nil
}
