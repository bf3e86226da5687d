// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	host    = "bench.example/bench/partnercenter" // a registry that nobody asks: the provider lies in a folder
	program = "terraform-provider-partnercenter"
	version = "0.0.1"
)

// build compiles the provider as a release does, into a folder that the CLI installs from.
func build(ctx context.Context, plugins string) error {
	to := filepath.Join(plugins, host, version, runtime.GOOS+"_"+runtime.GOARCH, program+"_v"+version)
	if runtime.GOOS == "windows" {
		to += ".exe"
	}
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, ".") //nolint:gosec // this module
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// fleet is all runs with one setting.
type fleet struct {
	settings

	perMinute    int
	dir, plugins string
	progress     io.Writer

	emu *emulator.Server
	env []string
}

// measure runs each step in all folders at once and writes a line of the table for it.
func (f *fleet) measure(ctx context.Context, stdout io.Writer) error {
	f.emu = emulator.New(emulator.LargeTenant(f.customers, 10))
	defer f.emu.Close()
	f.emu.Behave(func(to *emulator.Behaviour) { to.RequestsPerMinute = 0 })
	f.env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+os.DevNull, "TF_CLI_ARGS=-no-color",
		"PARTNERCENTER_ENDPOINT="+f.emu.URL, "PARTNERCENTER_AUTHORITY_HOST="+f.emu.URL, "PARTNERCENTER_TENANT_ID="+f.emu.TenantID(),
		"PARTNERCENTER_CLIENT_ID="+emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET="+emulator.ClientSecret,
		"PARTNERCENTER_REQUESTS_PER_MINUTE="+strconv.Itoa(f.perMinute))
	if err := f.prepare(ctx); err != nil {
		return err
	}
	for _, step := range f.steps {
		f.emu.Clock().Advance(time.Hour) // lists show what the step before has bought, and no minute of it counts any more
		f.emu.Behave(func(to *emulator.Behaviour) { to.RequestsPerMinute = f.limit })
		f.emu.ForgetRequests()
		before := f.emu.ThrottleReport().Answered
		took, failed := f.all(ctx, step)
		if len(took) == 0 {
			return fmt.Errorf("no run of %s has ended well", step)
		}
		fmt.Fprintf(stdout, "| %s | %d | %.0f s | %.0f s | %d | %d | %d |\n", step, f.perMinute, slices.Min(took).Seconds(), slices.Max(took).Seconds(),
			len(f.emu.Requests()), f.emu.ThrottleReport().Answered-before, failed)
	}
	return nil
}

func (f *fleet) folder(n int) string { return filepath.Join(f.dir, strconv.Itoa(n)) }

// prepare makes a folder for each run, with a purchase for each customer of its share.
func (f *fleet) prepare(ctx context.Context) error {
	for n := range f.runs {
		if err := os.MkdirAll(f.folder(n), 0o700); err != nil {
			return err
		}
		var text strings.Builder
		fmt.Fprintf(&text, "terraform {\n  required_providers {\n    partnercenter = { source = %q }\n  }\n}\n", host)
		for customer := n * f.customers / f.runs; customer < (n+1)*f.customers/f.runs; customer++ {
			fmt.Fprintf(&text, `
resource "partnercenter_subscription" "c%03d" {
  customer_id   = %q
  product_id    = "CFQ7TTC0BW1S"
  sku_id        = "0001"
  friendly_name = "workplace"
  quantity      = 5
  term_duration = "P1Y"
  billing_cycle = "monthly"
}
`, customer, emulator.LargeCustomer(customer))
		}
		if err := os.WriteFile(filepath.Join(f.folder(n), "main.tf"), []byte(text.String()), 0o600); err != nil {
			return err
		}
		if out, err := f.cli(ctx, n, "init", "-input=false", "-plugin-dir="+f.plugins); err != nil {
			return fmt.Errorf("init: %w\n%s", err, out)
		}
	}
	return nil
}

// all does a step in every folder at once, and returns how long each run took that ended well, and how many did not.
func (f *fleet) all(ctx context.Context, step string) (took []time.Duration, failed int) {
	args := []string{step, "-input=false"}
	if step == buyStep {
		args = append(args, "-auto-approve")
	} else {
		args = append(args, "-detailed-exitcode") // a difference counts as a failure
	}
	var mu sync.Mutex
	var runs sync.WaitGroup
	begin := time.Now()
	for n := range f.runs {
		runs.Go(func() {
			out, err := f.cli(ctx, n, args...)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed++
				fmt.Fprintf(f.progress, "%s, run %d: %v\n%s\n", step, n, err, out[max(0, len(out)-2000):])
				return
			}
			took = append(took, time.Since(begin))
		})
	}
	runs.Wait()
	return took, failed
}

func (f *fleet) cli(ctx context.Context, n int, args ...string) (output string, err error) {
	cli := os.Getenv("TF_ACC_TERRAFORM_PATH") // what acceptance tests run, too
	if cli == "" {
		cli = "terraform"
	}
	command := exec.CommandContext(ctx, cli, args...) //nolint:gosec // the CLI that is measured
	command.Dir, command.Env = f.folder(n), f.env
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err = command.Run()
	return out.String(), err
}
