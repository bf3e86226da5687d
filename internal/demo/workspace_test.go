// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"strings"
	"testing"
)

func TestEdit(t *testing.T) {
	w := &workspace{t.TempDir()}
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(w.path("a.tf"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a {\n  quantity   = 25\n  quantities = 1\n}\n")
	before, after, err := w.edit("a.tf", "quantity", "30")
	if err != nil || before != "  quantity   = 25" || after != "  quantity   = 30" {
		t.Errorf("got %q, %q, %v", before, after, err)
	}
	if content, err := w.read("a.tf"); err != nil || content != "a {\n  quantity   = 30\n  quantities = 1\n}\n" {
		t.Errorf("got %q, %v", content, err)
	}
	for _, content := range []string{"", "quantity = 1\nquantity = 2\n"} {
		write(content)
		if _, _, err := w.edit("a.tf", "quantity", "30"); err == nil || !strings.Contains(err.Error(), "instead of once") {
			t.Errorf("%q: got %v", content, err)
		}
	}
}

func TestCleanEnvironment(t *testing.T) {
	for _, name := range []string{"TF_VAR_x", "TF_CLI_ARGS", "PARTNERCENTER_ENDPOINT", "ARM_TENANT_ID"} {
		t.Setenv(name, "from the machine")
	}
	t.Setenv("NO_TF_VARIABLE", "stays")
	got := strings.Join(cleanEnvironment(map[string]string{"PARTNERCENTER_ENDPOINT": "from the demo"}), "\n")
	if strings.Contains(got, "from the machine") || !strings.Contains(got, "NO_TF_VARIABLE=stays") || !strings.Contains(got, "PARTNERCENTER_ENDPOINT=from the demo") {
		t.Errorf("got\n%s", got)
	}
}
