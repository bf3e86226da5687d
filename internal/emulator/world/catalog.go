// SPDX-License-Identifier: MPL-2.0

package world

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Family is the kind of a product, by which most rules differ.
type Family string

// The families of products.
const (
	FamilySaaS     Family = "saas"
	FamilyNCE      Family = "nce"
	FamilyLegacy   Family = "legacy"
	FamilySoftware Family = "software"
	FamilyAzure    Family = "azure"
)

// Product is an item of the catalogue (reference/commerce.md#product).
type Product struct {
	ID, Title, Description, Publisher string
	Family                            Family
	Countries                         []string // offered only there; empty is everywhere
	SKUs                              []*SKU
}

// SKU is a plan of a product with its limits and terms (reference/commerce.md#sku).
type SKU struct {
	ID, Title        string
	Min, Max         int
	MaxPerCustomer   int      // live subscriptions a customer may have, 0 for any number
	Segments         []string // empty is commercial
	Terms            []Term
	Trial            bool
	Metered          bool // needs an Azure plan
	Exclusive        bool // visible to all, bought by some
	Attestation      bool
	Addon            bool
	NotPurchasable   bool
	NotRenewable     bool
	RetiredFirst     bool     // an availability that is no longer sold stands first in the list
	RenewsTo         []string // terms a trial renews into
	TransitionTo     []string // "product:sku"
	TrialOf          string   // "product:sku" a new-commerce trial becomes
	BasePrerequisite string   // "product:sku" an add-on needs
	LeastForYears    int      // for a term of three years, where that is more than Min; no member of the catalog says so
}

// Term is one pair of duration and billing cycle with the price of one unit for one cycle, in euro.
type Term struct {
	Duration, Cycle string
	Price           Money
}

// SoldTo are the segments that the SKU is sold to.
func (k *SKU) SoldTo() []string {
	if len(k.Segments) == 0 {
		return []string{"commercial"}
	}
	return k.Segments
}

// Term finds a pair; values are compared in any case.
func (k *SKU) Term(duration, cycle string) *Term {
	for i, t := range k.Terms {
		if strings.EqualFold(t.Duration, duration) && strings.EqualFold(t.Cycle, cycle) {
			return &k.Terms[i]
		}
	}
	return nil
}

// least is the smallest number of seats for a term.
func (k *SKU) least(duration string) int {
	if strings.EqualFold(duration, "P3Y") {
		return max(k.Min, k.LeastForYears)
	}
	return k.Min
}

func (k *SKU) flat() bool { return k.Min == 1 && k.Max == 1 }

// SKU finds a SKU of the product.
func (p *Product) SKU(id string) *SKU {
	for _, k := range p.SKUs {
		if k.ID == id {
			return k
		}
	}
	return nil
}

// SoldIn reports whether the product is offered in a country.
func (p *Product) SoldIn(country string) bool {
	return len(p.Countries) == 0 || slices.Contains(p.Countries, country)
}

// Text describes the term with its billing.
func (t Term) Text() string {
	names := map[string]string{"P1M": "One-Month", "P1Y": "One-Year", "P2Y": "Two-Year", "P3Y": "Three-Year"}
	return fmt.Sprintf("%s commitment, %s billing", names[t.Duration], strings.ToLower(t.Cycle))
}

// MeteredContextKey is what a metered plan needs in the context of a line: the customer's Azure plan.
const MeteredContextKey = "azurePlanId"

// AvailabilityID is the id of a SKU's price configuration; every generation has another one.
func AvailabilityID(p *Product, k *SKU, country, segment string, generation int) string {
	const letters = "0123456789BCDFGHJKLMNPQRSTVWXZ"
	hash := fnv.New64a()
	for _, part := range []string{p.ID, k.ID, country, segment, string(rune('0' + generation%1000))} {
		hash.Write([]byte(part + ":"))
	}
	id, n := p.ID[:7], hash.Sum64()
	for range 5 {
		id += string(letters[n%uint64(len(letters))])
		n /= uint64(len(letters))
	}
	return id
}

// Item is a catalog item resolved for one market.
type Item struct {
	Product      *Product
	SKU          *SKU
	Segment      string
	Availability string
	Stale        bool // re-issued since
}

// ID is the catalog item ID: product, SKU and availability.
func (i Item) ID() string { return i.Product.ID + ":" + i.SKU.ID + ":" + i.Availability }

// OfferName is what a subscription of the item is called.
func (i Item) OfferName() string {
	if i.Product.Title == i.SKU.Title {
		return i.SKU.Title
	}
	return i.Product.Title + " - " + i.SKU.Title
}
