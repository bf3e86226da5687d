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

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// TestAccFlows_killed lets the CLI itself make changes that the simulation makes, with the same crashes: it sends the same requests, and what
// it has kept after a crash is what the simulation supposes. The recovery and the invariants are the simulation's. A seed stands for a flow, a
// request, a moment of it, and whether the provider alone or Terraform as well is killed. SIMULATION_CLI is how many seeds.
func TestAccFlows_killed(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	flows := slices.DeleteFunc(slices.Clone(Flows), func(f Flow) bool { return f.act != nil || f.Name == "cart" }) // those that one apply of one resource is
	first := setting(t, "SIMULATION_SEED", 1)
	for seed := first; seed < first+setting(t, "SIMULATION_CLI", 6); seed++ {
		random := rand.New(rand.NewPCG(uint64(seed), 5))
		f, crash, terraformToo := flows[5*seed%len(flows)], terraform.Crashes[seed%3], seed%2 == 0
		t.Run(fmt.Sprintf("seed %d %s", seed, f.Name), func(t *testing.T) {
			t.Parallel()
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			undisturbed, err := f.Run(schemas, false)
			if err != nil {
				t.Fatal(err)
			}
			m := Moment{1 + random.IntN(len(undisturbed[0])), crash}
			t.Logf("%s; Terraform is killed, too: %t", m, terraformToo)
			supposed, kept := keptAfter(t, f, schemas, m, simulated), keptAfter(t, f, schemas, m, byCLI(t, terraformToo))
			if supposed != kept {
				t.Errorf("the simulation supposes\n%s\nand the CLI has\n%s", supposed, kept)
			}
		})
	}
}

// keptAfter makes the change of a flow with a crash, and goes on to an empty plan. It returns what was asked until the crash, and what was in
// the state after it.
func keptAfter(t *testing.T, f Flow, schemas *terraform.Schemas, m Moment, change func(*Simulation, *life)) (kept string) {
	t.Helper()
	f.act = func(s *Simulation, l *life) {
		w := l.workspace
		trouble := w.Trouble
		w.Trouble = nil
		s.approve(w, w.Plan()) // an apply of the CLI shows no plan
		w.Trouble = trouble
		change(s, l)
		for _, address := range w.Addresses() {
			state := w.State(address)
			kept += fmt.Sprintf("%s: tainted %t, %v %v %v %v\n", address, w.Tainted(address), state["id"], state["quantity"], state["status"], state["auto_renew_enabled"])
		}
	}
	requests, err := f.Run(schemas, false, m)
	if err != nil {
		t.Error(err)
	}
	asked := ""
	for _, r := range requests[0] {
		asked += r.Method + " " + terraform.Short(r.Path) + "\n"
	}
	return asked + kept
}

func simulated(s *Simulation, l *life) {
	s.judge(l.workspace, l.workspace.Apply(func(o *Outcome) { s.approve(l.workspace, o) }))
}

// byCLI lets the CLI plan and apply.
func byCLI(t *testing.T, terraformToo bool) func(*Simulation, *life) {
	t.Helper()
	return func(s *Simulation, l *life) {
		w := l.workspace
		server := w.Serve()
		observe := w.Observe
		w.Observe = nil // nobody outside knows what is planned
		folder, end := acctest.NewServedWorkspace(t, func() tfprotov6.ProviderServer { return server }, w.HCL())
		state, err := w.SaveState(acctest.ProviderAddress())
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder.Dir, "terraform.tfstate")
		if err := os.WriteFile(file, state, 0o600); err != nil {
			t.Fatal(err)
		}
		command, said := folder.Command("apply", "-auto-approve", "-input=false", "-parallelism=1")
		started := make(chan struct{})
		w.OnCrash(func() {
			<-started
			if terraformToo {
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
