// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Model is what people decide about a subscription, and what they refer to.
type Model struct {
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

// The types of the attributes of nested ones.
var (
	CommitmentTypes  = map[string]attr.Type{"unit_price": types.StringType, "total": types.StringType, "currency": types.StringType, "refund": types.StringType, "margin": types.StringType, "cart": types.StringType}
	CurrentTermTypes = map[string]attr.Type{"begins": timetypes.RFC3339Type{}, "ends": timetypes.RFC3339Type{}, "cancellable_until": timetypes.RFC3339Type{}}
)

// Subject ends the titles of warnings about the subscription.
func (m *Model) Subject() string {
	return words.Subject(m.FriendlyName.ValueString(), m.CustomerID.ValueString())
}

// Policy is what destroying means.
func (m *Model) Policy() change.Policy {
	if policy := m.DeletionPolicy.ValueString(); policy != "" {
		return change.Policy(policy)
	}
	return change.PolicyTurnOffAutoRenew
}

// Accounts are the customer and the reseller, if there is one.
func (m *Model) Accounts() framework.Accounts {
	return framework.Accounts{CustomerID: m.CustomerID.ValueString(), Reseller: m.PartnerID.ValueString(), At: path.Root("partner_id")}
}

// Likeness is spending.Likeness as JSON.
type Likeness struct {
	CustomerID   string `json:"customer_id"`
	ProductID    string `json:"product_id"`
	SkuID        string `json:"sku_id"`
	FriendlyName string `json:"friendly_name"`
}

// Alike is the likeness as this run compares it.
func (l Likeness) Alike() spending.Likeness {
	return spending.Alike(l.CustomerID, l.ProductID, l.SkuID, l.FriendlyName)
}

// Likeness is what makes two subscriptions alike; what is unknown is left out.
func (m *Model) Likeness() Likeness {
	return Likeness{m.CustomerID.ValueString(), m.ProductID.ValueString(), m.SkuID.ValueString(), m.FriendlyName.ValueString()}
}

// Snapshot is a subscription as a state would have it.
func Snapshot(customerID string, s *partnercenter.Subscription) *Model {
	m := &Model{CustomerID: types.StringValue(customerID), Commitment: types.ObjectNull(CommitmentTypes)}
	m.FromAPI(s)
	return m
}

// Ended says that nothing is left to end, as far as the state knows.
func (m *Model) Ended() bool {
	s := partnercenter.Subscription{Status: m.Status.ValueString()}
	return s.Ended()
}

// KeepUnconfigured keeps what the configuration leaves out as it is.
func (m *Model) KeepUnconfigured(config, state *Model) {
	keep := func(configured, planned, present *types.String) {
		if configured.IsNull() {
			*planned = *present
		}
	}
	keep(&config.TermDuration, &m.TermDuration, &state.TermDuration)
	keep(&config.BillingCycle, &m.BillingCycle, &state.BillingCycle)
	keep(&config.FriendlyName, &m.FriendlyName, &state.FriendlyName)
	keep(&config.PartnerID, &m.PartnerID, &state.PartnerID)
	if config.AutoRenewEnabled.IsNull() {
		m.AutoRenewEnabled = state.AutoRenewEnabled
	}
	m.FollowEndOfTerm()
}

// KeepEnded leaves what Partner Center itself changes when a subscription ends: nobody wished that, and it stops nothing.
func (m *Model) KeepEnded(state *Model) {
	if !state.Ended() {
		return
	}
	framework.KeepPresent(&m.AutoRenewEnabled, state.AutoRenewEnabled)
	framework.KeepPresent(&m.EndOfTerm, state.EndOfTerm)
	framework.KeepPresent(&m.Suspended, state.Suspended)
	framework.KeepPresent(&m.NextTerm, state.NextTerm)
	if state.Quantity.ValueInt64() == 0 {
		m.Quantity = state.Quantity
	}
}

// Keep puts a present value into the plan.
func (m *Model) Keep(name string, value attr.Value) {
	switch v := value.(type) {
	case types.String:
		for changeable, at := range map[string]*types.String{"product_id": &m.ProductID, "sku_id": &m.SkuID, change.TermDuration: &m.TermDuration, change.BillingCycle: &m.BillingCycle} {
			if changeable == name {
				*at = v
			}
		}
	case types.Int64:
		m.Quantity = v
	}
}
