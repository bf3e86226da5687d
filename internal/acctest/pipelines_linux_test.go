// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foreignText is what somebody may have called a subscription: commands of both runners, and Markdown that ends a block of code.
const foreignText = "###vso[task.setvariable variable=X]FOREIGN\n##[add-mask]FOREIGN\n::add-mask::FOREIGN\n  ::error title=FOREIGN::\n```\n@FOREIGN <img src=FOREIGN>\r@FOREIGN\n"

// foreignPlan is a plan with such a text in an address.
const foreignPlan = `{"format_version": "1.2", "resource_changes": [{"address": "a[\"x\n@FOREIGN ` + "```" + `\"]", "type": "partnercenter_subscription",
	"change": {"actions": ["create"], "after": {"friendly_name": "<img src=FOREIGN>", "commitment": {"total": "1.00", "currency": "EUR"}}}},
	{"address": "b", "type": "partnercenter_subscription", "change": {"actions": ["no-op"], "after": null}}]}`

// TestPipelines_foreignText runs the scripts of the example pipelines with a CLI that prints commands of the runners, whatever it is asked.
func TestPipelines_foreignText(t *testing.T) {
	files, err := filepath.Glob("../../examples/pipelines/*/*.yml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d pipelines found: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, "../../examples/pipelines/"), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runner := newPipelineRunner(t)
			for _, script := range pipelineScripts(string(source)) {
				for _, line := range obeyed(file, runner.run(script)) {
					t.Errorf("the runner would obey %q, printed by\n%s", line, script)
				}
			}
			if said := runner.file("description"); strings.Contains(said, "<img") {
				t.Errorf("foreign text can be HTML in a work item: %q", said)
			}
			for _, name := range []string{"published", "summary"} {
				for line := range strings.Lines(strings.ReplaceAll(runner.file(name), "\r", "\n")) {
					if strings.Contains(codeSpan.ReplaceAllString(line, ""), "FOREIGN") && !strings.HasPrefix(line, "    ") {
						t.Errorf("foreign text can be Markdown in %s: %q", name, line)
					}
				}
			}
		})
	}
}

// TestPipelines_comment sees that a comment says what changes.
func TestPipelines_comment(t *testing.T) {
	source, err := os.ReadFile("../../examples/pipelines/github/plan.yml")
	if err != nil {
		t.Fatal(err)
	}
	runner := newPipelineRunner(t)
	for _, script := range pipelineScripts(string(source)) {
		runner.run(script)
	}
	said := runner.file("published")
	for _, want := range []string{"### Something would change.", "This plan commits to **1.00 EUR**", "**Policies refuse this plan:**", "    ::error title=FOREIGN::"} {
		if !strings.Contains(said, want) {
			t.Errorf("the comment does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "`b`") {
		t.Errorf("the comment tells what does not change:\n%s", said)
	}
}

// codeSpan is text that the report shows as code.
var codeSpan = regexp.MustCompile("`[^`]*`")

// obeyed are the lines with foreign text that the runner would take for commands.
func obeyed(file, log string) []string {
	if strings.Contains(file, "azure") {
		return regexp.MustCompile(`.*##(vso)?\[.*FOREIGN.*`).FindAllString(log, -1)
	}
	first, _, stopped := strings.Cut(log, "::stop-commands::")
	if stopped && !regexp.MustCompile(`::stop-commands::[0-9a-f]{64}\n`).MatchString(log) {
		return []string{"a token that is no secret"}
	}
	return regexp.MustCompile(`.*FOREIGN.*`).FindAllString(first, -1)
}

var scriptBegins = regexp.MustCompile(`^( *(?:- )?)(?:run|bash): (.*)\n`)

// pipelineScripts are the scripts of a pipeline, for either runner.
func pipelineScripts(source string) []string {
	var scripts []string
	depth, block := 0, false // of the key whose script is being read
	for line := range strings.Lines(source) {
		if begin := scriptBegins.FindStringSubmatch(line); begin != nil {
			depth, block = len(begin[1]), begin[2] == "|"
			scripts = append(scripts, strings.TrimPrefix(begin[2], "|"))
			continue
		}
		block = block && (strings.TrimSpace(line) == "" || len(line)-len(strings.TrimLeft(line, " ")) > depth)
		if block {
			scripts[len(scripts)-1] += line
		}
	}
	return scripts
}

// workItems is a curl that keeps the comments of pull requests and one work item, and writes down what is done with that.
const workItems = `#!/bin/sh
described() { jq -r '.[] | select(.path == "/fields/System.Description").value' >description; }
case " $* " in
  *' --output partnercenter_'*) exit 0 ;;
  *'/_apis/wit/wiql?'*) cat >query; if [ -f item ]; then echo '{"workItems": [{"id": 7}]}'; else echo '{"workItems": []}'; fi ;;
  *' POST '*'/_apis/wit/workitems/$Issue?'*) : >item; echo create >>items; described ;;
  *' PATCH '*'/_apis/wit/workitems/7?'*) cat >patch; if grep -q System.State patch; then rm item; echo "close 7" >>items; else echo "edit 7" >>items; described <patch; fi ;;
  *) jq -r '.comments[].content' >>published ;;
esac
`

type pipelineRunner struct {
	t         *testing.T
	dir, work string // of its programs, and in which scripts run
	env       []string
	code      string // exit code of the plan
	failed    bool   // whether the last script did
}

func newPipelineRunner(t *testing.T) *pipelineRunner {
	t.Helper()
	dir := t.TempDir()
	r := &pipelineRunner{t: t, dir: dir, work: dir, env: os.Environ(), code: "2"}
	for name, content := range map[string]string{
		"foreign": foreignText, "shown.json": foreignPlan,
		"bin/terraform": "#!/bin/sh\n[ \"$1\" = show ] && exec cat shown.json\ncat foreign\ncat foreign >&2\n[ \"$1\" = plan ] && : >plan.tfplan && exit 2\nexit 0\n",
		// What is downloaded is an archive that the checksum is not that of: the real program stands where the archive would leave it.
		"bin/sha256sum": "#!/bin/sh\ncat >/dev/null\n", "bin/tar": "#!/bin/sh\n",
		"bin/go":          "#!/bin/sh\n[ \"$1\" = env ] && echo \"$PWD/go\"\nexit 0\n",
		"go/bin/conftest": "#!/bin/sh\ncat foreign\nexit \"${CONFTEST_CODE:-1}\"\n",
		"bin/gh":          "#!/bin/sh\nfor last; do :; done\ncase \"$last\" in *.md) cat \"$last\" >>published;; esac\n",
		"bin/curl":        workItems,
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(r.dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	r.buildCompanion(r.dir)
	return r
}

// buildCompanion puts the program partnercenter where the scripts unpack it.
func (r *pipelineRunner) buildCompanion(dir string) {
	r.t.Helper()
	built, err := builtPrograms()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(built, "partnercenter"), filepath.Join(dir, "partnercenter")); err != nil {
		r.t.Fatal(err)
	}
}

// run is what one script prints.
func (r *pipelineRunner) run(script string) string {
	script = regexp.MustCompile(`\$\{\{[^}]*\}\}|\$\([A-Z][A-Za-z.]*\)`).ReplaceAllString(script, "1")
	run := exec.CommandContext(r.t.Context(), "bash", "-e", "-c", script)
	run.Dir = r.work
	run.Env = append(slices.Clone(r.env), "PATH="+filepath.Join(r.dir, "bin")+":"+os.Getenv("PATH"), "CODE="+r.code, "PLAN_CODE="+r.code, "NUMBER=1", "WORK_ITEM_TYPE=Issue", "WORK_ITEM_DONE=Done",
		"REPORT_VERSION=1", "REPORT_SHA256=1", "CONFTEST_VERSION=v1",
		"GITHUB_SHA=1", "GITHUB_REPOSITORY=o/r", "GITHUB_OUTPUT=output", "GITHUB_STEP_SUMMARY=summary", "SYSTEM_ACCESSTOKEN=t")
	printed, err := run.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		r.t.Fatal(err)
	}
	r.failed = err != nil
	return string(printed)
}

// file is what the scripts left behind; empty where there is none.
func (r *pipelineRunner) file(name string) string {
	content, err := os.ReadFile(filepath.Join(r.work, name))
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	return string(content)
}
