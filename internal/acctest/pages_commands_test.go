// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	program "github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// notRun are the commands of pages that nothing here can run or check, with the reason. Keep it short.
var notRun = map[string]string{
	"conftest": "the program is not part of the repository; .ci/policies proves the same rules with its engine",
	"gh":       "it asks GitHub about a release",
}

// mostNotRun is how many entries notRun may have.
const mostNotRun = 2

// shellWords are the programs whose arguments say nothing about this repository.
var shellWords = []string{"cd", "for", "do", "done", "break", "mkdir"}

// commandChecks runs or checks one command, by its program.
type commandChecks struct {
	emu       *emulator.Server
	cli       string
	help      map[string]string // of the CLI, by subcommand
	makefile  string
	variables map[string]string // of the shell, as a page sets them
	documents string            // text in which the variables of the environment stand
	block     block             // whose command is checked
}

func (c *commandChecks) complain(t *testing.T, format string, args ...any) {
	t.Helper()
	t.Errorf("%s: "+format, append([]any{c.block}, args...)...)
}

// TestAccPages_commands runs each command of each page that can run here, and checks program, subcommand, flags, targets and variables of the others.
func TestAccPages_commands(t *testing.T) {
	t.Parallel()
	c := &commandChecks{emu: acctest.New(t), cli: acctest.CLI(t), help: map[string]string{}, makefile: text(t, "GNUmakefile"), documents: text(t, "docs/index.md") + sources(t, "companion")}
	used := map[string]bool{}
	for _, b := range blocksOf(t, "shell") {
		c.variables = map[string]string{}
		for _, command := range commands(b.text) {
			c.block = b
			c.check(t, command)
			used[command[0]] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(notRun)) {
		t.Logf("not run: %s, because %s", name, notRun[name])
		if !used[name] {
			t.Errorf("no page has a command of %s any more", name)
		}
	}
	if len(notRun) > mostNotRun {
		t.Errorf("%d programs are not run, more than %d", len(notRun), mostNotRun)
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
	comment    = regexp.MustCompile(`(^|\s)#.*`)
	separators = regexp.MustCompile(`\|\||&&|[|;]`)
	redirected = regexp.MustCompile(`\s[<>]+ *\S+`)
	setting    = regexp.MustCompile(`^([A-Z][A-Z_]*)=(.*)$`)
	word       = regexp.MustCompile(`(?:[^\s'"]+|'[^']*'|"[^"]*")+`)
)

// commands are the simple commands of a script, as words. Settings before a command are words, too.
func commands(script string) [][]string {
	var all [][]string
	for line := range strings.Lines(strings.ReplaceAll(script, "\\\n", " ")) {
		before, document, sendsJSON := strings.Cut(line, "'{")
		switch {
		case strings.HasPrefix(line, "#"):
		case sendsJSON: // it keeps its quotation marks
			all = append(all, append(strings.Fields(before), "{"+strings.TrimSuffix(strings.TrimSpace(document), "'")))
		default:
			line = redirected.ReplaceAllString(comment.ReplaceAllString(line, ""), "")
			for _, part := range separators.Split(line, -1) {
				var found []string
				for _, w := range word.FindAllString(part, -1) {
					found = append(found, strings.NewReplacer("'", "", `"`, "").Replace(w))
				}
				if len(found) > 0 {
					all = append(all, found)
				}
			}
		}
	}
	return all
}

func (c *commandChecks) check(t *testing.T, command []string) {
	t.Helper()
	for len(command) > 0 {
		set := setting.FindStringSubmatch(command[0])
		if set == nil {
			break
		}
		c.variables[set[1]] = set[2]
		c.checkVariable(t, set[1])
		command = command[1:]
	}
	if len(command) == 0 || slices.Contains(shellWords, command[0]) || notRun[command[0]] != "" {
		return
	}
	checks := map[string]func(*testing.T, []string){
		"terraform": c.terraform, "tofu": c.terraform, "make": c.make, "go": c.goTool, "curl": c.curl, "partnercenter": c.partnercenter,
		"export": c.export, "git": c.git,
	}
	check := checks[command[0]]
	if check == nil {
		c.complain(t, "nothing here checks %v", command)
		return
	}
	check(t, command[1:])
}

// checkVariable sees that a variable is one of the provider's, of the tests or of the page itself.
func (c *commandChecks) checkVariable(t *testing.T, name string) {
	t.Helper()
	if own := name == "E" || name == "PATH" || strings.HasPrefix(name, "LIFE_") || strings.HasPrefix(name, "SIMULATION_"); !own && !strings.Contains(c.documents, name) {
		c.complain(t, "docs/index.md and the sources of the program do not know %s", name)
	}
}

func (c *commandChecks) export(t *testing.T, args []string) {
	t.Helper()
	for _, arg := range args {
		name, _, _ := strings.Cut(arg, "=")
		c.checkVariable(t, name)
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
			if set[1] == "PACKAGES" {
				c.goPackage(t, set[2])
			}
		} else if !strings.Contains(c.makefile, "\n"+arg+": ") {
			c.complain(t, "there is no target %s", arg)
		}
	}
}

var testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark)\w+)\(`)

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

// curl asks the emulator what the page asks it.
func (c *commandChecks) curl(t *testing.T, args []string) {
	t.Helper()
	method, address, body := http.MethodGet, "", ""
	for i, arg := range args {
		switch {
		case arg == "-X", arg == "-d", arg == "-s":
		case i > 0 && args[i-1] == "-X":
			method = arg
		case i > 0 && args[i-1] == "-d":
			body = arg
		default:
			address = strings.ReplaceAll(arg, "$E", c.variables["E"])
		}
	}
	address = strings.ReplaceAll(address, emulatorAddress, c.emu.URL)
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if said, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode >= http.StatusBadRequest {
		c.complain(t, "%s %s: %s: %s (%v)", method, address, answer.Status, said, err)
	}
}

// partnercenter runs the verbs that ask nothing of a service, over a plan of its own tests, and looks for the flags of others in their help.
func (c *commandChecks) partnercenter(t *testing.T, args []string) {
	t.Helper()
	if local := []string{"report", "explain", "-help", "-version"}; len(args) > 0 && !slices.Contains(local, args[0]) {
		c.checkFlags(t, args)
		return
	}
	args = slices.Clone(args)
	for i := range args {
		if args[i] == "plan.json" {
			args[i] = filepath.Join(repository, "internal", "companion", "report", "testdata", "terraform.json")
		}
	}
	printed, complained, code := run(t, args)
	if code == 1 || printed == "" {
		c.complain(t, "partnercenter %v ends with %d: %s", args, code, complained)
	}
}

func (c *commandChecks) checkFlags(t *testing.T, args []string) {
	t.Helper()
	help, complained, code := run(t, []string{args[0], "-help"})
	if code != 0 {
		c.complain(t, "partnercenter has no verb %s: %s", args[0], complained)
	}
	for _, arg := range args[1:] {
		if strings.HasPrefix(arg, "-") && !strings.Contains(help+complained, arg) {
			c.complain(t, "the help of partnercenter %s does not know %s", args[0], arg)
		}
	}
}

// run runs the program, with a plan of its own tests as input.
func run(t *testing.T, args []string) (printed, complained string, code int) {
	t.Helper()
	var out, problems bytes.Buffer
	verb := program.Program{Stdin: strings.NewReader(text(t, "internal/companion/report/testdata/terraform.json")), Stdout: &out, Stderr: &problems}
	code = verb.Run(t.Context(), args)
	return out.String(), problems.String(), code
}
