// SPDX-License-Identifier: MPL-2.0

package world

import "strings"

// Limits of the integration sandbox (reference/commerce.md#integration-sandbox).
const (
	sandboxSeats         = 25
	sandboxSubscriptions = 5
	sandboxCustomers     = 75
)

// Checkout buys what is in the cart, at most once (reference/commerce.md#checkout).
func (w *World) Checkout(c *Customer, cart *Cart, who Caller) (*CheckoutResult, *Refusal) {
	if cart.Status == CartOrdered {
		return w.repeatCheckout(cart)
	}
	if refusal := w.purchaseBlocked(c); refusal != nil {
		return nil, refusal
	}
	for _, line := range cart.Lines {
		found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country)
		if line.Error == nil && (code != 0 || found.Stale) {
			return nil, staleItem(line.CatalogItemID)
		}
	}
	for _, line := range cart.Lines {
		if line.Error != nil {
			return nil, refuse(badRequest, 800009, "One or more cart items have errors.")
		}
	}
	result, refusal := w.buyGroups(c, cart, who)
	if refusal != nil {
		return nil, refusal
	}
	if len(result.OrderIDs) > 0 {
		cart.Status, cart.Result, cart.Modified = CartOrdered, result, w.Now()
	}
	return result, nil
}

// buyGroups orders each group of lines; with ErrorAsStatus the first refusal fails the call before anything is bought.
func (w *World) buyGroups(c *Customer, cart *Cart, who Caller) (*CheckoutResult, *Refusal) {
	result := &CheckoutResult{}
	var accepted [][]*Line
	for _, group := range groupsOf(cart.Lines) {
		if refused := w.refusal(c, group); refused != nil {
			if w.Rules.CheckoutErrors == ErrorAsStatus {
				return nil, refused
			}
			result.Errors = append(result.Errors, GroupError{Group: group[0].Group, Code: refused.Code, Description: refused.Description})
			continue
		}
		accepted = append(accepted, group)
	}
	for _, group := range accepted {
		order := w.buy(c, cart.ID, group, who)
		result.OrderIDs = append(result.OrderIDs, order.ID)
	}
	return result, nil
}

func groupsOf(lines []*Line) [][]*Line {
	var groups [][]*Line
	place := map[string]int{}
	for _, line := range lines {
		n, known := place[line.Group]
		if !known {
			n = len(groups)
			place[line.Group] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], line)
	}
	return groups
}

// repeatCheckout answers for a cart that is ordered already; nothing is bought again.
func (w *World) repeatCheckout(cart *Cart) (*CheckoutResult, *Refusal) {
	switch w.Rules.RepeatedCheckout {
	case RepeatReplays:
		return cart.Result, nil
	case RepeatBusy:
		return nil, refuse(conflict, 800064, "Cart %s is being processed by another request.", cart.ID)
	case RepeatInProgress:
		return nil, refuse(conflict, 800060, "An order is in progress. Check the order history in a few minutes.")
	}
	return nil, cart.Open()
}

// purchaseBlocked refuses customers that cannot buy at all.
func (w *World) purchaseBlocked(c *Customer) *Refusal {
	switch {
	case !w.hasAgreed(c):
		return agreementMissing(c)
	case c.Validation == "NotAllowed":
		return refuse(forbidden, 800075, "The account of customer %s was not approved.", c.ID)
	case OneOf(c.Validation, "UnderReview", "Unknown"):
		return refuse(forbidden, 800073, "The account of customer %s is under review; this can take days.", c.ID)
	}
	return nil
}

// refusal is why a group of lines cannot be ordered, nil if it can.
func (w *World) refusal(c *Customer, lines []*Line) *Refusal {
	if code := w.Rules.CheckoutRefusal; code != 0 {
		return refuse(statusOfCode(code), code, "The order was refused.")
	}
	if w.Rules.Sandbox && len(liveSubscriptions(c))+len(lines) > sandboxSubscriptions {
		return refuse(badRequest, 800018, "The sandbox limit of 5 subscriptions per customer is reached.")
	}
	for _, line := range lines {
		found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country)
		if code != 0 {
			return refuse(notFound, code, "The catalog item was not found.")
		}
		k := found.SKU
		switch {
		case k.Exclusive:
			return refuse(forbidden, 800020, "The catalog item is not eligible for purchase by this partner.")
		case k.MaxPerCustomer > 0 && owned(c, found) >= k.MaxPerCustomer:
			return refuse(forbidden, 800089, "The requested assets exceed the remaining assets per customer.")
		case k.Metered:
			if refused := meteredRefusal(c, line); refused != 0 {
				return refuse(badRequest, refused, "The plan needs an Azure plan of the customer.")
			}
		case !w.hasBase(c, k, lines):
			return refuse(badRequest, 800029, "The add-on needs an active base subscription.")
		}
	}
	return nil
}

// statusOfCode is the documented status of an order code (reference/commerce.md#codes-cart-checkout-order and those after it).
func statusOfCode(code int) int {
	switch code {
	case 800060, 800064, 800014, 900112, 900113, 900114:
		return conflict
	case 800020, 800066, 800067, 800069, 800073, 800074, 800075, 800088, 800089, 900121, 900322, 13605,
		800039, 900123, 900149, 900321, 900323, 900416:
		return forbidden
	case 400019, 800015:
		return notFound
	case 800005:
		return internalServerError
	}
	return badRequest
}

func ownsBase(c *Customer, base string) bool {
	for _, sub := range liveSubscriptions(c) {
		if sub.ProductID+":"+sub.SkuID == base && sub.Status == StatusActive {
			return true
		}
	}
	return false
}

// meteredRefusal is the code for a metered plan without a usable Azure plan, 0 when there is one.
func meteredRefusal(c *Customer, line *Line) int {
	var given string
	for key, value := range line.Context {
		if strings.EqualFold(key, MeteredContextKey) {
			given = value
		}
	}
	if given == "" {
		return 900128
	}
	if plan := c.Subscription(given); plan == nil || plan.Family != FamilyAzure || plan.Status != StatusActive {
		return 900129
	}
	return 0
}
