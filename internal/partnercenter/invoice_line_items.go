// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/shopspring/decimal"
)

// InvoiceLineItem is one charge; which fields are filled depends on the provider and type that were asked for. Amounts are in Currency.
// See https://learn.microsoft.com/partner-center/developer/invoice-resources#onetimeinvoicelineitem.
type InvoiceLineItem struct {
	PartnerID          string `json:"partnerId"`
	MPNID              Text   `json:"mpnId"`
	ResellerMPNID      Text   `json:"resellerMpnId"` // empty where no reseller is on record
	CustomerID         string `json:"customerId"`
	CustomerName       string `json:"customerName"`
	CustomerDomainName string `json:"customerDomainName"`
	CustomerCountry    string `json:"customerCountry"`

	InvoiceNumber      string `json:"invoiceNumber"` // empty while unbilled
	OrderID            string `json:"orderId"`
	OrderDate          Time   `json:"orderDate"`
	AlternateID        string `json:"alternateId"`
	ReferenceID        string `json:"referenceId"`
	ReservationOrderID string `json:"reservationOrderId"`
	PromotionID        string `json:"promotionId"`
	CreditReasonCode   string `json:"creditReasonCode"`

	ProductID         string            `json:"productId"`
	SkuID             string            `json:"skuId"`
	AvailabilityID    string            `json:"availabilityId"`
	OfferID           string            `json:"offerId"` // legacy
	ProductName       string            `json:"productName"`
	SkuName           string            `json:"skuName"`
	OfferName         string            `json:"offerName"` // legacy
	ProductQualifiers OneOrMany[string] `json:"productQualifiers"`
	PublisherName     string            `json:"publisherName"`
	PublisherID       string            `json:"publisherId"`

	SubscriptionID          string `json:"subscriptionId"`
	SubscriptionDescription string `json:"subscriptionDescription"` // the nickname
	SubscriptionStartDate   Time   `json:"subscriptionStartDate"`
	SubscriptionEndDate     Time   `json:"subscriptionEndDate"`
	TermAndBillingCycle     string `json:"termAndBillingCycle"` // free text
	BillingFrequency        string `json:"billingFrequency"`

	ChargeType                 string           `json:"chargeType"` // new, renew, cycleCharge, ...; any casing
	ChargeStartDate            Time             `json:"chargeStartDate"`
	ChargeEndDate              Time             `json:"chargeEndDate"`
	UsageDate                  Time             `json:"usageDate"`
	UnitPrice                  *decimal.Decimal `json:"unitPrice"`
	EffectiveUnitPrice         *decimal.Decimal `json:"effectiveUnitPrice"`
	UnitType                   string           `json:"unitType"`
	Quantity                   *decimal.Decimal `json:"quantity"` // fractions occur in usage
	BillableQuantity           *decimal.Decimal `json:"billableQuantity"`
	Amount                     *decimal.Decimal `json:"amount"` // legacy
	Subtotal                   *decimal.Decimal `json:"subtotal"`
	TaxTotal                   *decimal.Decimal `json:"taxTotal"`
	TotalForCustomer           *decimal.Decimal `json:"totalForCustomer"`
	Currency                   string           `json:"currency"`
	BillingPreTaxTotal         *decimal.Decimal `json:"billingPreTaxTotal"` // usage
	BillingCurrency            string           `json:"billingCurrency"`    // usage
	PricingPreTaxTotal         *decimal.Decimal `json:"pricingPreTaxTotal"` // usage
	PricingCurrency            string           `json:"pricingCurrency"`
	PCToBCExchangeRate         *decimal.Decimal `json:"pcToBCExchangeRate"`
	PCToBCExchangeRateDate     Time             `json:"pcToBCExchangeRateDate"`
	MeterDescription           string           `json:"meterDescription"`
	PriceAdjustmentDescription Text             `json:"priceAdjustmentDescription"` // a JSON array in a string

	InvoiceLineItemType string `json:"invoiceLineItemType"`
	BillingProvider     string `json:"billingProvider"`

	Usage *InvoiceUsage `json:"-"` // nil for charges that do not depend on usage
}

// UnmarshalJSON takes amounts as numbers or strings, removes the prefix some customer IDs have, takes reseller 0 for none, and reads
// the other names of legacy and usage lines.
func (i *InvoiceLineItem) UnmarshalJSON(data []byte) error {
	type plain InvoiceLineItem
	data, err := withoutEmpty(data)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, (*plain)(i)); err != nil {
		return err
	}
	var more struct {
		InvoiceUsage
		otherNames
	}
	if err := json.Unmarshal(data, &more); err != nil {
		return err
	}
	more.fill(i)
	if usage := more.InvoiceUsage; usage != (InvoiceUsage{}) {
		usage.UnitOfMeasure = cmp.Or(usage.UnitOfMeasure, more.Unit)
		usage.RateOfPartnerEarnedCredit = cmp.Or(usage.RateOfPartnerEarnedCredit, more.EarnedCredit)
		i.Usage = &usage
	}
	i.CustomerID = strings.TrimPrefix(i.CustomerID, "org:")
	if i.ResellerMPNID == "0" {
		i.ResellerMPNID = ""
	}
	return nil
}

// InvoiceLineItemsQuery says which charges to list.
type InvoiceLineItemsQuery struct {
	InvoiceID           string // empty lists what is not billed yet
	Provider            string // onetime (new commerce and marketplace; the default), office, azure or all
	InvoiceLineItemType string // billinglineitems (the default) or usagelineitems
	CurrencyCode        string // ISO 4217; needed for unbilled and usage
	Period              string // current or previous; needed for unbilled
}

// invoiceLineItemsPage is the largest page the service takes. See reference/customers-and-billing.md#limits.
const invoiceLineItemsPage = "2000"

// InvoiceLineItems lists the charges of an invoice, or the unbilled ones.
// See https://learn.microsoft.com/partner-center/developer/get-invoiceline-items.
func (c *Client) InvoiceLineItems(ctx context.Context, query InvoiceLineItemsQuery) ([]InvoiceLineItem, error) {
	return list[InvoiceLineItem](ctx, c, call{
		operation: "list invoice line items", method: http.MethodGet,
		path:  route("invoices", cmp.Or(query.InvoiceID, "unbilled"), "lineitems"),
		query: query.parameters(),
	})
}

func (q InvoiceLineItemsQuery) parameters() url.Values {
	parameters := url.Values{
		"provider":            {cmp.Or(q.Provider, "onetime")},
		"invoicelineitemtype": {cmp.Or(q.InvoiceLineItemType, "billinglineitems")},
		"size":                {invoiceLineItemsPage},
	}
	switch strings.ToLower(q.Provider) {
	case "office", "azure":
		parameters.Set("offset", "0") // these page by index, the others by token
	}
	if q.CurrencyCode != "" {
		parameters.Set("currencycode", q.CurrencyCode)
	}
	if q.Period != "" {
		parameters.Set("period", q.Period)
	}
	return parameters
}
