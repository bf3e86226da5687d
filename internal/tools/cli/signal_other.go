// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import (
	"os"
	"os/exec"
)

var caught = []os.Signal{os.Interrupt}

func setApart(*exec.Cmd) {}

// handOn does nothing: a console tells every program of it about Ctrl-C.
func handOn(*exec.Cmd, os.Signal) {}
