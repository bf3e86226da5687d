// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planPrice compares the limits with what is known at plan time, and with quote_prices asks Partner Center for the price. What it
// returns says the price in one sentence, "" where it is not known.
func (r *subscriptionResource) planPrice(ctx context.Context, m *subscriptionResourceModel, o *catalog.Offer, chosen catalog.TermOption, diags *diag.Diagnostics) string {
	order := m.toOrder(ctx, diags)
	if diags.HasError() {
		return ""
	}
	if currency := chosen.Availability.DefaultCurrency.Code; order.PriceLimit != nil && currency != "" && !strings.EqualFold(currency, order.PriceLimit.Currency) {
		framework.Wrong(diags, path.Root("price_limit").AtName("currency"), "Price limit in another currency",
			"The limit is in %s, and Partner Center sells %s to this customer in %s. Write the limit in %s.", order.PriceLimit.Currency, o.Name(), currency, currency)
		return ""
	}
	if err := catalog.CheckPromotion(ctx, r.Client, order.CustomerID, chosen, order.Line); framework.FailedAttribute(diags, path.Root("promotion_id"), "buy with this promotion", err) {
		return ""
	}
	if !r.QuotePrices || order.CartID != "" {
		return ""
	}
	cart, err := purchase.PriceOption(ctx, r.Client, order, chosen)
	if over, ok := errors.AsType[*spending.LimitError](err); ok {
		framework.FailedAttribute(diags, path.Root("price_limit"), "stay within the price limit", over)
		return ""
	}
	if framework.Failed(diags, "quote the price", err) {
		return ""
	}
	price := cart.Quote()
	if err := r.Ledger.Quote(price.Amount()); framework.Failed(diags, "stay within the spending limit", err) {
		return ""
	}
	return price.Sentence(int64(order.Line.Quantity), chosen.BillingCycle)
}

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
