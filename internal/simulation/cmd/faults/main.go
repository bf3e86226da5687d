// SPDX-License-Identifier: MPL-2.0

// Command faults plants one fault after the other into the provider, and lets the simulator look for it. It changes no file.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/planted"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	seeds := flag.Int("seeds", 10000, "how many seeds look for each fault")
	crashes := flag.Bool("crashes", true, "whether the flows look first, each with its crashes and faults")
	only := flag.String("run", "", "only faults whose names match this regular expression")
	flag.Parse()
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	found, tried := 0, 0
	for _, f := range planted.Faults {
		if !wanted.MatchString(f.Name) {
			continue
		}
		begin := time.Now()
		invariant, err := look(dir, f, *seeds, *crashes)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if tried++; invariant != " | " {
			found++
		}
		_, _ = fmt.Fprintf(out, "| %s | %s | %s |\n", f.Name, invariant, time.Since(begin).Round(time.Second))
	}
	_, _ = fmt.Fprintf(out, "%d of %d are found\n", found, tried)
	return nil
}

var broken = regexp.MustCompile(`(?m)^(?:(.+?): (a crash at \[.*\]|request \d+: .+?): )?seed (\d+): ([^:\n]+)`)

// look builds the simulator with a fault, and returns the seed and the invariant that find it, "" for none.
func look(dir string, f planted.Fault, seeds int, crashes bool) (string, error) {
	overlay, err := planted.Overlay(dir, "internal", f)
	if err != nil {
		return "", fmt.Errorf("run it in the root of the repository: %w", err)
	}
	program := filepath.Join(dir, "simulate")
	ctx := context.Background()
	build := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "-o", program, "./internal/simulation/cmd/simulate") //nolint:gosec // its own
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, said)
	}
	return search(ctx, program, seeds, crashes), nil
}

// search runs the simulator until it finds something; " | " for nothing.
func search(ctx context.Context, program string, seeds int, crashes bool) string {
	for _, arguments := range [][]string{{"-crashes"}, {"-last", strconv.Itoa(seeds)}} {
		if !crashes && arguments[0] == "-crashes" {
			continue
		}
		said, err := exec.CommandContext(ctx, program, arguments...).CombinedOutput() //nolint:gosec // its own
		if at := broken.FindSubmatch(said); at != nil {
			where := "seed " + string(at[3])
			if len(at[1]) > 0 {
				where = strings.TrimSuffix(fmt.Sprintf("%s, %s", at[1], at[2]), ", a crash at []")
			}
			return fmt.Sprintf("%s | %s", where, at[4])
		}
		if err != nil {
			return "it ends | " + strings.SplitN(string(said), "\n", 2)[0]
		}
	}
	return " | "
}
