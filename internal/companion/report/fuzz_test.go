// SPDX-License-Identifier: MPL-2.0

package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// FuzzRead reads plans that nobody planned: a report either fails, or can be written in every form, within its size and with nothing that a terminal obeys.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"terraform.json", "opentofu.json"} {
		seed, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(seed))
	}
	f.Add(`{"format_version":"1.2","resource_changes":[{"address":"a\u001b[2J|b","type":"partnercenter_subscription","change":{"actions":["create"],"after":{"quantity":1e99}}}]}`)
	f.Fuzz(func(t *testing.T, plan string) {
		r, err := Read(strings.NewReader(plan))
		if err != nil {
			return
		}
		var markdown, csv, encoded bytes.Buffer
		if r.Markdown(&markdown, 20_000) != nil || r.CSV(&csv) != nil || r.JSON(&encoded) != nil {
			t.Fatal("the report cannot be written")
		}
		if markdown.Len() > 20_000 {
			t.Errorf("the comment has %d bytes", markdown.Len())
		}
		for _, text := range []string{markdown.String(), csv.String()} {
			if at := strings.IndexFunc(text, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' }); at >= 0 {
				t.Errorf("a control character in %q", text[max(0, at-20):min(len(text), at+20)])
			}
		}
	})
}
