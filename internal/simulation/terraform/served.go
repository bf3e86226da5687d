// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// Serve lets a CLI speak to the provider in place of this package: the same process, with the same time, faults and crashes.
func (w *Workspace) Serve() tfprotov6.ProviderServer {
	w.planning, w.sent, w.crashed, w.Requests, w.current = true, 0, false, nil, nil
	return &served{ProviderServer: w.host, workspace: w}
}

// OnCrash says what to do when the served process crashes, before a CLI starts; it has to return when nothing can be heard of the process any
// more.
func (w *Workspace) OnCrash(dies func()) {
	w.dies = dies
	w.handed.Add(1)
}

// served is the provider of a workspace for a CLI. What it knows goes from the goroutine of the test to those of its calls and back, and a
// CLI is between them: Workspace.handed is what they have in common.
type served struct {
	tfprotov6.ProviderServer

	workspace *Workspace
}

// ConfigureProvider is the first call of a process that asks Partner Center.
func (s *served) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	defer s.handed()()
	s.workspace.newProcess()
	return s.ProviderServer.ConfigureProvider(ctx, req)
}

// ReadResource asks Partner Center, as the calls below do.
func (s *served) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	defer s.handed()()
	return s.ProviderServer.ReadResource(ctx, req)
}

// ImportResourceState may ask, too.
func (s *served) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	defer s.handed()()
	return s.ProviderServer.ImportResourceState(ctx, req)
}

// PlanResourceChange looks for what is there, and asks for prices.
func (s *served) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	defer s.handed()()
	return s.ProviderServer.PlanResourceChange(ctx, req)
}

// ApplyResourceChange is where writing begins.
func (s *served) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	defer s.handed()()
	s.workspace.planning = false
	return s.ProviderServer.ApplyResourceChange(ctx, req)
}

// ValidateActionConfig asks nobody; tfprotov6.ProviderServer does not have it yet.
func (s *served) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return s.workspace.host.actions().ValidateActionConfig(ctx, req)
}

// PlanAction looks for what the action is about.
func (s *served) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	defer s.handed()()
	return s.workspace.host.actions().PlanAction(ctx, req)
}

// InvokeAction writes while its events are read.
func (s *served) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	defer s.handed()()
	s.workspace.planning = false
	stream, err := s.workspace.host.actions().InvokeAction(ctx, req)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.InvokeActionServerStream{Events: func(yield func(tfprotov6.InvokeActionEvent) bool) {
		defer s.handed()()
		stream.Events(yield)
	}}, nil
}

// handed takes over what others know, and hands it on when the returned function is called.
func (s *served) handed() func() {
	s.workspace.handed.Add(1)
	return func() { s.workspace.handed.Add(1) }
}

// HCL is the configuration of the workspace as a file. Each resource waits for the one before it, because a CLI chooses by chance which of two
// comes first where neither depends on the other, and this package goes through them in the order of their addresses.
func (w *Workspace) HCL() string {
	var text strings.Builder
	fmt.Fprintf(&text, "provider %q {\n%s}\n", provider.TypeName, w.settings().HCL("  "))
	waits := ""
	for _, address := range w.addresses() {
		if block := w.Blocks[address]; block != nil {
			kind, name, _ := strings.Cut(address, ".")
			fmt.Fprintf(&text, "\nresource %q %q {\n%s%s}\n", kind, name, block.HCL("  "), waits)
			waits = fmt.Sprintf("  depends_on = [%s]\n", address)
		}
	}
	return text.String()
}

// PrivateSize is the number of bytes of private state that are kept of a resource: what it says is the provider's, and random in parts.
func (w *Workspace) PrivateSize(address string) int { return len(w.objects[address].private) }

// stateFile is a state as the CLI keeps it.
type stateFile struct {
	Version   int             `json:"version"`
	Serial    int             `json:"serial"`
	Lineage   string          `json:"lineage"`
	Resources []stateResource `json:"resources"`
}

type stateResource struct {
	Mode      string          `json:"mode"`
	Type      string          `json:"type"`
	Name      string          `json:"name"`
	Provider  string          `json:"provider"`
	Instances []stateInstance `json:"instances"`
}

type stateInstance struct {
	Status        string          `json:"status,omitempty"`
	SchemaVersion int64           `json:"schema_version"`
	Attributes    json.RawMessage `json:"attributes"`
	Private       []byte          `json:"private,omitempty"`
}

// SaveState is the state as a file of the CLI, which has the provider at that address.
func (w *Workspace) SaveState(from string) ([]byte, error) {
	file := stateFile{Version: 4, Serial: 1, Lineage: "6c1f9b0e-42d7-4c7e-9a35-08d1b7e3f264", Resources: []stateResource{}}
	for _, address := range w.Addresses() {
		kind, name, _ := strings.Cut(address, ".")
		attributes, err := json.Marshal(w.State(address))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", address, err)
		}
		one := stateInstance{SchemaVersion: w.schemas.resources[kind].Version, Attributes: attributes, Private: w.objects[address].private}
		if w.Tainted(address) {
			one.Status = "tainted"
		}
		file.Resources = append(file.Resources, stateResource{"managed", kind, name, fmt.Sprintf("provider[%q]", from), []stateInstance{one}})
	}
	return json.Marshal(file) //nolint:wrapcheck // text and numbers always encode
}

// LoadState takes over what a CLI has kept.
func (w *Workspace) LoadState(text []byte) error {
	var file stateFile
	if err := json.Unmarshal(text, &file); err != nil {
		return fmt.Errorf("reading the state: %w", err)
	}
	w.handed.Add(1)
	w.objects, w.dies = map[string]*object{}, nil
	for _, r := range slices.DeleteFunc(file.Resources, func(r stateResource) bool { return len(r.Instances) == 0 }) {
		kind, one := w.schemas.types[r.Type], r.Instances[0]
		value, err := tftypes.ValueFromJSON(one.Attributes, kind) //nolint:staticcheck // it reads what the CLI has written
		if err != nil {
			return fmt.Errorf("%s.%s: %w", r.Type, r.Name, err)
		}
		w.objects[r.Type+"."+r.Name] = &object{state: dynamic(value), private: one.Private, tainted: one.Status == "tainted"}
	}
	return nil
}
