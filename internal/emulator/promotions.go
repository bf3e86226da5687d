// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func listPromotions(r *call) (int, any) {
	if parameter(r, "country") == "" || parameter(r, "segment") == "" {
		return http.StatusBadRequest, fault(3000, "The property country or segment is invalid: it is required.")
	}
	var found []object
	for _, p := range r.world.Tenant.Promotions {
		if strings.EqualFold(parameter(r, "segment"), "commercial") {
			found = append(found, renderPromotion(p))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getPromotion(r *call) (int, any) {
	p := r.world.Tenant.Promotion(r.PathValue("promotion"))
	if p == nil {
		return http.StatusNotFound, fault(1000, "Promotion %s was not found.", r.PathValue("promotion"))
	}
	return http.StatusOK, renderPromotion(*p)
}

func renderPromotion(p world.Promotion) object {
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

func checkPromotions(r *call, c *world.Customer) (int, any) {
	var sent eligibilityRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	var answers []object
	for n, asked := range sent.Items {
		found, code := r.world.Tenant.FindItem(asked.CatalogItemID, c.Country)
		eligibilities := []object{}
		for _, p := range r.world.Tenant.Promotions {
			if asked.PromotionID != "" && !strings.EqualFold(asked.PromotionID, p.ID) || asked.PromotionID == "" && !strings.HasPrefix(asked.CatalogItemID, p.ProductID) {
				continue
			}
			problems := []string{"InvalidCatalogItemId"}
			if code == 0 {
				_, problems = r.world.PromotionFor(c, p.ID, found, asked.Quantity, asked.TermDuration, asked.BillingCycle)
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
