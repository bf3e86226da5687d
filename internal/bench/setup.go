// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// build compiles the provider of a kind as a release does, into a folder that the CLI installs from, and returns the size of the program.
func (b *bench) build(ctx context.Context, k measuredProvider) (size int64, err error) {
	if k.binary == "" {
		return 0, nil
	}
	_, name, _ := strings.Cut(k.program, "terraform-provider-")
	program := filepath.Join(b.plugins(k), host, name, "0.0.1", runtime.GOOS+"_"+runtime.GOARCH, k.program+"_v0.0.1")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, k.binary) //nolint:gosec // packages of this module, named in kinds
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("building %s: %w\n%s", k.binary, err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (b *bench) plugins(k measuredProvider) string {
	return filepath.Join(b.dir, "plugins-"+plain(k.name))
}

func (b *bench) folder(kind string, n int) string {
	return filepath.Join(b.dir, fmt.Sprintf("%s-%d", plain(kind), n))
}

func plain(name string) string { return strings.ReplaceAll(name, " ", "-") }

// workspace makes a folder whose state has an estate of a kind already.
func (b *bench) workspace(ctx context.Context, k measuredProvider, estate []object) error {
	dir := b.folder(k.name, len(estate))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if err := k.write(dir, estate, 0, true); err != nil {
		return err
	}
	init := []string{"init", "-input=false"}
	if k.binary != "" {
		init = append(init, "-plugin-dir="+b.plugins(k))
	}
	if err := b.must(ctx, dir, init...); err != nil {
		return err
	}
	if k.stateOf != "" && len(estate) > 0 {
		return b.copyState(k, dir, len(estate))
	}
	if err := b.adopt(ctx, k, dir, estate); err != nil {
		return err
	}
	if writes := b.emu.Writes(); len(writes) > 0 {
		return fmt.Errorf("taking over the estate wrote %s %s", writes[0].Method, writes[0].Path)
	}
	return k.write(dir, estate, 0, false)
}

func (b *bench) copyState(k measuredProvider, dir string, n int) error {
	state, err := os.ReadFile(statePath(b.folder(k.stateOf, n)))
	if err != nil {
		return err
	}
	return os.WriteFile(statePath(dir), state, 0o600) //nolint:gosec // in a folder that this program has made
}

func (b *bench) must(ctx context.Context, dir string, args ...string) error {
	o, err := b.run(ctx, dir, args...)
	if err != nil {
		return err
	}
	if o.code != 0 {
		return fmt.Errorf("%v failed:\n%s", args, o.output[max(0, len(o.output)-4000):])
	}
	return nil
}

// programs builds the providers and measures how long they take to start and say what they offer.
func (b *bench) programs(ctx context.Context) error {
	b.emu = emulator.New()
	defer b.emu.Close()
	b.env = b.environment(0)
	var started []measuredProvider
	for _, k := range kinds {
		if k.binary == "" || !b.prepares(k) {
			continue
		}
		fmt.Fprintf(b.progress, "building %s\n", k.name)
		size, err := b.build(ctx, k)
		if err != nil {
			return err
		}
		if err := b.workspace(ctx, k, nil); err != nil {
			return err
		}
		b.built(k.name, size)
		started = append(started, k)
	}
	for range schemaTurns {
		for _, k := range started {
			o, err := b.run(ctx, b.folder(k.name, 0), "providers", "schema", "-json")
			if err != nil {
				return err
			}
			b.started(k.name, o)
		}
	}
	return nil
}

// schemaTurns is how often each provider says what it offers; it takes a fraction of a second.
const schemaTurns = 21
