// SPDX-License-Identifier: MPL-2.0

// Command partnercenter reports on plans, explains error codes, looks at set-ups, asks Partner Center what it is like, and runs its emulator.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion"
)

// version and commit are set by the release build.
var (
	version = "dev"
	commit  = ""
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	program := companion.Program{Version: version, Commit: commit, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	code := program.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
