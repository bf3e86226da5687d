// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// CartRequest is what a new or changed cart shall hold; an update replaces all lines.
type CartRequest struct {
	LineItems []CartLine `json:"lineItems"`
	// PartnerOnRecordAttestationAccepted is needed when an indirect provider buys for a reseller and harmless otherwise.
	PartnerOnRecordAttestationAccepted *bool `json:"partnerOnRecordAttestationAccepted,omitempty"`
}

// Cart is a quote that commits to nothing and expires; checking it out buys its lines.
// See https://learn.microsoft.com/partner-center/developer/cart-resources.
type Cart struct {
	ID                                 string     `json:"id"`
	CreationTimestamp                  Time       `json:"creationTimestamp"`
	LastModifiedTimestamp              Time       `json:"lastModifiedTimestamp"`
	ExpirationTimestamp                Time       `json:"expirationTimestamp"`
	LastModifiedUser                   string     `json:"lastModifiedUser"`
	Status                             string     `json:"status"` // Active or Ordered
	LineItems                          []CartLine `json:"lineItems"`
	PartnerOnRecordAttestationAccepted *bool      `json:"partnerOnRecordAttestationAccepted"`

	call Error // what Microsoft's support asks for about the call
}

func (c Cart) identity() string { return c.ID }

// Trace is what Microsoft's support asks for about the call that brought the cart, "" where no call did: what is wrong with a line stands in an
// answer that succeeded.
func (c *Cart) Trace() string {
	if c.call.Method == "" {
		return ""
	}
	return c.call.trace()
}

// Ordered says that the cart has been checked out: it cannot be bought a second time.
func (c *Cart) Ordered() bool { return sameEnum(c.Status, "Ordered") }

// CartLine is one thing to buy; OrderGroup, PurchaseSystem, Error and Pricing are the service's answer and are never sent.
// See https://learn.microsoft.com/partner-center/developer/cart-resources#cartlineitem.
type CartLine struct {
	ID                  Int               `json:"id"` // chosen by the client, from 0
	CatalogItemID       string            `json:"catalogItemId"`
	FriendlyName        string            `json:"friendlyName,omitzero" text:"exact"`
	Quantity            Int               `json:"quantity"`
	TermDuration        string            `json:"termDuration,omitzero"` // ISO 8601
	BillingCycle        string            `json:"billingCycle,omitzero"`
	CurrencyCode        string            `json:"currencyCode,omitzero"`
	Participants        []KeyValue        `json:"participants,omitempty"` // MPN IDs of resellers by role, see ParticipantTransactionReseller
	ProvisioningContext map[string]string `json:"provisioningContext,omitempty" text:"exact"`
	OrderGroup          Text              `json:"orderGroup,omitzero"` // lines of one group become one order
	PurchaseSystem      string            `json:"purchaseSystem,omitzero"`
	RenewsTo            *RenewsTo         `json:"renewsTo,omitempty"`
	PromotionID         string            `json:"promotionId,omitzero"`
	CustomTermEndDate   Time              `json:"customTermEndDate,omitzero"`
	AttestationAccepted *bool             `json:"attestationAccepted,omitempty"`
	AddonItems          []CartLine        `json:"addonItems,omitempty"`
	Error               *CartLineError    `json:"error,omitempty"`   // why this line cannot be bought as it is
	Pricing             *Pricing          `json:"pricing,omitempty"` // nil where the service does not quote
}

// Roles of the resellers among the participants of a cart line; the value is an MPN ID.
const (
	ParticipantTransactionReseller           = "transaction_reseller"            // one
	ParticipantAdditionalTransactionReseller = "additional_transaction_reseller" // up to five, EU and EFTA only
	ParticipantConsumptionReseller           = "consumption_reseller"
)

// RenewsTo is the term a trial turns into.
type RenewsTo struct {
	TermDuration string `json:"termDuration"`
}

// UnmarshalJSON also accepts a list of one, as the documented property table has it (reference/commerce.md#cart-line-item).
func (r *RenewsTo) UnmarshalJSON(data []byte) error {
	type plain RenewsTo
	var found OneOrMany[plain]
	if err := json.Unmarshal(data, &found); err != nil || len(found) == 0 {
		return err
	}
	*r = RenewsTo(found[0])
	return nil
}

// Pricing is what a line costs before tax, in the currency of its cart or order: Price is one unit for one billing cycle,
// ExtendedPrice the whole line for its term. Each is nil where the service does not say.
type Pricing struct {
	ListPrice       *decimal.Decimal `json:"listPrice"`
	DiscountedPrice *decimal.Decimal `json:"discountedPrice"`
	ProratedPrice   *decimal.Decimal `json:"proratedPrice"`
	Price           *decimal.Decimal `json:"price"`
	ExtendedPrice   *decimal.Decimal `json:"extendedPrice"`
}

// UnmarshalJSON reads numbers and numeric strings exactly, and empty ones as not said.
func (p *Pricing) UnmarshalJSON(data []byte) error {
	type plain Pricing
	data, err := withoutEmpty(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, (*plain)(p))
}

// CartLineError says why a line cannot be bought as it is. See reference/commerce.md#cart-line-error-codes.
type CartLineError struct {
	ErrorCode             Text                       `json:"errorCode"` // number or name
	ErrorDescription      string                     `json:"errorDescription"`
	AdditionalInformation map[string]json.RawMessage `json:"additionalInformation,omitempty"`
}

// CheckoutResult is what a checkout bought and what it refused: both can be filled when a cart makes several orders.
type CheckoutResult struct {
	Orders      []Order      `json:"orders"`
	OrderErrors []OrderError `json:"orderErrors"`

	call Error // what Microsoft's support asks for about the call
}

// Refusal is an order error as the error of a call, with what the support asks for.
func (r *CheckoutResult) Refusal(e OrderError) *Error {
	refused := r.call
	refused.Operation, refused.Code, refused.Description = "check out cart", string(e.Code), strings.TrimSuffix(e.Description, ".")
	return &refused
}

// OrderError is an order group that was not bought.
type OrderError struct {
	OrderGroupID Text   `json:"orderGroupId"`
	Code         Text   `json:"code"`
	Description  string `json:"description"`
}

// CreateCart asks for a quote: it costs nothing, the price of each line is in the answer, and lines that cannot be bought carry an Error.
// See https://learn.microsoft.com/partner-center/developer/create-a-cart.
func (c *Client) CreateCart(ctx context.Context, customerID string, request CartRequest) (*Cart, error) {
	return c.cart(ctx, call{
		operation: "create cart", method: http.MethodPost, path: route("customers", customerID, "carts"),
		body: c.attested(request).sendable(), customer: customerID, quote: true,
	})
}

// cart makes a call that answers with a cart, and keeps what it can be traced by.
func (c *Client) cart(ctx context.Context, k call) (*Cart, error) {
	got, header, err := oneAnswered[Cart](ctx, c, k)
	if err != nil {
		return nil, err
	}
	got.call = traceOf(k, header)
	return got, nil
}

// traceOf is what Microsoft's support asks for about a call that was answered.
func traceOf(k call, header http.Header) Error {
	return Error{Method: k.method, Path: k.path, RequestID: wire.Once(header.Get("MS-RequestId")), CorrelationID: wire.Once(header.Get("MS-CorrelationId"))}
}

// Cart reads a cart; fails with IsNotFound when it has expired or never was.
// See https://learn.microsoft.com/partner-center/developer/cart-resources.
func (c *Client) Cart(ctx context.Context, customerID, cartID string) (*Cart, error) {
	got, err := c.cart(ctx, call{
		operation: "read cart", method: http.MethodGet, path: route("customers", customerID, "carts", cartID), customer: customerID,
	})
	return sameObject("read cart", cartID, got, err)
}

// CheckoutCart buys the lines of a cart. Repeating it for the same cart never buys twice, but a success can still hold OrderErrors,
// and after OutcomeUnknown or the codes 800060, 800064 and 800065 the purchase may have been made: read the cart and the orders.
// See https://learn.microsoft.com/partner-center/developer/checkout-a-cart.
func (c *Client) CheckoutCart(ctx context.Context, customerID, cartID string) (*CheckoutResult, error) {
	k := call{
		operation: "check out cart", method: http.MethodPost, path: route("customers", customerID, "carts", cartID, "checkout"),
		customer: customerID,
	}
	got, _, header, err := doStatus[*CheckoutResult](ctx, c, k)
	if err == nil && got == nil {
		err = &Error{Operation: k.operation, Err: errNoContent, Unclear: true}
	}
	if err != nil {
		return nil, err
	}
	got.call = traceOf(k, header)
	return got, nil
}

// attested states the partner on record where the options say so.
func (c *Client) attested(request CartRequest) CartRequest {
	if c.options.PartnerOnRecordAttested {
		request.PartnerOnRecordAttestationAccepted = new(true)
	}
	return request
}

// sendable leaves out what only the service fills in, so that lines of an answer can be sent back.
func (r CartRequest) sendable() CartRequest {
	r.LineItems = sendableLines(r.LineItems)
	return r
}

func sendableLines(lines []CartLine) []CartLine {
	lines = slices.Clone(lines)
	for i := range lines {
		lines[i].OrderGroup, lines[i].PurchaseSystem, lines[i].Error, lines[i].Pricing = "", "", nil, nil
		lines[i].AddonItems = sendableLines(lines[i].AddonItems)
	}
	return lines
}
