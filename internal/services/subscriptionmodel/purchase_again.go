// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// PurchaseAgain is a block that buys the same on the same conditions, to be pasted.
func (m *Model) PurchaseAgain() string {
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
