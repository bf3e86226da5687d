// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"runtime"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Lives goes through seeds from the first one on, on all processors, until so many lives have been lived, or a seed has broken an
// invariant: 0 for no other end. Which seeds these are does not depend on the number of processors.
func Lives(first uint64, enough int, progress func(Counts)) (Counts, error) {
	var mu sync.Mutex
	var total Counts
	var broken error
	var all sync.WaitGroup
	next := first
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			schemas, err := terraform.ReadSchemas()
			for {
				mu.Lock()
				if err != nil && broken == nil {
					broken = err
				}
				if broken != nil || enough > 0 && total.Lives >= enough {
					mu.Unlock()
					return
				}
				seed := next
				next++
				mu.Unlock()
				s := New(seed, schemas)
				err = s.Run()
				mu.Lock()
				total.Add(s.Counts)
				if err != nil && broken == nil {
					broken = err
				}
				err = nil
				if progress != nil {
					progress(total)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return total, broken
}
