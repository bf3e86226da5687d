// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
)

// Promotion finds a promotion.
func (t *Tenant) Promotion(id string) *Promotion {
	for i := range t.Promotions {
		if strings.EqualFold(t.Promotions[i].ID, id) {
			return &t.Promotions[i]
		}
	}
	return nil
}

// PromotionFor finds a promotion and why it does not fit; one that does not fit is silently not applied.
func (w *World) PromotionFor(c *Customer, id string, i Item, quantity int, duration, cycle string) (p *Promotion, problems []string) {
	p = w.Tenant.Promotion(id)
	if p == nil {
		return nil, []string{"InvalidPromotion"}
	}
	now := w.Now()
	if p.ProductID != i.Product.ID || p.SkuID != i.SKU.ID {
		problems = append(problems, "InvalidCatalogItemId")
	}
	if !strings.EqualFold(p.Duration, duration) || !strings.EqualFold(p.Cycle, cycle) {
		problems = append(problems, "Term")
	}
	if p.MaxSeats > 0 && quantity > p.MaxSeats {
		problems = append(problems, "SeatCount")
	}
	if now.Before(p.Start) || now.After(p.End) {
		problems = append(problems, "InvalidPromotion")
	}
	if p.NewToProduct && owned(c, i) > 0 {
		problems = append(problems, "OfferPurchasedPreviously")
	}
	return p, problems
}

// Running are the promotions of today, for one catalog item or, with "", for all.
func (w *World) Running(catalogItemID string) []Promotion {
	now := w.Now()
	var found []Promotion
	for _, p := range w.Tenant.Promotions {
		of := p.ProductID + ":" + p.SkuID + ":"
		if !now.Before(p.Start) && !now.After(p.End) && (catalogItemID == "" || len(catalogItemID) > len(of) && strings.EqualFold(catalogItemID[:len(of)], of)) {
			found = append(found, p)
		}
	}
	return found
}

// applyPromotion names the promotion that applies by itself to a line that names none.
func (w *World) applyPromotion(c *Customer, line *Line, i Item) {
	if !w.Rules.AutoApplicablePromotions || line.PromotionID != "" {
		return
	}
	for _, p := range w.Running(line.CatalogItemID) {
		if _, problems := w.PromotionFor(c, p.ID, i, line.Quantity, line.Duration, line.Cycle); len(problems) == 0 {
			line.PromotionID = p.ID
			return
		}
	}
}

func liveSubscriptions(c *Customer) []*Subscription {
	var live []*Subscription
	for _, sub := range c.Subscriptions {
		if !sub.IsOver() {
			live = append(live, sub)
		}
	}
	return live
}

func owned(c *Customer, i Item) int {
	n := 0
	for _, sub := range liveSubscriptions(c) {
		if sub.ProductID == i.Product.ID && sub.SkuID == i.SKU.ID {
			n++
		}
	}
	return n
}
