// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const pipelineConfig = `provider "partnercenter" {
  quote_prices = true
}

resource "partnercenter_subscription" "m365" {
  customer_id   = "` + emulator.CustomerNordwind + `"
  product_id    = "` + emulator.ProductOffice + `"
  sku_id        = "0001"
  quantity      = 12
  term_duration = "P1Y"
  billing_cycle = "monthly"
  friendly_name = "sales"
}
`

// issues is a gh that keeps one issue, and writes down what is done with it.
const issues = `#!/bin/sh
case "$1 $2" in
  "issue list") cat issue 2>/dev/null ;;
  "issue create") echo 7 >issue; echo create >>issues ;;
  "issue edit") echo "edit $3" >>issues ;;
  "issue close") rm issue; echo "close $3" >>issues ;;
  "pr comment") for last; do :; done; cat "$last" >published ;;
esac
exit 0
`

// pipelineWorkspace runs the scripts of pipelines with the CLI and the provider, against an emulator.
func pipelineWorkspace(t *testing.T, emu *emulator.Server) *pipelineRunner {
	t.Helper()
	w := acctest.NewWorkspace(t, emu, "\n"+pipelineConfig)
	r := newPipelineRunner(t)
	r.env = append(w.Environment(), "CONFTEST_CODE=0")
	for name, content := range map[string]string{
		"terraform": "#!/bin/sh\n[ \"$1\" = init ] && exit 0\nexec \"" + acctest.CLI(t) + "\" \"$@\"\n", // the workspace is initialized
		"gh":        issues,
	} {
		if err := os.WriteFile(filepath.Join(r.dir, "bin", name), []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"partnercenter", "foreign", "go"} {
		if err := os.Symlink(filepath.Join(r.dir, name), filepath.Join(w.Dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r.work = w.Dir
	if err := os.Mkdir(filepath.Join(w.Dir, "1"), 0o700); err != nil { // $(Pipeline.Workspace), into which the plan is downloaded
		t.Fatal(err)
	}
	if err := os.Symlink("..", filepath.Join(w.Dir, "1", "plan")); err != nil {
		t.Fatal(err)
	}
	return r
}

// runAll runs the scripts of a pipeline until one fails, after a plan with this exit code.
func (r *pipelineRunner) runAll(pipeline, code string) string {
	r.t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "examples", "pipelines", pipeline))
	if err != nil {
		r.t.Fatal(err)
	}
	r.code = code
	printed := ""
	for _, script := range pipelineScripts(string(source)) {
		if printed += r.run(script); r.failed {
			break
		}
	}
	return printed
}

// TestAccPipelines goes the whole way: a report on the pull request, an apply of the plan that was approved, and a night with drift.
func TestAccPipelines(t *testing.T) {
	t.Parallel()
	for _, plan := range []string{"github/plan.yml", "azure-devops/plan.yml"} {
		t.Run(plan, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			r := pipelineWorkspace(t, emu)
			printed := r.runAll(plan, "2")
			if said := r.file("published"); !strings.Contains(said, "This plan commits to **1,684.80 EUR**") || strings.Contains(said, "refuse") {
				t.Errorf("the comment is\n%s\nafter\n%s", said, printed)
			}
			if n := len(emu.Purchases()); n != 0 {
				t.Errorf("a pull request bought %d subscriptions", n)
			}
		})
	}
	for runner, kept := range map[string]struct{ record, text, change string }{
		"github": {"issues", "body.md", "13 -> 12"}, "azure-devops": {"items", "description", "13 -&gt; 12"},
	} {
		t.Run(runner+", apply and drift", func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			r := pipelineWorkspace(t, emu)
			printed := r.runAll(runner+"/apply.yml", "2")
			bought := emu.Purchases()
			if len(bought) != 1 || bought[0].Quantity != 12 {
				t.Fatalf("bought %+v:\n%s", bought, printed)
			}
			if said := r.file("summary") + r.file("report.md"); !strings.Contains(said, "This plan commits to **1,684.80 EUR**") {
				t.Errorf("whoever approves reads\n%s", said)
			}
			printed = r.runAll(runner+"/drift.yml", "0")
			if err := emu.Drift(bought[0].CustomerID, bought[0].SubscriptionID, map[string]any{"quantity": 13}); err != nil {
				t.Fatal(err)
			}
			printed += r.runAll(runner+"/drift.yml", "2") + r.runAll(runner+"/drift.yml", "2")
			if text := r.file(kept.text); !strings.Contains(text, kept.change) {
				t.Errorf("the issue says\n%s", text)
			}
			printed += r.runAll(runner+"/drift.yml", "0")
			if got := r.file(kept.record); got != "create\nedit 7\nclose 7\n" {
				t.Errorf("the issue: %q\n%s", got, printed)
			}
		})
		t.Run(runner+", refused by policies", func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			r := pipelineWorkspace(t, emu)
			r.env = append(r.env, "CONFTEST_CODE=1")
			printed := r.runAll(runner+"/apply.yml", "2")
			if n := len(emu.Purchases()); n != 0 || !strings.Contains(printed, "FOREIGN") {
				t.Errorf("bought %d subscriptions, and printed\n%s", n, printed)
			}
		})
	}
}
