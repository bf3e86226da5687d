// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strconv"
	"strings"
)

// listOrders answers with a lag, and with orders the system made itself (commerce reference, Orders).
func listOrders(s *Server, c *Customer, r *http.Request) (int, any) {
	cycle := strings.ReplaceAll(strings.ToLower(query(r, "billingType")), "_", "")
	if cycle != "" && !oneOf(cycle, "monthly", "annual", "onetime", "none", "biennial", "triennial") {
		return http.StatusBadRequest, fault(900126, "The value %q of billingType could not be parsed.", query(r, "billingType"))
	}
	prices := strings.EqualFold(query(r, "include_price"), "true")
	var found []object
	for _, order := range c.Orders {
		if s.lagging(c, order.Created, order.ThroughAPI, order.BoughtAtListRead) {
			continue
		}
		if cycle == "" || strings.ReplaceAll(order.Cycle, "_", "") == cycle {
			found = append(found, s.renderOrder(c, order, prices))
		}
	}
	c.ListReads++
	return http.StatusOK, collection(r, found)
}

// forOrder finds the order of the path; ids are opaque and compared exactly.
func forOrder(h func(s *Server, c *Customer, order *Order, r *http.Request) (int, any)) handler {
	return forCustomer(func(s *Server, c *Customer, r *http.Request) (int, any) {
		order := c.order(r.PathValue("order"))
		if order == nil {
			return http.StatusNotFound, fault(20000, "Order %s was not found.", r.PathValue("order"))
		}
		return h(s, c, order, r)
	})
}

// getOrder does not lag; every read brings the order further.
func getOrder(s *Server, c *Customer, order *Order, r *http.Request) (int, any) {
	answer := s.renderOrder(c, order, strings.EqualFold(query(r, "include_price"), "true"))
	s.progress(order)
	return http.StatusOK, answer
}

// progress counts a read: first the subscription ids appear, one read later the status is final.
func (s *Server) progress(order *Order) {
	if order.revealed(s.now()) {
		order.Status = order.FinalStatus
		return
	}
	if order.HiddenReads > 0 {
		order.HiddenReads--
	}
}

func (s *Server) renderOrder(c *Customer, order *Order, prices bool) object {
	lines := []object{}
	var total money
	for _, line := range order.Lines {
		lines = append(lines, s.renderOrderLine(c, order, line))
		if line.Pricing != nil {
			total += line.Pricing.Extended
		}
	}
	created := stamp(order.Created)
	if order.Legacy {
		created = pacificStamp(order.Created)
	}
	self := c.path() + "/orders/" + order.ID
	links := object{"self": link(self), "provisioningStatus": link(self + "/provisioningstatus")}
	answer := object{
		"id": order.ID, "alternateId": order.AlternateID, "referenceCustomerId": c.ID, "billingCycle": order.Cycle,
		"currencyCode": order.Currency, "currencySymbol": symbols[order.Currency], "lineItems": lines,
		"creationDate": created, "status": order.Status, "transactionType": order.Transaction, "client": object{},
		"links": links, "attributes": objectType("Order"),
	}
	if prices {
		answer["totalPrice"] = total
	}
	if order.Legacy {
		answer["attributes"] = object{"objectType": "Order", "etag": encodeETag(`{"id":"` + order.ID + `","version":1}`)}
		links["patchOperation"] = object{"uri": self, "method": "PATCH", "headers": []any{}}
	}
	return answer
}

func (s *Server) renderOrderLine(c *Customer, order *Order, line *OrderLine) object {
	links := object{}
	answer := object{
		"lineItemNumber": line.Number, "offerId": line.OfferID, "termDuration": line.Duration, "friendlyName": line.FriendlyName,
		"transactionType": line.Transaction, "quantity": line.Quantity, "links": links,
	}
	if line.SubscriptionID != "" && order.revealed(s.now()) {
		answer["subscriptionId"] = line.SubscriptionID
		links["subscription"] = link(c.path() + "/subscriptions/" + line.SubscriptionID)
		if sub := c.subscription(line.SubscriptionID); sub != nil && sub.Family == familySaaS {
			links["activationLinks"] = link(c.path() + "/orders/" + order.ID + "/lineitems/" + strconv.Itoa(line.Number) + "/activationlinks")
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
	if line.Pricing != nil && !s.behaviour.CartPricingHidden {
		answer["pricing"] = line.Pricing.render()
	}
	return answer
}

func getOrderProvisioning(s *Server, _ *Customer, order *Order, r *http.Request) (int, any) {
	status := "fulfilled"
	if !order.revealed(s.now()) {
		status = "prefulfillment_pending"
	}
	var found []object
	for _, line := range order.Lines {
		found = append(found, object{"orderLineItemId": order.ID + "-" + strconv.Itoa(line.Number), "lineItemNumber": line.Number, "status": status,
			"quantityProvisioningInformation": []object{{"quantity": line.Quantity, "status": status}}})
	}
	return http.StatusOK, collection(r, found)
}
