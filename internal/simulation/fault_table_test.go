// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Every way to a subscription, with every fault at each of its requests, once and until the run ends. SIMULATION_FAULTS is which part of the
// table is tried: every 40th if it is not set, all of it for 1.
func TestFaultTable(t *testing.T) {
	t.Parallel()
	every, number := setting(t, "SIMULATION_FAULTS", 40), 0
	if raceDetector {
		every *= 50
	}
	for _, f := range WaysToASubscription() {
		number += 7
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			schemas, err := terraform.ReadSchemas()
			if err != nil {
				t.Fatal(err)
			}
			requests, _, err := f.Try(schemas, false, nil)
			if err != nil {
				t.Fatal(err)
			}
			all, tried := FaultsOf(requests), 0
			for n := range all {
				if (n+number)%every > 0 {
					continue
				}
				tried++
				_, struck, err := f.Try(schemas, n%2 == 0, &all[n])
				if err != nil {
					t.Error(err)
				}
				if !struck {
					t.Errorf("%s has not happened", all[n])
				}
			}
			t.Logf("%d requests: %d faults, %d of them tried", len(requests), len(all), tried)
		})
	}
}

// A checkout that is never answered is one call, whichever line of its cart asks for it.
func TestFaultTable_cartNeverAnswered(t *testing.T) {
	t.Parallel()
	schemas, err := terraform.ReadSchemas()
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, f := range WaysToASubscription() {
		if f.Name != "cart" {
			continue
		}
		requests, _, err := f.Try(schemas, false, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range FaultsOf(requests) {
			if !fault.Lasts || fault.Kind.Name != "500" || !isCheckout(requests[fault.Request-1]) {
				continue
			}
			tried++
			if _, _, err := f.Try(schemas, false, &fault); err != nil {
				t.Error(err)
			}
		}
	}
	if tried == 0 {
		t.Error("no checkout was tried")
	}
}
