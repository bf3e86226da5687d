// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
)

// Roles of a signed-in partner user (customers reference, "Authentication").
const (
	RoleAdminAgent    = "AdminAgent"
	RoleSalesAgent    = "SalesAgent"
	RoleHelpdeskAgent = "HelpdeskAgent"
	RoleBillingAdmin  = "BillingAdmin"
	RoleGlobalAdmin   = "GlobalAdmin"
)

// caller is who sent a request, and the ids the request travels under.
type caller struct {
	ApplicationID string
	User          string // sign-in name, empty for app-only
	AppOnly       bool
	Roles         []string
	MFA           bool
	CorrelationID string
	RequestID     string
}

func (c caller) hasRole(role string) bool { return slices.Contains(c.Roles, role) }

// caller is who sent r.
func (s *Server) caller(r *http.Request) caller { return exchangeOf(r).caller }
