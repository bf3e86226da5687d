// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planAccounts checks what a purchase needs of customer and reseller: of the customer as far as the sign-in may ask, which only a user may.
func (r *subscriptionResource) planAccounts(ctx context.Context, m *subscriptionResourceModel, diags *diag.Diagnostics) {
	r.planAgreement(ctx, m.CustomerID.ValueString(), diags)
	reseller := m.PartnerID.ValueString()
	if reseller == "" || r.planReseller(ctx, reseller, diags) || !r.Client.MaySpeakForUser() {
		return
	}
	signed, err := r.Client.SharedResellerAgreementStatus(ctx, reseller)
	switch {
	case partnercenter.HasCode(err, "2200", "2204"):
		framework.Wrong(diags, path.Root("partner_id"), "Reseller unknown", "%s is not the PartnerID of an indirect reseller of yours. Data source partnercenter_indirect_resellers lists them.", reseller)
	case partnercenter.HasCode(err, "2201"):
		framework.Wrong(diags, path.Root("partner_id"), "Reseller in another region", "%s belongs to a reseller in another region than yours, so Partner Center does not take it as partner on record. Name a reseller of your region; data source partnercenter_indirect_resellers lists them.", reseller)
	case partnercenter.HasCode(err, "2203", "2206"), err == nil && !signed:
		refuseUnsigned(diags, reseller)
	}
}

func refuseUnsigned(diags *diag.Diagnostics, reseller string) {
	framework.Wrong(diags, path.Root("partner_id"), "Reseller has not signed", "The reseller with PartnerID %s has not signed the Microsoft Partner Agreement, so Partner Center does not take it as partner on record. "+
		"Let the reseller's global administrator sign it in Partner Center, then plan again.", reseller)
}

// planChangeAccounts checks the same for a change: since 2025 Partner Center refuses those that move money like purchases.
func (r *subscriptionResource) planChangeAccounts(ctx context.Context, u *update) {
	if !u.changes(change.Quantity) && !u.changes(change.TermDuration) && !u.changes(change.BillingCycle) {
		return
	}
	r.planAgreement(ctx, u.state.CustomerID.ValueString(), u.diags)
	if reseller := u.plan.PartnerID.ValueString(); reseller != "" {
		r.planReseller(ctx, reseller, u.diags)
	}
}

// planAgreement refuses what Partner Center refuses for want of the customer's acceptance of the agreement.
func (r *subscriptionResource) planAgreement(ctx context.Context, customerID string, diags *diag.Diagnostics) {
	if !r.Client.MaySpeakForUser() {
		return
	}
	if agreed, err := hasAgreement(ctx, r.Client, customerID); err == nil && !agreed {
		framework.Wrong(diags, path.Root("customer_id"), "Customer agreement missing",
			"The customer has not accepted the Microsoft Customer Agreement, or did before 1 April 2023, which counts no more, so Partner Center sells it nothing and changes nothing that costs. "+
				"A person at the customer has to accept it in the Microsoft 365 admin center, or on the page that the action partnercenter_request_customer_agreement gives; then plan again.")
	}
}

// planReseller refuses a reseller that may not stand on purchases and changes, and reports whether it did. Where Partner Center does not
// say, the purchase or change itself will.
func (r *subscriptionResource) planReseller(ctx context.Context, reseller string, diags *diag.Diagnostics) (refused bool) {
	got, err := r.Client.SharedResellerValidation(ctx, reseller)
	switch {
	case err != nil || got == nil || got.IsValid:
		return false
	case got.ErrorCode == "900123":
		refuseUnsigned(diags, reseller)
	default:
		framework.Wrong(diags, path.Root("partner_id"), "Reseller not valid", "%s is not the PartnerID of an indirect reseller of yours that may stand on purchases and changes at present (code %s: %s). "+
			"Set partner_id to another one, for subscriptions that exist as well; data source partnercenter_indirect_resellers lists them.", reseller, got.ErrorCode, strings.TrimRight(got.ErrorDescription, "."))
	}
	return true
}

// hasAgreement is true where the partner has confirmed an agreement that counts, or the customer has accepted it directly.
func hasAgreement(ctx context.Context, client *partnercenter.Client, customerID string) (bool, error) {
	agreements, err := client.SharedCustomerAgreements(ctx, customerID, partnercenter.MicrosoftCustomerAgreement)
	if err != nil || slices.ContainsFunc(agreements, func(a partnercenter.CustomerAgreement) bool { return a.Counts() }) {
		return err == nil, err
	}
	return client.SharedDirectSignedAgreementStatus(ctx, customerID)
}
