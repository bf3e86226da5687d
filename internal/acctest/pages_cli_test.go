// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// subcommandsOf are the commands of the CLI with commands below them.
var subcommandsOf = []string{"state", "providers", "workspace"}

// newerCommands are the subcommands that older CLIs do not have; those have nothing to check.
var newerCommands = []string{"query"}

// terraform finds the subcommand and its flags in the CLI's own help, and the file of a plan in no place but apply and show.
func (c *commandChecks) terraform(t *testing.T, args []string) {
	t.Helper()
	var flags, names []string
	for _, arg := range args {
		switch {
		case strings.HasPrefix(arg, "-chdir="):
		case strings.HasPrefix(arg, "-"):
			name, _, _ := strings.Cut(arg, "=")
			flags = append(flags, name)
		default:
			names = append(names, arg)
		}
	}
	if len(names) == 0 {
		c.complain(t, "%v has no subcommand", args)
		return
	}
	command := names[:1]
	if slices.Contains(subcommandsOf, names[0]) {
		command = names[:min(2, len(names))]
	}
	help, known := c.helpOf(t, command)
	if planned, _ := c.helpOf(t, []string{"plan"}); command[0] == "apply" { // it takes the options of plan, and its help says so
		help += planned
	}
	if !known {
		return
	}
	for _, flag := range flags {
		if !strings.Contains(help, flag) {
			c.complain(t, "the help of %v does not know %s", command, flag)
		}
	}
}

// helpOf is what the CLI says about a subcommand; false for those that it is too old for.
func (c *commandChecks) helpOf(t *testing.T, command []string) (help string, known bool) {
	t.Helper()
	name := strings.Join(command, " ")
	if help, asked := c.help[name]; asked {
		return help, help != ""
	}
	out, err := exec.CommandContext(t.Context(), c.cli, append(slices.Clone(command), "-help")...).CombinedOutput()
	unknown := err != nil || strings.Contains(string(out), "has no command named")
	if unknown && !slices.Contains(newerCommands, command[0]) {
		c.complain(t, "%s -help: %v\n%s", name, err, out)
	}
	if unknown {
		out = nil
	}
	c.help[name] = string(out)
	return string(out), !unknown
}
