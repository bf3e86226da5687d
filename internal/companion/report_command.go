// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/report"
)

const (
	failAbove    = "fail-above"
	failUnpriced = "fail-unpriced"
	// mostCharacters leaves room in a comment on GitHub, which takes 65,536 characters.
	mostCharacters = 60_000
)

func (p *Program) reportCommand() *cli.Command {
	var limits report.Limits
	return &cli.Command{
		Name:      "report",
		Usage:     "say what a plan buys, changes and ends, and what it commits to",
		ArgsUsage: "[FILE]",
		Description: "Reads the output of `terraform show -json PLANFILE` (or `tofu show -json PLANFILE`) from FILE, or from standard input.\n" +
			"Exit code 0: reported. 1: the plan could not be read. 2: reported, and beyond what -fail-above or -fail-unpriced let pass.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "markdown", Usage: "`FORMAT` to write: markdown, json or csv"},
			&cli.GenericFlag{
				Name: failAbove, Value: (*limitsValue)(&limits),
				Usage: "`AMOUNT CURRENCY` that the plan may commit to, such as 5000 EUR; once for each currency, and others may not be spent then",
			},
			&cli.BoolFlag{Name: failUnpriced, Destination: &limits.NotUnpriced, Usage: "fail where something may cost money and has no price"},
			&cli.IntFlag{Name: "max-characters", Value: mostCharacters, Usage: "`NUMBER` of characters that Markdown may have; changes beyond it are summed up"},
		},
		Action: func(_ context.Context, c *cli.Command) error {
			write, known := map[string]func(*report.Report) error{
				"markdown": func(r *report.Report) error { return r.Markdown(p.Stdout, c.Int("max-characters")) },
				"json":     func(r *report.Report) error { return r.JSON(p.Stdout) },
				"csv":      func(r *report.Report) error { return r.CSV(p.Stdout) },
			}[c.String("format")]
			if !known {
				return fmt.Errorf("there is no format %q: markdown, json or csv", c.String("format"))
			}
			return p.report(c.Args(), write, limits)
		},
	}
}

// report writes the report first, so that it can be read whatever the limits say.
func (p *Program) report(args cli.Args, write func(*report.Report) error, limits report.Limits) error {
	file, err := p.input(args)
	if err != nil {
		return err
	}
	defer func(file io.Closer) { _ = file.Close() }(file)
	r, err := report.Read(file)
	if err != nil {
		return err
	}
	if err := write(r); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if exceeded := limits.Exceeded(r); len(exceeded) > 0 {
		return cli.Exit(strings.Join(exceeded, "\n"), exitExceeded)
	}
	return nil
}

// limitsValue is the flag -fail-above, which may be given once for each currency.
type limitsValue report.Limits

// Set adds one limit.
func (v *limitsValue) Set(text string) error {
	limit, err := report.ParseLimit(text)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(v.Most, func(m report.Money) bool { return m.Currency == limit.Currency }) {
		return fmt.Errorf("there are two limits in %s", limit.Currency)
	}
	v.Most = append(v.Most, limit)
	return nil
}

// Get is what the flag holds.
func (v *limitsValue) Get() any { return v.Most }

// String is what the flag holds, for the help.
func (v *limitsValue) String() string {
	var all []string
	for _, m := range v.Most {
		all = append(all, m.String())
	}
	return strings.Join(all, ", ")
}

// joinLimits makes one argument of the two that follow -fail-above, so that no quotes are needed: a flag has one value.
func joinLimits(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		joined = append(joined, args[i])
		name, value, inOne := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		if name != failAbove || !strings.HasPrefix(args[i], "-") {
			continue
		}
		if !inOne && i+1 < len(args) {
			i++
			value = args[i]
			joined = append(joined, value)
		}
		if value != "" && len(strings.Fields(value)) == 1 && i+1 < len(args) {
			i++
			joined[len(joined)-1] += " " + args[i]
		}
	}
	return joined
}
