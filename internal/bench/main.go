// SPDX-License-Identifier: MPL-2.0

// Command bench measures what plan and apply of many subscriptions cost, beside the same with a request for every read and beside the
// least that Terraform needs for as many objects: those of a provider that does nothing, and its own terraform_data. The provider runs in
// a process of its own, as installed, against the emulator in this one. Times depend on the machine; the ratios are what counts.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parseArguments(args []string, stderr io.Writer) (settings, error) {
	s := settings{
		sizes: []int{100, 1000}, latencies: []time.Duration{0, 100 * time.Millisecond}, limits: []int{0, 500},
		steps: []string{planStep, withoutRefresh, applyStep},
	}
	for _, k := range kinds {
		s.kinds = append(s.kinds, k.name)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	list(flags, "n", "sizes of the estate", &s.sizes, strconv.Atoi)
	list(flags, "latency", "how long Partner Center holds every request", &s.latencies, duration)
	list(flags, "limit", "requests that Partner Center lets through a minute; 0 for no limit, and then none in the provider either", &s.limits, strconv.Atoi)
	list(flags, "kind", "what to measure", &s.kinds, plainText)
	list(flags, "step", "what to do with it", &s.steps, plainText)
	flags.IntVar(&s.estate, "estate", 300, "customers, with 10 subscriptions each, that a data source reads; 0 for none")
	flags.IntVar(&s.repeat, "repeat", 3, "measure everything so often, in turn, and print the median")
	flags.DurationVar(&s.timeout, "max-wait", 5*time.Minute, "leave out what the limit alone makes take longer")
	flags.BoolVar(&s.keep, "keep", false, "leave the folder with programs and states behind")
	err := flags.Parse(args)
	s.repeat = max(s.repeat, 1)
	return s, err
}

// list is a flag with values separated by commas.
func list[T any](flags *flag.FlagSet, name, help string, values *[]T, parse func(string) (T, error)) {
	help = fmt.Sprintf("%s, separated by commas (default %s)", help, strings.Trim(fmt.Sprintf("%v", *values), "[]"))
	flags.Func(name, help, func(text string) error {
		*values = nil
		for part := range strings.SplitSeq(text, ",") {
			value, err := parse(strings.TrimSpace(part))
			if err != nil {
				return err
			}
			*values = append(*values, value)
		}
		return nil
	})
}

func plainText(value string) (string, error) { return value, nil }

func duration(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	return time.ParseDuration(text)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	b := &bench{progress: stderr}
	if b.settings, err = parseArguments(args, stderr); err != nil {
		return err
	}
	if b.cli, err = findCLI(); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "partnercenter-bench-"); err != nil {
		return err
	}
	if b.keep {
		fmt.Fprintln(stderr, "programs and states:", b.dir)
	} else {
		defer func() { _ = os.RemoveAll(b.dir) }()
	}
	if err := b.programs(ctx); err != nil {
		return err
	}
	if err := b.list(ctx); err != nil {
		return err
	}
	for _, n := range b.sizes {
		if err := b.size(ctx, n); err != nil {
			return err
		}
	}
	_, err = io.WriteString(stdout, b.report())
	return err
}

// findCLI is the CLI that acceptance tests run, too.
func findCLI() (string, error) {
	if cli := os.Getenv("TF_ACC_TERRAFORM_PATH"); cli != "" {
		return cli, nil
	}
	cli, err := exec.LookPath("terraform")
	if err != nil {
		return exec.LookPath("tofu")
	}
	return cli, nil
}
