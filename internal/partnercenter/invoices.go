// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"
)

// Invoice is a bill of Microsoft to the partner.
// See https://learn.microsoft.com/partner-center/developer/invoice-resources.
type Invoice struct {
	ID                     string           `json:"id"` // begins with G for new commerce and marketplace, D for legacy
	InvoiceDate            Time             `json:"invoiceDate"`
	BillingPeriodStartDate Time             `json:"billingPeriodStartDate"`
	BillingPeriodEndDate   Time             `json:"billingPeriodEndDate"`
	TotalCharges           *decimal.Decimal `json:"totalCharges"`
	PaidAmount             *decimal.Decimal `json:"paidAmount"` // negative once a payment was received
	CurrencyCode           string           `json:"currencyCode"`
	CurrencySymbol         string           `json:"currencySymbol"`
	PDFDownloadLink        string           `json:"pdfDownloadLink"` // only where one invoice is read
	TaxReceipts            []TaxReceipt     `json:"taxReceipts"`     // Taiwan
	InvoiceDetails         []InvoiceDetail  `json:"invoiceDetails"`
	Amendments             []Invoice        `json:"amendments"`
	AmendsOf               string           `json:"amendsOf"`
	DocumentType           string           `json:"documentType"` // invoice, void_note or adjustment_note
	InvoiceType            string           `json:"invoiceType"`  // Recurring or OneTime
	Status                 string           `json:"status"`
}

func (i Invoice) identity() string { return i.ID }

// UnmarshalJSON reads amounts exactly, and empty ones as not said.
func (i *Invoice) UnmarshalJSON(data []byte) error {
	type plain Invoice
	data, err := withoutEmpty(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, (*plain)(i))
}

// TaxReceipt is a receipt that some countries ask for.
type TaxReceipt struct {
	ID                        string `json:"id"`
	TaxReceiptPDFDownloadLink string `json:"taxReceiptPdfDownloadLink"`
}

// InvoiceDetail says which kinds of line items an invoice has.
type InvoiceDetail struct {
	InvoiceLineItemType string `json:"invoiceLineItemType"`
	BillingProvider     string `json:"billingProvider"`
}

// Invoices lists all invoices of the partner, each once: only legacy invoices are paged, and the others may come with every page.
// See https://learn.microsoft.com/partner-center/developer/get-a-collection-of-invoices.
func (c *Client) Invoices(ctx context.Context) ([]Invoice, error) {
	all, err := list[Invoice](ctx, c, call{operation: "list invoices", method: http.MethodGet, path: route("invoices")})
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(i Invoice) bool {
		repeated := seen[i.ID]
		seen[i.ID] = true
		return repeated
	}), err
}

// Invoice reads one invoice; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/get-invoice-by-id.
func (c *Client) Invoice(ctx context.Context, invoiceID string) (*Invoice, error) {
	return one[Invoice](ctx, c, call{
		operation: "read invoice", method: http.MethodGet, path: route("invoices", invoiceID), userOnly: true,
	})
}
