// SPDX-License-Identifier: MPL-2.0

package planted

import (
	"os"
	"path/filepath"
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
