// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"runtime"
	"testing"
)

func TestPatience(t *testing.T) {
	t.Parallel()
	for inUse, want := range map[uint64]int{
		0:         400,
		8 << 20:   400,
		10 << 20:  300,
		20 << 20:  100,
		32 << 20:  30,
		40 << 20:  30,
		900 << 20: 30,
	} {
		if got := gcPercent(inUse); got != want {
			t.Errorf("%d MB in use: %d %%, want %d", inUse>>20, got, want)
		}
	}
}

// After a collection it is known what is in use.
func TestInUse(t *testing.T) {
	t.Parallel()
	held := make([]byte, 8<<20)
	runtime.GC()
	if got := memoryInUse(); got < 8<<20 {
		t.Errorf("%d bytes are in use", got)
	}
	runtime.KeepAlive(held)
}
