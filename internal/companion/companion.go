// SPDX-License-Identifier: MPL-2.0

// Package companion is the program `partnercenter`, for what a terminal with Terraform does not give: a plan as a report, an error code
// explained, a set-up looked at, the service asked whether it is as the reference says, Partner Center's emulator. It is released beside the
// provider, which links nothing of it. Each verb has a file of its own.
package companion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Program is what runs: its release, and where it reads and writes.
type Program struct {
	Version, Commit string
	Stdin           io.Reader
	Stdout, Stderr  io.Writer
}

// Exit codes.
const (
	exitOK       = 0
	exitFailed   = 1 // nothing can be said
	exitExceeded = 2 // the report is complete, and beyond a limit
)

// Run runs the verb that args name, without the program's own name, and returns the exit code.
func (p *Program) Run(ctx context.Context, args []string) int {
	root := &cli.Command{
		Name: "partnercenter", Usage: "what a manager, a pipeline and a policy want to know about Partner Center",
		Version: strings.TrimSpace(p.Version + " " + p.Commit),
		Reader:  p.Stdin, Writer: p.Stdout, ErrWriter: p.Stderr,
		Commands:       []*cli.Command{p.reportCommand(), p.explainCommand(), p.doctorCommand(), p.conformanceCommand(), p.emulatorCommand()},
		ExitErrHandler: func(context.Context, *cli.Command, error) {}, // Run decides, and ends no process
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return fmt.Errorf("there is no verb %q; partnercenter -help lists them", c.Args().First())
			}
			return cli.ShowRootCommandHelp(c)
		},
	}
	for _, command := range append(root.Commands, root) { // an error is a line, not a page of help on standard output
		command.OnUsageError = func(_ context.Context, _ *cli.Command, err error, _ bool) error { return err }
	}
	err := root.Run(ctx, append([]string{"partnercenter"}, joinLimits(args)...))
	var coded cli.ExitCoder
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &coded):
		p.complain(err)
		return coded.ExitCode()
	}
	p.complain(err)
	return exitFailed
}

// complain writes an error, in which names of files and text of plans may stand.
func (p *Program) complain(err error) {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(p.Stderr, "partnercenter: "+escape.Terminal(strings.TrimRight(line, "\n")))
	}
}

// input opens the file that a verb is given, or standard input for "-" and for none.
func (p *Program) input(args cli.Args) (io.ReadCloser, error) {
	switch {
	case args.Len() > 1:
		return nil, fmt.Errorf("unexpected argument %q", args.Get(1))
	case args.Len() == 0 || args.First() == "-":
		return io.NopCloser(p.Stdin), nil
	}
	return os.Open(args.First())
}
