// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	offers "github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

type promotionErrorModel struct {
	Type                              types.String         `tfsdk:"type"`
	Description                       types.String         `tfsdk:"description"`
	MinimumRequiredSeats              types.Int64          `tfsdk:"minimum_required_seats"`
	MaximumRequiredSeats              types.Int64          `tfsdk:"maximum_required_seats"`
	AvailableSeats                    types.Int64          `tfsdk:"available_seats"`
	MaxPromotionRedemptionCount       types.Int64          `tfsdk:"max_promotion_redemption_count"`
	RemainingPromotionRedemptionCount types.Int64          `tfsdk:"remaining_promotion_redemption_count"`
	EligibleTerms                     []promotionTermModel `tfsdk:"eligible_terms"`
}

type promotionTermModel struct {
	TermDuration types.String `tfsdk:"term_duration"`
	BillingCycle types.String `tfsdk:"billing_cycle"`
}

func promotionErrorAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type": framework.ShownText("Kind of reason, such as `SeatCount`, `Term`, `RedemptionLimit` or `OfferPurchasedPreviously`; " +
			"null where the customer cannot buy the SKU in this way at all."),
		"description":                          framework.ShownText("The reason in words."),
		"minimum_required_seats":               framework.ShownNumber("Least licenses, for `SeatCount`."),
		"maximum_required_seats":               framework.ShownNumber("Most licenses, for `SeatCount`."),
		"available_seats":                      framework.ShownNumber("Licenses that are left, for `SeatCount`; null where Partner Center does not say."),
		"max_promotion_redemption_count":       framework.ShownNumber("How often it may be used, for `RedemptionLimit`."),
		"remaining_promotion_redemption_count": framework.ShownNumber("How often it may still be used, for `RedemptionLimit`."),
		"eligible_terms": framework.ShownObjects("Terms it is for, for `Term`.", map[string]schema.Attribute{
			"term_duration": framework.ShownText("Commitment."), "billing_cycle": framework.ShownText("Billing cycle."),
		}),
	}
}

// wanted are the promotions with what of them is for the product that was asked about.
func (m *promotionsModel) wanted(found []partnercenter.Promotion) []partnercenter.Promotion {
	product, sku := m.ProductID.ValueString(), m.SkuID.ValueString()
	if product == "" {
		return found
	}
	var kept []partnercenter.Promotion
	for _, p := range found {
		p.RequiredProducts = slices.DeleteFunc(slices.Clone(p.RequiredProducts), func(r partnercenter.PromotionRequiredProduct) bool {
			return !strings.EqualFold(r.ProductID, product) || sku != "" && !strings.EqualFold(r.SkuID, sku)
		})
		if len(p.RequiredProducts) > 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// check asks whether the customer would get the promotions.
func (d *promotionsDataSource) check(ctx context.Context, config *promotionsModel, wanted []partnercenter.Promotion) error {
	var uses []offers.PromotionUse
	var shown []*promotionProductModel
	for i := range wanted {
		for j := range wanted[i].RequiredProducts {
			uses = append(uses, offers.PromotionUse{PromotionID: wanted[i].ID, Product: &wanted[i].RequiredProducts[j]})
			shown = append(shown, &config.Promotions[i].RequiredProducts[j])
		}
	}
	answers, err := offers.Eligibilities(ctx, d.Client, config.CustomerID.ValueString(), config.Quantity.ValueInt64(), uses)
	for i, answer := range answers {
		if answer != nil {
			shown[i].IsEligible, shown[i].Errors = types.BoolValue(answer.IsEligible), framework.Each(answer.Errors, promotionErrorFromAPI)
		}
	}
	return err
}

func promotionFromAPI(p *partnercenter.Promotion) promotionModel {
	return promotionModel{
		ID: framework.String(p.ID), Name: framework.String(p.Name), Description: framework.String(p.Description),
		StartDate: framework.Time(p.StartDate), EndDate: framework.Time(p.EndDate), IsAutoApplicable: types.BoolValue(p.Properties.IsAutoApplicable),
		RequiredProducts: framework.Each(p.RequiredProducts, promotionProductFromAPI),
	}
}

func promotionProductFromAPI(p *partnercenter.PromotionRequiredProduct) promotionProductModel {
	return promotionProductModel{
		ProductID: framework.String(p.ProductID), SkuID: framework.String(p.SkuID),
		TermDuration: framework.String(p.Term.Duration), BillingCycle: framework.String(p.Term.CartBillingCycle()),
		PricingPolicies: framework.Each(p.PricingPolicies, func(policy *partnercenter.PromotionPricingPolicy) promotionPolicyModel {
			return promotionPolicyModel{framework.String(policy.PolicyType), framework.String(string(policy.Value))}
		}),
		Errors: []promotionErrorModel{},
	}
}

func promotionErrorFromAPI(e *partnercenter.PromotionEligibilityError) promotionErrorModel {
	counted := func(n *partnercenter.Int) types.Int64 { return types.Int64PointerValue((*int64)(n)) }
	return promotionErrorModel{
		Type: framework.String(e.Type), Description: framework.String(e.Description),
		MinimumRequiredSeats: framework.Positive(int64(e.MinimumRequiredSeats)), MaximumRequiredSeats: framework.Positive(int64(e.MaximumRequiredSeats)),
		AvailableSeats: counted(e.AvailableSeats), MaxPromotionRedemptionCount: counted(e.MaxPromotionRedemptionCount),
		RemainingPromotionRedemptionCount: counted(e.RemainingPromotionRedemptionCount),
		EligibleTerms: framework.Each(e.EligibleTerms, func(t *partnercenter.PromotionTerm) promotionTermModel {
			return promotionTermModel{framework.String(t.Duration), framework.String(t.CartBillingCycle())}
		}),
	}
}
