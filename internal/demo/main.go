// SPDX-License-Identifier: MPL-2.0

// Command demo shows a partner's day: it looks at a customer, buys, changes and stops subscriptions with a real Terraform or OpenTofu
// and the real provider, against an emulator of Partner Center in this process, and says at the end what the emulator saw.
//
// `make demo` starts it with the CLI to use in TF_ACC_TERRAFORM_PATH.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const cliVariable = "TF_ACC_TERRAFORM_PATH"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := play(ctx, newScreen(os.Stdout, os.Getenv), os.Getenv(cliVariable))
	stop()
	switch {
	case errors.Is(err, errInterrupted):
		fmt.Fprintln(os.Stderr, "\nInterrupted. The temporary files are removed, and nothing was ever bought outside the emulator.")
		os.Exit(130)
	case err != nil:
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

// play goes through the whole demo and cleans up, whatever happens.
func play(ctx context.Context, s *screen, cliPath string) error {
	if cliPath == "" {
		return fmt.Errorf("start it with `make demo`, which finds Terraform or OpenTofu, or name one in %s", cliVariable)
	}
	s.say("A day with subscriptions of Partner Center, in six steps. Everything below is real, the commands and the provider,\n" +
		"except Partner Center itself: an emulator plays it inside this program. No account is needed and nothing is paid.")
	s.say("Plans are shortened: a number in brackets says how many attributes were left out.")
	s.say("Building the provider ...")
	w, err := prepare(ctx)
	if err != nil {
		return err
	}
	defer w.remove()
	emu, err := emulator.Start(emulator.SampleTenant())
	if err != nil {
		return err
	}
	defer emu.Close()

	d := newDemo(s, w, emu, cliPath)
	for i, step := range steps {
		s.headline(fmt.Sprintf("%d. %s", i+1, step.headline))
		if err := step.play(ctx, d); errors.Is(err, errInterrupted) {
			return errInterrupted
		} else if err != nil {
			return fmt.Errorf("step %d failed: %w", i+1, err)
		}
	}
	return conclude(s, emu)
}

// demo is what the steps work with.
type demo struct {
	screen    *screen
	workspace *workspace
	emulator  *emulator.Server

	report, licenses, activation *cli // in the folders of examples/demo
}

func newDemo(s *screen, w *workspace, emu *emulator.Server, cliPath string) *demo {
	environment := cleanEnvironment(map[string]string{
		"CHECKPOINT_DISABLE":           "1", // no question for newer versions over the network
		"TF_IN_AUTOMATION":             "1", // no advice on what to type next: the demo does it
		"TF_INPUT":                     "0",
		"TF_CLI_CONFIG_FILE":           w.path("cli.tfrc"),
		"PARTNERCENTER_ENDPOINT":       emu.URL,
		"PARTNERCENTER_AUTHORITY_HOST": emu.URL,
		"PARTNERCENTER_TENANT_ID":      emu.TenantID(),
		"PARTNERCENTER_CLIENT_ID":      emulator.ClientID,
		"PARTNERCENTER_CLIENT_SECRET":  emulator.ClientSecret,
	})
	in := func(folder string) *cli {
		return &cli{path: filepath.Clean(cliPath), folder: w.path(folder), environment: environment, screen: s}
	}
	return &demo{screen: s, workspace: w, emulator: emu, report: in("report"), licenses: in("licenses"), activation: in("activation")}
}
