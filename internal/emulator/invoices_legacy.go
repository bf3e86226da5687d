// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strconv"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listInvoicePages pages legacy invoices; the others ignore size and offset and come with every page.
func (r *call) listInvoicePages(modern, legacy []object) (int, any) {
	size := positive(parameter(r, "size"), len(legacy))
	if r.behaviour.InvoicesPageSize > 0 {
		size = min(size, r.behaviour.InvoicesPageSize)
	}
	page := pageByOffset(r, legacy, size)
	all, _ := page["items"].([]object)
	page["items"] = append(append([]object{}, modern...), all...)
	page["totalCount"] = len(modern) + len(all)
	return http.StatusOK, page
}

// legacyLinePage is continued by an index in the query, where other lines are continued by a header.
func (r *call) legacyLinePage(lines []world.LegacyLine, currency string) (int, any) {
	found := []object{}
	for _, line := range lines {
		found = append(found, r.renderLegacyLine(line, currency))
	}
	return http.StatusOK, pageByOffset(r, found, r.lineItemsPage(positive(parameter(r, "size"), invoicePage)))
}

// lineItemsPage is the size of a page that is asked for, as far as the knob lets it be.
func (r *call) lineItemsPage(size int) int {
	if most := r.behaviour.InvoiceLinesPageSize; most > 0 {
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

func (r *call) renderLegacyLine(l world.LegacyLine, currency string) object {
	return object{
		"partnerId": r.world.Tenant.Partner.TenantID, "mpnId": 7700001, "tier2MpnId": 0, "customerId": l.CustomerID, "customerName": l.CustomerName,
		"domainName": l.Domain, "orderId": l.OrderID, "subscriptionId": l.SubscriptionID, "subscriptionName": l.Nickname, "subscriptionDescription": l.Nickname,
		"billingCycleType": "Monthly", "syndicationPartnerSubscriptionNumber": nil, "offerId": l.OfferID, "durableOfferId": l.OfferID, "offerName": l.OfferName,
		"subscriptionStartDate": bareStamp(l.Start), "subscriptionEndDate": bareStamp(l.End), "chargeStartDate": bareStamp(l.Start), "chargeEndDate": bareStamp(l.End),
		"chargeType": l.Charge, "unitPrice": l.Unit, "quantity": l.Quantity, "amount": l.Amount, "totalOtherDiscount": world.Money(0), "subtotal": l.Amount,
		"tax": world.Money(0), "totalForCustomer": l.Amount, "currency": currency, "invoiceLineItemType": "billing_line_items", "billingProvider": "office",
		"attributes": objectType("LicenseBasedLineItem"),
	}
}
