// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionschema"
)

// subscriptionResourceModel is what people decide about a subscription, and what they refer to.
type subscriptionResourceModel struct {
	CustomerID types.String `tfsdk:"customer_id"`
	ProductID  types.String `tfsdk:"product_id"`
	SkuID      types.String `tfsdk:"sku_id"`

	Quantity         types.Int64  `tfsdk:"quantity"`
	TermDuration     types.String `tfsdk:"term_duration"`
	BillingCycle     types.String `tfsdk:"billing_cycle"`
	FriendlyName     types.String `tfsdk:"friendly_name"`
	AutoRenewEnabled types.Bool   `tfsdk:"auto_renew_enabled"`
	EndOfTerm        types.String `tfsdk:"end_of_term"`
	PartnerID        types.String `tfsdk:"partner_id"`
	Suspended        types.Bool   `tfsdk:"suspended"`
	NextTerm         types.Object `tfsdk:"scheduled_next_term_instructions"`

	PriceLimit          types.Object `tfsdk:"price_limit"`
	ExpectMargin        types.Bool   `tfsdk:"expect_margin"`
	PromotionID         types.String `tfsdk:"promotion_id"`
	CustomTermEndDate   types.String `tfsdk:"custom_term_end_date"`
	ProvisioningContext types.Map    `tfsdk:"provisioning_context"`
	AttestationAccepted types.Bool   `tfsdk:"attestation_accepted"`
	RenewsTo            types.Object `tfsdk:"renews_to"`
	CartID              types.String `tfsdk:"cart_id"`
	CartLineItem        types.Int64  `tfsdk:"cart_line_item"`

	DeletionPolicy    types.String `tfsdk:"deletion_policy"`
	OnExisting        types.String `tfsdk:"on_existing"`
	AllowReplacement  types.Bool   `tfsdk:"allow_replacement"`
	WaitForActivation types.Bool   `tfsdk:"wait_for_activation"`

	ID                   types.String   `tfsdk:"id"`
	Status               types.String   `tfsdk:"status"`
	OfferName            types.String   `tfsdk:"offer_name"`
	PublisherName        types.String   `tfsdk:"publisher_name"`
	Commitment           types.Object   `tfsdk:"commitment"`
	CurrentTerm          types.Object   `tfsdk:"current_term"`
	WaitingForActivation types.Bool     `tfsdk:"waiting_for_activation"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

var (
	commitmentTypes  = map[string]attr.Type{"unit_price": types.StringType, "total": types.StringType, "currency": types.StringType, "refund": types.StringType, "margin": types.StringType, "cart": types.StringType}
	currentTermTypes = map[string]attr.Type{"begins": timetypes.RFC3339Type{}, "ends": timetypes.RFC3339Type{}, "cancellable_until": timetypes.RFC3339Type{}}
)

// subject ends the titles of warnings about the subscription.
func (m *subscriptionResourceModel) subject() string {
	return words.Subject(m.FriendlyName.ValueString(), m.CustomerID.ValueString())
}

// policy is what destroying means.
func (m *subscriptionResourceModel) policy() change.Policy {
	if policy := m.DeletionPolicy.ValueString(); policy != "" {
		return change.Policy(policy)
	}
	return change.PolicyTurnOffAutoRenew
}

// accounts are the customer and the reseller, if there is one.
func (m *subscriptionResourceModel) accounts() framework.Accounts {
	return framework.Accounts{CustomerID: m.CustomerID.ValueString(), Reseller: m.PartnerID.ValueString(), At: path.Root("partner_id")}
}

// likeness is what makes two subscriptions alike; what is unknown is left out.
func (m *subscriptionResourceModel) likeness() plannedLikeness {
	return plannedLikeness{m.CustomerID.ValueString(), m.ProductID.ValueString(), m.SkuID.ValueString(), m.FriendlyName.ValueString()}
}

// toOrder is the purchase that the plan asks for.
func (m *subscriptionResourceModel) toOrder(ctx context.Context, diags *diag.Diagnostics) purchase.Order {
	order := purchase.Order{
		CustomerID: m.CustomerID.ValueString(), ProductID: m.ProductID.ValueString(), SkuID: m.SkuID.ValueString(),
		TermDuration: m.TermDuration.ValueString(), BillingCycle: m.BillingCycle.ValueString(), Line: m.toCartLine(ctx, diags),
		PriceLimit: m.toLimit(ctx, diags), OnExisting: purchase.OnExisting(m.OnExisting.ValueString()), Replaces: m.AllowReplacement.ValueBool(),
		CartID: m.CartID.ValueString(), CartLine: m.CartLineItem.ValueInt64(), Adopts: m.ID.ValueString(),
	}
	if !m.Commitment.IsUnknown() {
		price := m.committed(ctx, diags)
		order.Planned, order.CartContent = &price.Quote, price.cart
	}
	return order
}

// toCartLine is the line without what is looked up: catalog item, term and billing cycle.
func (m *subscriptionResourceModel) toCartLine(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := m.toLaterLine(ctx, diags)
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

// toLaterLine is the line of a purchase of the same after the first term, for its price: without what was for that term alone.
func (m *subscriptionResourceModel) toLaterLine(ctx context.Context, diags *diag.Diagnostics) partnercenter.CartLine {
	line := partnercenter.CartLine{
		Quantity: partnercenter.Int(m.Quantity.ValueInt64()), FriendlyName: m.FriendlyName.ValueString(),
		AttestationAccepted: framework.KnownBool(m.AttestationAccepted), Participants: purchase.Participants(m.PartnerID.ValueString()),
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
	return line
}

func (m *subscriptionResourceModel) toLimit(ctx context.Context, diags *diag.Diagnostics) *spending.PriceLimit {
	return framework.ToPriceLimit(ctx, m.PriceLimit, diags)
}

// commitment is the price in the plan, and what stands for the content of the cart it is about.
type commitment struct {
	spending.Quote

	refund, margin, cart string
}

// committed reads the commitment; amounts that are not known are nil.
func (m *subscriptionResourceModel) committed(ctx context.Context, diags *diag.Diagnostics) commitment {
	if !framework.Known(m.Commitment) {
		return commitment{}
	}
	var planned struct {
		UnitPrice types.String `tfsdk:"unit_price"`
		Total     types.String `tfsdk:"total"`
		Currency  types.String `tfsdk:"currency"`
		Refund    types.String `tfsdk:"refund"`
		Margin    types.String `tfsdk:"margin"`
		Cart      types.String `tfsdk:"cart"`
	}
	diags.Append(m.Commitment.As(ctx, &planned, basetypes.ObjectAsOptions{UnhandledUnknownAsEmpty: true})...)
	return commitment{
		Quote:  spending.Quote{Currency: planned.Currency.ValueString(), Unit: framework.Amount(planned.UnitPrice), Total: framework.Amount(planned.Total)},
		refund: planned.Refund.ValueString(), margin: planned.Margin.ValueString(), cart: planned.Cart.ValueString(),
	}
}

// object is the commitment as it stands in plans: null where no price is known.
func (c commitment) object() types.Object {
	if c.Total == nil && c.Unit == nil && c.cart == "" {
		return types.ObjectNull(commitmentTypes)
	}
	return types.ObjectValueMust(commitmentTypes, map[string]attr.Value{
		"unit_price": priceText(c.Unit), "total": priceText(c.Total), "currency": framework.String(c.Currency), "refund": framework.String(c.refund), "margin": framework.String(c.margin), "cart": framework.String(c.cart),
	})
}

// priceText is an amount in its one form: two decimals at least.
func priceText(d *decimal.Decimal) types.String {
	if d == nil {
		return types.StringNull()
	}
	return types.StringValue(words.Plain(*d))
}

// fromAPI copies what Partner Center answered, and keeps what it does not know: how the subscription is treated, and what it cost. A
// billing cycle that holds from the next charge on counts from now on: it is what a change asks for.
func (m *subscriptionResourceModel) fromAPI(s *partnercenter.Subscription) {
	facts := change.FactsOf(s)
	m.ID = types.StringValue(s.ID)
	m.ProductID = framework.String(s.ProductID())
	m.SkuID = framework.String(s.SkuID())
	m.Quantity = types.Int64Value(int64(s.Quantity))
	m.TermDuration = framework.String(s.TermDuration)
	m.BillingCycle = framework.String(facts.BillingCycle)
	m.FriendlyName = framework.Nickname(m.FriendlyName, s.FriendlyName)
	m.AutoRenewEnabled = types.BoolValue(s.AutoRenewEnabled)
	if !m.EndOfTerm.IsNull() {
		m.EndOfTerm = framework.String(string(facts.AtTermEnd()))
	}
	if (facts.GoesOnAfterTerm() || facts.AtTermEnd() == "") && !facts.Ended() {
		m.AutoRenewEnabled = types.BoolNull() // neither value says what happens: it does not renew, and does not end either
	}
	m.PartnerID = framework.String(string(s.PartnerID))
	m.NextTerm = subscriptionschema.NextTermFromAPI(s.ScheduledNextTermInstructions)
	if !m.Suspended.IsNull() {
		m.Suspended = types.BoolValue(facts.Suspended())
	}
	m.Status = framework.String(facts.Status)
	m.OfferName = framework.String(s.OfferName)
	m.PublisherName = publisher(s.PublisherName)
	m.CurrentTerm = types.ObjectValueMust(currentTermTypes, map[string]attr.Value{
		"begins": framework.Time(s.EffectiveStartDate), "ends": framework.Time(change.CommitmentEnd(s)),
		"cancellable_until": framework.Time(partnercenter.Time{Time: facts.Window().Until}),
	})
	m.WaitingForActivation = types.BoolNull()
	if facts.Family == partnercenter.FamilyMarketplaceSaaS {
		m.WaitingForActivation = types.BoolValue(facts.Waiting)
	}
	if m.Commitment.IsUnknown() {
		m.Commitment = types.ObjectNull(commitmentTypes)
	}
}

// publisher is null for Microsoft, which needs no naming.
func publisher(name string) types.String {
	if strings.HasPrefix(strings.ToLower(name), "microsoft") {
		return types.StringNull()
	}
	return framework.String(name)
}

// fromReceipt copies what is known of the purchase; what is not known yet is null.
func (m *subscriptionResourceModel) fromReceipt(got *purchase.Receipt) {
	if got.Subscription != nil {
		m.fromAPI(got.Subscription)
	} else {
		m.ID, m.Status, m.CurrentTerm, m.WaitingForActivation = types.StringNull(), types.StringNull(), types.ObjectNull(currentTermTypes), types.BoolNull()
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
		m.Commitment = commitment{Quote: got.Price}.object()
	}
	if m.Commitment.IsUnknown() {
		m.Commitment = types.ObjectNull(commitmentTypes)
	}
}

// refresh copies what Partner Center answered, except where the answer says the same in other words, or says what a state only passes
// through.
func (m *subscriptionResourceModel) refresh(got *partnercenter.Subscription) {
	before := *m
	m.fromAPI(got)
	if !before.NextTerm.IsNull() && !m.NextTerm.IsNull() && sameNextTerm(before.NextTerm, m.NextTerm) {
		m.NextTerm = before.NextTerm
	}
	if before.NextTerm.IsNull() && got.IsTrial {
		m.NextTerm = before.NextTerm // every trial comes with instructions; they are shown once they are configured
	}
	if !change.Activated(got) { // nothing changes before the publisher's set-up; what is configured counts afterwards
		m.keepEndOfTerm(&before)
	}
	if before.Status.IsNull() || !change.IsSuspended(got) && !got.Ended() { // null right after an import: then all is as Partner Center says
		return
	}
	// Suspending removes at Partner Center what is wanted of the renewal, and so does the end. What was there counts again afterwards.
	if !before.NextTerm.IsUnknown() {
		m.NextTerm = before.NextTerm
	}
	m.keepEndOfTerm(&before)
}

// keepEndOfTerm keeps what was to happen at the end of the term.
func (m *subscriptionResourceModel) keepEndOfTerm(before *subscriptionResourceModel) {
	m.EndOfTerm = before.EndOfTerm
	if framework.Known(before.AutoRenewEnabled) || !before.EndOfTerm.IsNull() {
		m.AutoRenewEnabled = before.AutoRenewEnabled
	}
}

// sameNextTerm compares times as instants: the service may spell a date in another way.
func sameNextTerm(a, b types.Object) bool {
	x, y := a.Attributes(), b.Attributes()
	for name := range subscriptionschema.NextTermTypes {
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
