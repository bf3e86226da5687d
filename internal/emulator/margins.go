// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listMargins has the margins of all private offers, in one page (reference/commerce.md#margins-of-private-offers).
func listMargins(r *call) (int, any) {
	results := []object{}
	for n, m := range r.world.Tenant.Margins {
		results = append(results, r.renderMargin(m, n))
	}
	return http.StatusOK, object{"pageSize": len(results), "totalSize": len(results) + r.behaviour.MarginsLeftOut, "results": results}
}

func (r *call) renderMargin(m world.Margin, position int) object {
	status, since := cmp.Or(m.Status, "active"), m.Start
	switch now := r.world.Now(); {
	case now.Before(m.Start):
		status = "upcoming"
	case !now.Before(m.End):
		status, since = "expired", m.End
	}
	answer := object{
		"id": cmp.Or(m.ID, fmt.Sprintf("margin-%d", position+1)), "productId": m.ProductID, "productType": "SaaS",
		"startDate": stamp(m.Start), "endDate": stamp(m.End), "status": status, "statusDate": stamp(since),
	}
	if p := r.world.Tenant.Product(m.ProductID); p != nil {
		answer["productTitle"], answer["publisherName"] = p.Title, p.Publisher
		if k := p.SKU(m.SkuID); k != nil {
			answer["skuId"], answer["skuTitle"] = k.ID, k.Title
		}
	}
	if m.Price == 0 {
		answer[r.behaviour.MarginMember] = m.Percent
		return answer
	}
	answer["priceConfiguration"] = object{"pricingModel": "perUser", "purchase": []object{{"termDuration": "P1M", "price": object{"amount": m.Price, "currency": "EUR"}}}}
	return answer
}
