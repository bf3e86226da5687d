// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var purchasePriceTypes = map[string]attr.Type{"unit": types.StringType, "total": types.StringType, "currency": types.StringType}

// toPurchase is the purchase that the plan asks for.
func (m *subscriptionResourceModel) toPurchase(ctx context.Context, p *framework.Provider, diags *diag.Diagnostics) *purchase {
	return &purchase{
		client: p.Client, ledger: p.Ledger, claims: p.Claims,
		customerID: m.CustomerID.ValueString(), productID: m.ProductID.ValueString(), skuID: m.SkuID.ValueString(),
		line: m.toCartLine(ctx, diags), term: m.TermDuration.ValueString(), billing: m.BillingCycle.ValueString(),
		limit: m.toLimit(ctx, diags), onExisting: m.OnExisting.ValueString(),
		replaces: m.AllowReplacement.ValueBool(),
		cartID:   m.CartID.ValueString(), cartLine: m.CartLineItem.ValueInt64(),
	}
}

// toCartLine is the line without what is looked up: catalog item, term and billing cycle.
func (m *subscriptionResourceModel) toCartLine(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := partnercenter.CartLine{
		Quantity:            partnercenter.Int(m.Quantity.ValueInt64()),
		FriendlyName:        m.FriendlyName.ValueString(),
		PromotionID:         m.PromotionID.ValueString(),
		AttestationAccepted: framework.KnownBool(m.AttestationAccepted),
		Participants:        participants(m.PartnerID),
	}
	if framework.Known(m.ProvisioningContext) {
		diags.Append(m.ProvisioningContext.ElementsAs(ctx, &line.ProvisioningContext, false)...)
	}
	if framework.Known(m.RenewsTo) {
		var renewsTo struct {
			TermDuration string `tfsdk:"term_duration"`
		}
		diags.Append(m.RenewsTo.As(ctx, &renewsTo, basetypes.ObjectAsOptions{})...)
		line.RenewsTo = &partnercenter.RenewsTo{TermDuration: renewsTo.TermDuration}
	}
	if end := m.CustomTermEndDate.ValueString(); end != "" {
		at, err := partnercenter.ParseTime(end)
		if err != nil {
			diags.AddAttributeError(path.Root("custom_term_end_date"), "Invalid date", err.Error())
		}
		line.CustomTermEndDate = at
	}
	return line
}

// participants of a cart line: the indirect reseller, where there is one.
func participants(partnerID types.String) []partnercenter.KeyValue {
	if partnerID.ValueString() == "" {
		return nil
	}
	return []partnercenter.KeyValue{{Key: partnercenter.ParticipantTransactionReseller, Value: partnercenter.Text(partnerID.ValueString())}}
}

func (m *subscriptionResourceModel) toLimit(ctx context.Context, diags *diag.Diagnostics) *spending.PriceLimit {
	if !framework.Known(m.PriceLimit) {
		return nil
	}
	var configured struct {
		UnitPrice types.String `tfsdk:"unit_price"`
		Total     types.String `tfsdk:"total"`
		Currency  types.String `tfsdk:"currency"`
	}
	diags.Append(m.PriceLimit.As(ctx, &configured, basetypes.ObjectAsOptions{})...)
	return &spending.PriceLimit{Currency: configured.Currency.ValueString(), Unit: amount(configured.UnitPrice), Total: amount(configured.Total)}
}

func amount(v types.String) *decimal.Decimal {
	if !framework.Known(v) {
		return nil
	}
	d, err := decimal.NewFromString(v.ValueString())
	if err != nil {
		return &decimal.Zero // the validator has refused it already; a limit of zero lets nothing through
	}
	return &d
}

// toDesired is what the configuration wants of a subscription; what it leaves out stays as Partner Center has it.
func (m *subscriptionResourceModel) toDesired(ctx context.Context, diags *diag.Diagnostics) change.Desired {
	return m.subscriptionModel.toDesired(m.toCartLine(ctx, diags))
}

func (n *nextTermModel) toAPI() *partnercenter.NextTermInstructions {
	instructions := &partnercenter.NextTermInstructions{
		Product: partnercenter.NextTermProduct{
			ProductID: n.ProductID.ValueString(), SkuID: n.SkuID.ValueString(),
			TermDuration: n.TermDuration.ValueString(), BillingCycle: n.BillingCycle.ValueString(), PromotionID: n.PromotionID.ValueString(),
		},
		Quantity: partnercenter.Int(n.Quantity.ValueInt64()),
	}
	if framework.Known(n.CustomTermEndDate) {
		if at, err := time.Parse(time.RFC3339, n.CustomTermEndDate.ValueString()); err == nil { // the type has checked it
			instructions.CustomTermEndDate = partnercenter.Time{Time: at.UTC()}
		}
	}
	return instructions
}

// fromReceipt copies what is known of the purchase; what is not known yet is null.
func (m *subscriptionResourceModel) fromReceipt(got *receipt) {
	if got.Subscription != nil {
		m.fromAPI(got.Subscription)
	} else {
		m.fromAPI(&partnercenter.Subscription{})
		m.ID, m.ProductType, m.AutoRenewEnabled = types.StringNull(), types.StringNull(), types.BoolNull() // nobody has said that it is off
	}
	m.CartID = framework.String(got.CartID)
	m.CartLineItem = types.Int64Null()
	if got.CartID != "" {
		m.CartLineItem = types.Int64Value(got.CartLine)
	}
	m.OrderID = framework.String(got.OrderID)
	m.OrderLineItemNumber = types.Int64Null()
	if got.OrderID != "" && !got.Adopted {
		m.OrderLineItemNumber = types.Int64Value(got.OrderLine)
	}
	m.PurchasePrice = types.ObjectNull(purchasePriceTypes)
	if got.Price.Unit != nil || got.Price.Total != nil {
		m.PurchasePrice = types.ObjectValueMust(purchasePriceTypes, map[string]attr.Value{
			"unit": framework.Decimal(got.Price.Unit), "total": framework.Decimal(got.Price.Total), "currency": framework.String(got.Price.Currency),
		})
	}
}

// fromAPI copies what Partner Center answered. A billing cycle that holds from the next charge on counts from now on: it is what a change
// asks for, and next_charge_instructions show that it waits.
func (m *subscriptionResourceModel) fromAPI(s *partnercenter.Subscription) {
	m.subscriptionModel.fromAPI(s)
	m.BillingCycle = framework.String(change.ComingBillingCycle(s))
}

// refresh copies what Partner Center answered, except where the answer says the same in other words.
func (m *subscriptionResourceModel) refresh(got *partnercenter.Subscription) {
	before := m.subscriptionModel
	m.fromAPI(got)
	if !before.NextTerm.IsNull() && !m.NextTerm.IsNull() && sameNextTerm(before.NextTerm, m.NextTerm) {
		m.NextTerm = before.NextTerm
	}
	if before.NextTerm.IsNull() && got.IsTrial {
		m.NextTerm = before.NextTerm // every trial comes with instructions; they are shown once they are configured
	}
	if before.AutoRenewEnabled.IsNull() && !got.Ended() && change.FactsOf(got).GoesOnAfterTerm() {
		m.AutoRenewEnabled = types.BoolNull() // it does not renew and goes on all the same; false would ask to end it, and nobody has
	}
	if !change.Activated(got) && framework.Known(before.AutoRenewEnabled) {
		m.AutoRenewEnabled = before.AutoRenewEnabled // nothing changes before the publisher's set-up; what is configured counts afterwards
	}
	if before.Status.IsNull() || !change.IsSuspended(got) && !got.Ended() { // null right after an import: then all is as Partner Center says
		return
	}
	// Suspending removes at Partner Center what is wanted of the renewal, and so does the end. What is configured counts again afterwards.
	if !before.NextTerm.IsUnknown() {
		m.NextTerm = before.NextTerm
	}
	if framework.Known(before.AutoRenewEnabled) {
		m.AutoRenewEnabled = before.AutoRenewEnabled
	}
}

// sameNextTerm compares times as instants: the service may spell a date in another way.
func sameNextTerm(a, b types.Object) bool {
	x, y := a.Attributes(), b.Attributes()
	for name := range nextTermTypes {
		if name == "custom_term_end_date" {
			s, okS := x[name].(interface{ ValueString() string })
			t, okT := y[name].(interface{ ValueString() string })
			if okS && okT && sameInstant(s.ValueString(), t.ValueString()) {
				continue
			}
		}
		if !x[name].Equal(y[name]) {
			return false
		}
	}
	return true
}

func sameInstant(a, b string) bool {
	x, errX := partnercenter.ParseTime(a)
	y, errY := partnercenter.ParseTime(b)
	return errX == nil && errY == nil && x.Equal(y.Time)
}
