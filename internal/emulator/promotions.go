// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"
	"time"
)

// Promotion is a discount on one term of a new-commerce product (commerce reference, Promotions).
type Promotion struct {
	ID, Name, Description, ProductID, SkuID, Duration, Cycle string
	Percent, MaxSeats                                        int
	Start, End                                               time.Time
	NewToProduct                                             bool // not for customers that own the product already
}

func (t *Tenant) promotion(id string) *Promotion {
	for i := range t.Promotions {
		if strings.EqualFold(t.Promotions[i].ID, id) {
			return &t.Promotions[i]
		}
	}
	return nil
}

// promotionFor finds a promotion and why it does not fit; one that does not fit is silently not applied.
func (s *Server) promotionFor(c *Customer, id string, i item, quantity int, duration, cycle string) (p *Promotion, problems []string) {
	p = s.tenant.promotion(id)
	if p == nil {
		return nil, []string{"InvalidPromotion"}
	}
	now := s.now()
	if p.ProductID != i.Product.ID || p.SkuID != i.SKU.ID {
		problems = append(problems, "InvalidCatalogItemId")
	}
	if !strings.EqualFold(p.Duration, duration) || !strings.EqualFold(p.Cycle, cycle) {
		problems = append(problems, "Term")
	}
	if p.MaxSeats > 0 && quantity > p.MaxSeats {
		problems = append(problems, "SeatCount")
	}
	if now.Before(p.Start) || now.After(p.End) {
		problems = append(problems, "InvalidPromotion")
	}
	if p.NewToProduct && owned(c, i) > 0 {
		problems = append(problems, "OfferPurchasedPreviously")
	}
	return p, problems
}

func listPromotions(s *Server, r *http.Request) (int, any) {
	if query(r, "country") == "" || query(r, "segment") == "" {
		return http.StatusBadRequest, fault(3000, "The property country or segment is invalid: it is required.")
	}
	var found []object
	for _, p := range s.tenant.Promotions {
		if strings.EqualFold(query(r, "segment"), "commercial") {
			found = append(found, p.render())
		}
	}
	return http.StatusOK, collection(r, found)
}

func getPromotion(s *Server, r *http.Request) (int, any) {
	p := s.tenant.promotion(r.PathValue("promotion"))
	if p == nil {
		return http.StatusNotFound, fault(1000, "Promotion %s was not found.", r.PathValue("promotion"))
	}
	return http.StatusOK, p.render()
}

func (p Promotion) render() object {
	return object{
		"id": p.ID, "name": p.Name, "description": p.Description, "startDate": stamp(p.Start), "endDate": stamp(p.End),
		"properties": object{"isAutoApplicable": false},
		"requiredProducts": []object{{"productId": p.ProductID, "skuId": p.SkuID, "term": object{"duration": p.Duration, "billingCycle": p.Cycle},
			"pricingPolicies": []object{{"policyType": "percent_discount", "value": p.Percent}}}},
		"attributes": objectType("ProductPromotion"),
	}
}

type eligibilityRequest struct {
	Items []struct {
		ID                                                     any
		CatalogItemID, TermDuration, BillingCycle, PromotionID string
		Quantity                                               int
	}
}

func checkPromotions(s *Server, c *Customer, r *http.Request) (int, any) {
	var sent eligibilityRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	var answers []object
	for n, asked := range sent.Items {
		found, code := s.tenant.findItem(asked.CatalogItemID, c.Country)
		eligibilities := []object{}
		for _, p := range s.tenant.Promotions {
			if asked.PromotionID != "" && !strings.EqualFold(asked.PromotionID, p.ID) || asked.PromotionID == "" && !strings.HasPrefix(asked.CatalogItemID, p.ProductID) {
				continue
			}
			problems := []string{"InvalidCatalogItemId"}
			if code == 0 {
				_, problems = s.promotionFor(c, p.ID, found, asked.Quantity, asked.TermDuration, asked.BillingCycle)
			}
			errors := []object{}
			for _, kind := range problems {
				errors = append(errors, object{"type": kind, "description": "The promotion does not fit: " + kind + "."})
			}
			eligibilities = append(eligibilities, object{"promotionId": p.ID, "isEligible": len(errors) == 0, "errors": errors})
		}
		id := asked.ID
		if id == nil {
			id = n
		}
		answers = append(answers, object{"id": id, "catalogItemId": asked.CatalogItemID, "quantity": asked.Quantity, "eligibilities": eligibilities})
	}
	return http.StatusOK, collection(r, answers)
}
