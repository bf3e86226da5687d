// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"slices"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
)

// Two runs that need the same two subscriptions take them in the same order, each once.
func TestLockAll(t *testing.T) {
	t.Parallel()
	for name, ids := range map[string][]string{"from a to b": {"b", "A"}, "from b to a": {"A", "b"}, "written otherwise": {"B", "a", ""}, "into itself": {"a", "B", "A", "b"}} {
		var steps []string
		unlock := lockAll(func(id string) func() {
			steps = append(steps, "lock "+id)
			return func() { steps = append(steps, "unlock "+id) }
		}, ids...)
		unlock()
		if want := []string{"lock a", "lock b", "unlock b", "unlock a"}; !slices.Equal(steps, want) {
			t.Errorf("%s: %v", name, steps)
		}
	}
	var claims spending.Claims
	done := make(chan bool)
	for _, ids := range [][]string{{"a", "b"}, {"b", "a"}} {
		go func() {
			for range 1000 {
				lockAll(claims.LockSubscription, slices.Clone(ids)...)()
			}
			done <- true
		}()
	}
	for range 2 {
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatal("they wait for each other")
		}
	}
}
