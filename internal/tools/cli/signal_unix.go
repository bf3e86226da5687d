// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

var caught = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// setApart gives the command a process group of its own. Ctrl-C in a terminal then reaches it through handOn alone, and once: Terraform
// takes a second one for the order to stop in the middle of its work.
func setApart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// handOn passes a signal on to the command and whatever it started. All but SIGQUIT, which asks a Go program where it hangs, go on as an
// interrupt: `go run` waits through that for its program, and would leave it behind at any other.
func handOn(cmd *exec.Cmd, s os.Signal) {
	passed := syscall.SIGINT
	if s == syscall.SIGQUIT {
		passed = syscall.SIGQUIT
	}
	_ = syscall.Kill(-cmd.Process.Pid, passed) // fails only once there is nobody left
}
