// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/sample"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// EmptyTenant starts with a partner that has no customers.
func EmptyTenant() Option { return func(s *Server) { s.build = sample.Empty } }

// SampleTenant starts with an indirect provider's real day: customers, resellers, products and subscriptions.
func SampleTenant() Option { return func(s *Server) { s.build = sample.Fill } }

// LargeTenant is the sample tenant with so many further customers that hold so many subscriptions each.
func LargeTenant(customers, subscriptions int) Option {
	return func(s *Server) {
		s.build = func(w *world.World) { sample.FillLarge(w, customers, subscriptions) }
	}
}

// DirectBill makes the partner a direct-bill partner, which has no indirect resellers; give it after the tenant's option.
func DirectBill() Option {
	return func(s *Server) {
		build := s.build
		s.build = func(w *world.World) {
			build(w)
			w.Tenant.Partner.DirectBill, w.Tenant.Resellers = true, nil
		}
	}
}
