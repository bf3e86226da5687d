// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/trace"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

func (p *Program) conformanceCommand() *cli.Command {
	return &cli.Command{
		Name:  "conformance",
		Usage: "ask Partner Center whether it is as the reference says; -level read writes nothing",
		Description: "Reads the environment variables that the provider reads, and asks a question for each fact. Levels: read writes nothing; cart makes\n" +
			"carts, which cost nothing and expire; sandbox buys, changes and cancels in an integration sandbox. For that it wants -buy-in-sandbox,\n" +
			conformance.VariableTenant + " (the tenant), and " + conformance.VariableCustomer + " (one customer), and refuses\n" +
			"whatever answers as production does. Exit code 0: nothing was contradicted. 1: nothing could be asked. 2: something was contradicted,\n" +
			"or something that was bought could not be canceled.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "level", Value: "read", Usage: "`LEVEL` of the questions: read, cart or sandbox"},
			&cli.StringFlag{Name: "customer", Usage: "`ID` of the customer that is asked about, and whose carts are made"},
			&cli.BoolFlag{Name: "buy-in-sandbox", Usage: "let the level sandbox buy"},
			&cli.BoolFlag{Name: "json", Usage: "write the report as JSON"},
			&cli.BoolFlag{Name: "list", Usage: "list the questions, and ask none"},
			&cli.StringFlag{Name: "trace", Usage: "`FILE` to write all requests and answers to, with everything replaced that is the tenant's"},
		},
		Commands: []*cli.Command{p.fixtureCommand()},
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return fmt.Errorf("unexpected argument %q", c.Args().First())
			}
			if c.Bool("list") {
				return p.listQuestions()
			}
			return p.conformance(ctx, c)
		},
	}
}

func (p *Program) listQuestions() error {
	for _, q := range conformance.Questions() {
		if _, err := fmt.Fprintf(p.Stdout, "%-37s  %-7s  %s (%s, %s)\n", q.ID, q.Level, q.Fact, q.Cites, q.Confidence); err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) conformance(ctx context.Context, c *cli.Command) error {
	level, err := verdict.ParseLevel(c.String("level"))
	if err != nil {
		return err
	}
	read, problems := settings.Read(settings.Block{})
	for _, problem := range problems {
		return errors.New(problem.Title + ": " + problem.Detail)
	}
	recorder, err := trace.NewRecorder("partnercenter conformance -level "+level.String()+", "+strings.TrimSpace(p.Version+" "+p.Commit), conformance.Words()...)
	if err != nil {
		return err
	}
	report, err := conformance.Ask(ctx, conformance.Options{
		Level: level, Settings: read, Customer: c.String("customer"), SandboxTenant: os.Getenv(conformance.VariableTenant), Buys: c.Bool("buy-in-sandbox"),
		UserAgent: "partnercenter-conformance/" + p.Version, Heard: recorder.Add,
	})
	if err != nil {
		return err
	}
	if name := c.String("trace"); name != "" {
		if err := writeTrace(name, recorder.Trace()); err != nil {
			return err
		}
	}
	write := report.Text
	if c.Bool("json") {
		write = report.JSON
	}
	if err := write(p.Stdout); err != nil {
		return err
	}
	if report.Count(verdict.Contradicted) > 0 || len(report.Left) > 0 {
		return cli.Exit("", exitExceeded)
	}
	return nil
}

// writeTrace leaves a file that only its owner reads.
func writeTrace(name string, t trace.Trace) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(t.Write(file), file.Close())
}

// fixtureCommand makes of a trace what the emulator plays.
func (p *Program) fixtureCommand() *cli.Command {
	return &cli.Command{
		Name: "fixture", Usage: "make a fixture for the emulator of a trace: partnercenter emulator -fixture FILE plays its answers", ArgsUsage: "[TRACE]",
		Action: func(_ context.Context, c *cli.Command) error {
			file, err := p.input(c.Args())
			if err != nil {
				return err
			}
			defer func(file io.Closer) { _ = file.Close() }(file)
			recorded, err := trace.Read(file)
			if err != nil {
				return err
			}
			return recorded.Fixture().Write(p.Stdout)
		},
	}
}
