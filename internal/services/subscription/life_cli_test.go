// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// commandLine is the CLI itself, with all lives in one configuration: one run moves all of them.
type commandLine struct {
	t     *testing.T
	w     *acctest.Workspace
	lives []*life
}

func newCommandLine(t *testing.T, world *world) *commandLine {
	t.Helper()
	c := &commandLine{t: t, lives: world.lives}
	imports := ""
	for _, l := range c.lives {
		imports += fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", l.address(), l.customer+"/"+l.id)
	}
	c.w = acctest.NewWorkspace(t, world.emu, imports+c.config(), func(o *partnercenter.Options) { o.RequestsPerMinute = 100000 })
	c.w.MustApply("-parallelism=1")
	return c
}

func (l *life) address() string { return subscriptionType + "." + l.name }

func (c *commandLine) config() string {
	var config strings.Builder
	for _, l := range c.lives {
		fmt.Fprintf(&config, "resource %q %q {\n%s}\n", subscriptionType, l.name, l.wish.hcl("  "))
	}
	return config.String()
}

func (c *commandLine) apply([]*life) map[*life]result {
	c.t.Helper()
	c.w.Configure(c.config())
	out, code := c.w.Run("apply", "-json", "-auto-approve", "-input=false", oneAtATime)
	return c.read(out, code)
}

func (c *commandLine) plan([]*life) map[*life]result {
	c.t.Helper()
	out, code := c.w.Run("plan", "-json", "-input=false", oneAtATime)
	return c.read(out, code)
}

// line is one line of what the CLI prints with -json.
type line struct {
	Type   string
	Change struct {
		Resource struct{ Addr string }
		Action   string
	}
	Diagnostic struct {
		Severity, Summary, Detail, Address string
		Snippet                            struct{ Context string }
	}
}

func (c *commandLine) read(out string, code int) map[*life]result {
	c.t.Helper()
	results, applying, stopped := map[*life]result{}, false, false
	for text := range strings.Lines(out) {
		var one line
		if err := json.Unmarshal([]byte(text), &one); err != nil {
			c.t.Fatalf("the CLI printed %q: %v", text, err)
		}
		switch one.Type {
		case "apply_start":
			applying = true
		case "planned_change":
			if l := c.life(one.Change.Resource.Addr); l != nil {
				r := results[l]
				r.action = one.Change.Action
				results[l] = r
			}
		case "diagnostic":
			l := c.life(one.Diagnostic.Address, one.Diagnostic.Snippet.Context)
			if l == nil && one.Diagnostic.Severity == "error" {
				c.t.Fatalf("an error of nobody: %s", text)
			}
			if l == nil {
				continue
			}
			r := results[l]
			if one.Diagnostic.Severity == "error" {
				r.problems = append(r.problems, problem{one.Diagnostic.Summary, one.Diagnostic.Detail, applying, ""})
				stopped = stopped || !applying
			} else {
				r.warnings = append(r.warnings, one.Diagnostic.Summary+": "+one.Diagnostic.Detail)
			}
			results[l] = r
		}
	}
	failed := false
	for _, l := range c.lives {
		r := results[l]
		failed = failed || len(r.problems) > 0
		r.aborted = stopped && len(r.problems) == 0 // an error at plan stops all
		results[l] = r
	}
	if failed != (code != 0) {
		c.t.Fatalf("exit code %d:\n%s", code, out)
	}
	return results
}

// life is the one that an address or the head of its block names.
func (c *commandLine) life(texts ...string) *life {
	for _, l := range c.lives {
		for _, text := range texts {
			if text == l.address() || text == fmt.Sprintf("resource %q %q", subscriptionType, l.name) {
				return l
			}
		}
	}
	return nil
}

func (c *commandLine) state(l *life) map[string]any {
	c.t.Helper()
	var kept struct {
		Resources []struct {
			Name      string
			Instances []struct{ Attributes map[string]any }
		}
	}
	text, err := os.ReadFile(filepath.Join(c.w.Dir, "terraform.tfstate"))
	if err == nil {
		err = json.Unmarshal(text, &kept)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	for _, r := range kept.Resources {
		if r.Name == l.name && len(r.Instances) == 1 {
			return r.Instances[0].Attributes
		}
	}
	return nil
}
