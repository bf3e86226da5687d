// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// orderRequest is an order as a caller sends it (reference/commerce.md#create-order-without-a-cart).
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

func createOrder(r *call, c *world.Customer) (int, any) {
	var sent orderRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	if sent.ReferenceCustomerID != "" && !strings.EqualFold(sent.ReferenceCustomerID, c.ID) {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: referenceCustomerId is another customer.")
	}
	var asked []lineRequest
	for _, one := range sent.LineItems {
		asked = append(asked, one.asCartLine(sent.BillingCycle))
	}
	lines, refusal := readLines(asked)
	if refusal != nil {
		return refuse(refusal)
	}
	order, refusal := r.world.CreateOrder(c, lines, isTrue(sent.PartnerOnRecordAttestationAccepted), r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	return http.StatusCreated, r.renderOrder(c, order, false)
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

// updateOrder takes a cancellation and nothing else.
func updateOrder(r *call, c *world.Customer, order *world.Order) (int, any) {
	var sent orderRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	if !world.OneOf(sent.Status, "cancelled", "canceled") {
		return http.StatusBadRequest, fault(800042, "The requested change of the order is not supported.")
	}
	if refusal := r.world.CancelOrder(c, order, r.caller); refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, r.renderOrder(c, order, false)
}
