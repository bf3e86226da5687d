// SPDX-License-Identifier: MPL-2.0

// Command simulate lives through seeds until one breaks an invariant, or tells the story of one seed.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

func main() {
	simulation.CollectRarely()
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	seed := flag.Uint64("seed", 0, "tell the story of this seed")
	first := flag.Uint64("first", 1, "the first seed")
	last := flag.Uint64("last", 0, "the last seed, 0 for no end")
	crashes := flag.Bool("crashes", false, "go through every flow with each crash and each fault of its requests instead")
	lives := flag.Int("lives", 0, "how many lives, 0 for no end")
	all := flag.Bool("all", false, "go on after a broken invariant, and tell each when it is found")
	flag.Parse()
	if *seed != 0 {
		schemas, err := terraform.ReadSchemas()
		if err != nil {
			return err
		}
		s := simulation.New(*seed, schemas)
		if err := s.Run(); err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, s.Story())
		return err
	}
	if *crashes {
		schemas, err := terraform.ReadSchemas()
		if err != nil {
			return err
		}
		return simulation.Singles(schemas)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	begin, told := time.Now(), time.Now()
	counts, err := simulation.Span{First: *first, Last: *last, Lives: *lives, All: *all}.Live(ctx, func(soFar simulation.Counts, broken error) {
		if broken != nil && *all {
			_, _ = fmt.Fprintln(out, broken)
		}
		if time.Since(told) > time.Minute {
			told = time.Now()
			_, _ = fmt.Fprintln(out, soFar, "in", time.Since(begin).Round(time.Second))
		}
	})
	_, _ = fmt.Fprintln(out, counts, "in", time.Since(begin).Round(time.Second))
	return err
}
