// SPDX-License-Identifier: MPL-2.0

package planted

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Overlay writes a file for go build -overlay below dir that plants faults, one for each source file at most; internal is the folder that
// Fault.File stands below.
func Overlay(dir, internal string, faults ...Fault) (name string, err error) {
	replaced := map[string]string{}
	for _, f := range faults {
		file, err := filepath.Abs(filepath.Join(internal, filepath.FromSlash(f.File)))
		if err != nil {
			return "", fmt.Errorf("planting %s: %w", f.Name, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("planting %s: %w", f.Name, err)
		}
		if n := strings.Count(string(text), f.Old); n != 1 || replaced[file] != "" {
			return "", fmt.Errorf("planting %s: what it replaces stands %d times in %s, or another fault is planted there", f.Name, n, f.File)
		}
		replaced[file] = filepath.Join(dir, fmt.Sprintf("changed%d.go", len(replaced)))
		if err := os.WriteFile(replaced[file], []byte(strings.Replace(string(text), f.Old, f.New, 1)), 0o600); err != nil { //nolint:gosec // below dir
			return "", fmt.Errorf("planting %s: %w", f.Name, err)
		}
	}
	encoded, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return "", fmt.Errorf("planting faults: %w", err)
	}
	name = filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, encoded, 0o600); err != nil {
		return "", fmt.Errorf("planting faults: %w", err)
	}
	return name, nil
}
