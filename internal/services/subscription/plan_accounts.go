// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planAccounts checks what a purchase needs of customer and reseller, as far as the sign-in may ask: only a user may.
func (r *subscriptionResource) planAccounts(ctx context.Context, m *subscriptionResourceModel, diags *diag.Diagnostics) {
	if !r.Client.MaySpeakForUser() {
		return
	}
	agreed, err := hasAgreement(ctx, r.Client, m.CustomerID.ValueString())
	if err == nil && !agreed {
		framework.Wrong(diags, path.Root("customer_id"), "Customer agreement missing",
			"The customer has not accepted the Microsoft Customer Agreement, so Partner Center sells it nothing. Confirm the acceptance in Partner Center on the customer's Account page, then plan again.")
	}
	reseller := m.PartnerID.ValueString()
	if reseller == "" {
		return
	}
	signed, err := r.Client.SharedResellerAgreementStatus(ctx, reseller)
	switch {
	case partnercenter.HasCode(err, "2200", "2204"):
		framework.Wrong(diags, path.Root("partner_id"), "Reseller unknown", "%s is not the PartnerID of an indirect reseller of yours. Data source partnercenter_indirect_resellers lists them.", reseller)
	case partnercenter.HasCode(err, "2201"):
		framework.Wrong(diags, path.Root("partner_id"), "Reseller in another region", "%s belongs to a reseller in another region than yours, so Partner Center does not take it as partner on record. Name a reseller of your region; data source partnercenter_indirect_resellers lists them.", reseller)
	case partnercenter.HasCode(err, "2203", "2206"), err == nil && !signed:
		framework.Wrong(diags, path.Root("partner_id"), "Reseller has not signed", "The reseller with PartnerID %s has not signed the Microsoft Partner Agreement, so Partner Center does not take it as partner on record. "+
			"Let the reseller's global administrator sign it in Partner Center, then plan again.", reseller)
	}
}

// hasAgreement is true where the partner has confirmed the agreement or the customer has accepted it directly.
func hasAgreement(ctx context.Context, client *partnercenter.Client, customerID string) (bool, error) {
	agreements, err := client.SharedCustomerAgreements(ctx, customerID, partnercenter.MicrosoftCustomerAgreement)
	if err != nil || len(agreements) > 0 {
		return len(agreements) > 0, err
	}
	return client.SharedDirectSignedAgreementStatus(ctx, customerID)
}
