// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ resource.ResourceWithConfigure   = (*customerResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*customerResource)(nil)
	_ resource.ResourceWithImportState = (*customerResource)(nil)
	_ resource.ResourceWithIdentity    = (*customerResource)(nil)
)

// NewCustomerResource creates a customer and keeps its billing profile.
func NewCustomerResource() resource.Resource { return &customerResource{} }

type customerResource struct{ framework.Resource }

type customerResourceModel struct {
	ID                             types.String          `tfsdk:"id"`
	Domain                         types.String          `tfsdk:"domain"`
	BillingProfile                 *newBillingModel      `tfsdk:"billing_profile"`
	OrganizationRegistrationNumber types.String          `tfsdk:"organization_registration_number"`
	AssociatedPartnerID            types.String          `tfsdk:"associated_partner_id"`
	EnableGDAPByDefault            types.Bool            `tfsdk:"enable_gdap_by_default"`
	CommerceID                     types.String          `tfsdk:"commerce_id"`
	UserCredentials                basetypes.ObjectValue `tfsdk:"user_credentials"`
	Timeouts                       timeouts.Value        `tfsdk:"timeouts"`
}

type newBillingModel struct {
	CompanyName types.String     `tfsdk:"company_name"`
	FirstName   types.String     `tfsdk:"first_name"`
	LastName    types.String     `tfsdk:"last_name"`
	Email       types.String     `tfsdk:"email"`
	Culture     types.String     `tfsdk:"culture"`
	Language    types.String     `tfsdk:"language"`
	Address     *newAddressModel `tfsdk:"default_address"`
}

type newAddressModel struct {
	FirstName    types.String `tfsdk:"first_name"`
	LastName     types.String `tfsdk:"last_name"`
	AddressLine1 types.String `tfsdk:"address_line1"`
	AddressLine2 types.String `tfsdk:"address_line2"`
	City         types.String `tfsdk:"city"`
	State        types.String `tfsdk:"state"`
	PostalCode   types.String `tfsdk:"postal_code"`
	Country      types.String `tfsdk:"country"`
	PhoneNumber  types.String `tfsdk:"phone_number"`
}

func (r *customerResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_customer"
}

type customerIdentity struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema is what Terraform 1.12 and newer keep beside the state and import by.
func (r *customerResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true, Description: "Customer: its tenant ID, which Partner Center shows as \"Microsoft ID\"."},
	}}
}

func (r *customerResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	framework.ImportPath(ctx, req, resp, "id")
}

func (r *customerResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state customerResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, customerIdentity{state.ID})...)
	timeout, diags := state.Timeouts.Read(ctx, framework.ReadTimeout)
	resp.Diagnostics.Append(diags...)
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()
	got, err := r.Client.Customer(ctx, state.ID.ValueString())
	switch {
	case framework.CustomerLeft(err) || partnercenter.IsNotFound(err):
		resp.Diagnostics.AddWarning("Customer cannot be read: "+state.Domain.ValueString(), fmt.Sprintf("Partner Center does not show customer %s, so the state keeps what was known: %s\n\n"+
			"If the relationship has ended, forget the customer: a removed block with lifecycle { destroy = false }, or terraform state rm.", state.ID.ValueString(), framework.Explain(err)))
	case framework.Failed(&resp.Diagnostics, "read customer", err):
	default:
		state.fromAPI(got)
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	}
}

func (r *customerResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state customerResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := plan.Timeouts.Update(ctx, framework.UpdateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()
	plan.ID, plan.CommerceID, plan.UserCredentials = state.ID, state.CommerceID, state.UserCredentials
	if profile := plan.BillingProfile.toAPI(); profile != state.BillingProfile.toAPI() {
		_, err := r.Client.UpdateBillingProfile(ctx, state.ID.ValueString(), profile)
		if framework.Failed(&resp.Diagnostics, "change the billing profile", err) {
			return
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, customerIdentity{state.ID})...)
}

// Delete forgets the customer and leaves it as it is: ending a relationship is a decision of people, and what was bought bills on.
func (r *customerResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state customerResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.AddWarning(destroyTitle(&state), destroyText(&state))
}

func destroyTitle(m *customerResourceModel) string {
	return "The customer stays: " + m.Domain.ValueString() + " only leaves the state"
}

func destroyText(m *customerResourceModel) string {
	return fmt.Sprintf("Customer %s, its subscriptions and the relationship with it stay as they are, and what was bought is billed on. "+
		"Relationships are ended in Partner Center's portal, by people. To manage the customer again, import it by this ID.", m.ID.ValueString())
}

func (m *customerResourceModel) fromAPI(c *partnercenter.Customer) {
	m.ID = types.StringValue(c.ID)
	if m.Domain.IsNull() {
		m.Domain = framework.String(c.CompanyProfile.Domain)
	}
	m.CommerceID = framework.String(c.CommerceID)
	if m.OrganizationRegistrationNumber.IsNull() || c.CompanyProfile.OrganizationRegistrationNumber != "" {
		m.OrganizationRegistrationNumber = framework.String(c.CompanyProfile.OrganizationRegistrationNumber)
	}
	if m.AssociatedPartnerID.IsNull() || m.AssociatedPartnerID.IsUnknown() {
		m.AssociatedPartnerID = framework.String(c.AssociatedPartnerID)
	}
	if m.UserCredentials.IsUnknown() || m.UserCredentials.IsNull() {
		m.UserCredentials = basetypes.NewObjectNull(credentialTypes)
	}
	b, a := c.BillingProfile, c.BillingProfile.DefaultAddress
	if b == (partnercenter.CustomerBillingProfile{}) {
		return // of an answer without a profile
	}
	shown := framework.String
	m.BillingProfile = &newBillingModel{
		CompanyName: shown(b.CompanyName), FirstName: shown(b.FirstName), LastName: shown(b.LastName), Email: shown(b.Email), Culture: shown(b.Culture), Language: shown(b.Language),
		Address: &newAddressModel{
			FirstName: shown(a.FirstName), LastName: shown(a.LastName), AddressLine1: shown(a.AddressLine1), AddressLine2: shown(a.AddressLine2),
			City: shown(a.City), State: shown(a.State), PostalCode: shown(a.PostalCode), Country: shown(a.Country), PhoneNumber: shown(a.PhoneNumber),
		},
	}
}

func (b *newBillingModel) toAPI() partnercenter.CustomerBillingProfile {
	if b == nil || b.Address == nil {
		return partnercenter.CustomerBillingProfile{}
	}
	a := b.Address
	return partnercenter.CustomerBillingProfile{
		FirstName: b.FirstName.ValueString(), LastName: b.LastName.ValueString(), Email: b.Email.ValueString(), Culture: b.Culture.ValueString(),
		Language: b.Language.ValueString(), CompanyName: b.CompanyName.ValueString(),
		DefaultAddress: partnercenter.Address{
			FirstName: a.FirstName.ValueString(), LastName: a.LastName.ValueString(), AddressLine1: a.AddressLine1.ValueString(), AddressLine2: a.AddressLine2.ValueString(),
			City: a.City.ValueString(), State: a.State.ValueString(), PostalCode: a.PostalCode.ValueString(), Country: a.Country.ValueString(), PhoneNumber: a.PhoneNumber.ValueString(),
		},
	}
}
