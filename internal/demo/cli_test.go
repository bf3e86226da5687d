// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// readyWriter keeps what a command prints and tells when it is ready.
type readyWriter struct {
	strings.Builder
	ready func()
}

func (w *readyWriter) Write(p []byte) (int, error) {
	n, err := w.Builder.Write(p)
	if strings.Contains(w.String(), "ready") {
		w.ready()
	}
	return n, err
}

func TestRunLetsAnInterruptedCommandFinish(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	output := &readyWriter{ready: cancel}
	cmd := program(ctx, "sh", "-c", `trap 'echo finished; exit 0' INT; echo ready; while :; do read -r line || :; done`)
	waiting, err := cmd.StdinPipe() // never written to: the command waits
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = waiting.Close() }()
	cmd.Stdout = output
	if err := run(ctx, cmd); !errors.Is(err, errInterrupted) {
		t.Errorf("got %v, want %v", err, errInterrupted)
	}
	if !strings.Contains(output.String(), "finished") {
		t.Errorf("it printed %q: it was not allowed to finish", output.String())
	}
	if err := run(ctx, program(ctx, "false")); !errors.Is(err, errInterrupted) {
		t.Errorf("got %v: nothing is started after an interrupt", err)
	}
}
