// SPDX-License-Identifier: MPL-2.0

package world

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// SubscribedSKU counts the seats of a product in a customer's tenant (reference/customers-and-billing.md#users-and-licenses).
type SubscribedSKU struct {
	ID, Name, PartNumber                 string
	Active, Suspended, Warning, Consumed int
}

// SubscribedSKUs are the products of Microsoft in the tenant, each with the seats of all its subscriptions. Software of others has none.
func (w *World) SubscribedSKUs(c *Customer) []*SubscribedSKU {
	var found []*SubscribedSKU
	at := map[string]*SubscribedSKU{}
	of := func(sku string) *SubscribedSKU {
		if at[sku] == nil {
			at[sku] = w.newSubscribedSKU(sku)
			found = append(found, at[sku])
		}
		return at[sku]
	}
	for _, sub := range c.Subscriptions {
		if sub.Family == FamilyNCE && OneOf(sub.Status, StatusActive, StatusSuspended, StatusExpired) {
			of(sub.ProductID + ":" + sub.SkuID).count(sub)
		}
	}
	for _, seats := range c.Seats {
		one := of(seats.SKU)
		one.Active, one.Consumed = one.Active+seats.Elsewhere, one.Consumed+seats.Assigned
	}
	return found
}

func (s *SubscribedSKU) count(sub *Subscription) {
	switch sub.Status {
	case StatusActive:
		s.Active += sub.Quantity
	case StatusSuspended:
		s.Suspended += sub.Quantity
	case StatusExpired:
		s.Warning += sub.Quantity
	}
}

// newSubscribedSKU has an id that is not the catalog's, and is always the same.
func (w *World) newSubscribedSKU(sku string) *SubscribedSKU {
	name := sku
	if p, k := w.Tenant.SKU(sku); p != nil {
		name = Item{Product: p, SKU: k}.OfferName()
	}
	sum := sha256.Sum256([]byte(sku))
	return &SubscribedSKU{
		ID: fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]), Name: name,
		PartNumber: strings.ToUpper(strings.ReplaceAll(name, " ", "_")),
	}
}
