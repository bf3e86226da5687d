// SPDX-License-Identifier: MPL-2.0

// Command partnercenter-emulator serves Partner Center in memory, with a sample tenant, until it is interrupted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/command"
)

// version and commit are set by the release build.
var (
	version = "dev"
	commit  = ""
)

func main() {
	program := command.Program{Name: "partnercenter-emulator", Version: version, Commit: commit}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := program.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, program.Name+":", err)
		os.Exit(1)
	}
}
