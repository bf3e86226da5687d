// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// tenantIndex lists the ids of the tenant for people who look around: kind to entries.
func tenantIndex(t *world.Tenant) map[string]any {
	customers, products, resellers, subscriptions := []object{}, []object{}, []object{}, []object{}
	for _, c := range t.Customers {
		customers = append(customers, object{"id": c.ID, "name": c.Name, "country": c.Country, "note": note(c)})
		for _, sub := range c.Subscriptions {
			subscriptions = append(subscriptions, object{"customerId": c.ID, "id": sub.ID, "name": sub.FriendlyName, "offer": sub.OfferName,
				"status": sub.Status, "quantity": sub.Quantity})
		}
	}
	for _, p := range t.Products {
		for _, k := range p.SKUs {
			products = append(products, object{"id": p.ID, "skuId": k.ID, "name": world.Item{Product: p, SKU: k}.OfferName(), "publisher": p.Publisher})
		}
	}
	for _, reseller := range t.Resellers {
		resellers = append(resellers, object{"id": reseller.TenantID, "mpnId": reseller.MPNID, "name": reseller.Name})
	}
	return map[string]any{"customers": customers, "products": products, "resellers": resellers, "subscriptions": subscriptions}
}

// note says what is special about a customer.
func note(c *world.Customer) string {
	switch {
	case c.Relationship != "reseller":
		return "former customer: 403"
	case !c.HasAgreed():
		return "has not accepted the Microsoft Customer Agreement"
	case c.Validation == "UnderReview":
		return "account under review"
	case len(c.Segments) > 0:
		return "qualified for " + strings.Join(c.Segments, ", ")
	}
	return ""
}
