// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"slices"
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

// PromotionUse is a purchase with one term of a promotion.
type PromotionUse struct {
	PromotionID string
	Product     *partnercenter.PromotionRequiredProduct
}

// Eligibilities says of each use whether the customer would get the promotion for so many licenses, nil where Partner Center does not say.
// It asks once about all of them.
func Eligibilities(ctx context.Context, client *partnercenter.Client, customerID string, quantity int64, uses []PromotionUse) ([]*partnercenter.PromotionEligibility, error) {
	found := make([]*partnercenter.PromotionEligibility, len(uses))
	var asked []partnercenter.PromotionEligibilityRequest
	for i, use := range uses {
		option, unsold, err := use.option(ctx, client, customerID)
		if err != nil {
			return nil, err
		}
		if unsold != nil {
			found[i] = &partnercenter.PromotionEligibility{PromotionID: use.PromotionID, Errors: []partnercenter.PromotionEligibilityError{{Description: unsold.Error()}}}
			continue
		}
		asked = append(asked, partnercenter.PromotionEligibilityRequest{
			ID: partnercenter.Int(i), CatalogItemID: option.Availability.CatalogItemID, Quantity: partnercenter.Int(quantity),
			TermDuration: option.TermDuration, BillingCycle: option.BillingCycle, PromotionID: use.PromotionID,
		})
	}
	if len(asked) == 0 {
		return found, nil
	}
	answers, err := client.PromotionEligibilities(ctx, customerID, asked)
	for _, answer := range answers {
		if i := int(answer.ID); i >= 0 && i < len(uses) && found[i] == nil {
			found[i] = of(uses[i].PromotionID, answer.Eligibilities)
		}
	}
	return found, err
}

// of is the answer about one promotion, nil for none.
func of(promotionID string, answers []partnercenter.PromotionEligibility) *partnercenter.PromotionEligibility {
	at := slices.IndexFunc(answers, func(e partnercenter.PromotionEligibility) bool { return strings.EqualFold(e.PromotionID, promotionID) })
	if at < 0 {
		return nil
	}
	return &answers[at]
}

// option is how the customer buys it today, or why the customer cannot.
func (u PromotionUse) option(ctx context.Context, client *partnercenter.Client, customerID string) (option TermOption, unsold, err error) {
	offer, err := ReadOffer(ctx, client.SharedAvailabilities, customerID, u.Product.ProductID, u.Product.SkuID)
	switch {
	case partnercenter.HasCode(err, "400013", "400018"):
		return TermOption{}, err, nil
	case err != nil:
		return TermOption{}, nil, err
	}
	option, unsold = offer.Choose(strings.ToUpper(u.Product.Term.Duration), u.Product.Term.CartBillingCycle())
	return option, unsold, nil
}
