// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// avoided are words that pages, descriptions and messages do not use, and what they say instead: one word for one thing, American
// spelling, and the role in place of a pronoun.
var avoided = []struct {
	words   *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\blicen[c]es?\b`), "license"},
	{regexp.MustCompile(`(?i)\bcatalogues?\b`), "catalog"},
	{regexp.MustCompile(`(?i)\b(behaviour|colour|honour(ed)?|centre|organis(e|ation)|authoris(e|ation))\b`), "the American spelling"},
	{regexp.MustCompile(`(?i)\bcancell(ed|ing)\b`), "canceled, canceling"},
	{regexp.MustCompile(`(?i)\banew\b`), "again"},
	{regexp.MustCompile(`(?i)\ball the same\b`), "still, or anyway"},
	{regexp.MustCompile(`(?i)\blikewise\b`), "also"},
	{regexp.MustCompile(`(?i)\b(somebody|someone|nobody|whoever)\b`), "the role: a colleague, the publisher, the owner of the job"},
	{regexp.MustCompile(`(?i)\bmeanwhile\b`), "in the meantime"},
	{regexp.MustCompile(`(?i)\bknobs?\b`), "setting"},
	{regexp.MustCompile(`(?i)\bg(ive|ives|iving|ave|iven) up\b`), "end"},
	{regexp.MustCompile(`(?i)\bfor want of\b`), "without"},
	{regexp.MustCompile(`(?i)\b(72|168) hours\b`), "3 days, 7 days"},
}

// silent are the folders of internal whose texts are not for users of the provider.
var silent = []string{"acctest", "bench", "demo", "emulator", "simulation", "tools"}

// speaking are the other folders.
func speaking(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, entry := range entries {
		if !slices.Contains(silent, entry.Name()) {
			all = append(all, entry.Name())
		}
	}
	return all
}

var codeSpan = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")

// TestWords looks for words that are avoided: in pages, examples and the texts of the program.
func TestWords(t *testing.T) {
	for _, page := range slices.DeleteFunc(pages(t), func(page string) bool { return page == "CONTRIBUTING.md" }) {
		lookForWords(t, page, codeSpan.ReplaceAllString(read(t, page), ""))
	}
	for _, folder := range []string{"examples", "templates"} {
		files(t, folder, func(name string) bool {
			return slices.Contains([]string{".tf", ".hcl", ".tmpl", ".yml", ".rego"}, path.Ext(name))
		}, func(name string) {
			lookForWords(t, name, codeSpan.ReplaceAllString(read(t, name), ""))
		})
	}
	for _, folder := range speaking(t) {
		files(t, path.Join("internal", folder), func(name string) bool { return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") }, func(name string) {
			for _, text := range literals(t, name) {
				lookForWords(t, name, codeSpan.ReplaceAllString(text, ""))
			}
		})
	}
}

// plainAmount is an amount as data has it; the sentences of pages group it.
var plainAmount = regexp.MustCompile(`\b[0-9]{4,}\.[0-9]{2} [A-Z]{3}\b`)

func lookForWords(t *testing.T, where, text string) {
	t.Helper()
	if isPage := strings.Contains(where, ".md"); isPage && plainAmount.MatchString(text) {
		t.Errorf("%s: write %q grouped, as 7,020.00 EUR", where, plainAmount.FindString(text))
	}
	for _, a := range avoided {
		if at := a.words.FindStringIndex(text); at != nil {
			around := strings.Join(strings.Fields(text[max(0, at[0]-60):min(len(text), at[1]+60)]), " ")
			t.Errorf("%s: instead of %q say %s: ...%s...", where, text[at[0]:at[1]], a.instead, around)
		}
	}
}

// files calls do with each file below a folder that is wanted.
func files(t *testing.T, folder string, wanted func(name string) bool, do func(name string)) {
	t.Helper()
	found := 0
	err := fs.WalkDir(os.DirFS(root), folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && wanted(name) {
			found++
			do(name)
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("%s: %d files: %v", folder, found, err)
	}
}

// literals are the texts of more than one word in a Go file.
func literals(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(name)), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil && strings.Contains(text, " ") { // others are names and values of the API
				all = append(all, text)
			}
		}
		return true
	})
	return all
}

// notOurs are messages of the page that Terraform says, and one that is a state of things.
var notOurs = []string{"Provider produced inconsistent final plan", "a deposed object is left"}

// TestMessages finds a message of Troubleshooting that the program does not say any more.
func TestMessages(t *testing.T) {
	var said strings.Builder
	for _, folder := range speaking(t) {
		files(t, path.Join("internal", folder), func(name string) bool { return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") }, func(name string) {
			said.WriteString(strings.Join(literals(t, name), "\n") + "\n")
		})
	}
	_, table, found := strings.Cut(read(t, "docs/guides/troubleshooting.md"), "\n## Messages people ask about\n")
	table, _, ends := strings.Cut(table, "\n## ")
	if !found || !ends {
		t.Fatal("the page has no such section any more")
	}
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]+) \|`).FindAllStringSubmatch(table, -1)[1:] {
		for message := range strings.SplitSeq(row[1], ";") {
			message = strings.TrimLeft(message, ". ")
			if !slices.Contains(notOurs, message) && !strings.Contains(said.String(), message) {
				t.Errorf("nothing says %q any more", message)
			}
		}
	}
}
