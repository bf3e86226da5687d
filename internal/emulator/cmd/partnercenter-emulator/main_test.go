// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// The flags of the linker are those that `make build` and the release give to both binaries.
func TestVersionIsStamped(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "partnercenter-emulator")
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-X main.version=1.2.3 -X main.commit=abc1234", "-o", binary, ".")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	got, err := exec.CommandContext(t.Context(), binary, "-version").Output()
	if want := "partnercenter-emulator 1.2.3 abc1234\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}
