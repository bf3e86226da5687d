// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block is what a page shows between fences.
type block struct {
	page     string // from the repository's root, with slashes
	line     int
	language string
	text     string
	file     string // the file that a csv block is, which the page names before it
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

var (
	fence    = regexp.MustCompile("^( *)```([a-z]*)$")
	fileName = regexp.MustCompile("`([a-z_-]+\\.[a-z]+)`:$")
)

// blocks are all blocks of a page, without the indentation of their fences.
func blocks(t *testing.T, page string) []block {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	var found []block
	var open *block
	indentation, named := "", ""
	for i, line := range strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n") {
		parts := fence.FindStringSubmatch(line)
		switch {
		case open == nil && parts != nil:
			indentation = parts[1]
			open = &block{page: page, line: i + 1, language: parts[2], file: named}
		case open != nil && parts != nil && parts[1] == indentation:
			found, open = append(found, *open), nil
		case open != nil:
			open.text += strings.TrimPrefix(line, indentation) + "\n"
		case line != "":
			named = ""
			if name := fileName.FindStringSubmatch(line); name != nil {
				named = name[1]
			}
		}
	}
	if open != nil {
		t.Errorf("%s is not closed", open)
	}
	return found
}

const repository = "../.."

// pages are the Markdown files that people follow, from the repository's root.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}
	for _, folder := range []string{"docs", "examples"} {
		err := fs.WalkDir(os.DirFS(repository), folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && path.Ext(name) == ".md" {
				all = append(all, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func blocksOf(t *testing.T, language string) []block {
	t.Helper()
	var found []block
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if b.language == language {
				found = append(found, b)
			}
		}
	}
	if len(found) == 0 {
		t.Fatalf("no page has a block of %s any more", language)
	}
	return found
}

// languages are those of blocks, and what tests each.
var languages = map[string]string{
	"terraform": "TestAccPages_configurations",
	"hcl":       "TestPages_queries",
	"shell":     "TestAccPages_commands",
	"csv":       "TestAccPages_plans, as the file that the configuration reads",
	"text":      "TestAccPages_plans where it is the plan of the page's configuration; otherwise it is what the provider's tests look for",
	"mermaid":   "nothing: a picture",
}

func TestPages_languages(t *testing.T) {
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if languages[b.language] == "" {
				t.Errorf("%s: nothing runs a block of %q: use one of the languages that are run", b, b.language)
			}
		}
	}
}

// otherwiseRun are the blocks of `hcl`, which `terraform query` reads, by what they have in common with an example that a test runs.
var otherwiseRun = regexp.MustCompile(`list "(partnercenter_[a-z_]+)"`)

// TestPages_queries sees that what a page shows for `terraform query` is about a type whose example TestAccExamples runs, and has no other attributes.
func TestPages_queries(t *testing.T) {
	for _, b := range blocksOf(t, "hcl") {
		found := otherwiseRun.FindStringSubmatch(b.text)
		if found == nil {
			t.Errorf("%s is no list block", b)
			continue
		}
		example, err := os.ReadFile(filepath.Join(repository, "examples", "list-resources", found[1], "list-resource.tfquery.hcl"))
		if err != nil {
			t.Errorf("%s: %v", b, err)
		}
		for _, name := range regexp.MustCompile(`(?m)^ +([a-z_]+) +[={]`).FindAllStringSubmatch(b.text, -1) {
			if known := []string{"provider", "limit", "include_resource"}; !slices.Contains(known, name[1]) && !strings.Contains(string(example), name[1]) {
				t.Errorf("%s: no example has %s", b, name[1])
			}
		}
	}
}
