// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// World is Partner Center as one partner sees it: the state of the tenant, the time, and the rules.
type World struct {
	Tenant *Tenant
	Rules  *Rules // may be changed at any time by whoever made the world

	clock interface{ Now() time.Time }
	ids   *idSource
}

// New is a world at the clock's time without any customers. The seed chooses the sequence of generated IDs.
func New(clock interface{ Now() time.Time }, rules *Rules, seed uint64) *World {
	return &World{Tenant: &Tenant{RotatedAt: clock.Now()}, Rules: rules, clock: clock, ids: newIDSource(seed)}
}

// Now is the time of the clock.
func (w *World) Now() time.Time { return w.clock.Now() }

// NewID makes the next GUID; the sequence is the same in every run.
func (w *World) NewID() string { return w.ids.guid() }

// NewCode makes the next ID of n upper-case letters and digits.
func (w *World) NewCode(n int) string { return w.ids.code(n) }
