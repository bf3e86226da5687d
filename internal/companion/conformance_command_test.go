// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// atEmulator sets the environment that the emulator prints.
func atEmulator(t *testing.T) *emulator.Server {
	t.Helper()
	emu := emulator.New(emulator.SampleTenant(), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.Strict, b.RequestsPerMinute = false, 0 }))
	t.Cleanup(emu.Close)
	for name, value := range map[string]string{
		"ENDPOINT": emu.URL, "AUTHORITY_HOST": emu.URL, "TENANT_ID": emu.TenantID(), "CLIENT_ID": emulator.ClientID, "CLIENT_SECRET": emulator.ClientSecret,
	} {
		t.Setenv("PARTNERCENTER_"+name, value)
	}
	t.Setenv("PARTNERCENTER_REQUESTS_PER_MINUTE", "10000")
	return emu
}

// From the environment to a report, a trace and a fixture: nothing is written at the level read, carts alone at the level cart.
func TestConformance_fromTheEnvironment(t *testing.T) {
	emu := atEmulator(t)
	file := filepath.Join(t.TempDir(), "trace.json")
	code, stdout, stderr := run(t, "", "conformance", "-json", "-trace", file)
	var report struct {
		Level   string
		Results []struct{ Verdict, Reference, Code, Emulator string }
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil || code != 0 || stderr != "" || report.Level != "read" || len(report.Results) < 150 {
		t.Errorf("%d, %v, %s: %d results", code, err, stderr, len(report.Results))
	}
	if len(emu.Writes()) > 0 {
		t.Errorf("it wrote: %+v", emu.Writes())
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the trace: %v, %v", info, err)
	}
	if code, stdout, stderr := run(t, "", "conformance", "fixture", file); code != 0 || !strings.Contains(stdout, `"/v1/customers"`) || strings.Contains(stdout, "Nordwind") {
		t.Errorf("the fixture: %d, %s", code, stderr)
	}
	if code, stdout, stderr := run(t, "", "conformance", "-level", "cart", "-customer", emulator.CustomerKaffeehaus); code != 0 || !strings.Contains(stdout, "0 contradicted") {
		t.Errorf("carts: %d, %s\n%s", code, stderr, stdout)
	}
	for _, w := range emu.Writes() {
		if !w.Is("POST", "carts") && !w.Is("PUT", "carts/*") {
			t.Errorf("it wrote %s %s", w.Method, w.Path)
		}
	}
	t.Setenv("PARTNERCENTER_SANDBOX_TENANT_ID", emu.TenantID())
	t.Setenv("PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS", emulator.CustomerKaffeehaus)
	if code, _, stderr := run(t, "", "conformance", "-level", "sandbox", "-buy-in-sandbox"); code != 1 || !strings.Contains(stderr, "this is production") || len(emu.Purchases()) > 0 {
		t.Errorf("production: %d, %s, %d purchases", code, stderr, len(emu.Purchases()))
	}
}

// A contradiction is an exit code of its own.
func TestConformance_contradicted(t *testing.T) {
	emu := atEmulator(t)
	emu.Behave(func(b *emulator.Behaviour) { b.RequireContractVersion = true })
	code, stdout, _ := run(t, "", "conformance")
	if code != 2 || !strings.Contains(stdout, "transport.contract-version") || !strings.Contains(stdout, "internal/emulator/serve.go (RequireContractVersion)") {
		t.Errorf("%d:\n%s", code, stdout)
	}
}

// What is unusual about a set-up has an exit code of its own, too: here that it is the emulator's address.
func TestDoctor_unusual(t *testing.T) {
	atEmulator(t)
	var report struct{ Findings []struct{ ID, State string } }
	code, stdout, _ := run(t, "", "doctor", "-json")
	if err := json.NewDecoder(bytes.NewReader([]byte(stdout))).Decode(&report); err != nil || code != 2 || report.Findings[0].ID != "address" {
		t.Errorf("%d, %v:\n%s", code, err, stdout)
	}
}
