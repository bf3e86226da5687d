// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// processVariable makes a test binary serve the provider instead of running tests.
const processVariable = "PARTNERCENTER_ACCTEST_PROCESS"

// Main is TestMain of packages that start processes: the binary of the tests is the provider's program, too.
func Main(m *testing.M) {
	if os.Getenv(processVariable) == "" {
		os.Exit(m.Run())
	}
	if err := serveForParent(); err != nil {
		log.Fatal(err)
	}
}

// serveForParent serves the provider as it is released, tells the parent where, and ends with it.
func serveForParent() error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // open as long as the parent lives
		cancel()
	}()
	configs, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	go func() { _, _ = fmt.Fprintln(os.Stdout, reattach(<-configs, os.Getpid())) }()
	serve := provider.NewServer("test", "")
	return tf6server.Serve(provider.Address, serve, tf6server.WithGoPluginLogger(hclog.NewNullLogger()), tf6server.WithDebug(ctx, configs, closed))
}

// Process is the provider in a process of its own, as Terraform runs it, which a test can kill.
type Process struct {
	command *exec.Cmd
	ended   chan struct{}
}

// Kill ends the process without a chance to finish anything, and returns when it is gone.
func (p *Process) Kill() {
	_ = p.command.Process.Kill() // it may be gone already
	<-p.ended
}

// NewProcessWorkspace makes a folder with the configuration for providers in processes of their own: StartProvider starts them. They
// sign in to emu through endpoint, which stands before it. Unlike those in this process they wait in real time.
func NewProcessWorkspace(t *testing.T, emu *emulator.Server, endpoint, config string) *Workspace {
	t.Helper()
	w := &Workspace{Dir: t.TempDir(), t: t, cli: CLI(t)}
	w.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+os.DevNull, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color",
		"PARTNERCENTER_ENDPOINT="+endpoint, "PARTNERCENTER_AUTHORITY_HOST="+endpoint, "PARTNERCENTER_TENANT_ID="+emu.TenantID(),
		"PARTNERCENTER_CLIENT_ID="+emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET="+emulator.ClientSecret,
		"PARTNERCENTER_REQUESTS_PER_MINUTE=60000") // nobody else uses this Partner Center
	w.Configure(config)
	return w
}

// StartProvider starts a process that serves the commands from now on, and ends with the test.
func (w *Workspace) StartProvider() *Process {
	w.t.Helper()
	self, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	p := &Process{command: exec.Command(self), ended: make(chan struct{})} //nolint:gosec // the program that runs already
	p.command.Env = append(slices.Clone(w.env), processVariable+"=1")
	p.command.Stderr = &notLogs{}
	in, err := p.command.StdinPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = in.Close(); p.Kill() })

	at, err := bufio.NewReader(out).ReadString('\n')
	go func() {
		_ = p.command.Wait() // how it ends is the test's own doing
		close(p.ended)
	}()
	if err != nil {
		w.t.Fatalf("the provider did not start: %v", err)
	}
	w.env = append(w.env, strings.TrimSpace(at))
	return p
}

// notLogs passes on what a process writes beside its log: panics and data races.
type notLogs struct{ rest []byte }

func (n *notLogs) Write(written []byte) (int, error) {
	n.rest = append(n.rest, written...)
	for {
		line, rest, whole := bytes.Cut(n.rest, []byte("\n"))
		if !whole {
			return len(written), nil
		}
		if !bytes.HasPrefix(line, []byte(`{"@`)) {
			fmt.Fprintf(os.Stderr, "provider: %s\n", line)
		}
		n.rest = rest
	}
}
