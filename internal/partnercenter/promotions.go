// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Promotion is a discount for new-commerce products.
// See https://learn.microsoft.com/partner-center/developer/promotion-resources.
type Promotion struct {
	ID               string                     `json:"id"`
	Name             string                     `json:"name"`
	Description      string                     `json:"description"`
	StartDate        Time                       `json:"startDate"`
	EndDate          Time                       `json:"endDate"`
	Properties       PromotionProperties        `json:"properties"`
	RequiredProducts []PromotionRequiredProduct `json:"requiredProducts"`
}

// PromotionProperties says whether a promotion applies by itself or has to be named in the cart.
type PromotionProperties struct {
	IsAutoApplicable bool `json:"isAutoApplicable"`
}

// PromotionRequiredProduct is a plan and term that a promotion is for.
type PromotionRequiredProduct struct {
	ProductID       string                   `json:"productId"`
	SkuID           string                   `json:"skuId"`
	Term            PromotionTerm            `json:"term"`
	PricingPolicies []PromotionPricingPolicy `json:"pricingPolicies"`
}

// PromotionTerm is a pair of commitment and billing cycle.
type PromotionTerm struct {
	Duration     string `json:"duration"`
	BillingCycle string `json:"billingCycle"`
}

// CartBillingCycle is the billing cycle as carts spell it: promotions have Monthly and OneTime.
func (t PromotionTerm) CartBillingCycle() string {
	if sameEnum(t.BillingCycle, "one_time") {
		return "one_time"
	}
	return strings.ToLower(t.BillingCycle)
}

// PromotionPricingPolicy is the discount; PercentDiscount of 0.05 is five per cent.
type PromotionPricingPolicy struct {
	PolicyType string `json:"policyType"`
	Value      Text   `json:"value"`
}

// UnmarshalJSON also accepts the policy's type under the name that the documented table has (reference/commerce.md#promotions).
func (p *PromotionPricingPolicy) UnmarshalJSON(data []byte) error {
	var found struct {
		PolicyType, Type string
		Value            Text
	}
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	p.PolicyType, p.Value = cmp.Or(found.PolicyType, found.Type), found.Value
	return nil
}

// Promotions lists the promotions of a country (ISO 3166 alpha-2) and segment.
// See https://learn.microsoft.com/partner-center/developer/get-promotions.
func (c *Client) Promotions(ctx context.Context, country, segment string) ([]Promotion, error) {
	return list[Promotion](ctx, c, call{
		operation: "list promotions", method: http.MethodGet, path: route("productpromotions"),
		query: url.Values{"country": {country}, "segment": {segment}},
	})
}

// PromotionEligibilityRequest is a purchase to be checked; without a PromotionID all promotions are looked at.
type PromotionEligibilityRequest struct {
	ID            Int    `json:"id"`
	CatalogItemID string `json:"catalogItemId"`
	Quantity      Int    `json:"quantity"`
	TermDuration  string `json:"termDuration"`
	BillingCycle  string `json:"billingCycle"`
	PromotionID   string `json:"promotionId,omitzero"`
}

// PromotionEligibilities is the answer to one request, promotion by promotion.
type PromotionEligibilities struct {
	ID            Int                    `json:"id"`
	CatalogItemID string                 `json:"catalogItemId"`
	Quantity      Int                    `json:"quantity"`
	TermDuration  string                 `json:"termDuration"`
	BillingCycle  string                 `json:"billingCycle"`
	Eligibilities []PromotionEligibility `json:"eligibilities"`
}

// PromotionEligibility says whether a promotion would apply.
type PromotionEligibility struct {
	PromotionID string                      `json:"promotionId"`
	IsEligible  bool                        `json:"isEligible"`
	Errors      []PromotionEligibilityError `json:"errors"`
}

// PromotionEligibilityError is why it would not; Type is SeatCount, Term, RedemptionLimit and the like.
type PromotionEligibilityError struct {
	Type                              string          `json:"type"`
	Description                       string          `json:"description"`
	MinimumRequiredSeats              Int             `json:"minimumRequiredSeats"`
	MaximumRequiredSeats              Int             `json:"maximumRequiredSeats"`
	AvailableSeats                    *Int            `json:"availableSeats"` // nil where the service does not say, as the next two
	MaxPromotionRedemptionCount       *Int            `json:"maxPromotionRedemptionCount"`
	RemainingPromotionRedemptionCount *Int            `json:"remainingPromotionRedemptionCount"`
	EligibleTerms                     []PromotionTerm `json:"eligibleTerms"`
}

// PromotionEligibilities asks which promotions would apply to purchases of a customer: a cart with one that does not is bought at list price.
// See https://learn.microsoft.com/partner-center/developer/verify-promotion-eligibility.
func (c *Client) PromotionEligibilities(ctx context.Context, customerID string, items []PromotionEligibilityRequest) ([]PromotionEligibilities, error) {
	body := struct {
		Items []PromotionEligibilityRequest `json:"items"`
	}{items}
	return list[PromotionEligibilities](ctx, c, call{
		operation: "check promotions", method: http.MethodPost, path: route("customers", customerID, "promotionEligibilities"),
		body: body, customer: customerID, asks: true,
	})
}
