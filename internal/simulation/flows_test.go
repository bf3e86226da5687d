// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"net/http"
	"slices"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Every flow with a crash at every moment of every request, and with a second one in the recovery. Wherever a read is interrupted, it leaves the
// same behind, so a pair has one moment for each read, and all three for everything else. SIMULATION_PAIRS is which part of the pairs is
// tried: every 60th if it is not set, all of them for 1.
func TestFlows_crashes(t *testing.T) {
	t.Parallel()
	every := setting(t, "SIMULATION_PAIRS", 60)
	eachFlow(t, func(t *testing.T, f Flow, offset int, schemas *terraform.Schemas, undisturbed []Request) {
		t.Helper()
		singles, pairs, tried := 0, 0, 0
		for n, request := range undisturbed {
			for _, crash := range terraform.Crashes {
				first := Moment{n + 1, crash}
				recovery, err := f.Run(schemas, n%2 == 0, first)
				if singles++; err != nil {
					t.Error(err)
				}
				if isRead(request) && crash != terraform.NotSent {
					continue
				}
				for m, again := range recovery[1] {
					for _, second := range terraform.Crashes {
						if isRead(again) && second != terraform.NotSent {
							continue
						}
						if pairs++; (pairs+offset)%every > 0 || raceDetector {
							continue
						}
						tried++
						if _, err := f.Run(schemas, n%2 == 0, first, Moment{m + 1, second}); err != nil {
							t.Error(err)
						}
					}
				}
				if raceDetector {
					return
				}
			}
		}
		t.Logf("%d requests: %d crashes, %d pairs, %d of them tried", len(undisturbed), singles, pairs, tried)
	})
}

func isRead(r Request) bool { return r.Method == http.MethodGet }

// Every flow with every fault at each of its requests. SIMULATION_FAULTS is which part of them is tried: every 60th if it is not set, all of them for 1.
func TestFlows_faults(t *testing.T) {
	t.Parallel()
	every := setting(t, "SIMULATION_FAULTS", 60)
	eachFlow(t, func(t *testing.T, f Flow, offset int, schemas *terraform.Schemas, undisturbed []Request) {
		t.Helper()
		all, tried := FaultsOf(undisturbed), 0
		for n, fault := range all {
			if (n+offset)%every > 0 || raceDetector && tried > 0 {
				continue
			}
			tried++
			if err := f.Meet(schemas, fault); err != nil {
				t.Error(err)
			}
		}
		t.Logf("%d requests: %d faults, %d of them tried", len(undisturbed), len(all), tried)
	})
}

// A checkout that is never answered is one call, whichever line of its cart asks for it.
func TestFlows_cartNeverAnswered(t *testing.T) {
	t.Parallel()
	schemas, err := terraform.ReadSchemas()
	if err != nil {
		t.Fatal(err)
	}
	cart := Flows[slices.IndexFunc(Flows, func(f Flow) bool { return f.Name == "cart" })]
	undisturbed, err := cart.Run(schemas, false)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, fault := range FaultsOf(undisturbed[0]) {
		if fault.lasting != allAlike || fault.kind.name != "500" || !isCheckout(undisturbed[0][fault.Request-1]) {
			continue
		}
		tried++
		if err := cart.Meet(schemas, fault); err != nil {
			t.Error(err)
		}
	}
	if tried == 0 {
		t.Error("no checkout was tried")
	}
}

// eachFlow tries something with each flow, all at once: offset is another one for each, and undisturbed is what its change sends.
func eachFlow(t *testing.T, try func(t *testing.T, f Flow, offset int, schemas *terraform.Schemas, undisturbed []Request)) {
	t.Helper()
	for n, f := range Flows {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			undisturbed, err := f.Run(schemas, false)
			if err != nil {
				t.Fatal(err)
			}
			try(t, f, 7*n, schemas, undisturbed[0])
		})
	}
}

func TestCases(t *testing.T) {
	t.Parallel()
	for _, f := range Cases {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Run(schemas, false); err != nil {
				t.Error(err)
			}
		})
	}
}
