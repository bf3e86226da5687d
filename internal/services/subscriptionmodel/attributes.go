// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Attribute is what Terraform has of one of change.Attributes: its value in the model, and how a planned value is asked for.
type Attribute struct {
	change.Attribute

	Value func(*Model) attr.Value
	Ask   func(context.Context, *change.Desired, *Model, *diag.Diagnostics) // nil: it cannot be changed
}

// Attributes has a row for everything that can differ between a plan and a subscription. To add one, add its row here and in change.All,
// its schema, and its line in FromAPI.
var Attributes = []Attribute{
	{Attribute: row("customer_id"), Value: func(m *Model) attr.Value { return m.CustomerID }},
	{Attribute: row("product_id"), Value: func(m *Model) attr.Value { return m.ProductID }},
	{Attribute: row("sku_id"), Value: func(m *Model) attr.Value { return m.SkuID }},
	{
		Attribute: row(change.Suspended), Value: suspendedOf,
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.Suspended = framework.KnownBool(m.Suspended)
		},
	},
	{
		Attribute: row(change.FriendlyName), Value: func(m *Model) attr.Value { return m.FriendlyName },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.FriendlyName = framework.KnownString(m.FriendlyName)
		},
	},
	{
		Attribute: row(change.PartnerID), Value: func(m *Model) attr.Value { return m.PartnerID },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.PartnerID = framework.KnownString(m.PartnerID)
		},
	},
	{
		Attribute: row(change.TermDuration), Value: func(m *Model) attr.Value { return m.TermDuration },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.TermDuration, want.BillingCycle = framework.KnownString(m.TermDuration), framework.KnownString(m.BillingCycle)
		},
	},
	{
		Attribute: row(change.BillingCycle), Value: func(m *Model) attr.Value { return m.BillingCycle },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.BillingCycle = framework.KnownString(m.BillingCycle)
		},
	},
	{
		Attribute: row(change.Quantity), Value: func(m *Model) attr.Value { return m.Quantity },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.Quantity = framework.KnownInt64(m.Quantity)
		},
	},
	{
		Attribute: row(change.AutoRenew), Value: func(m *Model) attr.Value { return m.AutoRenewEnabled },
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.AtTermEnd = change.RenewOrCancel(framework.KnownBool(m.AutoRenewEnabled))
		},
	},
	{
		Attribute: row(change.EndOfTerm), Value: endOf,
		Ask: func(_ context.Context, want *change.Desired, m *Model, _ *diag.Diagnostics) {
			want.AtTermEnd = m.AtTermEnd()
		},
	},
	{
		Attribute: row(change.NextTerm), Value: func(m *Model) attr.Value { return m.NextTerm },
		Ask: func(ctx context.Context, want *change.Desired, m *Model, diags *diag.Diagnostics) {
			want.ManageNext = true
			if next := NextTermOf(m.NextTerm); next != nil {
				want.NextTerm = next.ToAPI()
			}
		},
	},
}

// suspendedOf tells of a subscription whose configuration does not say whether it is suspended, too: to write down what it is changes nothing.
func suspendedOf(m *Model) attr.Value {
	if m.Suspended.IsNull() && framework.Known(m.Status) {
		return types.BoolValue(strings.EqualFold(m.Status.ValueString(), partnercenter.StatusSuspended))
	}
	return m.Suspended
}

// endOf tells of a subscription whose configuration does not say end_of_term, too: to write down what happens anyway changes nothing.
func endOf(m *Model) attr.Value {
	if m.EndOfTerm.IsNull() {
		return framework.String(string(m.AtTermEnd()))
	}
	return m.EndOfTerm
}

// row is the rules about an attribute.
func row(name string) change.Attribute {
	for _, a := range change.All() {
		if a.Name == name {
			return a
		}
	}
	panic("change.All has no " + name) // found by the first test of this package
}

// Difference is an attribute that a plan changes.
type Difference struct {
	Attribute

	Was, Will attr.Value
}

// Path is where the attribute stands in the configuration.
func (d Difference) Path() path.Path { return path.Root(d.Name) }

// Differences are what the plan changes of what Partner Center has: the planned value against the prior state, attribute by attribute,
// and nothing that the configuration says beside it. What is left out stays as it is; only instructions for the next term are removed by
// leaving them out.
func Differences(state, plan *Model) []Difference {
	var found []Difference
	for _, a := range Attributes {
		was, will := a.Value(state), a.Value(plan)
		if !plan.Counts(a.Name) || was.Equal(will) || will.IsNull() && a.Name != change.NextTerm || a.Name == "customer_id" && strings.EqualFold(was.String(), will.String()) {
			continue
		}
		found = append(found, Difference{a, was, will})
	}
	return found
}

// ToDesired asks for what the plan changes.
func ToDesired(ctx context.Context, changed []Difference, state, plan *Model, diags *diag.Diagnostics) change.Desired {
	want := change.Desired{PurchaseLine: plan.ToLaterLine(ctx, diags), PriceLimit: plan.ToLimit(ctx, diags), Committed: state.Committed(ctx, diags).Amount()}
	for _, d := range changed {
		if d.Ask != nil {
			d.Ask(ctx, &want, plan, diags)
		}
	}
	return want
}

// Names are those of the attributes that a plan changes.
func Names(changed []Difference) []string {
	all := make([]string, len(changed))
	for i, d := range changed {
		all[i] = d.Name
	}
	return all
}

// Counts reports whether an attribute decides something for this subscription.
func (m *Model) Counts(name string) bool {
	switch name {
	case change.AutoRenew:
		return m.EndOfTerm.IsNull()
	case change.EndOfTerm:
		return !m.EndOfTerm.IsNull()
	}
	return true
}

// AtTermEnd is what happens at the end of the term, "" where that is not said.
func (m *Model) AtTermEnd() change.TermEnd {
	if m.EndOfTerm.IsNull() {
		return change.RenewOrCancel(framework.KnownBool(m.AutoRenewEnabled))
	}
	return change.TermEnd(m.EndOfTerm.ValueString())
}

// FollowEndOfTerm plans auto_renew_enabled as end_of_term has it: an extension is neither a renewal nor an end.
func (m *Model) FollowEndOfTerm() {
	switch {
	case m.EndOfTerm.IsNull():
	case m.EndOfTerm.IsUnknown():
		m.AutoRenewEnabled = types.BoolUnknown()
	case m.AtTermEnd() == change.TermEndExtend:
		m.AutoRenewEnabled = types.BoolNull()
	default:
		m.AutoRenewEnabled = types.BoolValue(m.AtTermEnd() == change.TermEndRenew)
	}
}
