// SPDX-License-Identifier: MPL-2.0

package planted

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Each fault stands where it is said to, so that none of them changes nothing.
func TestFaults_apply(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, f := range Faults {
		text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(f.File)))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), f.Old); n != 1 || f.Old == f.New || names[f.Name] {
			t.Errorf("%s: what it replaces stands %d times in %s", f.Name, n, f.File)
		}
		names[f.Name] = true
	}
	if len(Faults) < 40 {
		t.Errorf("only %d faults", len(Faults))
	}
}

// The simulator finds faults: these are planted at once, because building it takes longer than running it. All of them stand in one package,
// which few others have to be built again for. A case that none of them concerns goes well.
func TestFaults_areFound(t *testing.T) {
	t.Parallel()
	finds := map[string]string{ // the case of internal/simulation that finds a fault
		"price_limit does not hold for changes":      "an_increase_above_its_limit",
		"an adoption takes what another address has": "an_adoption_of_what_another_block_has",
		"licenses are taken from the configuration":  "a_rename_under_ignored_licenses",
	}
	const another = "a_purchase_above_its_limit"
	var faults []Fault
	cases := []string{another}
	for name, found := range finds {
		at := slices.IndexFunc(Faults, func(f Fault) bool { return f.Name == name })
		if at < 0 {
			t.Fatalf("there is no fault %q", name)
		}
		faults, cases = append(faults, Faults[at]), append(cases, found)
	}
	overlay, err := Overlay(t.TempDir(), filepath.Join("..", ".."), faults...)
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "..", "-v", "-run", "^TestCases$/^("+strings.Join(cases, "|")+")$").CombinedOutput()
	if err == nil {
		t.Fatal("no fault is found")
	}
	for name, found := range finds {
		if !strings.Contains(string(said), "--- FAIL: TestCases/"+found+" ") {
			t.Errorf("%s: not found by %s", name, found)
		}
	}
	if !strings.Contains(string(said), "--- PASS: TestCases/"+another+" ") {
		t.Errorf("a case that no fault concerns fails: %s", said)
	}
}
