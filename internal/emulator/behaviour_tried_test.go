// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// notTried are settings that no test turns, and why.
var notTried = map[string]string{"Latency": "tests do not wait; make bench does"}

// Whoever starts an emulator without a word has each setting as it is by default; some test turns each of them away from that, so none
// works only as it comes.
func TestBehaviour_everySettingIsTried(t *testing.T) {
	t.Parallel()
	turned := map[string]bool{}
	setting := regexp.MustCompile(`\.([A-Z]\w*)\b|\b([A-Z]\w*):|"([a-z]\w*)\\?":`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") && path != "simulation/readings.go" {
			return err
		}
		text, err := os.ReadFile("../" + path)
		for line := range strings.Lines(string(text)) {
			if !strings.ContainsAny(line, "=:") {
				continue
			}
			for _, found := range setting.FindAllStringSubmatch(line, -1) {
				turned[strings.ToLower(found[1]+found[2]+found[3])] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	settings := 0
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Behaviour]()) {
		if field.Anonymous || !field.IsExported() {
			continue
		}
		settings++
		if tried := turned[strings.ToLower(field.Name)]; tried == (notTried[field.Name] != "") {
			t.Errorf("%s is turned by a test: %t", field.Name, tried)
		}
	}
	if settings < 40 {
		t.Errorf("only %d settings were found: this test shows nothing", settings)
	}
}
