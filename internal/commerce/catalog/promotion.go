// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// CheckPromotion asks whether a purchase gets its promotion: Partner Center sells at list price without a word when it does not.
func CheckPromotion(ctx context.Context, client *partnercenter.Client, customerID string, chosen TermOption, line partnercenter.CartLine) error {
	if line.PromotionID == "" {
		return nil
	}
	answers, err := client.PromotionEligibilities(ctx, customerID, []partnercenter.PromotionEligibilityRequest{{
		CatalogItemID: chosen.Availability.CatalogItemID, Quantity: line.Quantity,
		TermDuration: chosen.TermDuration, BillingCycle: chosen.BillingCycle, PromotionID: line.PromotionID,
	}})
	if err != nil {
		return err
	}
	var reasons []string
	for _, answer := range answers {
		for _, e := range answer.Eligibilities {
			if !strings.EqualFold(e.PromotionID, line.PromotionID) {
				continue
			}
			if e.IsEligible {
				return nil
			}
			for _, why := range e.Errors {
				reasons = append(reasons, strings.TrimSuffix(why.Description, ".")+" ("+why.Type+")")
			}
		}
	}
	if len(reasons) == 0 {
		reasons = []string{"Partner Center does not know it for this product, term and billing cycle"}
	}
	return fmt.Errorf("promotion_id %s does not apply: %s. Partner Center would sell at list price without a word. Remove promotion_id if that is wanted, or name another promotion", line.PromotionID, strings.Join(reasons, "; "))
}
