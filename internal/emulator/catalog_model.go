// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"hash/fnv"
	"slices"
	"strings"
	"time"
)

// family is the kind of a product, by which most rules differ.
type family string

const (
	familySaaS     family = "saas"
	familyNCE      family = "nce"
	familyLegacy   family = "legacy"
	familySoftware family = "software"
	familyAzure    family = "azure"
)

// Product is an item of the catalogue (commerce reference, Product).
type Product struct {
	ID, Title, Description, Publisher string
	Family                            family
	Countries                         []string // offered only there; empty is everywhere
	SKUs                              []*SKU
}

// SKU is a plan of a product with its limits and terms (commerce reference, SKU).
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
}

// Term is one pair of duration and billing cycle with the price of one unit for one cycle, in euro.
type Term struct {
	Duration, Cycle string
	Price           money
}

func (k *SKU) segments() []string {
	if len(k.Segments) == 0 {
		return []string{"commercial"}
	}
	return k.Segments
}

// term finds a pair; values are compared in any case.
func (k *SKU) term(duration, cycle string) *Term {
	for i, t := range k.Terms {
		if strings.EqualFold(t.Duration, duration) && strings.EqualFold(t.Cycle, cycle) {
			return &k.Terms[i]
		}
	}
	return nil
}

func (k *SKU) flat() bool { return k.Min == 1 && k.Max == 1 }

func (p *Product) sku(id string) *SKU {
	for _, k := range p.SKUs {
		if k.ID == id {
			return k
		}
	}
	return nil
}

func (p *Product) soldIn(country string) bool {
	return len(p.Countries) == 0 || slices.Contains(p.Countries, country)
}

func (t *Tenant) product(id string) *Product {
	for _, p := range t.Products {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// skuOf finds "product:sku".
func (t *Tenant) skuOf(id string) (*Product, *SKU) {
	productID, skuID, _ := strings.Cut(id, ":")
	if p := t.product(productID); p != nil {
		return p, p.sku(skuID)
	}
	return nil, nil
}

// availabilityID is the id of a SKU's price configuration; every generation has another one.
func availabilityID(p *Product, k *SKU, country, segment string, generation int) string {
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

// item is a catalog item resolved for one market.
type item struct {
	Product      *Product
	SKU          *SKU
	Segment      string
	Availability string
	Stale        bool // re-issued since
}

func (i item) id() string { return i.Product.ID + ":" + i.SKU.ID + ":" + i.Availability }

func (i item) offerName() string {
	if i.Product.Title == i.SKU.Title {
		return i.SKU.Title
	}
	return i.Product.Title + " - " + i.SKU.Title
}

// current is the item of a SKU as it is sold today.
func (t *Tenant) current(p *Product, k *SKU, country string) item {
	segment := k.segments()[0]
	return item{Product: p, SKU: k, Segment: segment, Availability: availabilityID(p, k, country, segment, t.Generation)}
}

// findItem resolves a catalog item id for a country. code is 0 or the code of a 404; stale ids are found and marked.
func (t *Tenant) findItem(catalogItemID, country string) (found item, code int) {
	parts := strings.Split(catalogItemID, ":")
	if len(parts) != 3 {
		return item{}, 400019
	}
	p := t.product(parts[0])
	if p == nil || !p.soldIn(country) {
		return item{}, 400013
	}
	k := p.sku(parts[1])
	if k == nil {
		return item{}, 400018
	}
	for _, segment := range k.segments() {
		for generation := t.Generation; generation >= 0; generation-- {
			if availabilityID(p, k, country, segment, generation) == parts[2] {
				return item{p, k, segment, parts[2], generation != t.Generation}, 0
			}
		}
	}
	return item{}, 400019
}

func (s *Server) rotateByTime(now time.Time) {
	every := s.behaviour.RotateAvailabilitiesEvery
	for every > 0 && now.Sub(s.tenant.RotatedAt) >= every {
		s.tenant.RotatedAt = s.tenant.RotatedAt.Add(every)
		s.tenant.Generation++
	}
}

// rotateAvailabilities re-issues every availability id and returns how many there are; run it under the lock.
func (s *Server) rotateAvailabilities() int {
	s.tenant.Generation++
	s.tenant.RotatedAt = s.now()
	n := 0
	for _, p := range s.tenant.Products {
		for _, k := range p.SKUs {
			n += len(k.segments())
		}
	}
	return n
}

// cycles is how often a billing cycle fits into a term.
func cycles(duration, cycle string) int {
	months, per := termMonths(duration), cycleMonths(cycle)
	if months == 0 || per == 0 {
		return 1
	}
	return months / per
}

func termMonths(duration string) int {
	switch strings.ToUpper(duration) {
	case "P1M":
		return 1
	case "P1Y":
		return 12
	case "P2Y":
		return 24
	case "P3Y":
		return 36
	}
	return 0
}

func cycleMonths(cycle string) int {
	switch strings.ToLower(cycle) {
	case "monthly":
		return 1
	case "annual":
		return 12
	case "biennial":
		return 24
	case "triennial":
		return 36
	}
	return 0
}

// addMonths keeps the day of the month where the month has it, and takes the last one otherwise.
func addMonths(t time.Time, months int) time.Time {
	moved := t.AddDate(0, months, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}
