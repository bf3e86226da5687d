// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Refunds is for how long a purchase can be undone: by the catalogue's own policy where it has one, else by that of the family, nil where
// nobody says. See the commerce reference, Cancellation windows.
func (o *Offer) Refunds(chosen TermOption) []words.Refund {
	var refunds []words.Refund
	for _, policy := range chosen.Term.CancellationPolicies {
		for _, option := range policy.RefundOptions {
			if option.ExpiresAfter != "" {
				refunds = append(refunds, words.Refund{Period: words.Term(option.ExpiresAfter), Type: option.Type})
			}
		}
	}
	switch {
	case len(refunds) > 0:
	case o.Family() == partnercenter.FamilyMarketplaceSaaS:
		refunds = []words.Refund{{Period: "72 hours"}}
	case o.Family() == partnercenter.FamilyNewCommerce:
		refunds = []words.Refund{{Period: "7 days"}}
	}
	return refunds
}
