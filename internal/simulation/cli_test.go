// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// TestAccFlows_killed lets the CLI itself make the changes that the simulation makes, with the same crashes: it sends the same requests, and
// what it has kept after a crash is what the simulation supposes. The recovery and the invariants are the simulation's. A seed stands for a
// flow, a request and a moment of it; among the first seven are a cart of two lines, the import and the transition. SIMULATION_CLI is how many
// seeds.
func TestAccFlows_killed(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	remote := acctest.IsOpenTofu(t)                                                 // it writes a file, too, every 20 seconds and at the end only
	drift := Flow{Name: "drift", prepare: func(s *Simulation, w *Workspace) *life { // a refresh finds something, and is saved later
		l := s.managedAs(w, "nce_fresh", Configuration{})
		_ = s.emu.Drift(l.customer, l.id, map[string]any{"quantity": 9})
		return l
	}}
	flows := slices.DeleteFunc(append([]Flow{drift}, Flows...), func(f Flow) bool {
		return f.between != nil || f.Name == "rename" // an apply shows no plan, and Terraform reads two addresses in an order of its own
	})
	first := setting(t, "SIMULATION_SEED", 1)
	for seed := first; seed < first+setting(t, "SIMULATION_CLI", 7); seed++ {
		random := rand.New(rand.NewPCG(uint64(seed), 37))
		f, crash := flows[20*seed%len(flows)], terraform.Crashes[random.IntN(len(terraform.Crashes))]
		t.Run(fmt.Sprintf("seed %d %s", seed, f.Name), func(t *testing.T) {
			t.Parallel()
			if f.Name == "transition" {
				acctest.Check(t, tfversion.SkipBelow(tfversion.Version1_14_0)) // from where on Terraform has actions
			}
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			undisturbed, err := f.Run(schemas, false)
			if err != nil {
				t.Fatal(err)
			}
			m := Moment{1 + random.IntN(len(undisturbed[0])), crash}
			t.Log(m)
			supposed, kept := keptAfter(t, f, schemas, remote, m, simulated), keptAfter(t, f, schemas, remote, m, byCLI(t, m.Crash))
			if supposed != kept {
				t.Errorf("the simulation supposes\n%s\nand the CLI has\n%s", supposed, kept)
			}
		})
	}
}

// keptAfter makes the change of a flow with a crash, and goes on to an empty plan. It returns what is compared: each request until the crash
// with its body, and each resource that is in the state after it, with all of its values.
func keptAfter(t *testing.T, f Flow, schemas *terraform.Schemas, remote bool, m Moment, change func(Flow, *Simulation, *life)) (kept string) {
	t.Helper()
	changed := f
	changed.act = func(s *Simulation, l *life) {
		w := l.workspace
		if f.act == nil {
			trouble := w.Trouble
			w.Trouble = nil
			s.approve(w, w.Plan()) // an apply of the CLI shows no plan
			w.Trouble = trouble
		}
		change(f, s, l)
		for _, address := range w.Addresses() {
			kept += fmt.Sprintf("%s (tainted: %t, private state: %d bytes): %v\n", address, w.Tainted(address), w.PrivateSize(address), w.State(address))
		}
	}
	requests, err := changed.Run(schemas, remote, m)
	if err != nil {
		t.Error(err)
	}
	asked := ""
	for _, r := range requests[0] {
		asked += r.Method + " " + terraform.Short(r.Path) + " " + r.Body + "\n"
	}
	return asked + kept
}

// simulated lets the simulation make the change.
func simulated(f Flow, s *Simulation, l *life) {
	if f.act != nil {
		f.act(s, l)
		return
	}
	s.judge(l.workspace, l.workspace.Apply(func(o *Outcome) { s.approve(l.workspace, o) }))
}

// commandOf is what somebody writes beside the configuration of the workspace to make the change of a flow, and the command.
func commandOf(f Flow, l *life) (more string, arguments []string) {
	switch f.Name {
	case "transition":
		more = fmt.Sprintf("\naction %q \"test\" {\n  config {\n%s  }\n}\n", transitionAction, transitionOf(l).HCL("    "))
		return more, []string{"apply", "-auto-approve", "-input=false", "-invoke=action." + transitionAction + ".test"}
	case "import":
		return "", []string{"import", "-input=false", l.address, l.customer + "/" + l.id}
	}
	return "", []string{"apply", "-auto-approve", "-input=false", "-parallelism=1"}
}

// byCLI lets the CLI make the change.
func byCLI(t *testing.T, crash Crash) func(Flow, *Simulation, *life) {
	t.Helper()
	return func(f Flow, s *Simulation, l *life) {
		w := l.workspace
		server := w.Serve()
		observe := w.Observe
		w.Observe = nil // nobody outside knows what is planned
		more, arguments := commandOf(f, l)
		folder, end := acctest.NewServedWorkspace(t, func() tfprotov6.ProviderServer { return server }, w.HCL()+more)
		state, err := w.SaveState(acctest.ProviderAddress())
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder.Dir, "terraform.tfstate")
		if err := os.WriteFile(file, state, 0o600); err != nil {
			t.Fatal(err)
		}
		command, said := folder.Command(arguments...)
		started := make(chan struct{})
		w.OnCrash(func() {
			<-started
			if crash != terraform.ProviderOnly {
				_ = command.Process.Kill() // it may have ended
			}
			end()
		})
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		close(started)
		if err := command.Wait(); err == nil || !w.Crashed() {
			t.Errorf("nothing was killed:\n%s", said)
		}
		end()
		w.Observe = observe
		if state, err = os.ReadFile(file); err == nil {
			err = w.LoadState(state)
		}
		if err != nil {
			t.Fatal(err)
		}
		s.judge(w, &Outcome{Crashed: true})
	}
}
