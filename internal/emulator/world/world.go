// SPDX-License-Identifier: MPL-2.0

// Package world is Partner Center without a way to speak to it: the tenant of one partner with its customers, catalog, carts,
// orders, subscriptions and invoices, the publishers behind the marketplace, the rules, and a clock. It knows no HTTP, so that
// it can be used inside one process, by tests and by simulations.
//
// Everything is an operation of World: it changes the state and returns what came of it, or returns a Refusal, which has the
// documented status and code, and then has changed nothing that is sold. It has these layers, each of which uses those
// before it:
//
//   - the model: Tenant, Customer, Product, Cart, Order, Subscription, Invoice, with dates, money and rules
//   - what an operation is made of: prices, order lines, terms, audit records
//   - time: settle brings a customer to the present, with charges, renewals and ends of terms (renewals.go)
//   - finding things: Customer, Subscription, Order and Cart of World, as far as they can be seen already
//   - operations of the API, and those of the portal, of publishers and of Microsoft
//
// Invariants: buy is the only place where money is spent. IDs come from a seeded source and times from the given clock,
// so that the same calls have the same outcome. What is replaced is never changed in place: states that are shown later, or
// for longer, are copies. Tenant survives encoding/json, for snapshots. A World is used by one goroutine at a time.
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
