// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// orderRequest is an order as a caller sends it (commerce reference, "Create order without a cart").
type orderRequest struct {
	ID, AlternateID, ReferenceCustomerID, BillingCycle, Status  string
	CreationDate, TransactionType, CurrencyCode, CurrencySymbol any
	TotalPrice, Links, Attributes, Client                       any
	PartnerOnRecordAttestationAccepted                          *bool
	LineItems                                                   []orderLineRequest
}

type orderLineRequest struct {
	LineItemNumber                                        int
	OfferID, FriendlyName, TermDuration, PromotionID      string
	SubscriptionID, ParentSubscriptionID, TransactionType string
	Quantity                                              int
	PartnerIDOnRecord                                     string
	AdditionalPartnerIDsOnRecord                          []string
	ProvisioningContext                                   map[string]string
	RenewsTo                                              json.RawMessage
	CustomTermEndDate                                     *string
	AttestationAccepted                                   *bool
	Pricing, Links, Attributes                            any
}

// createOrder buys without a cart; nothing but MS-RequestId protects it from buying twice.
func createOrder(s *Server, c *Customer, r *http.Request) (int, any) {
	var sent orderRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	if sent.ReferenceCustomerID != "" && !strings.EqualFold(sent.ReferenceCustomerID, c.ID) {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: referenceCustomerId is another customer.")
	}
	if len(sent.LineItems) == 0 {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: lineItems is empty.")
	}
	if status, body := s.purchaseBlocked(c); status != 0 {
		return status, body
	}
	var lines []*Line
	for n, one := range sent.LineItems {
		line, status, body := s.readLine(c, one.asCartLine(sent.BillingCycle), n)
		if status != 0 {
			return status, body
		}
		if line.Error != nil {
			return line.Error.status, fault(line.Error.whole, "%s", line.Error.Description)
		}
		if found, code := s.tenant.findItem(line.CatalogItemID, c.Country); code == 0 && found.Stale {
			return http.StatusNotFound, staleItem(line.CatalogItemID)
		}
		lines = append(lines, line)
	}
	attested := sent.PartnerOnRecordAttestationAccepted != nil && *sent.PartnerOnRecordAttestationAccepted
	if !attested && (s.behaviour.AttestationAlways || anyReseller(lines)) {
		return http.StatusBadRequest, fault(900206, "partnerOnRecordAttestationAccepted is required.")
	}
	if refused := s.refusal(c, lines); refused != nil {
		return refused.status, fault(refused.Code, "%s", refused.Description)
	}
	return http.StatusCreated, s.renderOrder(c, s.buy(c, "", lines, r), false)
}

func (l orderLineRequest) asCartLine(cycle string) lineRequest {
	line := lineRequest{
		ID: json.RawMessage(strconv.Itoa(l.LineItemNumber)), CatalogItemID: l.OfferID, FriendlyName: l.FriendlyName, Quantity: l.Quantity,
		BillingCycle: cycle, TermDuration: l.TermDuration, PromotionID: l.PromotionID, ProvisioningContext: l.ProvisioningContext,
		RenewsTo: l.RenewsTo, CustomTermEndDate: l.CustomTermEndDate, AttestationAccepted: l.AttestationAccepted,
	}
	if l.PartnerIDOnRecord != "" {
		line.Participants = append(line.Participants, participant{"transaction_reseller", l.PartnerIDOnRecord})
	}
	for _, id := range l.AdditionalPartnerIDsOnRecord {
		line.Participants = append(line.Participants, participant{"additional_transaction_reseller", id})
	}
	return line
}

// updateOrder cancels software; everything else has to be done to the subscription (commerce reference, "Cancelling through the order").
func updateOrder(s *Server, c *Customer, order *Order, r *http.Request) (int, any) {
	var sent orderRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	if !oneOf(sent.Status, "cancelled", "canceled") {
		return http.StatusBadRequest, fault(800042, "The requested change of the order is not supported.")
	}
	var software []*Subscription
	for _, line := range order.Lines {
		sub := c.subscription(line.SubscriptionID)
		switch {
		case sub == nil:
			return http.StatusBadRequest, fault(800061, "Order %s cannot be cancelled.", order.ID)
		case sub.Family == familySaaS:
			return http.StatusForbidden, fault(800077, "Seat-based SaaS cannot be cancelled through the order. Update the subscription.")
		case sub.Family != familySoftware:
			return http.StatusBadRequest, fault(800063, "Order %s cannot be cancelled. Update the subscription.", order.ID)
		}
		software = append(software, sub)
	}
	if who := s.caller(r); !who.AppOnly && !who.hasRole(RoleAdminAgent) {
		return http.StatusForbidden, fault(900150, "The role of the user has no right for the operation.")
	}
	if strings.EqualFold(order.Status, "cancelled") {
		return http.StatusBadRequest, fault(800061, "Order %s cannot be cancelled.", order.ID)
	}
	order.Status, order.FinalStatus = "cancelled", "cancelled"
	for _, sub := range software {
		s.end(sub, statusDeleted, s.now())
	}
	s.audit(c, r, auditEntry{resource: "order", operation: "update_order", data: []string{"OrderId", order.ID}})
	return http.StatusOK, s.renderOrder(c, order, false)
}
