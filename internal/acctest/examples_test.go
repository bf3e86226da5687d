// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// namespace is what plugin-testing needs to know where a configuration names the provider's source; `make test` sets it.
const namespace = "TF_ACC_PROVIDER_NAMESPACE"

func TestMain(m *testing.M) {
	if os.Getenv(namespace) == "" {
		if err := os.Setenv(namespace, "partnercenter-community"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	code := m.Run()
	if programsFolder != "" {
		_ = os.RemoveAll(programsFolder)
	}
	os.Exit(code)
}

// otherwiseTested are the examples of more than one configuration: TestAccCompleteExamples, TestAccModules, lint and TestPipelines
// for the pipelines, and .ci/policies for the policies.
var otherwiseTested = []string{"complete", "modules", "pipelines", "policies"}

// TestAccExamples applies every example to the sample tenant, sees that a second plan is empty, and destroys it again.
func TestAccExamples(t *testing.T) {
	examples := os.DirFS(filepath.Join("..", "..", "examples"))
	for folder, files := range exampleFolders(t, examples) {
		if onlyReads(folder) {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			sandbox := func(b *emulator.Behaviour) { b.Sandbox = folder == "actions/partnercenter_activate_subscription" }
			emu := acctest.New(t, emulator.WithBehaviour(sandbox))
			steps := []resource.TestStep{{ExpectNonEmptyPlan: changing[folder]}}
			for _, name := range files {
				content, err := fs.ReadFile(examples, path.Join(folder, name))
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case path.Ext(name) == ".tf":
					steps[0].Config += string(content) + "\n"
				case name == "import.sh":
					steps = append(steps, imports(t, string(content)))
				case strings.HasSuffix(name, ".tfquery.hcl"):
					steps = append(steps, queries(t, string(content)))
				default:
					t.Fatalf("nothing here tests %s", name)
				}
			}
			steps[0].Config += use(folder, steps[0].Config) + signIn(emu, steps[0].Config)
			steps = append(steps, resource.TestStep{Config: "# nothing"}) // the testing framework cannot destroy what has for_each
			test := resource.TestCase{Steps: steps}
			if check := needs[path.Dir(folder)]; check != nil {
				test.TerraformVersionChecks = []tfversion.TerraformVersionCheck{check}
			}
			acctest.RunCase(t, emu, test)
		})
	}
}

// exampleFolders are the folders that TestAccExamples and TestAccExamples_reading apply, with their files.
func exampleFolders(t *testing.T, examples fs.FS) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := fs.WalkDir(examples, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains(otherwiseTested, name) {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			found[path.Dir(name)] = append(found[path.Dir(name)], path.Base(name))
		}
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d folders found: %v", len(found), err)
	}
	return found
}

// onlyReads holds for examples that can be applied together, because they write nothing.
func onlyReads(folder string) bool {
	return path.Dir(folder) == "data-sources" || path.Dir(folder) == "functions"
}

// TestAccExamples_reading applies the examples of data sources and functions at once, each as a module, and sees that a second plan is empty.
func TestAccExamples_reading(t *testing.T) {
	t.Parallel()
	examples := os.DirFS(filepath.Join("..", "..", "examples"))
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, "")
	config := acctest.AsRefreshingUser(emu)
	for folder, files := range exampleFolders(t, examples) {
		if !onlyReads(folder) {
			continue
		}
		name := path.Base(folder)
		if err := os.Mkdir(filepath.Join(w.Dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := fs.ReadFile(examples, path.Join(folder, file))
			if err != nil || path.Ext(file) != ".tf" || strings.Contains(string(content), `provider "partnercenter"`) {
				t.Fatalf("nothing here tests %s/%s: %v", folder, file, err)
			}
			if err := os.WriteFile(filepath.Join(w.Dir, name, file), []byte(acctest.RequiredProviders+string(content)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		config += fmt.Sprintf("module %[1]q {\n  source = \"./%[1]s\"\n}\n", name)
	}
	w.Configure(config)
	if out, code := w.Run("init", "-input=false"); code != 0 {
		t.Fatalf("init failed:\n%s", out)
	}
	w.MustApply()
	w.MustPlanClean()
	for _, write := range emu.Writes() {
		if !write.Is(http.MethodPost, "carts") { // a quote costs a cart, which commits to nothing
			t.Errorf("%s %s was sent", write.Method, write.Path)
		}
	}
}

// needs is the version from which Terraform knows a kind, and OpenTofu if it does, where older ones are supported without it.
var needs = map[string]tfversion.TerraformVersionCheck{
	"ephemeral-resources": tfversion.SkipBelow(tfversion.Version1_11_0),
	"actions":             tfversion.SkipBelow(tfversion.Version1_14_0),
	"list-resources":      tfversion.SkipBelow(tfversion.Version1_14_0),
}

var listBlock = regexp.MustCompile(`(?m)^list "(\S+)" "(\S+)"`)

// queries is the step that runs `terraform query`, whose blocks must all find something.
func queries(t *testing.T, config string) resource.TestStep {
	t.Helper()
	step := resource.TestStep{Query: true, Config: config}
	for _, found := range listBlock.FindAllStringSubmatch(config, -1) {
		step.QueryResultChecks = append(step.QueryResultChecks, querycheck.ExpectLengthAtLeast(found[1]+"."+found[2], 1))
	}
	if len(step.QueryResultChecks) == 0 {
		t.Fatal("it has no list block")
	}
	return step
}

var actionBlock = regexp.MustCompile(`(?m)^action "(\S+)" "(\S+)"`)

// use is what an example needs beside it so that anything happens: a provider that nothing uses is not even configured, and an action
// is invoked by a resource or a person.
func use(folder, config string) string {
	if folder == "provider" {
		return `data "partnercenter_customers" "all" {}`
	}
	var triggers strings.Builder
	for _, found := range actionBlock.FindAllStringSubmatch(config, -1) {
		fmt.Fprintf(&triggers, `
resource "terraform_data" %[2]q {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.%[1]s.%[2]s]
    }
  }
}
`, found[1], found[2])
	}
	return triggers.String()
}

// changing are the examples with an output that every read makes anew.
var changing = map[string]bool{"data-sources/partnercenter_activation_links": true, "demo/activation": true}

// signIn is the provider of an example that says nothing about it: a partner user signs in, because some of the service wants one.
func signIn(emu *emulator.Server, config string) string {
	if strings.Contains(config, `provider "partnercenter"`) {
		return ""
	}
	return "\n" + acctest.AsRefreshingUser(emu)
}

var importCommand = regexp.MustCompile(`(?m)^terraform import (\S+) (\S+)$`)

// imports is the step that does what import.sh says.
func imports(t *testing.T, script string) resource.TestStep {
	t.Helper()
	found := importCommand.FindAllStringSubmatch(script, -1)
	if len(found) != 1 {
		t.Fatalf("it has %d import commands", len(found))
	}
	address, id := found[0][1], found[0][2]
	return resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateId: id,
		ImportStateCheck: func(states []*terraform.InstanceState) error {
			for _, state := range states {
				is := state.Attributes
				if id == is["id"] || id == is["customer_id"]+"/"+cmp.Or(is["id"], is["subscription_id"]) {
					return nil
				}
			}
			return fmt.Errorf("%s is not among the %d imported objects", id, len(states))
		},
	}
}
