// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"
)

// Limits of the integration sandbox (commerce reference, "Integration sandbox").
const (
	sandboxSeats         = 25
	sandboxSubscriptions = 5
	sandboxCustomers     = 75
)

// checkoutCart buys what is in the cart, at most once (commerce reference, Checkout).
func checkoutCart(s *Server, c *Customer, cart *Cart, r *http.Request) (int, any) {
	if cart.Status == cartOrdered {
		return s.repeatCheckout(c, cart)
	}
	if status, body := s.purchaseBlocked(c); status != 0 {
		return status, body
	}
	for _, line := range cart.Lines {
		found, code := s.tenant.findItem(line.CatalogItemID, c.Country)
		if line.Error == nil && (code != 0 || found.Stale) {
			return http.StatusNotFound, staleItem(line.CatalogItemID)
		}
	}
	for _, line := range cart.Lines {
		if line.Error != nil {
			return http.StatusBadRequest, fault(800009, "One or more cart items have errors.")
		}
	}
	result, failed := s.buyGroups(c, cart, r)
	if failed != nil {
		return failed.status, fault(failed.Code, "%s", failed.Description)
	}
	if len(result.OrderIDs) > 0 {
		cart.Status, cart.Result, cart.Modified = cartOrdered, result, s.now()
	}
	return http.StatusCreated, s.renderResult(c, result)
}

// buyGroups orders each group of lines; with ErrorAsStatus the first refusal fails the call before anything is bought.
func (s *Server) buyGroups(c *Customer, cart *Cart, r *http.Request) (result *checkoutResult, failed *groupError) {
	result = &checkoutResult{}
	var accepted [][]*Line
	for _, group := range groupsOf(cart.Lines) {
		if refused := s.refusal(c, group); refused != nil {
			if s.behaviour.CheckoutErrors == ErrorAsStatus {
				return nil, refused
			}
			result.Errors = append(result.Errors, *refused)
			continue
		}
		accepted = append(accepted, group)
	}
	for _, group := range accepted {
		order := s.buy(c, cart.ID, group, r)
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
func (s *Server) repeatCheckout(c *Customer, cart *Cart) (int, any) {
	switch s.behaviour.RepeatedCheckout {
	case RepeatReplays:
		return http.StatusCreated, s.renderResult(c, cart.Result)
	case RepeatBusy:
		return http.StatusConflict, fault(800064, "Cart %s is being processed by another request.", cart.ID)
	case RepeatInProgress:
		return http.StatusConflict, fault(800060, "An order is in progress. Check the order history in a few minutes.")
	}
	return http.StatusBadRequest, cartSubmitted(cart)
}

// purchaseBlocked refuses customers that cannot buy at all.
func (s *Server) purchaseBlocked(c *Customer) (status int, body any) {
	switch {
	case !c.agreed():
		return http.StatusForbidden, agreementMissing(c)
	case c.Validation == "NotAllowed":
		return http.StatusForbidden, fault(800075, "The account of customer %s was not approved.", c.ID)
	case oneOf(c.Validation, "UnderReview", "Unknown"):
		return http.StatusForbidden, fault(800073, "The account of customer %s is under review; this can take days.", c.ID)
	}
	return 0, nil
}

// refusal is why a group of lines cannot be ordered, nil if it can.
func (s *Server) refusal(c *Customer, lines []*Line) *groupError {
	refuse := func(status, code int, text string) *groupError {
		return &groupError{Group: lines[0].Group, Code: code, Description: text, status: status}
	}
	if code := s.behaviour.CheckoutRefusal; code != 0 {
		return refuse(statusOfCode(code), code, "The order was refused.")
	}
	if s.behaviour.Sandbox && len(liveSubscriptions(c))+len(lines) > sandboxSubscriptions {
		return refuse(http.StatusBadRequest, 800018, "The sandbox limit of 5 subscriptions per customer is reached.")
	}
	for _, line := range lines {
		found, code := s.tenant.findItem(line.CatalogItemID, c.Country)
		if code != 0 {
			return refuse(http.StatusNotFound, code, "The catalog item was not found.")
		}
		k := found.SKU
		switch {
		case k.Exclusive:
			return refuse(http.StatusForbidden, 800020, "The catalog item is not eligible for purchase by this partner.")
		case k.MaxPerCustomer > 0 && owned(c, found) >= k.MaxPerCustomer:
			return refuse(http.StatusForbidden, 800089, "The requested assets exceed the remaining assets per customer.")
		case k.Metered:
			if refused := meteredRefusal(c, line); refused != 0 {
				return refuse(http.StatusBadRequest, refused, "The plan needs an Azure plan of the customer.")
			}
		case k.BasePrerequisite != "" && !ownsBase(c, k.BasePrerequisite):
			return refuse(http.StatusBadRequest, 800029, "The add-on needs an active base subscription.")
		}
	}
	return nil
}

// statusOfCode is the documented status of an order code (commerce reference, "Codes: cart, checkout, order").
func statusOfCode(code int) int {
	switch code {
	case 800060, 800064, 800014:
		return http.StatusConflict
	case 800020, 800066, 800067, 800069, 800073, 800074, 800075, 800088, 800089, 900121, 900322, 13605:
		return http.StatusForbidden
	case 400019, 800015:
		return http.StatusNotFound
	case 800005:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

func liveSubscriptions(c *Customer) []*Subscription {
	var live []*Subscription
	for _, sub := range c.Subscriptions {
		if !sub.ended() {
			live = append(live, sub)
		}
	}
	return live
}

func owned(c *Customer, i item) int {
	n := 0
	for _, sub := range liveSubscriptions(c) {
		if sub.ProductID == i.Product.ID && sub.SkuID == i.SKU.ID {
			n++
		}
	}
	return n
}

func ownsBase(c *Customer, base string) bool {
	for _, sub := range liveSubscriptions(c) {
		if sub.ProductID+":"+sub.SkuID == base && sub.Status == statusActive {
			return true
		}
	}
	return false
}

// meteredRefusal is the code for a metered plan without a usable Azure plan, 0 when there is one.
func meteredRefusal(c *Customer, line *Line) int {
	var given string
	for key, value := range line.Context {
		if strings.EqualFold(key, meteredContextKey) {
			given = value
		}
	}
	if given == "" {
		return 900128
	}
	if plan := c.subscription(given); plan == nil || plan.Family != familyAzure || plan.Status != statusActive {
		return 900129
	}
	return 0
}

func (s *Server) renderResult(c *Customer, result *checkoutResult) object {
	orders, errors := []object{}, []object{}
	for _, id := range result.OrderIDs {
		if order := c.order(id); order != nil {
			orders = append(orders, s.renderOrder(c, order, false))
		}
	}
	for _, e := range result.Errors {
		errors = append(errors, object{"orderGroupId": e.Group, "code": e.Code, "description": e.Description})
	}
	return object{"orders": orders, "orderErrors": errors, "attributes": objectType("CartCheckoutResult")}
}
