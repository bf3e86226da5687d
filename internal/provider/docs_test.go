// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// TestEverythingIsDocumented looks for each attribute, function argument and environment variable on its page. The page of error codes
// is compared with the remedies by internal/partnercenter, which knows them.
func TestEverythingIsDocumented(t *testing.T) {
	for _, o := range everything(t) {
		page := "docs/index.md"
		if o.kind != "provider" {
			page = "docs/" + o.kind + "/" + strings.TrimPrefix(o.name, provider.TypeName+"_") + ".md"
		}
		text := read(t, page)
		for _, a := range attributes(o.schema.Block.Attributes, o.name) {
			if !strings.Contains(text, "- `"+a.Name+"` (") {
				t.Errorf("%s does not document %s", page, a)
			}
		}
	}
	for name, function := range schemas(t).Functions {
		page := "docs/functions/" + name + ".md"
		text := read(t, page)
		for _, p := range function.Parameters {
			if !strings.Contains(text, "`"+p.Name+"`") {
				t.Errorf("%s does not document the argument %s", page, p.Name)
			}
		}
	}
	index := read(t, "docs/index.md")
	for _, found := range variable.FindAllStringSubmatch(read(t, "internal/settings/variables.go"), -1) {
		if !strings.Contains(index, "`"+found[1]+"`") {
			t.Errorf("docs/index.md does not document the variable %s", found[1])
		}
	}
}

// TestWhatEachChangeDoes finds an attribute that can be written and that the resource's table of changes leaves out.
func TestWhatEachChangeDoes(t *testing.T) {
	_, table, found := strings.Cut(read(t, "docs/resources/subscription.md"), "\n## What each change does\n")
	table, _, ends := strings.Cut(table, "\n## ")
	if !found || !ends {
		t.Fatal("the page has no such section any more")
	}
	for _, o := range everything(t) {
		if o.kind != "resources" || o.name != provider.TypeName+"_subscription" {
			continue
		}
		for _, a := range o.schema.Block.Attributes {
			if written := a.Required || a.Optional; written && !strings.Contains(table, "`"+a.Name+"`") {
				t.Errorf("the table has no %s", a.Name)
			}
		}
	}
}

// TestSidebar finds a page without a group, or with one that no other page has.
func TestSidebar(t *testing.T) {
	groups := map[string][]string{}
	for _, page := range pages(t) {
		if strings.HasPrefix(page, "docs/") && path.Dir(page) != "docs" && path.Dir(page) != "docs/guides" {
			group := ""
			if found := subcategory.FindStringSubmatch(read(t, page)); found != nil {
				group = found[1]
			}
			groups[group] = append(groups[group], page)
		}
	}
	for group, in := range groups {
		if group == "" || len(in) < 3 {
			t.Errorf("%q is the group of %v only", group, in)
		}
	}
}

var subcategory = regexp.MustCompile(`(?m)^subcategory: "(.*)"$`)

var (
	fenced  = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	link    = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
	anchor  = regexp.MustCompile(`<a id="([^"]+)">`)
	dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// Addresses under which pages of this repository are published, so that links to them can be checked here.
const (
	published = "https://registry.terraform.io/providers/partnercenter-community/partnercenter/latest/docs"
	browsed   = "https://github.com/partnercenter-community/terraform-provider-partnercenter/"
)

// TestLinks follows every link from one page of the repository to another, with its anchor.
func TestLinks(t *testing.T) {
	for _, page := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(fenced.ReplaceAllString(read(t, page), ""), -1) {
			target, fragment, _ := strings.Cut(found[1], "#")
			file, inside := resolve(page, target)
			if !inside {
				continue
			}
			info, err := os.Stat(filepath.Join(root, file))
			switch {
			case err != nil:
				t.Errorf("%s: %s leads nowhere", page, found[1])
			case fragment != "" && (info.IsDir() || !slices.Contains(anchors(read(t, file)), fragment)):
				t.Errorf("%s: %s has no heading for #%s", page, file, fragment)
			}
		}
	}
}

// resolve is the file of the repository that a link leads to; false for links that leave it.
func resolve(page, target string) (file string, inside bool) {
	if rest, ok := strings.CutPrefix(target, published); ok {
		if rest == "" {
			return "docs/index.md", true
		}
		return "docs" + rest + ".md", true
	}
	for _, view := range []string{"blob/main/", "tree/main/"} {
		if rest, ok := strings.CutPrefix(target, browsed+view); ok {
			return rest, true
		}
	}
	if strings.Contains(target, ":") {
		return "", false
	}
	if target == "" {
		return page, true
	}
	return path.Join(path.Dir(page), target), true
}

// anchors are the fragments of a page, as GitHub and the registries make them of headings.
func anchors(text string) []string {
	var all []string
	for _, found := range anchor.FindAllStringSubmatch(text, -1) {
		all = append(all, found[1])
	}
	for _, found := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-"))
	}
	return all
}

// pages are the Markdown files that people read: those of the top level, the documentation and the examples.
func pages(t *testing.T) []string {
	t.Helper()
	all := glob(t, "*.md")
	for _, folder := range []string{"docs", "examples"} {
		err := fs.WalkDir(os.DirFS(root), folder, func(name string, entry fs.DirEntry, err error) error {
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

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}
