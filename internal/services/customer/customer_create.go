// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// ModifyPlan asks what can be known before a customer is created, and refuses what would need another customer.
func (r *customerResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state customerResourceModel
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		resp.Diagnostics.AddWarning(destroyTitle(&state), destroyText(&state))
		return
	}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		refuseOther(&resp.Diagnostics, &plan, &state)
		return
	}
	if r.Provider == nil || r.Client == nil || !req.Config.Raw.IsFullyKnown() {
		return // looked at when it is applied
	}
	r.checkDomain(ctx, &plan, &resp.Diagnostics)
	r.checkAddress(ctx, &plan, &resp.Diagnostics)
}

// refuseOther keeps a change from making a second customer in the place of the first, which nothing could take back.
func refuseOther(diags *diag.Diagnostics, plan, state *customerResourceModel) {
	for _, fixed := range []struct {
		name     string
		will, is types.String
	}{
		{"domain", plan.Domain, state.Domain},
		{"organization_registration_number", plan.OrganizationRegistrationNumber, state.OrganizationRegistrationNumber},
		{"associated_partner_id", plan.AssociatedPartnerID, state.AssociatedPartnerID},
	} {
		if !fixed.will.IsUnknown() && !fixed.will.IsNull() && !strings.EqualFold(fixed.will.ValueString(), fixed.is.ValueString()) {
			framework.Wrong(diags, path.Root(fixed.name), "A customer's "+fixed.name+" cannot be changed",
				"The customer has %s. Another value would be another customer, and this one cannot be taken back. Write the old value, or add a block for the other customer.", escape.Quoted(fixed.is.ValueString()))
		}
	}
}

// checkDomain refuses a domain that is in use. A customer of ours that has it may be one whose creation was cut off.
func (r *customerResource) checkDomain(ctx context.Context, plan *customerResourceModel, diags *diag.Diagnostics) {
	domain := plan.Domain.ValueString()
	ours, err := r.Client.CustomerByDomain(ctx, domain)
	if framework.Failed(diags, "look for the customer", err) {
		return
	}
	if ours != nil {
		framework.Wrong(diags, path.Root("domain"), "This customer exists already",
			"%s is a customer of yours. %sTo manage one that no state has, import it instead of creating it:\n\nimport {\n  to = partnercenter_customer.NAME\n  id = %s\n}", domain, words.SameAgain("partnercenter_customer"), escape.HCL(ours.ID))
		return
	}
	taken, err := r.Client.DomainTaken(ctx, domain)
	if framework.Failed(diags, "check the domain", err) || !taken {
		return
	}
	framework.Wrong(diags, path.Root("domain"), "The domain is in use",
		"%s belongs to another tenant. Choose another domain. If it is this customer's own tenant, nothing is created: the customer accepts the link of data source partnercenter_relationship_request.", domain)
}

// checkAddress refuses an address that does not exist, and says what Partner Center would write instead.
func (r *customerResource) checkAddress(ctx context.Context, plan *customerResourceModel, diags *diag.Diagnostics) {
	got, err := r.Client.ValidateAddress(ctx, plan.BillingProfile.toAPI().DefaultAddress)
	if framework.Failed(diags, "validate the address", err) {
		return
	}
	at := path.Root("billing_profile").AtName("default_address")
	var suggestions []string
	for _, a := range got.Suggested {
		suggestions = append(suggestions, strings.Join([]string{a.AddressLine1, a.PostalCode, a.City, a.State, a.Country}, ", "))
	}
	switch strings.ToLower(got.Status) {
	case "", "verified", "verifiedshippable", "notvalidated":
	case "none":
		framework.Wrong(diags, at, "The address does not exist", "Partner Center does not know the address as it is written. Correct street, city, state and postal code. %s", got.ValidationMessage)
	default:
		diags.AddAttributeWarning(at, "The address may not be right", fmt.Sprintf("Partner Center's validation says %s, and suggests: %s", got.Status, strings.Join(suggestions, "; or ")))
	}
}

// Create makes the customer once: its domain is looked for before, and after an answer that was lost.
func (r *customerResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan customerResourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, framework.CreateTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()
	if r.checkDomain(ctx, &plan, &resp.Diagnostics); !resp.Diagnostics.HasError() {
		r.checkAddress(ctx, &plan, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	id := r.create(ctx, &plan, &resp.Diagnostics)
	if id == "" {
		return
	}
	plan.ID = types.StringValue(id)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, customerIdentity{plan.ID})...)
	got, err := r.Client.Customer(ctx, id)
	if err == nil {
		plan.complete(got)
	}
	plan.known()
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	if err != nil { // the customer is there, and an error would make Terraform replace it
		resp.Diagnostics.AddWarning("The new customer cannot be read yet: "+plan.Domain.ValueString(), framework.Explain(err))
	}
}

// complete fills in what the plan left open, and nothing else: Terraform insists on what was planned, and the next plan shows what
// Partner Center wrote otherwise.
func (m *customerResourceModel) complete(got *partnercenter.Customer) {
	for _, open := range []struct {
		into  *types.String
		value string
	}{
		{&m.CommerceID, got.CommerceID}, {&m.AssociatedPartnerID, got.AssociatedPartnerID},
		{&m.BillingProfile.FirstName, got.BillingProfile.FirstName}, {&m.BillingProfile.LastName, got.BillingProfile.LastName},
	} {
		if open.into.IsUnknown() {
			*open.into = framework.String(open.value)
		}
	}
}

// known leaves nothing unknown of what Partner Center has not told.
func (m *customerResourceModel) known() {
	for _, unsaid := range []*types.String{&m.CommerceID, &m.AssociatedPartnerID, &m.BillingProfile.FirstName, &m.BillingProfile.LastName} {
		if unsaid.IsUnknown() {
			*unsaid = types.StringNull()
		}
	}
	if m.UserCredentials.IsUnknown() {
		m.UserCredentials = basetypes.NewObjectNull(credentialTypes)
	}
}

// create returns the ID of the customer, or nothing where there is none for certain or nobody knows.
func (r *customerResource) create(ctx context.Context, plan *customerResourceModel, diags *diag.Diagnostics) string {
	made, err := r.Client.CreateCustomer(ctx, partnercenter.NewCustomer{
		Domain: plan.Domain.ValueString(), RegistrationNumber: plan.OrganizationRegistrationNumber.ValueString(),
		AssociatedPartnerID: plan.AssociatedPartnerID.ValueString(), EnableGDAPByDefault: plan.EnableGDAPByDefault.ValueBoolPointer(), BillingProfile: plan.BillingProfile.toAPI(),
	})
	if err == nil {
		plan.UserCredentials = basetypes.NewObjectValueMust(credentialTypes, map[string]attr.Value{
			"user_name": framework.String(made.UserCredentials.UserName), "password": framework.String(made.UserCredentials.Password.Reveal()),
		})
		return made.ID
	}
	if !partnercenter.OutcomeUnknown(err) {
		framework.Failed(diags, "create the customer", err)
		return ""
	}
	return r.find(ctx, plan.Domain.ValueString(), err, diags)
}

// find looks for a customer whose creation was not answered. The domain was free before, so whoever has it now is that customer.
func (r *customerResource) find(ctx context.Context, domain string, lost error, diags *diag.Diagnostics) (id string) {
	err := r.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
		found, err := r.Client.CustomerByDomain(ctx, domain)
		if err == nil && found != nil {
			id = found.ID
		}
		return id != "", err
	})
	if id != "" {
		diags.AddWarning("The customer was created, and its answer was lost: "+domain,
			"The customer was found by its domain and is in the state. Its administrator's first password was in that answer alone, so user_credentials is null: reset it in Partner Center's portal.")
		return id
	}
	diags.AddError("It is not known whether the customer was created", fmt.Sprintf("%s\n\nNo customer of the domain %s is listed. Plan again before anything else: the plan finds the customer, or proposes to create it where the domain is free. "+
		"No second customer can come of it, because a domain belongs to one tenant.", framework.Explain(errors.Join(lost, err)), domain))
	return ""
}
