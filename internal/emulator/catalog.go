// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// catalogueScope is for whom the catalogue is asked: a country, or a customer and so that customer's country.
type catalogueScope struct {
	country  string
	customer *Customer
}

type scopedHandler func(s *Server, scope catalogueScope, r *http.Request) (int, any)

func inCountry(h scopedHandler) handler {
	return func(s *Server, r *http.Request) (int, any) {
		s.rotateByTime(s.now())
		country := query(r, "country")
		if len(country) != 2 {
			return http.StatusBadRequest, fault(3000, "The property country is invalid: two letters are required.")
		}
		return h(s, catalogueScope{country: strings.ToUpper(country)}, r)
	}
}

func ofCustomer(h scopedHandler) handler {
	return forCustomer(func(s *Server, c *Customer, r *http.Request) (int, any) {
		return h(s, catalogueScope{country: c.Country, customer: c}, r)
	})
}

// views are the values of targetView with the families they hold (commerce reference, "targetView").
var views = map[string][]family{
	"marketplacesaas": {familySaaS}, "onlineservices": {familyNCE, familyLegacy},
	"azure": {familyAzure}, "microsoftazure": {familyAzure}, "azurereservations": nil, "azurereservationsvm": nil,
	"azurereservationssql": nil, "azurereservationscosmosdb": nil, "software": {familySoftware},
	"softwaresuselinux": nil, "softwareperpetual": {familySoftware}, "softwaresubscriptions": nil, "specializedoffers": nil,
}

// viewFamilies are the families that a value of targetView holds.
func (s *Server) viewFamilies(name string) (families []family, known bool) {
	name = strings.ToLower(name)
	families, known = views[name]
	if s.behaviour.NoMarketplaceView {
		switch name {
		case "marketplacesaas":
			return nil, false
		case "onlineservices":
			families = append(slices.Clone(families), familySaaS)
		}
	}
	return families, known
}

func listProducts(s *Server, scope catalogueScope, r *http.Request) (int, any) {
	families, known := s.viewFamilies(query(r, "targetView"))
	switch {
	case !known && s.behaviour.UnknownTargetViewIsBadRequest:
		return http.StatusBadRequest, fault(900126, "The value %q of targetView could not be parsed.", query(r, "targetView"))
	case !known:
		return http.StatusForbidden, fault(400036, "The target view %q is not allowed for this partner.", query(r, "targetView"))
	}
	segment, status, body := targetSegment(r)
	if status != 0 {
		return status, body
	}
	var found []object
	for _, p := range s.tenant.Products {
		if slices.Contains(families, p.Family) && p.soldIn(scope.country) && slices.ContainsFunc(p.SKUs, func(k *SKU) bool {
			return len(visibleSegments(k, scope, segment)) > 0
		}) {
			found = append(found, renderProduct(p, scope.country))
		}
	}
	return http.StatusOK, pageByOffset(r, found, s.behaviour.ProductsPageSize)
}

// pageByOffset cuts one page of items and links to the next; a size of 0 puts all on one page.
func pageByOffset(r *http.Request, items []object, size int) object {
	offset, _ := strconv.Atoi(query(r, "offset"))
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
		continued(page, selfURI(&http.Request{URL: &next}), "")
	}
	return page
}

func targetSegment(r *http.Request) (segment string, status int, body any) {
	segment = strings.ToLower(query(r, "targetSegment"))
	if segment != "" && !oneOf(segment, "commercial", "education", "government", "nonprofit") {
		return "", http.StatusForbidden, fault(400030, "The target segment %q is not allowed for this partner.", segment)
	}
	return segment, 0, nil
}

// visibleSegments are the segments of a SKU that the asker sees: without a wish all but nonprofit, for a customer
// only those it is qualified for.
func visibleSegments(k *SKU, scope catalogueScope, wanted string) []string {
	var seen []string
	for _, segment := range k.segments() {
		asked := segment == wanted || wanted == "" && segment != "nonprofit"
		qualified := scope.customer == nil || segment == "commercial" || slices.Contains(scope.customer.Segments, segment)
		if asked && qualified {
			seen = append(seen, segment)
		}
	}
	return seen
}

// forSKU finds product and, where the path has one, SKU.
func forSKU(h func(s *Server, p *Product, k *SKU, scope catalogueScope, r *http.Request) (int, any)) scopedHandler {
	return func(s *Server, scope catalogueScope, r *http.Request) (int, any) {
		p := s.tenant.product(r.PathValue("product"))
		if p == nil || !p.soldIn(scope.country) {
			return http.StatusNotFound, fault(400013, "Product %s was not found in %s.", r.PathValue("product"), scope.country)
		}
		if r.PathValue("sku") == "" {
			return h(s, p, nil, scope, r)
		}
		k := p.sku(r.PathValue("sku"))
		if k == nil {
			return http.StatusNotFound, fault(400018, "SKU %s of product %s was not found.", r.PathValue("sku"), p.ID)
		}
		return h(s, p, k, scope, r)
	}
}

func getProduct(_ *Server, p *Product, _ *SKU, scope catalogueScope, _ *http.Request) (int, any) {
	return http.StatusOK, renderProduct(p, scope.country)
}

func listSKUs(_ *Server, p *Product, _ *SKU, scope catalogueScope, r *http.Request) (int, any) {
	segment, status, body := targetSegment(r)
	if status != 0 {
		return status, body
	}
	var found []object
	for _, k := range p.SKUs {
		if len(visibleSegments(k, scope, segment)) > 0 {
			found = append(found, renderSKU(p, k, scope.country))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getSKU(_ *Server, p *Product, k *SKU, scope catalogueScope, _ *http.Request) (int, any) {
	return http.StatusOK, renderSKU(p, k, scope.country)
}

func listAvailabilities(s *Server, p *Product, k *SKU, scope catalogueScope, r *http.Request) (int, any) {
	segment, status, body := targetSegment(r)
	if status != 0 {
		return status, body
	}
	var found []object
	for _, segment := range visibleSegments(k, scope, segment) {
		i := item{p, k, segment, availabilityID(p, k, scope.country, segment, s.tenant.Generation), false}
		if k.RetiredFirst {
			retired := i
			retired.Availability = availabilityID(p, k, scope.country, segment, 999)
			found = append(found, renderAvailability(retired, scope.country, false))
		}
		found = append(found, renderAvailability(i, scope.country, !k.NotPurchasable))
	}
	return http.StatusOK, collection(r, found)
}

func getAvailability(s *Server, p *Product, k *SKU, scope catalogueScope, r *http.Request) (int, any) {
	id := r.PathValue("availability")
	i, code := s.tenant.findItem(p.ID+":"+k.ID+":"+id, scope.country)
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

func checkInventory(s *Server, r *http.Request) (int, any) {
	var asked inventoryRequest
	if status, body, ok := decode(r, &asked); !ok {
		return status, body
	}
	answer := []object{}
	for _, target := range asked.TargetItems {
		if _, k := s.tenant.skuOf(target.ProductID + ":" + target.SkuID); k != nil {
			answer = append(answer, object{"productId": target.ProductID, "skuId": target.SkuID, "isRestricted": false, "restrictions": []any{}})
		}
	}
	return http.StatusOK, answer
}
