// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// products lists ids, following links.next.
func (a *api) products(path string) []string {
	a.t.Helper()
	var ids []string
	for path != "" {
		page := a.get(path)
		for _, one := range itemsOf(page) {
			ids = append(ids, one.(object)["id"].(string))
		}
		path = ""
		if next, more := page["links"].(object)["next"].(object); more {
			path = next["uri"].(string)
		}
	}
	return ids
}

func TestProducts(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.ProductsPageSize = 3 })
	nordwind, harbour := "customers/"+CustomerNordwind+"/products", "customers/"+CustomerHarbour+"/products"
	for name, test := range map[string]struct {
		path, has, lacks string
	}{
		"customer, marketplace":     {nordwind + "?targetView=MarketplaceSaaS", ProductPayroll, ProductOffice},
		"other country":             {harbour + "?targetView=marketplacesaas", ProductMailGuard, ProductPayroll},
		"new commerce":              {nordwind + "?targetView=OnlineServices", ProductOffice, ProductCharity},
		"country":                   {"products?country=de&targetView=MarketplaceSaaS", ProductPayroll, ProductCharity},
		"nonprofit by country":      {"products?country=DE&targetView=OnlineServices&targetSegment=nonprofit", ProductCharity, ProductOffice},
		"nonprofit of the customer": {"customers/" + CustomerHilfswerk + "/products?targetView=OnlineServices&targetSegment=nonprofit", ProductCharity, ProductOffice},
		"nonprofit of another":      {nordwind + "?targetView=OnlineServices&targetSegment=nonprofit", "", ProductCharity},
		"Azure":                     {nordwind + "?targetView=Azure", ProductAzurePlan, ProductOffice},
	} {
		ids := a.products(test.path)
		if test.has != "" && !slices.Contains(ids, test.has) || slices.Contains(ids, test.lacks) {
			t.Errorf("%s: got %v, want %q and not %q", name, ids, test.has, test.lacks)
		}
	}
	a.refused(a.call("GET", nordwind+"?targetView=Everything", nil), 403, 400036)
	a.refused(a.call("GET", nordwind+"?targetView=Azure&targetSegment=rich", nil), 403, 400030)
	a.s.Behave(func(b *Behaviour) { b.UnknownTargetViewIsBadRequest = true })
	a.refused(a.call("GET", nordwind, nil), 400, 900126)
	a.refused(a.call("GET", "products?targetView=Azure", nil), 400, 3000)
}

func TestProductTypes(t *testing.T) {
	a := newAPI(t, nil)
	wantMembers(t, a.get("products/"+ProductMailGuard+"?country=DE"), object{"isMicrosoftProduct": false,
		"productType": object{"id": "Azure", "displayName": "Azure", "subType": object{"id": "SaaS", "displayName": "SaaS"}}})
	wantMembers(t, a.get("customers/"+CustomerNordwind+"/products/"+ProductOffice), object{"isMicrosoftProduct": true,
		"productType": object{"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"}})
	a.refused(a.call("GET", "products/"+ProductPayroll+"?country=GB", nil), 404, 400013)
	a.refused(a.call("GET", "products/"+ProductOffice+"/skus/0009?country=GB", nil), 404, 400018)
	a.refused(a.call("GET", "products/"+ProductOffice+"/skus/0001/availabilities/x?country=GB", nil), 404, 400019)
}

func TestSKUsAndAvailabilities(t *testing.T) {
	a := newAPI(t, nil)
	base := "customers/" + CustomerNordwind + "/products/"
	if n := len(itemsOf(a.get(base + ProductMailGuard + "/skus"))); n != 2 {
		t.Errorf("got %d SKUs, want 2", n)
	}
	wantMembers(t, a.get(base+ProductMailGuard+"/skus/0002"), object{"minimumQuantity": 25, "maximumQuantity": 5000, "supportedBillingCycles": []string{"monthly", "annual"}})
	wantMembers(t, a.get(base+ProductMedical+"/skus/0001"), object{"attestationProperties": object{"attestationType": "customer_eligibility", "enforceAttestation": true}})

	found := itemsOf(a.get(base + ProductMailGuard + "/skus/0001/availabilities"))
	if len(found) != 2 {
		t.Fatalf("got %d availabilities, want one that is no longer sold and one that is", len(found))
	}
	wantMembers(t, found[0].(object), object{"isPurchasable": false})
	sold := found[1].(object)
	wantMembers(t, sold, object{"isPurchasable": true, "segment": "commercial", "country": "DE", "catalogItemId": a.s.CatalogItemID(CustomerNordwind, ProductMailGuard, "0001")})
	one := a.get(base + ProductMailGuard + "/skus/0001/availabilities/" + sold["id"].(string))
	wantMembers(t, one, object{"catalogItemId": sold["catalogItemId"], "terms": sold["terms"]})
	terms, _ := json.Marshal(one["terms"])
	for _, text := range []string{`"billingCycle":"Annual"`, `"expiresAfter":"P3D"`} {
		if !strings.Contains(string(terms), text) {
			t.Errorf("%s is not in %s", text, terms)
		}
	}
	trial := itemsOf(a.get(base + ProductSignature + "/skus/0001/availabilities"))[0].(object)["terms"].([]any)[0].(object)
	wantMembers(t, trial, object{"renewalOptions": []object{{"termDuration": "P1M", "description": "renews into P1M"}, {"termDuration": "P1Y", "description": "renews into P1Y"}}})
	retired := itemsOf(a.get(base + ProductRetired + "/skus/0001/availabilities"))[0].(object)
	wantMembers(t, retired, object{"isPurchasable": false, "isRenewable": false})
	if n := len(itemsOf(a.get("products/" + ProductOfficePlus + "/skus/0001/availabilities?country=DE"))); n != 2 {
		t.Errorf("got %d segments, want commercial and education", n)
	}
	if n := len(itemsOf(a.get(base + ProductOfficePlus + "/skus/0001/availabilities"))); n != 1 {
		t.Errorf("got %d segments for the customer, want commercial", n)
	}
}

func TestInventory(t *testing.T) {
	a := newAPI(t, nil)
	got := a.call("POST", "extensions/product/checkinventory?country=DE", object{"inventoryContext": object{},
		"targetItems": []object{{"productId": ProductOffice, "skuId": "0001"}, {"productId": "unknown", "skuId": "0001"}}})
	var found []object
	if err := json.Unmarshal([]byte(got.body), &found); err != nil || len(found) != 1 || found[0]["isRestricted"] != false {
		t.Fatalf("got %s", got.body)
	}
}

func TestPromotions(t *testing.T) {
	a := newAPI(t, nil)
	running := itemsOf(a.get("productpromotions?country=DE&segment=commercial"))
	if len(running) != 1 { // one of the two has ended
		t.Fatalf("got %d promotions, want 1", len(running))
	}
	policy := running[0].(object)["requiredProducts"].([]any)[0].(object)["pricingPolicies"].([]any)[0].(object)
	wantMembers(t, policy, object{"policyType": "PercentDiscount", "value": "0.15"})
	if n := len(itemsOf(a.get("productpromotions?country=DE&segment=education"))); n != 0 {
		t.Errorf("got %d promotions for education, want 0", n)
	}
	wantMembers(t, a.get("productpromotions/"+PromotionPlus+"?country=DE"), object{"id": PromotionPlus})
	a.refused(a.call("GET", "productpromotions/none?country=DE", nil), 404, 1000)
	price := func(promotion, term string, quantity int) any {
		cycle := "monthly"
		line := a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", quantity, term, cycle)
		line["promotionId"] = promotion
		return a.cart(CustomerKaffeehaus, line)["lineItems"].([]any)[0].(object)["pricing"].(object)["price"]
	}
	for name, test := range map[string][2]any{
		"fits": {price(PromotionPlus, "P1Y", 5), 17.51}, "too many seats": {price(PromotionPlus, "P1Y", 101), 20.6},
		"other term": {price(PromotionPlus, "P1M", 5), 24.72}, "ended": {price(PromotionEnded, "P1Y", 5), 20.6},
	} {
		if test[0] != test[1] {
			t.Errorf("%s: got %v, want %v", name, test[0], test[1])
		}
	}
	line := a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", 5, "P1Y", "monthly")
	line["promotionId"] = PromotionPlus
	_, id := a.buy(CustomerKaffeehaus, line)
	wantMembers(t, a.subscription(CustomerKaffeehaus, id), object{"promotionId": PromotionPlus})
	_, id = a.buy(CustomerKaffeehaus, line) // for customers without the product only: bought at list price, without a word
	absent(t, a.subscription(CustomerKaffeehaus, id), "promotionId")

}

func TestPromotionEligibilities(t *testing.T) {
	a := newAPI(t, nil)
	item := a.s.CatalogItemID(CustomerKaffeehaus, ProductOfficePlus, "0001")
	ask := func(change object) object {
		one := object{"id": "7", "catalogItemId": item, "quantity": 5, "termDuration": "P1Y", "billingCycle": "monthly"}
		maps.Copy(one, change)
		answer := itemsOf(a.ok("POST", "customers/"+CustomerKaffeehaus+"/promotionEligibilities", object{"items": []object{one}}))[0].(object)
		wantMembers(t, answer, object{"id": 7.0, "termDuration": one["termDuration"], "billingCycle": one["billingCycle"]})
		return answer["eligibilities"].([]any)[0].(object)
	}
	wantMembers(t, ask(nil), object{"isEligible": true, "promotionId": PromotionPlus})
	for name, test := range map[string]struct{ change, want object }{
		"too many seats": {object{"quantity": 101}, object{"type": "SeatCount", "minimumRequiredSeats": 1.0, "maximumRequiredSeats": 100.0}},
		"another term":   {object{"termDuration": "P1M"}, object{"type": "Term"}},
		"ended":          {object{"promotionId": PromotionEnded}, object{"type": "InvalidPromotion"}},
		"no item":        {object{"catalogItemId": "A:B:C", "promotionId": PromotionPlus}, object{"type": "InvalidCatalogItemId"}},
		"none":           {object{"catalogItemId": a.s.CatalogItemID(CustomerKaffeehaus, ProductOffice, "0001")}, object{"type": "NoPromotionsAvailable"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(test.change)
			wantMembers(t, got, object{"isEligible": false})
			wantMembers(t, got["errors"].([]any)[0].(object), test.want)
		})
	}
}

// A promotion that applies by itself stands on a line that has named none, with its price.
func TestPromotions_autoApplicable(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.AutoApplicablePromotions = true })
	line := a.line(CustomerKaffeehaus, ProductOfficePlus, "0001", 5, "P1Y", "monthly")
	priced := a.cart(CustomerKaffeehaus, line)["lineItems"].([]any)[0].(object)
	wantMembers(t, priced, object{"promotionId": PromotionPlus})
	wantMembers(t, priced["pricing"].(object), object{"listPrice": 20.6, "price": 17.51})
	line["quantity"] = 101
	absent(t, a.cart(CustomerKaffeehaus, line)["lineItems"].([]any)[0].(object), "promotionId")
	wantMembers(t, itemsOf(a.get("productpromotions?country=DE&segment=commercial"))[0].(object)["properties"].(object), object{"isAutoApplicable": true})
}
