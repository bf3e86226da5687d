// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// maxWait is how long a command that was interrupted may take to finish.
const maxWait = time.Minute

// errInterrupted ends the demo after Ctrl-C.
var errInterrupted = errors.New("interrupted")

// program is a command that is asked to finish when ctx ends, and then waited for.
func program(ctx context.Context, path string, arguments ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, arguments...)
	setApart(cmd)
	cmd.Cancel = func() error { return interrupt(cmd) }
	cmd.WaitDelay = maxWait
	return cmd
}

// run runs a program until it ends.
func run(ctx context.Context, cmd *exec.Cmd) error {
	err := cmd.Run()
	if ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

// cli runs Terraform or OpenTofu in one folder of the workspace.
type cli struct {
	path        string
	folder      string
	environment []string
	screen      *screen
}

// name is how one calls the CLI.
func (c *cli) name() string { return strings.TrimSuffix(filepath.Base(c.path), ".exe") }

// quietly runs a command whose output is only of interest when it fails.
func (c *cli) quietly(ctx context.Context, arguments ...string) error {
	c.screen.command(append([]string{c.name()}, arguments...)...)
	var output bytes.Buffer
	code, err := c.exec(ctx, &output, arguments)
	if err == nil && code != 0 {
		err = fmt.Errorf("%s failed with exit code %d and said:\n\n%s", strings.Join(append([]string{c.name()}, arguments...), " "), code, output.String())
	}
	return err
}

// openly runs a command and shows what it prints. Its exit code must be the expected one.
func (c *cli) openly(ctx context.Context, want int, arguments ...string) error {
	c.screen.command(append([]string{c.name()}, arguments...)...)
	fmt.Fprintln(c.screen.out)
	output := &shortened{out: c.screen.out}
	code, err := c.exec(ctx, output, arguments)
	if err := errors.Join(err, output.Close()); err != nil {
		return err
	}
	if code != want {
		return fmt.Errorf("%s ended with exit code %d instead of %d; what it said stands above", strings.Join(append([]string{c.name()}, arguments...), " "), code, want)
	}
	return nil
}

func (c *cli) exec(ctx context.Context, output io.Writer, arguments []string) (code int, err error) {
	if !c.screen.colour {
		arguments = append([]string{arguments[0], "-no-color"}, arguments[1:]...) // neither CLI looks whether a terminal is there
	}
	cmd := program(ctx, c.path, arguments...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.folder, c.environment, output, output
	err = run(ctx, cmd)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// cleanEnvironment is the machine's environment without what would lead the CLI or the provider elsewhere.
func cleanEnvironment(added map[string]string) []string {
	var environment []string
	for _, variable := range os.Environ() {
		if !foreign(variable) {
			environment = append(environment, variable)
		}
	}
	for name, value := range added {
		environment = append(environment, name+"="+value)
	}
	return environment
}

func foreign(variable string) bool {
	for _, prefix := range []string{"TF_", "PARTNERCENTER_", "ARM_"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
