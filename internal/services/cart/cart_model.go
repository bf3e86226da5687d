// SPDX-License-Identifier: MPL-2.0

package cart

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Statuses of a cart; Expired is what a cart is that Partner Center does not know any more.
const (
	cartActive  = "Active"
	cartOrdered = "Ordered"
	cartExpired = "Expired"
)

type cartModel struct {
	CustomerID          types.String      `tfsdk:"customer_id"`
	LineItems           []cartLineModel   `tfsdk:"line_items"`
	ID                  types.String      `tfsdk:"id"`
	Status              types.String      `tfsdk:"status"`
	CreationTimestamp   timetypes.RFC3339 `tfsdk:"creation_timestamp"`
	ExpirationTimestamp timetypes.RFC3339 `tfsdk:"expiration_timestamp"`
}

type cartLineModel struct {
	ProductID           types.String      `tfsdk:"product_id"`
	SkuID               types.String      `tfsdk:"sku_id"`
	Quantity            types.Int64       `tfsdk:"quantity"`
	TermDuration        types.String      `tfsdk:"term_duration"`
	BillingCycle        types.String      `tfsdk:"billing_cycle"`
	FriendlyName        types.String      `tfsdk:"friendly_name"`
	PartnerID           types.String      `tfsdk:"partner_id"`
	PromotionID         types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate   timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
	ProvisioningContext types.Map         `tfsdk:"provisioning_context"`
	AttestationAccepted types.Bool        `tfsdk:"attestation_accepted"`
	RenewsToTerm        types.String      `tfsdk:"renews_to_term"`
	CatalogItemID       types.String      `tfsdk:"catalog_item_id"`
	CurrencyCode        types.String      `tfsdk:"currency_code"`
	UnitPrice           types.String      `tfsdk:"unit_price"`
	TotalPrice          types.String      `tfsdk:"total_price"`
	OrderGroup          types.String      `tfsdk:"order_group"`
}

// toAPI is the line without what is looked up.
func (m *cartLineModel) toAPI(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := partnercenter.CartLine{
		Quantity:            partnercenter.Int(m.Quantity.ValueInt64()),
		FriendlyName:        m.FriendlyName.ValueString(),
		PromotionID:         m.PromotionID.ValueString(),
		AttestationAccepted: framework.KnownBool(m.AttestationAccepted),
		Participants:        purchase.Participants(m.PartnerID.ValueString()),
	}
	if term := m.RenewsToTerm.ValueString(); term != "" {
		line.RenewsTo = &partnercenter.RenewsTo{TermDuration: term}
	}
	if framework.Known(m.ProvisioningContext) {
		diags.Append(m.ProvisioningContext.ElementsAs(ctx, &line.ProvisioningContext, false)...)
	}
	line.CustomTermEndDate, _ = partnercenter.ParseTime(m.CustomTermEndDate.ValueString()) // the type has checked it
	return line
}

// fromAPI copies what Partner Center answered; what was configured stays as it was written.
func (m *cartModel) fromAPI(c *partnercenter.Cart) {
	m.ID = types.StringValue(c.ID)
	m.Status = types.StringValue(cartActive)
	if c.Ordered() {
		m.Status = types.StringValue(cartOrdered)
	}
	m.CreationTimestamp = framework.Time(c.CreationTimestamp)
	m.ExpirationTimestamp = framework.Time(c.ExpirationTimestamp)
	for i := range min(len(m.LineItems), len(c.LineItems)) {
		got, price := c.LineItems[i], spending.LinePrice(c.LineItems[i])
		line := &m.LineItems[i]
		line.TermDuration = framework.String(got.TermDuration)
		line.BillingCycle = framework.String(strings.ToLower(got.BillingCycle))
		line.CatalogItemID = framework.String(got.CatalogItemID)
		line.CurrencyCode = framework.String(price.Currency)
		line.UnitPrice = framework.Decimal(price.Unit)
		line.TotalPrice = framework.Decimal(price.Total)
		line.OrderGroup = framework.String(string(got.OrderGroup))
	}
}

// sameCart reports that the plan asks for nothing else than the cart in the state, as far as it is known.
func sameCart(state, plan *cartModel) bool {
	if !unchanged(state.CustomerID, plan.CustomerID) || len(state.LineItems) != len(plan.LineItems) {
		return false
	}
	for i := range state.LineItems {
		if !state.LineItems[i].sameAs(&plan.LineItems[i]) {
			return false
		}
	}
	return true
}

func (m *cartLineModel) sameAs(o *cartLineModel) bool {
	return unchanged(m.ProductID, o.ProductID) && unchanged(m.SkuID, o.SkuID) && unchanged(m.Quantity, o.Quantity) && unchanged(m.TermDuration, o.TermDuration) &&
		unchanged(m.BillingCycle, o.BillingCycle) && unchanged(m.FriendlyName, o.FriendlyName) && unchanged(m.PartnerID, o.PartnerID) && unchanged(m.PromotionID, o.PromotionID) &&
		unchanged(m.CustomTermEndDate, o.CustomTermEndDate) && unchanged(m.ProvisioningContext, o.ProvisioningContext) && unchanged(m.AttestationAccepted, o.AttestationAccepted) &&
		unchanged(m.RenewsToTerm, o.RenewsToTerm)
}

// unchanged holds for what is as it was, and for what is not wholly known yet, which may be.
func unchanged(was, will attr.Value) bool {
	return was.Equal(will) || !will.IsNull() && !framework.WhollyKnown(will)
}
