// SPDX-License-Identifier: MPL-2.0

package world

import "slices"

// Roles of a signed-in partner user (reference/customers-and-billing.md#authentication).
const (
	RoleAdminAgent    = "AdminAgent"
	RoleSalesAgent    = "SalesAgent"
	RoleHelpdeskAgent = "HelpdeskAgent"
	RoleBillingAdmin  = "BillingAdmin"
	RoleGlobalAdmin   = "GlobalAdmin"
)

// Caller is who asks for something: a user of the partner, or its application alone.
type Caller struct {
	ApplicationID string
	User          string // sign-in name, empty for app-only
	AppOnly       bool
	Roles         []string
	MFA           bool
	CorrelationID string // of the request
}

// HasRole reports whether the user has a role.
func (c Caller) HasRole(role string) bool { return slices.Contains(c.Roles, role) }

// Actor is the user, or the application where there is none.
func (c Caller) Actor() string {
	if c.User != "" {
		return c.User
	}
	return c.ApplicationID
}

// MayUpdate checks roles (reference/commerce.md#roles): app-only calls have none and act with the application's rights.
func (c Caller) MayUpdate(sub *Subscription) *Refusal {
	switch {
	case c.AppOnly || c.HasRole(RoleAdminAgent) || c.HasRole(RoleGlobalAdmin):
		return nil
	case c.HasRole(RoleSalesAgent) && sub.Family != FamilySaaS:
		return nil
	}
	return refuse(forbidden, 900150, "The role of the user has no right for the operation.")
}
