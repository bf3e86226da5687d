// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func createCart(r *call, c *world.Customer) (int, any) {
	lines, attested, refusal := readCart(r)
	if refusal != nil {
		return refuse(refusal)
	}
	cart, refusal := r.world.CreateCart(c, lines, attested, r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	return http.StatusCreated, r.renderCart(c, cart)
}

func getCart(r *call, c *world.Customer, cart *world.Cart) (int, any) {
	return http.StatusOK, r.renderCart(c, cart)
}

func updateCart(r *call, c *world.Customer, cart *world.Cart) (int, any) {
	if refusal := cart.Open(); refusal != nil {
		return refuse(refusal)
	}
	lines, attested, refusal := readCart(r)
	if refusal != nil {
		return refuse(refusal)
	}
	if refusal := r.world.UpdateCart(c, cart, lines, attested, r.caller); refusal != nil {
		return refuse(refusal)
	}
	return r.behaviour.CartPutStatus, r.renderCart(c, cart)
}

func checkoutCart(r *call, c *world.Customer, cart *world.Cart) (int, any) {
	result, refusal := r.world.Checkout(c, cart, r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	return r.behaviour.CheckoutStatus, r.renderResult(c, result)
}

func (r *call) renderResult(c *world.Customer, result *world.CheckoutResult) object {
	orders, errors := []object{}, []object{}
	for _, id := range result.OrderIDs {
		if order := c.Order(id); order != nil {
			orders = append(orders, r.renderOrder(c, order, false))
		}
	}
	for _, e := range result.Errors {
		errors = append(errors, object{"orderGroupId": e.Group, "code": e.Code, "description": e.Description})
	}
	return object{"orders": orders, "orderErrors": errors, "attributes": objectType("CartCheckoutResult")}
}

func (r *call) renderCart(c *world.Customer, cart *world.Cart) object {
	lines := []object{}
	for _, line := range cart.Lines {
		lines = append(lines, r.renderLine(c, line))
	}
	answer := object{
		"id": cart.ID, "creationTimestamp": stamp(cart.Created), "lastModifiedTimestamp": stamp(cart.Modified),
		"expirationTimestamp": stamp(cart.Expires), "lastModifiedUser": cart.User, "status": cart.Status, "lineItems": lines,
		"links": object{"self": link(customerURI(c) + "/carts/" + cart.ID)}, "attributes": objectType("Cart"),
	}
	if cart.Attested {
		answer["partnerOnRecordAttestationAccepted"] = true
	}
	return answer
}

func (r *call) renderLine(c *world.Customer, line *world.Line) object {
	answer := object{
		"id": line.ID, "catalogItemId": line.CatalogItemID, "friendlyName": line.FriendlyName, "quantity": line.Quantity,
		"currencyCode": line.Currency, "billingCycle": line.Cycle, "provisioningContext": contextOf(line.Context), "orderGroup": line.Group,
	}
	optional(answer, "termDuration", line.Duration)
	optional(answer, "promotionId", line.PromotionID)
	if line.RenewsTo != "" {
		answer["renewsTo"] = object{"termDuration": line.RenewsTo}
	}
	if line.Attested {
		answer["attestationAccepted"] = true
	}
	if !line.CustomTermEnd.IsZero() {
		answer["customTermEndDate"] = bareStamp(line.CustomTermEnd)
	}
	if participants := renderParticipants(line); len(participants) > 0 {
		answer["participants"] = participants
	}
	if len(line.Addons) > 0 {
		addons := []object{}
		for _, addon := range line.Addons {
			addons = append(addons, r.renderLine(c, addon))
		}
		answer["addonItems"] = addons
	}
	if line.Error != nil {
		answer["error"] = renderLineError(line.Error)
	} else if pricing := r.world.Price(c, line); pricing != nil && !r.behaviour.CartPricingHidden {
		answer["pricing"] = renderPricing(pricing)
	}
	return answer
}

func contextOf(context map[string]string) map[string]string {
	if context == nil {
		return map[string]string{}
	}
	return context
}

func renderParticipants(line *world.Line) []object {
	var found []object
	if line.Reseller != "" {
		found = append(found, object{"key": "transaction_reseller", "value": line.Reseller})
	}
	for _, id := range line.AdditionalResellers {
		found = append(found, object{"key": "additional_transaction_reseller", "value": id})
	}
	return found
}

func renderLineError(e *world.LineError) object {
	answer := object{"errorCode": e.Code, "errorDescription": e.Description}
	if e.Available != nil {
		answer["additionalInformation"] = object{"availableQuantity": *e.Available}
	}
	return answer
}

func renderPricing(p *world.Pricing) object {
	return object{"listPrice": p.List, "discountedPrice": p.Discounted, "proratedPrice": p.Prorated, "price": p.Price, "extendedPrice": p.Extended}
}
