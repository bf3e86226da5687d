// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// estateCustomers makes the estate as large as time allows: a CLI takes minutes to plan thousands of resources. `make bench-go` takes 300.
var estateCustomers = flag.Int("estate", 20, "customers, with 10 subscriptions each, that TestAccAdoptEstate takes over")

// TestAccAdoptEstate takes over an estate, and all of the sample tenant, with what examples/adopt-estate writes: one apply that only
// imports, and an empty plan.
func TestAccAdoptEstate(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.LargeTenant(*estateCustomers, 10))
	adoptable := *estateCustomers*10 + 18
	nicknames := []string{`"Quoted" \ and ${not.a.reference} or %{ if }`, `Zweimal <gleich> & $${schon}`, `Zweimal <gleich> & $${schon}`, "", "ÄÖÜ"}
	for n, nickname := range nicknames {
		if err := emu.Drift(emulator.LargeCustomer(0), emulator.LargeSubscription(0, n), map[string]any{"friendlyName": nickname}); err != nil {
			t.Fatal(err)
		}
	}

	generator := acctest.NewWorkspace(t, emu, "")
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "adopt-estate", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(generator.Dir, "main.tf"), example, 0o600); err != nil { // with its own required_providers
		t.Fatal(err)
	}
	generator.MustApply()
	configuration, code := generator.Run("output", "-raw", "configuration")
	if code != 0 {
		t.Fatal(configuration)
	}

	estate := acctest.NewWorkspace(t, emu, configuration)
	out, code := estate.Run("plan", "-input=false", "-out=tfplan")
	if want := fmt.Sprintf("Plan: %d to import, 0 to add, 0 to change, 0 to destroy.", adoptable); code != 0 || !strings.Contains(out, want) {
		t.Fatalf("want %q (exit code %d):\n%s", want, code, tail(out))
	}
	if out, code := estate.Run("apply", "-input=false", "tfplan"); code != 0 {
		t.Fatalf("apply failed:\n%s", tail(out))
	}
	if out, code := estate.Run("plan", "-input=false", "-detailed-exitcode"); code != 0 {
		t.Errorf("the plan is not empty (exit code %d):\n%s", code, tail(out))
	}
	if writes := emu.Writes(); len(writes) > 0 {
		t.Errorf("%d requests could change something, the first is %s %s", len(writes), writes[0].Method, writes[0].Path)
	}
}

// tail is the end of a long text.
func tail(text string) string { return text[max(0, len(text)-8000):] }
