// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// customerRequest is a customer as a caller creates it (reference/customers-and-billing.md#create-a-customer).
type customerRequest struct {
	EnableGDAPByDefault *bool
	AssociatedPartnerID string
	CompanyProfile      struct {
		Domain, CompanyName, OrganizationRegistrationNumber string
		TenantID, Attributes                                any
	}
	BillingProfile        billingProfileRequest
	RelationshipToPartner any
	ID, CommerceID        any
	Links, Attributes     any
}

// createCustomer makes tenant and relationship; the password is in this answer and in no other.
func createCustomer(r *call) (int, any) {
	var sent customerRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	profile, address := sent.BillingProfile.profile(), sent.BillingProfile.DefaultAddress
	profile.FirstName, profile.LastName = cmp.Or(profile.FirstName, address.FirstName), cmp.Or(profile.LastName, address.LastName)
	c, refusal := r.world.CreateCustomer(world.NewCustomer{Domain: sent.CompanyProfile.Domain, ResellerID: sent.AssociatedPartnerID,
		RegistrationNumber: sent.CompanyProfile.OrganizationRegistrationNumber, Profile: profile}, r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	made := renderCustomer(c)
	made["userCredentials"] = object{"userName": "admin", "password": r.world.NewCode(12)}
	made["relationshipToPartner"] = "none" // the relationship shows with the first read
	return http.StatusCreated, made
}
