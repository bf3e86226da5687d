// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// ToOrder is the purchase that the plan asks for.
func (m *Model) ToOrder(ctx context.Context, diags *diag.Diagnostics) purchase.Order {
	order := purchase.Order{
		CustomerID: m.CustomerID.ValueString(), ProductID: m.ProductID.ValueString(), SkuID: m.SkuID.ValueString(),
		TermDuration: m.TermDuration.ValueString(), BillingCycle: m.BillingCycle.ValueString(), Line: m.toCartLine(ctx, diags),
		PriceLimit: m.ToLimit(ctx, diags), OnExisting: purchase.OnExisting(m.OnExisting.ValueString()),
		CartID: m.CartID.ValueString(), CartLine: m.CartLineItem.ValueInt64(), Adopts: m.ID.ValueString(),
	}
	if !m.Commitment.IsUnknown() {
		price := m.Committed(ctx, diags)
		order.Planned, order.CartContent = &price.Quote, price.Cart
	}
	return order
}

// toCartLine is the line without what is looked up: catalog item, term and billing cycle.
func (m *Model) toCartLine(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := m.ToLaterLine(ctx, diags)
	line.PromotionID = m.PromotionID.ValueString()
	if end := m.CustomTermEndDate.ValueString(); end != "" {
		at, err := partnercenter.ParseTime(end)
		if err != nil {
			diags.AddAttributeError(path.Root("custom_term_end_date"), "Invalid date", err.Error())
		}
		line.CustomTermEndDate = at
	}
	return line
}

// ToLaterLine is the line of a purchase of the same after the first term, for its price: without what was for that term alone, and without
// what is not wholly known yet.
func (m *Model) ToLaterLine(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := partnercenter.CartLine{
		Quantity: partnercenter.Int(m.Quantity.ValueInt64()), FriendlyName: m.FriendlyName.ValueString(),
		AttestationAccepted: framework.KnownBool(m.AttestationAccepted), Participants: purchase.Participants(m.PartnerID.ValueString()),
	}
	if framework.WhollyKnown(m.ProvisioningContext) {
		diags.Append(m.ProvisioningContext.ElementsAs(ctx, &line.ProvisioningContext, false)...)
	}
	if framework.WhollyKnown(m.RenewsTo) {
		var renewsTo struct {
			TermDuration string `tfsdk:"term_duration"`
		}
		diags.Append(m.RenewsTo.As(ctx, &renewsTo, basetypes.ObjectAsOptions{})...)
		line.RenewsTo = &partnercenter.RenewsTo{TermDuration: renewsTo.TermDuration}
	}
	return line
}

// ToLimit is price_limit, nil for none.
func (m *Model) ToLimit(ctx context.Context, diags *diag.Diagnostics) *spending.PriceLimit {
	return framework.ToPriceLimit(ctx, m.PriceLimit, diags)
}

// FromReceipt copies what is known of the purchase; what is not known yet is null.
func (m *Model) FromReceipt(got *purchase.Receipt) {
	if got.Subscription != nil {
		m.FromAPI(got.Subscription)
	} else {
		m.ID, m.Status, m.CurrentTerm, m.WaitingForActivation = types.StringNull(), types.StringNull(), types.ObjectNull(CurrentTermTypes), types.BoolNull()
		for _, unknown := range []*types.String{&m.TermDuration, &m.BillingCycle, &m.FriendlyName, &m.PartnerID, &m.OfferName, &m.PublisherName} {
			if unknown.IsUnknown() {
				*unknown = types.StringNull()
			}
		}
		if m.AutoRenewEnabled.IsUnknown() {
			m.AutoRenewEnabled = types.BoolNull()
		}
	}
	if !framework.Known(m.Commitment) && !got.Adopted {
		m.Commitment = Commitment{Quote: got.Price}.Object()
	}
	if m.Commitment.IsUnknown() {
		m.Commitment = types.ObjectNull(CommitmentTypes)
	}
}

// RenewsToTerm is the term that a trial turns into, "" where nobody says.
func (m *Model) RenewsToTerm() string {
	if term, ok := m.RenewsTo.Attributes()["term_duration"].(types.String); ok {
		return term.ValueString()
	}
	return ""
}
