// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The flags of the linker are those that `make build` and the release give to every binary.
func TestVersionIsStamped(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "partnercenter")
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-X main.version=1.2.3 -X main.commit=abc1234", "-o", binary, ".")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	got, err := exec.CommandContext(t.Context(), binary, "-version").Output()
	if want := "partnercenter version 1.2.3 abc1234\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

// TestProviderLinksNothingOfThis looks at what the provider's binary is built from.
func TestProviderLinksNothingOfThis(t *testing.T) {
	t.Parallel()
	const module = "github.com/partnercenter-community/terraform-provider-partnercenter"
	linked := func(target string) string {
		output, err := exec.CommandContext(t.Context(), "go", "list", "-deps", target).Output()
		if err != nil {
			t.Fatalf("%s: %v", target, err)
		}
		return string(output)
	}
	provider, companion := linked(module), linked(".")
	for _, foreign := range []string{module + "/internal/companion", module + "/internal/emulator", "github.com/urfave/cli", "golang.org/x/text/encoding/unicode"} {
		if strings.Contains(provider, foreign) {
			t.Errorf("the provider links %s", foreign)
		}
		if !strings.Contains(companion, foreign) {
			t.Errorf("the companion program does not link %s: is this the right name?", foreign)
		}
	}
	for _, foreign := range []string{"github.com/hashicorp/terraform-plugin-framework", module + "/internal/provider"} {
		if strings.Contains(companion, foreign) {
			t.Errorf("the companion program links %s", foreign)
		}
	}
}
