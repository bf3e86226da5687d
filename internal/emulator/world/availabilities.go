// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// Product finds a product of the catalog.
func (t *Tenant) Product(id string) *Product {
	for _, p := range t.Products {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// SKU finds "product:sku".
func (t *Tenant) SKU(id string) (*Product, *SKU) {
	productID, skuID, _ := strings.Cut(id, ":")
	if p := t.Product(productID); p != nil {
		return p, p.SKU(skuID)
	}
	return nil, nil
}

// Current is the item of a SKU as it is sold today.
func (t *Tenant) Current(p *Product, k *SKU, country string) Item {
	segment := k.SoldTo()[0]
	return Item{Product: p, SKU: k, Segment: segment, Availability: AvailabilityID(p, k, country, segment, t.Generation)}
}

// FindItem resolves a catalog item id for a country. code is 0 or the code of a 404; stale ids are found and marked.
func (t *Tenant) FindItem(catalogItemID, country string) (found Item, code int) {
	parts := strings.Split(catalogItemID, ":")
	if len(parts) != 3 {
		return Item{}, 400019
	}
	p := t.Product(parts[0])
	if p == nil || !p.SoldIn(country) {
		return Item{}, 400013
	}
	k := p.SKU(parts[1])
	if k == nil {
		return Item{}, 400018
	}
	for _, segment := range k.SoldTo() {
		for generation := t.Generation; generation >= 0; generation-- {
			if AvailabilityID(p, k, country, segment, generation) == parts[2] {
				return Item{p, k, segment, parts[2], generation != t.Generation}, 0
			}
		}
	}
	return Item{}, 400019
}

// RotateDue re-issues the availability IDs as often as the rule says that they were until now.
func (w *World) RotateDue(now time.Time) {
	every := w.Rules.RotateAvailabilitiesEvery
	for every > 0 && now.Sub(w.Tenant.RotatedAt) >= every {
		w.Tenant.RotatedAt = w.Tenant.RotatedAt.Add(every)
		w.Tenant.Generation++
	}
}

// RotateAvailabilities re-issues every availability id and returns how many there are.
func (w *World) RotateAvailabilities() int {
	w.Tenant.Generation++
	w.Tenant.RotatedAt = w.Now()
	n := 0
	for _, p := range w.Tenant.Products {
		for _, k := range p.SKUs {
			n += len(k.SoldTo())
		}
	}
	return n
}
