// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// folders are the examples below a folder of examples/, by their name.
func folders(t *testing.T, below string) map[string]string {
	t.Helper()
	parent := filepath.Join("..", "..", "examples", below)
	entries, err := os.ReadDir(parent)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d examples below %s: %v", len(entries), below, err)
	}
	found := map[string]string{}
	for _, entry := range entries {
		found[entry.Name()] = filepath.Join(parent, entry.Name())
	}
	return found
}

// copied is a workspace with the files of a folder, as somebody who copies an example has it.
func copied(t *testing.T, emu *emulator.Server, folder string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, emu, "")
	if err := os.Remove(filepath.Join(w.Dir, "main.tf")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(w.Dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if out, code := w.Run("init", "-input=false"); code != 0 {
		t.Fatalf("init failed:\n%s", out)
	}
	return w
}

// TestAccCompleteExamples applies each complete example as it stands, sees that a second plan is empty, and destroys it again.
func TestAccCompleteExamples(t *testing.T) {
	t.Parallel()
	for name, folder := range folders(t, "complete") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := copied(t, emu, folder)
			w.MustApply()
			w.MustPlanClean()
			bought := len(emu.Purchases())
			if bought == 0 {
				t.Error("it bought nothing")
			}
			w.MustApply()
			if again := len(emu.Purchases()); again != bought {
				t.Errorf("applied twice it bought %d subscriptions instead of %d", again, bought)
			}
			w.MustApply("-destroy")
		})
	}
}

// TestAccModules runs the modules' own tests: with mocks, which send not one request, and against the emulator, which leave nothing behind.
func TestAccModules(t *testing.T) {
	t.Parallel()
	for name, folder := range folders(t, "modules") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := copied(t, emu, folder)
			mustTest(t, w)
			if sent := emu.Requests(); len(sent) > 0 {
				t.Errorf("%d requests were sent, the first of them %s %s", len(sent), sent[0].Method, sent[0].Path)
			}
			const against = "-test-directory=tests/emulator"
			if out, code := w.Run("init", "-input=false", against); code != 0 {
				t.Fatalf("init failed:\n%s", out)
			}
			mustTest(t, w, against)
			if len(emu.Purchases()) == 0 {
				t.Error("nothing was bought")
			}
		})
	}
}

var passed = regexp.MustCompile(`(?m)^Success! [1-9][0-9]* passed, 0 failed`)

func mustTest(t *testing.T, w *acctest.Workspace, options ...string) {
	t.Helper()
	out, code := w.Run(append([]string{"test"}, options...)...)
	if code != 0 || !passed.MatchString(out) {
		t.Errorf("terraform test ended with %d:\n%s", code, out)
	}
}
