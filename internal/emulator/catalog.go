// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// catalogScope is for whom the catalogue is asked: a country, or a customer and so that customer's country.
type catalogScope struct {
	country  string
	customer *world.Customer
}

type scopedHandler func(r *call, scope catalogScope) (int, any)

func inCountry(h scopedHandler) handler {
	return func(r *call) (int, any) {
		r.world.RotateDue(r.world.Now())
		country := parameter(r, "country")
		if len(country) != 2 {
			return http.StatusBadRequest, fault(3000, "The property country is invalid: two letters are required.")
		}
		return h(r, catalogScope{country: strings.ToUpper(country)})
	}
}

func ofCustomer(h scopedHandler) handler {
	return forCustomer(func(r *call, c *world.Customer) (int, any) {
		return h(r, catalogScope{country: c.Country, customer: c})
	})
}

// views are the values of targetView with the families they hold (reference/commerce.md#targetview).
var views = map[string][]world.Family{
	"marketplacesaas": {world.FamilySaaS}, "onlineservices": {world.FamilyNCE, world.FamilyLegacy},
	"azure": {world.FamilyAzure}, "microsoftazure": {world.FamilyAzure}, "azurereservations": nil, "azurereservationsvm": nil,
	"azurereservationssql": nil, "azurereservationscosmosdb": nil, "software": {world.FamilySoftware},
	"softwaresuselinux": nil, "softwareperpetual": {world.FamilySoftware}, "softwaresubscriptions": nil, "specializedoffers": nil,
}

// viewFamilies are the families that a value of targetView holds.
func (r *call) viewFamilies(name string) (families []world.Family, known bool) {
	name = strings.ToLower(name)
	families, known = views[name]
	if r.behaviour.NoMarketplaceView {
		switch name {
		case "marketplacesaas":
			return nil, false
		case "onlineservices":
			families = append(slices.Clone(families), world.FamilySaaS)
		}
	}
	return families, known
}

func listProducts(r *call, scope catalogScope) (int, any) {
	families, known := r.viewFamilies(parameter(r, "targetView"))
	switch {
	case !known && r.behaviour.UnknownTargetViewIsBadRequest:
		return http.StatusBadRequest, fault(900126, "The value %q of targetView could not be parsed.", parameter(r, "targetView"))
	case !known:
		return http.StatusForbidden, fault(400036, "The target view %q is not allowed for this partner.", parameter(r, "targetView"))
	}
	segment, refusal := targetSegment(r)
	if refusal != nil {
		return refuse(refusal)
	}
	var found []object
	for _, p := range r.world.Tenant.Products {
		if slices.Contains(families, p.Family) && p.SoldIn(scope.country) && slices.ContainsFunc(p.SKUs, func(k *world.SKU) bool {
			return len(visibleSegments(k, scope, segment)) > 0
		}) {
			found = append(found, renderProduct(p, scope.country))
		}
	}
	return http.StatusOK, pageByOffset(r, found, r.behaviour.ProductsPageSize)
}

// pageByOffset cuts one page of items and links to the next; a size of 0 puts all on one page.
func pageByOffset(r *call, items []object, size int) object {
	offset, _ := strconv.Atoi(parameter(r, "offset"))
	offset = min(max(offset, 0), len(items))
	end := len(items)
	if size > 0 {
		end = min(offset+size, end)
	}
	page := collection(r, items[offset:end])
	if end < len(items) {
		next := *r.URL
		values, _ := url.ParseQuery(next.RawQuery)
		values.Set("offset", strconv.Itoa(end))
		next.RawQuery = values.Encode()
		continued(page, uriOf(&next), "")
	}
	return page
}

func targetSegment(r *call) (segment string, refusal *world.Refusal) {
	segment = strings.ToLower(parameter(r, "targetSegment"))
	if segment != "" && !world.OneOf(segment, "commercial", "education", "government", "nonprofit") {
		return "", &world.Refusal{Status: http.StatusForbidden, Code: 400030, Description: fmt.Sprintf("The target segment %q is not allowed for this partner.", segment)}
	}
	return segment, nil
}

// visibleSegments are the segments of a SKU that the asker sees: without a wish all but nonprofit, for a customer
// only those it is qualified for.
func visibleSegments(k *world.SKU, scope catalogScope, wanted string) []string {
	var seen []string
	for _, segment := range k.SoldTo() {
		asked := segment == wanted || wanted == "" && segment != "nonprofit"
		qualified := scope.customer == nil || segment == "commercial" || slices.Contains(scope.customer.Segments, segment)
		if asked && qualified {
			seen = append(seen, segment)
		}
	}
	return seen
}

// forSKU finds product and, where the path has one, SKU.
func forSKU(h func(r *call, p *world.Product, k *world.SKU, scope catalogScope) (int, any)) scopedHandler {
	return func(r *call, scope catalogScope) (int, any) {
		p := r.world.Tenant.Product(r.PathValue("product"))
		if p == nil || !p.SoldIn(scope.country) {
			return http.StatusNotFound, fault(400013, "Product %s was not found in %s.", r.PathValue("product"), scope.country)
		}
		if r.PathValue("sku") == "" {
			return h(r, p, nil, scope)
		}
		k := p.SKU(r.PathValue("sku"))
		if k == nil {
			return http.StatusNotFound, fault(400018, "SKU %s of product %s was not found.", r.PathValue("sku"), p.ID)
		}
		return h(r, p, k, scope)
	}
}

func getProduct(r *call, p *world.Product, _ *world.SKU, scope catalogScope) (int, any) {
	return http.StatusOK, renderProduct(p, scope.country)
}

func listSKUs(r *call, p *world.Product, _ *world.SKU, scope catalogScope) (int, any) {
	segment, refusal := targetSegment(r)
	if refusal != nil {
		return refuse(refusal)
	}
	var found []object
	for _, k := range p.SKUs {
		if len(visibleSegments(k, scope, segment)) > 0 {
			found = append(found, renderSKU(p, k, scope.country))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getSKU(r *call, p *world.Product, k *world.SKU, scope catalogScope) (int, any) {
	return http.StatusOK, renderSKU(p, k, scope.country)
}

func listAvailabilities(r *call, p *world.Product, k *world.SKU, scope catalogScope) (int, any) {
	segment, refusal := targetSegment(r)
	if refusal != nil {
		return refuse(refusal)
	}
	var found []object
	for _, segment := range visibleSegments(k, scope, segment) {
		i := world.Item{Product: p, SKU: k, Segment: segment, Availability: world.AvailabilityID(p, k, scope.country, segment, r.world.Tenant.Generation)}
		if k.RetiredFirst {
			retired := i
			retired.Availability = world.AvailabilityID(p, k, scope.country, segment, 999)
			found = append(found, renderAvailability(retired, scope.country, false))
		}
		found = append(found, renderAvailability(i, scope.country, !k.NotPurchasable))
	}
	return http.StatusOK, collection(r, found)
}

func getAvailability(r *call, p *world.Product, k *world.SKU, scope catalogScope) (int, any) {
	id := r.PathValue("availability")
	i, code := r.world.Tenant.FindItem(p.ID+":"+k.ID+":"+id, scope.country)
	if code != 0 || i.Stale {
		return http.StatusNotFound, fault(400019, "Availability %s was not found.", id)
	}
	return http.StatusOK, renderAvailability(i, scope.country, !k.NotPurchasable)
}

type inventoryRequest struct {
	TargetItems []struct{ ProductID, SkuID string }
	// InventoryContext only matters to Azure reservations.
	InventoryContext map[string]string
}

func checkInventory(r *call) (int, any) {
	var asked inventoryRequest
	if refusal := decode(r, &asked); refusal != nil {
		return refuse(refusal)
	}
	answer := []object{}
	for _, target := range asked.TargetItems {
		if _, k := r.world.Tenant.SKU(target.ProductID + ":" + target.SkuID); k != nil {
			answer = append(answer, object{"productId": target.ProductID, "skuId": target.SkuID, "isRestricted": false, "restrictions": []any{}})
		}
	}
	return http.StatusOK, answer
}
