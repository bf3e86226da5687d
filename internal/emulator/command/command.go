// SPDX-License-Identifier: MPL-2.0

// Package command is the command line of the emulator, for the program of its own and for `partnercenter emulator`.
package command

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Program is what the command is called by, and which release it belongs to.
type Program struct{ Name, Version, Commit string }

// config is the command line.
type config struct {
	address, readyFile, certFile, snapshot, fixture string
	quiet, empty, sandbox, version                  bool
	start                                           time.Time
	latency                                         time.Duration
}

// Run serves Partner Center in memory, with a sample tenant, until ctx ends. It returns flag.ErrHelp where args ask for help.
func (p Program) Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, err := p.parse(args, stderr)
	if err != nil {
		return err
	}
	if c.version {
		_, err := fmt.Fprintln(stdout, strings.TrimSpace(p.Name+" "+p.Version+" "+p.Commit))
		return err
	}
	s, err := emulator.Start(c.options()...)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.snapshot != "" {
		saved, err := os.ReadFile(c.snapshot)
		if err != nil {
			return fmt.Errorf("reading the snapshot: %w", err)
		}
		if err := s.Restore(saved); err != nil {
			return err
		}
	}
	if c.fixture != "" {
		if err := play(s, c.fixture); err != nil {
			return err
		}
	}
	fmt.Fprintln(stdout, s.URL)
	if !c.quiet {
		describe(stdout, s)
	}
	if err := c.write(s); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func (p Program) parse(args []string, stderr io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet(p.Name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.address, "address", "127.0.0.1:8765", "host:port to serve http on; port 0 is a free one")
	flags.BoolVar(&c.quiet, "quiet", false, "print the address only")
	flags.BoolVar(&c.version, "version", false, "print version and commit, and end")
	flags.BoolVar(&c.empty, "empty", false, "start with a partner that has no customers and no catalogue")
	flags.StringVar(&c.snapshot, "snapshot", "", "file to start from, as GET /_emulator/snapshot answers it")
	flags.StringVar(&c.fixture, "fixture", "", "file with recorded answers, as partnercenter conformance fixture writes it; they come before the emulator's own")
	flags.BoolVar(&c.sandbox, "sandbox", false, "be an integration sandbox: its limits, no invitations, no publishers")
	flags.DurationVar(&c.latency, "latency", 0, "hold every request for so long, such as 200ms")
	flags.StringVar(&c.readyFile, "ready-file", "", "file to write addresses and credentials to, as JSON, once it serves")
	flags.StringVar(&c.certFile, "cert-file", "", "file to write the authority of the https address to, as PEM")
	flags.Func("time", "virtual time to start at, such as 2026-03-01T09:00:00Z (default now)", func(text string) (err error) {
		c.start, err = time.Parse(time.RFC3339, text)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return c, nil
}

func (c config) options() []emulator.Option {
	tenant := emulator.SampleTenant()
	if c.empty {
		tenant = emulator.EmptyTenant()
	}
	return []emulator.Option{
		tenant, emulator.WithAddress(c.address), emulator.WithTime(c.start),
		emulator.WithBehaviour(func(b *emulator.Behaviour) { b.Latency, b.Sandbox = c.latency, c.sandbox }),
	}
}

// play lets recorded answers come before the emulator's own.
func play(s *emulator.Server, name string) error {
	content, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the fixture: %w", err)
	}
	fixture, err := emulator.ReadFixture(content)
	if err != nil {
		return err
	}
	s.Play(fixture)
	return nil
}

// write leaves the files behind that scripts wait for; the ready file comes last and at once.
func (c config) write(s *emulator.Server) error {
	if c.certFile != "" {
		if err := os.WriteFile(c.certFile, s.CertPEM(), 0o600); err != nil {
			return fmt.Errorf("writing the certificate: %w", err)
		}
	}
	if c.readyFile == "" {
		return nil
	}
	ready, err := json.MarshalIndent(map[string]string{
		"url": s.URL, "tlsUrl": s.TLSURL, "tenantId": s.TenantID(),
		"clientId": emulator.ClientID, "clientSecret": emulator.ClientSecret,
	}, "", "  ")
	if err != nil {
		return err
	}
	partial := c.readyFile + ".partial"
	if err := os.WriteFile(partial, append(ready, '\n'), 0o600); err != nil {
		return fmt.Errorf("writing the ready file: %w", err)
	}
	if err := os.Rename(partial, c.readyFile); err != nil {
		return fmt.Errorf("writing the ready file: %w", err)
	}
	return nil
}
