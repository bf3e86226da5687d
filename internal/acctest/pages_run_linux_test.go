// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// notRun are the commands of pages that no test runs, by what they begin with, and why. Their programs, targets, packages and flags are looked for
// all the same. A command that is neither run nor listed fails TestAccPages_commands, and so does a line here that no page needs any more.
var notRun = map[string]string{
	"conftest test":              "the program is not part of the repository; .ci/policies proves the same rules with its engine",
	"gh attestation verify":      "it asks GitHub about a release",
	"git clone":                  "the clone is this repository",
	"make demo":                  "it takes ten seconds; the story of the README runs it",
	"make emulator":              "it serves until Ctrl-C; the pages have an emulator of the test at its address, and its own tests run the program",
	"make test":                  "it is what runs this test",
	"make check":                 "it is what CI runs, this test included",
	"make generate":              "it writes into the repository; CI compares docs/ with what it would write",
	"make soak":                  "it runs until stopped",
	"go run ./internal/bench":    "it takes 25 minutes",
	"go run ./internal/simulat":  "a program more to build; the tests of the package replay seeds by the same function",
	"go test ./internal/simulat": "it takes minutes; `make test` runs a part of it",
	"partnercenter emulator":     "it serves until Ctrl-C; the tests of its package serve recorded answers",
}

// mostNotRun is how many entries notRun may have.
const mostNotRun = 13

// pageStory is what a reader of one page has, and does with its blocks of shell in their order.
type pageStory struct {
	emulator  []emulator.Option
	breaches  bool // the page breaks rules of the protocol on purpose, to see what Partner Center says
	installed bool // the provider runs as `make install` leaves it; otherwise the test serves it
	env       func(emu *emulator.Server) []string
	steps     []pageStep // one for each block
}

// pageStep is one block.
type pageStep struct {
	before  func(r *reader)
	code    int      // exit code
	prints  []string // what the page promises
	needs   string   // the Terraform that has the command
	example string   // the file that the block is, which TestAccExamples runs
}

// reader follows a page literally, in a shell of its own.
type reader struct {
	t     *testing.T
	emu   *emulator.Server
	dir   string // in which the configuration is
	bin   string
	env   []string
	write []string // what stands in the page for something of the reader's own, and that
}

// TestAccPages_commands runs each block of shell of each page, in a folder for each page.
func TestAccPages_commands(t *testing.T) {
	t.Parallel()
	cli := acctest.CLI(t)
	built, err := builtPrograms()
	if err != nil {
		t.Fatal(err)
	}
	byPage := map[string][]block{}
	for _, b := range blocksOf(t, "shell") {
		byPage[b.page] = append(byPage[b.page], b)
	}
	var mutex sync.Mutex
	followed := 0
	left := map[string][]block{} // commands that stand-ins have taken
	for page := range stories {
		if byPage[page] == nil {
			t.Errorf("%s has no block of shell any more", page)
		}
	}
	t.Cleanup(func() { checkNotRun(t, left, followed == len(byPage)) }) // after all pages
	for page, all := range byPage {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			story, told := stories[page]
			if !told || len(story.steps) != len(all) {
				t.Fatalf("%s has %d blocks of shell, and a story of %d: say in stories what a reader has before each", page, len(all), len(story.steps))
			}
			r := newReader(t, story, cli, built)
			for i, b := range all {
				commands := r.follow(b, story.steps[i])
				mutex.Lock()
				for _, command := range commands {
					left[command] = append(left[command], b)
				}
				mutex.Unlock()
			}
			mutex.Lock()
			followed++
			mutex.Unlock()
		})
	}
}

// checkNotRun sees that what was not run is listed, and could be run. Where not all pages were asked for, the list may hold more.
func checkNotRun(t *testing.T, left map[string][]block, all bool) {
	t.Helper()
	used := map[string]bool{}
	c := &commandChecks{makefile: text(t, "GNUmakefile")}
	for command, in := range left {
		c.block = in[0]
		c.check(t, command)
		listed := false
		for prefix := range notRun {
			if strings.HasPrefix(command, prefix) {
				listed, used[prefix] = true, true
			}
		}
		if !listed {
			t.Errorf("%s: %q is not run: run it, or list it in notRun with the reason", in[0], command)
		}
	}
	for prefix, reason := range notRun {
		t.Logf("not run: %s, because %s", prefix, reason)
		if all && !used[prefix] {
			t.Errorf("no page has %q any more", prefix)
		}
	}
	if len(notRun) > mostNotRun {
		t.Errorf("%d commands are not run, more than %d", len(notRun), mostNotRun)
	}
}

// standIns are programs before those of the machine: those of the repository, and those that only write down what they were asked for.
func standIns(cli, programs, dir string) (map[string]string, error) {
	var found [3]string
	for i, name := range []string{"go", "make", "git"} {
		path, err := exec.LookPath(name)
		if err != nil {
			return nil, err
		}
		found[i] = path
	}
	root, err := filepath.Abs(repository)
	note := fmt.Sprintf("echo \"${0##*/} $*\" >>%q\n", filepath.Join(dir, "left"))
	return map[string]string{
		"terraform": fmt.Sprintf("exec %q \"$@\"\n", cli),
		// What `make build` builds is built already.
		"go":            fmt.Sprintf("case \"$1 $2\" in 'build '*) exit 0;; 'env '*|*/tools/cli|*/demo) exec %q \"$@\";; esac\n", found[0]) + note,
		"make":          fmt.Sprintf("case \"$* $RUN_DEMO\" in ' '*|'install '*|'build '*|'demo 1') exec %q \"$@\" OUT=%q PLUGIN_DIR=%q;; esac\n", found[1], programs, filepath.Join(dir, ".terraform.d", "plugins")) + note,
		"git":           fmt.Sprintf("[ \"$1\" = clone ] || exec %q \"$@\"\n%s", found[2], note) + fmt.Sprintf("ln -s %q \"${2##*/}\"\n", root),
		"partnercenter": fmt.Sprintf("[ \"$1\" = emulator ] || exec %q \"$@\"\n", filepath.Join(programs, "partnercenter")) + note,
		"conftest":      note, "gh": note,
	}, err
}

func newReader(t *testing.T, story pageStory, cli, programs string) *reader {
	t.Helper()
	emu := emulatorOf(t, story)
	home := t.TempDir()
	r := &reader{t: t, emu: emu, bin: filepath.Join(home, "bin")}
	if story.installed {
		r.dir = filepath.Join(home, "empty")
		r.env = append(withoutProvider(os.Environ()), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color", "HOME="+home, "TF_ACC_TERRAFORM_PATH="+cli)
		r.env = append(r.env, goFolders(t)...)
	} else {
		w := acctest.NewWorkspace(t, emu, "")
		r.dir, r.env = filepath.Join(w.Dir, "configuration"), w.Environment()
	}
	scripts, err := standIns(cli, programs, home)
	for name, script := range scripts {
		err = errors.Join(err, os.MkdirAll(r.bin, 0o700), os.WriteFile(filepath.Join(r.bin, name), []byte("#!/bin/sh\n"+script), 0o700))
	}
	if err := errors.Join(err, os.MkdirAll(r.dir, 0o700), os.WriteFile(filepath.Join(r.bin, "..", "shell"), fmt.Appendf(nil, "cd %q\n", r.dir), 0o600)); err != nil {
		t.Fatal(err)
	}
	r.env = append(r.env, "PATH="+r.bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "TF_CLI_ARGS_apply=-auto-approve")
	if story.env != nil {
		r.env = append(r.env, story.env(emu)...)
	}
	return r
}

func emulatorOf(t *testing.T, story pageStory) *emulator.Server {
	t.Helper()
	if !story.breaches {
		return acctest.New(t, story.emulator...)
	}
	emu := emulator.New(append([]emulator.Option{emulator.SampleTenant()}, story.emulator...)...)
	t.Cleanup(emu.Close)
	return emu
}

// goFolders are where Go keeps what it has compiled, which it would look for in another home otherwise.
func goFolders(t *testing.T) []string {
	t.Helper()
	names := []string{"GOCACHE", "GOPATH", "GOMODCACHE"}
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"env"}, names...)...).Output()
	folders := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(folders) != len(names) {
		t.Fatalf("go env: %v: %s", err, out)
	}
	for i := range names {
		folders[i] = names[i] + "=" + folders[i]
	}
	return folders
}

// withoutProvider leaves out what a provider or a CLI would read.
func withoutProvider(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		return slices.ContainsFunc([]string{"PARTNERCENTER_", "ARM_", "TF_"}, func(prefix string) bool { return strings.HasPrefix(entry, prefix) })
	})
}

// ownValue is what a page leaves for the reader to fill in.
var ownValue = regexp.MustCompile(`([A-Z_]+)=\.\.\.`)

// follow runs a block in the folder and with the variables that the blocks before it have left, and returns the commands that stand-ins have taken.
func (r *reader) follow(b block, step pageStep) []string {
	r.t.Helper()
	if step.before != nil {
		step.before(r)
	}
	if step.needs != "" && r.version().LessThan(version.Must(version.NewVersion(step.needs))) {
		r.t.Logf("%s needs %s", b, step.needs)
		return nil
	}
	if step.example != "" {
		if text(r.t, step.example) != b.text {
			r.t.Errorf("%s is not %s", b, step.example)
		}
		return nil
	}
	script := strings.NewReplacer(append([]string{emulatorAddress, r.emu.URL}, r.write...)...).Replace(b.text)
	r.write = nil
	script = ownValue.ReplaceAllString(script, `$1="$$$1"`)
	out, code := r.run(script)
	if code != step.code {
		r.t.Fatalf("%s ends with %d, not %d:\n%s", b, code, step.code, tail(out))
	}
	for _, words := range step.prints {
		if !acctest.Words(words).MatchString(out) {
			r.t.Errorf("%s does not print %q:\n%s", b, words, tail(out))
		}
	}
	notes := filepath.Join(r.bin, "..", "left")
	noted, err := os.ReadFile(notes)
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	_ = os.Remove(notes)
	return strings.FieldsFunc(string(noted), func(c rune) bool { return c == '\n' })
}

// run runs a script in the shell that the page's blocks share.
func (r *reader) run(script string) (output string, exitCode int) {
	r.t.Helper()
	shell := filepath.Join(r.bin, "..", "shell")
	script = fmt.Sprintf("set -euo pipefail\n. %[1]q\n%[2]s\n{ export -p; echo \"cd '$PWD'\"; } >%[1]q\n", shell, script)
	ctx, cancel := context.WithCancel(r.t.Context())
	defer cancel()
	command := exec.CommandContext(ctx, "bash", "-c", script)
	command.Dir, command.Env = r.dir, r.env
	out, err := command.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		r.t.Fatal(err)
	}
	return string(out), command.ProcessState.ExitCode()
}

// must is run that has to succeed: what the page tells a reader to do in words.
func (r *reader) must(script string) {
	r.t.Helper()
	if out, code := r.run(script); code != 0 {
		r.t.Fatalf("%s ends with %d:\n%s", script, code, tail(out))
	}
}

// file writes a file of the folder of the configuration.
func (r *reader) file(name, content string) {
	r.t.Helper()
	path := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		r.t.Fatal(err)
	}
}

// copy copies a folder of examples.
func (r *reader) copy(from, to string) {
	r.t.Helper()
	if err := os.CopyFS(filepath.Join(r.dir, to), os.DirFS(filepath.Join(repository, "examples", filepath.FromSlash(from)))); err != nil {
		r.t.Fatal(err)
	}
}

// configure writes main.tf, which names the provider.
func (r *reader) configure(config string) {
	r.t.Helper()
	config = strings.ReplaceAll(config, emulatorAddress, r.emu.URL)
	if !strings.Contains(config, "required_providers") {
		config = acctest.RequiredProviders + config
	}
	r.file("main.tf", config)
}

func (r *reader) version() *version.Version {
	r.t.Helper()
	out, _ := r.run("terraform version")
	found := regexp.MustCompile(`v(\d+\.\d+\.\d+)`).FindStringSubmatch(out)
	if found == nil || strings.Contains(out, "OpenTofu") { // which has none of what is newer
		return version.Must(version.NewVersion("1.8.0"))
	}
	return version.Must(version.NewVersion(found[1]))
}

// terraformBlock is the n-th block of terraform of a page, from 0.
func terraformBlock(t *testing.T, page string, n int) string {
	t.Helper()
	all := keepLanguage(blocks(t, page), "terraform")
	if n >= len(all) {
		t.Fatalf("%s has %d blocks of terraform", page, len(all))
	}
	return all[n].text
}
