// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// forPromotions lets Admin agents and global administrators through (reference/commerce.md#promotions); roles are a matter of users.
func forPromotions(h handler) handler {
	return func(r *call) (int, any) {
		if !r.caller.AppOnly && !r.caller.HasRole(world.RoleAdminAgent) && !r.caller.HasRole(world.RoleGlobalAdmin) {
			return http.StatusForbidden, fault(900150, "The role of the user has no right for the operation.")
		}
		return h(r)
	}
}

// listPromotions has the promotions that run today.
func listPromotions(r *call) (int, any) {
	if parameter(r, "country") == "" || parameter(r, "segment") == "" {
		return http.StatusBadRequest, fault(3000, "The property country or segment is invalid: it is required.")
	}
	var found []object
	if strings.EqualFold(parameter(r, "segment"), "commercial") {
		for _, p := range r.world.Running("") {
			found = append(found, r.renderPromotion(p))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getPromotion(r *call) (int, any) {
	p := r.world.Tenant.Promotion(r.PathValue("promotion"))
	if p == nil {
		return http.StatusNotFound, fault(1000, "Promotion %s was not found.", r.PathValue("promotion"))
	}
	return http.StatusOK, r.renderPromotion(*p)
}

func (r *call) renderPromotion(p world.Promotion) object {
	return object{
		"id": p.ID, "name": p.Name, "description": p.Description, "startDate": stamp(p.Start), "endDate": stamp(p.End),
		"properties": object{"isAutoApplicable": r.behaviour.AutoApplicablePromotions},
		"requiredProducts": []object{{"productId": p.ProductID, "skuId": p.SkuID, "term": object{"duration": p.Duration, "billingCycle": p.Cycle},
			"pricingPolicies": []object{{"policyType": "PercentDiscount", "value": fmt.Sprintf("0.%02d", p.Percent)}}}},
		"attributes": objectType("ProductPromotion"),
	}
}

type eligibilityRequest struct{ Items []eligibilityItem }

type eligibilityItem struct {
	ID                                                     any
	CatalogItemID, TermDuration, BillingCycle, PromotionID string
	Quantity                                               int
}

func checkPromotions(r *call, c *world.Customer) (int, any) {
	var sent eligibilityRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	var answers []object
	for n, asked := range sent.Items {
		answers = append(answers, object{
			"id": numbered(asked.ID, n), "catalogItemId": asked.CatalogItemID, "quantity": asked.Quantity, "billingCycle": asked.BillingCycle,
			"termDuration": asked.TermDuration, "eligibilities": r.eligibilities(c, asked), "attributes": objectType("PromotionEligibilities"),
		})
	}
	return http.StatusOK, collection(r, answers)
}

// numbered is an id as the service answers with it: a number, whether it was sent as one, as text, or not at all.
func numbered(id any, position int) any {
	if number, err := strconv.Atoi(fmt.Sprint(id)); err == nil {
		return number
	}
	return position
}

// eligibilities are those of the promotion that was asked about, or of each that runs for the item.
func (r *call) eligibilities(c *world.Customer, asked eligibilityItem) []object {
	wanted := []string{asked.PromotionID}
	if asked.PromotionID == "" {
		wanted = nil
		for _, p := range r.world.Running(asked.CatalogItemID) {
			wanted = append(wanted, p.ID)
		}
	}
	found := []object{}
	if len(wanted) == 0 {
		return append(found, object{"promotionId": "", "isEligible": false, "errors": []object{{"type": "NoPromotionsAvailable", "description": "The item has no promotions."}}})
	}
	for _, id := range wanted {
		one := object{"promotionId": id, "isEligible": true}
		if errors := r.eligibilityErrors(c, id, asked); len(errors) > 0 {
			one["isEligible"], one["errors"] = false, errors
		}
		found = append(found, one)
	}
	return found
}

func (r *call) eligibilityErrors(c *world.Customer, promotionID string, asked eligibilityItem) []object {
	item, code := r.world.Tenant.FindItem(asked.CatalogItemID, c.Country)
	if code != 0 {
		return []object{eligibilityError("InvalidCatalogItemId")}
	}
	p, problems := r.world.PromotionFor(c, promotionID, item, asked.Quantity, asked.TermDuration, asked.BillingCycle)
	var errors []object
	for _, kind := range problems {
		one := eligibilityError(kind)
		switch kind {
		case "SeatCount":
			one["minimumRequiredSeats"], one["maximumRequiredSeats"], one["availableSeats"] = 1, p.MaxSeats, p.MaxSeats
		case "Term":
			one["eligibleTerms"] = []object{{"billingCycle": p.Cycle, "duration": p.Duration}}
		}
		errors = append(errors, one)
	}
	return errors
}

func eligibilityError(kind string) object {
	return object{"type": kind, "description": "The promotion does not fit: " + kind + "."}
}
