// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// LegacyLine is one charge of a legacy subscription (customers reference, LicenseBasedLineItem).
type LegacyLine struct {
	CustomerID, CustomerName, Domain, SubscriptionID, Nickname string
	OrderID, OfferID, OfferName, Charge                        string
	Quantity                                                   int
	Unit, Amount                                               money
	Start, End                                                 time.Time
}

// legacyInvoice bills the legacy subscriptions of a month; ok is false where there are none.
func legacyInvoice(s *Server, issued, start, end time.Time) (invoice Invoice, ok bool) {
	invoice = Invoice{ID: fmt.Sprintf("D0%d%s", start.Year(), start.Format("Jan")), Currency: "USD", Date: issued, Start: start, End: end.AddDate(0, 0, -1)}
	for _, c := range s.tenant.Customers {
		for _, sub := range c.Subscriptions {
			if sub.Family == familyLegacy && c.currency() == invoice.Currency && sub.Created.Before(start) {
				fee := LegacyLine{CustomerID: c.ID, CustomerName: c.Name, Domain: c.Domain, SubscriptionID: sub.ID, Nickname: sub.FriendlyName, OrderID: sub.OrderID,
					OfferID: sub.OfferID, OfferName: sub.OfferName, Charge: "Cycle fee", Quantity: sub.Quantity, Unit: cents(400), Start: start, End: invoice.End}
				fee.Amount = fee.Unit * money(fee.Quantity)
				credit := fee
				credit.Charge, credit.Quantity, credit.Amount = "Cycle instance prorate", -1, -fee.Unit
				invoice.Legacy = append(invoice.Legacy, fee, credit)
				invoice.Total += fee.Amount + credit.Amount
			}
		}
	}
	return invoice, len(invoice.Legacy) > 0
}

// listInvoicePages pages legacy invoices; the others ignore size and offset and come with every page.
func (s *Server) listInvoicePages(r *http.Request, modern, legacy []object) (int, any) {
	size := positive(query(r, "size"), len(legacy))
	if s.behaviour.InvoicesPageSize > 0 {
		size = min(size, s.behaviour.InvoicesPageSize)
	}
	page := pageByOffset(r, legacy, size)
	all, _ := page["items"].([]object)
	page["items"] = append(append([]object{}, modern...), all...)
	page["totalCount"] = len(modern) + len(all)
	return http.StatusOK, page
}

// legacyLinePage is continued by an index in the query, where other lines are continued by a header.
func (s *Server) legacyLinePage(r *http.Request, lines []LegacyLine, currency string) (int, any) {
	found := []object{}
	for _, line := range lines {
		found = append(found, s.renderLegacyLine(line, currency))
	}
	return http.StatusOK, pageByOffset(r, found, s.lineItemsPage(positive(query(r, "size"), invoicePage)))
}

// lineItemsPage is the size of a page that is asked for, as far as the knob lets it be.
func (s *Server) lineItemsPage(size int) int {
	if most := s.behaviour.InvoiceLinesPageSize; most > 0 {
		return min(size, most)
	}
	return size
}

// positive is a number of a query, or what stands for all others.
func positive(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n
	}
	return otherwise
}

func (s *Server) renderLegacyLine(l LegacyLine, currency string) object {
	return object{
		"partnerId": s.tenant.Partner.TenantID, "mpnId": 7700001, "tier2MpnId": 0, "customerId": l.CustomerID, "customerName": l.CustomerName,
		"domainName": l.Domain, "orderId": l.OrderID, "subscriptionId": l.SubscriptionID, "subscriptionName": l.Nickname, "subscriptionDescription": l.Nickname,
		"billingCycleType": "Monthly", "syndicationPartnerSubscriptionNumber": nil, "offerId": l.OfferID, "durableOfferId": l.OfferID, "offerName": l.OfferName,
		"subscriptionStartDate": bareStamp(l.Start), "subscriptionEndDate": bareStamp(l.End), "chargeStartDate": bareStamp(l.Start), "chargeEndDate": bareStamp(l.End),
		"chargeType": l.Charge, "unitPrice": l.Unit, "quantity": l.Quantity, "amount": l.Amount, "totalOtherDiscount": money(0), "subtotal": l.Amount,
		"tax": money(0), "totalForCustomer": l.Amount, "currency": currency, "invoiceLineItemType": "billing_line_items", "billingProvider": "office",
		"attributes": objectType("LicenseBasedLineItem"),
	}
}
