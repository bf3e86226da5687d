// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// hasLapsed reports that a purchase ended because its publisher never set it up. Partner Center shows it like one that was canceled, or not
// at all, so what was known of it before decides. See reference/commerce.md#saas-that-nobody-activates-plans-that-activate-themselves.
func (f keptFacts) hasLapsed(now time.Time) bool {
	return f.Lapsed || f.Unactivated() && !now.Before(change.ActivateBy(f.Created))
}

// keepLapsed leaves a lapsed purchase that Partner Center does not show any more in the state, as one that has ended: without it the next
// plan would buy it again.
func (r *subscriptionResource) keepLapsed(ctx context.Context, state *subscriptionmodel.Model, kept keptFacts, resp *resource.ReadResponse) {
	state.Status, state.WaitingForActivation = types.StringValue(partnercenter.StatusDeleted), types.BoolValue(false)
	kept.Status, kept.Waiting, kept.Lapsed = partnercenter.StatusDeleted, false, true
	warnLapsed(state, kept.Created, &resp.Diagnostics)
	resp.Diagnostics.Append(kept.keepIn(ctx, resp.Private)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// warnOfEnd says that a subscription is over, or when one that its publisher has not set up will be.
func warnOfEnd(m *subscriptionmodel.Model, kept keptFacts, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	switch {
	case kept.Lapsed:
		warnLapsed(m, kept.Created, diags)
	case kept.Unactivated():
		title, text := words.AwaitsSetUp(kept.Publisher, change.ActivateBy(kept.Created))
		diags.AddWarning(title+m.Subject(), text)
	default:
		framework.WarnIfEnded(diags, m.CustomerID.ValueString(), got)
	}
}

func warnLapsed(m *subscriptionmodel.Model, bought time.Time, diags *diag.Diagnostics) {
	title, text := words.Lapsed(m.ID.ValueString(), m.PublisherName.ValueString(), change.ActivateBy(bought), purchaseAgain(m))
	diags.AddWarning(title+m.Subject(), text)
}

// purchaseAgain is a block that buys the same on the same conditions, to be pasted.
func purchaseAgain(m *subscriptionmodel.Model) string {
	renews := m.AutoRenewEnabled
	if !m.EndOfTerm.IsNull() || renews.ValueBool() { // what a purchase starts with
		renews = types.BoolNull()
	}
	given := []struct {
		name  string
		value attr.Value
	}{
		{"customer_id", m.CustomerID}, {"product_id", m.ProductID}, {"sku_id", m.SkuID}, {change.Quantity, m.Quantity}, {change.TermDuration, m.TermDuration},
		{change.BillingCycle, m.BillingCycle}, {change.FriendlyName, m.FriendlyName}, {change.AutoRenew, renews}, {change.EndOfTerm, m.EndOfTerm}, {change.PartnerID, m.PartnerID},
		{"price_limit", m.PriceLimit}, {"expect_margin", m.ExpectMargin}, {"provisioning_context", m.ProvisioningContext}, {"attestation_accepted", m.AttestationAccepted},
		{"renews_to", m.RenewsTo}, {"deletion_policy", m.DeletionPolicy}, {"wait_for_activation", m.WaitForActivation},
	}
	width := 0
	for _, g := range given {
		if framework.Known(g.value) {
			width = max(width, len(g.name))
		}
	}
	var block strings.Builder
	block.WriteString("resource \"partnercenter_subscription\" \"NEW_NAME\" {\n")
	for _, g := range given {
		if framework.Known(g.value) {
			fmt.Fprintf(&block, "  %-*s = %s\n", width, g.name, asHCL(g.value))
		}
	}
	return block.String() + "}"
}

// asHCL is a value as a configuration has it.
func asHCL(value attr.Value) string {
	switch v := value.(type) {
	case interface{ ValueString() string }:
		return escape.HCL(v.ValueString())
	case types.Object:
		return membersAsHCL(v.Attributes(), func(name string) string { return name })
	case types.Map:
		return membersAsHCL(v.Elements(), escape.HCL)
	}
	return value.String()
}

func membersAsHCL(members map[string]attr.Value, named func(string) string) string {
	var given []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if framework.Known(members[name]) {
			given = append(given, named(name)+" = "+asHCL(members[name]))
		}
	}
	return "{ " + strings.Join(given, ", ") + " }"
}
