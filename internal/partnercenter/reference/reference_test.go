// SPDX-License-Identifier: MPL-2.0

// Package reference holds what is known about the REST API of Partner Center, and checks that citations of it lead to a heading.
package reference

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

//go:embed *.md
var pages embed.FS

// root is the directory of the repository, as seen from here.
const root = "../../.."

var (
	// citation is the one form, such as reference/commerce.md#status-values; README.md describes it.
	citation = regexp.MustCompile(`\breference/([\w-]+\.md)(?:#([\w-]*))?`)
	// pageLink is a link within the pages, or from one to the other.
	pageLink = regexp.MustCompile(`\]\(([\w-]+\.md)?#([\w-]+)\)`)
	// lineBreak is one in a comment or in running text: a citation in words may go over two lines.
	lineBreak = regexp.MustCompile(`[ \t]*\n[ \t]*(?://)?[ \t]*`)
	// inWords are citations that name no heading, or one that nobody can look up.
	inWords = regexp.MustCompile(`(?i)\b(?:commerce|customers|customers and billing) (?:reference|contract)\b|\b(?:chapter|section) \d+\.\d+|\b(?:commerce|customers-and-billing)\.md,? (?:\d|")`)
)

// anchors are the headings of a page, as GitHub makes anchors of them, in their order.
func anchors(page string) []string {
	var found []string
	inCode := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			inCode = !inCode
		}
		title := strings.TrimLeft(line, "#")
		if inCode || title == line || !strings.HasPrefix(title, " ") {
			continue
		}
		found = append(found, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, strings.TrimSpace(title)))
	}
	return found
}

// readAnchors reads the headings of all pages.
func readAnchors(t *testing.T) map[string][]string {
	t.Helper()
	names, err := fs.Glob(pages, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	byPage := map[string][]string{}
	for _, name := range names {
		byPage[name] = anchors(read(t, name))
	}
	return byPage
}

func read(t *testing.T, page string) string {
	t.Helper()
	text, err := pages.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// problems says what is wrong with the citations in a text, and how many lead to a heading.
func problems(text string, byPage map[string][]string) (wrong []string, resolved int) {
	for _, match := range citation.FindAllStringSubmatch(text, -1) {
		page, anchor := match[1], match[2]
		known, exists := byPage[page]
		switch {
		case !exists:
			wrong = append(wrong, fmt.Sprintf("%s: there is no page %s", match[0], page))
		case strings.Contains(match[0], "#") && !slices.Contains(known, anchor):
			wrong = append(wrong, fmt.Sprintf("%s: %s has no such heading", match[0], page))
		case anchor != "":
			resolved++
		}
	}
	for _, match := range inWords.FindAllString(lineBreak.ReplaceAllString(text, " "), -1) {
		wrong = append(wrong, fmt.Sprintf("%q cites in words; write reference/PAGE.md#HEADING, see internal/partnercenter/reference/README.md", match))
	}
	return wrong, resolved
}

func TestCitations(t *testing.T) {
	byPage := readAnchors(t)
	total := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir(), entry.Name() == "reference_test.go", !slices.Contains([]string{".go", ".md", ".tmpl"}, filepath.Ext(path)):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		wrong, resolved := problems(string(text), byPage)
		for _, problem := range wrong {
			t.Errorf("%s: %s", strings.TrimPrefix(filepath.ToSlash(path), root+"/"), problem)
		}
		total += resolved
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total < 50 {
		t.Errorf("only %d citations were found: is their form still the one that this test looks for?", total)
	}
}

func TestProblems(t *testing.T) {
	byPage := map[string][]string{"commerce.md": anchors("# Commerce\n\n## Status values\n\n```text\n# no heading\n```\n### Codes: cart, `checkout`\n")}
	for text, want := range map[string]int{
		"// See reference/commerce.md#status-values.":                                      0,
		"(reference/commerce.md#codes-cart-checkout, 2)":                                   0,
		"[the contract](internal/partnercenter/reference/commerce.md)":                     0,
		"// See reference/commerce.md#status-value.":                                       1,
		"// See reference/commerce.md#no-heading.":                                         1,
		"// See reference/commerce.md#, and more.":                                         1,
		"// See reference/orders.md#status-values.":                                        1,
		"// See the commerce reference, Status values.":                                    1,
		"// See the customers\n\t// and billing reference, Filter.":                        1,
		"// It goes by the Customers reference.":                                           1,
		"// See chapter 17.7.":                                                             1,
		"// See commerce.md 8.4, and commerce.md, \"Status values\".":                      2,
		"// The commerce packages are no reference to anything; a chapter of 17 has none.": 0,
	} {
		if wrong, _ := problems(text, byPage); len(wrong) != want {
			t.Errorf("%q: %d problems instead of %d: %q", text, len(wrong), want, wrong)
		}
	}
}

func TestPages(t *testing.T) {
	byPage := readAnchors(t)
	for _, name := range slices.Sorted(maps.Keys(byPage)) {
		seen := map[string]bool{}
		for _, anchor := range byPage[name] {
			if seen[anchor] {
				t.Errorf("%s: two headings have the anchor %s", name, anchor)
			}
			seen[anchor] = true
		}
		for _, link := range pageLink.FindAllStringSubmatch(read(t, name), -1) {
			target := link[1]
			if target == "" {
				target = name
			}
			if !slices.Contains(byPage[target], link[2]) {
				t.Errorf("%s: the link to %s#%s leads nowhere", name, target, link[2])
			}
		}
	}
}
