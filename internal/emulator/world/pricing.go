// SPDX-License-Identifier: MPL-2.0

package world

// Price is what the line costs, nil for items without a price.
func (w *World) Price(c *Customer, line *Line) *Pricing {
	found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country)
	if code != 0 {
		return nil
	}
	price := w.priceOf(c, found, line.Duration, line.Cycle, line.Quantity, line.PromotionID)
	if price != nil && !w.Rules.CartsLeaveMarginOut {
		price.withMargin(w.MarginAt(found.Product, found.SKU, w.Now()), c.Currency())
	}
	return price
}

func (w *World) priceOf(c *Customer, found Item, duration, cycle string, quantity int, promotionID string) *Pricing {
	term := found.SKU.Term(duration, cycle)
	if term == nil {
		return nil
	}
	list := term.Price.in(c.Currency())
	price := list
	if promotion, problems := w.PromotionFor(c, promotionID, found, quantity, duration, cycle); promotion != nil && len(problems) == 0 {
		price = list.percent(-int64(promotion.Percent))
	}
	return &Pricing{List: list, Discounted: price, Prorated: price, Price: price,
		Extended: price * Money(quantity) * Money(cycles(duration, cycle))}
}
