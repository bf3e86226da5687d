// SPDX-License-Identifier: MPL-2.0

//go:build unix

package signin

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSignIn_cli(t *testing.T) {
	folder := t.TempDir()
	az := func(script string) {
		if err := os.WriteFile(filepath.Join(folder, "az"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))

	az(`case "$*" in *https://api.partnercenter.microsoft.com*--tenant*tenant-1*) ;; *) echo "asked $*" >&2; exit 1;; esac
echo '{"accessToken":"from the CLI","expires_on":4102444800,"expiresOn":"2100-01-01 00:00:00.000000","tokenType":"Bearer"}'`)
	got, err := signedIn(t, newEntra(t, true, nil), Credentials{UseCLI: true, TenantID: "tenant-1"})
	if err != nil || got != "from the CLI" {
		t.Errorf("got %q, %v", got, err)
	}

	az("echo 'ERROR: Please run az login to setup account.' >&2; exit 1")
	_, err = signedIn(t, newEntra(t, true, nil), Credentials{UseCLI: true})
	var failed *Error
	if !errors.As(err, &failed) || failed.Setting != "use_cli" || !strings.Contains(err.Error(), "az login") {
		t.Errorf("got %v", err)
	}
}
