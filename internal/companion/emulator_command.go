// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"context"
	"errors"
	"flag"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/command"
)

// emulatorCommand hands its command line over to the emulator, which has the same one as a program of its own.
func (p *Program) emulatorCommand() *cli.Command {
	emulator := command.Program{Name: "partnercenter emulator", Version: p.Version, Commit: p.Commit}
	return &cli.Command{
		Name:            "emulator",
		Usage:           "serve Partner Center in memory, with a sample tenant, until it is interrupted",
		SkipFlagParsing: true,
		HideHelp:        true,
		Action: func(ctx context.Context, c *cli.Command) error {
			err := emulator.Run(ctx, c.Args().Slice(), p.Stdout, p.Stderr)
			if errors.Is(err, flag.ErrHelp) {
				return nil
			}
			return err
		},
	}
}
