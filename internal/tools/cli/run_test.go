// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// roleVariable makes another process of this test's binary: one that does what this command does, or the command that it runs.
const roleVariable = "PARTNERCENTER_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "runner":
		// A shell between the two, which waits through an interrupt, as `go run` does between this command and the demo.
		os.Exit(run([]string{"sh", "-c", `trap : INT; "$0"; exit $?`, os.Args[0]}, append(os.Environ(), roleVariable+"=command")))
	case "command":
		os.Exit(cleanUpWhenAsked())
	}
	os.Exit(m.Run())
}

// cleanUpWhenAsked stands for a program that has something to clean up.
func cleanUpWhenAsked() int {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	fmt.Println("started")
	asked := <-signals
	fmt.Println("cleaned up after", asked)
	return 7
}

func TestRun_waitsForTheCommandToCleanUp(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sent  syscall.Signal
		group bool // as a terminal sends it: to everyone in the group of the process
	}{
		"Ctrl-C":          {syscall.SIGINT, true},
		"interrupted":     {syscall.SIGINT, false},
		"terminated":      {syscall.SIGTERM, false},
		"terminal closed": {syscall.SIGHUP, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), roleVariable+"=runner")
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			output, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(output)
			if line, err := lines.ReadString('\n'); err != nil || line != "started\n" {
				t.Fatalf("got %q, %v; want that the command started", line, err)
			}
			target := cmd.Process.Pid
			if tt.group {
				target = -target
			}
			if err := syscall.Kill(target, tt.sent); err != nil {
				t.Fatal(err)
			}
			rest, err := io.ReadAll(lines)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := strings.TrimSpace(string(rest)), "cleaned up after interrupt"; got != want {
				t.Errorf("the command said %q, want %q", got, want)
			}
			exit, ok := errors.AsType[*exec.ExitError](cmd.Wait())
			if !ok || exit.ExitCode() != 7 {
				t.Errorf("got %v, want the command's exit code 7", exit)
			}
		})
	}
}

func TestRun_exitCode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		command []string
		want    int
	}{
		"done":          {[]string{"true"}, 0},
		"failed":        {[]string{"sh", "-c", "exit 5"}, 5},
		"killed":        {[]string{"sh", "-c", "kill -9 $$"}, 1},
		"not a command": {[]string{"no-such-command-here"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := run(tt.command, os.Environ()); got != tt.want {
				t.Errorf("run() = %d, want %d", got, tt.want)
			}
		})
	}
}
