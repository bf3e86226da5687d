// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// oneConfiguration are the pages whose blocks follow each other in one folder; those of other pages stand alone.
var oneConfiguration = []string{"README.md", "docs/guides/from-a-product-name-to-a-configuration.md", "docs/guides/cookbook.md"}

// needsCLI is the Terraform from which a block can be read, by what it holds.
var needsCLI = map[string]string{
	"ephemeral \"":   "1.10.0",
	"identity = {":   "1.12.0",
	"action \"":      "1.14.0",
	"action_trigger": "1.14.0",
}

// emulatorAddress is where pages let the emulator serve.
const emulatorAddress = "http://127.0.0.1:8765"

// configuration is what one folder holds.
type configuration struct {
	blocks []block
	name   string
}

func (c configuration) text() string {
	var all strings.Builder
	for _, b := range c.blocks {
		all.WriteString(b.text + "\n")
	}
	return all.String()
}

// configurations are the blocks of all pages that this CLI can read, as folders.
func configurations(t *testing.T, cli *version.Version) []configuration {
	t.Helper()
	var found []configuration
	for _, b := range blocksOf(t, "terraform") {
		readable := true
		for words, minimum := range needsCLI {
			readable = readable && (!strings.Contains(b.text, words) || cli.GreaterThanOrEqual(version.Must(version.NewVersion(minimum))))
		}
		last := len(found) - 1
		switch {
		case !readable, strings.HasPrefix(b.page, "docs/list-resources/"): // TestAccExamples runs those, by terraform query
		case last >= 0 && slices.Contains(oneConfiguration, b.page) && found[last].blocks[0].page == b.page:
			found[last].blocks = append(found[last].blocks, b)
		default:
			found = append(found, configuration{blocks: []block{b}, name: fmt.Sprintf("p%03d", len(found))})
		}
	}
	return found
}

var (
	importBlock  = regexp.MustCompile(`(?ms)^import \{\n.*?^\}\n`)
	importTarget = regexp.MustCompile(`\bto( *)= `)
	// A provider that the test serves has one configuration: TestAccPages_plans plans those of the pages.
	providerBlock = regexp.MustCompile(`(?ms)^provider "partnercenter" \{\n.*?^\}\n`)
	nicknameOf    = regexp.MustCompile(`((?:friendly_name|nickname) *= )"([^"]*)"`)
	moduleSource  = regexp.MustCompile(`source( *)= "[./]*/modules/subscription"`)
)

// module makes a configuration a module below the root, which has to hold its import blocks.
func (c configuration) module(t *testing.T, w *acctest.Workspace) (root string) {
	t.Helper()
	text := c.text()
	for _, found := range importBlock.FindAllString(text, -1) {
		root += importTarget.ReplaceAllString(found, "to${1}= module."+c.name+".")
	}
	text = providerBlock.ReplaceAllString(importBlock.ReplaceAllString(text, "")+targets(text), "")
	text = moduleSource.ReplaceAllString(text, `source${1}= "../modules/subscription"`)
	text = nicknameOf.ReplaceAllString(text, `${1}"${2}-`+c.name+`"`)
	if !strings.Contains(text, "required_providers") {
		text += acctest.RequiredProviders
	}
	c.write(t, filepath.Join(w.Dir, c.name), text)
	return root + fmt.Sprintf("module %q {\n  source = \"./%s\"\n}\n", c.name, c.name)
}

var targetOf = regexp.MustCompile(`(?m)^import \{\n +to += partnercenter_subscription\.([a-z0-9_]+)$`)

// targets are the subscriptions that import blocks of a text name and that it does not have.
func targets(text string) string {
	var all strings.Builder
	for _, found := range targetOf.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, fmt.Sprintf("resource \"partnercenter_subscription\" %q", found[1])) {
			fmt.Fprintf(&all, "resource \"partnercenter_subscription\" %q {\n  customer_id = %q\n  product_id  = %q\n  sku_id      = %q\n  quantity    = 12\n}\n",
				found[1], emulator.CustomerNordwind, emulator.ProductMailGuard, "0001")
		}
	}
	return all.String()
}

// write makes a folder with the text, and the tables that the page shows.
func (c configuration) write(t *testing.T, folder, text string) {
	t.Helper()
	files := map[string]string{"main.tf": text}
	for _, b := range blocks(t, c.blocks[0].page) {
		if b.language == "csv" {
			files[b.file] = b.text
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// copyModule puts the module of the examples into the folder.
func copyModule(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(w.Dir, "modules", "subscription"), os.DirFS(filepath.Join(repository, "examples", "modules", "subscription"))); err != nil {
		t.Fatal(err)
	}
}

// TestAccPages_configurations plans every configuration of every page, each as a module of its own, as many at once as import different subscriptions.
func TestAccPages_configurations(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	grantMargin(t, emu)
	w := acctest.NewWorkspace(t, emu, "")
	copyModule(t, w)
	all := configurations(t, cliVersion(t, w))
	for _, round := range rounds(all) {
		root := acctest.AsRefreshingUser(emu)
		names := map[string]block{}
		for _, c := range round {
			root += c.module(t, w)
			names[c.name] = c.blocks[0]
		}
		w.Configure(root)
		if out, code := w.Run("init", "-input=false"); code != 0 {
			t.Fatalf("init failed:\n%s", out)
		}
		out, code := w.Run("plan", "-input=false")
		if code != 0 || strings.Contains(strings.ToLower(out), "deprecated") {
			t.Errorf("the plan of %v ends with %d:\n%s", names, code, tail(out))
		}
	}
	t.Logf("%d configurations are planned", len(all))
}

var importID = regexp.MustCompile(`"[0-9a-f-]{36}/[0-9a-f-]{36}"|\bid += "[0-9a-f-]{36}"`)

// rounds are the configurations in groups in which none imports what another one does.
func rounds(all []configuration) [][]configuration {
	var found [][]configuration
	imported := []map[string]bool{}
	for _, c := range all {
		var ids []string
		for _, block := range importBlock.FindAllString(c.text(), -1) {
			for _, id := range importID.FindAllString(block, -1) {
				ids = append(ids, id[len(id)-37:])
			}
		}
		round := slices.IndexFunc(imported, func(taken map[string]bool) bool {
			return !slices.ContainsFunc(ids, func(id string) bool { return taken[id] })
		})
		if round < 0 {
			round, found, imported = len(found), append(found, nil), append(imported, map[string]bool{})
		}
		found[round] = append(found[round], c)
		for _, id := range ids {
			imported[round][id] = true
		}
	}
	return found
}

func cliVersion(t *testing.T, w *acctest.Workspace) *version.Version {
	t.Helper()
	out, _ := w.Run("version", "-json")
	var cli struct {
		Version *version.Version `json:"terraform_version"`
	}
	if err := json.Unmarshal([]byte(out), &cli); err != nil || cli.Version == nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return cli.Version
}

// complete are the configurations that can be planned as they stand: they configure the provider, or belong to a page that is one configuration.
func complete(t *testing.T, cli *version.Version) []configuration {
	t.Helper()
	return slices.DeleteFunc(configurations(t, cli), func(c configuration) bool {
		text := c.text()
		return !slices.Contains(oneConfiguration, c.blocks[0].page) && !strings.Contains(text, "required_providers") && !providerBlock.MatchString(text)
	})
}

// TestAccPages_plans plans every complete configuration. Each block of `text` of a page that is one configuration is what this plan prints.
func TestAccPages_plans(t *testing.T) {
	t.Parallel()
	for _, c := range complete(t, version.Must(version.NewVersion("1.8.0"))) {
		t.Run(c.blocks[0].String(), func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			grantMargin(t, emu)
			w := acctest.NewWorkspace(t, emu, "")
			text := strings.ReplaceAll(c.text(), emulatorAddress, emu.URL)
			if !strings.Contains(text, "required_providers") {
				text += acctest.RequiredProviders
			}
			if moduleSource.MatchString(text) {
				copyModule(t, w)
				text = moduleSource.ReplaceAllString(text, `source${1}= "./modules/subscription"`)
			}
			c.write(t, w.Dir, text)
			if init, code := w.Run("init", "-input=false"); code != 0 {
				t.Fatalf("init failed:\n%s", init)
			}
			out, code := w.Run("plan", "-input=false")
			if code != 0 {
				t.Fatalf("plan failed:\n%s", out)
			}
			for _, b := range blocks(t, c.blocks[0].page) {
				if !slices.Contains(oneConfiguration, b.page) || b.language != "text" {
					continue
				}
				if missing := missingLines(out, b.text); missing != "" {
					t.Errorf("%s: the plan does not print %q:\n%s", b, missing, out)
				}
			}
		})
	}
}

// grantMargin lets a publisher grant the margin that the cookbook expects.
func grantMargin(t *testing.T, emu *emulator.Server) {
	t.Helper()
	now := emu.Clock().Now()
	if err := emu.OfferMargin(emulator.Margin{ProductID: emulator.ProductBackup, Percent: 15, Start: now.AddDate(0, -1, 0), End: now.AddDate(2, 0, 0)}); err != nil {
		t.Fatal(err)
	}
}

// missingLines is the first line that stands in part and not in whole; "..." stands for whatever is left out.
func missingLines(whole, part string) string {
	var lines []string
	for line := range strings.Lines(whole) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	for line := range strings.Lines(part) {
		if line = strings.Join(strings.Fields(line), " "); line != "..." && !slices.Contains(lines, line) {
			return line
		}
	}
	return ""
}
