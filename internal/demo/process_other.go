// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "os/exec"

func setApart(*exec.Cmd) {}

// interrupt ends the command: there is no signal to ask it with.
func interrupt(cmd *exec.Cmd) error { return cmd.Process.Kill() }
