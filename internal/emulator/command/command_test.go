// SPDX-License-Identifier: MPL-2.0

package command

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var program = Program{Name: "the-emulator", Version: "1.2.3", Commit: "abc1234"}

// lineWriter hands the first line to whoever waits for it and keeps everything.
type lineWriter struct {
	text  strings.Builder
	first chan string
}

func (w *lineWriter) Write(p []byte) (int, error) {
	if w.text.Len() == 0 {
		w.first <- strings.TrimSpace(strings.SplitN(string(p), "\n", 2)[0])
	}
	return w.text.Write(p)
}

// started runs the program and returns its address and a function that stops it and returns what it printed.
func started(t *testing.T, args ...string) (address string, stop func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	output, ended := &lineWriter{first: make(chan string, 1)}, make(chan error, 1)
	go func() {
		ended <- program.Run(ctx, append([]string{"-address", "127.0.0.1:0"}, args...), output, io.Discard)
	}()
	select {
	case address = <-output.first:
	case err := <-ended:
		t.Fatal(err)
	}
	return address, func() string {
		cancel()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		return output.text.String()
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", address, response.StatusCode, err)
	}
	return string(body)
}

func TestRunDescribesItself(t *testing.T) {
	address, stop := started(t, "-time", "2026-03-01T09:00:00Z")
	if now := get(t, address+"/_emulator/clock"); !strings.Contains(now, "2026-03-01T09:") {
		t.Errorf("the clock says %s", now)
	}
	printed := stop()
	for _, want := range []string{address, `source = "partnercenter-community/partnercenter"`, `provider "partnercenter"`, "client_secret", "/_emulator/journal"} {
		if !strings.Contains(printed, want) {
			t.Errorf("%q is not in\n%s", want, printed)
		}
	}
}

func TestRunQuietly(t *testing.T) {
	folder := t.TempDir()
	saved := filepath.Join(folder, "snapshot.json")
	address, stop := started(t, "-quiet")
	if err := os.WriteFile(saved, []byte(get(t, address+"/_emulator/snapshot")), 0o600); err != nil {
		t.Fatal(err)
	}
	if printed := stop(); printed != address+"\n" {
		t.Errorf("printed %q, want the address only", printed)
	}
	_, stop = started(t, "-quiet", "-empty", "-snapshot", saved)
	stop()
}

func TestRunPrintsItsVersionOnly(t *testing.T) {
	t.Parallel()
	var printed strings.Builder
	if err := program.Run(t.Context(), []string{"-version", "-address", "127.0.0.1:notaport"}, &printed, io.Discard); err != nil {
		t.Fatal(err)
	}
	if want := "the-emulator 1.2.3 abc1234\n"; printed.String() != want {
		t.Errorf("printed %q, want %q", printed.String(), want)
	}
}

func TestRunWritesFiles(t *testing.T) {
	folder := t.TempDir()
	c := config{readyFile: filepath.Join(folder, "ready.json"), certFile: filepath.Join(folder, "authority.pem")}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // it stops as soon as it is ready
	args := []string{"-address", "127.0.0.1:0", "-quiet", "-ready-file", c.readyFile, "-cert-file", c.certFile}
	if err := program.Run(ctx, args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(c.readyFile)
	if err != nil {
		t.Fatal(err)
	}
	var ready map[string]string
	if err := json.Unmarshal(content, &ready); err != nil || !strings.HasPrefix(ready["url"], "http://127.0.0.1:") || ready["tenantId"] == "" {
		t.Errorf("got %s, %v", content, err)
	}
	if pem, err := os.ReadFile(c.certFile); err != nil || !strings.HasPrefix(string(pem), "-----BEGIN CERTIFICATE-----") {
		t.Errorf("got %s, %v", pem, err)
	}
}

func TestRunRefusesWrongCommandLines(t *testing.T) {
	for name, args := range map[string][]string{
		"unknown flag":     {"-address", "x"},
		"argument":         {"serve"},
		"time":             {"-time", "yesterday"},
		"address":          {"-address", "127.0.0.1:notaport"},
		"missing snapshot": {"-address", "127.0.0.1:0", "-snapshot", filepath.Join(t.TempDir(), "none.json")},
		"ready file":       {"-address", "127.0.0.1:0", "-quiet", "-ready-file", filepath.Join(t.TempDir(), "none", "ready.json")},
	} {
		t.Run(name, func(t *testing.T) {
			if err := program.Run(t.Context(), args, io.Discard, io.Discard); err == nil {
				t.Error("no error")
			}
		})
	}
}
