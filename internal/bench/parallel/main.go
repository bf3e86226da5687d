// SPDX-License-Identifier: MPL-2.0

// Command parallel measures what Partner Center's limit of requests a minute means for several pipelines of one partner: each run is a
// CLI of its own with its own state, share of the customers and provider process, and the emulator limits all of them together.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
)

// settings are what is measured.
type settings struct {
	customers int
	runs      int
	limit     int
	own       []int // requests_per_minute of each run
	steps     []string
}

// Steps: what each run does with its customers.
const (
	buyStep  = "apply" // one purchase for each customer
	planStep = "plan"  // of what was bought, without a difference
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "parallel:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parseArguments(args, stderr)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "partnercenter-parallel-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	plugins := filepath.Join(dir, "plugins")
	if err := build(ctx, plugins); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d customers in %d runs at once, one subscription for each customer; %d requests a minute for all\n\n", s.customers, s.runs, s.limit)
	fmt.Fprintln(stdout, "| step | `requests_per_minute` of each run | first run ends | last run ends | requests | refused with 429 | runs that failed |")
	fmt.Fprintln(stdout, "|---|---|---|---|---|---|---|")
	for i, own := range s.own {
		f := fleet{settings: s, perMinute: own, dir: filepath.Join(dir, strconv.Itoa(i)), plugins: plugins, progress: stderr}
		if err := f.measure(ctx, stdout); err != nil {
			return err
		}
	}
	return nil
}

func parseArguments(args []string, stderr io.Writer) (settings, error) {
	s := settings{own: []int{400, 50}, steps: []string{buyStep, planStep}}
	flags := flag.NewFlagSet("parallel", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&s.customers, "customers", 300, "customers of all runs together")
	flags.IntVar(&s.runs, "runs", 10, "runs at once")
	flags.IntVar(&s.limit, "limit", 500, "requests that Partner Center lets through a minute")
	flags.Func("own", "requests_per_minute of each run, separated by commas (default 400,50)", func(text string) error {
		s.own = nil
		for part := range strings.SplitSeq(text, ",") {
			n, err := strconv.Atoi(part)
			if err != nil {
				return err
			}
			s.own = append(s.own, n)
		}
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.runs < 1 || s.customers < s.runs {
		return s, errors.New("each run needs a customer")
	}
	return s, nil
}
