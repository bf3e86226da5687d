// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Refunds is for how long canceling a purchase is refunded, and how, such as "full P1D, partial P7D": by the catalog's own policy where it
// has one, else by that of the family; "none" where it is not refunded, "" where nobody says. See
// reference/commerce.md#cancellation-windows.
func (o *Offer) Refunds(chosen TermOption) string {
	var refunds []string
	for _, policy := range chosen.Term.CancellationPolicies {
		for _, option := range policy.RefundOptions {
			if option.ExpiresAfter != "" {
				refunds = append(refunds, strings.ToLower(option.Type)+" "+option.ExpiresAfter)
			}
		}
	}
	switch {
	case len(refunds) > 0:
		return strings.Join(refunds, ", ")
	case len(chosen.Term.CancellationPolicies) > 0:
		return "none"
	case o.Family() == partnercenter.FamilyMarketplaceSaaS:
		return "full P3D"
	case o.Family() == partnercenter.FamilyNewCommerce:
		return "partial P7D"
	}
	return ""
}
