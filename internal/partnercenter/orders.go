// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/shopspring/decimal"
)

// Order is one purchase, change of quantity, cancellation, renewal or recurring charge; lists contain all of them.
// See https://learn.microsoft.com/partner-center/developer/order-resources.
type Order struct {
	ID                  string           `json:"id"` // opaque
	AlternateID         string           `json:"alternateId"`
	ReferenceCustomerID string           `json:"referenceCustomerId"`
	BillingCycle        string           `json:"billingCycle"`
	TransactionType     string           `json:"transactionType"` // UserPurchase, SystemPurchase or SystemBilling
	LineItems           []OrderLine      `json:"lineItems"`
	CurrencyCode        string           `json:"currencyCode"`
	CurrencySymbol      string           `json:"currencySymbol"`
	CreationDate        Time             `json:"creationDate"`
	Status              string           `json:"status"`     // compare through OrderStatus
	TotalPrice          *decimal.Decimal `json:"totalPrice"` // before tax; nil where the service does not say
	Attributes          Attributes       `json:"attributes"`
}

func (o Order) identity() string { return o.ID }

// UnmarshalJSON reads the total exactly, and an empty one as not said.
func (o *Order) UnmarshalJSON(data []byte) error {
	type plain Order
	data, err := withoutEmpty(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, (*plain)(o))
}

// OrderLine is one line of an order; SubscriptionID is empty until the service has made the subscription.
type OrderLine struct {
	LineItemNumber               Int               `json:"lineItemNumber"`
	OfferID                      string            `json:"offerId"`
	SubscriptionID               string            `json:"subscriptionId"`
	ParentSubscriptionID         string            `json:"parentSubscriptionId"`
	TermDuration                 string            `json:"termDuration"`
	RenewsTo                     *RenewsTo         `json:"renewsTo"`
	TransactionType              string            `json:"transactionType"` // New, renew, addQuantity, ...; any casing
	PromotionID                  string            `json:"promotionId"`
	CustomTermEndDate            Time              `json:"customTermEndDate"`
	FriendlyName                 string            `json:"friendlyName" text:"exact"`
	Quantity                     Int               `json:"quantity"` // of this transaction
	Pricing                      *Pricing          `json:"pricing"`
	PartnerIDOnRecord            Text              `json:"partnerIdOnRecord"`
	AdditionalPartnerIDsOnRecord []Text            `json:"additionalPartnerIdsOnRecord"`
	ProvisioningContext          map[string]string `json:"provisioningContext"`
	AttestationAccepted          *bool             `json:"attestationAccepted"`
}

// Order statuses as OrderStatus spells them. See reference/commerce.md#order-status.
const (
	OrderPending          = "pending"
	OrderCompleted        = "completed"
	OrderCancelled        = "cancelled"
	OrderSuspended        = "suspended"
	OrderPendingReview    = "pending_review"
	OrderPendingPOUpload  = "pending_po_upload"
	OrderPOUploadComplete = "po_upload_complete"
	OrderPOReviewRejected = "po_review_rejected"
	OrderPartialSuccess   = "partial_success"
	OrderFailed           = "error"
)

// OrderStatus is a status in one spelling: lower case with underscores, as the service answers and its documentation does not print
// (reference/commerce.md#order-status).
func OrderStatus(status string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(status), " ", "_"))
}

// OrdersQuery narrows a list of orders.
type OrdersQuery struct {
	IncludePrice bool
	BillingType  string // monthly, annual or onetime
}

// Orders lists a customer's orders; the list lags up to 15 minutes behind a purchase, reading an order by ID does not.
// See https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-orders.
func (c *Client) Orders(ctx context.Context, customerID string, query OrdersQuery) ([]Order, error) {
	parameters := url.Values{}
	if query.IncludePrice {
		parameters.Set("include_price", "true")
	}
	if query.BillingType != "" {
		parameters.Set("billingType", query.BillingType)
	}
	return list[Order](ctx, c, call{
		operation: "list orders", method: http.MethodGet,
		path: route("customers", customerID, "orders"), query: parameters, customer: customerID,
	})
}

// Order reads one order with its prices; fails with IsNotFound when there is none.
// See https://learn.microsoft.com/partner-center/developer/get-an-order-by-id.
func (c *Client) Order(ctx context.Context, customerID, orderID string) (*Order, error) {
	got, err := one[Order](ctx, c, call{
		operation: "read order", method: http.MethodGet, path: route("customers", customerID, "orders", orderID),
		query: url.Values{"include_price": {"true"}}, customer: customerID,
	})
	return sameObject("read order", orderID, got, err)
}
