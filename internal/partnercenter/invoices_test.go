// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"strings"
	"testing"
)

func TestInvoice(t *testing.T) {
	got, err := answering(t, 200, fixture(t, "invoice.json"), "GET /v1/invoices/G000024135").Invoice(t.Context(), "G000024135")
	if err != nil {
		t.Fatal(err)
	}
	got.Amendments = got.Amendments[:0]
	wantFilled(t, got, "Amendments")
	check(t, "total", got.TotalCharges.String(), "2076.63")
	check(t, "paid", got.PaidAmount.String(), "-12.5")
}

func TestInvoices(t *testing.T) {
	c, s, _ := against(t, func(r received) reply {
		if r.query.Get("offset") == "2" {
			return reply{status: 200, body: `{"items": [{"id": "D3"}, {"id": "G2"}]}`}
		}
		return reply{status: 200, body: `{"items": [{"id": "D1", "totalCharges": "7.10"}, {"id": "G2"}], "links": {"next": {"uri": "/invoices?size=2&offset=2", "method": "GET", "headers": []}}}`}
	})
	got, err := c.Invoices(t.Context())
	if err != nil || len(got) != 3 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	check(t, "amount", got[0].TotalCharges.String(), "7.1")
	check(t, "second page", s.requests[1].path+"?"+s.requests[1].query.Encode(), "/v1/invoices?offset=2&size=2")
}

func TestInvoiceLineItems(t *testing.T) {
	want := "GET /v1/invoices/G000024135/lineitems?invoicelineitemtype=billinglineitems&provider=onetime&size=2000"
	got, err := answering(t, 200, fixture(t, "invoice_line_items.json"), want).InvoiceLineItems(t.Context(), InvoiceLineItemsQuery{InvoiceID: "G000024135"})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0], "OfferID", "OfferName", "Amount", "UsageDate", "BillingPreTaxTotal", "BillingCurrency", "PricingPreTaxTotal", "Usage") // of other providers
	check(t, "customer", got[0].CustomerID, testCustomer)
	check(t, "reseller", got[0].ResellerMPNID, "7700123")
	check(t, "price", got[0].EffectiveUnitPrice.String(), "3.78")
	check(t, "quantity", got[0].Quantity.String(), "25")
}

func TestInvoiceLineItems_unbilled(t *testing.T) {
	want := "GET /v1/invoices/unbilled/lineitems?currencycode=EUR&invoicelineitemtype=usagelineitems&period=current&provider=onetime&size=2000"
	body := `{"items": [{"resellerMpnId": 0, "billingPreTaxTotal": 1.5, "billingCurrency": "EUR", "pricingPreTaxTotal": "1.6", "usageDate": "2026-03-05T00:00:00Z", "quantity": 0.000125, "unitPrice": "",
		"meterId": "m", "meterName": "m", "meterType": "m", "meterCategory": "m", "meterSubCategory": "m", "meterRegion": "m", "unitOfMeasure": "1 GB", "consumedService": "s",
		"resourceUri": "r", "resourceGroup": "r", "resourceLocation": "r", "tags": "{}", "additionalInfo": "{}", "serviceInfo1": "a", "serviceInfo2": "b", "entitlementId": "e",
		"entitlementDescription": "e", "hasPartnerEarnedCredit": true, "rateOfPartnerEarnedCredit": "0.15", "rateOfCredit": 0.15, "creditType": "c"}]}`
	got, err := answering(t, 200, body, want).InvoiceLineItems(t.Context(), InvoiceLineItemsQuery{CurrencyCode: "EUR", Period: "current", InvoiceLineItemType: "usagelineitems"})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	check(t, "reseller", got[0].ResellerMPNID, "")
	wantFilled(t, got[0].Usage)
	check(t, "credit", got[0].Usage.RateOfPartnerEarnedCredit.String(), "0.15")
	check(t, "amounts", fmt.Sprint(got[0].BillingPreTaxTotal, got[0].BillingCurrency, got[0].PricingPreTaxTotal, got[0].Quantity), "1.5EUR1.6 0.000125")
	if got[0].UnitPrice != nil || got[0].UsageDate.IsZero() {
		t.Errorf("got %v, %v", got[0].UnitPrice, got[0].UsageDate)
	}
}

func TestInvoiceLineItems_legacy(t *testing.T) {
	next := `"links": {"next": {"uri": "/invoices/D1/lineitems?provider=Office&size=1&offset=1", "method": "GET", "headers": []}}`
	c, s, _ := against(t, func(r received) reply {
		if r.query.Get("offset") == "0" {
			return reply{status: 200, body: `{"items": [{"offerId": "A", "offerName": "EXCHANGE", "amount": 1.25, "mpnId": 4391507, "tier2MpnId": 7700123, "domainName": "a.example", "billingCycleType": "Monthly", "tax": 0.25}], ` + next + `}`}
		}
		return reply{status: 200, body: `{"items": [{"offerId": "B"}]}`}
	})
	got, err := c.InvoiceLineItems(t.Context(), InvoiceLineItemsQuery{InvoiceID: "D1", Provider: "office"})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	check(t, "amount", got[0].Amount.String(), "1.25")
	check(t, "partner", got[0].MPNID, "4391507")
	check(t, "offer", got[0].OfferName, "EXCHANGE")
	check(t, "other names", fmt.Sprint(got[0].ResellerMPNID, got[0].CustomerDomainName, got[0].BillingFrequency, got[0].TaxTotal), "7700123a.exampleMonthly0.25")
	check(t, "usage", got[0].Usage, nil)
	check(t, "requests", len(s.requests), 2)
}

func TestInvoiceLineItems_token(t *testing.T) {
	c, s, _ := against(t, func(r received) reply {
		if r.header.Get("MS-ContinuationToken") == "more" {
			return reply{status: 200, body: `{"items": [{"orderId": "2"}]}`}
		}
		return reply{status: 200, body: `{"items": [{"orderId": "1"}], "links": {"next": {"uri": "/invoices/unbilled/lineitems?provider=onetime&size=2000&seekOperation=Next",
			"method": "GET", "headers": [{"key": "MS-ContinuationToken", "value": "more"}]}}}`}
	})
	got, err := c.InvoiceLineItems(t.Context(), InvoiceLineItemsQuery{CurrencyCode: "EUR", Period: "previous"})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	check(t, "seek", strings.Contains(s.requests[1].query.Encode(), "seekOperation=Next"), true)
}
