// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionschema"
)

// attribute is what Terraform has of one of change.Attributes: its value in the model, and how a planned value is asked for.
type attribute struct {
	change.Attribute

	of  func(*subscriptionResourceModel) attr.Value
	ask func(context.Context, *change.Desired, *subscriptionResourceModel, *diag.Diagnostics) // nil: it cannot be changed
}

// attributes has a row for everything that can differ between a plan and a subscription. To add one, add its row here and in change.All,
// its schema, and its line in fromAPI.
var attributes = []attribute{
	{Attribute: row("customer_id"), of: func(m *subscriptionResourceModel) attr.Value { return m.CustomerID }},
	{Attribute: row("product_id"), of: func(m *subscriptionResourceModel) attr.Value { return m.ProductID }},
	{Attribute: row("sku_id"), of: func(m *subscriptionResourceModel) attr.Value { return m.SkuID }},
	{
		Attribute: row(change.Suspended), of: suspendedOf,
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.Suspended = framework.KnownBool(m.Suspended)
		},
	},
	{
		Attribute: row(change.FriendlyName), of: func(m *subscriptionResourceModel) attr.Value { return m.FriendlyName },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.FriendlyName = framework.KnownString(m.FriendlyName)
		},
	},
	{
		Attribute: row(change.PartnerID), of: func(m *subscriptionResourceModel) attr.Value { return m.PartnerID },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.PartnerID = framework.KnownString(m.PartnerID)
		},
	},
	{
		Attribute: row(change.TermDuration), of: func(m *subscriptionResourceModel) attr.Value { return m.TermDuration },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.TermDuration, want.BillingCycle = framework.KnownString(m.TermDuration), framework.KnownString(m.BillingCycle)
		},
	},
	{
		Attribute: row(change.BillingCycle), of: func(m *subscriptionResourceModel) attr.Value { return m.BillingCycle },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.BillingCycle = framework.KnownString(m.BillingCycle)
		},
	},
	{
		Attribute: row(change.Quantity), of: func(m *subscriptionResourceModel) attr.Value { return m.Quantity },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.Quantity = framework.KnownInt64(m.Quantity)
		},
	},
	{
		Attribute: row(change.AutoRenew), of: func(m *subscriptionResourceModel) attr.Value { return m.AutoRenewEnabled },
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.AtTermEnd = change.RenewOrCancel(framework.KnownBool(m.AutoRenewEnabled))
		},
	},
	{
		Attribute: row(change.EndOfTerm), of: endOf,
		ask: func(_ context.Context, want *change.Desired, m *subscriptionResourceModel, _ *diag.Diagnostics) {
			want.AtTermEnd = m.atTermEnd()
		},
	},
	{
		Attribute: row(change.NextTerm), of: func(m *subscriptionResourceModel) attr.Value { return m.NextTerm },
		ask: func(ctx context.Context, want *change.Desired, m *subscriptionResourceModel, diags *diag.Diagnostics) {
			want.ManageNext = true
			if next := subscriptionschema.NextTermOf(m.NextTerm); next != nil {
				want.NextTerm = next.ToAPI()
			}
		},
	},
}

// suspendedOf tells of a subscription whose configuration does not say whether it is suspended, too: to write down what it is changes nothing.
func suspendedOf(m *subscriptionResourceModel) attr.Value {
	if m.Suspended.IsNull() && framework.Known(m.Status) {
		return types.BoolValue(strings.EqualFold(m.Status.ValueString(), partnercenter.StatusSuspended))
	}
	return m.Suspended
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

// difference is an attribute that a plan changes.
type difference struct {
	attribute

	was, will attr.Value
}

func (d difference) path() path.Path { return path.Root(d.Name) }

// differences are what the plan changes of what Partner Center has: the planned value against the prior state, attribute by attribute,
// and nothing that the configuration says beside it. What is left out stays as it is; only instructions for the next term are removed by
// leaving them out.
func differences(state, plan *subscriptionResourceModel) []difference {
	var found []difference
	for _, a := range attributes {
		was, will := a.of(state), a.of(plan)
		if !plan.counts(a.Name) || was.Equal(will) || will.IsNull() && a.Name != change.NextTerm || a.Name == "customer_id" && strings.EqualFold(was.String(), will.String()) {
			continue
		}
		found = append(found, difference{a, was, will})
	}
	return found
}

// toDesired asks for what the plan changes.
func toDesired(ctx context.Context, changed []difference, state, plan *subscriptionResourceModel, diags *diag.Diagnostics) change.Desired {
	want := change.Desired{PurchaseLine: plan.toLaterLine(ctx, diags), PriceLimit: plan.toLimit(ctx, diags), Committed: state.committed(ctx, diags).Amount()}
	for _, d := range changed {
		if d.ask != nil {
			d.ask(ctx, &want, plan, diags)
		}
	}
	return want
}

// refuseStale stops a change of a subscription that is neither what the plan started from nor what it leads to: hours may pass between a
// plan and its apply, a renewal or a person in between. A change that buys counts on everything that its price depends on as well.
func refuseStale(diags *diag.Diagnostics, changed []difference, state, plan *subscriptionResourceModel, got *partnercenter.Subscription, buys bool) (stale bool) {
	now := *state
	now.refresh(got)
	for _, a := range attributes {
		was, is, will := a.of(state), a.of(&now), a.of(plan)
		counts := buys && a.Renewal || slices.ContainsFunc(changed, func(d difference) bool { return d.Name == a.Name })
		if counts && !is.Equal(was) && !is.Equal(will) {
			framework.AddStale(diags, a.Name, was, is, will)
			stale = true
		}
	}
	return stale
}

// names are those of the attributes that a plan changes.
func names(changed []difference) []string {
	all := make([]string, len(changed))
	for i, d := range changed {
		all[i] = d.Name
	}
	return all
}

// counts reports whether an attribute decides something for this subscription.
func (m *subscriptionResourceModel) counts(name string) bool {
	switch name {
	case change.AutoRenew:
		return m.EndOfTerm.IsNull()
	case change.EndOfTerm:
		return !m.EndOfTerm.IsNull()
	}
	return true
}

// atTermEnd is what happens at the end of the term, "" where that is not said.
func (m *subscriptionResourceModel) atTermEnd() change.TermEnd {
	if m.EndOfTerm.IsNull() {
		return change.RenewOrCancel(framework.KnownBool(m.AutoRenewEnabled))
	}
	return change.TermEnd(m.EndOfTerm.ValueString())
}

// endOf tells of a subscription whose configuration does not say end_of_term, too: to write down what happens anyway changes nothing.
func endOf(m *subscriptionResourceModel) attr.Value {
	if m.EndOfTerm.IsNull() {
		return framework.String(string(m.atTermEnd()))
	}
	return m.EndOfTerm
}
