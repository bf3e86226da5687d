// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// CollectLater lets the garbage collector wait for more garbage than it would by itself, as long as little is in use. Of what planning an
// object allocates almost nothing lives on, so over a heap of a few megabytes the collector runs all the time, which takes a quarter of the
// provider's processor time. Whoever sets GOGC or GOMEMLIMIT decides.
func CollectLater() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		setGCPercent(0)
	}
}

// setGCPercent decides for the time until the next collection, and decides again after it: then nothing holds the mark any more.
func setGCPercent(before int) {
	now := gcPercent(memoryInUse())
	if now != before {
		debug.SetGCPercent(now)
	}
	mark := new([64]byte)
	runtime.AddCleanup(mark, setGCPercent, now)
}

const (
	room         = 40 << 20 // memory that the provider may take without a second thought
	leastPercent = 30
	mostPercent  = 400
)

// gcPercent is how much garbage there may be, in percent of what is in use.
func gcPercent(inUse uint64) int {
	if inUse >= room {
		return leastPercent
	}
	return int(min(max((room-inUse)*100/max(inUse, 1), leastPercent), mostPercent))
}

// inUse is what the last collection found to be alive.
func memoryInUse() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return live[0].Value.Uint64()
}
