// SPDX-License-Identifier: MPL-2.0

// Package simulation lets Terraform, the provider and Partner Center live together in one process: without a CLI, without connections and
// without real time. One seed decides everything that happens, in which order, and what goes wrong; the same seed always tells the same story.
//
//	values.go         configurations and states, and what the protocol makes of them
//	record.go         a subscription as Partner Center itself has it
//	scheduler.go      which of several runs sends its next request
//	transport.go      what becomes of a request: an answer, a fault or a crash
//	terraform.go      Terraform's part of the protocol: what it asks, compares and keeps
//	workspace.go      configuration and state of one directory, planned and applied
//	served.go         the same for a CLI in place of terraform.go
//	simulation.go     lives: steps of time, people and faults, then a recovery
//	moves.go          what people, publishers and time change
//	invariants.go     what holds after each step
//	flows.go          each kind of change with a crash and with each fault at each of its requests
//	faults.go         what may go wrong with a request, and for how long
//	cases.go          what matters at one moment only: limits, people and other runs between a plan and its apply, late answers
//
// A run is one plan with its apply. A fault is a request that goes wrong, a crash is a run that ends in the middle of a request: its process
// and all that it knew are gone, and Terraform keeps what it had saved, or goes on without it. A life is one subscription from its purchase or
// import to the end of its simulation.
package simulation
