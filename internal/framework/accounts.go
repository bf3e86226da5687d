// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Accounts are the customer and the indirect reseller that a purchase or a change is about.
type Accounts struct {
	CustomerID string
	Reseller   string    // PartnerID, "" for none
	At         path.Path // the attribute that errors about the reseller are about
}

// change is how to name another reseller.
func (a Accounts) change() string {
	if a.At.Equal(path.Root("partner_id")) {
		return "Set partner_id to another one, for subscriptions that exist as well"
	}
	return "Set another one first, with partner_id of the partnercenter_subscription that manages it or in Partner Center"
}

// CheckPurchase checks what a purchase needs of customer and reseller: of the customer as far as the sign-in may ask, which only a user may.
func (a Accounts) CheckPurchase(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) {
	a.CheckChange(ctx, client, diags)
	if a.Reseller == "" || diags.HasError() || !client.MaySpeakForUser() {
		return
	}
	signed, err := client.SharedResellerAgreementStatus(ctx, a.Reseller)
	switch {
	case partnercenter.HasCode(err, "2200", "2204"):
		Wrong(diags, a.At, "Reseller unknown", "%s is not the PartnerID of an indirect reseller of yours. Data source partnercenter_indirect_resellers lists them.", a.Reseller)
	case partnercenter.HasCode(err, "2201"):
		Wrong(diags, a.At, "Reseller in another region", "%s belongs to a reseller in another region than yours, so Partner Center does not take it as partner on record. Name a reseller of your region; data source partnercenter_indirect_resellers lists them.", a.Reseller)
	case partnercenter.HasCode(err, "2203", "2206"), err == nil && !signed:
		a.refuseUnsigned(diags)
	}
}

// CheckChange checks the same for a change that moves money, as far as Partner Center refuses those like purchases since 2025. See
// reference/customers-and-billing.md#reseller-validation.
func (a Accounts) CheckChange(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) {
	a.checkAgreement(ctx, client, diags)
	if a.Reseller != "" {
		a.checkReseller(ctx, client, diags)
	}
}

func (a Accounts) refuseUnsigned(diags *diag.Diagnostics) {
	Wrong(diags, a.At, "Reseller has not signed", "The reseller with PartnerID %s has not signed the Microsoft Partner Agreement, so Partner Center does not take it as partner on record. "+
		"Let the reseller's global administrator sign it in Partner Center, then plan again.", a.Reseller)
}

// checkAgreement refuses what Partner Center refuses for want of the customer's acceptance of the agreement.
func (a Accounts) checkAgreement(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) {
	if !client.MaySpeakForUser() {
		return
	}
	if agreed, err := hasAgreement(ctx, client, a.CustomerID); err == nil && !agreed {
		Wrong(diags, path.Root("customer_id"), "Customer agreement missing",
			"The customer has not accepted the Microsoft Customer Agreement, or did before 1 April 2023, which counts no more, so Partner Center sells it nothing and changes nothing that costs. "+
				"A person at the customer has to accept it in the Microsoft 365 admin center, or on the page that the action partnercenter_request_customer_agreement gives; then plan again.")
	}
}

// checkReseller refuses a reseller that may not stand on purchases and changes. Where Partner Center does not say, the purchase or change
// itself will.
func (a Accounts) checkReseller(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) {
	got, err := client.SharedResellerValidation(ctx, a.Reseller)
	switch {
	case err != nil || got == nil || got.IsValid:
	case got.ErrorCode == "900123":
		a.refuseUnsigned(diags)
	default:
		Wrong(diags, a.At, "Reseller not valid", "%s is not the PartnerID of an indirect reseller of yours that may stand on purchases and changes at present (code %s: %s). "+
			"%s; data source partnercenter_indirect_resellers lists them.", a.Reseller, got.ErrorCode, strings.TrimRight(got.ErrorDescription, "."), a.change())
	}
}

// hasAgreement is true where the partner has confirmed an agreement that counts, or the customer has accepted it directly.
func hasAgreement(ctx context.Context, client *partnercenter.Client, customerID string) (bool, error) {
	agreements, err := client.SharedCustomerAgreements(ctx, customerID, partnercenter.MicrosoftCustomerAgreement)
	if err != nil || slices.ContainsFunc(agreements, func(a partnercenter.CustomerAgreement) bool { return a.Counts() }) {
		return err == nil, err
	}
	return client.SharedDirectSignedAgreementStatus(ctx, customerID)
}
