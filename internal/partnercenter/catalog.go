// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
)

// Product is what can be bought; its SKUs are the plans, and only their availabilities have a price and can be put into a cart.
// See https://learn.microsoft.com/partner-center/developer/product-resources.
type Product struct {
	ID                 string      `json:"id"`
	Title              string      `json:"title"`
	Description        string      `json:"description"` // may hold HTML
	ProductType        ProductType `json:"productType"`
	IsMicrosoftProduct *bool       `json:"isMicrosoftProduct"`
	PublisherName      string      `json:"publisherName"`
}

func (p Product) identity() string { return p.ID }

// ProductType classes a product; SubType is set for some types, such as SaaS under Azure.
type ProductType struct {
	ID          string         `json:"id"`
	DisplayName string         `json:"displayName"`
	SubType     ProductSubType `json:"subType"`
}

// ProductSubType is the finer class of a product.
type ProductSubType struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
}

// Family says which kind of commerce the product belongs to.
func (p *Product) Family() Family { return p.ProductType.family() }

// family follows reference/commerce.md#product: marketplace SaaS hides behind the type Azure.
func (t ProductType) family() Family {
	switch enumKey(t.ID) {
	case "azure":
		if sameEnum(t.SubType.ID, "SaaS") {
			return FamilyMarketplaceSaaS
		}
		return FamilyAzure
	case "saas":
		return FamilyMarketplaceSaaS
	case "onlineservicesnce":
		return FamilyNewCommerce
	case "onlineservices":
		return FamilyLegacy
	case "software":
		return FamilySoftware
	}
	return FamilyOther
}

// Sku is a plan of a product; MinimumQuantity and MaximumQuantity bound purchases and later changes of a marketplace subscription.
type Sku struct {
	ID                     string                     `json:"id"` // unique inside its product
	ProductID              string                     `json:"productId"`
	Title                  string                     `json:"title"`
	Description            string                     `json:"description"`
	MinimumQuantity        Int                        `json:"minimumQuantity"`
	MaximumQuantity        Int                        `json:"maximumQuantity"` // 0 where the service does not say
	IsTrial                bool                       `json:"isTrial"`
	SupportedBillingCycles []string                   `json:"supportedBillingCycles"`
	PurchasePrerequisites  []string                   `json:"purchasePrerequisites"` // such as MicrosoftCustomerAgreement or InventoryCheck
	InventoryVariables     []string                   `json:"inventoryVariables"`
	ProvisioningVariables  []string                   `json:"provisioningVariables"` // keys the provisioning context of a cart line must have
	Actions                []string                   `json:"actions"`
	DynamicAttributes      map[string]json.RawMessage `json:"dynamicAttributes"` // free-form, not to be relied on
	AttestationProperties  *AttestationProperties     `json:"attestationProperties"`
	ConsumptionType        string                     `json:"consumptionType"`
	Constraints            []SkuConstraint            `json:"constraints"`
	TermsOfUseURI          string                     `json:"termsOfUseUri"`
}

func (s Sku) identity() string { return s.ID }

// SkuConstraint is a further limit of a plan.
type SkuConstraint struct {
	ConstraintName  string `json:"constraintName"`
	ConstraintValue Text   `json:"constraintValue"` // a number
	ConstraintType  string `json:"constraintType"`
}

// AttestationProperties says whether a purchase has to accept an attestation.
type AttestationProperties struct {
	AttestationType    string `json:"attestationType"`
	EnforceAttestation bool   `json:"enforceAttestation"`
}

// Availability is a SKU as it is sold today in one country and segment; its ID is issued anew regularly and must not be kept.
type Availability struct {
	ID                  string               `json:"id"`
	ProductID           string               `json:"productId"`
	SkuID               string               `json:"skuId"`
	CatalogItemID       string               `json:"catalogItemId"` // product:sku:availability, what a cart line names
	DefaultCurrency     Currency             `json:"defaultCurrency"`
	Segment             string               `json:"segment"`
	Country             string               `json:"country"`
	IsPurchasable       bool                 `json:"isPurchasable"`
	IsRenewable         bool                 `json:"isRenewable"`
	RenewalInstructions []RenewalInstruction `json:"renewalInstructions"`
	Terms               []Term               `json:"terms"`
	IncludedQuantities  []IncludedQuantity   `json:"includedQuantityOptions"` // of metered plans
	Product             *Product             `json:"product"`
	Sku                 *Sku                 `json:"sku"`
}

func (a Availability) identity() string { return a.ID }

// IncludedQuantity is consumption that a plan includes in its price.
type IncludedQuantity struct {
	Units       Text   `json:"units"`
	Description string `json:"description"`
}

// Currency is an ISO 4217 code with its symbol.
type Currency struct {
	Code   string `json:"code"`
	Symbol string `json:"symbol"`
}

// RenewalInstruction says what the named terms may renew into.
type RenewalInstruction struct {
	ApplicableTermIDs []string        `json:"applicableTermIds"`
	RenewalOptions    []RenewalOption `json:"renewalOptions"`
}

// RenewalOption is a product:sku (in RenewalInstruction) or a term (in Term) that a subscription may renew into.
type RenewalOption struct {
	RenewToID       string `json:"renewToId"`
	IsAutoRenewable bool   `json:"isAutoRenewable"`
	TermDuration    string `json:"termDuration"`
	Description     string `json:"description"`
}

// Term is a pair of commitment and billing cycle that a cart line may name.
type Term struct {
	ID                   string               `json:"id"`
	Duration             string               `json:"duration"` // ISO 8601
	Description          string               `json:"description"`
	BillingCycle         string               `json:"billingCycle"` // capitalised here, lower case on carts and subscriptions
	RenewalOptions       []RenewalOption      `json:"renewalOptions"`
	CancellationPolicies []CancellationPolicy `json:"cancellationPolicies"`
}

// CancellationPolicy says how long after a purchase how much is refunded.
type CancellationPolicy struct {
	RefundOptions []PolicyRefundOption `json:"refundOptions"`
}

// PolicyRefundOption is a refund with its time limit; ExpiresAfter is an ISO 8601 duration from the purchase.
type PolicyRefundOption struct {
	SequenceID   Int    `json:"sequenceId"`
	Type         string `json:"type"` // Full or Partial
	ExpiresAfter string `json:"expiresAfter"`
}

// CatalogScope says whose catalog is read: that of a customer, narrowed to what it may buy, or that of a country.
type CatalogScope struct {
	CustomerID    string
	Country       string // ISO 3166 alpha-2; needed without a customer, unused with one
	TargetSegment string // commercial, education, government or nonprofit; empty is all but nonprofit
}

// Products lists what a view such as MarketplaceSaaS or OnlineServices offers; marketplace views have thousands of entries.
// See https://learn.microsoft.com/partner-center/developer/get-a-list-of-products.
func (c *Client) Products(ctx context.Context, scope CatalogScope, targetView string) ([]Product, error) {
	read, err := scope.call("list products", true)
	if err != nil {
		return nil, err
	}
	if targetView == "" {
		return nil, errors.New("list products: the target view is empty")
	}
	read.query.Set("targetView", targetView)
	return list[Product](ctx, c, read)
}

// Product reads one product; fails with IsNotFound when it is unknown or not offered in the scope.
// See https://learn.microsoft.com/partner-center/developer/get-a-product-by-id.
func (c *Client) Product(ctx context.Context, scope CatalogScope, productID string) (*Product, error) {
	read, err := scope.call("read product", false, productID)
	if err != nil {
		return nil, err
	}
	return one[Product](ctx, c, read)
}

// Skus lists the plans of a product.
// See https://learn.microsoft.com/partner-center/developer/get-a-list-of-skus-for-a-product.
func (c *Client) Skus(ctx context.Context, scope CatalogScope, productID string) ([]Sku, error) {
	read, err := scope.call("list SKUs", true, productID, "skus")
	if err != nil {
		return nil, err
	}
	return list[Sku](ctx, c, read)
}

// Sku reads one plan of a product; fails with IsNotFound when it is unknown or not offered in the scope.
// See https://learn.microsoft.com/partner-center/developer/get-a-sku-by-id.
func (c *Client) Sku(ctx context.Context, scope CatalogScope, productID, skuID string) (*Sku, error) {
	read, err := scope.call("read SKU", false, productID, "skus", skuID)
	if err != nil {
		return nil, err
	}
	return one[Sku](ctx, c, read)
}

// Availabilities lists how a SKU is sold today, with its terms.
// See https://learn.microsoft.com/partner-center/developer/get-a-list-of-availabilities-for-a-sku.
func (c *Client) Availabilities(ctx context.Context, scope CatalogScope, productID, skuID string) ([]Availability, error) {
	read, err := scope.call("list availabilities", true, productID, "skus", skuID, "availabilities")
	if err != nil {
		return nil, err
	}
	return list[Availability](ctx, c, read)
}

// call is a read below products, in the customer's or the country's catalog; only lists know a segment.
func (s CatalogScope) call(operation string, lists bool, segments ...string) (call, error) {
	read := call{operation: operation, method: http.MethodGet, customer: s.CustomerID, query: url.Values{}}
	switch {
	case s.CustomerID != "":
		read.path = route(slices.Concat([]string{"customers", s.CustomerID, "products"}, segments)...)
	case s.Country != "":
		read.path = route(slices.Concat([]string{"products"}, segments)...)
		read.query.Set("country", s.Country)
	default:
		return call{}, errors.New(operation + ": neither a customer nor a country is given")
	}
	if lists && s.TargetSegment != "" {
		read.query.Set("targetSegment", s.TargetSegment)
	}
	return read, nil
}
