// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"context"
	"errors"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/doctor"
)

func (p *Program) doctorCommand() *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "look at a set-up before the first plan: who signs in, what answers, what may be done; it only reads",
		Description: "Reads the environment variables that the provider reads (PARTNERCENTER_..., ARM_...), signs in and asks Partner Center.\n" +
			"What is wrong comes first, each with what to do. Exit code 0: nothing is wrong. 1: something is. 2: something is unusual, such as\n" +
			"read_only, another address than Microsoft's, or the sandbox.",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "write JSON"}},
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return errors.New("doctor takes no arguments")
			}
			report := doctor.Examine(ctx, doctor.Options{UserAgent: "partnercenter-doctor/" + p.Version})
			write := report.Text
			if c.Bool("json") {
				write = report.JSON
			}
			if err := write(p.Stdout); err != nil {
				return err
			}
			switch report.Worst() {
			case doctor.Failed:
				return cli.Exit("", exitFailed)
			case doctor.Warning:
				return cli.Exit("", exitExceeded)
			}
			return nil
		},
	}
}
