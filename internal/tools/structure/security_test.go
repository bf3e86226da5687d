// SPDX-License-Identifier: MPL-2.0

package structure

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each row of the attacks in SECURITY.md names tests that are there, or a reason.
func TestSecurity_namesTests(t *testing.T) {
	t.Parallel()
	policy, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	known, rows := testNames(t), 0
	for line := range strings.SplitSeq(string(policy), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) != 5 || strings.Contains(line, "| Attacker |") {
			continue
		}
		rows++
		shownBy := strings.Trim(cells[4], " |")
		names := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(shownBy, -1)
		if len(names) == 0 && !strings.HasPrefix(shownBy, "reason: ") {
			t.Errorf("neither a test nor a reason: %s", line)
		}
		for _, name := range names {
			if !known[name[1]] {
				t.Errorf("there is no %s: %s", name[1], line)
			}
		}
	}
	if rows < 25 {
		t.Errorf("only %d attacks", rows)
	}
}

func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(filepath.Join(root, modulePackage), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range declared.FindAllSubmatch(text, -1) {
			names[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
