// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// Margin is what a publisher grants the partner through a private offer (reference/commerce.md#margins-of-private-offers): a percentage of
// the price, or a price in place of it.
type Margin struct {
	ID, ProductID, SkuID string // SkuID is empty for all SKUs of the product
	Percent              int
	Price                Money // for one unit and one billing cycle, in euro; in place of Percent
	Start, End           time.Time
	Status               string // active unless it says something else
}

// covers reports whether the margin is for the SKU, and runs at a time.
func (m Margin) covers(p *Product, k *SKU, at time.Time) bool {
	return m.ProductID == p.ID && (m.SkuID == "" || m.SkuID == k.ID) && !at.Before(m.Start) && at.Before(m.End)
}

// MarginAt is the margin that holds for purchases and charges of a SKU at a time, nil for none.
func (w *World) MarginAt(p *Product, k *SKU, at time.Time) *Margin {
	for i, m := range w.Tenant.Margins {
		if m.covers(p, k, at) {
			return &w.Tenant.Margins[i]
		}
	}
	return nil
}

// withMargin is a price with the margin taken off.
func (p *Pricing) withMargin(m *Margin, currency string) {
	if m == nil {
		return
	}
	count := int64(1)
	if p.Price > 0 {
		count = int64(p.Extended / p.Price)
	}
	price := p.Price.percent(-int64(m.Percent))
	if m.Price > 0 {
		price = m.Price.in(currency)
	}
	p.Discounted, p.Prorated, p.Price, p.Extended = price, price, price, price*Money(count)
}

// marginOf is the margin of a charge of a subscription: only what was bought under a margin has one, and only while one runs.
func (w *World) marginOf(sub *Subscription, at time.Time) *Margin {
	p, k := w.sold(sub)
	if !sub.Margin || k == nil {
		return nil
	}
	return w.MarginAt(p, k, at)
}
