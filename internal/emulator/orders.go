// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listOrders answers with a lag, and with orders the system made itself (reference/commerce.md#orders).
func listOrders(r *call, c *world.Customer) (int, any) {
	cycle := strings.ReplaceAll(strings.ToLower(parameter(r, "billingType")), "_", "")
	if cycle != "" && !world.OneOf(cycle, "monthly", "annual", "onetime", "none", "biennial", "triennial") {
		return http.StatusBadRequest, fault(900126, "The value %q of billingType could not be parsed.", parameter(r, "billingType"))
	}
	prices := strings.EqualFold(parameter(r, "include_price"), "true")
	var found []object
	for _, order := range r.world.ListOrders(c) {
		if cycle == "" || strings.ReplaceAll(order.Cycle, "_", "") == cycle {
			found = append(found, r.renderOrder(c, order, prices))
		}
	}
	return http.StatusOK, collection(r, found)
}

// getOrder does not lag; every read brings the order further.
func getOrder(r *call, c *world.Customer, order *world.Order) (int, any) {
	answer := r.renderOrder(c, order, strings.EqualFold(parameter(r, "include_price"), "true"))
	r.world.Progress(order)
	return http.StatusOK, answer
}

func getOrderProvisioning(r *call, _ *world.Customer, order *world.Order) (int, any) {
	status := "fulfilled"
	if !order.Revealed(r.world.Now()) {
		status = "prefulfillment_pending"
	}
	var found []object
	for _, line := range order.Lines {
		found = append(found, object{"orderLineItemId": order.ID + "-" + strconv.Itoa(line.Number), "lineItemNumber": line.Number, "status": status,
			"quantityProvisioningInformation": []object{{"quantity": line.Quantity, "status": status}}})
	}
	return http.StatusOK, collection(r, found)
}

func (r *call) renderOrder(c *world.Customer, order *world.Order, prices bool) object {
	lines := []object{}
	var total world.Money
	for _, line := range order.Lines {
		lines = append(lines, r.renderOrderLine(c, order, line))
		if line.Pricing != nil {
			total += line.Pricing.Extended
		}
	}
	created := stamp(order.Created)
	if order.Legacy {
		created = pacificStamp(order.Created)
	}
	self := customerURI(c) + "/orders/" + order.ID
	links := object{
		"self": link(self), "provisioningStatus": link(self + "/provisioningstatus"),
		"patchOperation": object{"uri": self, "method": "PATCH", "headers": []any{}},
	}
	answer := object{
		"id": order.ID, "alternateId": order.AlternateID, "referenceCustomerId": c.ID, "billingCycle": order.Cycle,
		"currencyCode": order.Currency, "currencySymbol": world.Symbol(order.Currency), "lineItems": lines,
		"creationDate": created, "status": order.Status, "transactionType": order.Transaction, "client": object{},
		"links": links, "attributes": objectType("Order"),
	}
	if prices {
		answer["totalPrice"] = total
	}
	if order.Legacy {
		answer["attributes"] = object{"objectType": "Order", "etag": encodeETag(`{"id":"` + order.ID + `","version":1}`)}
	}
	return answer
}

func (r *call) renderOrderLine(c *world.Customer, order *world.Order, line *world.OrderLine) object {
	links := object{}
	answer := object{
		"lineItemNumber": line.Number, "offerId": line.OfferID, "termDuration": line.Duration, "friendlyName": line.FriendlyName,
		"transactionType": line.Transaction, "quantity": line.Quantity, "links": links,
	}
	if line.SubscriptionID != "" && order.Revealed(r.world.Now()) {
		answer["subscriptionId"] = line.SubscriptionID
		links["subscription"] = link(customerURI(c) + "/subscriptions/" + line.SubscriptionID)
		if sub := c.Subscription(line.SubscriptionID); sub != nil && sub.Family == world.FamilySaaS {
			links["activationLinks"] = link(customerURI(c) + "/orders/" + order.ID + "/lineitems/" + strconv.Itoa(line.Number) + "/activationlinks")
		}
	}
	if product, rest, ok := strings.Cut(line.OfferID, ":"); ok {
		sku, _, _ := strings.Cut(rest, ":")
		links["product"] = link("/products/" + product + "?country=" + c.Country)
		links["sku"] = link("/products/" + product + "/skus/" + sku + "?country=" + c.Country)
	}
	optional(answer, "parentSubscriptionId", line.ParentID)
	optional(answer, "promotionId", line.PromotionID)
	optional(answer, "partnerIdOnRecord", line.Reseller)
	if len(line.AdditionalResellers) > 0 {
		answer["additionalPartnerIdsOnRecord"] = line.AdditionalResellers
	}
	if line.RenewsTo != "" {
		answer["renewsTo"] = object{"termDuration": line.RenewsTo}
	}
	if len(line.Context) > 0 {
		answer["provisioningContext"] = line.Context
	}
	if line.Attested {
		answer["attestationAccepted"] = true
	}
	if !line.CustomTermEnd.IsZero() {
		answer["customTermEndDate"] = bareStamp(line.CustomTermEnd)
	}
	if line.Pricing != nil && !r.behaviour.CartPricingHidden {
		answer["pricing"] = renderPricing(line.Pricing)
	}
	return answer
}
