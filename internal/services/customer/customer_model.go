// SPDX-License-Identifier: MPL-2.0

// Package customer is what people write in HCL about the customers of a partner.
package customer

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// customerModel is what a list of customers tells about each.
type customerModel struct {
	ID                    types.String `tfsdk:"id"`
	CompanyName           types.String `tfsdk:"company_name"`
	Domain                types.String `tfsdk:"domain"`
	RelationshipToPartner types.String `tfsdk:"relationship_to_partner"`
}

func (m *customerModel) fromAPI(c *partnercenter.Customer) {
	m.ID = types.StringValue(c.ID)
	m.CompanyName = framework.String(c.CompanyProfile.CompanyName)
	m.Domain = framework.String(c.CompanyProfile.Domain)
	m.RelationshipToPartner = framework.String(c.RelationshipToPartner)
}

// customerDetailModel is what only reading one customer tells.
type customerDetailModel struct {
	customerModel

	Country                        types.String  `tfsdk:"country"`
	CommerceID                     types.String  `tfsdk:"commerce_id"`
	OrganizationRegistrationNumber types.String  `tfsdk:"organization_registration_number"`
	AllowDelegatedAccess           types.Bool    `tfsdk:"allow_delegated_access"`
	AssociatedPartnerID            types.String  `tfsdk:"associated_partner_id"`
	CustomDomains                  types.List    `tfsdk:"custom_domains"`
	BillingProfile                 *billingModel `tfsdk:"billing_profile"`
}

type billingModel struct {
	CompanyName types.String  `tfsdk:"company_name"`
	FirstName   types.String  `tfsdk:"first_name"`
	LastName    types.String  `tfsdk:"last_name"`
	Email       types.String  `tfsdk:"email"`
	Culture     types.String  `tfsdk:"culture"`
	Language    types.String  `tfsdk:"language"`
	Address     *addressModel `tfsdk:"default_address"`
}

type addressModel struct {
	Country      types.String `tfsdk:"country"`
	Region       types.String `tfsdk:"region"`
	City         types.String `tfsdk:"city"`
	State        types.String `tfsdk:"state"`
	AddressLine1 types.String `tfsdk:"address_line1"`
	AddressLine2 types.String `tfsdk:"address_line2"`
	PostalCode   types.String `tfsdk:"postal_code"`
}

func (m *customerDetailModel) fromAPI(c *partnercenter.Customer) {
	m.customerModel.fromAPI(c)
	m.Country = framework.String(c.Country())
	m.CommerceID = framework.String(c.CommerceID)
	m.OrganizationRegistrationNumber = framework.String(c.CompanyProfile.OrganizationRegistrationNumber)
	m.AllowDelegatedAccess = types.BoolPointerValue(c.AllowDelegatedAccess)
	m.AssociatedPartnerID = framework.String(c.AssociatedPartnerID)
	m.CustomDomains = framework.Strings(c.CustomDomains)
	billing, address := c.BillingProfile, c.BillingProfile.DefaultAddress
	m.BillingProfile = &billingModel{
		CompanyName: framework.String(billing.CompanyName), FirstName: framework.String(billing.FirstName), LastName: framework.String(billing.LastName),
		Email: framework.String(billing.Email), Culture: framework.String(billing.Culture), Language: framework.String(billing.Language),
		Address: &addressModel{
			Country: framework.String(address.Country), Region: framework.String(address.Region), City: framework.String(address.City),
			State: framework.String(address.State), AddressLine1: framework.String(address.AddressLine1), AddressLine2: framework.String(address.AddressLine2),
			PostalCode: framework.String(address.PostalCode),
		},
	}
}
