// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	program "github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion"
)

// commandChecks looks for the parts of a command in the repository, by its program.
type commandChecks struct {
	makefile string
	block    block // whose command is checked
}

func (c *commandChecks) complain(t *testing.T, format string, args ...any) {
	t.Helper()
	t.Errorf("%s: "+format, append([]any{c.block}, args...)...)
}

// TestPages_variables sees that the variables that pages set are those of the provider or of the program, so that a misspelled one is found.
func TestPages_variables(t *testing.T) {
	known := text(t, "docs/index.md") + sources(t, "companion")
	for _, b := range blocksOf(t, "shell") {
		for _, name := range regexp.MustCompile(`PARTNERCENTER_[A-Z_]+`).FindAllString(b.text, -1) {
			if !strings.Contains(known, name) {
				t.Errorf("%s: docs/index.md and the sources of the program do not know %s", b, name)
			}
		}
	}
}

func text(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// sources are the texts of all Go files below a folder of internal, tests left out.
func sources(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(filepath.Join(repository, "internal", folder)), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			all.WriteString(text(t, "internal/"+folder+"/"+name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

var (
	setting      = regexp.MustCompile(`^([A-Z][A-Z_]*)=(.*)$`)
	testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark)\w+)\(`)
)

// check sees that a command that is not run could be: as words, because a shell has taken its quotation marks.
func (c *commandChecks) check(t *testing.T, command string) {
	t.Helper()
	words := strings.Fields(command)
	switch checks := map[string]func(*testing.T, []string){"make": c.make, "go": c.goTool, "git": c.git}; {
	case checks[words[0]] != nil:
		checks[words[0]](t, words[1:])
	case words[0] == "partnercenter":
		c.partnercenter(t, words[1:])
	}
}

func (c *commandChecks) git(t *testing.T, args []string) {
	t.Helper()
	if want := []string{"clone", "https://github.com/partnercenter-community/terraform-provider-partnercenter"}; !slices.Equal(args, want) {
		c.complain(t, "git %v is not %v", args, want)
	}
}

// make finds the targets and the variables in the makefile.
func (c *commandChecks) make(t *testing.T, args []string) {
	t.Helper()
	for _, arg := range args {
		if set := setting.FindStringSubmatch(arg); set != nil {
			if !strings.Contains(c.makefile, "$("+set[1]+")") {
				c.complain(t, "the makefile does not use %s", set[1])
			}
			switch set[1] {
			case "PACKAGES":
				c.goPackage(t, set[2])
			case "ARGS":
				return // the words that follow belong to it
			}
		} else if !strings.Contains(c.makefile, "\n"+arg+": ") {
			c.complain(t, "there is no target %s", arg)
		}
	}
}

// goTool finds the packages and the tests that `go test` or `go run` names.
func (c *commandChecks) goTool(t *testing.T, args []string) {
	t.Helper()
	named := ""
	for i, arg := range args {
		switch {
		case strings.HasPrefix(arg, "./"):
			named = c.goPackage(t, arg)
		case i > 0 && args[i-1] == "-run":
			wanted, _, _ := strings.Cut(arg, "/")
			if !slices.ContainsFunc(testFunction.FindAllStringSubmatch(named, -1), func(f []string) bool { return regexp.MustCompile(wanted).MatchString(f[1]) }) {
				c.complain(t, "there is no test %s", arg)
			}
		}
	}
}

// goPackage is the text of all files of a package.
func (c *commandChecks) goPackage(t *testing.T, name string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(repository, filepath.FromSlash(name), "*.go"))
	if err != nil || len(files) == 0 {
		c.complain(t, "there is no package %s: %v", name, err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

// partnercenter looks for the flags of a verb in its help.
func (c *commandChecks) partnercenter(t *testing.T, args []string) {
	t.Helper()
	var out, problems bytes.Buffer
	verb := program.Program{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems}
	if code := verb.Run(context.WithoutCancel(t.Context()), []string{args[0], "-help"}); code != 0 {
		c.complain(t, "partnercenter has no verb %s: %s", args[0], problems.String())
	}
	for _, arg := range args[1:] {
		if strings.HasPrefix(arg, "-") && !strings.Contains(out.String()+problems.String(), arg) {
			c.complain(t, "the help of partnercenter %s does not know %s", args[0], arg)
		}
	}
}
