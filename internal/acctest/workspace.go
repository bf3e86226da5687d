// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// RequiredProviders says whose provider it is, for configurations to which nothing adds it: the testing framework leaves it out where a
// step imports by identity or queries.
const RequiredProviders = "terraform {\n  required_providers {\n    partnercenter = { source = \"partnercenter-community/partnercenter\" }\n  }\n}\n"

// Workspace is a folder in which a test drives the CLI itself: where steps of terraform-plugin-testing cannot go on, such as after an
// apply that fails half-way, or with two runs at the same time.
type Workspace struct {
	Dir string

	t   *testing.T
	cli string
	env []string
}

// CLI is the terraform or tofu that acceptance tests run. It skips the test when they are not asked for.
func CLI(t *testing.T) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run with TF_ACC=1")
	}
	if cli := os.Getenv("TF_ACC_TERRAFORM_PATH"); cli != "" {
		return cli
	}
	for _, name := range []string{"terraform", "tofu"} {
		if cli, err := exec.LookPath(name); err == nil {
			return cli
		}
	}
	t.Fatal("neither terraform nor tofu is on PATH")
	return ""
}

// NewWorkspace makes a folder with the configuration, for a provider that serves in this process against emu.
func NewWorkspace(t *testing.T, emu *emulator.Server, config string, options ...func(*partnercenter.Options)) *Workspace {
	t.Helper()
	serve := provider.NewServer("test", "", pointAt(emu), func(client *partnercenter.Options, _ *signin.Options) {
		for _, set := range options {
			set(client)
		}
	})
	w, _ := NewServedWorkspace(t, serve, config)
	if out, code := w.Run("init", "-input=false"); code != 0 {
		t.Fatalf("init failed:\n%s", out)
	}
	return w
}

// NewServedWorkspace is NewWorkspace for a provider that the test makes. end lets it be gone, as if its process were killed.
func NewServedWorkspace(t *testing.T, serve func() tfprotov6.ProviderServer, config string) (w *Workspace, end func()) {
	t.Helper()
	cli := CLI(t)
	ctx, cancel := context.WithCancel(context.Background())
	configs, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	go func() {
		quiet := []tf6server.ServeOpt{tf6server.WithLoggingSink(t), tf6server.WithGoPluginLogger(hclog.NewNullLogger())}
		if err := tf6server.Serve(provider.Address, serve, append(quiet, tf6server.WithDebug(ctx, configs, closed))...); err != nil {
			t.Errorf("serving the provider: %v", err)
		}
	}()
	at := <-configs
	end = sync.OnceFunc(func() { cancel(); <-closed })
	t.Cleanup(end)

	w = &Workspace{Dir: t.TempDir(), t: t, cli: cli, env: append(os.Environ(), reattach(at, os.Getpid()))}
	w.env = append(w.env, "TF_CLI_CONFIG_FILE="+os.DevNull, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color")
	w.Configure(config)
	return w, end
}

// ProviderAddress is what the CLI takes the provider for.
func ProviderAddress() string {
	if host := os.Getenv("TF_ACC_PROVIDER_HOST"); host != "" { // OpenTofu looks below its own registry's name
		_, path, _ := strings.Cut(provider.Address, "/")
		return host + "/" + path
	}
	return provider.Address
}

// reattach is the variable that leads the CLI to a provider that runs already.
func reattach(at *plugin.ReattachConfig, pid int) string {
	encoded, err := json.Marshal(map[string]any{ProviderAddress(): map[string]any{
		"Protocol": at.Protocol, "ProtocolVersion": 6, "Pid": pid, "Test": true,
		"Addr": map[string]string{"Network": at.Addr.Network(), "String": at.Addr.String()},
	}})
	if err != nil {
		return "" // strings and numbers always encode
	}
	return "TF_REATTACH_PROVIDERS=" + string(encoded)
}

// Configure replaces the configuration.
func (w *Workspace) Configure(config string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.Dir, "main.tf"), []byte(RequiredProviders+config), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// Environment is that of the CLI, for tests that run it by a script.
func (w *Workspace) Environment() []string { return slices.Clone(w.env) }

// Run runs one command of the CLI and returns what it printed, and its exit code.
func (w *Workspace) Run(args ...string) (output string, exitCode int) {
	w.t.Helper()
	command, out := w.Command(args...)
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%v: %v", args, err)
	}
	return out.String(), command.ProcessState.ExitCode()
}

// Command is Run for tests that want to do something to the process meanwhile.
func (w *Workspace) Command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), w.cli, args...) //nolint:gosec // the CLI that the tests are about
	command.Dir, command.Env = w.Dir, w.env
	command.WaitDelay = time.Minute
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	return command, &out
}

// Apply runs apply without questions.
func (w *Workspace) Apply(args ...string) (output string, exitCode int) {
	w.t.Helper()
	return w.Run(append([]string{"apply", "-auto-approve", "-input=false"}, args...)...)
}

// MustApply is Apply that has to succeed.
func (w *Workspace) MustApply(args ...string) string {
	w.t.Helper()
	out, code := w.Apply(args...)
	if code != 0 {
		w.t.Fatalf("apply failed:\n%s", out)
	}
	return out
}

// MustPlanClean fails the test when a plan would change anything.
func (w *Workspace) MustPlanClean() {
	w.t.Helper()
	if out, code := w.Run("plan", "-input=false", "-detailed-exitcode"); code != 0 {
		w.t.Errorf("the plan is not empty (exit code %d):\n%s", code, out)
	}
}

// State is the values of every managed resource in the state, by address.
func (w *Workspace) State() map[string]map[string]any {
	w.t.Helper()
	out, code := w.Run("show", "-json")
	if code != 0 {
		w.t.Fatalf("show failed:\n%s", out)
	}
	var shown struct {
		Values struct {
			RootModule module `json:"root_module"`
		} `json:"values"`
	}
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		w.t.Fatalf("show: %v\n%s", err, out)
	}
	found := map[string]map[string]any{}
	shown.Values.RootModule.collect(found)
	return found
}

// module is a module in the state.
type module struct {
	Resources []struct {
		Address string         `json:"address"`
		Mode    string         `json:"mode"`
		Values  map[string]any `json:"values"`
	} `json:"resources"`
	ChildModules []module `json:"child_modules"`
}

func (m module) collect(found map[string]map[string]any) {
	for _, r := range m.Resources {
		if r.Mode == "managed" {
			found[r.Address] = r.Values
		}
	}
	for _, child := range m.ChildModules {
		child.collect(found)
	}
}
