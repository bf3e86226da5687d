// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// size measures all kinds with one size of the estate, in turn, so that whatever else the machine does meets all of them.
func (b *bench) size(ctx context.Context, n int) error {
	b.emu = emulator.New(emulator.LargeTenant(customers(n), perCustomer))
	defer b.emu.Close()
	b.emu.Behave(func(to *emulator.Behaviour) { to.RequestsPerMinute = 0 })
	estate, err := estateOf(ctx, b.emu, n)
	if err != nil {
		return err
	}
	if b.before, err = b.emu.Snapshot(); err != nil {
		return err
	}
	b.env = b.environment(0)
	for _, k := range kinds {
		if !b.prepares(k) {
			continue
		}
		fmt.Fprintf(b.progress, "%d: preparing %s\n", n, k.name)
		b.emu.ForgetRequests()
		if err := b.workspace(ctx, k, estate); err != nil {
			return fmt.Errorf("%s: %w", k.name, err)
		}
	}
	for turn := range b.repeat {
		for _, k := range b.measured() {
			for _, c := range b.cells(k, n) {
				got, err := b.once(ctx, k, estate, c)
				if err != nil {
					return fmt.Errorf("%s, %s: %w", k.name, c.step, err)
				}
				b.add(c, got)
				fmt.Fprintf(b.progress, "%d: %s, %s, %s, limit %d: %.2f s (%d of %d)\n", n, c.step, c.kind, c.latency, c.limit, got.took.Seconds(), turn+1, b.repeat)
			}
		}
	}
	return nil
}

func (b *bench) measured() []measuredProvider {
	return slices.DeleteFunc(slices.Clone(kinds), func(k measuredProvider) bool { return !slices.Contains(b.kinds, k.name) })
}

// prepares says whether an estate of the kind is needed: the first kind's state is taken over by others.
func (b *bench) prepares(k measuredProvider) bool {
	return k.name == kinds[0].name || slices.Contains(b.kinds, k.name)
}

// cells are the lines of the table about a kind. Latency and limit make no difference to those that send nothing; with a limit, the
// shortest latency says nothing new, and neither does a plan that sends nothing.
func (b *bench) cells(k measuredProvider, n int) []cell {
	var all []cell
	for _, limit := range b.limits {
		for _, latency := range b.latencies {
			for _, step := range b.steps {
				c := cell{n, step, k.name, situation{latency, limit}}
				if !k.calls || step == withoutRefresh {
					c.situation = situation{}
				}
				quick := limit == 0 || latency == slices.Max(b.latencies) && (k.shares || step == planStep && b.worthwhile(n, limit))
				if quick && !slices.Contains(all, c) {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

func (b *bench) worthwhile(requests, limit int) bool {
	return time.Duration(requests)*time.Minute/time.Duration(limit) <= b.timeout
}

func (b *bench) once(ctx context.Context, k measuredProvider, estate []object, c cell) (sample, error) {
	dir, changes, command := b.folder(k.name, len(estate)), 0, append(strings.Fields(c.step), "-input=false", "-no-color")
	if c.step == applyStep {
		changes, command = min(changed, len(estate)), []string{"apply", "-input=false", "-no-color", "-auto-approve"}
	}
	if err := b.prepare(c.situation); err != nil {
		return sample{}, err
	}
	if changes > 0 {
		defer b.putBack(k, dir, estate)
		if err := k.write(dir, estate, changes, false); err != nil {
			return sample{}, err
		}
	}
	want := "No changes."
	if changes > 0 {
		want = fmt.Sprintf("Apply complete! Resources: 0 added, %d changed, 0 destroyed.", changes)
	}
	return b.sample(ctx, dir, want, command...)
}

// sample runs a command, which has to say what is wanted, and counts what it sends.
func (b *bench) sample(ctx context.Context, dir, want string, command ...string) (sample, error) {
	o, err := b.run(ctx, dir, command...)
	if err != nil {
		return sample{}, err
	}
	if o.code != 0 || !strings.Contains(o.output, want) {
		return sample{}, fmt.Errorf("%q is missing (exit code %d):\n%s", want, o.code, o.output[max(0, len(o.output)-4000):])
	}
	s := sample{outcome: o, throttled: b.emu.ThrottleReport().Answered}
	for _, request := range b.emu.Requests() {
		switch {
		case request.SignIn:
			s.tokens++
		case request.Is("GET", "customers/*/subscriptions"):
			s.lists++
		case request.Is("GET", "customers"):
			s.pages++
		}
		s.requests++
	}
	return s, nil
}

// prepare brings emulator and environment to where each measurement begins.
func (b *bench) prepare(at situation) error {
	b.emu.Reset()
	if err := b.emu.Restore(b.before); err != nil {
		return err
	}
	b.emu.Behave(func(to *emulator.Behaviour) { to.Latency, to.RequestsPerMinute = at.latency, at.limit })
	b.env = b.environment(at.limit)
	return nil
}

// putBack undoes in the folder what an apply has done.
func (b *bench) putBack(k measuredProvider, dir string, estate []object) {
	_ = os.Rename(statePath(dir)+".backup", statePath(dir)) // without it the next plan is not empty, and says so
	_ = k.write(dir, estate, 0, false)
}

// environment leads the provider to the emulator, with its own default pace where Partner Center has a limit.
func (b *bench) environment(limit int) []string {
	env := append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+os.DevNull,
		"PARTNERCENTER_ENDPOINT="+b.emu.URL, "PARTNERCENTER_AUTHORITY_HOST="+b.emu.URL, "PARTNERCENTER_TENANT_ID="+b.emu.TenantID(),
		"PARTNERCENTER_CLIENT_ID="+emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET="+emulator.ClientSecret)
	if limit == 0 {
		env = append(env, fmt.Sprintf("PARTNERCENTER_REQUESTS_PER_MINUTE=%d", unlimited))
	}
	return env
}
