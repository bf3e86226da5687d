// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"log"
	"os"
	"os/exec"
	"os/signal"
)

// run executes the command in place of this one and returns its exit code. A signal does not end this process: the command is asked to
// finish and waited for, because what it leaves behind is only its own to clean up.
func run(command, environment []string) int {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, environment
	setApart(cmd)
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, caught...)
	if err := cmd.Start(); err != nil {
		log.Print(err)
		return 1
	}
	go func() {
		for s := range signals {
			handOn(cmd, s)
		}
	}()
	err := cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() >= 0 {
		return exit.ExitCode()
	}
	if err != nil {
		log.Print(err)
		return 1
	}
	return 0
}
